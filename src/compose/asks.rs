//! What is asked of whom by when: a row each, what cannot wait first.

use jiff::civil::Date;

use super::words::{capitalised, joined, names, of};
use super::{Material, changes, decide, hands, offices, table, this_month};
use crate::assess::{self, Arrival, Basis, Change, CommuneStatus, ListKind, Standing};
use crate::catalogue::wording::Said;
use crate::diag::Severity;
use crate::model::CriteriaSet;
use crate::model::report::{Cell, Row, Table, Tone};

/// How many communes are asked by name; more are asked by their number, and named with what is asked.
const NAMED: usize = 5;
/// How many offices are asked, those with most to follow.
const OFFICES: usize = 3;
/// How many of an office's items are named.
const ITEMS: usize = 2;

/// By when something is asked.
#[derive(Clone, Copy)]
enum By {
    /// Without waiting for the next report.
    Now,
    /// With the next report.
    NextReport,
}

/// One thing that is asked.
struct Ask {
    who: String,
    what: Said,
    by: By,
}

/// The table; nothing where nothing is asked.
pub(super) fn table(material: &Material<'_>) -> Option<Table> {
    let wording = material.wording.decide();
    let asks = asks(material);
    if asks.is_empty() {
        return None;
    }
    let next = next_report(material);
    let rows = asks.into_iter().map(|ask| {
        let by = match ask.by {
            By::Now => Cell::text(wording.now()).toned(Tone::Warning),
            By::NextReport => table::day(Some(next)),
        };
        table::body(vec![Cell::text(ask.who), Cell::text(ask.what), by])
    });
    let rows: Vec<Row> = rows.collect();
    let columns =
        vec![table::text(wording.who(), 30.0), table::text(wording.what(), 72.0), table::mark(wording.by(), 10.0)];
    Some(table::of_text("asks", "", columns, rows))
}

/// By when the next report is due, and with it what is asked.
pub(super) fn next_report(material: &Material<'_>) -> Date {
    material.settings.deadline.date(material.assessment.period.plus_months(1))
}

fn asks(material: &Material<'_>) -> Vec<Ask> {
    let mut asks = missing(material);
    asks.extend(set_aside(material));
    asks.extend(errors(material));
    asks.extend(fallen_back(material));
    asks.extend(disagreeing(material));
    asks.extend(doubtful(material));
    asks.extend(late_or_behind(material));
    asks.extend(without_list(material));
    asks.extend(incomplete(material));
    asks.extend(without_plan(material));
    asks.extend(to_inspect(material));
    asks
}

/// Some communes, by name or by their number.
fn communes(material: &Material<'_>, statuses: &[&CommuneStatus]) -> String {
    let wording = material.wording.decide();
    match statuses {
        [one] => wording.commune(&one.commune.name).into(),
        many if many.len() > NAMED => wording.communes(many.len()).into(),
        _ => wording.named_communes(names(statuses.iter().copied())).into(),
    }
}

/// What many communes are asked, with their names, which `communes` leaves out.
fn with_names(what: Said, statuses: &[&CommuneStatus]) -> Said {
    if statuses.len() <= NAMED { what } else { what.then(": ").then(names(statuses.iter().copied()).as_str()) }
}

fn missing(material: &Material<'_>) -> Vec<Ask> {
    let wording = material.wording.decide();
    let (missing, partial): (Vec<&CommuneStatus>, Vec<&CommuneStatus>) =
        material.assessment.communes.iter().partition(|status| status.arrival() == Arrival::Missing);
    let ask = |what: Said, of: &[&CommuneStatus]| Ask {
        who: communes(material, of),
        what: with_names(what, of),
        by: By::Now,
    };
    let mut asks = Vec::new();
    if !missing.is_empty() {
        let (period, due) = (material.assessment.period.short(), material.day(material.assessment.due));
        asks.push(ask(wording.ask_missing(period, due), &missing));
    }
    for status in &material.assessment.sets {
        let lacks = |commune: &CommuneStatus| {
            commune.standings.iter().any(|of| of.set == status.set && is_owed(material, commune, of))
        };
        let without: Vec<&CommuneStatus> = partial.iter().copied().filter(|commune| lacks(commune)).collect();
        if !without.is_empty() {
            asks.push(ask(wording.ask_missing_sets(material.short_name(status.set.as_str())), &without));
        }
    }
    asks
}

