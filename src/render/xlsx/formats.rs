//! The looks of cells: every format is made once, by what the cell is.

use std::collections::HashMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use super::measure::{Face, Weight};
use crate::model::report::{Align, RowKind, Tone};

/// The font of official papers.
const FONT: &str = "Times New Roman";

/// Lines between cells.
const BORDER: Color = Color::RGB(0x80_80_80);

/// Behind column headings.
const HEADER_FILL: Color = Color::RGB(0xD9_E2_F3);

/// Behind group and total rows.
const BAND_FILL: Color = Color::RGB(0xED_ED_ED);

/// Text of little weight, still dark enough to read (7:1 on white).
const QUIET_TEXT: Color = Color::RGB(0x59_59_59);

/// Text that opens an original (9:1 on white).
const LINK_TEXT: Color = Color::RGB(0x1F_3A_8A);

/// What a cell is, as far as it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Look {
    /// A line of text that belongs to no table.
    Line(Line),
    /// A column heading.
    Header,
    /// A column heading turned upright, where the column is too narrow for it.
    UprightHeader,
    /// The label of a key figure.
    FigureLabel,
    /// The key figure.
    FigureValue(Tone),
    /// What the key figure rests on.
    FigureNote,
    /// A cell of a table.
    Cell(CellLook),
    /// A column of a long table, with no lines of its own.
    Column(Number, Align),
    /// Text in a long table that leads to an original.
    ColumnLink(Align),
    /// Text in a long table that Excel would take for a formula once it is edited.
    ColumnQuoted(Align),
}

/// A line of text that belongs to no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Line {
    /// The superior body.
    Superior,
    /// The issuing body.
    Issuer,
    /// The paper's number.
    Number,
    /// The country.
    Country,
    /// The motto, a line under it.
    Motto,
    /// Place and date.
    PlaceAndDate,
    /// `BÁO CÁO`.
    Kind,
    /// The summary.
    Summary,
    /// The short line under issuer and summary.
    Rule,
    /// A section's title.
    Title,
    /// A heading inside a section.
    Heading,
    /// Running text.
    Paragraph,
    /// A list item.
    Bullet,
    /// Small text.
    Note,
    /// What a table shows.
    Caption,
}

/// A cell of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct CellLook {
    /// How it is to be read.
    pub(super) tone: Tone,
    /// How its number is shown.
    pub(super) number: Number,
    /// How it is aligned.
    pub(super) align: Align,
    /// The row it stands in.
    pub(super) row: RowKind,
    /// How its text is guarded.
    pub(super) guard: Guard,
    /// Where a click on it leads.
    pub(super) leads: Leads,
}

/// Where a click on a cell leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Leads {
    /// Nowhere, or to the rows behind it: most cells of a report do, so that it is not shown.
    Inside,
    /// To an original in the archive.
    ToOriginal,
}

/// How a number is shown; Excel puts in the separators of the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Number {
    /// Text, or a number of no fixed form.
    General,
    /// A whole number with separated thousands.
    Integer,
    /// So many decimals.
    Decimal(u8),
    /// A share as per cent with so many decimals.
    Percent(u8),
    /// A day.
    Date,
    /// A day and a time.
    Moment,
}

/// Whether text is marked as text for Excel's editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Guard {
    /// It cannot be taken for anything else.
    None,
    /// It begins like a formula: with the mark it stays text even when someone edits it.
    Quoted,
}

impl Guard {
    /// The guard that the text needs.
    pub(super) fn of(text: &str) -> Guard {
        if text.starts_with(['=', '+', '-', '@', '\'']) { Guard::Quoted } else { Guard::None }
    }
}

/// The formats made so far.
#[derive(Debug, Default)]
pub(super) struct Formats {
    made: HashMap<Look, Format>,
}

impl Formats {
    /// The format of a look.
    pub(super) fn get(&mut self, look: Look) -> &Format {
        self.made.entry(look).or_insert_with(|| make(look))
    }

    /// The looks that have one.
    #[cfg(test)]
    pub(super) fn looks(&self) -> impl Iterator<Item = &Look> {
        self.made.keys()
    }
}

/// The format of cells without any: what the whole workbook is set in.
pub(super) fn base() -> Format {
    in_face(Face::regular(11))
}

/// The face of a piece of running text.
pub(super) fn piece(size: u8, weight: Weight) -> Format {
    in_face(Face { size, weight })
}

/// The face in which a look is set.
pub(super) fn face(look: Look) -> Face {
    match look {
        Look::Line(line) => line_face(line),
        Look::Header | Look::UprightHeader => Face::bold(11),
        Look::FigureValue(_) => Face::bold(12),
        Look::FigureNote => Face::regular(10),
        Look::Cell(CellLook { row: RowKind::Group | RowKind::Total, .. })
        | Look::Cell(CellLook { tone: Tone::Error | Tone::NotMet, .. }) => Face::bold(11),
        Look::FigureLabel | Look::Cell(_) | Look::Column(..) | Look::ColumnLink(_) | Look::ColumnQuoted(_) => {
            Face::regular(11)
        }
    }
}

fn line_face(line: Line) -> Face {
    match line {
        Line::Kind | Line::Summary | Line::Title => Face::bold(14),
        Line::Motto | Line::Heading => Face::bold(12),
        Line::Issuer | Line::Country | Line::Caption => Face::bold(11),
        Line::Superior | Line::Number | Line::PlaceAndDate => Face::regular(11),
        Line::Paragraph | Line::Bullet => Face::regular(12),
        Line::Note => Face::regular(10),
        Line::Rule => Face::regular(6),
    }
}

