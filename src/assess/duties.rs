//! What each office in charge has to follow: items that are not met, and in which communes.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::outcome::{Assessment, Basis, Change, CommuneStatus, Standing, Unmet};
use crate::model::{CommuneCode, ItemCode, SetId};
use crate::settings::{Office, Settings};

/// One office with what it has to follow.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// Its name; `None` for items of which no office is in charge.
    pub office: Option<String>,
    /// In the order of the sets and of the items.
    pub items: Vec<DutyItem>,
}

/// One item that some communes do not meet.
#[derive(Debug, Clone, PartialEq)]
pub struct DutyItem {
    /// The set.
    pub set: SetId,
    /// The item; a criterion where its indicators do not say.
    pub code: ItemCode,
    /// Who does not meet it, in the order of the communes.
    pub communes: Vec<Followed>,
}

/// One commune that does not meet an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Its code.
    pub commune: CommuneCode,
    /// Whether this month's report says so, or an earlier one that stands in.
    pub this_month: bool,
    /// Whether it was met in the report before.
    pub fell_back: bool,
    /// Whether person, task and date are named.
    pub planned: bool,
    /// By when it is to be met.
    pub due: Option<Date>,
}

impl DutyItem {
    /// How many communes are past their date on a day.
    #[must_use]
    pub fn overdue(&self, today: Date) -> usize {
        self.communes.iter().filter(|one| one.due.is_some_and(|due| due < today)).count()
    }

    /// How many communes fell back.
    #[must_use]
    pub fn fallen(&self) -> usize {
        self.communes.iter().filter(|one| one.fell_back).count()
    }

    /// How many communes have not named person, task and date.
    #[must_use]
    pub fn unplanned(&self) -> usize {
        self.communes.iter().filter(|one| !one.planned).count()
    }
}

impl Duty {
    /// The items, most urgent first on a day: past their date, fallen back, in most communes, then in order.
    #[must_use]
    pub fn most_urgent(&self, today: Date) -> Vec<&DutyItem> {
        let mut items: Vec<&DutyItem> = self.items.iter().collect();
        // A stable sort keeps the order of sets and items among equals.
        items.sort_by_key(|item| std::cmp::Reverse((item.overdue(today), item.fallen(), item.communes.len())));
        items
    }
}

/// The offices in charge of an item: those named for it, else those named for its criterion.
pub fn in_charge<'a>(settings: &'a Settings, set: &'a SetId, code: ItemCode) -> Vec<&'a Office> {
    let of = |wanted: ItemCode| -> Vec<&Office> {
        let has = |office: &&Office| office.items.iter().any(|(s, c)| s == set && *c == wanted);
        settings.offices.iter().filter(has).collect()
    };
    let named = of(code);
    if named.is_empty() { of(ItemCode::criterion(code.criterion_number())) } else { named }
}

/// What every office has to follow, in the order of the settings; at the end what nobody is in charge of.
///
/// An item of which several offices are in charge stands with each. Offices with nothing to follow are left out.
#[must_use]
pub fn duties(assessment: &Assessment, settings: &Settings) -> Vec<Duty> {
    let items: Vec<DutyItem> = assessment.sets.iter().flat_map(|set| of_set(assessment, &set.set)).collect();
    let charged: Vec<Vec<&Office>> = items.iter().map(|item| in_charge(settings, &item.set, item.code)).collect();
    let of = |office: Option<&Office>| {
        let is_theirs = |offices: &[&Office]| match office {
            Some(office) => offices.iter().any(|other| other.name == office.name),
            None => offices.is_empty(),
        };
        let theirs = items.iter().zip(&charged).filter(|(_, offices)| is_theirs(offices));
        Duty { office: office.map(|office| office.name.clone()), items: theirs.map(|(item, _)| item.clone()).collect() }
    };
    settings.offices.iter().map(Some).chain([None]).map(of).filter(|duty| !duty.items.is_empty()).collect()
}

