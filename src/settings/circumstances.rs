//! Regions and groups, by which targets differ: only those that some set knows.

use std::collections::BTreeSet;

use toml::Spanned;

use super::file::SettingsFile;
use super::slip::{Slips, nearest};
use crate::model::target::REGIONS;
use crate::model::{CriteriaSet, Text};

/// Every region and group that no set knows is a slip.
pub(super) fn check(file: &SettingsFile, known: &[CriteriaSet], slips: &mut Slips<'_>) {
    let of_targets = known.iter().flat_map(CriteriaSet::indicators).flat_map(|i| &i.targets);
    let regions: BTreeSet<&str> = of_targets.filter_map(|t| t.region.as_deref()).chain(REGIONS).collect();
    let groups: BTreeSet<&str> = known.iter().flat_map(|set| &set.commune_groups).map(String::as_str).collect();
    let communes = || file.communes.iter();
    for region in file.unit.region.iter().chain(communes().filter_map(|c| c.region.as_ref())) {
        refuse(region, &regions, ("vùng", "region"), slips);
    }
    for group in communes().filter_map(|c| c.group.as_ref()) {
        refuse(group, &groups, ("nhóm xã", "group of communes"), slips);
    }
}

fn refuse(written: &Spanned<String>, known: &BTreeSet<&str>, (vi, en): (&str, &str), slips: &mut Slips<'_>) {
    let name = written.get_ref();
    if known.contains(name.as_str()) {
        return;
    }
    let all = known.iter().copied().collect::<Vec<_>>().join(", ");
    let otherwise = Text::new(format!("chọn một trong: {all}"), format!("choose one of: {all}"));
    slips.add(
        &written.span(),
        Text::new(format!("không có {vi} «{name}»"), format!("there is no {en} \"{name}\"")),
        nearest(name, known.iter().copied(), otherwise),
    );
}
