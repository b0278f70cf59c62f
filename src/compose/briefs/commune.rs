//! One commune: what it has reached, what changed, what is not met and since when, how far it is from the target, its
//! plan, what it is asked, and what is to be mended in its report.

use super::super::words::{brief as brief_text, joined, of};
use super::super::{Material, asks, changes, communes, problems, reminders, roadmap, table, unmet};
use super::{Detail, Parts, brief};
use crate::assess::{Basis, Change, CommuneStatus, ListKind, Outlook, Standing, Subject, Unmet};
use crate::catalogue::wording::Said;
use crate::model::brief::Brief;
use crate::model::criteria::Better;
use crate::model::report::{Block, Cell, Column, Figure, Row, RowKind, Tone};
use crate::model::{CriteriaSet, ItemCode};

/// How many items a brief tells in full where all would be too many.
const PRESSING: usize = 12;

/// A standing with its set.
type Stand<'a> = (&'a Standing, &'a CriteriaSet);

/// The brief of a commune; `None` where nothing of it is known at all.
///
/// It bears the moment in which the commune's own report was received, so that it stays the same when others send theirs.
#[must_use]
pub fn commune_brief(material: &Material<'_>, status: &CommuneStatus, detail: Detail) -> Option<Brief> {
    let received = status.standings.iter().filter_map(|standing| standing.received.as_ref());
    let made_at = received.map(|received| received.received_at).max()?;
    let wording = material.wording.brief();
    let name = material.full_name(&status.commune);
    let standings: Vec<Stand<'_>> =
        status.standings.iter().filter_map(|standing| Some((standing, material.set(&standing.set)?))).collect();
    let mut parts = Parts::new(material);
    parts.add(wording.state(), state(material, status, &standings));
    parts.add(wording.changed(), changed(material, &standings));
    parts.add(wording.unmet(), not_met(material, status, &standings, detail));
    let asked = reminders::asked(material, status);
    let heading = match asked.by_next.is_empty() {
        true => wording.asked_now(),
        false => wording.asked(material.day(asks::next_report(material))),
    };
    parts.add(heading, asked.now.into_iter().chain(asked.by_next).map(bullet).collect());
    parts.add(wording.mend(), to_mend(material, status, detail));
    let texts = [
        wording.commune_document(&name, material.assessment.period.short()).into(),
        wording.commune_title().into(),
        wording.commune_subject(name, &material.settings.unit.name).into(),
        wording.source(sources(material, &standings)).into(),
    ];
    Some(brief(material, made_at, texts, parts.blocks))
}

fn bullet(said: Said) -> Block {
    Block::Bullet(said.into_spans())
}

/// The files that the brief rests on.
fn sources(material: &Material<'_>, standings: &[Stand<'_>]) -> String {
    let wording = material.wording.brief();
    let files = standings.iter().filter_map(|(standing, _)| {
        let received = standing.received.as_ref()?;
        let moment = material.moment(received.received_at);
        Some(match standing.basis {
            Basis::Earlier(period) => wording.source_earlier(&received.file, period.short(), moment).to_string(),
            _ => wording.source_file(&received.file, moment).to_string(),
        })
    });
    let mut files: Vec<String> = files.collect();
    files.dedup();
    files.join("; ")
}

/// The figures of each set, what has to be known of them, and the way to the year that is set.
fn state(material: &Material<'_>, status: &CommuneStatus, standings: &[Stand<'_>]) -> Vec<Block> {
    let wording = material.wording.brief();
    let figures: Vec<Figure> = standings.iter().flat_map(|(standing, set)| figures(material, standing, set)).collect();
    let courses = standings.iter().filter_map(|(standing, set)| {
        let course = standing.course?;
        let missing = roadmap::missing(material, set, course);
        let said = match course.outlook {
            Outlook::TooFew(_) => wording.course_untold(&set.short_name, course.year, missing),
            outlook => {
                let outlook = roadmap::outlook(material, outlook).to_string().to_lowercase();
                wording.course(&set.short_name, course.year, missing, outlook)
            }
        };
        let arithmetic = roadmap::arithmetic(material, set, course);
        Some(match arithmetic {
            Some(arithmetic) => said.then(" (").then(arithmetic).then(")."),
            None => said.then("."),
        })
    });
    let mut blocks = vec![Block::Figures(figures)];
    blocks.push(Block::Paragraph(communes::opening(material, status).into_spans()));
    blocks.extend(courses.map(bullet));
    blocks
}

