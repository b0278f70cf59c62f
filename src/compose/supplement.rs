//! The supplement of a closed month: what differs from what was told, by whom, from what to what, from which cell.

use jiff::civil::{Date, DateTime};

use super::words::{capitalised, joined, of};
use super::{Material, head, table};
use crate::assess::{Amended, ComparedFigures, Figure, SetFigures, Sides, Source, Status, Supplement, Totals};
use crate::catalogue::wording::Said;
use crate::model::report::{Block, Cell, Head, Media, PageStart, Properties, Report, Row, RowKind, Section, Tone};
use crate::model::{CriteriaSet, ItemCode, Period};

/// Rows that a paper can carry, some four pages; beyond them the workbook alone names every item.
const MOST_ON_PAPER: usize = 120;

/// What a supplement is told of.
#[derive(Debug, Clone, Copy)]
pub struct Since<'a> {
    /// When the month was closed.
    pub closed_at: DateTime,
    /// When the last supplement before this one was made.
    pub told_at: Option<DateTime>,
    /// What differs.
    pub supplement: &'a Supplement,
    /// Files received since, with the moment.
    pub files: &'a [(String, DateTime)],
    /// Settings, templates or programs that have changed since, by name.
    pub rules: &'a [String],
}

/// The report of a supplement.
pub(super) fn report(material: &Material<'_>, since: Since<'_>) -> Report {
    let wording = material.wording.supplement();
    let (period, unit) = (material.assessment.period, &material.settings.unit.name);
    let title: String = wording.title(period.short(), unit).into();
    let mut sections = vec![main(material, since)];
    if rows(material, since, Detail::Items).len() > MOST_ON_PAPER {
        sections = vec![
            Section { media: Media::Workbook, ..main(material, since) },
            Section { id: "supplement-paper".to_owned(), media: Media::Paper, ..brief(material, since) },
        ];
    }
    sections.push(Section {
        id: "closing".to_owned(),
        media: Media::Paper,
        title: String::new(),
        sheet_name: wording.sheet().into(),
        page: PageStart::Flow,
        blocks: vec![Block::Paragraph(wording.closing(period.short()).into_spans())],
    });
    super::sheets::name(&mut sections);
    Report {
        lang: material.wording.lang(),
        period,
        made_at: material.made_at,
        properties: Properties { title, ..head::properties(material) },
        head: Head { summary: wording.summary(period.month(), period.year(), unit).into(), ..head::head(material) },
        sections,
        charts: Vec::new(),
        signature: head::signature(material),
    }
}

fn main(material: &Material<'_>, since: Since<'_>) -> Section {
    section(material, since, rows(material, since, Detail::Items), None)
}

fn brief(material: &Material<'_>, since: Since<'_>) -> Section {
    let note = material.wording.supplement().rest(material.wording.supplement().sheet());
    section(material, since, rows(material, since, Detail::Totals), Some(note))
}

fn section(material: &Material<'_>, since: Since<'_>, rows: Vec<Row>, note: Option<Said>) -> Section {
    let wording = material.wording.supplement();
    let columns = material.wording.columns();
    let labels = vec![
        table::mark(columns.item(), 8.0),
        table::text(columns.content(), 34.0),
        table::text(wording.before(), 22.0),
        table::text(wording.now(), 22.0),
        table::text(wording.source(), 30.0),
    ];
    let mut blocks = lead(material, since);
    blocks.extend(note.map(|note| Block::Note(note.into())));
    if !rows.is_empty() {
        blocks.push(Block::Table(table::of_text("supplement", "", labels, rows)));
    }
    Section {
        id: "supplement".to_owned(),
        media: Media::Both,
        title: String::new(),
        sheet_name: wording.sheet().into(),
        page: PageStart::Flow,
        blocks,
    }
}

/// When it was closed, what came since, and what it comes to for the unit.
fn lead(material: &Material<'_>, since: Since<'_>) -> Vec<Block> {
    let wording = material.wording.supplement();
    let (items, communes) = since.supplement.size();
    let closed_at = material.moment(since.closed_at);
    let period = material.assessment.period.short();
    let mut blocks = vec![Block::Paragraph(wording.lead(period, closed_at, items, communes).into_spans())];
    if let Some(told_at) = since.told_at {
        blocks.push(Block::Paragraph(wording.told(material.moment(told_at)).into_spans()));
    }
    if !since.files.is_empty() {
        let files = since.files.iter().map(|(file, at)| wording.file(file, material.moment(*at)));
        blocks.push(Block::Paragraph(wording.files(joined(files, "; ")).into_spans()));
    }
    if !since.rules.is_empty() {
        blocks.push(Block::Paragraph(wording.rules(since.rules.join(", ")).into_spans()));
    }
    blocks.extend(
        since.supplement.sets.iter().map(|(before, now)| Block::Bullet(unit(material, before, now).into_spans())),
    );
    blocks.extend(
        since.supplement.compared.iter().map(|(before, now)| Block::Bullet(beside(material, before, now).into_spans())),
    );
    blocks
}

