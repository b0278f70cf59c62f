//! Answers to the program's questions: `[[answer]]` in `ntm.toml` or in the file that `ntm answer` writes beside it.
//!
//! `ntm.toml` holds the officer's own words and is never written to; the file of answers is only added to, so that a
//! line or a remark a person put there stays.

use toml::Spanned;
use toml::de::DeTable;

use super::file::{self, AnswerFile};
use super::slip::{SettingsError, Slips, nearest};
use super::{Settings, duties, resolve, section};
use crate::model::{Answer, Answers, Asks, Commune, CriteriaSet, Of, Reply, Shares, Subject, Text, Verdict};
use crate::text::fold;

/// The file of answers, beside `ntm.toml`.
pub const ANSWERS_FILE: &str = "tra-loi.toml";

/// What the file of answers begins with.
const HEAD: &str = "\
# Câu trả lời cho các câu hỏi của ntm, do lệnh «ntm answer» ghi; mỗi câu một mục [[answer]].
# Sửa: sửa dòng answer. Xóa: xóa cả mục; chương trình sẽ hỏi lại. Lần «ntm run» sau dùng câu trả lời mới.
#   asks     hỏi gì: verdict-column (cột đánh giá), set (bộ tiêu chí), commune (xã), period (tháng),
#            report (có phải báo cáo), word (một từ ở cột đánh giá), shares (cách ghi tỷ lệ phần trăm)
#   commune  mã xã; bỏ dòng này thì câu trả lời dùng cho mọi xã (có cùng bố trí cột)
#   answer   chữ cái của cột (\"E\"; \"E, F\" nếu cột E đánh dấu đạt, F đánh dấu chưa đạt), mã bộ tiêu chí, mã xã,
#            tháng (\"2023-04\"), \"đạt\", \"chưa đạt\", \"không áp dụng\", \"nhan-100\" (0,95 là 95%), \"giu-nguyen\" (0,95 là 0,95%),
#            \"có\", hoặc \"bo-qua\" nếu không phải báo cáo
";

/// The answers of the settings and of the file of answers together.
///
/// # Errors
///
/// Every slip of the file of answers; a subject that is answered twice is one.
pub fn joined(
    text: &str,
    file_name: &str,
    settings: &Settings,
    known: &[CriteriaSet],
) -> Result<Answers, SettingsError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut slips = Slips::of(text);
    let (table, faults) = DeTable::parse_recoverable(text);
    if !faults.is_empty() {
        faults.iter().for_each(|fault| resolve::syntax_slip(fault, &mut slips));
        return slips.settle(file_name, None);
    }
    let document = section::document(&table);
    document.refuse_others(&["answer"], &mut slips);
    let files = file::answers(&document, &mut slips);
    let mut all: Vec<Answer> = settings.answers.iter().cloned().collect();
    read(&files, &mut all, &settings.communes, known, &mut slips);
    slips.settle(file_name, Some(Answers::of(all)))
}

/// The answers of `ntm.toml`.
pub(super) fn answers(
    files: &[AnswerFile],
    communes: &[Commune],
    known: &[CriteriaSet],
    slips: &mut Slips<'_>,
) -> Answers {
    let mut all = Vec::new();
    read(files, &mut all, communes, known, slips);
    Answers::of(all)
}

fn read(
    files: &[AnswerFile],
    all: &mut Vec<Answer>,
    communes: &[Commune],
    known: &[CriteriaSet],
    slips: &mut Slips<'_>,
) {
    for file in files {
        let Some(subject) = subject(file, communes, slips) else { continue };
        let Some(written) = &file.answer else { continue };
        match reply(subject.asks, written.get_ref(), communes, known) {
            Ok(reply) if all.iter().all(|other| other.subject != subject) => all.push(Answer { subject, reply }),
            Ok(_) => slips.add(
                &file.span,
                Text::new("câu hỏi này đã có câu trả lời khác", "this question is answered twice"),
                Text::new("giữ lại một mục", "keep one of the entries"),
            ),
            Err(expected) => {
                let found = slips.quoted(&written.span());
                let message = Text::new(
                    format!("«answer.answer» là {found}, cần {}", expected.vi),
                    format!("\"answer.answer\" is {found}, expected {}", expected.en),
                );
                slips.add(&written.span(), message, Text::new("sửa câu trả lời", "mend the answer"));
            }
        }
    }
}

