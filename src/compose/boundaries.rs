//! What must not be compared: criteria sets that took the place of others, and communes that a merger made.

use super::words::joined;
use super::{Material, assessed_sets};
use crate::model::report::Block;
use crate::model::{CriteriaSet, Period};

/// For how many months it is said: a year later, what is compared lies on one side.
const SAID_FOR: u32 = 12;

/// The sentences, where there are any.
pub(super) fn blocks(material: &Material<'_>) -> Vec<Block> {
    let sets = new_sets(material).into_iter();
    sets.chain(merged(material)).map(Block::Note).collect()
}

/// Sets that took the place of others within the year.
fn new_sets(material: &Material<'_>) -> Vec<String> {
    let period = material.assessment.period;
    let names = |sets: &[&CriteriaSet]| joined(sets.iter().map(|set| set.short_name.as_str()), ", ");
    let mut firsts: Vec<(Period, Vec<&CriteriaSet>)> = Vec::new();
    for set in assessed_sets(material) {
        let Some(first) = first_month(material, set, period) else { continue };
        match firsts.iter_mut().find(|(month, _)| *month == first) {
            Some((_, sets)) => sets.push(set),
            None => firsts.push((first, vec![set])),
        }
    }
    let told = firsts.into_iter().filter_map(|(first, new)| {
        let old: Vec<&CriteriaSet> = material
            .sets
            .iter()
            .filter(|set| counts_in(material, set, first.previous()) && !counts_in(material, set, first))
            .collect();
        let said = || material.wording.boundaries().new_set(names(&new), first.short(), names(&old)).into();
        (!old.is_empty()).then(said)
    });
    told.collect()
}

/// The month in which a set came into force here, where that is less than a year ago.
fn first_month(material: &Material<'_>, set: &CriteriaSet, period: Period) -> Option<Period> {
    let months = (0..SAID_FOR as i32).map(|back| period.plus_months(-back));
    let first = months.take_while(|month| counts_in(material, set, *month)).last()?;
    (!counts_in(material, set, first.previous())).then_some(first)
}

fn counts_in(material: &Material<'_>, set: &CriteriaSet, period: Period) -> bool {
    let is_put = material.settings.sets.iter().any(|in_force| in_force.id == set.id && in_force.counts_in(period));
    is_put && set.is_valid_in(period)
}

/// Communes that a merger made within the year.
fn merged<'a>(material: &'a Material<'_>) -> impl Iterator<Item = String> + 'a {
    let period = material.assessment.period;
    material.assessment.communes.iter().filter_map(move |status| {
        let merger = material.settings.formed(&status.commune)?;
        let first = Period::of(merger.on)?;
        let parts = joined(material.settings.parts_of(merger).map(|(part, _)| part.name.as_str()), ", ");
        let (name, on) = (material.full_name(&status.commune), material.day(merger.on));
        let said = || material.wording.boundaries().merged(name, on, parts).into();
        (first.months_until(period) < SAID_FOR).then(said)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::assess::made::{World, advanced_set, commune, made_at, report, set};
    use crate::catalogue::wording::shipped;
    use crate::model::{Commune, CommuneCode, Lang, MergedPart, Merger};

    fn notes(world: &World, period: &str) -> Vec<String> {
        let assessment = world.assess(period);
        let wording = shipped(Lang::Vi).unwrap();
        let (settings, sets) = (&world.settings, world.sets.as_slice());
        let material = Material { assessment: &assessment, settings, sets, wording: &wording, made_at: made_at() };
        let text = |block| if let Block::Note(text) = block { text } else { String::new() };
        blocks(&material).into_iter().map(text).collect()
    }

    #[test]
    fn a_set_that_took_another_s_place_is_said_for_a_year_and_nothing_is_compared() {
        let ten = CriteriaSet {
            valid_from: date(2026, 1, 1),
            valid_to: date(2030, 12, 31),
            ..set("ntm-2026-2030", "NTM 2026-2030", &[("Quy hoạch", 1), ("Hạ tầng", 1)])
        };
        let mut world = World::new(&[("13546", "Trung Lương")], vec![advanced_set(), ten.clone()]);
        world.store(&report("2025-12", "13546", &advanced_set(), &[]));
        world.store(&report("2026-01", "13546", &ten, &[("1", Some("not_met"))]));
        let told = notes(&world, "2026-01");
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("NTM 2026-2030 áp dụng từ tháng 1/2026, thay NTM nâng cao"), "{told:?}");
        assert_eq!(notes(&world, "2026-12").len(), 1);
        assert_eq!((notes(&world, "2027-01").len(), notes(&world, "2025-12").len()), (0, 0));
        let january = world.assess("2026-01");
        let [standing] = january.communes[0].standings.as_slice() else { panic!("one set counts") };
        assert_eq!((standing.before, standing.changed(crate::assess::Change::FellBack).count()), (None, 0));
        let february = world.assess("2026-02");
        assert_eq!(february.communes[0].standings[0].set, ten.id, "a late commune's set of last year never stands in");
    }

    #[test]
    fn a_commune_that_a_merger_made_is_said_with_its_parts_for_a_year() {
        let mut world = World::new(&[], vec![set("nho", "NTM", &[("Điện", 1)])]);
        let on = date(2025, 7, 1);
        world.settings.communes = vec![
            Commune { valid_to: Some(date(2025, 6, 30)), ..commune("13519", "Ngọc Lũ") },
            Commune { valid_to: Some(date(2025, 6, 30)), ..commune("13546", "Trung Lương") },
            Commune { valid_from: Some(on), ..commune("13540", "Bình An") },
        ];
        let part = |code: &str| MergedPart { code: CommuneCode(code.to_owned()), weight: None };
        let parts = vec![part("13519"), part("13546")];
        world.settings.mergers = vec![Merger { on, into: CommuneCode("13540".to_owned()), parts }];
        let told = notes(&world, "2025-08");
        assert!(told[0].starts_with("Xã Bình An lập ngày 1/7/2025 từ Ngọc Lũ, Trung Lương"), "{told:?}");
        assert_eq!((notes(&world, "2025-06").len(), notes(&world, "2026-07").len()), (0, 0));
    }
}