/// The items of a set that some communes do not meet, in order.
fn of_set(assessment: &Assessment, set: &SetId) -> Vec<DutyItem> {
    let mut items: BTreeMap<ItemCode, Vec<Followed>> = BTreeMap::new();
    for (status, standing) in assessment.standings().filter(|(_, standing)| standing.set == *set) {
        for unmet in &standing.not_met {
            items.entry(unmet.code).or_default().push(followed(status, standing, unmet));
        }
    }
    items.into_iter().map(|(code, communes)| DutyItem { set: set.clone(), code, communes }).collect()
}

fn followed(status: &CommuneStatus, standing: &Standing, unmet: &Unmet) -> Followed {
    let fell_back = match unmet.code.indicator_number() {
        _ if standing.changed(Change::FellBack).any(|code| code == unmet.code) => true,
        Some(_) => false,
        None => standing.criteria_changed(Change::FellBack).any(|number| number == unmet.code.criterion_number()),
    };
    Followed {
        commune: status.commune.code.clone(),
        this_month: standing.basis == Basis::ThisMonth,
        fell_back,
        planned: unmet.plan.is_complete(),
        due: unmet.plan.due,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::assess::made::{Value, World, report, small_set};

    /// Offices by the codes they are in charge of; 3.1 has one of its own, 1 has two.
    fn world() -> World {
        let set = small_set();
        let mut world = World::new(&[("1", "A"), ("2", "B"), ("3", "C")], vec![set.clone()]);
        let office = |name: &str, codes: &[&str]| Office {
            name: name.to_owned(),
            items: codes.iter().map(|code| (set.id.clone(), code.parse().unwrap())).collect(),
        };
        world.settings.offices =
            vec![office("Phòng A", &["1", "3.1"]), office("Phòng B", &["3", "1"]), office("Phòng C", &["2"])];
        world.store(&report("2023-03", "1", &set, &[]));
        world.store(&report("2023-03", "2", &set, &[("3.2", Some("not_met"))]));
        let unmet = [("1.1", Some("not_met")), ("3.1", Some("not_met")), ("3.2", Some("not_met"))];
        world.store(&report("2023-04", "1", &set, &unmet));
        world.store(&report("2023-04", "3", &set, &unmet[1..]));
        world
    }

    #[test]
    fn an_item_s_own_office_comes_before_its_criterion_s_and_two_share_it() {
        let world = world();
        let told: Vec<(String, Vec<(String, usize)>)> = duties(&world.assess("2023-04"), &world.settings)
            .into_iter()
            .map(|duty| {
                let items = duty.items.iter().map(|item| (item.code.to_string(), item.communes.len())).collect();
                (duty.office.unwrap(), items)
            })
            .collect();
        let items =
            |items: &[(&str, usize)]| items.iter().map(|(code, n)| ((*code).to_owned(), *n)).collect::<Vec<_>>();
        let expected = [
            ("Phòng A".to_owned(), items(&[("1.1", 1), ("3.1", 2)])),
            ("Phòng B".to_owned(), items(&[("1.1", 1), ("3.2", 3)])),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_past_its_date_or_fell_back_comes_first_and_an_earlier_month_is_marked() {
        let mut world = world();
        world.note("3.1", "due", Value::Day(date(2023, 4, 1)));
        let duties = duties(&world.assess("2023-04"), &world.settings);
        let urgent: Vec<String> =
            duties[0].most_urgent(date(2023, 4, 28)).iter().map(|item| item.code.to_string()).collect();
        assert_eq!(urgent, ["3.1", "1.1"]);
        let item = &duties[1].items[1];
        let told: Vec<(&str, bool, bool)> =
            item.communes.iter().map(|c| (c.commune.0.as_str(), c.this_month, c.fell_back)).collect();
        assert_eq!(told, [("1", true, true), ("2", false, false), ("3", true, false)]);
        assert_eq!((item.fallen(), item.unplanned()), (1, 3));
    }

    #[test]
    fn what_nobody_is_in_charge_of_stands_at_the_end() {
        let mut world = world();
        world.settings.offices.remove(1);
        let duties = duties(&world.assess("2023-04"), &world.settings);
        let last = duties.last().unwrap();
        assert_eq!((last.office.as_deref(), last.items.len()), (None, 1));
        assert_eq!(last.items[0].code.to_string(), "3.2");
    }
}
