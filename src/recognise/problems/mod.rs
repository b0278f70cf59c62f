//! What there is to say about how sheets were understood, one constructor each.

mod lists;
mod times;
mod validity;

use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::model::{Answer, ItemCode, Place, Text};

pub(super) use lists::*;
pub(super) use times::*;
pub(super) use validity::commune_not_in_force;

fn hint(vi: &str, en: &str) -> Text {
    Text::new(vi, en)
}

pub(super) fn answer_used(place: Place, answer: &Answer) -> Diagnostic {
    Diagnostic::new(Severity::Info, Code::AnswerUsed, answer.used()).at(place)
}

pub(super) fn answer_outdated(answer: &Answer) -> Diagnostic {
    let (number, said) = (answer.subject.number(), answer.reply.statement());
    Diagnostic::new(
        Severity::Warning,
        Code::AnswerOutdated,
        Text::new(
            format!("câu trả lời {number} ({}) là cho bố trí cột khác, không dùng", said.vi),
            format!("the answer to question {number} ({}) is for another layout and was not used", said.en),
        ),
    )
    .with_hint(hint("trả lời câu hỏi mới", "answer the new question"))
}

pub(super) fn figures_alone(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::VerdictMissing,
        Text::new(
            "không rõ cột nào là đánh giá; chỉ lấy số liệu, các mục tính là chưa đánh giá",
            "no column of verdicts is known; figures alone were taken and the items count as not judged",
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint(
        "trả lời câu hỏi, hoặc đặt tiêu đề «Đánh giá» cho cột ghi Đạt/Chưa đạt rồi gửi lại",
        "answer the question, or give the column with the verdicts the heading “Đánh giá” and send the file again",
    ))
    .at(place)
}

pub(super) fn criteria_alone(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::VerdictMissing,
        Text::new(
            "chỉ đánh giá tiêu chí, không đánh giá từng chỉ tiêu; các chỉ tiêu tính là chưa báo cáo",
            "criteria alone are judged and not their indicators, which count as not reported",
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("đề nghị xã đánh giá từng chỉ tiêu", "ask the commune to judge each indicator"))
    .at(place)
}

pub(super) fn verdicts_tied(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        Code::SheetNotRecognised,
        Text::new(
            "nhiều cột ghi đạt/chưa đạt khác nhau mà tiêu đề không phân biệt được, để riêng",
            "several columns of verdicts differ and their headings do not tell them apart; the sheet was set aside",
        ),
    )
    .with_hint(hint(
        "đặt tiêu đề «Đánh giá» cho cột đánh giá của kỳ này rồi gửi lại",
        "give the column of this period's verdicts the heading “Đánh giá” and send the file again",
    ))
    .at(place)
}

pub(super) fn word_unclear(place: Place, word: &str, rows: usize) -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        Code::VerdictUnclear,
        Text::new(
            format!("{rows} dòng ghi «{word}» ở cột đánh giá, không hiểu"),
            format!("{rows} rows say {word:?} in the verdict column, which is not understood"),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("ghi «Đạt», «Chưa đạt» hoặc «Không áp dụng»", "write met, not met or not applicable"))
    .at(place)
}

pub(super) fn no_report(place: Place, sheets: usize) -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        Code::NoReport,
        Text::new(
            format!("không tìm thấy bảng tiêu chí nông thôn mới trong {sheets} trang của tệp"),
            format!("no table of NTM criteria in the file's {sheets} sheet(s)"),
        ),
    )
    .with_hint(hint(
        "nếu đây là báo cáo, kiểm tra tiêu đề cột, mã và tên chỉ tiêu; nếu không, chuyển tệp ra khỏi hộp thư đến",
        "if it is a report, look at its column headings, codes and names; if not, move the file out of the inbox",
    ))
    .at(place)
}

pub(super) fn sheet_ignored(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::SheetIgnored,
        Text::new("trang không có bảng tiêu chí, không dùng", "the sheet holds no table of criteria and was not used"),
    )
    .at(place)
}

/// A sheet by the set of a district, of a hamlet, of a garden.
pub(super) fn of_another_level(place: Place, title: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::SheetIgnored,
        Text::new(
            format!("trang theo bộ tiêu chí của cấp khác («{title}»), không phải của xã; không dùng"),
            format!("the sheet is by the criteria of another level ({title:?}), not of a commune, and was not used"),
        ),
    )
    .at(place)
}