/// The format of a look, made anew.
pub(super) fn make(look: Look) -> Format {
    let format = in_face(face(look));
    match look {
        Look::Line(line) => line_format(line, format),
        Look::Header => header(format).set_text_wrap(),
        Look::UprightHeader => header(format).set_text_wrap().set_rotation(90),
        Look::FigureLabel => boxed(format).set_text_wrap().set_align(FormatAlign::Left),
        Look::FigureValue(tone) => toned(boxed(format).set_text_wrap().set_align(FormatAlign::Center), tone),
        Look::FigureNote => {
            boxed(format).set_text_wrap().set_align(FormatAlign::Left).set_italic().set_font_color(QUIET_TEXT)
        }
        Look::Cell(cell) => cell_format(cell, format),
        Look::Column(number, align) => with_number(aligned(format, align), number),
        Look::ColumnLink(align) => leading(aligned(format, align)),
        Look::ColumnQuoted(align) => aligned(format, align).set_quote_prefix(),
    }
}

fn in_face(face: Face) -> Format {
    let format = Format::new().set_font_name(FONT).set_font_family(1).set_font_size(face.size);
    match face.weight {
        Weight::Regular => format,
        Weight::Bold => format.set_bold(),
    }
}

fn line_format(line: Line, format: Format) -> Format {
    let wrapped = format.set_text_wrap();
    let centred = |format: Format| format.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    let left = |format: Format| format.set_align(FormatAlign::Left).set_align(FormatAlign::Top);
    match line {
        Line::Motto => centred(wrapped).set_underline(FormatUnderline::Single),
        Line::PlaceAndDate => centred(wrapped).set_italic(),
        Line::Superior
        | Line::Issuer
        | Line::Number
        | Line::Country
        | Line::Kind
        | Line::Summary
        | Line::Rule
        | Line::Title => centred(wrapped),
        Line::Heading => wrapped.set_align(FormatAlign::Left).set_align(FormatAlign::VerticalCenter),
        Line::Paragraph => left(wrapped),
        Line::Bullet => left(wrapped).set_indent(1),
        Line::Note => left(wrapped).set_italic().set_font_color(QUIET_TEXT),
        Line::Caption => wrapped.set_align(FormatAlign::Left).set_align(FormatAlign::Bottom),
    }
}

fn header(format: Format) -> Format {
    boxed(format).set_align(FormatAlign::Center).set_background_color(HEADER_FILL)
}

fn boxed(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(BORDER).set_align(FormatAlign::VerticalCenter)
}

fn cell_format(cell: CellLook, format: Format) -> Format {
    let format = with_number(aligned(format, cell.align), cell.number);
    let format = match cell.row {
        RowKind::Body => boxed(format),
        RowKind::Total => boxed(format).set_background_color(BAND_FILL),
        // A group's heading runs over the empty cells beside it instead of merging them: merged cells cannot be
        // sorted. So no line stands between them.
        RowKind::Group => boxed(format)
            .set_border_left(FormatBorder::None)
            .set_border_right(FormatBorder::None)
            .set_background_color(BAND_FILL),
    };
    let wraps = cell.number == Number::General && cell.row != RowKind::Group;
    let format = if wraps { format.set_text_wrap() } else { format };
    let format = match cell.guard {
        Guard::None => format,
        Guard::Quoted => format.set_quote_prefix(),
    };
    let format = toned(format, cell.tone);
    if cell.leads == Leads::ToOriginal { leading(format) } else { format }
}

/// What a rule lays over a cell that its tone is to be read in.
pub(super) fn laid_over(tone: Tone) -> Format {
    let format = toned(Format::new(), tone);
    if matches!(tone, Tone::Error | Tone::NotMet) { format.set_bold() } else { format }
}

/// What opens an original when it is clicked.
fn leading(format: Format) -> Format {
    format.set_font_color(LINK_TEXT).set_underline(FormatUnderline::Single)
}

fn aligned(format: Format, align: Align) -> Format {
    let format = format.set_align(match align {
        Align::Left => FormatAlign::Left,
        Align::Center => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    });
    // A figure that touches the text of the next column is hard to read.
    if align == Align::Right { format.set_indent(1) } else { format }
}

fn with_number(format: Format, number: Number) -> Format {
    match number {
        Number::General => format,
        Number::Integer => format.set_num_format("#,##0"),
        Number::Decimal(decimals) => format.set_num_format(format!("#,##0{}", places(decimals))),
        Number::Percent(decimals) => format.set_num_format(format!("0{}%", places(decimals))),
        Number::Date => format.set_num_format("dd/mm/yyyy"),
        Number::Moment => format.set_num_format("dd/mm/yyyy hh:mm"),
    }
}

/// The decimal places of a number format; Excel shows 30 at most.
fn places(decimals: u8) -> String {
    match decimals {
        0 => String::new(),
        some => format!(".{}", "0".repeat(usize::from(some.min(30)))),
    }
}

/// Light fills whose greys differ in print, under text that stays dark; the letters in the cell say the same.
fn toned(format: Format, tone: Tone) -> Format {
    match tone {
        Tone::Plain => format,
        Tone::Met => format.set_background_color(Color::RGB(0xE8_F5_E4)),
        Tone::NotMet => format.set_background_color(Color::RGB(0xF4_C7_C3)),
        Tone::NotApplicable => format.set_background_color(Color::RGB(0xF2_F2_F2)).set_font_color(QUIET_TEXT),
        Tone::NotReported => format.set_background_color(Color::RGB(0xDD_DD_DD)),
        Tone::Outdated => format.set_background_color(Color::RGB(0xDC_E9_F7)).set_italic(),
        Tone::Warning => format.set_background_color(Color::RGB(0xFF_EF_BF)),
        Tone::Error => format.set_background_color(Color::RGB(0xF2_A9_A0)),
        Tone::Quiet => format.set_font_color(QUIET_TEXT),
    }
}
