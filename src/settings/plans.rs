//! Plans that the office sets for unmet items: a person or office, a task, a day.

use jiff::civil::Date;
use toml::Spanned;

use super::duties::{known_commune, known_item, known_set};
use super::file::PlanFile;
use super::slip::Slips;
use crate::model::{Commune, CommuneCode, CriteriaSet, ItemCode, SetId, Text};

/// A plan set for items of one commune, or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSet {
    /// The commune; all where none is named.
    pub commune: Option<CommuneCode>,
    /// The set.
    pub set: SetId,
    /// The items; of a criterion it and all its indicators.
    pub items: Vec<ItemCode>,
    /// What is set, at least one of its parts.
    pub plan: Part,
    /// The day on which it was set: what is named later counts instead.
    pub date: Date,
}

impl PlanSet {
    /// Whether it is set for an item of a commune.
    #[must_use]
    pub fn is_for(&self, commune: &CommuneCode, set: &SetId, item: ItemCode) -> bool {
        self.commune.as_ref().is_none_or(|only| only == commune) && self.set == *set && self.items.contains(&item)
    }
}

/// The parts of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// Person or office.
    pub owner: Option<String>,
    /// What to do.
    pub task: Option<String>,
    /// By when.
    pub due: Option<Date>,
}

/// The plans in the order of the file.
pub(super) fn plans(
    files: &[PlanFile],
    communes: &[Commune],
    known: &[CriteriaSet],
    slips: &mut Slips<'_>,
) -> Vec<PlanSet> {
    files.iter().filter_map(|file| plan(file, communes, known, slips)).collect()
}

fn plan(file: &PlanFile, communes: &[Commune], known: &[CriteriaSet], slips: &mut Slips<'_>) -> Option<PlanSet> {
    let commune = match &file.commune {
        None => None,
        Some(code) => Some(known_commune(code, communes, slips)?.code.clone()),
    };
    let text = |written: &Option<Spanned<String>>| {
        written.as_ref().map(|text| text.get_ref().clone()).filter(|text| !text.is_empty())
    };
    let plan =
        Part { owner: text(&file.owner), task: text(&file.task), due: file.due.as_ref().map(|due| *due.get_ref()) };
    if plan == Part::default() {
        slips.add(
            &file.span,
            Text::new("kế hoạch không ghi gì", "the plan says nothing"),
            Text::new("ghi ít nhất một trong owner, task, due", "write at least one of owner, task, due"),
        );
    }
    let set = file.set.as_ref().and_then(|id| known_set(id, known, slips))?;
    let mut items: Vec<ItemCode> = Vec::new();
    for written in &file.items {
        let Some(item) = known_item(written, set, slips) else { continue };
        let criterion = set.criterion(item.criterion_number()).filter(|criterion| criterion.code() == item);
        items.push(item);
        items.extend(criterion.iter().flat_map(|c| &c.indicators).map(|indicator| indicator.code));
    }
    items.sort();
    items.dedup();
    Some(PlanSet { commune, set: set.id.clone(), items, plan, date: *file.date.as_ref()?.get_ref() })
}