/// What an entry answers; `None` where a slip says what is wrong with it.
fn subject(file: &AnswerFile, communes: &[Commune], slips: &mut Slips<'_>) -> Option<Subject> {
    let asks = file.asks.as_ref()?;
    let words = Asks::ALL.map(Asks::as_str);
    let Some(asks_of) = Asks::ALL.into_iter().find(|a| a.as_str() == asks.get_ref()) else {
        let all = words.join(", ");
        let otherwise = Text::new(format!("chọn một trong: {all}"), format!("choose one of: {all}"));
        let written = asks.get_ref();
        slips.add(
            &asks.span(),
            Text::new(format!("không có loại câu hỏi «{written}»"), format!("there is no question \"{written}\"")),
            nearest(written, words, otherwise),
        );
        return None;
    };
    let said = |text: &Option<Spanned<String>>| text.as_ref().map(|t| t.get_ref().clone()).filter(|t| !t.is_empty());
    let of = match asks_of {
        Asks::VerdictColumn | Asks::Set | Asks::Report | Asks::Word | Asks::Shares => {
            let commune = match &file.commune {
                Some(code) => Some(duties::known_commune(code, communes, slips)?.code.clone()),
                None => None,
            };
            match asks_of {
                Asks::Word => said(&file.word).map(|word| Of::Word { commune, word: fold(&word) }),
                _ => said(&file.layout).map(|layout| Of::Layout { commune, layout, sheet: said(&file.sheet) }),
            }
        }
        Asks::Commune | Asks::Period => {
            let name = said(&file.name).filter(|_| asks_of == Asks::Commune).map(|name| Of::Name(fold(&name)));
            let sheet = || Some(Of::Sheet { sha256: said(&file.sha256)?, sheet: said(&file.sheet)? });
            name.or_else(sheet)
        }
    };
    if of.is_none() {
        let keys = match asks_of {
            Asks::VerdictColumn | Asks::Set | Asks::Report | Asks::Shares => "layout",
            Asks::Word => "word",
            Asks::Commune => "name (hoặc sha256, sheet)",
            Asks::Period => "sha256, sheet",
        };
        slips.add(
            &file.span,
            Text::new(format!("thiếu {keys}"), format!("missing: {}", keys.replace("hoặc", "or"))),
            Text::new(
                "chép nguyên mục do «ntm answer» ghi, chỉ sửa dòng answer",
                "copy the entry as `ntm answer` writes it and change the line answer only",
            ),
        );
    }
    Some(Subject { asks: asks_of, of: of? })
}

