//! Charts of tables, as Excel draws them itself: from the cells that hold the figures.

use rust_xlsxwriter::{
    Chart, ChartEmptyCells, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker,
    ChartMarkerType, ChartSolidFill, ChartType, Color, Sparkline, XlsxError,
};

use super::{
    cells::Written,
    page::{Page, ROW_HEIGHT},
    table::Placed,
};
use crate::model::{
    Lang,
    report::{self, ChartKind, RowKind, Table},
};

/// The font of official papers.
const FONT: &str = "Times New Roman";

/// The size of a chart above its tables, in pixels: three stand side by side on a lying page.
const ABOVE: (u32, u32) = (325, 200);

/// The size of a chart beside the letterhead.
const BESIDE: (u32, u32) = (500, 290);

/// The room between charts.
const APART: u32 = 12;

/// Series differ in lightness, dash and mark, so that they do in grey print too.
const LOOKS: [(Color, ChartLineDashType, ChartMarkerType); 4] = [
    (Color::RGB(0x1F_3A_8A), ChartLineDashType::Solid, ChartMarkerType::Circle),
    (Color::RGB(0xD9_7A_00), ChartLineDashType::Dash, ChartMarkerType::Square),
    (Color::RGB(0x3B_82_5A), ChartLineDashType::SquareDot, ChartMarkerType::Triangle),
    (Color::RGB(0x8A_8A_8A), ChartLineDashType::LongDash, ChartMarkerType::Diamond),
];

/// Where the figures of a chart stand.
#[derive(Debug, Clone)]
pub(super) struct Figures {
    chart: report::Chart,
    sheet: String,
    header_row: u32,
    /// The rows of series.
    rows: Vec<u32>,
    /// The column of their names, and the first and last of their figures.
    name: u16,
    first: u16,
    last: u16,
    /// The least and the greatest of the figures.
    range: (f64, f64),
}

/// The figures of the charts whose tables stand on a sheet. A table whose columns are merged has none: its figures do not
/// stand side by side.
pub(super) fn figures(
    charts: &[report::Chart],
    sheet_name: &str,
    tables: &[&Table],
    placed: &[Placed],
) -> Vec<Figures> {
    let on_sheet = tables.iter().zip(placed).filter(|(_, place)| !place.is_merged());
    on_sheet
        .flat_map(|(table, place)| {
            let own = charts.iter().filter(|chart| chart.table == table.id);
            own.filter_map(|chart| of_table(chart, sheet_name, table, place))
        })
        .collect()
}

fn of_table(chart: &report::Chart, sheet_name: &str, table: &Table, place: &Placed) -> Option<Figures> {
    let spans = &place.spans;
    // The last column is left for the lines of the rows.
    let last = *spans.get(spans.len().checked_sub(2)?)?.start();
    let first = *spans.get(table.key_columns)?.start();
    let body = (place.first_body_row()..).zip(&table.rows).filter(|(_, row)| row.kind == RowKind::Body);
    Some(Figures {
        chart: chart.clone(),
        sheet: sheet_name.to_owned(),
        header_row: place.first_body_row() - 1,
        rows: body.map(|(row, _)| row).collect(),
        name: *spans.first()?.start(),
        first,
        last,
        range: range(table),
    })
}

/// The least and the greatest figure of a table.
fn range(table: &Table) -> (f64, f64) {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let figures = cells.filter_map(|cell| match Written::of(&cell.value, Lang::Vi) {
        Written::Number(figure, _) => Some(figure),
        Written::Blank | Written::Text(_) => None,
    });
    let (least, most) =
        figures.fold((f64::MAX, f64::MIN), |(least, most), figure| (least.min(figure), most.max(figure)));
    if least > most { (0.0, 0.0) } else { (least, most) }
}

impl Figures {
    /// Draws the line of each row into its last cell.
    pub(super) fn draw_lines(&self, page: &mut Page) -> Result<(), XlsxError> {
        for &row in &self.rows {
            let line = Sparkline::new()
                .set_range((self.sheet.as_str(), row, self.first, row, self.last))
                .set_sparkline_color(LOOKS[0].0)
                .set_line_weight(1.5)
                .show_last_point(true)
                .set_last_point_color(LOOKS[1].0)
                .show_empty_cells_as(ChartEmptyCells::Gaps);
            page.worksheet.add_sparkline(row, self.last + 1, &line)?;
        }
        Ok(())
    }

