//! `targets/*.toml` of a workspace: a province's or an office's own figures, laid over those of the national sets.

use serde::Deserialize;
use toml::Spanned;

use super::criteria::Written;
use super::{TemplateError, position};
use crate::model::{CriteriaSet, ItemCode, Period, Target, Text};

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetsFile {
    set: Spanned<String>,
    decision: String,
    #[serde(default)]
    targets: Vec<TargetFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetFile {
    item: Spanned<String>,
    target: Written,
    region: Option<String>,
    group: Option<Spanned<String>>,
    from: Option<Period>,
    to: Option<Period>,
    /// What an office writes itself, it has read; it may say that it has not.
    #[serde(default = "yes")]
    confirmed: bool,
}

fn yes() -> bool {
    true
}

/// Lays the figures of a file over the sets; they count instead of those that stood there.
///
/// # Errors
/// A slip of syntax, a set or an item that is not known, each with its line.
pub(super) fn lay_over(sets: &mut [CriteriaSet], file: &str, text: &str) -> Result<(), TemplateError> {
    let raw: TargetsFile = toml::from_str(text).map_err(|e| TemplateError::of_toml(file, text, &e))?;
    let slip = |at: usize, message: Text| {
        let (line, column) = position(text, at);
        TemplateError { file: file.to_owned(), line, column, message }
    };
    let wanted = raw.set.get_ref();
    let Some(set) = sets.iter_mut().find(|set| set.id.as_str() == wanted) else {
        let message =
            Text::new(format!("không có bộ tiêu chí «{wanted}»"), format!("there is no criteria set \"{wanted}\""));
        return Err(slip(raw.set.span().start, message));
    };
    for one in raw.targets {
        let written = one.item.get_ref().as_str();
        let code = written.parse::<ItemCode>().ok().and_then(|code| set.item(code));
        let found = set.criteria.iter_mut().flat_map(|c| &mut c.indicators).find(|i| Some(i.code) == code);
        let Some(indicator) = found else {
            let message = Text::new(
                format!("bộ {} không có chỉ tiêu «{written}»", set.short_name),
                format!("the set {} has no indicator \"{written}\"", set.short_name),
            );
            return Err(slip(one.item.span().start, message));
        };
        if let Some(group) = one.group.as_ref().filter(|group| !set.commune_groups.contains(group.get_ref())) {
            let name = group.get_ref();
            let message = Text::new(
                format!("bộ {} không có nhóm xã «{name}»", set.short_name),
                format!("the set {} has no group \"{name}\"", set.short_name),
            );
            return Err(slip(group.span().start, message));
        }
        indicator.targets.push(Target {
            amount: one.target.into(),
            region: one.region,
            group: one.group.map(Spanned::into_inner),
            from: one.from,
            to: one.to,
            confirmed: one.confirmed,
            decision: Some(raw.decision.clone()),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Catalogue;
    use super::*;
    use crate::model::{Amount, Circumstances};

    const FILE: &str = "targets/ha-nam.toml";

    fn laid(body: &str) -> Result<Catalogue, TemplateError> {
        let text = format!("set = 'ntm-2021-2025'\ndecision = 'Quyết định 01/QĐ-UBND'\n{body}");
        Catalogue::with_overrides(&BTreeMap::from([(FILE.to_owned(), text)]))
    }

    #[test]
    fn a_province_s_figure_counts_instead_of_the_national_one_from_its_month_on() {
        let catalogue = laid("[[targets]]\nitem = '15.4'\ntarget = 80\nfrom = '2024-01'").unwrap();
        let indicator = catalogue.sets[0].indicator("15.4".parse().unwrap()).unwrap();
        let in_month = |month: &str| {
            let of = Circumstances { region: Some("dbsh"), group: None, period: month.parse().unwrap() };
            let target = indicator.target(of).unwrap();
            (target.amount.clone(), target.decision.clone())
        };
        assert_eq!(in_month("2023-12"), (Amount::Number(70.0), None));
        assert_eq!(in_month("2024-01"), (Amount::Number(80.0), Some("Quyết định 01/QĐ-UBND".to_owned())));
    }

    #[test]
    fn slips_are_told_with_their_line() {
        let told = |body: &str| {
            let error = laid(body).unwrap_err();
            (error.file, error.line, error.message.vi)
        };
        let unknown = told("[[targets]]\nitem = '15.9'\ntarget = 80");
        assert_eq!(unknown, (FILE.to_owned(), 4, "bộ NTM không có chỉ tiêu «15.9»".to_owned()));
        assert_eq!(told("[[targets]]\nitem = '15.4'\ntarget = 80\ngroup = 'nhom-1'").1, 6);
        assert_eq!(told("[[targets]]\nitem = '15.4'\namount = 80").1, 5);
        let error = Catalogue::with_overrides(&BTreeMap::from([(FILE.to_owned(), "set = 'x'\ndecision = ''".into())]));
        assert_eq!(error.unwrap_err().line, 1);
    }
}
