//! The words that go back to a commune with its file.

use jiff::civil::{DateTime, Time};

use super::words::{capitalised, joined};
use crate::assess::{Earlier, Fault, Faulty};
use crate::catalogue::wording::{Returned, Wording};
use crate::diag::Severity;
use crate::model::notice::{Line, Notice};
use crate::model::{CellRange, CriteriaSet, Lang, Verdict};
use crate::settings::Settings;
use crate::text::file_name::readable;

/// How many problems a list holds: a file with more is first mended of these.
const MOST: usize = 1_000;

/// Hints are written for the office. Where one says to ask the commune, the commune is asked; the program's questions
/// are the office's to answer.
const TURNED: [(&str, &str); 12] = [
    ("trả lời câu hỏi, hoặc ", ""),
    ("answer the question, or ", ""),
    ("đề nghị xã ", ""),
    ("hỏi lại xã", "xem lại"),
    ("ask the commune to ", ""),
    ("ask the commune for ", "give "),
    ("ask the commune which", "look which"),
    ("ask the commune and ", "look again and "),
    ("ask the commune", "look again"),
    ("ask whose", "say whose"),
    ("ask which", "say which"),
    ("its list", "the list"),
];

/// As what the file goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The commune's own workbook.
    Own,
    /// A new workbook of the same content, for a file of this kind: `.xls`.
    Anew(&'static str),
}

/// What goes back about a file.
#[must_use]
pub fn notice(faulty: &Faulty, form: Form, settings: &Settings, sets: &[CriteriaSet], wording: &Wording) -> Notice {
    let letter = Letter { settings, sets, wording };
    let words = wording.returned();
    let mut lines = letter.lines(&faulty.faults);
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    let unit = letter.receiver();
    let mut instructions = vec![words.mend(&letter.settings.unit.name), words.how(), words.right()];
    if let Form::Anew(kind) = form {
        instructions.push(words.converted(kind));
    }
    let columns = wording.columns();
    let headings = [
        words.number(),
        columns.severity(),
        columns.item(),
        columns.sheet(),
        columns.cell(),
        words.message(),
        words.hint(),
        words.before(),
    ];
    let title = if faulty.communes.is_empty() { words.title_set_aside() } else { words.title() };
    Notice {
        original: faulty.sha256.clone(),
        author: unit.clone(),
        sheet_name: words.sheet().into(),
        title: title.into(),
        facts: letter.facts(faulty),
        instructions: instructions.into_iter().map(String::from).collect(),
        hidden: words.hidden().into(),
        headings: headings.map(String::from),
        lines,
        rest: (more > 0).then(|| words.rest(more).into()),
        footer: words.footer(unit, &faulty.file).into(),
    }
}

/// What stands behind the name of a file that goes back.
const SUFFIXES: [(Lang, &str); 2] = [(Lang::Vi, " - cần sửa"), (Lang::En, " - to mend")];

/// So long a name may be that a hash can stand before it and the name of its list behind it.
const LONGEST_NAME: usize = 170;

/// The name under which a file goes back: its own, with what is asked for behind it, once; one that the commune's system
/// can have.
#[must_use]
pub fn returned_name(file: &str, form: Form, lang: Lang) -> String {
    let (stem, extension) = file.rsplit_once('.').map_or((file, "xlsx"), |(stem, extension)| (stem, extension));
    let extension = if let Form::Anew(_) = form { "xlsx" } else { extension };
    let bare = SUFFIXES.iter().find_map(|(_, suffix)| stem.strip_suffix(suffix)).unwrap_or(stem);
    let own = SUFFIXES.iter().filter(|(of, _)| *of == lang).map(|(_, suffix)| *suffix);
    let suffix: String = own.collect();
    let room = LONGEST_NAME.saturating_sub(suffix.len() + 1 + extension.len());
    format!("{}{suffix}.{extension}", readable(bare, room))
}

/// The name under which a file goes back that could not be marked: its own, as far as the commune's system can have it.
#[must_use]
pub fn own_name(file: &str) -> String {
    readable(file, LONGEST_NAME)
}

/// A hint to the office as one to the commune.
pub(super) fn turned(words: Returned<'_>, hint: &str) -> String {
    // The office's settings are nothing a commune could mend.
    if hint.contains(crate::settings::FILE_NAME) {
        return words.name_commune().into();
    }
    capitalised(&TURNED.iter().fold(hint.to_owned(), |hint, (office, commune)| hint.replace(office, commune)))
}

/// What a notice is written with.
struct Letter<'a> {
    settings: &'a Settings,
    sets: &'a [CriteriaSet],
    wording: &'a Wording,
}

