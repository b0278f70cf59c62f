//! `mergers.toml`: how the figures of communes become those of the one they were merged into, item by item.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{TemplateError, position};
use crate::model::criteria::IndicatorKind;
use crate::model::{CriteriaSet, ItemCode, Merging, Text};

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MergersFile {
    #[serde(default)]
    kinds: BTreeMap<IndicatorKind, Merging>,
    #[serde(default)]
    items: Vec<ItemsFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemsFile {
    set: Spanned<String>,
    items: Vec<Spanned<String>>,
    rule: Merging,
}

/// Gives every indicator its rule: that of its kind, and over it the one that is named for it.
///
/// # Errors
/// A slip of syntax, or an item that a set does not have, with its line. A set that is not known is read past: an office
/// may have put sets of its own in the place of those that ship.
pub(super) fn lay_over(sets: &mut [CriteriaSet], file: &str, text: &str) -> Result<(), TemplateError> {
    let raw: MergersFile = toml::from_str(text).map_err(|e| TemplateError::of_toml(file, text, &e))?;
    for indicator in sets.iter_mut().flat_map(|set| &mut set.criteria).flat_map(|c| &mut c.indicators) {
        indicator.merging = raw.kinds.get(&indicator.kind).copied().unwrap_or_default();
    }
    for entry in &raw.items {
        let Some(set) = sets.iter_mut().find(|set| set.id.as_str() == entry.set.get_ref()) else { continue };
        for written in &entry.items {
            let text_of = written.get_ref();
            let code = text_of.parse::<ItemCode>().ok().and_then(|code| set.item(code));
            let found = set.criteria.iter_mut().flat_map(|c| &mut c.indicators).find(|i| Some(i.code) == code);
            let Some(indicator) = found else {
                let (line, column) = position(text, written.span().start);
                let message = Text::new(
                    format!("bộ {} không có chỉ tiêu «{text_of}»", set.short_name),
                    format!("the set {} has no indicator \"{text_of}\"", set.short_name),
                );
                return Err(TemplateError { file: file.to_owned(), line, column, message });
            };
            indicator.merging = entry.rule;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Catalogue;
    use super::*;

    fn rule(catalogue: &Catalogue, item: &str) -> Merging {
        let set = catalogue.sets.iter().find(|set| set.id.as_str() == "ntm-2021-2025").unwrap();
        set.indicator(item.parse().unwrap()).unwrap().merging
    }

    fn with(text: &str) -> Result<Catalogue, TemplateError> {
        Catalogue::with_overrides(&BTreeMap::from([("mergers.toml".to_owned(), text.to_owned())]))
    }

    #[test]
    fn an_item_is_merged_by_its_kind_or_by_what_is_named_for_it() {
        let shipped = Catalogue::embedded().unwrap();
        assert_eq!(rule(&shipped, "1.1"), Merging::Anew);
        assert_eq!(rule(&shipped, "2.1"), Merging::WeightedMean);
        let own = with(
            "[kinds]\nratio_pct = \"sum\"\n[[items]]\nset = \"ntm-2021-2025\"\nitems = [\"2.1\"]\nrule = \"all\"\n",
        );
        let own = own.unwrap();
        assert_eq!(
            (rule(&own, "2.1"), rule(&own, "2.2"), rule(&own, "1.1")),
            (Merging::All, Merging::Sum, Merging::All)
        );
    }

    #[test]
    fn an_item_or_a_rule_that_is_not_known_is_a_slip_with_its_line() {
        let slip = with("[[items]]\nset = \"ntm-2021-2025\"\nitems = [\"99.1\"]\nrule = \"all\"\n").unwrap_err();
        assert_eq!((slip.file.as_str(), slip.line, slip.column), ("mergers.toml", 3, 10));
        assert!(with("[kinds]\nyes_no = \"some\"\n").is_err());
    }
}
