//! Any text as a sheet: a row a line, cells between bars, `#` before a number, `%` before one shown as a percentage;
//! `<` belongs to the cell at its left and `^` to the one above, as merged cells do.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use ntm::catalogue::Catalogue;
use ntm::model::{CellRange, CellRef};
use ntm::read::{Font, Grid, GridCell, Value, Visibility};
use ntm::recognise::{self, Context, Lexicon, Names, Pictures, Register};
use ntm::settings::{self, Settings};

const SETTINGS: &str = "[unit]\nname = \"huyện Bình Lục\"\n\n[[sets]]\nid = \"ntm-2021-2025\"\n\n[[sets]]\n\
    id = \"ntm-nang-cao-2021-2025\"\n\n[[communes]]\ncode = \"13546\"\nname = \"Trung Lương\"\nkind = \"xã\"\n\n\
    [[communes]]\ncode = \"13555\"\nname = \"La Sơn\"\nkind = \"xã\"\n";

static RULES: LazyLock<(Catalogue, Settings)> = LazyLock::new(|| {
    let catalogue = Catalogue::embedded().expect("the shipped templates are right");
    let settings = settings::parse(SETTINGS, "ntm.toml", Path::new(""), &catalogue.sets);
    (catalogue, settings.expect("the settings are right"))
});
static NAMES: LazyLock<Names> = LazyLock::new(|| Names::of(&RULES.0.sets));
static REGISTER: LazyLock<Register<'static>> =
    LazyLock::new(|| Register::with_answers(&RULES.1.communes, &RULES.1.answers));

/// As in a run: what it holds changes no result, and the words of the seeds are found out once.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (catalogue, settings) = &*RULES;
    let context = Context {
        catalogue,
        names: &NAMES,
        register: &REGISTER,
        lexicon: &LEXICON,
        answers: &settings.answers,
        path: "BC T4.2023.xlsx",
        sha256: "0123456789abcdef",
        pictures: Pictures::Drawn,
    };
    let grids: Vec<Grid> = text.split('\u{c}').enumerate().map(|(sheet, text)| grid(sheet, text)).collect();
    ntm_fuzz::guarded(|| {
        let _ = recognise::submissions(&"BC T4.2023.xlsx".into(), &grids, &context);
    });
});

fn grid(sheet: usize, text: &str) -> Grid {
    let (mut cells, mut merges): (Vec<GridCell>, Vec<CellRange>) = (Vec::new(), Vec::new());
    for (row, line) in (0..).zip(text.lines()) {
        for (col, written) in (0..).zip(line.split('|')) {
            let at = CellRef::new(row, col);
            let written = written.trim();
            let neighbour = match written {
                "" => continue,
                "<" => (col > 0).then(|| CellRef::new(row, col - 1)),
                "^" => (row > 0).then(|| CellRef::new(row - 1, col)),
                _ => None,
            };
            if let Some(neighbour) = neighbour {
                match merges.iter_mut().find(|merge| merge.contains(neighbour)) {
                    Some(merge) => *merge = CellRange::new(merge.first, at),
                    None => merges.push(CellRange::new(neighbour, at)),
                }
                continue;
            }
            let number = |mark: char| written.strip_prefix(mark).and_then(|number| number.parse().ok());
            let value = number('#').or(number('%')).map_or_else(|| Value::Text(written.to_owned()), Value::Number);
            cells.push(GridCell { at, value, percent: Some(written.starts_with('%')), font: Font::Unicode });
        }
    }
    let mut grid = Grid::new(&format!("Biểu {sheet}"), Visibility::Visible, cells);
    grid.merges = merges;
    grid
}
