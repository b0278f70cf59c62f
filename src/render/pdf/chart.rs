//! A chart as one slab: bars or lines with a label at every figure. Its inks are as far apart in grey as in colour.

use super::flow::Slab;
use super::fonts::Face;
use super::numbers;
use super::page::{Fill, Ink, Item, Rule};
use super::style::{CAPTION, Frame, HAIRLINE, Setting};
use super::text::{Set, Slot, plain_lines};
use crate::model::Lang;
use crate::model::report::{CellValue, Drawing, DrawingKind, Series};

/// Names and figures.
const LABEL: Setting = Setting { size: 9.5, leading: 11.5 };
/// The inks of the series, from dark to light; where there are more they come again.
const INKS: [Ink; 3] = [Ink(52, 78, 120), Ink(158, 184, 214), Ink(110, 110, 110)];
/// The lines behind the field of lines.
const GRID: Ink = Ink(205, 205, 205);
/// The height of a bar and the room between two groups of bars.
const BAR: (f32, f32) = (10.0, 5.0);
/// The height of the field of lines.
const FIELD: f32 = 120.0;
/// The side of the mark on a line.
const MARK: f32 = 4.0;
/// Dash and gap of every second line.
const DASH: (f32, f32) = (4.0, 3.0);

/// The chart with its caption and the names of its series; nothing where there is nothing to draw.
pub(super) fn slab(chart: &Drawing, frame: Frame, lang: Lang) -> Option<Slab> {
    let values = || chart.series.iter().flat_map(|series| &series.values).flatten().copied();
    if chart.categories.is_empty() || values().next().is_none() || values().any(|value| !value.is_finite()) {
        return None;
    }
    let width = frame.text_width();
    let mut canvas = Canvas { items: Vec::new(), lang, decimals: chart.decimals, width, y: 0.0 };
    canvas.head(chart);
    match chart.kind {
        DrawingKind::Bars => canvas.bars(chart, values().fold(0.0, f64::max)),
        DrawingKind::Lines => canvas.lines(chart, values().fold(f64::MAX, f64::min), values().fold(0.0, f64::max)),
    }
    for item in &mut canvas.items {
        if let Item::Text(run) = item {
            run.space = true;
        }
    }
    // Its block is counted where it is put among others.
    let alternative = Some((0, told(chart, lang)));
    Some(Slab { height: canvas.y, above: 10.0, items: canvas.items, alternative, ..Slab::default() })
}

/// The chart in words: its caption, then each series with its figures.
fn told(chart: &Drawing, lang: Lang) -> String {
    let figure = |value: f64| numbers::shown(&CellValue::Decimal { value, decimals: chart.decimals }, lang);
    let series = chart.series.iter().map(|series| {
        let figures = chart.categories.iter().zip(&series.values);
        let figures = figures.filter_map(|(category, value)| Some(format!("{category} {}", figure((*value)?))));
        format!("{}: {}", series.name, figures.collect::<Vec<_>>().join(", "))
    });
    format!("{} ({}). {}", chart.caption, chart.unit, series.collect::<Vec<_>>().join("; "))
}

/// What is drawn so far, and how far down.
struct Canvas {
    items: Vec<Item>,
    lang: Lang,
    decimals: u8,
    width: f32,
    y: f32,
}

impl Canvas {
    /// The caption with what is counted, then a swatch and a name for each series.
    fn head(&mut self, chart: &Drawing) {
        let caption = format!("{} ({})", chart.caption, chart.unit);
        for line in plain_lines(&caption, Face::Bold, CAPTION.size, self.width) {
            let slot = Slot { x: 0.0, y: self.y, width: self.width, leading: CAPTION.leading };
            self.items.extend(line.draw(slot, Set::Center, CAPTION.size, Ink::BLACK));
            self.y += CAPTION.leading;
        }
        self.y += 3.0;
        let name_width = |series: &Series| Face::Regular.width(&series.name, LABEL.size) + 34.0;
        let all: f32 = chart.series.iter().map(name_width).sum();
        let mut x = ((self.width - all) / 2.0).max(0.0);
        for (index, series) in chart.series.iter().enumerate() {
            let middle = self.y + LABEL.leading / 2.0;
            match chart.kind {
                DrawingKind::Bars => self.bar(x, middle - 4.0, 16.0, 8.0, index),
                DrawingKind::Lines => {
                    self.line((x, middle), (x + 16.0, middle), index);
                    self.mark((x + 8.0, middle), index);
                }
            }
            self.label(&series.name, x + 20.0, self.y, name_width(series), Set::Left);
            x += name_width(series);
        }
        self.y += LABEL.leading + 5.0;
    }