    /// The chart, where there is more to draw than the lines of the rows.
    fn chart(&self, (width, height): (u32, u32)) -> Option<Chart> {
        let mut chart = match self.chart.kind {
            ChartKind::Lines => Chart::new(ChartType::Line),
            ChartKind::Columns => Chart::new(ChartType::Column),
            ChartKind::Sparklines => return None,
        };
        let font = |size: f64| {
            let mut font = ChartFont::new();
            font.set_name(FONT).set_size(size);
            font
        };
        for (&row, (color, dash, mark)) in self.rows.iter().zip(LOOKS.iter().cycle()) {
            let series = chart.add_series();
            series
                .set_name((self.sheet.as_str(), row, self.name))
                .set_categories((self.sheet.as_str(), self.header_row, self.first, self.header_row, self.last))
                .set_values((self.sheet.as_str(), row, self.first, row, self.last));
            if self.chart.kind == ChartKind::Lines {
                let mut line = ChartLine::new();
                line.set_color(*color).set_width(2.25).set_dash_type(*dash);
                let mut fill = ChartSolidFill::new();
                fill.set_color(*color);
                let mut marked = ChartMarker::new();
                marked.set_type(*mark).set_size(7).set_format(ChartFormat::new().set_solid_fill(&fill));
                series.set_format(ChartFormat::new().set_line(&line)).set_marker(&marked);
            } else {
                let mut fill = ChartSolidFill::new();
                fill.set_color(*color);
                series.set_format(ChartFormat::new().set_solid_fill(&fill));
            }
        }
        let mut bold = font(12.0);
        bold.set_bold();
        chart.title().set_name(&self.chart.title).set_font(&bold);
        chart.x_axis().set_font(&font(10.0));
        chart.y_axis().set_name(&self.chart.axis).set_font(&font(10.0)).set_name_font(&font(10.0));
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(10.0));
        chart.show_empty_cells_as(ChartEmptyCells::Gaps);
        // Counts begin at nothing and go by whole ones; a mean of criteria moves between a few.
        let (least, most) = self.range;
        let floor = if self.chart.kind == ChartKind::Lines { (least - 1.0).floor().max(0.0) } else { 0.0 };
        let unit = ((most - floor) / 5.0).ceil().max(1.0);
        let ceiling = floor + unit * ((most - floor) / unit).floor() + unit;
        chart.y_axis().set_min(floor).set_max(ceiling).set_major_unit(unit).set_num_format("0");
        chart.set_width(width).set_height(height).set_alt_text(&self.chart.title);
        Some(chart)
    }
}

/// Leaves room for the charts of the tables that follow, where there are any. Gives the row at which it begins.
pub(super) fn room(charts: &[report::Chart], tables: &[&Table], page: &mut Page) -> Result<u32, XlsxError> {
    let first = page.row;
    let is_drawn = |chart: &&report::Chart| chart.kind != ChartKind::Sparklines;
    let count =
        charts.iter().filter(is_drawn).filter(|chart| tables.iter().any(|table| table.id == chart.table)).count();
    let height = u32::try_from(count.div_ceil(3)).unwrap_or(0) * (ABOVE.1 + APART);
    for _ in 0..height.div_ceil(ROW_HEIGHT) {
        page.next(ROW_HEIGHT)?;
    }
    page.rows.bind(first..page.row);
    Ok(first)
}

/// The charts in the room that was left for them, three side by side.
pub(super) fn above(figures: &[Figures], row: u32, page: &mut Page) -> Result<(), XlsxError> {
    for (place, chart) in (0..).zip(figures.iter().filter_map(|figures| figures.chart(ABOVE))) {
        let (x, y) = (place % 3 * (ABOVE.0 + APART), place / 3 * (ABOVE.1 + APART));
        page.worksheet.insert_chart_with_offset(row, 0, &chart, x, y)?;
    }
    Ok(())
}

/// Charts beside what stands on the page, below each other: on a screen they are seen with the first lines.
pub(super) fn beside(figures: &[Figures], page: &mut Page) -> Result<(), XlsxError> {
    let column = u16::try_from(page.grid.widths.len()).unwrap_or(u16::MAX).saturating_add(1);
    for (place, chart) in (0..).zip(figures.iter().filter_map(|figures| figures.chart(BESIDE))) {
        page.worksheet.insert_chart_with_offset(0, column, &chart, 0, APART + place * (BESIDE.1 + APART))?;
    }
    Ok(())
}
