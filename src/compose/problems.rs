//! Problems with their cells: all of them in the workbook, on paper those that ask for somebody, grouped.

use super::words::of;
use super::{Material, table};
use crate::assess::{Basis, Problem};
use crate::diag::{Code, Severity};
use crate::model::report::{Block, Cell, Media, PageStart, Row, Section, Tone};

/// How many groups a committee is shown.
const SHOWN: usize = 30;

/// One problem, ready to be shown.
struct Shown {
    severity: Severity,
    code: String,
    commune: String,
    set: String,
    item: String,
    message: String,
    hint: String,
    file: String,
    sheet: String,
    cells: String,
}

/// The sheet of the workbook, and the part of the paper.
pub(super) fn sections(material: &Material<'_>) -> [Section; 2] {
    let wording = material.wording.problems();
    let problems = problems(material);
    let section = |media, sheet_name: String, page, blocks| Section {
        id: if media == Media::Workbook { "problems".to_owned() } else { "problems-paper".to_owned() },
        media,
        title: wording.title().into(),
        sheet_name,
        page,
        blocks,
    };
    [
        section(Media::Workbook, wording.sheet().into(), PageStart::NewLandscape, all(material, &problems)),
        section(Media::Paper, wording.paper_sheet().into(), PageStart::NewPortrait, grouped(material, &problems)),
    ]
}

/// What was said about the files, and the declared totals that do not agree where nobody has said so yet.
fn problems(material: &Material<'_>) -> Vec<Shown> {
    let mut problems: Vec<Shown> =
        disagreeing(material).chain(material.assessment.problems.iter().map(|p| stored(material, p))).collect();
    problems.sort_by_key(|problem| problem.severity);
    problems
}

fn stored(material: &Material<'_>, problem: &Problem) -> Shown {
    let lang = material.wording.lang();
    Shown {
        severity: problem.severity,
        code: problem.code.clone(),
        commune: problem.commune.as_deref().map(|code| material.name_of_code(code)).unwrap_or_default(),
        set: problem.set.as_deref().map(|id| material.short_name(id)).unwrap_or_default(),
        item: problem.item.clone().unwrap_or_default(),
        message: problem.message.get(lang).to_owned(),
        hint: problem.hint.as_ref().map(|hint| hint.get(lang).to_owned()).unwrap_or_default(),
        file: problem.file.clone(),
        sheet: problem.sheet.clone().unwrap_or_default(),
        cells: problem.cells.clone().unwrap_or_default(),
    }
}

fn disagreeing<'a>(material: &'a Material<'a>) -> impl Iterator<Item = Shown> + 'a {
    let wording = material.wording.problems();
    let code = Code::DeclaredMismatch.as_str();
    let this_month = material.assessment.standings().filter(|(_, standing)| standing.basis == Basis::ThisMonth);
    let known = move |commune: &str, set: &str| {
        let same =
            |problem: &&Problem| problem.commune.as_deref() == Some(commune) && problem.set.as_deref() == Some(set);
        material.assessment.problems.iter().filter(same).any(|problem| problem.code == code)
    };
    let unsaid = this_month.filter(move |(status, s)| !known(&status.commune.code.0, s.set.as_str()));
    unsaid.filter_map(|(status, standing)| Some((status, standing, material.set(&standing.set)?))).flat_map(
        move |(status, standing, set)| {
            let differences = standing.differences().into_iter().map(move |difference| {
                let what = material.subject_of_set(difference.subject, set);
                let declared = of(difference.declared, difference.total);
                let listed = of(difference.listed, difference.total);
                (wording.difference(declared, what, listed, difference.amount()), wording.difference_hint())
            });
            let totals = standing.wrong_totals(set.criteria_total(), set.indicators_total).into_iter();
            let totals = totals.map(move |(subject, declared, total)| {
                let what = material.subject_of_set(subject, set);
                (wording.wrong_total(declared, what, total), wording.wrong_total_hint())
            });
            let received = standing.received.clone();
            let cell = standing.declared.as_ref().and_then(|declared| declared.cell.clone()).unwrap_or_default();
            differences.chain(totals).map(move |(message, hint)| Shown {
                severity: Severity::Warning,
                code: code.to_owned(),
                commune: status.commune.name.clone(),
                set: set.short_name.clone(),
                item: String::new(),
                message: message.into(),
                hint: hint.into(),
                file: received.as_ref().map(|received| received.file.clone()).unwrap_or_default(),
                sheet: received.as_ref().map(|received| received.sheet.clone()).unwrap_or_default(),
                cells: cell.clone(),
            })
        },
    )
}