    /// A group of bars for each category, each as long as its figure.
    fn bars(&mut self, chart: &Drawing, most: f64) {
        let names = self.width * 0.3;
        let longest = Face::Regular.width(&self.figure(most), LABEL.size);
        let room = self.width - names - longest - 8.0;
        let top = self.y;
        for (place, category) in chart.categories.iter().enumerate() {
            let group = BAR.0 * chart.series.len() as f32;
            let lines = plain_lines(category, Face::Regular, LABEL.size, names - 8.0);
            let text = LABEL.leading * lines.len() as f32;
            let height = group.max(text);
            for (index, line) in lines.iter().enumerate() {
                let y = self.y + (height - text) / 2.0 + index as f32 * LABEL.leading;
                let slot = Slot { x: 0.0, y, width: names - 8.0, leading: LABEL.leading };
                self.items.extend(line.draw(slot, Set::Right, LABEL.size, Ink::BLACK));
            }
            for (index, series) in chart.series.iter().enumerate() {
                let Some(value) = series.values.get(place).copied().flatten() else { continue };
                let y = self.y + (height - group) / 2.0 + index as f32 * BAR.0;
                let length = (room * (value / most.max(1e-9)) as f32).max(0.0);
                self.bar(names, y + 0.5, length, BAR.0 - 1.0, index);
                let figure = self.figure(value);
                let shown = y + (BAR.0 - LABEL.leading) / 2.0;
                self.label(&figure, names + length + 4.0, shown, 42.0, Set::Left);
            }
            self.y += height + BAR.1;
        }
        self.items.push(Item::upright(names, top - 2.0, self.y - top, 0.7, Ink::BLACK));
        self.y += 2.0;
    }

    /// A line for each series over the categories, between round figures below and above all of its own.
    fn lines(&mut self, chart: &Drawing, least: f64, most: f64) {
        let step = step(most - least);
        let (from, to) = ((least / step).floor() * step, ((most / step).floor() + 1.0) * step);
        let (left, right) = (44.0, 30.0);
        let room = self.width - left - right;
        let top = self.y + LABEL.leading;
        let level = |value: f64| top + FIELD * (1.0 - ((value - from) / (to - from)) as f32);
        for tick in 0..=((to - from) / step).round() as usize {
            let value = from + step * tick as f64;
            self.items.push(Item::level(left, level(value), room, HAIRLINE, GRID));
            let figure = numbers::shown(&CellValue::Decimal { value, decimals: u8::from(step < 1.0) }, self.lang);
            self.label(&figure, 0.0, level(value) - LABEL.leading / 2.0, left - 5.0, Set::Right);
        }
        let places = chart.categories.len();
        let across = |place: usize| match places {
            1 => left + room / 2.0,
            _ => left + 20.0 + (room - 40.0) * place as f32 / (places - 1) as f32,
        };
        for (place, category) in chart.categories.iter().enumerate() {
            self.label(category, across(place) - 30.0, top + FIELD + 3.0, 60.0, Set::Center);
        }
        for (index, series) in chart.series.iter().enumerate() {
            let points: Vec<Option<(f32, f32, f64)>> = (0..places)
                .map(|place| {
                    let value = series.values.get(place).copied().flatten()?;
                    Some((across(place), level(value), value))
                })
                .collect();
            // A month without a figure is a gap, not a guess.
            for pair in points.windows(2) {
                if let [Some((x, y, _)), Some((to_x, to_y, _))] = *pair {
                    self.line((x, y), (to_x, to_y), index);
                }
            }
            for (x, y, value) in points.into_iter().flatten() {
                self.mark((x, y), index);
                let figure = self.figure(value);
                self.label(&figure, x - 20.0, y - LABEL.leading - 2.0, 40.0, Set::Center);
            }
        }
        self.y = top + FIELD + 3.0 + LABEL.leading;
    }

    fn figure(&self, value: f64) -> String {
        numbers::shown(&CellValue::Decimal { value, decimals: self.decimals }, self.lang)
    }

    fn label(&mut self, text: &str, x: f32, y: f32, width: f32, set: Set) {
        // A label is one line, however narrow its place.
        let lines = plain_lines(text, Face::Regular, LABEL.size, f32::MAX);
        let slot = Slot { x, y, width, leading: LABEL.leading };
        self.items.extend(lines.iter().flat_map(|line| line.draw(slot, set, LABEL.size, Ink::BLACK)));
    }

    fn bar(&mut self, x: f32, y: f32, width: f32, height: f32, series: usize) {
        if width > 0.0 {
            self.items.push(Item::Fill(Fill { x, y, width, height, ink: ink(series) }));
            self.items.extend(Item::frame(x, y, width, height));
        }
    }

    fn mark(&mut self, (x, y): (f32, f32), series: usize) {
        let (x, y) = (x - MARK / 2.0, y - MARK / 2.0);
        self.items.push(Item::Fill(Fill { x, y, width: MARK, height: MARK, ink: ink(series) }));
        self.items.extend(Item::frame(x, y, MARK, MARK));
    }

