//! What there is to say about rows and the items they are of.

use super::hint;
use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::model::{ItemCode, Place, Text, Verdict};

pub(in crate::recognise) fn row_not_placed(place: Place, text: &str) -> Diagnostic {
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

pub(in crate::recognise) fn judged_aside(place: Place, text: &str) -> Diagnostic {
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

pub(in crate::recognise) fn code_repaired(place: Place, item: ItemCode, written: &str) -> Diagnostic {
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

pub(in crate::recognise) fn placed_by_neighbours(place: Place, item: ItemCode) -> Diagnostic {
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

pub(in crate::recognise) fn codes_overruled(place: Place) -> Diagnostic {
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

pub(in crate::recognise) fn item_repeated(place: Place, item: ItemCode, first: Place, taken: Text) -> Diagnostic {
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

pub(in crate::recognise) fn items_missing(place: Place, items: &[ItemCode], total: usize) -> Diagnostic {
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

pub(in crate::recognise) fn sub_line_conflict(place: Place, item: ItemCode, line: Place) -> Diagnostic {
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

pub(in crate::recognise) fn word_unclear(place: Place, word: &str, rows: usize) -> Diagnostic {
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

pub(in crate::recognise) fn verdict_assumed(
    place: Place,
    item: ItemCode,
    from: Text,
    severity: Severity,
) -> Diagnostic {
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

/// A verdict that goes on with words that take it back.
pub(in crate::recognise) fn verdict_taken_back(place: Place, item: ItemCode, text: &str) -> Diagnostic {
    let short: String = text.chars().take(60).collect();
    Diagnostic::new(
        Severity::Warning,
        Code::VerdictConflict,
        Text::new(
            format!("{item} ghi «{short}»: lời đi kèm có thể trái với đánh giá; lấy theo đánh giá đứng đầu"),
            format!(
                "{item} says {short:?}: what follows may take the verdict back; the verdict it begins with was taken"
            ),
        ),
    )
    .about(Scope::Item(item))
    .with_hint(hint(
        "hỏi lại xã; chưa đạt thì sửa thành «Chưa đạt», đạt thì chuyển lời đi kèm sang ghi chú",
        "ask the commune: write \"Chưa đạt\" where it is not met, else move the words to the remarks",
    ))
    .at(place)
}

/// A remark that says of an item the contrary of its row, or a cell of a column that is not read otherwise.
pub(in crate::recognise) fn remark_against(
    place: Place,
    item: ItemCode,
    said: Verdict,
    (text, header): (&str, Option<&str>),
    row: Place,
) -> Diagnostic {
    let short: String = text.chars().take(60).collect();
    let source = match header {
        None => Text::new("ghi chú", "the remark"),
        Some("") => Text::new("ô", "the cell"),
        Some(header) => Text::new(format!("cột «{header}»"), format!("the column {header:?},")),
    };
    let (vi, en) = if said == Verdict::Met { ("đạt", "met") } else { ("chưa đạt", "not met") };
    Diagnostic::new(
        Severity::Warning,
        Code::VerdictConflict,
        Text::new(
            format!(
                "theo {} «{short}» thì {item} có thể {vi}, trái với đánh giá ở dòng của mục; lấy theo dòng",
                source.vi
            ),
            format!("by {} {short:?} {item} may be {en}, its row says otherwise; the row was taken", source.en),
        ),
    )
    .about(Scope::Item(item))
    .with_hint(hint("hỏi lại xã chỗ nào đúng, sửa chỗ sai", "ask the commune which is right and mend the other"))
    .at(place)
    .related_to(row, Text::new("dòng của mục", "the item's row"))
}