/// Figures of an earlier month that stood beside those of this one.
fn beside(material: &Material<'_>, before: &ComparedFigures, now: &ComparedFigures) -> Said {
    let wording = material.wording.supplement();
    let share = |part: usize, whole: usize| format!("{part}/{whole}");
    let mean = |figures: &ComparedFigures| {
        let mean = figures.mean_hundredths.map(|mean| material.decimal(f64::from(mean) / 100.0, 2));
        mean.unwrap_or_else(|| wording.nothing().into())
    };
    let sides = |of: &dyn Fn(&ComparedFigures) -> String| [of(before), of(now)];
    let figures = [
        (wording.reported(), sides(&|figures| share(figures.reported as usize, figures.communes))),
        (wording.complete(), sides(&|figures| share(figures.complete, figures.communes))),
        (wording.mean(), sides(&mean)),
    ];
    let changed = figures.into_iter().filter(|(_, [before, now])| before != now);
    let said = changed.map(|(what, [before, now])| wording.from_to(what, before, now));
    wording.compared(material.short_name(now.set.as_str()), now.compared.short(), joined(said, "; "))
}

fn unit(material: &Material<'_>, before: &SetFigures, now: &SetFigures) -> Said {
    let wording = material.wording.supplement();
    let share = |part: usize, whole: usize| format!("{part}/{whole}");
    let figures = [
        (before.reported as usize, now.reported as usize, wording.reported()),
        (before.complete, now.complete, wording.complete()),
    ];
    let changed = figures.into_iter().filter(|(was, is, _)| (was, before.communes) != (is, now.communes));
    let said =
        changed.map(|(was, is, what)| wording.from_to(what, share(was, before.communes), share(is, now.communes)));
    wording.of_unit(material.short_name(now.set.as_str()), joined(said, "; "))
}

/// How much is told of a commune.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    Totals,
    Items,
}

fn rows(material: &Material<'_>, since: Since<'_>, detail: Detail) -> Vec<Row> {
    since.supplement.standings.iter().flat_map(|amended| of_standing(material, amended, detail)).collect()
}

fn of_standing(material: &Material<'_>, amended: &Amended, detail: Detail) -> Vec<Row> {
    let wording = material.wording.supplement();
    let heading = wording.group(capitalised(&amended.name), material.short_name(amended.set.as_str()));
    let mut rows = vec![Row {
        cells: std::iter::once(Cell::text(heading)).chain((0..4).map(|_| Cell::empty())).collect(),
        kind: RowKind::Group,
    }];
    let row = |what: Said, before: String, now: String, source: String| {
        let cells = [Cell::text(what), Cell::text(before), Cell::text(now), Cell::text(source)];
        table::body(std::iter::once(Cell::empty()).chain(cells).collect())
    };
    if amended.report.differ() {
        let [before, now] =
            [&amended.report.before, &amended.report.now].map(|source| received(material, source.as_ref()));
        rows.push(row(wording.report(), before, now, String::new()));
    }
    let set = material.set(&amended.set);
    for (what, sides) in [(wording.listed(), &amended.listed), (wording.declared(), &amended.declared)] {
        if sides.differ() {
            let [before, now] = [sides.before, sides.now].map(|side| totals(material, side, set));
            rows.push(row(what, before, now, String::new()));
        }
    }
    if detail == Detail::Items {
        rows.extend(amended.items.iter().map(|(code, sides)| of_item(material, amended, set, *code, sides)));
    }
    rows
}

