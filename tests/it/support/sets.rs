//! The shipped criteria sets, as far as making a report needs them; also included by `benches/`.

use serde::Deserialize;

/// A criteria set of `templates/criteria`.
#[derive(Debug, Deserialize)]
pub(crate) struct Set {
    pub(crate) id: String,
    pub(crate) criteria: Vec<Criterion>,
}

/// One criterion with its indicators.
#[derive(Debug, Deserialize)]
pub(crate) struct Criterion {
    pub(crate) number: u16,
    pub(crate) name: String,
    pub(crate) group: String,
    pub(crate) indicators: Vec<Indicator>,
}

/// One indicator, named by its code as text.
#[derive(Debug, Deserialize)]
pub(crate) struct Indicator {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) unit: String,
}

impl Set {
    /// All indicators in the order of the decision.
    pub(crate) fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.criteria.iter().flat_map(|criterion| &criterion.indicators)
    }
}

/// The 19 criteria and 57 indicators of NTM 2021-2025.
pub(crate) fn ntm() -> Set {
    parse(include_str!("../../../templates/criteria/ntm-2021-2025.toml"))
}

/// The 19 criteria and 75 indicators of NTM nâng cao 2021-2025.
pub(crate) fn nang_cao() -> Set {
    parse(include_str!("../../../templates/criteria/ntm-nang-cao-2021-2025.toml"))
}

fn parse(text: &str) -> Set {
    toml::from_str(text).expect("the shipped set is well-formed")
}