/// Criteria and, where they are known, indicators: met of all, with the report before.
fn figures(material: &Material<'_>, standing: &Standing, set: &CriteriaSet) -> Vec<Figure> {
    let wording = material.wording.brief();
    let kinds = [Some(Subject::Criteria), set.indicators_known.then_some(Subject::Indicators)];
    let figure = |subject: Subject| {
        let label = match subject {
            Subject::Criteria => wording.criteria_label(&set.short_name),
            Subject::Indicators => wording.indicators_label(&set.short_name),
        };
        let ways = standing.three_ways().into_iter().find(|(of, _)| *of == subject).map(|(_, ways)| ways);
        let ways = ways.filter(|_| standing.basis != Basis::Nothing);
        // What counts is not the commune's own list where a decision or the district judged otherwise.
        let counted = match (subject, standing.list) {
            (Subject::Criteria, ListKind::Indicators | ListKind::Criteria) => Some(standing.criteria_counts.met),
            (Subject::Indicators, ListKind::Indicators) => Some(standing.item_counts.met),
            _ => None,
        };
        let number = ways.and_then(|ways| counted.or(ways.declared));
        let total = match subject {
            Subject::Criteria => set.criteria_total(),
            Subject::Indicators => set.indicators_total,
        };
        let declared = ways.and_then(|ways| Some((ways.declared?, ways.listed)));
        let own = ways.and_then(|ways| ways.listed).filter(|listed| number != Some(*listed));
        let note = match (standing.basis, own, declared) {
            (Basis::Earlier(period), ..) => wording.of_month(period.short()),
            (Basis::ThisMonth, Some(own), _) => wording.own_list(of(own, total)),
            (Basis::ThisMonth, None, Some((_, None))) => wording.declared_only(),
            (Basis::ThisMonth, None, Some((declared, Some(listed)))) if declared != listed => {
                wording.declared(of(declared, total))
            }
            _ => changes::met_before(standing, subject)
                .map_or_else(|| Said::from(""), |(period, met)| wording.before(period.short(), of(met, total))),
        };
        let tone = match (number, standing.basis) {
            (None, _) => Tone::NotReported,
            (_, Basis::Earlier(_)) => Tone::Outdated,
            (Some(number), _) if number == total => Tone::Met,
            (Some(_), _) if own.is_some() || declared.is_some_and(|(one, other)| other != Some(one)) => Tone::Warning,
            _ => Tone::Plain,
        };
        let value = number.map_or_else(|| "–".to_owned(), |number| of(number, total));
        Figure { label: label.into(), value, note: note.into(), tone }
    };
    kinds.into_iter().flatten().map(figure).collect()
}

/// What changed against the report before, of the reports of this month.
fn changed(material: &Material<'_>, standings: &[Stand<'_>]) -> Vec<Block> {
    let wording = material.wording.brief();
    let this_month = || standings.iter().filter(|(standing, _)| standing.basis == Basis::ThisMonth);
    if this_month().next().is_none() {
        return Vec::new();
    }
    let of_kind = |change: Change, said: &dyn Fn(&str, String) -> Said| -> Vec<Said> {
        let items = this_month().filter_map(|(standing, set)| {
            Some(said(&set.short_name, changes::items(material, standing, set, change)?))
        });
        items.collect()
    };
    let mut told = of_kind(Change::FellBack, &|set, items| wording.fell_back(set, items));
    told.extend(of_kind(Change::NoLongerStated, &|set, items| wording.no_longer_stated(set, items)));
    told.extend(of_kind(Change::NewlyMet, &|set, items| wording.newly_met(set, items)));
    if told.is_empty() {
        let compared = this_month().any(|(standing, _)| standing.before.is_some());
        let changes = material.wording.changes();
        return vec![table::paragraph(if compared { changes.none() } else { changes.nothing_before() })];
    }
    told.into_iter().map(bullet).collect()
}

