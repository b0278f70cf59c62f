//! Why a figure of a month before a merger is what it is: the rule, and the cells of each part.

use serde::Serialize;

use super::merged::{made_word, rule, verdict};
use super::why::{Json, Names, cells, object, section};
use super::words::{day, measured, said, status};
use crate::assess::{Composed, Status, Why};
use crate::model::{Commune, Lang, Merging};

/// Writes the chain of a made figure.
pub(super) fn text(out: &mut String, composed: &Composed, lang: Lang) {
    let (on, period) = (day(composed.merger.on), composed.period.short());
    let lead = said(
        lang,
        format!(
            "Xã lập ngày {on}. Số tháng {period} ghép từ các xã cũ, không phải số xã báo cáo, không so sánh với số xã mới báo cáo."
        ),
        format!(
            "The commune was formed on {on}. The figure of {period} is made from its parts: it was not reported, and is not compared with what the new commune reports."
        ),
    );
    out.push_str(&format!("  {lead}\n"));
    section(out, &said(lang, "Cách ghép", "Rule"), rules(composed, lang));
    for (part, why) in &composed.parts {
        section(out, &part.name, of_part(why.as_ref(), lang));
    }
}

fn rules(composed: &Composed, lang: Lang) -> Vec<String> {
    let made = verdict(composed.status, lang).to_lowercase();
    let Some(line) = &composed.line else {
        let whole = said(
            lang,
            format!("tiêu chí tính theo các chỉ tiêu đã ghép: {made}"),
            format!("the criterion is what its made indicators come to: {made}"),
        );
        return vec![whole];
    };
    let value = line.value.map(|value| measured(value, line.unit.as_deref(), lang));
    let value = value.map(|value| said(lang, format!(", kết quả {value}"), format!(", value {value}")));
    vec![format!("{} → {made}{}", rule(line.rule, lang), value.unwrap_or_default())]
}

/// What a part says, and where: the cells of its report, or how it was made itself.
fn of_part(why: Option<&Why>, lang: Lang) -> Vec<String> {
    let none = || vec![said(lang, "không có báo cáo tháng đó", "no report of that month")];
    let Some(why) = why else { return none() };
    if let Some(composed) = &why.composed {
        let parts = composed.parts.iter().flat_map(|(part, why)| {
            of_part(why.as_ref(), lang).into_iter().map(|line| format!("{}: {line}", part.name))
        });
        return rules(composed, lang).into_iter().chain(parts).collect();
    }
    let Some(reported) = &why.reported else { return none() };
    let state = why.line().map_or(Status::NotReported, |line| line.status);
    let state = status(state).get(lang).to_lowercase();
    let file = reported.counting().map(|version| version.file.as_str()).unwrap_or_default();
    std::iter::once(format!("{state}; {file}")).chain(cells(why.line(), lang)).collect()
}

/// A made figure as JSON.
#[derive(Serialize)]
pub(super) struct JsonComposed<'a> {
    on: String,
    period: String,
    status: &'static str,
    rule: Option<Merging>,
    value: Option<f64>,
    unit: Option<&'a str>,
    parts: Vec<JsonPart<'a>>,
}

#[derive(Serialize)]
struct JsonPart<'a> {
    commune: &'a str,
    commune_name: &'a str,
    chain: Option<Json<'a>>,
}

pub(super) fn json<'a>(composed: &'a Composed, names: Names<'a>, lang: Lang) -> JsonComposed<'a> {
    let part = |(part, why): &'a (Commune, Option<Why>)| JsonPart {
        commune: &part.code.0,
        commune_name: &part.name,
        chain: why.as_ref().map(|why| object(why, Names { commune: part, ..names }, lang)),
    };
    JsonComposed {
        on: composed.merger.on.to_string(),
        period: composed.period.to_string(),
        status: made_word(composed.status),
        rule: composed.line.as_ref().map(|line| line.rule),
        value: composed.line.as_ref().and_then(|line| line.value),
        unit: composed.line.as_ref().and_then(|line| line.unit.as_deref()),
        parts: composed.parts.iter().map(part).collect(),
    }
}
