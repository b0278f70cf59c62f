//! `conditions.toml`: what share of its communes a unit needs.

use serde::Deserialize;

use super::TemplateError;
use crate::model::condition::Condition;
use crate::model::{CriteriaSet, Text};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionsFile {
    #[serde(default)]
    conditions: Vec<Condition>,
}

/// The conditions of a file. One of a set that is not known is left out: an office may have put sets of its own in the
/// place of those that ship.
///
/// # Errors
/// A slip of syntax, or a share that is none.
pub(super) fn parse(file: &str, text: &str, sets: &[CriteriaSet]) -> Result<Vec<Condition>, TemplateError> {
    let raw: ConditionsFile = toml::from_str(text).map_err(|e| TemplateError::of_toml(file, text, &e))?;
    let mut conditions = raw.conditions;
    if let Some(share) = conditions.iter().flat_map(|one| &one.shares).find(|share| !(1..=100).contains(&share.least)) {
        return Err(TemplateError::whole_file(
            file,
            Text::new(
                format!("tỷ lệ xã là {}%, cần từ 1 đến 100", share.least),
                format!("the share of communes is {}%, expected 1 to 100", share.least),
            ),
        ));
    }
    conditions.retain(|one| one.shares.iter().all(|share| sets.iter().any(|set| set.id == share.set)));
    Ok(conditions)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Catalogue;

    #[test]
    fn what_ships_was_not_read_in_its_decision_and_says_so() {
        let shipped = Catalogue::embedded().unwrap().conditions;
        assert!(!shipped.is_empty() && shipped.iter().all(|condition| !condition.confirmed));
    }

    #[test]
    fn a_workspace_has_conditions_of_its_own() {
        let with = |least: u32| {
            let text = format!(
                "[[conditions]]\nname = \"A\"\ndecision = \"B\"\nunits = [\"huyện\"]\nconfirmed = true\n\
                 [[conditions.shares]]\nset = \"ntm-2021-2025\"\nleast = {least}\n"
            );
            Catalogue::with_overrides(&BTreeMap::from([("conditions.toml".to_owned(), text)]))
        };
        let own = with(80).unwrap().conditions;
        assert_eq!((own.len(), own[0].shares[0].least), (1, 80));
        let period = "2023-04".parse().unwrap();
        assert!(own[0].holds_for("Huyện Bình Lục", period) && !own[0].holds_for("tỉnh Hà Nam", period));
        assert_eq!(with(101).unwrap_err().message.vi, "tỷ lệ xã là 101%, cần từ 1 đến 100");
    }
}