/// What a person's words answer to a kind of question.
///
/// # Errors
///
/// What is expected instead, as a fragment.
pub fn reply(asks: Asks, written: &str, communes: &[Commune], known: &[CriteriaSet]) -> Result<Reply, Text> {
    let key = fold(written);
    // A column that is doubtful stays so until someone says how it is meant.
    let may_skip = asks != Asks::Shares;
    if (may_skip && ["bo qua", "skip"].contains(&key.as_str()))
        || (asks == Asks::Report && ["khong", "no"].contains(&key.as_str()))
    {
        return Ok(Reply::Skip);
    }
    let or_skip = |vi: &str, en: &str| Text::new(format!("{vi}, hoặc bo-qua"), format!("{en}, or bo-qua"));
    match asks {
        Asks::VerdictColumn => {
            let expected = || or_skip("chữ cái của cột, ví dụ E", "the letters of a column, such as E");
            let parts: Vec<String> = written.split(',').map(|part| part.trim().to_ascii_uppercase()).collect();
            match parts.as_slice() {
                [only] if is_column(only) => Ok(Reply::Column(only.clone())),
                [met, not_met] if is_column(met) && is_column(not_met) && met != not_met => {
                    Ok(Reply::Marks(met.clone(), not_met.clone()))
                }
                _ => Err(expected()),
            }
        }
        Asks::Set => {
            let named = |set: &&CriteriaSet| set.id.as_str() == written.trim() || fold(&set.short_name) == key;
            let ids = || known.iter().map(|set| set.id.as_str()).collect::<Vec<_>>().join(", ");
            let found = known.iter().find(named).map(|set| Reply::Set(set.id.clone()));
            found.ok_or_else(|| or_skip(&format!("một trong {}", ids()), &format!("one of {}", ids())))
        }
        Asks::Commune => {
            let by_code = communes.iter().find(|c| c.code.0 == written.trim());
            let named = || -> Option<&Commune> {
                let mut named = communes.iter().filter(|c| c.name.to_lowercase() == written.trim().to_lowercase());
                let first = named.next()?;
                named.all(|c| c.code == first.code).then_some(first)
            };
            let found = by_code.or_else(named).map(|commune| Reply::Commune(commune.code.clone()));
            found.ok_or_else(|| {
                or_skip("mã hoặc tên một xã trong ntm.toml", "the code or name of a commune in ntm.toml")
            })
        }
        Asks::Period => {
            let month = written.trim().parse().ok().or_else(|| match crate::text::date::months(written).as_slice() {
                [only] => Some(*only),
                _ => None,
            });
            month.map(Reply::Period).ok_or_else(|| or_skip("một tháng, ví dụ 2023-04", "a month, such as 2023-04"))
        }
        Asks::Word => {
            let verdict = match key.as_str() {
                "dat" | "met" => Some(Verdict::Met),
                "chua dat" | "khong dat" | "not met" => Some(Verdict::NotMet),
                "khong ap dung" | "not applicable" => Some(Verdict::NotApplicable),
                _ => None,
            };
            let expected = || or_skip("đạt, chưa đạt hoặc không áp dụng", "met, not met or not applicable");
            verdict.map(Reply::Verdict).ok_or_else(expected)
        }
        Asks::Shares if key == "nhan 100" => Ok(Reply::Shares(Shares::Fractions)),
        Asks::Shares if key == "giu nguyen" => Ok(Reply::Shares(Shares::Percent)),
        Asks::Shares => Err(Text::new(
            "nhan-100 (0,95 là 95%) hoặc giu-nguyen (0,95 là 0,95%)",
            "nhan-100 (0.95 is 95%) or giu-nguyen (0.95 is 0.95%)",
        )),
        Asks::Report if ["co", "yes"].contains(&key.as_str()) => Ok(Reply::Yes),
        Asks::Report => Err(or_skip("có", "có (yes)")),
    }
}

/// Letters of a column, or the number of a row where items stand side by side.
fn is_column(text: &str) -> bool {
    let within = (1..=4).contains(&text.len());
    within && (text.bytes().all(|b| b.is_ascii_uppercase()) || text.bytes().all(|b| b.is_ascii_digit()))
}

/// The text of the file of answers with one answer more, or another answer to what it answers already. `remark` says
/// for a person what was asked.
#[must_use]
pub fn with_answer(text: &str, answer: &Answer, remark: &str) -> String {
    let entry = entry(answer);
    let (table, faults) = DeTable::parse_recoverable(text);
    let mut ignored = Slips::of(text);
    let files = if faults.is_empty() { file::answers(&section::document(&table), &mut ignored) } else { Vec::new() };
    let fields = |file: &AnswerFile| {
        [("asks", &file.asks), ("commune", &file.commune), ("layout", &file.layout), ("sheet", &file.sheet)]
            .into_iter()
            .chain([("name", &file.name), ("word", &file.word), ("sha256", &file.sha256)])
            .filter_map(|(key, value)| Some((key, value.as_ref()?.get_ref().clone())))
            .collect::<Vec<_>>()
    };
    let same = files.iter().find(|file| fields(file) == entry[..entry.len() - 1]);
    if let Some(span) = same.and_then(|file| file.answer.as_ref()).map(Spanned::span) {
        return format!("{}{}{}", &text[..span.start], quoted(&answer.reply.to_string()), &text[span.end..]);
    }
    let lines = entry.iter().map(|(key, value)| format!("{key} = {}\n", quoted(value))).collect::<String>();
    let head = if text.trim().is_empty() { HEAD } else { text.trim_end() };
    let remark = remark.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}\n\n# {remark}\n[[answer]]\n{lines}", head.trim_end())
}

