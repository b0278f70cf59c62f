//! The years set for communes: on course, behind or out of reach, with the arithmetic in words.

use super::words::joined;
use super::{Material, table};
use crate::assess::{Basis, CommuneStatus, Course, Outlook, Standing};
use crate::catalogue::wording::Said;
use crate::model::CriteriaSet;
use crate::model::report::{Block, Cell, Media, PageStart, Row, Section, Tone};

/// Communes that a paper can carry, some five pages; beyond them the workbook alone has the table.
const MOST_ON_PAPER: usize = 150;

/// The section, where years are set. Those of which no pace can be told yet are named in one line.
pub(super) fn section(material: &Material<'_>) -> Option<Section> {
    let wording = material.wording.roadmap();
    let has_pace = |course: Course| !matches!(course.outlook, Outlook::TooFew(_) | Outlook::Unknown);
    let (told, untold): (Vec<WithCourse<'_>>, Vec<WithCourse<'_>>) =
        with_course(material).partition(|(.., course)| has_pace(*course));
    if told.is_empty() && untold.is_empty() {
        return None;
    }
    let columns = material.wording.columns();
    let labels = vec![
        table::text(columns.commune(), 12.0),
        table::text(columns.set(), 11.0),
        table::mark(wording.year(), 6.0),
        table::text(wording.outlook(), 14.0),
        table::mark(wording.missing(), 11.0),
        table::text(wording.arithmetic(), 48.0),
    ];
    let rows: Vec<Row> = told.iter().map(|one| row(material, one)).collect();
    // One line that nothing can be told yet is no annex.
    let is_for_paper = (1..=MOST_ON_PAPER).contains(&rows.len());
    let mut blocks = vec![Block::Note(wording.note().into())];
    blocks.extend((!rows.is_empty()).then(|| Block::Table(table::of_text("roadmap", "", labels, rows))));
    let named = untold.iter().map(|(status, _, set, course)| match course.outlook {
        Outlook::TooFew(months) => wording.few_months(&status.commune.name, &set.short_name, months),
        _ => wording.gaps(&status.commune.name, &set.short_name),
    });
    let named = joined(named, "; ");
    blocks.extend((!named.is_empty()).then(|| Block::Note(wording.untold(named).into())));
    Some(Section {
        id: "roadmap".to_owned(),
        media: if is_for_paper { Media::Both } else { Media::Workbook },
        title: wording.title().into(),
        sheet_name: wording.sheet().into(),
        page: PageStart::Flow,
        blocks,
    })
}

/// A standing with its commune, its set and its course.
pub(super) type WithCourse<'a> = (&'a CommuneStatus, &'a Standing, &'a CriteriaSet, Course);

/// Standings for which a year is set, with what is to be said of them.
pub(super) fn with_course<'a>(material: &Material<'a>) -> impl Iterator<Item = WithCourse<'a>> + use<'a> {
    let Material { assessment, sets, .. } = *material;
    assessment.standings().filter_map(move |(status, standing)| {
        Some((status, standing, sets.iter().find(|set| set.id == standing.set)?, standing.course?))
    })
}

fn row(material: &Material<'_>, (status, standing, set, course): &WithCourse<'_>) -> Row {
    let commune = match standing.basis {
        Basis::Earlier(period) => {
            let name = material.wording.matrix().earlier_commune(&status.commune.name, period.short());
            Cell::text(name).toned(Tone::Outdated)
        }
        _ => Cell::text(&status.commune.name),
    };
    table::body(vec![
        commune,
        Cell::text(&set.short_name),
        Cell::text(course.year.to_string()),
        Cell::text(outlook(material, course.outlook)).toned(tone(course.outlook)),
        Cell::text(missing(material, set, *course)),
        table::optional(arithmetic(material, set, *course)),
    ])
}

/// `5 tiêu chí, 14 chỉ tiêu`.
pub(super) fn missing(material: &Material<'_>, set: &CriteriaSet, course: Course) -> Said {
    let wording = material.wording.roadmap();
    let (criteria, items) = course.missing;
    if set.indicators_known { wording.missing_both(criteria, items) } else { wording.missing_criteria(criteria) }
}

/// `Đúng tiến độ`, `Chậm`, and so on.
pub(super) fn outlook(material: &Material<'_>, outlook: Outlook) -> Said {
    let wording = material.wording.roadmap();
    match outlook {
        Outlook::Met => wording.met(),
        Outlook::OnCourse => wording.on_course(),
        Outlook::Behind => wording.behind(),
        Outlook::OutOfReach => wording.out_of_reach(),
        Outlook::TooFew(_) => wording.too_few(),
        Outlook::Unknown => wording.not_known(),
    }
}

fn tone(outlook: Outlook) -> Tone {
    match outlook {
        Outlook::Met | Outlook::OnCourse => Tone::Met,
        Outlook::Behind => Tone::Warning,
        Outlook::OutOfReach => Tone::NotMet,
        Outlook::TooFew(_) | Outlook::Unknown => Tone::Quiet,
    }
}

/// How it was told: what the last months brought, what is left, what that comes to.
pub(super) fn arithmetic(material: &Material<'_>, set: &CriteriaSet, course: Course) -> Option<Said> {
    let wording = material.wording.roadmap();
    let what = match set.indicators_known {
        true => material.wording.words().indicators(),
        false => material.wording.words().criteria(),
    };
    let Course { year, months_left, missing: (_, items), .. } = course;
    match (course.outlook, course.pace) {
        (Outlook::Met | Outlook::TooFew(_) | Outlook::Unknown, _) | (_, None) => None,
        (_, Some(pace)) => {
            let (from, to) = (pace.from.short(), pace.to.short());
            let told = match pace.gained {
                0 => wording.gained_none(from, to, pace.months, &what),
                gained if gained < 0 => wording.lost(from, to, pace.months, -gained, &what),
                gained => wording.gained(from, to, pace.months, gained, &what),
            };
            let rest = match months_left {
                0 => wording.over(year, items, what),
                left if pace.gained <= 0 => wording.left(year, left, items, what),
                left => wording.at_this_pace(year, left, pace.brings(left), items, what),
            };
            Some(told.then("; ").then(rest))
        }
    }
}
