//! `ntm history`: one commune month by month, one item or all of them, with the file and cell of each.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::columns;
use super::merged;
use super::person::Colour;
use super::words::{day, item_name, mark, measured, place, said, set_name, status, word};
use crate::assess::{Counts, Hand, History, Line, MadeMonth, Reported, SetHistory, Statement};
use crate::model::{CriteriaSet, ItemCode, Lang, Period, SetId};

/// The history for people: of one item a line a month, else all items in rows and the months in columns, as many of the
/// last ones as a terminal has room for.
#[must_use]
pub fn text(
    history: &History,
    sets: &[CriteriaSet],
    item: Option<ItemCode>,
    lang: Lang,
    colour: Colour,
    terminal: Option<usize>,
) -> String {
    let commune = &history.commune;
    let bold = |text: &str| super::person::bold(text, colour);
    let mut out = String::new();
    for line in merged::boundaries(history, lang) {
        let _ = writeln!(out, "{line}");
    }
    if !out.is_empty() {
        out.push('\n');
    }
    let heads = out.len();
    for set in merged::sets(history, sets) {
        let of_set = history.sets.iter().find(|of_set| of_set.set == *set);
        let before = merged::months(history, set);
        let own = item.map(|item| sets.iter().find(|s| s.id == *set).and_then(|set| set.item(item)));
        let id = set;
        let set = set_name(sets, id);
        let heading = match own {
            Some(None) => continue,
            Some(Some(item)) => {
                let name = item_name(sets, id, item).unwrap_or_default();
                said(
                    lang,
                    format!("{} ({}), {set}, mục {item}: {name}", commune.name, commune.code),
                    format!("{} ({}), {set}, item {item}: {name}", commune.name, commune.code),
                )
            }
            None => format!("{} ({}), {set}", commune.name, commune.code),
        };
        let _ = writeln!(out, "{}", bold(&heading));
        let mut left_out = 0;
        let rows = match own.flatten() {
            Some(item) => {
                let mut rows = merged::of_item(history, before, item, lang);
                rows.extend(of_set.into_iter().flat_map(|of_set| of_item(of_set, item, lang)));
                rows.insert(0, item_heading(lang));
                rows
            }
            None => {
                let mut rows = of_all(of_set, before, lang);
                left_out = fit(&mut rows, terminal);
                rows
            }
        };
        for line in columns::lines(&rows, "  ") {
            let _ = writeln!(out, "{line}");
        }
        if own.is_none() {
            let legend = said(
                lang,
                "Đ đạt, C chưa đạt, K không áp dụng, ? không ghi đánh giá, · không báo cáo",
                "M met, N not met, - not applicable, ? no verdict, · not reported",
            );
            let _ = writeln!(out, "  {legend}");
            if left_out > 0 {
                let rest = said(
                    lang,
                    format!(
                        "{left_out} cột tháng trước đó không vừa màn hình: mở rộng cửa sổ, hoặc ntm history XÃ MỤC"
                    ),
                    format!(
                        "{left_out} columns of earlier months have no room: widen the window, or ntm history COMMUNE ITEM"
                    ),
                );
                let _ = writeln!(out, "  {rest}");
            }
            if !before.is_empty() {
                let _ = writeln!(out, "  {}", merged::legend(lang));
            }
            out.push('\n');
            for line in of_set.iter().flat_map(|of_set| columns::lines(&files(of_set, lang), "  ")) {
                let _ = writeln!(out, "{line}");
            }
        }
        out.push('\n');
    }
    if out.len() == heads {
        let none = said(
            lang,
            format!("Xã {} chưa có báo cáo nào trong dữ liệu.", commune.name),
            format!("Nothing is stored of {}.", commune.name),
        );
        let _ = writeln!(out, "{none}");
    }
    out
}

fn item_heading(lang: Lang) -> Vec<String> {
    let heading = [
        said(lang, "Tháng", "Month"),
        said(lang, "Đánh giá", "Verdict"),
        said(lang, "Kết quả", "Value"),
        said(lang, "Nguồn", "Source"),
    ];
    heading.to_vec()
}

/// A line a month: verdict, value, and where they stand.
fn of_item(of_set: &SetHistory, item: ItemCode, lang: Lang) -> Vec<Vec<String>> {
    let of_month = |(label, reported): (String, Option<&Reported>)| {
        let line = reported.and_then(|reported| reported.line(item));
        let Some(line) = line else {
            return vec![label, said(lang, "chưa có báo cáo", "no report"), String::new(), String::new()];
        };
        let verdict = status(line.status).get(lang).to_owned();
        let verdict = match line.hand {
            Hand::Commune => verdict,
            Hand::District => said(lang, format!("{verdict} (cấp trên)"), format!("{verdict} (district)")),
            Hand::Decision => said(lang, format!("{verdict} (quyết định)"), format!("{verdict} (decision)")),
        };
        let stands_in = if line.hand == Hand::District { line.reviewed() } else { line.own() };
        let source = stands_in.map(|own| format!("{}, {}", own.file, place(&own.sheet, &own.cell, lang)));
        let counting = reported.and_then(Reported::counting).map(|version| version.file.clone());
        let value = line.own().and_then(|own| value(own, lang)).unwrap_or_default();
        vec![label, verdict, value, source.or(counting).unwrap_or_default()]
    };
    told(of_set).into_iter().map(of_month).collect()
}

