//! Plans that change what reports say of their unmet items: filled in in a plan form, or set by the office. The latest
//! counts, field by field; what one leaves open stays as it was.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use polars::prelude::{DataFrame, IntoLazy, PolarsResult, SortMultipleOptions, col, lit};

use super::Input;
use super::columns::{codes, dates, moments, pairs, texts};
use super::outcome::Plan;
use super::scope::Scope;
use super::spans;
use super::statement;
use crate::model::{Assessor, ItemCode, Period};
use crate::settings::{Deadline, PlanSet};

/// What changes a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// What it names; what it does not stays as it was.
    pub plan: Plan,
    /// When it was received or set.
    pub at: DateTime,
    /// Where it stands.
    pub by: AmendedBy,
}

/// Where an amendment stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmendedBy {
    /// In a plan form that came back.
    Form {
        /// The file.
        file: String,
        /// The sheet.
        sheet: String,
        /// The first cell that is filled in.
        cell: String,
    },
    /// In the settings.
    Settings,
}

/// Amendments with the month for which they were made.
pub(super) type Amendments = BTreeMap<((u32, u32), ItemCode), Vec<(Period, Amendment)>>;

/// All amendments up to the month, each item's in the order of their time.
pub(super) fn amendments(input: &Input<'_>, scope: &Scope<'_>) -> PolarsResult<Amendments> {
    let mut amendments = of_forms(input, scope)?;
    add_settings(input, scope, &mut amendments);
    amendments.values_mut().for_each(|all| all.sort_by_key(|(_, amendment)| amendment.at));
    Ok(amendments)
}

/// From when the plan of a report counts: when it was received, but not later than it was due. A report of an old month
/// that comes late does not undo what was agreed since.
pub(super) fn effective(deadline: Deadline, period: Period, received_at: DateTime) -> DateTime {
    received_at.min(deadline.date(period).at(23, 59, 59, 0))
}

/// A plan with all that changes it after some moment: those that were used, in order.
pub(super) fn amended(
    plan: &mut Plan,
    since: Option<DateTime>,
    last_otherwise: Option<Period>,
    all: &[(Period, Amendment)],
) -> Vec<Amendment> {
    let counts = |(period, amendment): &&(Period, Amendment)| {
        // A plan is closed by the item being met, so that of an older run says nothing.
        last_otherwise.is_none_or(|met| *period > met) && since.is_none_or(|since| amendment.at >= since)
    };
    let used: Vec<Amendment> = all.iter().filter(counts).map(|(_, amendment)| amendment.clone()).collect();
    for Amendment { plan: named, .. } in &used {
        let Plan { owner, task, due } = named.clone();
        plan.owner = owner.or(plan.owner.take());
        plan.task = task.or(plan.task.take());
        plan.due = due.or(plan.due.take());
    }
    used
}

fn of_forms(input: &Input<'_>, scope: &Scope<'_>) -> PolarsResult<Amendments> {
    let is_plan = || col("assessor").eq(lit(Assessor::Plan.as_str()));
    let forms = input.submissions.clone().lazy().filter(is_plan()).collect()?;
    if forms.height() == 0 {
        return Ok(Amendments::new());
    }
    let of_months = spans::of_months(&forms)?;
    let rows = input.observations.clone().filter(statement::of(input, Assessor::Plan).and(of_months));
    let frame = statement::ranked(rows, scope)
        .filter(statement::counts_of(input, Assessor::Plan))
        .sort(["received_at", "file", "sheet", "cell"], SortMultipleOptions::default())
        .collect()?;
    let mut amendments = Amendments::new();
    for (key, amendment) in pairs(&frame)?.into_iter().zip(codes(&frame)?).zip(rows_of(&frame)?) {
        amendments.entry(key).or_default().extend(amendment);
    }
    Ok(amendments)
}