impl Letter<'_> {
    fn words(&self) -> Returned<'_> {
        self.wording.returned()
    }

    /// Who receives the mended copy, as the letterhead writes it, else the unit.
    fn receiver(&self) -> String {
        let issuer = self.settings.letterhead.issuer.join(" ");
        if issuer.trim().is_empty() { self.settings.unit.name.clone() } else { issuer }
    }

    fn facts(&self, faulty: &Faulty) -> Vec<String> {
        let words = self.words();
        let names = faulty.communes.iter().map(|code| self.commune(code, faulty));
        let of = if faulty.communes.is_empty() || faulty.periods.is_empty() {
            words.of_nobody()
        } else {
            words.of(joined(names, ", "), joined(faulty.periods.iter().map(|period| period.short()), ", "))
        };
        let received = match faulty.received_at {
            Some(at) => words.received(&faulty.file, self.moment(at)),
            None => words.received_file(&faulty.file),
        };
        let errors = faulty.faults.iter().filter(|fault| fault.problem.severity == Severity::Error).count();
        vec![of.into(), received.into(), words.count(errors, faulty.faults.len() - errors).into()]
    }

    fn commune(&self, code: &str, faulty: &Faulty) -> String {
        let bearers = || self.settings.communes.iter().filter(|commune| commune.code.0 == code);
        let day = faulty.periods.last().map(|period| period.day(31));
        let bearer = bearers().find(|commune| day.is_some_and(|day| commune.is_valid_on(day))).or(bearers().next());
        let words = self.wording.words();
        bearer.map_or_else(|| code.to_owned(), |c| capitalised(&words.commune(&c.kind, &c.name).to_string()))
    }

    fn moment(&self, at: DateTime) -> String {
        let words = self.wording.words();
        let day = words.day(at.day(), at.month(), at.year());
        if at.time() == Time::midnight() {
            return day.into();
        }
        words.moment(day, format!("{:02}:{:02}", at.hour(), at.minute())).into()
    }

    /// One line a problem, sheet by sheet and row by row. What is said of a cell for two sets in the same words is one.
    fn lines(&self, faults: &[Fault]) -> Vec<Line> {
        let mut sorted: Vec<&Fault> = faults.iter().collect();
        let cells = |fault: &Fault| fault.problem.cells.as_deref().and_then(cells_of);
        sorted.sort_by_key(|fault| {
            (fault.problem.sheet.clone(), cells(fault), fault.problem.severity, fault.problem.message.clone())
        });
        sorted.dedup_by(|a, b| {
            let place = |fault: &Fault| (fault.problem.sheet.clone(), fault.problem.cells.clone());
            place(a) == place(b) && a.problem.message == b.problem.message && a.problem.item == b.problem.item
        });
        sorted.into_iter().zip(1..).map(|(fault, number)| self.line(fault, number)).collect()
    }

    fn line(&self, fault: &Fault, number: usize) -> Line {
        let (lang, words) = (self.wording.lang(), self.words());
        let problem = &fault.problem;
        let severity_word = match problem.severity {
            Severity::Error => self.wording.words().error(),
            Severity::Warning => self.wording.words().warning(),
            Severity::Info => self.wording.words().info(),
        };
        let severity_word = String::from(severity_word);
        let message = capitalised(problem.message.get(lang));
        let hint = problem.hint.as_ref().map(|hint| turned(words, hint.get(lang))).unwrap_or_default();
        let before = fault.before.as_ref().map(|earlier| self.before(earlier)).unwrap_or_default();
        let mut note = vec![words.note_head(number, &severity_word, &message)];
        note.extend((!hint.is_empty()).then(|| words.note_hint(&hint)));
        note.extend((!before.is_empty()).then(|| words.note_before(&before)));
        Line {
            severity: problem.severity,
            severity_word,
            code: problem.code.clone(),
            item: self.item(problem.set.as_deref(), problem.item.as_deref()),
            sheet: problem.sheet.clone(),
            cells: problem.cells.as_deref().and_then(cells_of),
            note: joined(note, "\n"),
            message,
            hint,
            before,
        }
    }

    /// `NTM 2.1`; the set alone where it is about none of its items.
    fn item(&self, set: Option<&str>, item: Option<&str>) -> String {
        let short = |id: &str| {
            let known = self.sets.iter().find(|set| set.id.as_str() == id);
            known.map_or_else(|| id.to_owned(), |set| set.short_name.clone())
        };
        let set = set.map(short);
        joined(set.as_deref().into_iter().chain(item), " ")
    }

    /// `Tháng 3/2023: chưa đạt, 85,2%`.
    fn before(&self, earlier: &Earlier) -> String {
        let words = self.wording.words();
        let verdict = earlier.verdict.map(|verdict| match verdict {
            Verdict::Met => words.met(),
            Verdict::NotMet => words.not_met(),
            Verdict::NotApplicable => words.not_applicable(),
        });
        let verdict = verdict.map(|verdict| verdict.to_string().to_lowercase());
        let value = earlier.value.map(|value| self.measure(value, earlier.unit.as_deref().unwrap_or_default()));
        let said = joined(verdict.into_iter().chain(value.or_else(|| earlier.text.clone())), ", ");
        let said = if said.is_empty() { self.words().nothing_before().into() } else { said };
        self.words().said_before(earlier.period.short(), said).into()
    }

    /// A number with its unit, as short as it can be written.
    fn measure(&self, value: f64, unit: &str) -> String {
        let number = ((value * 1e6).round() / 1e6).to_string();
        let number = if self.wording.lang() == Lang::Vi { number.replace('.', ",") } else { number };
        match unit {
            "" => number,
            "%" => format!("{number}%"),
            unit => format!("{number} {unit}"),
        }
    }
}

/// `E12` or `E12:F14`.
fn cells_of(text: &str) -> Option<CellRange> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some(CellRange::new(first.parse().ok()?, last.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_goes_back_under_its_own_name_with_one_suffix() {
        let name = |file, form| returned_name(file, form, Lang::Vi);
        assert_eq!(name("BC Trung Lương.xlsx", Form::Own), "BC Trung Lương - cần sửa.xlsx");
        assert_eq!(name("BC Trung Lương - cần sửa.xlsx", Form::Own), "BC Trung Lương - cần sửa.xlsx");
        assert_eq!(name("NTM T4.2023.XLS", Form::Anew(".xls")), "NTM T4.2023 - cần sửa.xlsx");
        assert_eq!(name("NTM", Form::Own), "NTM - cần sửa.xlsx");
        assert_eq!(name("BC - to mend.xlsx", Form::Own), "BC - cần sửa.xlsx");
        assert_eq!(returned_name("BC - cần sửa.xlsx", Form::Own, Lang::En), "BC - to mend.xlsx");
    }
}
