//! The looks of a form's cells: what is to be written in, what is to be read, what adds itself up.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The font of official papers.
const FONT: &str = "Times New Roman";

/// Where the commune writes.
const ANSWER: Color = Color::RGB(0xFF_FB_E0);

/// What was reported before.
const BEFORE: Color = Color::RGB(0xE4_E4_E4);

/// Rows of criteria, and totals.
const BAND: Color = Color::RGB(0xDD_E6_F3);

/// Behind headings.
const HEADER: Color = Color::RGB(0xC9_D6_EA);

/// Text that is to be read only.
const QUIET: Color = Color::RGB(0x59_59_59);

const BORDER: Color = Color::RGB(0x80_80_80);

/// Every look of a form.
pub(super) struct Looks {
    pub(super) plain: Format,
    pub(super) issuer: Format,
    pub(super) mark: Format,
    pub(super) title: Format,
    pub(super) subtitle: Format,
    pub(super) note: Format,
    pub(super) header: Format,
    pub(super) code: Cells,
    pub(super) name: Cells,
    pub(super) unit: Cells,
    /// What was reported before, in the middle and as running text.
    pub(super) before: Cells,
    pub(super) before_text: Cells,
    /// A verdict that a formula gives.
    pub(super) derived: Format,
    pub(super) verdict: Format,
    pub(super) value: Format,
    pub(super) words: Format,
    pub(super) day: Format,
    pub(super) total: Format,
    pub(super) total_label: Format,
    pub(super) signature: Format,
    pub(super) signed: Format,
    /// Instructions and their numbers.
    pub(super) step: Format,
    pub(super) step_number: Format,
    /// Laid over a verdict that says not met.
    pub(super) not_met: Format,
    /// Laid over what is missing or to be looked at.
    pub(super) missing: Format,
}

/// A look in the row of an item and in that of a criterion.
pub(super) struct Cells {
    pub(super) item: Format,
    pub(super) criterion: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let base = || Format::new().set_font_name(FONT).set_font_family(1).set_font_size(11);
        let line = |size: f64| base().set_font_size(size).set_align(FormatAlign::VerticalCenter);
        let boxed = |format: Format| {
            format.set_border(FormatBorder::Thin).set_border_color(BORDER).set_align(FormatAlign::VerticalCenter)
        };
        let wrapped = || boxed(base()).set_text_wrap();
        let centred = || wrapped().set_align(FormatAlign::Center);
        let cells =
            |format: Format| Cells { criterion: format.clone().set_bold().set_background_color(BAND), item: format };
        let grey = |format: Format| Cells {
            item: format.clone().set_background_color(BEFORE).set_font_color(QUIET),
            criterion: format.set_background_color(BEFORE).set_font_color(QUIET).set_bold(),
        };
        let answer = |format: Format| format.set_background_color(ANSWER).set_unlocked();
        Looks {
            plain: base(),
            issuer: line(12.0).set_bold(),
            mark: line(9.0).set_font_color(QUIET).set_align(FormatAlign::Right),
            title: line(14.0).set_bold().set_align(FormatAlign::Center).set_text_wrap(),
            subtitle: line(12.0).set_bold().set_align(FormatAlign::Center),
            note: line(11.0).set_italic().set_text_wrap().set_align(FormatAlign::Left),
            header: centred().set_bold().set_background_color(HEADER),
            code: cells(centred()),
            name: cells(wrapped()),
            unit: cells(centred()),
            before: grey(centred()),
            before_text: grey(wrapped()),
            derived: centred().set_bold().set_background_color(BAND),
            verdict: answer(centred()),
            value: answer(centred()),
            words: answer(wrapped()).set_num_format("@"),
            day: answer(centred()).set_num_format("dd/mm/yyyy"),
            total: centred().set_bold().set_background_color(BAND),
            total_label: wrapped().set_bold().set_background_color(BAND),
            signature: line(12.0).set_bold().set_align(FormatAlign::Center),
            signed: line(12.0).set_align(FormatAlign::Center).set_unlocked(),
            step: base().set_font_size(12).set_text_wrap().set_align(FormatAlign::Top),
            step_number: base().set_font_size(12).set_align(FormatAlign::Center).set_align(FormatAlign::Top),
            not_met: Format::new().set_background_color(Color::RGB(0xF4_C7_C3)).set_bold(),
            missing: Format::new().set_background_color(Color::RGB(0xFF_D5_80)),
        }
    }
}