fn rows_of(frame: &DataFrame) -> PolarsResult<Vec<Option<(Period, Amendment)>>> {
    let (periods, received) = (texts(frame, "period")?, moments(frame, "received_at")?);
    let (owner, task, due) = (texts(frame, "owner")?, texts(frame, "task")?, dates(frame, "due")?);
    let (file, sheet, cell) = (texts(frame, "file")?, texts(frame, "sheet")?, texts(frame, "cell")?);
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let one = |row: usize| {
        let by = AmendedBy::Form {
            file: owned(file[row]).unwrap_or_default(),
            sheet: owned(sheet[row]).unwrap_or_default(),
            cell: owned(cell[row]).unwrap_or_default(),
        };
        let plan = Plan { owner: owned(owner[row]), task: owned(task[row]), due: due[row] };
        Some((periods[row]?.parse().ok()?, Amendment { plan, at: received[row]?, by }))
    };
    Ok((0..frame.height()).map(one).collect())
}

/// Adds the plans of the settings for the communes in scope, from their day on.
fn add_settings(input: &Input<'_>, scope: &Scope<'_>, amendments: &mut Amendments) {
    for set_plan in &input.settings.plans {
        let PlanSet { commune, set, items, plan, date } = set_plan;
        let period = Period::of(*date).filter(|period| *period <= input.period);
        let (Some(period), Some(set)) = (period, scope.sets.iter().position(|known| known.id == *set)) else {
            continue;
        };
        let amendment = Amendment {
            plan: Plan { owner: plan.owner.clone(), task: plan.task.clone(), due: plan.due },
            at: date.at(0, 0, 0, 0),
            by: AmendedBy::Settings,
        };
        let is_theirs = |code| commune.as_ref().is_none_or(|wanted| wanted == code);
        let communes = scope.communes.iter().enumerate().filter(|(_, known)| is_theirs(&known.code));
        for (rank, _) in communes {
            for item in items {
                let key = ((rank as u32, set as u32), *item);
                amendments.entry(key).or_default().push((period, amendment.clone()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::assess::Unmet;
    use crate::assess::made::{Report, Value, World, report, small_set};
    use crate::settings::Part;

    const ONE: &[(&str, &str)] = &[("13546", "Trung Lương")];

    /// Item 2 is not met in these months, all else is.
    fn unmet_in(months: &[&str]) -> World {
        let set = small_set();
        let mut world = World::new(ONE, vec![set.clone()]);
        for period in months {
            world.store(&report(period, "13546", &set, &[("2", Some("not_met"))]));
        }
        world
    }

    /// A plan form of a month in which somebody is named for item 2.
    fn form(world: &mut World, period: &str, on: Date, owner: &str) {
        let set = small_set();
        let items = vec![("2".to_owned(), None)];
        let file = format!("{owner}.xlsx");
        let (rows, submissions) = (world.observations.len(), world.submissions.len());
        world.store(&Report { items, file, received_at: on.at(8, 0, 0, 0), ..report(period, "13546", &set, &[]) });
        let theirs = world.observations[rows..].iter_mut().chain(&mut world.submissions[submissions..]);
        theirs.for_each(|row| {
            row.insert("assessor", "plan".into());
        });
        world.observations[rows].insert("owner", owner.into());
    }

    fn set_by_office(world: &mut World, on: Date, owner: &str, due: Option<Date>) {
        world.settings.plans.push(PlanSet {
            commune: None,
            set: small_set().id,
            items: vec!["2".parse().unwrap()],
            plan: Part { owner: Some(owner.to_owned()), task: None, due },
            date: on,
        });
    }

    fn unmet(world: &World, period: &str) -> Unmet {
        world.assess(period).communes[0].standings[0].not_met[0].clone()
    }

    fn owner(world: &World, period: &str) -> Option<String> {
        unmet(world, period).plan.owner
    }

    #[test]
    fn the_latest_of_report_form_and_office_counts_and_says_which() {
        let mut world = unmet_in(&["2023-03", "2023-04"]);
        set_by_office(&mut world, date(2023, 3, 28), "Phòng A", Some(date(2023, 6, 30)));
        assert_eq!(owner(&world, "2023-03").as_deref(), Some("Phòng A"));
        form(&mut world, "2023-03", date(2023, 4, 3), "Bà Hoa");
        let now = unmet(&world, "2023-04");
        assert_eq!((now.plan.owner.as_deref(), now.plan.due), (Some("Bà Hoa"), Some(date(2023, 6, 30))));
        let by: Vec<bool> = now.amended.iter().map(|one| one.by == AmendedBy::Settings).collect();
        assert_eq!(by, [true, false]);
        let set = small_set();
        world.store(&report("2023-05", "13546", &set, &[("2", Some("not_met"))]));
        world
            .observations
            .iter_mut()
            .rfind(|row| matches!(row.get("item"), Some(Value::Text(i)) if i == "2"))
            .unwrap()
            .insert("owner", "Ông Bình".into());
        let may = unmet(&world, "2023-05");
        assert_eq!((may.plan.owner.as_deref(), may.plan.due, may.amended.len()), (Some("Ông Bình"), None, 0));
    }

    #[test]
    fn a_report_of_an_old_month_that_comes_late_does_not_undo_what_was_agreed_since() {
        let set = small_set();
        let mut world = unmet_in(&[]);
        let late = Report {
            received_at: date(2023, 5, 9).at(8, 0, 0, 0),
            ..report("2023-03", "13546", &set, &[("2", Some("not_met"))])
        };
        world.store(&late);
        world.note("2", "owner", "Ông Bình".into());
        form(&mut world, "2023-03", date(2023, 4, 20), "Bà Hoa");
        assert_eq!(owner(&world, "2023-03").as_deref(), Some("Bà Hoa"));
    }

    #[test]
    fn plans_are_closed_by_the_item_being_met() {
        let set = small_set();
        let mut world = unmet_in(&["2023-02"]);
        set_by_office(&mut world, date(2023, 2, 10), "Phòng A", None);
        form(&mut world, "2023-02", date(2023, 2, 27), "Bà Hoa");
        world.store(&report("2023-03", "13546", &set, &[]));
        world.store(&report("2023-04", "13546", &set, &[("2", Some("not_met"))]));
        assert_eq!(owner(&world, "2023-02").as_deref(), Some("Bà Hoa"));
        assert_eq!(owner(&world, "2023-04"), None);
        set_by_office(&mut world, date(2023, 4, 10), "Phòng B", None);
        assert_eq!(owner(&world, "2023-04").as_deref(), Some("Phòng B"));
        let told = |period| {
            let assigned = world.why("13546", "2", period).remove(0).assigned;
            assigned.into_iter().filter_map(|set| set.plan.owner).collect::<Vec<_>>()
        };
        assert_eq!([told("2023-02"), told("2023-03"), told("2023-04")], [vec!["Phòng A"], vec![], vec!["Phòng B"]]);
    }

    #[test]
    fn a_form_states_nothing_of_its_items_and_is_no_report() {
        let mut world = unmet_in(&["2023-03"]);
        form(&mut world, "2023-04", date(2023, 4, 3), "Bà Hoa");
        let april = world.assess("2023-04");
        let standing = &april.communes[0].standings[0];
        assert_eq!(standing.basis, crate::assess::Basis::Earlier("2023-03".parse().unwrap()));
        assert_eq!((standing.item_counts.met, standing.item_counts.open), (5, 0));
        assert_eq!(standing.not_met[0].plan.owner.as_deref(), Some("Bà Hoa"));
        let history = world.history("13546", "2023-04");
        let line = history.sets[0].months[0].1.as_ref().unwrap().line("2".parse().unwrap()).unwrap();
        assert_eq!((line.statements.len(), line.plans.len()), (1, 0));
    }
}
