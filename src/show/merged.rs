//! A commune before and after a merger: what it was formed of, what it became, and months made from its parts.

use std::collections::BTreeMap;

use serde::Serialize;

use super::words::{day, mark, measured, said, status, word};
use crate::assess::{History, MadeLine, MadeMonth, MadeStatus};
use crate::model::{Commune, CriteriaSet, ItemCode, Lang, Merging, Period, SetId};

/// Nothing before a merger.
static NONE: BTreeMap<Period, MadeMonth> = BTreeMap::new();

/// The sets of which a commune or its parts have something, in the order of the commune's own, then of the catalogue.
pub(super) fn sets<'a>(history: &'a History, sets: &'a [CriteriaSet]) -> Vec<&'a SetId> {
    let mut all: Vec<&SetId> = history.sets.iter().map(|of_set| &of_set.set).collect();
    for set in sets {
        let is_made = history.formed.as_ref().is_some_and(|formed| formed.months.contains_key(&set.id));
        if is_made && !all.contains(&&set.id) {
            all.push(&set.id);
        }
    }
    all
}

/// The months made from a commune's parts.
pub(super) fn months<'a>(history: &'a History, set: &SetId) -> &'a BTreeMap<Period, MadeMonth> {
    history.formed.as_ref().and_then(|formed| formed.months.get(set)).unwrap_or(&NONE)
}

/// `Lập ngày 1/7/2025 từ: Ngọc Lũ (13519), Trung Lương (13546)`, and what became of it.
pub(super) fn boundaries(history: &History, lang: Lang) -> Vec<String> {
    let named = |commune: &Commune| format!("{} ({})", commune.name, commune.code);
    let own = named(&history.commune);
    let mut lines = Vec::new();
    if let Some(formed) = &history.formed {
        let (on, parts) = (day(formed.merger.on), formed.parts.iter().map(named).collect::<Vec<_>>().join(", "));
        lines.push(said(
            lang,
            format!("{own} lập ngày {on} từ: {parts}. Tháng có dấu * là số ghép từ các xã cũ, không phải số báo cáo."),
            format!("{own} was formed on {on} of: {parts}. Months with a * are made from its parts, not reported."),
        ));
    }
    if let Some((commune, on)) = &history.became {
        let (into, on) = (named(commune), day(*on));
        lines.push(said(
            lang,
            format!("{own} nhập vào {into} từ ngày {on}."),
            format!("{own} became a part of {into} on {on}."),
        ));
    }
    lines
}

/// `3/2025*`.
pub(super) fn label(period: Period) -> String {
    format!("{}*", period.short())
}

/// The letters of a made month, criteria and items.
pub(super) fn marks(month: &MadeMonth, lang: Lang) -> Vec<(ItemCode, String)> {
    let letter = |status: MadeStatus| match status {
        MadeStatus::Told(status) => mark(status).get(lang).to_owned(),
        MadeStatus::Anew => said(lang, "L", "A"),
    };
    let criteria = month.criteria.iter().map(|(code, status)| (*code, letter(*status)));
    criteria.chain(month.items.iter().map(|line| (line.code, letter(line.status)))).collect()
}

/// What the letter of a made month means that no other month has.
pub(super) fn legend(lang: Lang) -> String {
    said(
        lang,
        "* số ghép từ các xã cũ: đạt khi mọi xã cũ đều đạt; L phải đánh giá lại cho xã mới",
        "* made from the parts: met where all of them meet it; A to be assessed anew",
    )
}

/// A line a made month: verdict, value, and what the parts say.
pub(super) fn of_item(
    history: &History,
    months: &BTreeMap<Period, MadeMonth>,
    item: ItemCode,
    lang: Lang,
) -> Vec<Vec<String>> {
    let of_month = |(period, month): (&Period, &MadeMonth)| {
        let Some(line) = month.line(item) else {
            let whole = month.criteria.iter().find(|(code, _)| *code == item);
            let verdict = whole.map(|(_, status)| verdict(*status, lang)).unwrap_or_default();
            return vec![label(*period), verdict, String::new(), String::new()];
        };
        let value = line.value.map(|value| measured(value, line.unit.as_deref(), lang)).unwrap_or_default();
        vec![label(*period), verdict(line.status, lang), value, source(history, line, lang)]
    };
    months.iter().map(of_month).collect()
}