/// What is not met: a row an item, as far as the detail goes; the others by their codes.
fn not_met(material: &Material<'_>, status: &CommuneStatus, standings: &[Stand<'_>], detail: Detail) -> Vec<Block> {
    let wording = material.wording.brief();
    let shown = shown(material, standings, detail);
    let mut rows = Vec::new();
    let mut rest = Vec::new();
    for (standing, set) in standings.iter().filter(|(standing, _)| !standing.not_met.is_empty()) {
        let is_shown = |unmet: &&Unmet| shown.contains(&(set.id.as_str(), unmet.code));
        let (told, others): (Vec<&Unmet>, Vec<&Unmet>) = standing.not_met.iter().partition(is_shown);
        if !told.is_empty() {
            rows.push(group(material, standing, set));
        }
        rows.extend(told.into_iter().map(|unmet| row(material, status, standing, set, unmet, detail)));
        let codes = others.iter().map(|unmet| unmet.code);
        rest.extend((!others.is_empty()).then(|| {
            let items = material.items(set, codes);
            bullet(wording.unmet_codes(&set.short_name, others.len(), items))
        }));
    }
    if rows.is_empty() && rest.is_empty() {
        return vec![table::paragraph(material.wording.unmet().none())];
    }
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        let unconfirmed = standings.iter().any(|(_, set)| super::super::annex::unconfirmed(set) > 0);
        let table = table::of_text("brief-unmet", "", columns(material), rows);
        blocks.push(Block::Table(table::without_empty_columns(table)));
        let notes = std::iter::once(wording.unmet_note())
            .chain(unconfirmed.then(|| material.wording.words().unconfirmed_note()));
        blocks.push(Block::Note(joined(notes, " ")));
    }
    blocks.extend(rest);
    blocks
}

/// The items told in full.
fn shown<'a>(material: &Material<'_>, standings: &[Stand<'a>], detail: Detail) -> Vec<(&'a str, ItemCode)> {
    let today = material.made_at.date();
    let mut all: Vec<(&str, &Unmet, bool)> = Vec::new();
    for (standing, set) in standings {
        let fell = changes::codes(standing, Change::FellBack);
        all.extend(standing.not_met.iter().map(|unmet| (set.id.as_str(), unmet, fell.contains(&unmet.code))));
    }
    let most = match detail {
        Detail::Full | Detail::Named | Detail::Short => usize::MAX,
        Detail::Pressing => PRESSING,
        Detail::Codes => 0,
    };
    // A stable sort keeps the order of sets and items among equals.
    all.sort_by_key(|(_, unmet, fell)| {
        let overdue = unmet.plan.due.is_some_and(|due| due < today);
        (!overdue, !fell, unmet.plan.due.is_none(), unmet.plan.due)
    });
    all.into_iter().take(most).map(|(set, unmet, _)| (set, unmet.code)).collect()
}

fn columns(material: &Material<'_>) -> Vec<Column> {
    let columns = material.wording.columns();
    vec![
        table::mark(columns.item(), 5.0),
        table::text(columns.content(), 38.0),
        table::text(columns.value(), 12.0),
        table::mark(columns.since(), 7.5),
        table::text(material.wording.brief().plan(), 38.0),
        table::mark(columns.due(), 10.0),
    ]
}

/// The heading over the items of a set.
fn group(material: &Material<'_>, standing: &Standing, set: &CriteriaSet) -> Row {
    let wording = material.wording.brief();
    let said = wording.unmet_group(&set.short_name, standing.not_met.len());
    let said = match standing.basis {
        Basis::Earlier(period) => material.wording.unmet().earlier(said, period.short()),
        _ => said,
    };
    let mut cells = vec![Cell::text(said)];
    cells.resize_with(columns(material).len(), Cell::empty);
    Row { cells, kind: RowKind::Group }
}

