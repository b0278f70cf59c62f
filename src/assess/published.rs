//! Figures that other districts and provinces have published, built as a month of reports: ours have to be theirs.

use super::made::{World, report, set};
use super::*;
use crate::model::CriteriaSet;

/// The set of 19 criteria, each judged as a whole.
fn nineteen() -> CriteriaSet {
    set("muoi-chin", "NTM", &[("Tiêu chí", 1); 19])
}

/// The unit in a month in which communes meet so many criteria.
fn unit(met: &[usize]) -> SetStatus {
    let set = nineteen();
    let codes: Vec<String> = (1..=met.len()).map(|number| format!("{number:05}")).collect();
    let communes: Vec<(&str, &str)> = codes.iter().map(|code| (code.as_str(), code.as_str())).collect();
    let mut world = World::new(&communes, vec![set.clone()]);
    let items: Vec<String> = set.indicators().map(|indicator| indicator.code.to_string()).collect();
    for (code, met) in codes.iter().zip(met) {
        let unmet: Vec<(&str, Option<&str>)> =
            items.iter().skip(*met).map(|item| (item.as_str(), Some("not_met"))).collect();
        world.store(&report("2023-04", code, &set, &unmet));
    }
    world.assess("2023-04").sets.remove(0)
}

fn bands(status: &SetStatus) -> Vec<usize> {
    status.bands.iter().map(|(_, count)| count.total()).collect()
}

/// Communes that meet so many criteria, by how many communes.
fn communes(counts: &[(usize, usize)]) -> Vec<usize> {
    counts.iter().flat_map(|(count, met)| std::iter::repeat_n(*met, *count)).collect()
}

#[test]
fn thuong_xuan_about_2013_has_a_mean_of_6_75_and_its_bands() {
    let status = unit(&[14, 10, 9, 8, 8, 7, 7, 6, 6, 5, 5, 5, 5, 5, 4, 4]);
    assert_eq!((status.mean_criteria, status.mean_of), (Some(6.75), 16));
    assert_eq!(bands(&status), [0, 0, 2, 12, 2]);
}

#[test]
fn tay_ninh_in_january_2021_has_16_3_on_average_over_71_communes() {
    // The communes within a band are not published: these lie in their bands and give the mean that is.
    let status = unit(&communes(&[(35, 19), (14, 17), (20, 12), (2, 7)]));
    assert_eq!(bands(&status), [35, 14, 20, 2, 0]);
    assert_eq!(format!("{:.1}", status.mean_criteria.unwrap()), "16.3");
    assert_eq!(status.complete.total(), 35);
}

#[test]
fn kon_tum_in_2022_has_a_little_more_than_16_15_over_85_communes() {
    let status = unit(&communes(&[(36, 19), (19, 17), (10, 13), (19, 12), (1, 8)]));
    assert_eq!(bands(&status), [36, 19, 29, 1, 0]);
    let mean = status.mean_criteria.unwrap();
    assert!(mean > 16.15 && mean < 16.16, "{mean}");
}

#[test]
fn thua_thien_hue_in_2015_has_1286_criteria_in_92_communes() {
    let status = unit(&communes(&[(90, 14), (2, 13)]));
    assert_eq!(90 * 14 + 2 * 13, 1286);
    assert_eq!(format!("{:.2}", status.mean_criteria.unwrap()), "13.98");
}

/// A commune's criteria and indicators met of a set, where it does not meet some items.
fn counted(set: &CriteriaSet, unmet: &[&str]) -> [(u32, u32); 2] {
    let mut world = World::new(&[("13546", "Xã")], vec![set.clone()]);
    let unmet: Vec<(&str, Option<&str>)> = unmet.iter().map(|item| (*item, Some("not_met"))).collect();
    world.store(&report("2023-04", "13546", set, &unmet));
    let assessment = world.assess("2023-04");
    let standing = &assessment.communes[0].standings[0];
    [standing.criteria_counts, standing.item_counts].map(|counts| (counts.met, counts.total()))
}

#[test]
fn ly_nhan_in_march_2020_has_18_of_19_where_48_of_49_indicators_are_met() {
    let sizes = [1, 4, 2, 2, 1, 2, 1, 4, 2, 1, 1, 1, 2, 3, 3, 1, 8, 6, 4].map(|size| ("Tiêu chí", size));
    let set = set("bon-chin", "NTM", &sizes);
    assert_eq!(counted(&set, &["17.3"]), [(18, 19), (48, 49)]);
    assert_eq!(counted(&set, &["6.1", "17.3"]), [(17, 19), (47, 49)]);
}

#[test]
fn kim_bang_in_august_2021_meets_indicators_and_no_criterion() {
    let set = set("kieu-mau", "NTM kiểu mẫu", &[("A", 4), ("B", 3), ("C", 3), ("D", 3)]);
    let nhat_tuu = ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "4.1"];
    assert_eq!(counted(&set, &nhat_tuu), [(0, 4), (6, 13)]);
    assert_eq!(counted(&set, &["1.1", "1.2", "2.1"]), [(2, 4), (10, 13)], "Hoàng Tây");
}