/// The months in order; those that follow each other without any report are told as one: `5–10/2022`.
fn told(of_set: &SetHistory) -> Vec<(String, Option<&Reported>)> {
    let runs = of_set.months.chunk_by(|(_, one), (_, next)| one.is_none() && next.is_none());
    let label = |run: &[(Period, Option<Reported>)]| match run {
        [(first, _), .., (last, _)] if first.year() == last.year() => format!("{}–{}", first.month(), last.short()),
        [(first, _), .., (last, _)] => format!("{}–{}", first.short(), last.short()),
        _ => run.first().map(|(period, _)| period.short()).unwrap_or_default(),
    };
    runs.map(|run| (label(run), run.first().and_then(|(_, reported)| reported.as_ref()))).collect()
}

/// Takes out the columns of the first months for which a terminal has no room; how many.
fn fit(rows: &mut [Vec<String>], terminal: Option<usize>) -> usize {
    let Some(terminal) = terminal else { return 0 };
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns)
        .map(|column| rows.iter().map(|row| super::table::width_of(&row[column])).max().unwrap_or_default() + 2)
        .collect();
    let mut room = terminal.saturating_sub(widths.first().copied().unwrap_or_default());
    let fits = widths.iter().skip(1).rev().take_while(|width| {
        let has_room = room >= **width;
        room = room.saturating_sub(**width);
        has_room
    });
    // The last month is told however narrow it is.
    let left_out = columns.saturating_sub(1).saturating_sub(fits.count().max(1));
    rows.iter_mut().for_each(|row| drop(row.drain(1..=left_out)));
    left_out
}

/// The value as understood, else as written.
pub(super) fn value(own: &Statement, lang: Lang) -> Option<String> {
    own.value.map(|value| measured(value, own.unit.as_deref(), lang)).or_else(|| own.text.clone())
}

/// A month as it stands in a column.
struct MonthColumn {
    label: String,
    /// `14/19`, `60/75`.
    totals: Option<[Counts; 2]>,
    marks: Vec<(ItemCode, String)>,
}

/// Months in columns, those made from parts before a commune's own: totals first, then a row for each criterion and item.
fn of_all(of_set: Option<&SetHistory>, before: &BTreeMap<Period, MadeMonth>, lang: Lang) -> Vec<Vec<String>> {
    let made = before.iter().map(|(period, month)| MonthColumn {
        label: merged::label(*period),
        totals: Some([month.criteria_counts(), month.item_counts()]),
        marks: merged::marks(month, lang),
    });
    let own = of_set.map(told).unwrap_or_default().into_iter().map(|(label, reported)| MonthColumn {
        label,
        totals: reported.map(|reported| [reported.criteria_counts(), reported.item_counts()]),
        marks: reported
            .iter()
            .flat_map(|reported| reported.criteria.iter().chain(&reported.items))
            .map(|line| (line.code, mark(line.status).get(lang).to_owned()))
            .collect(),
    });
    let months: Vec<MonthColumn> = made.chain(own).collect();
    let labels = months.iter().map(|month| month.label.clone());
    let mut rows = vec![std::iter::once(said(lang, "Mục", "Item")).chain(labels).collect::<Vec<_>>()];
    let totals = |label: String, which: usize| {
        let figures = months.iter().map(|month| {
            let counts = month.totals.map(|totals| totals[which]);
            counts.map_or_else(|| "–".to_owned(), |counts| format!("{}/{}", counts.met, counts.total()))
        });
        std::iter::once(label).chain(figures).collect::<Vec<_>>()
    };
    rows.push(totals(said(lang, "Tiêu chí đạt", "Criteria met"), 0));
    rows.push(totals(said(lang, "Chỉ tiêu đạt", "Indicators met"), 1));
    let mut marks: BTreeMap<ItemCode, Vec<String>> = BTreeMap::new();
    for (column, month) in months.iter().enumerate() {
        for (code, mark) in &month.marks {
            let row = marks.entry(*code).or_insert_with(|| vec!["–".to_owned(); months.len()]);
            row[column].clone_from(mark);
        }
    }
    rows.extend(marks.into_iter().map(|(code, marks)| {
        let label = if code.indicator_number().is_some() { format!("  {code}") } else { code.to_string() };
        std::iter::once(label).chain(marks).collect()
    }));
    rows
}

