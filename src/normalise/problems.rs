//! What could not be made out, one constructor each, from the flags of the plan.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use polars::prelude::*;

use super::Received;
use crate::diag::{Code, Diagnostic, Scope, Severity};
use crate::model::{
    Asks, Assessor, CellRef, ItemCode, Of, Offer, Place, Question, Reply, Shares, Stated, Subject, Submission, Text,
};

/// The diagnostics of all flagged rows, by the position of their submission.
pub(super) fn of(judged: &DataFrame, received: &[Received<'_>]) -> PolarsResult<Vec<(usize, Diagnostic)>> {
    let flagged = judged
        .clone()
        .lazy()
        .filter(col("verdict_flag").is_not_null().or(col("value_flag").is_not_null()).or(col("due_flag").is_not_null()))
        .collect()?;
    let text = |name: &str| flagged.column(name).and_then(|c| c.str().cloned());
    let (items, cells, words) = (text("item")?, text("cell")?, text("verdict_text")?);
    let (values, value_cells, dues, due_cells) =
        (text("value_text")?, text("value_cell")?, text("due_text")?, text("due_cell")?);
    let (verdict_flags, value_flags, due_flags) = (text("verdict_flag")?, text("value_flag")?, text("due_flag")?);
    let sheets = text("sheet")?;
    let submissions = flagged.column("submission")?.u32()?;
    let mut found = Vec::new();
    let mut alike = Alike::of(judged)?;
    let mut in_fractions = std::collections::BTreeSet::new();
    let mut asked = std::collections::BTreeSet::new();
    // How shares are meant is asked once a submission, at its first cell in doubt.
    let mut asking = |index: usize, said: Diagnostic, text: &str, blocks: bool| {
        let is_asked = said.code == Code::PercentAssumed && asked.insert(index);
        if is_asked { with_question(said, received[index].submission, text, blocks) } else { said }
    };
    for row in 0..flagged.height() {
        let index = submissions.get(row).unwrap_or(0) as usize;
        let Some(item) = items.get(row).and_then(|code| code.parse::<ItemCode>().ok()) else { continue };
        let submission = received[index].submission;
        let place = |cell: Option<&str>| {
            place(&submission.file, &sheets.get(row).map_or_else(|| Arc::clone(&submission.sheet), Arc::from), cell)
        };
        let verdict = verdict_flags
            .get(row)
            .filter(|flag| *flag != "missing" || !(is_plan(submission) || is_said_once(submission, item)))
            .filter(|flag| !alike.takes(index, flag, item, place(cells.get(row))))
            .map(|flag| verdict(flag, item, words.get(row).unwrap_or("")).at(place(cells.get(row))));
        let flag = value_flags.get(row);
        // A whole column written in fractions is said once, at its first cell.
        if flag == Some("fractions") && in_fractions.insert(index) {
            let text = values.get(row).unwrap_or("");
            let column = fractions(text).at(place(value_cells.get(row)));
            found.push((index, asking(index, column, text, false).about(Scope::Submission)));
        }
        let value = flag
            .filter(|flag| *flag != "fractions")
            .map(|flag| value(flag, item, values.get(row).unwrap_or("")).at(place(value_cells.get(row))))
            .map(|said| asking(index, said, values.get(row).unwrap_or(""), true));
        let due = due_flags.get(row).map(|_| due(item, dues.get(row).unwrap_or("")).at(place(due_cells.get(row))));
        found.extend([verdict, value, due].into_iter().flatten().map(|d| (index, d.about(Scope::Item(item)))));
    }
    found.extend(alike.said());
    Ok(found)
}

/// More items of a report without a verdict are said in one line.
const MOST_MISSING: usize = 10;

/// "Không" for so many items, where nothing is "chưa đạt", is how a report says it.
const HABIT: usize = 3;

/// What is said once for many items of a submission.
struct Alike {
    /// By submission: how many items are without a verdict.
    missing: BTreeMap<usize, usize>,
    /// By submission: how many say "Không", where none says "Chưa đạt".
    denied: BTreeMap<usize, usize>,
    /// The items taken, in the order of the sheet, and the first of their places.
    taken: BTreeMap<(usize, &'static str), (Vec<ItemCode>, Place)>,
}

impl Alike {
    fn of(judged: &DataFrame) -> PolarsResult<Alike> {
        let (words, flags) = (judged.column("word")?.str()?, judged.column("verdict_flag")?.str()?);
        let submissions = judged.column("submission")?.u32()?;
        let (mut missing, mut denied, mut plain) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        for row in 0..judged.height() {
            let index = submissions.get(row).unwrap_or(0) as usize;
            match (words.get(row), flags.get(row)) {
                (_, Some("missing")) => *missing.entry(index).or_default() += 1,
                (_, Some("no")) => *denied.entry(index).or_default() += 1,
                (Some("not_met"), _) => drop(plain.insert(index)),
                _ => {}
            }
        }
        denied.retain(|index, _| !plain.contains(index));
        Ok(Alike { missing, denied, taken: BTreeMap::new() })
    }

    /// Takes an item that is one of many of its kind.
    fn takes(&mut self, index: usize, flag: &str, item: ItemCode, place: Place) -> bool {
        let is_one_of_many = |counts: &BTreeMap<usize, usize>, least| counts.get(&index).is_some_and(|n| *n >= least);
        let kind = match flag {
            "missing" if is_one_of_many(&self.missing, MOST_MISSING) => "missing",
            "no" if is_one_of_many(&self.denied, HABIT) => "no",
            _ => return false,
        };
        self.taken.entry((index, kind)).or_insert_with(|| (Vec::new(), place)).0.push(item);
        true
    }

    fn said(self) -> impl Iterator<Item = (usize, Diagnostic)> {
        self.taken.into_iter().map(|((index, kind), (items, place))| {
            let said = if kind == "missing" { many_missing(&items) } else { many_denied(&items) };
            (index, said.at(place).about(Scope::Submission))
        })
    }
}

fn codes(items: &[ItemCode]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn many_missing(items: &[ItemCode]) -> Diagnostic {
    let (n, list) = (items.len(), codes(items));
    Diagnostic::new(
        Severity::Warning,
        Code::VerdictMissing,
        Text::new(
            format!("{n} mục không ghi đánh giá, tính là chưa báo cáo: {list}"),
            format!("{n} items state no verdict and count as not reported: {list}"),
        ),
    )
    .with_hint(Text::new(
        "ghi «Đạt» hoặc «Chưa đạt» cho từng mục; màu ô, ô trống không có chú thích thì không đọc được",
        "write met or not met for each; colours, and empty cells without a legend, cannot be read",
    ))
}

fn many_denied(items: &[ItemCode]) -> Diagnostic {
    let (n, list) = (items.len(), codes(items));
    Diagnostic::new(
        Severity::Warning,
        Code::VerdictAssumed,
        Text::new(
            format!("{n} mục ghi «Không» ở cột đánh giá, hiểu là chưa đạt: {list}"),
            format!("{n} items say no in the verdict column, taken as not met: {list}"),
        ),
    )
    .with_hint(Text::new(
        "đề nghị xã ghi rõ «Chưa đạt» hoặc «Không áp dụng»",
        "ask the commune to write not met or not applicable",
    ))
}

/// Whether it judges nothing.
fn is_plan(submission: &Submission) -> bool {
    submission.assessor == Assessor::Plan
}

/// Whether it is said of the whole submission that what is judged is the criterion and not its indicators.
fn is_said_once(submission: &Submission, item: ItemCode) -> bool {
    let is_once = |d: &Diagnostic| d.code == Code::VerdictMissing && d.scope == Scope::Submission;
    let criterion = ItemCode::criterion(item.criterion_number());
    item != criterion
        && submission.diagnostics.iter().any(is_once)
        && submission.entries.iter().any(|e| e.item == criterion && e.stated != Stated::Nothing)
}

fn place(file: &Arc<str>, sheet: &Arc<str>, cell: Option<&str>) -> Place {
    match cell.and_then(|c| c.parse::<CellRef>().ok()) {
        Some(cell) => Place::cells(file, sheet, cell),
        None => Place::sheet(file, sheet),
    }
}

fn verdict(flag: &str, item: ItemCode, word: &str) -> Diagnostic {
    match flag {
        "missing" if !word.is_empty() => Diagnostic::new(
            Severity::Warning,
            Code::VerdictMissing,
            Text::new(
                format!("{item} ghi «{word}», chưa phải là đánh giá, tính là chưa báo cáo"),
                format!("{item} says {word:?}, which is no verdict yet and counts as not reported"),
            ),
        )
        .with_hint(Text::new(
            "khi có kết quả, đề nghị xã ghi «Đạt» hoặc «Chưa đạt»",
            "ask the commune to write met or not met once it is known",
        )),
        "missing" => Diagnostic::new(
            Severity::Warning,
            Code::VerdictMissing,
            Text::new(
                format!("{item} không ghi đánh giá, tính là chưa báo cáo"),
                format!("{item} states no verdict and counts as not reported"),
            ),
        )
        .with_hint(Text::new("ghi «Đạt» hoặc «Chưa đạt»", "write met or not met")),
        "conflict" => Diagnostic::new(
            Severity::Error,
            Code::VerdictConflict,
            Text::new(
                format!("{item} ghi cả đạt và chưa đạt (hai dấu hoặc hai chỗ), tính là chưa báo cáo"),
                format!("{item} says both met and not met (two marks or two places) and counts as not reported"),
            ),
        )
        .with_hint(Text::new("hỏi lại xã, chỉ để một đánh giá", "ask the commune and leave one verdict")),
        "nearly_met" => Diagnostic::new(
            Severity::Warning,
            Code::VerdictNearlyMet,
            Text::new(
                format!("{item} ghi «{word}», tính là chưa đạt"),
                format!("{item} says {word:?}, which counts as not met"),
            ),
        )
        .with_hint(Text::new("nếu đã đạt, đề nghị xã ghi «Đạt»", "if it is met, ask the commune to write so")),
        "no" => Diagnostic::new(
            Severity::Warning,
            Code::VerdictAssumed,
            Text::new(
                format!("{item} ghi «{word}» ở cột đánh giá, hiểu là chưa đạt"),
                format!("{item} says {word:?} in the verdict column, taken as not met"),
            ),
        )
        .with_hint(Text::new(
            "đề nghị xã ghi rõ «Chưa đạt» hoặc «Không áp dụng»",
            "ask the commune to write not met or not applicable",
        )),
        _ => Diagnostic::new(
            Severity::Error,
            Code::VerdictUnclear,
            Text::new(
                format!("{item} ghi «{word}» ở cột đánh giá, không hiểu, tính là chưa báo cáo"),
                format!(
                    "{item} says {word:?} in the verdict column, which is not understood; it counts as not reported"
                ),
            ),
        )
        .with_hint(Text::new("ghi «Đạt», «Chưa đạt» hoặc «Không áp dụng»", "write met, not met or not applicable")),
    }
}

fn value(flag: &str, item: ItemCode, text: &str) -> Diagnostic {
    match flag {
        "percent" => Diagnostic::new(
            Severity::Warning,
            Code::PercentAssumed,
            Text::new(
                format!("{item} ghi «{text}», không rõ là bao nhiêu phần trăm, để trống"),
                format!("{item} says {text:?}, which may be a percentage or a fraction; it was left empty"),
            ),
        )
        .with_hint(Text::new("ghi lại có dấu %, ví dụ 95,5%", "write it again with a percent sign, such as 95.5%")),
        "millions" => Diagnostic::new(
            Severity::Warning,
            Code::ValueUnclear,
            Text::new(
                format!("{item} ghi «{text}», hiểu là đồng và đổi ra triệu đồng"),
                format!("{item} says {text:?}, which was taken as đồng and turned into millions"),
            ),
        )
        .with_hint(Text::new("ghi lại theo triệu đồng, ví dụ 65,2", "write it in millions of đồng, such as 65.2")),
        "beyond" => Diagnostic::new(
            Severity::Warning,
            Code::ValueUnclear,
            Text::new(
                format!("{item} ghi «{text}», không phải tỷ lệ từ 0 đến 100%, để trống"),
                format!("{item} says {text:?}, which is no share from 0 to 100%; it was left empty"),
            ),
        )
        .with_hint(Text::new(
            "ghi tỷ lệ của chỉ tiêu, không ghi tỷ lệ so với kế hoạch; kiểm tra dấu phẩy",
            "write the indicator's own share, not a share of the plan; check the comma",
        )),
        "doubtful" => Diagnostic::new(
            Severity::Warning,
            Code::ValueUnclear,
            Text::new(
                format!("{item} ghi «{text}», dấu chấm được hiểu là ngăn cách hàng nghìn hoặc chỉ lấy số đầu"),
                format!(
                    "{item} says {text:?}; a dot was taken as a thousands separator, or the first number was taken"
                ),
            ),
        )
        .with_hint(Text::new("dùng dấu phẩy cho phần thập phân", "use a comma for decimals")),
        _ => Diagnostic::new(
            Severity::Warning,
            Code::ValueUnclear,
            Text::new(
                format!("{item} ghi «{text}», không rõ số nào là kết quả hoặc khác đơn vị, để trống"),
                format!("{item} says {text:?}, which is not plainly one result in its unit; it was left empty"),
            ),
        )
        .with_hint(Text::new("chỉ ghi một số là kết quả, ví dụ 95,5%", "write the result alone, such as 95.5%")),
    }
}

fn fractions(text: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::PercentAssumed,
        Text::new(
            format!("cột kết quả ghi tỷ lệ bằng số thập phân («{text}»…), đã nhân 100 để thành phần trăm"),
            format!(
                "the result column writes shares as fractions ({text:?}…); they were taken as percentages (times 100)"
            ),
        ),
    )
    .with_hint(Text::new(
        "kiểm tra lại; nên ghi có dấu %, ví dụ 95,5%",
        "check it; better write a percent sign, such as 95.5%",
    ))
}

/// The same, with the question how the column's shares are meant; an answer is kept for the commune and the layout.
fn with_question(said: Diagnostic, submission: &Submission, text: &str, blocks: bool) -> Diagnostic {
    let Some(commune) = submission.commune.clone().filter(|_| !submission.headings.is_empty()) else { return said };
    let Ok(number) = text.parse::<f64>() else { return said };
    let of = Of::Layout { commune: Some(commune), layout: submission.headings.clone(), sheet: None };
    let share = |n: f64| format!("{}%", (n * 1e4).round() / 1e4);
    let (hundredfold, plain) = (share(number * 100.0), share(number));
    let comma = |text: &str| text.replace('.', ",");
    let offer = |shares: Shares, value: &str| Offer {
        reply: Reply::Shares(shares),
        means: Text::new(format!("{} là {}", comma(text), comma(value)), format!("{text} is {value}")),
    };
    let question = Question {
        subject: Subject { asks: Asks::Shares, of },
        text: Text::new(
            format!("cột kết quả ghi {} là {} hay {}?", comma(text), comma(&hundredfold), comma(&plain)),
            format!("is {text} in the result column {hundredfold} or {plain}?"),
        ),
        offers: vec![offer(Shares::Fractions, &hundredfold), offer(Shares::Percent, &plain)],
        is_yes_or_no: false,
        blocks,
        picture: submission.pictures.first().cloned(),
    };
    said.asking(question)
}

fn due(item: ItemCode, text: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        Code::DateUnclear,
        Text::new(
            format!("hạn của {item} ghi «{text}», không đọc được thành ngày, để trống"),
            format!("the due date of {item} says {text:?}, which is no date; it was left empty"),
        ),
    )
    .with_hint(Text::new("ghi ngày/tháng/năm, ví dụ 30/6/2023", "write day/month/year, such as 30/6/2023"))
}