pub(super) fn below_the_bar(place: Place, confidence: f64, evidence: &[crate::model::Evidence]) -> Diagnostic {
    let weakest = evidence
        .iter()
        .filter(|e| e.name != "stated")
        .min_by(|a, b| a.score.total_cmp(&b.score))
        .map(|e| e.detail.clone());
    let weakest = weakest.unwrap_or_else(|| Text::new("", ""));
    let percent = confidence * 100.0;
    Diagnostic::new(
        Severity::Error,
        Code::SheetNotRecognised,
        Text::new(
            format!("trang giống bảng tiêu chí nhưng chỉ chắc {percent:.0}%, để riêng; yếu nhất: {}", weakest.vi),
            format!("the sheet looks like a table of criteria with {percent:.0}% confidence only and was set aside; weakest: {}", weakest.en),
        ),
    )
    .with_hint(hint(
        "kiểm tra tiêu đề cột, mã và tên chỉ tiêu, tên xã, tháng rồi gửi lại",
        "check column headings, codes and names, commune and month, and send it again",
    ))
    .at(place)
}

pub(super) fn no_verdict_column(place: Place, placed: usize, headers: &[(u32, String)]) -> Diagnostic {
    let columns: Vec<String> = headers
        .iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(col, words)| format!("{} «{words}»", crate::model::CellRef::new(0, *col).column_letters()))
        .collect();
    let columns = columns.join(", ");
    Diagnostic::new(
        Severity::Error,
        Code::SheetNotRecognised,
        Text::new(
            format!("nhận ra {placed} dòng tiêu chí, chỉ tiêu nhưng không rõ cột nào là đánh giá; các cột: {columns}"),
            format!("{placed} rows of criteria were recognised, but no column of verdicts; columns: {columns}"),
        ),
    )
    .with_hint(hint(
        "đặt tiêu đề «Đánh giá» cho cột ghi Đạt/Chưa đạt rồi gửi lại",
        "give the column with the verdicts the heading “Đánh giá” and send the file again",
    ))
    .at(place)
}

pub(super) fn commune_unknown(place: Place, near: Option<(String, String)>) -> Diagnostic {
    let (message, advice) = match near {
        Some((written, name)) => (
            Text::new(
                format!("không rõ xã nào: «{written}» gần giống {name}"),
                format!("commune not known: {written:?} is near to {name}"),
            ),
            Text::new(
                format!(
                    "nếu đúng, thêm «{written}» vào other_names của xã {name} trong ntm.toml; nếu không, hỏi lại xã"
                ),
                format!("if so, add {written:?} to other_names of {name} in ntm.toml; if not, ask the commune"),
            ),
        ),
        None => (
            Text::new(
                "không xác định được xã từ tiêu đề, tên trang và tên tệp",
                "neither title, sheet name nor file name tells the commune",
            ),
            hint(
                "ghi tên xã ở tiêu đề («UBND xã …») hoặc ở tên tệp rồi gửi lại",
                "write the commune's name in the title or the file name and send it again",
            ),
        ),
    };
    Diagnostic::new(Severity::Error, Code::CommuneUnknown, message).about(Scope::Submission).with_hint(advice).at(place)
}

pub(super) fn commune_not_registered(place: Place, written: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        Code::CommuneUnknown,
        Text::new(
            format!("xã «{written}» không có trong danh sách xã"),
            format!("{written:?} is not in the list of communes"),
        ),
    )
    .about(Scope::Submission)
    .with_hint(Text::new(
        format!("nếu là tên gọi khác, trả lời câu hỏi hoặc thêm «{written}» vào other_names của xã đó trong ntm.toml"),
        format!(
            "if it is another name of a commune, answer the question or add {written:?} to its other_names in ntm.toml"
        ),
    ))
    .at(place)
}

pub(super) fn commune_assumed(place: Place, name: &str, from: Text) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::CommuneAssumed,
        Text::new(
            format!("nội dung không ghi tên xã; lấy {name} theo {}", from.vi),
            format!("the content names no commune; {name} was taken from {}", from.en),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("kiểm tra lại tên xã", "check the commune"))
    .at(place)
}

pub(super) fn commune_conflict(place: Place, content: &str, other: &str, from: Text) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::CommuneConflict,
        Text::new(
            format!("nội dung ghi xã {content} nhưng {} ghi {other}; lấy {content}", from.vi),
            format!("the content says {content}, {} says {other}; {content} was taken", from.en),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("hỏi lại xã báo cáo là của xã nào", "ask whose report it is"))
    .at(place)
}

pub(super) fn set_conflict(place: Place, titled: &str, found: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::SetConflict,
        Text::new(
            format!("tiêu đề ghi bộ {titled} nhưng các dòng là của bộ {found}; lấy {found}"),
            format!("the title says {titled}, the rows are of {found}; {found} was taken"),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("hỏi lại xã báo cáo theo bộ tiêu chí nào", "ask which set the report is for"))
    .at(place)
}

