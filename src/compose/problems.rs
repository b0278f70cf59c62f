//! Problems with their cells: all of them in the workbook, on paper those that ask for somebody, grouped.

use super::words::{capitalised, of};
use super::{Material, notice, table};
use crate::assess::{Basis, CommuneStatus, Problem, Standing};
use crate::diag::{Code, Severity};
use crate::model::report::{Block, Cell, Media, PageStart, Row, Section, Tone};

/// How many groups a committee is shown: about a page and a half.
const SHOWN: usize = 24;
/// How many cells a group names.
const CELLS: usize = 6;

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
        section(Media::Paper, wording.paper_sheet().into(), PageStart::Flow, grouped(material, &problems)),
    ]
}

/// What was said about the files, and the declared totals that do not agree where nobody has said so yet.
fn problems(material: &Material<'_>) -> Vec<Shown> {
    let mut problems: Vec<Shown> = disagreeing(material, material.assessment.standings())
        .chain(material.assessment.problems.iter().map(|p| stored(material, p)))
        .collect();
    problems.sort_by_key(|problem| problem.severity);
    problems
}

/// What is wrong in the reports of one commune and asks for somebody: a row a kind, with its cells.
pub(super) fn of_commune(material: &Material<'_>, status: &CommuneStatus, most: usize) -> Vec<Block> {
    let wording = material.wording.problems();
    let columns = material.wording.columns();
    let code = status.commune.code.0.as_str();
    let files: Vec<&str> =
        status.standings.iter().filter_map(|s| s.received.as_ref()).map(|received| received.sha256.as_str()).collect();
    let is_theirs = |problem: &&Problem| match problem.commune.as_deref() {
        Some(commune) => commune == code,
        None => files.contains(&problem.sha256.as_str()) && sender(material, problem) == status.commune.name,
    };
    let said = material.assessment.problems.iter().filter(|problem| problem.severity != Severity::Info);
    let said = said.filter(is_theirs).map(|problem| stored(material, problem));
    let own = status.standings.iter().map(|standing| (status, standing));
    let mut problems: Vec<Shown> = disagreeing(material, own).chain(said).collect();
    problems.sort_by_key(|problem| problem.severity);
    let groups = groups(&problems);
    if groups.is_empty() {
        return Vec::new();
    }
    let rows = groups.iter().take(most).map(|group| {
        table::body(vec![
            Cell::text(material.severity(group.first.severity)).toned(tone(group.first.severity)),
            Cell::text(capitalised(&group.first.message)),
            Cell::text(notice::turned(material.wording.returned(), &group.first.hint)),
            Cell::text(places(material, group)),
        ])
    });
    let labels = vec![
        table::text(columns.severity(), 9.0),
        table::text(columns.message(), 36.0),
        table::text(columns.hint(), 30.0),
        table::text(columns.source(), 26.0),
    ];
    let rest = groups.len().saturating_sub(most);
    let mut blocks = vec![Block::Table(table::of_text("brief-problems", "", labels, rows.collect()))];
    blocks.extend((rest > 0).then(|| Block::Note(wording.rest(rest, wording.sheet()).into())));
    blocks
}

fn stored(material: &Material<'_>, problem: &Problem) -> Shown {
    let lang = material.wording.lang();
    Shown {
        severity: problem.severity,
        code: problem.code.clone(),
        commune: problem
            .commune
            .as_deref()
            .map_or_else(|| sender(material, problem), |code| material.name_of_code(code)),
        set: problem.set.as_deref().map(|id| material.short_name(id)).unwrap_or_default(),
        item: problem.item.clone().unwrap_or_default(),
        message: problem.message.get(lang).to_owned(),
        hint: problem.hint.as_ref().map(|hint| hint.get(lang).to_owned()).unwrap_or_default(),
        file: problem.file.clone(),
        sheet: problem.sheet.clone().unwrap_or_default(),
        cells: problem.cells.clone().unwrap_or_default(),
    }
}

/// The commune whose reports came in the file of a problem that names none; nothing where several did.
fn sender(material: &Material<'_>, problem: &Problem) -> String {
    let standings = material.assessment.standings();
    let of_file = standings.filter(|(_, s)| s.received.as_ref().is_some_and(|r| r.sha256 == problem.sha256));
    let mut senders: Vec<&str> = of_file.map(|(status, _)| status.commune.name.as_str()).collect();
    senders.dedup();
    if let [sender] = senders[..] { sender.to_owned() } else { String::new() }
}

fn disagreeing<'a>(
    material: &'a Material<'a>,
    standings: impl Iterator<Item = (&'a CommuneStatus, &'a Standing)> + 'a,
) -> impl Iterator<Item = Shown> + 'a {
    let wording = material.wording.problems();
    let code = Code::DeclaredMismatch.as_str();
    let this_month = standings.filter(|(_, standing)| standing.basis == Basis::ThisMonth);
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

/// Problems of one kind in one commune.
struct Group<'a> {
    first: &'a Shown,
    /// The cells of all of them, in order.
    cells: Vec<&'a str>,
    count: usize,
}

/// Errors and warnings by commune and kind: the first in words, the cells of all, and how many there are.
fn grouped(material: &Material<'_>, problems: &[Shown]) -> Vec<Block> {
    let wording = material.wording.problems();
    let columns = material.wording.columns();
    let groups = groups(problems);
    let rows = groups.iter().take(SHOWN).map(|group| {
        let first = group.first;
        let sender = (!first.commune.is_empty()).then(|| first.commune.clone());
        table::body(vec![
            Cell::text(material.severity(first.severity)).toned(tone(first.severity)),
            Cell::text(sender.unwrap_or_else(|| wording.no_commune().into())),
            Cell::text(&first.message),
            table::count(group.count),
            Cell::text(places(material, group)).toned(Tone::Quiet),
        ])
    });
    let columns = vec![
        table::text(columns.severity(), 12.0),
        table::text(columns.commune(), 12.0),
        table::text(columns.message(), 40.0),
        table::figure(columns.count(), 7.0),
        table::text(columns.source(), 30.0),
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

fn groups(problems: &[Shown]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for problem in problems.iter().filter(|problem| problem.severity != Severity::Info) {
        let same = |group: &&mut Group<'_>| {
            let first = group.first;
            let alike = |shown: &Shown| (shown.severity, shown.code.clone(), shown.commune.clone());
            // A row names one sheet; without a commune the file is all that is known of the sender.
            let place = (&first.file, &first.sheet) == (&problem.file, &problem.sheet);
            alike(first) == alike(problem) && place
        };
        match groups.iter_mut().find(same) {
            Some(group) => {
                group.count += 1;
                group.cells.push(&problem.cells);
            }
            None => groups.push(Group { first: problem, cells: vec![&problem.cells], count: 1 }),
        }
    }
    groups
}

/// File, sheet and the first cells.
fn places(material: &Material<'_>, group: &Group<'_>) -> String {
    let Shown { file, sheet, .. } = group.first;
    let mut cells: Vec<&str> = group.cells.iter().copied().filter(|cells| !cells.is_empty()).collect();
    cells.dedup();
    let more = cells.len().saturating_sub(CELLS);
    let shown = cells.iter().take(CELLS).copied().collect::<Vec<_>>().join(", ");
    let shown = if more > 0 { material.wording.problems().more_cells(shown, more).into() } else { shown };
    match (sheet.as_str(), shown.as_str()) {
        ("", _) => file.clone(),
        (sheet, "") => format!("{file}, {}", material.at(sheet, None)),
        (sheet, cells) => material.wording.words().reference(file, sheet, cells).into(),
    }
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
