//! Who is to report a month and by which sets, as small frames that everything else is joined to.

use polars::df;
use polars::prelude::{DataFrame, PolarsResult};

use super::Input;
use crate::model::{Commune, CriteriaSet, ItemCode, Period};
use crate::settings::SetInForce;

/// The expected communes and the sets in force, with their places in the order of all papers.
pub(super) struct Scope<'a> {
    /// Communes valid on the month's last day, in the order of the settings.
    pub(super) communes: Vec<&'a Commune>,
    /// Sets that count in the month, in the order of the settings.
    pub(super) sets: Vec<&'a CriteriaSet>,
    /// `commune_rank`, `commune`, `valid_from`: the first month in which the code means this commune.
    pub(super) commune_frame: DataFrame,
    /// `set_rank`, `set`.
    pub(super) set_frame: DataFrame,
    /// `set_rank`, `criterion`, `indicator`: one row for each item that can be judged by itself.
    pub(super) item_frame: DataFrame,
}

impl Scope<'_> {
    /// Whether the same communes are expected by the same sets.
    pub(super) fn is_of_the_same(&self, other: &Scope<'_>) -> bool {
        let is_one = |(one, other): (&&Commune, &&Commune)| std::ptr::eq(*one, *other);
        self.communes.len() == other.communes.len()
            && self.communes.iter().zip(&other.communes).all(is_one)
            && self.sets.iter().map(|set| &set.id).eq(other.sets.iter().map(|set| &set.id))
    }

    /// Whether an entry of the register is expected: that one, not another that bears its code.
    pub(super) fn has(&self, commune: &Commune) -> bool {
        self.communes.iter().any(|other| std::ptr::eq(*other, commune))
    }
}

/// The scope of a month.
///
/// A commune that ends within the month is no longer expected, the one that takes its place is: the last day decides.
pub(super) fn of<'a>(input: &Input<'a>) -> PolarsResult<Scope<'a>> {
    let communes: Vec<&Commune> =
        input.settings.communes.iter().filter(|c| c.is_valid_on(input.period.day(31))).collect();
    let in_force = input.settings.sets.iter().filter(|in_force| in_force.counts_in(input.period));
    let sets = known(input, in_force).filter(|set| set.is_valid_in(input.period)).collect();
    scope(communes, sets)
}

/// One commune, and every set that the settings ever put in force.
pub(super) fn of_commune<'a>(input: &Input<'a>, commune: &'a Commune) -> PolarsResult<Scope<'a>> {
    let mut sets: Vec<&CriteriaSet> = Vec::new();
    for set in known(input, input.settings.sets.iter()) {
        if !sets.iter().any(|other| other.id == set.id) {
            sets.push(set);
        }
    }
    scope(vec![commune], sets)
}

/// The sets of the catalogue that are put in force.
fn known<'a>(
    input: &Input<'a>,
    in_force: impl Iterator<Item = &'a SetInForce>,
) -> impl Iterator<Item = &'a CriteriaSet> {
    let sets = input.sets;
    in_force.filter_map(move |in_force| sets.iter().find(|set| set.id == in_force.id))
}

fn scope<'a>(communes: Vec<&'a Commune>, sets: Vec<&'a CriteriaSet>) -> PolarsResult<Scope<'a>> {
    Ok(Scope {
        commune_frame: commune_frame(&communes)?,
        set_frame: df!(
            "set_rank" => ranks(sets.len()),
            "set" => sets.iter().map(|set| set.id.as_str()).collect::<Vec<_>>(),
        )?,
        item_frame: item_frame(&sets)?,
        communes,
        sets,
    })
}

/// The items of a set that are judged by themselves: its indicators, or a criterion where its indicators are not known.
pub fn items(set: &CriteriaSet) -> impl Iterator<Item = ItemCode> {
    set.criteria.iter().flat_map(|criterion| {
        let whole = criterion.indicators.is_empty().then(|| criterion.code());
        whole.into_iter().chain(criterion.indicators.iter().map(|indicator| indicator.code))
    })
}

fn commune_frame(communes: &[&Commune]) -> PolarsResult<DataFrame> {
    let valid_from = |commune: &&Commune| commune.valid_from.and_then(Period::of).map(|period| period.to_string());
    df!(
        "commune_rank" => ranks(communes.len()),
        "commune" => communes.iter().map(|commune| commune.code.0.as_str()).collect::<Vec<_>>(),
        "valid_from" => communes.iter().map(|c| valid_from(c).unwrap_or_default()).collect::<Vec<_>>(),
    )
}

fn item_frame(sets: &[&CriteriaSet]) -> PolarsResult<DataFrame> {
    let rows: Vec<(u32, ItemCode)> =
        (0u32..).zip(sets).flat_map(|(rank, set)| items(set).map(move |code| (rank, code))).collect();
    df!(
        "set_rank" => rows.iter().map(|(rank, _)| *rank).collect::<Vec<_>>(),
        "criterion" => rows.iter().map(|(_, code)| u32::from(code.criterion_number())).collect::<Vec<_>>(),
        "indicator" =>
            rows.iter().map(|(_, code)| u32::from(code.indicator_number().unwrap_or(0))).collect::<Vec<_>>(),
    )
}

fn ranks(count: usize) -> Vec<u32> {
    (0u32..).take(count).collect()
}