    /// A line; every second series is dashed, so that they are told apart in grey too.
    fn line(&mut self, from: (f32, f32), to: (f32, f32), series: usize) {
        let whole = Rule { from, to, thickness: 1.4, ink: ink(series) };
        if series.is_multiple_of(2) {
            self.items.push(Item::Rule(whole));
            return;
        }
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let at = |along: f32| {
            let part = (along / length).min(1.0);
            (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
        };
        let dashes = (length / (DASH.0 + DASH.1)).ceil() as usize;
        for dash in 0..dashes {
            let begin = dash as f32 * (DASH.0 + DASH.1);
            let (from, to) = (at(begin), at(begin + DASH.0));
            self.items.push(Item::Rule(Rule { from, to, ..whole.clone() }));
        }
    }
}

fn ink(series: usize) -> Ink {
    INKS[series % INKS.len()]
}

/// A round step that cuts a span into some three to six parts.
fn step(span: f64) -> f64 {
    let rough = (span / 4.0).max(0.1);
    let power = 10f64.powf(rough.log10().floor());
    let round = [1.0, 2.0, 5.0, 10.0].into_iter().find(|round| round * power >= rough * 0.999);
    round.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(kind: DrawingKind, values: &[&[Option<f64>]]) -> Drawing {
        let series = values.iter().enumerate().map(|(n, v)| Series { name: format!("Bộ {n}"), values: v.to_vec() });
        Drawing {
            id: "chart".to_owned(),
            caption: "Số xã".to_owned(),
            kind,
            unit: "xã".to_owned(),
            decimals: 1,
            categories: (0..values.first().map_or(0, |values| values.len())).map(|n| format!("Mức {n}")).collect(),
            series: series.collect(),
        }
    }

    fn texts(slab: &Slab) -> Vec<&str> {
        let texts = slab.items.iter();
        texts.filter_map(|item| if let Item::Text(run) = item { Some(run.text.as_str()) } else { None }).collect()
    }

    /// The right ends of the bars, without the swatches of the names.
    fn bars(slab: &Slab) -> Vec<f32> {
        let fill = |item: &Item| if let Item::Fill(fill) = item { Some(fill.width) } else { None };
        slab.items.iter().filter_map(fill).filter(|width| *width != 16.0).collect()
    }

    #[test]
    fn bars_are_as_long_as_their_figures_and_each_bears_its_own() {
        let drawn = chart(DrawingKind::Bars, &[&[Some(2.0), Some(4.0), Some(0.0)], &[Some(1.0), None, Some(4.0)]]);
        let slab = slab(&drawn, Frame::PORTRAIT, Lang::Vi).unwrap();
        let widths = bars(&slab);
        assert_eq!(widths.len(), 4, "nothing is drawn of a zero and of nothing");
        assert!((widths[0] * 2.0 - widths[2]).abs() < 0.01 && (widths[1] * 4.0 - widths[3]).abs() < 0.01, "{widths:?}");
        let expected = ["Số xã (xã)", "Bộ 0", "Bộ 1", "Mức 0", "2,0", "1,0", "Mức 1", "4,0", "Mức 2", "0,0", "4,0"];
        assert_eq!(texts(&slab), expected);
    }

    #[test]
    fn lines_stand_between_round_figures_and_leave_gaps_where_there_is_no_figure() {
        let drawn = chart(DrawingKind::Lines, &[&[Some(52.3), Some(53.1), None, Some(54.0)]]);
        let slab = slab(&drawn, Frame::PORTRAIT, Lang::Vi).unwrap();
        let lines = slab.items.iter().filter(|item| matches!(item, Item::Rule(rule) if rule.thickness == 1.4)).count();
        assert_eq!(lines, 2, "one in the legend, one between the first two months");
        let shown = texts(&slab);
        assert!(shown.contains(&"52,0") && shown.contains(&"54,5") && shown.contains(&"54,0"), "{shown:?}");
    }

    #[test]
    fn everything_stands_inside_the_chart() {
        for kind in [DrawingKind::Bars, DrawingKind::Lines] {
            let drawn = chart(kind, &[&[Some(0.0), Some(1e6), Some(3.0)], &[Some(7.0), Some(7.0), None]]);
            let slab = slab(&drawn, Frame::PORTRAIT, Lang::Vi).unwrap();
            for item in &slab.items {
                let (x, y, right) = match item {
                    Item::Text(run) => (run.x, run.y, run.x + run.face.width(&run.text, run.size)),
                    Item::Fill(fill) => (fill.x, fill.y, fill.x + fill.width),
                    Item::Rule(rule) => (rule.from.0.min(rule.to.0), rule.from.1, rule.from.0.max(rule.to.0)),
                };
                assert!(x >= -0.01 && right <= Frame::PORTRAIT.text_width() + 0.01, "{item:?}");
                assert!(y >= 0.0 && y <= slab.height, "{item:?} below {}", slab.height);
            }
        }
    }

    #[test]
    fn without_figures_there_is_no_chart() {
        assert!(slab(&chart(DrawingKind::Bars, &[]), Frame::PORTRAIT, Lang::Vi).is_none());
        assert!(slab(&chart(DrawingKind::Lines, &[&[None, None]]), Frame::PORTRAIT, Lang::Vi).is_none());
    }

    #[test]
    fn steps_are_round() {
        assert_eq!([0.3, 3.0, 8.0, 17.0, 40.0].map(step), [0.1, 1.0, 2.0, 5.0, 10.0]);
    }
}