pub(super) fn set_unknown(place: Place, candidates: &[&str]) -> Diagnostic {
    let list = candidates.join(", ");
    Diagnostic::new(
        Severity::Error,
        Code::SetUnknown,
        Text::new(format!("không rõ bộ tiêu chí nào ({list})"), format!("the criteria set cannot be told ({list})")),
    )
    .about(Scope::Submission)
    .with_hint(hint(
        "ghi rõ «NTM» hay «NTM nâng cao» ở tiêu đề rồi gửi lại",
        "name the set in the title and send it again",
    ))
    .at(place)
}

pub(super) fn column_assumed(place: Place, header: &str, role: Text) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::ColumnAssumed,
        Text::new(
            format!("tiêu đề cột «{header}» không rõ; hiểu là cột {} theo nội dung", role.vi),
            format!("the heading {header:?} is not clear; by its content the column was taken as {}", role.en),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("kiểm tra lại, nên đặt tiêu đề cột rõ ràng", "check it, and give the column a clear heading"))
    .at(place)
}

pub(super) fn marks_by_custom(place: Place, header: &str, [met, not_met]: &[String; 2]) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::ColumnAssumed,
        Text::new(
            format!("cột «{header}» không ghi đạt, chưa đạt mà không có chú thích; hiểu «{met}» là đạt, «{not_met}» là chưa đạt"),
            format!(
                "the column {header:?} uses marks without a legend; {met:?} was taken as met, {not_met:?} as not met"
            ),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("kiểm tra lại; nên ghi Đạt hoặc Chưa đạt", "check it; better write met or not met in words"))
    .at(place)
}

pub(super) fn column_ignored(place: Place, header: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::ColumnIgnored,
        Text::new(
            format!("cột «{header}» cũng ghi đạt/chưa đạt nhưng không được dùng"),
            format!("the column {header:?} holds verdicts too and was not used"),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("kiểm tra cột nào là đánh giá của kỳ này", "check which column is this period's verdict"))
    .at(place)
}

pub(super) fn column_unused(place: Place, header: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::ColumnIgnored,
        Text::new(format!("cột «{header}» không được dùng"), format!("the column {header:?} was not used")),
    )
    .about(Scope::Submission)
    .at(place)
}

pub(super) fn row_not_placed(place: Place, text: &str) -> Diagnostic {
    let short: String = text.chars().take(60).collect();
    Diagnostic::new(
        Severity::Warning,
        Code::RowNotPlaced,
        Text::new(
            format!("dòng «{short}» không khớp mục nào của bộ tiêu chí, không tính"),
            format!("the row {short:?} fits no item of the set and does not count"),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("kiểm tra mã và tên của dòng", "check the row's code and name"))
    .at(place)
}

pub(super) fn judged_aside(place: Place, text: &str) -> Diagnostic {
    // Its ends tell most: the code and the verdict.
    let letters: Vec<char> = text.chars().collect();
    let short: String = match letters.len() {
        0..=70 => text.to_owned(),
        n => letters[..40].iter().chain(&['…']).chain(&letters[n - 28..]).collect(),
    };
    Diagnostic::new(
        Severity::Warning,
        Code::RowNotPlaced,
        Text::new(
            format!("dòng «{short}» ghi đánh giá ở ngoài cột đánh giá, không tính"),
            format!("the row {short:?} has its verdict outside the column of verdicts and does not count"),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint(
        "đưa đánh giá về đúng cột, đúng dòng của mục; dòng thừa thì bỏ",
        "put the verdict into its column, in the item's own row; take the row out if it is one too many",
    ))
    .at(place)
}

pub(super) fn code_repaired(place: Place, item: ItemCode, written: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::CodeRepaired,
        Text::new(
            format!("mã ghi «{written}» nhưng theo tên và thứ tự dòng là {item}; lấy {item}"),
            format!("the code says {written:?}, name and order say {item}; {item} was taken"),
        ),
    )
    .about(Scope::Item(item))
    .with_hint(hint("kiểm tra lại mã của dòng", "check the row's code"))
    .at(place)
}

pub(super) fn placed_by_neighbours(place: Place, item: ItemCode) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::CodeRepaired,
        Text::new(
            format!("dòng không có mã; hiểu là {item} vì đứng giữa các chỉ tiêu liền trước và liền sau"),
            format!("the row has no code; it was taken as {item}, which is all that its neighbours leave"),
        ),
    )
    .about(Scope::Item(item))
    .with_hint(hint("kiểm tra lại, nên ghi mã của dòng", "check it, and give the row its code"))
    .at(place)
}

pub(super) fn codes_overruled(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::CodeRepaired,
        Text::new(
            "phần lớn mã không khớp với tên dòng; lấy theo tên và thứ tự dòng",
            "most codes do not agree with the names of their rows; names and order were taken",
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("kiểm tra xem biểu có đúng bộ tiêu chí không", "check that the table is of the set it seems to be"))
    .at(place)
}