fn of_item(
    material: &Material<'_>,
    amended: &Amended,
    set: Option<&CriteriaSet>,
    code: ItemCode,
    sides: &Sides<Figure>,
) -> Row {
    let tone = |figure: Option<&Figure>| match figure.map(|figure| figure.status) {
        Some(Status::Met) => Tone::Met,
        Some(Status::NotMet) => Tone::NotMet,
        Some(Status::NotApplicable) => Tone::NotApplicable,
        Some(Status::Open) | Some(Status::NotReported) | None => Tone::NotReported,
    };
    let [before, now] = said(material, sides);
    let now_place = place(material, amended.report.now.as_ref(), sides.now.as_ref());
    let before_place = place(material, amended.report.before.as_ref(), sides.before.as_ref());
    let wording = material.wording.supplement();
    let source = match (before_place, now_place) {
        (Some(before), Some(now)) if before != now => wording.places(now, before).into(),
        (Some(before), None) => wording.place_before(before).into(),
        (_, now) => now.unwrap_or_default(),
    };
    table::body(vec![
        Cell::text(code.to_string()),
        Cell::text(set.map(|set| material.brief_item_name(set, code)).unwrap_or_default()),
        Cell::text(before).toned(tone(sides.before.as_ref())),
        Cell::text(now).toned(tone(sides.now.as_ref())),
        Cell::text(source),
    ])
}

/// What both sides say; remarks and plans only where they differ.
fn said(material: &Material<'_>, sides: &Sides<Figure>) -> [String; 2] {
    let words = material.wording.words();
    let wording = material.wording.supplement();
    let other = |of: fn(&Figure) -> Option<String>| {
        let [before, now] = [&sides.before, &sides.now].map(|figure| figure.as_ref().and_then(of));
        (before != now).then_some([before, now])
    };
    let due = |figure: &Figure| figure.due.map(|due| due.to_string());
    let extras = [
        (wording.note(), other(|figure| figure.note.clone())),
        (wording.owner(), other(|figure| figure.owner.clone())),
        (wording.task(), other(|figure| figure.task.clone())),
        (wording.due(), other(due)),
    ];
    let side = |at: usize, figure: Option<&Figure>| {
        let status = match figure.map_or(Status::NotReported, |figure| figure.status) {
            Status::Met => words.met(),
            Status::NotMet => words.not_met(),
            Status::NotApplicable => words.not_applicable(),
            Status::Open => words.open(),
            Status::NotReported => wording.nothing(),
        };
        let value = figure.and_then(|figure| {
            figure.value.map(|value| material.measured(value, figure.unit.as_deref())).or(figure.text.clone())
        });
        let extra = extras.iter().filter_map(|(what, both)| {
            let both = both.as_ref()?;
            let day = |text: &str| text.parse().map_or_else(|_| text.to_owned(), |day| material.day(day));
            let text = both[at].as_deref().map_or_else(|| wording.none().into(), day);
            Some(wording.extra(what.clone(), text).to_string())
        });
        joined(std::iter::once(status.to_string().to_lowercase()).chain(value).chain(extra), ", ")
    };
    [side(0, sides.before.as_ref()), side(1, sides.now.as_ref())]
}

fn place(material: &Material<'_>, source: Option<&Source>, figure: Option<&Figure>) -> Option<String> {
    let (source, cell) = (source?, figure?.cell.as_ref()?);
    Some(material.wording.words().reference(&source.file, &source.sheet, cell).into())
}

/// `báo cáo tháng 4/2023, tệp BC.xlsx nhận ngày 28/4/2023`.
fn received(material: &Material<'_>, source: Option<&Source>) -> String {
    let wording = material.wording.supplement();
    let Some(source) = source else { return wording.no_report().into() };
    let at = material.moment(source.received_at);
    wording.received(source.period.short(), &source.file, at).into()
}

/// `14/19 tiêu chí, 60/75 chỉ tiêu`.
fn totals(material: &Material<'_>, totals: Option<Totals>, set: Option<&CriteriaSet>) -> String {
    let words = material.wording.words();
    let Some((totals, set)) = totals.zip(set) else { return material.wording.supplement().nothing().into() };
    let criteria = totals.criteria.map(|met| format!("{} {}", of(met, set.criteria_total()), words.criteria()));
    let indicators = totals.indicators.filter(|_| set.indicators_known);
    let indicators = indicators.map(|met| format!("{} {}", of(met, set.indicators_total), words.indicators()));
    joined(criteria.into_iter().chain(indicators), ", ")
}

/// The name of a supplement's file without its ending: `Bo-sung-NTM-2023-04-2023-05-12`, the same in every language as
/// those of all papers.
#[must_use]
pub fn supplement_name(period: Period, day: Date, time: usize) -> String {
    match time {
        0 | 1 => format!("Bo-sung-NTM-{period}-{day}"),
        n => format!("Bo-sung-NTM-{period}-{day}-lan-{n}"),
    }
}