pub(super) fn verdict(made: MadeStatus, lang: Lang) -> String {
    match made {
        MadeStatus::Told(told) => status(told).get(lang).to_owned(),
        MadeStatus::Anew => said(lang, "Đánh giá lại", "Assess anew"),
    }
}

/// `mọi xã đều đạt: Ngọc Lũ đạt, Trung Lương chưa đạt`.
fn source(history: &History, line: &MadeLine, lang: Lang) -> String {
    let name = |code: &crate::model::CommuneCode| {
        let parts = history.formed.iter().flat_map(|formed| &formed.parts);
        parts.into_iter().find(|part| part.code == *code).map_or_else(|| code.to_string(), |part| part.name.clone())
    };
    let parts =
        line.parts.iter().map(|(code, told)| format!("{} {}", name(code), status(*told).get(lang).to_lowercase()));
    format!("{}: {}", rule(line.rule, lang), parts.collect::<Vec<_>>().join(", "))
}

/// A rule in words.
pub(super) fn rule(rule: Merging, lang: Lang) -> String {
    match rule {
        Merging::All => said(lang, "mọi xã đều phải đạt", "all must meet it"),
        Merging::Sum => said(lang, "cộng", "sum"),
        Merging::WeightedMean => said(lang, "bình quân theo trọng số", "weighted mean"),
        Merging::Anew => said(lang, "đánh giá lại cho xã mới", "assessed anew"),
    }
}

/// What a commune was formed of.
#[derive(Serialize)]
pub(super) struct JsonFormed<'a> {
    on: String,
    parts: Vec<&'a str>,
}

/// What a commune became.
#[derive(Serialize)]
pub(super) struct JsonBecame<'a> {
    on: String,
    commune: &'a str,
    commune_name: &'a str,
}

/// A month made from the parts.
#[derive(Serialize)]
pub(super) struct JsonMade<'a> {
    period: String,
    without: Vec<&'a str>,
    criteria_met: u32,
    indicators_met: u32,
    items: Vec<JsonLine<'a>>,
}

#[derive(Serialize)]
struct JsonLine<'a> {
    item: String,
    rule: Merging,
    status: &'static str,
    value: Option<f64>,
    unit: Option<&'a str>,
    parts: Vec<JsonPart<'a>>,
}

#[derive(Serialize)]
struct JsonPart<'a> {
    commune: &'a str,
    status: &'static str,
}

pub(super) fn json_formed(history: &History) -> Option<JsonFormed<'_>> {
    let formed = history.formed.as_ref()?;
    let parts = formed.parts.iter().map(|part| part.code.0.as_str());
    Some(JsonFormed { on: formed.merger.on.to_string(), parts: parts.collect() })
}

pub(super) fn json_became(history: &History) -> Option<JsonBecame<'_>> {
    let (commune, on) = history.became.as_ref()?;
    Some(JsonBecame { on: on.to_string(), commune: &commune.code.0, commune_name: &commune.name })
}

/// The made months of a set, of one item or of all.
pub(super) fn json<'a>(history: &'a History, set: &SetId, item: Option<ItemCode>) -> Vec<JsonMade<'a>> {
    let months = months(history, set).iter();
    months
        .map(|(period, month)| JsonMade {
            period: period.to_string(),
            without: month.without.iter().map(|code| code.0.as_str()).collect(),
            criteria_met: month.criteria_counts().met,
            indicators_met: month.item_counts().met,
            items: month.items.iter().filter(|line| item.is_none_or(|item| item == line.code)).map(json_line).collect(),
        })
        .collect()
}

/// The word of JSON.
pub(super) fn made_word(made: MadeStatus) -> &'static str {
    match made {
        MadeStatus::Told(status) => word(status),
        MadeStatus::Anew => "assess_anew",
    }
}

fn json_line(line: &MadeLine) -> JsonLine<'_> {
    JsonLine {
        item: line.code.to_string(),
        rule: line.rule,
        status: made_word(line.status),
        value: line.value,
        unit: line.unit.as_deref(),
        parts: line
            .parts
            .iter()
            .map(|(commune, status)| JsonPart { commune: &commune.0, status: word(*status) })
            .collect(),
    }
}