/// The file of each month.
fn files(of_set: &SetHistory, lang: Lang) -> Vec<Vec<String>> {
    let heading =
        [said(lang, "Tháng", "Month"), said(lang, "Nhận ngày", "Received"), said(lang, "Tệp", "File")].to_vec();
    let of_month = |(label, reported): (String, Option<&Reported>)| {
        let Some(version) = reported.and_then(Reported::counting) else {
            return vec![label, String::new(), said(lang, "chưa có báo cáo", "no report")];
        };
        let versions = reported.map_or(0, |reported| reported.versions.len());
        let again = match versions {
            0 | 1 => String::new(),
            n => said(lang, format!(" (bản thứ {n})"), format!(" (version {n})")),
        };
        let late = if version.late { said(lang, " (muộn)", " (late)") } else { String::new() };
        let file = said(
            lang,
            format!("{}, trang «{}»{again}", version.file, version.sheet),
            format!("{}, sheet {:?}{again}", version.file, version.sheet),
        );
        vec![label, format!("{}{late}", day(version.received_at.date())), file]
    };
    std::iter::once(heading).chain(told(of_set).into_iter().map(of_month)).collect()
}

#[derive(Serialize)]
struct Json<'a> {
    schema: u32,
    commune: &'a str,
    commune_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    formed: Option<merged::JsonFormed<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    became: Option<merged::JsonBecame<'a>>,
    sets: Vec<JsonSet<'a>>,
}

#[derive(Serialize)]
struct JsonSet<'a> {
    criteria_set: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    made_months: Vec<merged::JsonMade<'a>>,
    months: Vec<JsonMonth<'a>>,
}

#[derive(Serialize)]
struct JsonMonth<'a> {
    period: String,
    file: Option<&'a str>,
    sha256: Option<&'a str>,
    received_at: Option<String>,
    versions: usize,
    criteria_met: Option<u32>,
    indicators_met: Option<u32>,
    items: Vec<JsonLine<'a>>,
}

#[derive(Serialize)]
struct JsonLine<'a> {
    item: String,
    status: &'static str,
    value: Option<f64>,
    unit: Option<&'a str>,
    sheet: Option<&'a str>,
    cell: Option<&'a str>,
    value_cell: Option<&'a str>,
}

/// The history as one JSON object on one line.
///
/// # Errors
/// Only where serde fails: a fault of ours.
pub fn json(history: &History, sets: &[CriteriaSet], item: Option<ItemCode>) -> Result<String, serde_json::Error> {
    let wanted = |set: &SetId| sets.iter().find(|of| of.id == *set).and_then(|set| set.item(item?));
    let shown = merged::sets(history, sets).into_iter().filter(|set| item.is_none() || wanted(set).is_some());
    let json_set = |set: &'_ SetId| {
        let own = history.sets.iter().find(|of_set| of_set.set == *set);
        let months = own.iter().flat_map(|of_set| &of_set.months);
        (wanted(set), months.map(|(period, month)| json_month(*period, month, wanted(set))).collect())
    };
    serde_json::to_string(&Json {
        schema: 1,
        commune: &history.commune.code.0,
        commune_name: &history.commune.name,
        formed: merged::json_formed(history),
        became: merged::json_became(history),
        sets: shown
            .map(|set| {
                let (item, months) = json_set(set);
                JsonSet { criteria_set: set.as_str(), made_months: merged::json(history, set, item), months }
            })
            .collect(),
    })
}

fn json_month(period: Period, reported: &Option<Reported>, item: Option<ItemCode>) -> JsonMonth<'_> {
    let version = reported.as_ref().and_then(Reported::counting);
    // A criterion with one indicator is one item, not two.
    let lines = reported.iter().flat_map(|reported| {
        let whole = |line: &&Line| !reported.items.iter().any(|item| item.code == line.code);
        reported.criteria.iter().filter(whole).chain(&reported.items)
    });
    let mut lines: Vec<&Line> = lines.filter(|line| item.is_none_or(|item| item == line.code)).collect();
    lines.sort_by_key(|line| line.code);
    JsonMonth {
        period: period.to_string(),
        file: version.map(|version| version.file.as_str()),
        sha256: version.map(|version| version.sha256.as_str()),
        received_at: version.map(|version| version.received_at.to_string()),
        versions: reported.as_ref().map_or(0, |reported| reported.versions.len()),
        criteria_met: reported.as_ref().map(|reported| reported.criteria_counts().met),
        indicators_met: reported.as_ref().map(|reported| reported.item_counts().met),
        items: lines
            .into_iter()
            .map(|line| JsonLine {
                item: line.code.to_string(),
                status: word(line.status),
                value: line.own().and_then(|own| own.value),
                unit: line.own().and_then(|own| own.unit.as_deref()),
                sheet: line.own().map(|own| own.sheet.as_str()),
                cell: line.own().map(|own| own.cell.as_str()),
                value_cell: line.own().and_then(|own| own.value_cell.as_deref()),
            })
            .collect(),
    }
}
