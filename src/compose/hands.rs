//! Where commune, district and decisions say different things: for the next inspection, never settled in silence.

use super::words::{joined, of_verdict};
use super::{Material, table};
use crate::assess::{Basis, CommuneStatus, Disagreement, Hand, Said as Stated, Standing};
use crate::catalogue::wording::Said;
use crate::model::report::{Block, Cell, Media, PageStart, Row, Section, Tone};
use crate::model::{Assessor, CriteriaSet};

/// Lines that a paper can carry, some four pages; beyond them the workbook alone has them.
const MOST_ON_PAPER: usize = 120;

/// The sheet of the workbook with a row for each item, and the part of the paper with a line for each commune and set;
/// nothing where all agree.
pub(super) fn sections(material: &Material<'_>) -> Vec<Section> {
    let wording = material.wording.hands();
    let rows: Vec<Row> = differing(material)
        .flat_map(|(status, standing, set)| {
            standing.disagreements.iter().map(move |one| row(material, status, standing, set, one))
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let section = |id: &str, media, sheet: Said, blocks| Section {
        id: id.to_owned(),
        media,
        title: wording.title().into(),
        sheet_name: sheet.into(),
        page: PageStart::Flow,
        blocks,
    };
    let columns = material.wording.columns();
    let words = material.wording.words();
    let labels = vec![
        table::text(columns.commune(), 12.0),
        table::text(columns.set(), 10.0),
        table::mark(columns.item(), 6.0),
        table::text(columns.content(), 40.0),
        table::text(words.assessor_commune(), 20.0),
        table::text(words.assessor_district(), 20.0),
        table::text(wording.decision(), 26.0),
        table::mark(wording.counts(), 10.0),
    ];
    let all = table::of_text("hands", "", labels, rows);
    let lines: Vec<Row> =
        differing(material).map(|(status, standing, set)| line(material, status, standing, set)).collect();
    let short = vec![
        table::text(columns.commune(), 14.0),
        table::text(columns.set(), 12.0),
        table::figure(columns.count(), 8.0),
        table::text(wording.items(), 70.0),
    ];
    let on_paper = match lines.len() {
        0..=MOST_ON_PAPER => Block::Table(table::of_text("hands-paper", "", short, lines)),
        many => Block::Note(wording.many(many, wording.sheet()).into()),
    };
    let note = || Block::Note(wording.note().into());
    let mut blocks = vec![note(), Block::Table(all)];
    let unconfirmed = super::assessed_sets(material).any(|set| super::annex::unconfirmed(set) > 0);
    blocks.extend(unconfirmed.then(|| Block::Note(words.unconfirmed_note().into())));
    vec![
        section("hands", Media::Workbook, wording.sheet(), blocks),
        section("hands-paper", Media::Paper, wording.paper_sheet(), vec![note(), on_paper]),
    ]
}

/// How many items the hands differ on, and in which communes how many.
pub(super) fn counted(material: &Material<'_>) -> Option<(usize, String)> {
    let counts: Vec<(&CommuneStatus, usize)> = material
        .assessment
        .communes
        .iter()
        .map(|status| (status, status.standings.iter().map(|standing| standing.disagreements.len()).sum::<usize>()))
        .filter(|(_, count)| *count > 0)
        .collect();
    let wording = material.wording.decide();
    let named = counts.iter().map(|(status, count)| wording.commune_count(&status.commune.name, count));
    (!counts.is_empty()).then(|| (counts.iter().map(|(_, count)| count).sum(), joined(named, ", ")))
}

/// Whether a verdict of another hand than the commune's may count in the month.
pub(super) fn others_count(material: &Material<'_>) -> bool {
    let Material { assessment, settings, .. } = material;
    let period = assessment.period;
    let in_force = |set: &&crate::settings::SetInForce| set.hand == Assessor::District && set.counts_in(period);
    let of_district = settings.sets.iter().any(|set| in_force(&set));
    of_district || settings.decisions.iter().any(|decision| decision.stands_in(period))
}

/// By whose verdicts the figures go, as a sentence begins.
pub(super) fn by_whom(material: &Material<'_>) -> Said {
    let wording = material.wording.hands();
    if others_count(material) { wording.by_several() } else { wording.by_commune() }
}

/// Where a verdict that counts is on record: `quyết định 125/QĐ-UBND ngày 20/4/2023`.
pub(super) fn on_record(material: &Material<'_>, decision: &crate::settings::Decision) -> Said {
    material.wording.hands().on_record(&decision.number, material.day(decision.date))
}

fn differing<'a>(
    material: &Material<'a>,
) -> impl Iterator<Item = (&'a CommuneStatus, &'a Standing, &'a CriteriaSet)> + use<'a> {
    let Material { assessment, sets, .. } = *material;
    assessment
        .standings()
        .filter(|(_, standing)| !standing.disagreements.is_empty())
        .filter_map(move |(status, standing)| Some((status, standing, sets.iter().find(|s| s.id == standing.set)?)))
}

fn commune(material: &Material<'_>, status: &CommuneStatus, standing: &Standing) -> Cell {
    match standing.basis {
        Basis::Earlier(period) => {
            let name = material.wording.matrix().earlier_commune(&status.commune.name, period.short());
            Cell::text(name).toned(Tone::Outdated)
        }
        _ => Cell::text(&status.commune.name),
    }
}

fn row(
    material: &Material<'_>,
    status: &CommuneStatus,
    standing: &Standing,
    set: &CriteriaSet,
    one: &Disagreement,
) -> Row {
    let wording = material.wording.hands();
    let said = |stated: &Option<Stated>| match stated {
        Some(stated) => {
            let verdict = of_verdict(material, stated.verdict);
            let cell = (!stated.cell.is_empty()).then_some(stated.cell.as_str());
            let text = match stated.sheet.as_str() {
                "" => verdict.to_string(),
                sheet => wording.stated(verdict, material.at(sheet, cell)).into(),
            };
            Cell { source: stated.source, ..Cell::text(text) }
        }
        None => Cell::text(wording.nothing()).toned(Tone::NotReported),
    };
    let decision = one.decision.as_ref().map(|decision| {
        wording.decided(of_verdict(material, decision.verdict), on_record(material, decision)).to_string()
    });
    table::body(vec![
        commune(material, status, standing),
        Cell::text(&set.short_name),
        Cell::text(one.code.to_string()),
        Cell::text(material.item_name(set, one.code)),
        said(&one.commune),
        said(&one.district),
        table::optional(decision),
        Cell::text(hand(material, one.counts)),
    ])
}

/// `1.1 (xã: đạt; cấp trên: chưa đạt; tính theo xã)`.
fn line(material: &Material<'_>, status: &CommuneStatus, standing: &Standing, set: &CriteriaSet) -> Row {
    let wording = material.wording.hands();
    let small = |said: Said| said.to_string().to_lowercase();
    let verdict = |stated: &Option<Stated>| match stated {
        Some(stated) => small(of_verdict(material, stated.verdict)),
        None => small(wording.nothing()),
    };
    let one = |one: &Disagreement| {
        let commune = wording.of_commune(verdict(&one.commune));
        let district = one.district.as_ref().map(|_| wording.of_district(verdict(&one.district)));
        let decision = one.decision.as_ref().map(|decision| {
            wording.of_decision(small(of_verdict(material, decision.verdict)), on_record(material, decision))
        });
        let said = joined([Some(commune), district, decision].into_iter().flatten(), "; ");
        wording.differs(one.code, said, small(hand(material, one.counts)))
    };
    let items = joined(standing.disagreements.iter().map(one), "; ");
    table::body(vec![
        commune(material, status, standing),
        Cell::text(&set.short_name),
        table::count(standing.disagreements.len()),
        Cell::text(items),
    ])
}

fn hand(material: &Material<'_>, hand: Hand) -> Said {
    let words = material.wording.words();
    match hand {
        Hand::Commune => words.assessor_commune(),
        Hand::District => words.assessor_district(),
        Hand::Decision => material.wording.hands().decision(),
    }
}