pub(super) fn item_repeated(place: Place, item: ItemCode, first: Place, taken: Text) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::ItemRepeated,
        Text::new(
            format!("mục {item} có hai dòng; lấy {}", taken.vi),
            format!("item {item} has two rows; {} was taken", taken.en),
        ),
    )
    .about(Scope::Item(item))
    .with_hint(hint("giữ một dòng cho mỗi mục", "keep one row for each item"))
    .at(place)
    .related_to(first, Text::new("dòng được lấy ở đây", "the row that was taken"))
}

pub(super) fn items_missing(place: Place, items: &[ItemCode], total: usize) -> Diagnostic {
    let list = items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let n = items.len();
    Diagnostic::new(
        Severity::Warning,
        Code::ItemMissing,
        Text::new(
            format!("bảng thiếu {n}/{total} chỉ tiêu, tính là chưa báo cáo: {list}"),
            format!("{n} of {total} indicators are not in the table and count as not reported: {list}"),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("bổ sung các dòng còn thiếu rồi gửi lại", "add the missing rows and send it again"))
    .at(place)
}

pub(super) fn sub_line_conflict(place: Place, item: ItemCode, line: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::SubLineConflict,
        Text::new(
            format!("{item} ghi đạt nhưng dòng con ghi chưa đạt; lấy theo dòng chính"),
            format!("{item} says met, a line below it says not met; the indicator's own row counts"),
        ),
    )
    .about(Scope::Item(item))
    .with_hint(hint("hỏi lại xã", "ask the commune"))
    .at(place)
    .related_to(line, Text::new("dòng con ở đây", "the line stands here"))
}

pub(super) fn verdict_assumed(place: Place, item: ItemCode, from: Text, severity: Severity) -> Diagnostic {
    Diagnostic::new(
        severity,
        Code::VerdictAssumed,
        Text::new(
            format!("cột đánh giá của {item} để trống; lấy theo {}", from.vi),
            format!("the verdict of {item} is empty; it was taken from {}", from.en),
        ),
    )
    .about(Scope::Item(item))
    .with_hint(hint("kiểm tra lại đánh giá", "check the verdict"))
    .at(place)
}

pub(super) fn declared_conflict(place: Place, first: &str, second: &str, other: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::DeclaredConflict,
        Text::new(
            format!("tổng số ghi hai chỗ khác nhau: {first} và {second}; lấy {first}"),
            format!("the totals are stated differently in two places: {first} and {second}; {first} was taken"),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("hỏi lại xã", "ask the commune"))
    .at(place)
    .related_to(other, Text::new("chỗ thứ hai ở đây", "the second stands here"))
}

pub(super) fn hidden(place: Place, what: Text) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::HiddenContent,
        Text::new(
            format!("{} bị ẩn; nội dung vẫn được đọc", what.vi),
            format!("{} is hidden; its content was read", what.en),
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("kiểm tra phần ẩn có phải bản cũ không", "check that the hidden part is not an old copy"))
    .at(place)
}

pub(super) fn hidden_copy(place: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::HiddenContent,
        Text::new(
            "trang bị ẩn chứa báo cáo của cùng xã, cùng bộ tiêu chí với một trang nhìn thấy; không tính trang ẩn",
            "a hidden sheet holds a report of the same commune and set as a visible one; the hidden one does not count",
        ),
    )
    .with_hint(hint("xóa trang ẩn nếu là bản cũ", "delete the hidden sheet if it is an old copy"))
    .at(place)
}

pub(super) fn legacy(place: Place, encoding: &str, cells: usize) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::LegacyEncoding,
        Text::new(
            format!("{cells} ô gõ bằng {encoding}, đã chuyển sang Unicode"),
            format!("{cells} cells in {encoding} were turned into Unicode"),
        ),
    )
    .at(place)
}

pub(super) fn capitals(place: Place, cells: usize, example: (&str, &str)) -> Diagnostic {
    Diagnostic::new(
        Severity::Info,
        Code::CapitalsLowered,
        Text::new(
            format!("{cells} ô viết toàn chữ hoa, đã đổi sang chữ thường: «{}» thành «{}»", example.0, example.1),
            format!("{cells} cells in capitals were turned into small letters: {:?} into {:?}", example.0, example.1),
        ),
    )
    .about(Scope::Submission)
    .at(place)
}

pub(super) fn same_report_twice(place: Place, first: Place) -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        Code::SubmissionAmbiguous,
        Text::new(
            "hai bảng của cùng xã, cùng tháng, cùng bộ tiêu chí trong một tệp; lấy bảng đầu",
            "two tables of one commune, month and set in one file; the first was taken",
        ),
    )
    .about(Scope::Submission)
    .with_hint(hint("hỏi lại xã bảng nào đúng, xóa bảng kia", "ask which one is right and delete the other"))
    .at(place)
    .related_to(first, Text::new("bảng đầu ở đây", "the first stands here"))
}