fn row(
    material: &Material<'_>,
    status: &CommuneStatus,
    standing: &Standing,
    set: &CriteriaSet,
    item: &Unmet,
    detail: Detail,
) -> Row {
    let plan = plan(material, item).map(|plan| match detail {
        Detail::Full | Detail::Named => plan,
        Detail::Short | Detail::Pressing | Detail::Codes => brief_text(&plan),
    });
    let name = match detail {
        Detail::Full => material.item_name(set, item.code),
        _ => material.brief_item_name(set, item.code),
    };
    let wording = material.wording.brief();
    let value = unmet::value(material, item);
    let value = match (value, distance(material, status, set, item)) {
        (Some(value), Some(target)) => Some(wording.beside_target(value, target).to_string()),
        (None, Some(target)) => Some(wording.target_alone(target).to_string()),
        (value, None) => value,
    };
    // Never by a tint alone: offices print in grey.
    let due = match item.plan.due {
        Some(due) if due < material.made_at.date() => {
            Cell::text(wording.overdue(material.day(due))).toned(Tone::Warning)
        }
        due => table::day(due),
    };
    let code = match changes::codes(standing, Change::FellBack).contains(&item.code) {
        true => Cell::text(wording.fallen_item(item.code)).toned(Tone::NotMet),
        false => Cell::text(item.code.to_string()),
    };
    table::body(vec![
        code,
        Cell::text(name),
        table::optional(value),
        table::optional(item.since.map(|period| period.short())),
        table::optional(plan),
        due,
    ])
}

/// Who does what.
fn plan(material: &Material<'_>, item: &Unmet) -> Option<String> {
    let task = super::super::plans::task(material, item);
    match (item.plan.owner.as_deref(), task) {
        (Some(owner), Some(task)) => Some(material.wording.brief().owner_and_task(owner, task).into()),
        (owner, task) => owner.map(str::to_owned).or(task),
    }
}

/// How far the value is from the target that was read in its decision; the target alone where that cannot be told. What is
/// only recalled is not shown.
fn distance(material: &Material<'_>, status: &CommuneStatus, set: &CriteriaSet, item: &Unmet) -> Option<Said> {
    let measure = set.indicator(item.code)?.measure(status.commune.circumstances(material.assessment.period))?;
    let sign = match measure.better {
        Better::Higher | Better::Yes => "≥",
        Better::Lower => "≤",
        Better::Exactly => "=",
    };
    let target = format!("{sign} {}", material.measured(measure.amount, Some(measure.unit)));
    let same_unit = item.unit.as_deref().is_none_or(|unit| unit == measure.unit);
    let distance = item.value.filter(|_| same_unit).map(|value| match measure.better {
        Better::Higher | Better::Yes => measure.amount - value,
        Better::Lower => value - measure.amount,
        Better::Exactly => (measure.amount - value).abs(),
    });
    // Differences of decimals are no decimals: 90 - 85.2 is 4.799….
    let distance = distance.map(|distance| (distance * 1e6).round() / 1e6).filter(|distance| *distance > 0.0);
    let wording = material.wording.brief();
    let Some(distance) = distance else { return Some(Said::from(target.as_str())) };
    // The distance between two shares is no share of anything.
    let distance = match measure.unit {
        "%" => wording.points(material.number(distance)).to_string(),
        unit => material.measured(distance, Some(unit)),
    };
    Some(match measure.better {
        Better::Higher | Better::Yes => wording.missing(target, distance),
        Better::Lower => wording.exceeding(target, distance),
        Better::Exactly => wording.differing(target, distance),
    })
}

/// What is to be mended or confirmed in the commune's reports, with the cells.
fn to_mend(material: &Material<'_>, status: &CommuneStatus, detail: Detail) -> Vec<Block> {
    let most = match detail {
        Detail::Full | Detail::Named | Detail::Short => 16,
        Detail::Pressing => 8,
        Detail::Codes => 4,
    };
    problems::of_commune(material, status, most)
}