/// Whether a commune that reports on other sets owes this one: it sent it before, or has a year in which to meet it. A set
/// that is not yet its own is not asked for month after month.
pub(super) fn is_owed(material: &Material<'_>, commune: &CommuneStatus, standing: &Standing) -> bool {
    let mut roadmap = material.settings.roadmap.iter();
    match standing.basis {
        Basis::ThisMonth => false,
        Basis::Earlier(_) => true,
        Basis::Nothing => roadmap.any(|goal| goal.commune == commune.commune.code && goal.set == standing.set),
    }
}

/// Files that could not be read are the office's to look into: nobody knows for sure whose they are.
fn set_aside(material: &Material<'_>) -> Option<Ask> {
    let wording = material.wording.decide();
    let files = decide::files_set_aside(material);
    let told = files.iter().map(|file| wording.set_aside_file(&file.file, decide::reason(material, file)));
    let what = wording.ask_set_aside(files.len(), joined(told, "; "));
    (!files.is_empty()).then(|| Ask { who: wording.office().into(), what, by: By::Now })
}

/// Errors that stand on reports in use; those of files set aside are asked for with their file.
fn errors(material: &Material<'_>) -> Option<Ask> {
    let wording = material.wording.decide();
    let aside = decide::files_set_aside(material);
    let is_aside = |sha256: &str| aside.iter().any(|file| file.sha256 == sha256);
    let problems = material.assessment.problems.iter();
    let errors = problems.filter(|problem| problem.severity == Severity::Error && !is_aside(&problem.sha256)).count();
    let what = wording.ask_errors(errors, material.wording.problems().sheet());
    (errors > 0).then(|| Ask { who: wording.office().into(), what, by: By::Now })
}

/// Communes of which something holds this month; each once.
fn with<'a>(material: &Material<'a>, holds: impl Fn(&Standing) -> bool) -> Vec<&'a CommuneStatus> {
    let mut who: Vec<&CommuneStatus> =
        this_month(material).filter(|(_, standing, _)| holds(standing)).map(|(status, ..)| status).collect();
    who.dedup_by_key(|status| &status.commune.code);
    who
}

/// What is asked of some communes with their next report; nothing where they are none.
fn ask_next(material: &Material<'_>, who: &[&CommuneStatus], what: Said) -> Option<Ask> {
    let ask = || Ask { who: communes(material, who), what: with_names(what, who), by: By::NextReport };
    (!who.is_empty()).then(ask)
}

/// What was met and is not any more.
fn fallen_back(material: &Material<'_>) -> Option<Ask> {
    let who = with(material, |standing| !changes::codes(standing, Change::FellBack).is_empty());
    ask_next(material, &who, material.wording.decide().ask_fallen())
}

/// Figures that the first page calls in doubt: confirmed or mended by whoever sent them.
fn doubtful(material: &Material<'_>) -> Option<Ask> {
    let who = with(material, |standing| {
        let trail = &standing.trail;
        !standing.by_value.contradictions.is_empty() || !trail.jumps.is_empty() || trail.same_as.is_some()
    });
    ask_next(material, &who, material.wording.decide().ask_doubtful())
}

/// What is past its date, and what will not be met in its year at this pace.
fn late_or_behind(material: &Material<'_>) -> Option<Ask> {
    let today = material.made_at.date();
    let behind: Vec<&str> =
        decide::behind_course(material).map(|(status, ..)| status.commune.code.0.as_str()).collect();
    let is_late =
        |standing: &Standing| standing.not_met.iter().any(|unmet| unmet.plan.due.is_some_and(|due| due < today));
    let who = material.assessment.communes.iter().filter(|status| {
        let mut this_month = status.standings.iter().filter(|standing| standing.basis == Basis::ThisMonth);
        behind.contains(&status.commune.code.0.as_str()) || this_month.any(is_late)
    });
    let who: Vec<&CommuneStatus> = who.collect();
    ask_next(material, &who, material.wording.decide().ask_behind())
}