/// Every problem, one a row.
fn all(material: &Material<'_>, problems: &[Shown]) -> Vec<Block> {
    let columns = material.wording.columns();
    let rows = problems.iter().map(|problem| {
        let texts = [&problem.item, &problem.message, &problem.hint, &problem.file, &problem.sheet, &problem.cells];
        let lead = [
            Cell::text(material.severity(problem.severity)).toned(tone(problem.severity)),
            Cell::text(&problem.commune),
            Cell::text(&problem.set),
        ];
        table::body(lead.into_iter().chain(texts.map(Cell::text)).collect())
    });
    let columns = vec![
        table::text(columns.severity(), 14.0),
        table::text(columns.commune(), 14.0),
        table::text(columns.set(), 14.0),
        table::mark(columns.item(), 8.0),
        table::text(columns.message(), 56.0),
        table::text(columns.hint(), 40.0),
        table::text(columns.file(), 30.0),
        table::text(columns.sheet(), 16.0),
        table::mark(columns.cell(), 10.0),
    ];
    let rows: Vec<Row> = rows.collect();
    let mut blocks = match rows.is_empty() {
        true => vec![table::paragraph(material.wording.problems().none())],
        false => vec![Block::Table(table::of_text("problems", "", columns, rows))],
    };
    blocks.extend(replaced(material));
    blocks
}

/// Errors and warnings by commune and kind: the first in words with its place, and how many there are.
fn grouped(material: &Material<'_>, problems: &[Shown]) -> Vec<Block> {
    let wording = material.wording.problems();
    let columns = material.wording.columns();
    let mut groups: Vec<(&Shown, usize)> = Vec::new();
    for problem in problems.iter().filter(|problem| problem.severity != Severity::Info) {
        let same = |group: &&mut (&Shown, usize)| {
            let first = group.0;
            // Without a commune the file is all that is known of the sender.
            let sender = if problem.commune.is_empty() { first.file == problem.file } else { true };
            (first.severity, &first.code, &first.commune) == (problem.severity, &problem.code, &problem.commune)
                && sender
        };
        match groups.iter_mut().find(same) {
            Some((_, count)) => *count += 1,
            None => groups.push((problem, 1)),
        }
    }
    let rows = groups.iter().take(SHOWN).map(|(first, count)| {
        let sender = if first.commune.is_empty() { &first.file } else { &first.commune };
        let place = match (first.sheet.as_str(), first.cells.as_str()) {
            ("", _) => first.file.clone(),
            (sheet, "") => format!("{}, {}", first.file, material.at(sheet, None)),
            (sheet, cells) => material.wording.words().reference(&first.file, sheet, cells).into(),
        };
        table::body(vec![
            Cell::text(material.severity(first.severity)).toned(tone(first.severity)),
            Cell::text(sender),
            Cell::text(&first.message),
            table::count(*count),
            Cell::text(place).toned(Tone::Quiet),
        ])
    });
    let columns = vec![
        table::text(columns.severity(), 10.0),
        table::text(columns.commune(), 14.0),
        table::text(columns.message(), 44.0),
        table::figure(columns.count(), 8.0),
        table::text(columns.source(), 28.0),
    ];
    let mut blocks = match groups.is_empty() {
        true => vec![table::paragraph(wording.none())],
        false => vec![Block::Table(table::of_text("problems-paper", "", columns, rows.collect()))],
    };
    let rest = groups.len().saturating_sub(SHOWN);
    let infos = problems.iter().filter(|problem| problem.severity == Severity::Info).count();
    blocks.extend((rest > 0).then(|| Block::Note(wording.rest(rest, wording.sheet()).into())));
    blocks.extend((infos > 0).then(|| Block::Note(wording.infos(infos, wording.sheet()).into())));
    blocks.extend(replaced(material));
    blocks
}

fn replaced(material: &Material<'_>) -> Option<Block> {
    let replaced = material.assessment.replaced_problems;
    (replaced > 0).then(|| Block::Note(material.wording.problems().replaced(replaced).into()))
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Error,
        Severity::Warning => Tone::Warning,
        Severity::Info => Tone::Quiet,
    }
}