/// The lines of an answer, its reply last.
fn entry(answer: &Answer) -> Vec<(&'static str, String)> {
    let mut lines = vec![("asks", answer.subject.asks.as_str().to_owned())];
    match &answer.subject.of {
        Of::Layout { commune, layout, sheet } => {
            lines.extend(commune.iter().map(|code| ("commune", code.to_string())));
            lines.push(("layout", layout.clone()));
            lines.extend(sheet.iter().map(|sheet| ("sheet", sheet.clone())));
        }
        Of::Name(name) => lines.push(("name", name.clone())),
        Of::Word { commune, word } => {
            lines.extend(commune.iter().map(|code| ("commune", code.to_string())));
            lines.push(("word", word.clone()));
        }
        Of::Sheet { sha256, sheet } => {
            lines.push(("sheet", sheet.clone()));
            lines.push(("sha256", sha256.clone()));
        }
    }
    lines.push(("answer", answer.reply.to_string()));
    lines
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", clean.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::model::CommuneCode;

    fn settings(more: &str) -> Settings {
        let text = format!(
            "[unit]\nname = \"huyện Bình Lục\"\n[[communes]]\ncode = \"13546\"\nname = \"Trung Lương\"\n{more}"
        );
        resolve::parse(&text, "ntm.toml", Path::new("/w"), &[]).unwrap()
    }

    fn column(commune: Option<&str>, column: &str) -> Answer {
        let commune = commune.map(|code| CommuneCode(code.into()));
        let of = Of::Layout { commune, layout: "C ket qua; E \"xep\" loai".into(), sheet: None };
        Answer { subject: Subject { asks: Asks::VerdictColumn, of }, reply: Reply::Column(column.into()) }
    }

    fn read_back(text: &str) -> Vec<Answer> {
        joined(text, ANSWERS_FILE, &settings(""), &[]).unwrap().iter().cloned().collect()
    }

    #[test]
    fn what_is_written_is_read_back_and_a_persons_own_lines_stay() {
        let name = Subject { asks: Asks::Commune, of: Of::Name("trung luon".into()) };
        let sheet = Of::Sheet { sha256: "0123456789abcdef".into(), sheet: "Biểu 1".into() };
        let word = Of::Word { commune: None, word: "on".into() };
        let answers = vec![
            column(Some("13546"), "E"),
            column(None, "F"),
            Answer { subject: name, reply: Reply::Commune(CommuneCode("13546".into())) },
            Answer {
                subject: Subject { asks: Asks::Period, of: sheet },
                reply: Reply::Period("2023-04".parse().unwrap()),
            },
            Answer { subject: Subject { asks: Asks::Word, of: word }, reply: Reply::Verdict(Verdict::NotMet) },
        ];
        let text = answers.iter().fold(String::new(), |text, answer| with_answer(&text, answer, "một\ncâu hỏi"));
        assert_eq!(read_back(&text), answers);
        assert_eq!(text.matches("# một câu hỏi\n[[answer]]").count(), answers.len());
        let own = text.replace("answer = \"E\"", "answer = \"E\" # hỏi lại chị Hoa");
        let again = with_answer(&own, &column(Some("13546"), "G"), "");
        assert_eq!(again, own.replace("answer = \"E\"", "answer = \"G\""), "the one value is replaced, no line lost");
        assert_eq!(read_back(&again)[0], column(Some("13546"), "G"));
    }

    #[test]
    fn answers_of_the_settings_count_too_and_none_is_given_twice() {
        let own = "[[answer]]\nasks = \"word\"\nword = \"Ổn\"\nanswer = \"Đạt\"\n";
        let settings = settings(own);
        let [answer] = &settings.answers.iter().collect::<Vec<_>>()[..] else { panic!("one answer") };
        assert_eq!(answer.subject.of, Of::Word { commune: None, word: "on".into() });
        assert_eq!(answer.reply, Reply::Verdict(Verdict::Met));
        let error = joined(own, ANSWERS_FILE, &settings, &[]).unwrap_err();
        assert_eq!((error.slips[0].line, error.file_name.as_str()), (1, ANSWERS_FILE));
        assert_eq!(error.slips[0].message.vi, "câu hỏi này đã có câu trả lời khác");
    }

    #[test]
    fn slips_are_told_with_line_and_column() {
        let cases = [
            ("asks = \"colum\"\nanswer = \"E\"", (2, 8), "không có loại câu hỏi «colum»"),
            (
                "asks = \"word\"\nwrd = \"a\"\nword = \"a\"\nanswer = \"đạt\"",
                (3, 1),
                "không có mục cài đặt «answer.wrd»",
            ),
            ("asks = \"word\"\nanswer = \"đạt\"", (1, 1), "thiếu word"),
            (
                "asks = \"word\"\nword = \"a\"\nanswer = \"tốt\"",
                (4, 10),
                "«answer.answer» là \"tốt\", cần đạt, chưa đạt",
            ),
            (
                "asks = \"commune\"\nname = \"a\"\nanswer = \"1\"",
                (4, 10),
                "«answer.answer» là \"1\", cần mã hoặc tên một xã",
            ),
            (
                "asks = \"set\"\ncommune = \"99999\"\nlayout = \"C a\"\nanswer = \"x\"",
                (3, 11),
                "không có xã mang mã «99999»",
            ),
        ];
        for (lines, place, message) in cases {
            let error = joined(&format!("[[answer]]\n{lines}\n"), ANSWERS_FILE, &settings(""), &[]).unwrap_err();
            let slip = &error.slips[0];
            assert_eq!((slip.line, slip.column), place, "{error}");
            assert!(slip.message.vi.starts_with(message), "{error}");
        }
        assert!(joined("[[answer\n", ANSWERS_FILE, &settings(""), &[]).is_err());
        assert!(joined("[[tra-loi]]\n", ANSWERS_FILE, &settings(""), &[]).is_err(), "nothing else belongs there");
    }

    #[test]
    fn words_are_understood_as_people_type_them() {
        let communes = settings("").communes;
        let said = |asks, words: &str| reply(asks, words, &communes, &[]).map(|reply| reply.to_string()).ok();
        assert_eq!(said(Asks::VerdictColumn, " e ").as_deref(), Some("E"));
        assert_eq!(said(Asks::VerdictColumn, "e,f").as_deref(), Some("E, F"));
        assert_eq!(said(Asks::VerdictColumn, "12").as_deref(), Some("12"), "a row, where items stand side by side");
        assert_eq!(said(Asks::VerdictColumn, "E F"), None);
        assert_eq!(said(Asks::Commune, "trung lương").as_deref(), Some("13546"));
        assert_eq!(said(Asks::Commune, "Bỏ qua").as_deref(), Some("bo-qua"));
        assert_eq!(said(Asks::Period, "tháng 4 năm 2023").as_deref(), Some("2023-04"));
        assert_eq!(said(Asks::Period, "4/2023").as_deref(), Some("2023-04"));
        assert_eq!(said(Asks::Report, "Có").as_deref(), Some("có"));
        assert_eq!(said(Asks::Report, "không").as_deref(), Some("bo-qua"));
        assert_eq!(said(Asks::Word, "Chưa Đạt").as_deref(), Some("chưa đạt"));
        assert_eq!(said(Asks::Shares, "bo-qua"), None, "a doubt is not settled by leaving it");
    }
}