/// Declared totals that the list does not give, and sizes of the set that are not its own.
fn disagreeing(material: &Material<'_>) -> Vec<Ask> {
    let wording = material.wording.decide();
    let mut who: Vec<&CommuneStatus> = Vec::new();
    let mut differing = Vec::new();
    let mut wrong = Vec::new();
    for (status, standing, set) in this_month(material) {
        let figures = standing.differences().into_iter().map(|difference| {
            let (declared, listed) =
                (of(difference.declared, difference.total), of(difference.listed, difference.total));
            wording.difference(material.subject(difference.subject), declared, listed, difference.amount())
        });
        let figures = joined(figures, "; ");
        if !figures.is_empty() {
            let name = status.commune.name.as_str();
            who.push(status);
            differing.push((name, wording.difference_commune(name, &set.short_name, figures)));
        }
        for (subject, declared, total) in standing.wrong_totals(set.criteria_total(), set.indicators_total) {
            let what = wording.ask_wrong_total(material.subject_of_set(subject, set), declared, total);
            wrong.push(Ask { who: communes(material, &[status]), what, by: By::NextReport });
        }
    }
    who.dedup_by_key(|status| &status.commune.code);
    let differing = (!differing.is_empty()).then(|| {
        let what = wording.ask_differences(decide::the_first(material, differing));
        Ask { who: communes(material, &who), what, by: By::NextReport }
    });
    differing.into_iter().chain(wrong).collect()
}

/// Reports that state totals only.
fn without_list(material: &Material<'_>) -> Vec<Ask> {
    let of_set = |set: &CriteriaSet| {
        let without = |(_, standing, of): &(&CommuneStatus, &Standing, &CriteriaSet)| {
            standing.list == ListKind::None && of.id == set.id
        };
        let who: Vec<&CommuneStatus> = this_month(material).filter(without).map(|(status, ..)| status).collect();
        (!who.is_empty()).then(|| Ask {
            who: communes(material, &who),
            what: with_names(material.wording.decide().ask_no_list(&set.short_name), &who),
            by: By::NextReport,
        })
    };
    super::assessed_sets(material).filter_map(of_set).collect()
}

/// Items of this month's lists of which nothing is said.
fn incomplete(material: &Material<'_>) -> Option<Ask> {
    let counted = decide::by_commune(material, |standing| match standing.list {
        ListKind::Indicators => standing.item_counts.unknown() as usize,
        ListKind::Criteria => standing.criteria_counts.unknown() as usize,
        ListKind::None => 0,
    })?;
    let wording = material.wording.decide();
    let what = wording.ask_incomplete(counted.items, counted.communes);
    Some(Ask { who: wording.communes(counted.places).into(), what, by: By::NextReport })
}

/// What is not met without person, task and date.
fn without_plan(material: &Material<'_>) -> Option<Ask> {
    let bare = |standing: &Standing| standing.not_met.iter().filter(|unmet| !unmet.plan.is_complete()).count();
    let counted = decide::by_commune(material, bare)?;
    let wording = material.wording.decide();
    let what = wording.ask_no_plan(counted.items, counted.communes);
    Some(Ask { who: wording.communes(counted.places).into(), what, by: By::NextReport })
}

/// What those who inspect are asked: what commune, district and decisions judge differently, and what presses most.
fn to_inspect(material: &Material<'_>) -> Option<Ask> {
    let wording = material.wording.decide();
    let differing = hands::counted(material).map(|(count, _)| wording.ask_hands(count));
    let (who, following) = match offices_to_follow(material) {
        Some(following) => (wording.offices(), Some(following)),
        None => (wording.office(), None),
    };
    let what = joined(differing.into_iter().chain(following), "; ");
    (!what.is_empty()).then(|| Ask { who: who.into(), what: capitalised(&what).as_str().into(), by: By::NextReport })
}

/// The offices with most to follow, each with what presses most.
fn offices_to_follow(material: &Material<'_>) -> Option<Said> {
    if material.settings.offices.is_empty() {
        return None;
    }
    let wording = material.wording.decide();
    let today = material.made_at.date();
    let mut duties = assess::duties(material.assessment, material.settings);
    duties.retain(|duty| duty.office.is_some());
    // A stable sort keeps the order of the settings among equals.
    duties.sort_by_key(|duty| std::cmp::Reverse(duty.items.iter().map(|item| item.communes.len()).sum::<usize>()));
    let mut has_earlier = false;
    let told = duties.iter().take(OFFICES).map(|duty| {
        let urgent = duty.most_urgent(today);
        let items = urgent.iter().take(ITEMS).map(|item| {
            // Beside the hard criteria, which this month's reports alone make, the number needs its reason.
            has_earlier |= item.communes.iter().any(|one| !one.this_month);
            let set = material.short_name(item.set.as_str());
            material.wording.offices().urgent_item(item.code, set, item.communes.len())
        });
        wording.ask_office(offices::name(material, duty), joined(items, ", "))
    });
    let told = joined(told, "; ");
    (!duties.is_empty()).then(|| match has_earlier {
        true => wording.ask_offices_earlier(told),
        false => wording.ask_offices(told),
    })
}
