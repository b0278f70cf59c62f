//! The distinct fonts and cell formats of a workbook, numbered in the order in which they first occur.

use super::{Cell, Look, NumberFormat, Slant, Weight, Workbook};

/// A font as files list it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Font {
    pub(super) name: &'static str,
    pub(super) size: u8,
    pub(super) weight: Weight,
    pub(super) slant: Slant,
}

/// A cell format as files list it: a look and the format of its number.
pub(super) type Style = (Look, NumberFormat);

/// All fonts and styles of a workbook.
#[derive(Debug, Default)]
pub(super) struct Palette {
    pub(super) fonts: Vec<Font>,
    pub(super) styles: Vec<Style>,
}

impl Palette {
    /// What a workbook uses; the first font is the first cell's, which is also that of the empty cells.
    pub(super) fn of(workbook: &Workbook) -> Palette {
        let mut palette = Palette::default();
        for cell in workbook.sheets.iter().flat_map(|sheet| sheet.cells.values()) {
            let style = (cell.look, cell.value.number_format());
            if !palette.fonts.contains(&font(cell.look)) {
                palette.fonts.push(font(cell.look));
            }
            if !palette.styles.contains(&style) {
                palette.styles.push(style);
            }
        }
        palette
    }

    /// The number of a look's font.
    pub(super) fn font(&self, look: Look) -> usize {
        self.fonts.iter().position(|known| *known == font(look)).expect("the palette was made from these cells")
    }

    /// The number of a cell's style.
    pub(super) fn style(&self, cell: &Cell) -> usize {
        let style = (cell.look, cell.value.number_format());
        self.styles.iter().position(|known| *known == style).expect("the palette was made from these cells")
    }
}

fn font(look: Look) -> Font {
    Font { name: look.font, size: look.size, weight: look.weight, slant: look.slant }
}
