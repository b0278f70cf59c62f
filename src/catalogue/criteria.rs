//! `templates/criteria/*.toml` to [`CriteriaSet`]: the only constructor, which proves numbers, codes and totals.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::TemplateError;
use crate::model::criteria::{Better, IndicatorKind};
use crate::model::{Amount, CriteriaSet, Criterion, Indicator, ItemCode, Merging, SetId, Target, Text};

/// The file as written. Keys that only document (sources, names of groups) are read past.
#[derive(Deserialize)]
struct SetFile {
    id: String,
    name: String,
    short_name: String,
    decision: String,
    valid_from: toml::value::Datetime,
    valid_to: toml::value::Datetime,
    criteria_total: usize,
    indicators_total: u32,
    #[serde(default = "yes")]
    indicators_known: bool,
    #[serde(default)]
    commune_groups: Vec<GroupFile>,
    criteria: Vec<CriterionFile>,
}

#[derive(Deserialize)]
struct GroupFile {
    id: String,
}

#[derive(Deserialize)]
struct CriterionFile {
    number: u16,
    name: String,
    group: Option<String>,
    #[serde(default)]
    confirmed: bool,
    #[serde(default)]
    indicators: Vec<IndicatorFile>,
}

#[derive(Deserialize)]
struct IndicatorFile {
    code: ItemCode,
    name: String,
    kind: IndicatorKind,
    unit: String,
    op: Better,
    #[serde(default)]
    aliases: Vec<ItemCode>,
    #[serde(default)]
    confirmed: bool,
    #[serde(default = "one")]
    lines: u32,
    /// By region; `general` is every region.
    #[serde(default)]
    targets: BTreeMap<String, Written>,
}

/// A target as the decision gives it.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Written {
    Number(f64),
    Words(String),
}

impl From<Written> for Amount {
    fn from(written: Written) -> Self {
        match written {
            Written::Number(number) => Amount::Number(number),
            Written::Words(words) => Amount::Words(words),
        }
    }
}

fn one() -> u32 {
    1
}

fn yes() -> bool {
    true
}

/// The set a file describes.
///
/// # Errors
/// A slip of syntax with its line; a number out of order, a code of another criterion, or totals that do not add up.
pub fn parse(file: &str, text: &str) -> Result<CriteriaSet, TemplateError> {
    let raw: SetFile = toml::from_str(text).map_err(|e| TemplateError::of_toml(file, text, &e))?;
    let wrong = |vi: String, en: String| Err(TemplateError::whole_file(file, Text::new(vi, en)));
    let (Some(valid_from), Some(valid_to)) = (date(raw.valid_from), date(raw.valid_to)) else {
        return wrong("valid_from, valid_to phải là ngày".into(), "valid_from and valid_to must be dates".into());
    };
    if valid_from > valid_to {
        return wrong("valid_from sau valid_to".into(), "valid_from lies after valid_to".into());
    }
    let criteria: Vec<Criterion> = raw.criteria.into_iter().map(criterion).collect();
    for (criterion, expected) in criteria.iter().zip(1u16..) {
        if criterion.number != expected {
            return wrong(
                format!("tiêu chí số {} đứng ở vị trí {expected}", criterion.number),
                format!("criterion {} stands where {expected} is expected", criterion.number),
            );
        }
        if let Some(stray) = criterion.indicators.iter().find(|i| i.code.criterion_number() != criterion.number) {
            return wrong(
                format!("chỉ tiêu {} nằm trong tiêu chí {}", stray.code, criterion.number),
                format!("indicator {} stands in criterion {}", stray.code, criterion.number),
            );
        }
        if !criterion.indicators.is_sorted_by(|a, b| a.code < b.code) {
            return wrong(
                format!("chỉ tiêu của tiêu chí {} lặp hoặc sai thứ tự", criterion.number),
                format!("the indicators of criterion {} repeat or are out of order", criterion.number),
            );
        }
    }
    let indicators: usize = criteria.iter().map(|c| c.indicators.len()).sum();
    let complete = !raw.indicators_known || indicators == raw.indicators_total as usize;
    if criteria.len() != raw.criteria_total || !complete {
        return wrong(
            format!(
                "có {} tiêu chí, {indicators} chỉ tiêu, không khớp với tổng {}/{}",
                criteria.len(),
                raw.criteria_total,
                raw.indicators_total
            ),
            format!(
                "{} criteria and {indicators} indicators, the totals say {}/{}",
                criteria.len(),
                raw.criteria_total,
                raw.indicators_total
            ),
        );
    }
    Ok(CriteriaSet {
        id: SetId::from(raw.id.as_str()),
        name: raw.name,
        short_name: raw.short_name,
        decision: raw.decision,
        valid_from,
        valid_to,
        criteria,
        indicators_total: raw.indicators_total,
        indicators_known: raw.indicators_known,
        commune_groups: raw.commune_groups.into_iter().map(|group| group.id).collect(),
    })
}

fn criterion(raw: CriterionFile) -> Criterion {
    Criterion {
        number: raw.number,
        name: raw.name,
        group: raw.group,
        confirmed: raw.confirmed,
        indicators: raw
            .indicators
            .into_iter()
            .map(|i| Indicator {
                code: i.code,
                name: i.name,
                kind: i.kind,
                unit: i.unit,
                better: i.op,
                aliases: i.aliases,
                confirmed: i.confirmed,
                lines: i.lines.max(1),
                targets: targets(i.targets, i.confirmed),
                merging: Merging::default(),
            })
            .collect(),
    }
}

/// The targets of all regions first: those of one region stand over them.
fn targets(written: BTreeMap<String, Written>, confirmed: bool) -> Vec<Target> {
    let mut targets: Vec<Target> = written
        .into_iter()
        .map(|(region, amount)| Target {
            amount: amount.into(),
            region: (region != "general").then_some(region),
            group: None,
            from: None,
            to: None,
            confirmed,
            decision: None,
        })
        .collect();
    targets.sort_by_key(|target| target.region.is_some());
    targets
}

fn date(moment: toml::value::Datetime) -> Option<Date> {
    let date = moment.date?;
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "id = 'a'\nname = 'A'\nshort_name = 'A'\ndecision = ''\nvalid_from = 2021-01-01\nvalid_to = 2025-12-31\n";

    fn message(body: &str) -> String {
        parse("a.toml", &format!("{HEAD}{body}")).unwrap_err().message.en
    }

    #[test]
    fn totals_numbers_and_codes_are_proved() {
        let one = "[[criteria]]\nnumber = 1\nname = 'x'\n";
        assert!(message(&format!("criteria_total = 2\nindicators_total = 0\n{one}")).contains("totals say 2/0"));
        let second = one.replace("number = 1", "number = 2");
        assert!(
            message(&format!("criteria_total = 1\nindicators_total = 0\n{second}")).contains("where 1 is expected")
        );
        let stray =
            format!("{one}[[criteria.indicators]]\ncode = '2.1'\nname = ''\nkind = 'yes_no'\nunit = ''\nop = 'yes'\n");
        assert!(message(&format!("criteria_total = 1\nindicators_total = 1\n{stray}")).contains("in criterion 1"));
    }

    #[test]
    fn a_code_written_as_a_number_is_refused() {
        let body = "criteria_total = 1\nindicators_total = 1\n[[criteria]]\nnumber = 17\nname = ''\n[[criteria.indicators]]\ncode = 17.10\n";
        let error = parse("a.toml", &format!("{HEAD}{body}")).unwrap_err();
        assert_eq!(error.line, 13);
    }
}
