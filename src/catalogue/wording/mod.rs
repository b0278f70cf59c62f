//! The sentences of the papers, read from `templates/wording` and checked before anything is written with them.

mod phrases;

use std::collections::BTreeMap;
use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unicode_normalization::is_nfc;

use crate::model::report::Span;
use crate::model::{Lang, Text};

pub use phrases::{
    Annex, Boundaries, Brief, Changes, Charts, Columns, Communes, Data, Decide, District, FormWords, Hands, Hard,
    Matrix, Months, Offices, Overview, Paper, PlanForm, Problems, Receipts, Reconcile, Reminders, Returned, Roadmap,
    Sheets, Supplement, TrendWords, Unmet, Words,
};

/// All phrases of one language; it has every phrase the program needs.
#[derive(Debug, Clone)]
pub struct Wording {
    lang: Lang,
    templates: BTreeMap<String, Vec<Part>>,
}

impl Wording {
    /// Its language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A phrase with its placeholders filled.
    fn say(&self, name: &str, values: &[(&str, &dyn fmt::Display)]) -> Said {
        let parts = self.templates.get(name).expect("the loader takes no wording that lacks a phrase");
        let fill = |slot: &str| {
            let (_, value) = values
                .iter()
                .find(|(name, _)| *name == slot)
                .expect("the loader takes no phrase with another placeholder");
            value.to_string()
        };
        let mut said = Said::default();
        for part in parts {
            let text = match &part.piece {
                Piece::Text(text) => text.clone(),
                Piece::Slot(slot) => fill(slot),
            };
            said.push(Span { text, bold: part.bold });
        }
        said
    }
}

/// Text that is ready to be shown, in runs of one weight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said(Vec<Span>);

impl Said {
    /// Its runs.
    #[must_use]
    pub fn into_spans(self) -> Vec<Span> {
        self.0
    }

    /// The same with more behind it.
    #[must_use]
    pub fn then(mut self, more: impl Into<Said>) -> Self {
        more.into().0.into_iter().for_each(|span| self.push(span));
        self
    }

    /// Texts one after the other, with something between them.
    #[must_use]
    pub fn join(texts: impl IntoIterator<Item = Said>, between: &str) -> Self {
        texts.into_iter().enumerate().fold(Said::default(), |joined, (place, text)| {
            if place == 0 { text } else { joined.then(between).then(text) }
        })
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn push(&mut self, span: Span) {
        match self.0.last_mut() {
            _ if span.text.is_empty() => {}
            Some(last) if last.bold == span.bold => last.text.push_str(&span.text),
            _ => self.0.push(span),
        }
    }
}

impl From<&str> for Said {
    fn from(text: &str) -> Self {
        let mut said = Said::default();
        said.push(Span { text: text.to_owned(), bold: false });
        said
    }
}

impl From<Said> for String {
    fn from(said: Said) -> Self {
        said.to_string()
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|span| f.write_str(&span.text))
    }
}

/// A piece of a phrase in one weight.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    piece: Piece,
    bold: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Slot(String),
}

/// The wording that ships with the program.
///
/// # Errors
///
/// Where the shipped file does not have the phrases of this program: a slip of ours that its test finds.
pub fn shipped(lang: Lang) -> Result<Wording, WordingError> {
    match lang {
        Lang::Vi => parse(lang, include_str!("../../../templates/wording/vi.toml"), "templates/wording/vi.toml"),
        Lang::En => parse(lang, include_str!("../../../templates/wording/en.toml"), "templates/wording/en.toml"),
    }
}

/// Reads a wording file and checks it whole.
///
/// # Errors
///
/// Every phrase that is missing or unknown, every placeholder that is, and every text that is not well formed.
pub fn parse(lang: Lang, text: &str, file: &str) -> Result<Wording, WordingError> {
    let mut slips = Slips { text, slips: Vec::new() };
    let templates = match DeTable::parse(text) {
        Ok(table) => templates(table.get_ref(), &mut slips),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            slips.add(at, Text::new(format!("không đúng cú pháp TOML: {}", error.message()), error.message()));
            BTreeMap::new()
        }
    };
    if slips.slips.is_empty() {
        return Ok(Wording { lang, templates });
    }
    slips.slips.sort_by_key(|slip| (slip.line, slip.column));
    Err(WordingError { file: file.to_owned(), slips: slips.slips })
}

/// What is wrong with a wording file, all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordingError {
    /// The file.
    pub file: String,
    /// In the order of the file.
    pub slips: Vec<Slip>,
}

/// One thing wrong with a wording file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Line, from one.
    pub line: usize,
    /// Column in letters, from one.
    pub column: usize,
    /// What was found, and what was expected.
    pub message: Text,
}

impl fmt::Display for WordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, slip) in self.slips.iter().enumerate() {
            let end = if place == 0 { "" } else { "\n" };
            write!(f, "{end}{}:{}:{}: {}", self.file, slip.line, slip.column, slip.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for WordingError {}

/// Slips found so far, with the text they are found in.
struct Slips<'a> {
    text: &'a str,
    slips: Vec<Slip>,
}

impl Slips<'_> {
    /// Adds a slip at a byte of the file.
    fn add(&mut self, at: usize, message: Text) {
        let before = &self.text[..self.text.floor_char_boundary(at)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        self.slips.push(Slip {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message,
        });
    }
}

fn templates(table: &DeTable<'_>, slips: &mut Slips<'_>) -> BTreeMap<String, Vec<Part>> {
    let mut templates = BTreeMap::new();
    for (section, content) in table {
        let Some(phrases) = content.get_ref().as_table() else {
            slips.add(section.span().start, unknown_key(section.get_ref()));
            continue;
        };
        let expected: Vec<_> = phrases::expected().filter(|e| e.section == section.get_ref().as_ref()).collect();
        if expected.is_empty() {
            slips.add(section.span().start, unknown_key(section.get_ref()));
            continue;
        }
        for (key, value) in phrases {
            match expected.iter().find(|e| e.key == key.get_ref().as_ref()) {
                None => slips.add(key.span().start, unknown_key(&format!("{}.{}", section.get_ref(), key.get_ref()))),
                Some(expected) => {
                    let parts = template(value, expected.slots, slips);
                    templates.insert(format!("{}.{}", expected.section, expected.key), parts);
                }
            }
        }
    }
    for expected in phrases::expected() {
        let name = format!("{}.{}", expected.section, expected.key);
        if !templates.contains_key(&name) {
            let section = table.iter().find(|(section, _)| section.get_ref().as_ref() == expected.section);
            let at = section.map_or(slips.text.len(), |(section, _)| section.span().start);
            slips.add(at, Text::new(format!("thiếu câu «{name}»"), format!("the phrase {name:?} is missing")));
        }
    }
    templates
}

/// The parts of one phrase, held against the placeholders it is filled with.
fn template(value: &Spanned<DeValue<'_>>, slots: &[&str], slips: &mut Slips<'_>) -> Vec<Part> {
    let at = value.span().start;
    let Some(text) = value.get_ref().as_str() else {
        let found = value.get_ref().type_str();
        slips.add(at, Text::new(format!("kiểu {found}, cần một chuỗi"), format!("{found} found, expected a string")));
        return Vec::new();
    };
    if !is_nfc(text) {
        slips.add(at, Text::new("chữ không ở dạng Unicode dựng sẵn (NFC)", "the text is not in NFC"));
    }
    let parts = match parts(text) {
        Ok(parts) => parts,
        Err(message) => {
            slips.add(at, message);
            return Vec::new();
        }
    };
    let used = |slot: &str| parts.iter().any(|part| matches!(&part.piece, Piece::Slot(used) if used == slot));
    for slot in slots.iter().filter(|slot| !used(slot)) {
        slips.add(at, Text::new(format!("thiếu {{{slot}}} trong câu"), format!("{{{slot}}} is not used")));
    }
    for part in &parts {
        if let Piece::Slot(slot) = &part.piece
            && !slots.contains(&slot.as_str())
        {
            let known = slots.join(", ");
            let vi = format!("không có {{{slot}}}; câu này có: {known}");
            slips.add(at, Text::new(vi, format!("there is no {{{slot}}}; this phrase has: {known}")));
        }
    }
    parts
}

/// `**bold**` and `{placeholder}`; everything else stands as it is.
fn parts(text: &str) -> Result<Vec<Part>, Text> {
    let mut parts = Vec::new();
    for (place, run) in text.split("**").enumerate() {
        let bold = place % 2 == 1;
        let mut rest = run;
        while let Some((before, after)) = rest.split_once('{') {
            parts.push(Part { piece: Piece::Text(before.to_owned()), bold });
            let (slot, behind) =
                after.split_once('}').ok_or_else(|| Text::new("dấu { không có dấu } đóng", "{ without its }"))?;
            parts.push(Part { piece: Piece::Slot(slot.to_owned()), bold });
            rest = behind;
        }
        parts.push(Part { piece: Piece::Text(rest.to_owned()), bold });
    }
    if text.matches("**").count() % 2 == 1 {
        return Err(Text::new("dấu ** mở chữ đậm mà không đóng", "** without its closing **"));
    }
    parts.retain(|part| part.piece != Piece::Text(String::new()));
    Ok(parts)
}

fn unknown_key(name: &str) -> Text {
    Text::new(format!("chương trình không dùng câu «{name}»"), format!("{name:?} is no phrase of the program"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VI: &str = include_str!("../../../templates/wording/vi.toml");

    fn slips(text: &str) -> Vec<String> {
        let error = parse(Lang::Vi, text, "vi.toml").unwrap_err();
        error.to_string().lines().map(str::to_owned).collect()
    }

    #[test]
    fn both_shipped_wordings_have_every_phrase() {
        for lang in [Lang::Vi, Lang::En] {
            assert_eq!(shipped(lang).map(|wording| wording.lang()), Ok(lang));
        }
    }

    #[test]
    fn a_phrase_is_filled_and_keeps_its_weights() {
        let wording = shipped(Lang::Vi).unwrap();
        let said = wording.communes().lead("Xã Trung Lương");
        assert_eq!(said.clone().into_spans(), [Span { text: "Xã Trung Lương: ".to_owned(), bold: true }]);
        assert_eq!(said.then("đạt").to_string(), "Xã Trung Lương: đạt");
    }

    #[test]
    fn data_is_never_taken_for_markup() {
        let wording = shipped(Lang::Vi).unwrap();
        assert!(wording.decide().set_aside_file("a**{b}.xlsx", "?").to_string().contains("a**{b}.xlsx"));
    }

    #[test]
    fn slips_are_told_with_line_and_column() {
        let text = VI.replace("motto = ", "moto = ").replace("        /{symbol}\"", "/{so}\"");
        let all = slips(&text);
        assert_eq!(all.len(), 4, "{all:#?}");
        assert!(all.iter().any(|slip| slip.contains("\"paper.motto\" is missing")), "{all:#?}");
        let line = VI.lines().position(|line| line.starts_with("motto")).unwrap() + 1;
        assert!(all.contains(&format!("vi.toml:{line}:1: \"paper.moto\" is no phrase of the program")), "{all:#?}");
        assert!(all.iter().any(|slip| slip.ends_with("there is no {so}; this phrase has: symbol")), "{all:#?}");
        assert!(all.iter().any(|slip| slip.ends_with("{symbol} is not used")), "{all:#?}");
    }

    #[test]
    fn a_broken_file_is_one_slip() {
        assert!(slips("[paper]\nkind = ")[0].starts_with("vi.toml:2:"));
        assert!(slips("kind = 3")[0].starts_with("vi.toml:1:1: \"kind\" is no phrase"));
    }

    #[test]
    fn a_phrase_must_be_a_string_with_closed_marks() {
        let kind = "kind = \"BÁO CÁO\"";
        for (wrong, message) in [
            ("kind = 3", "integer found, expected a string"),
            ("kind = \"**BÁO\"", "** without its closing **"),
            ("kind = \"{BÁO\"", "{ without its }"),
            ("kind = \"BA\u{301}O\"", "the text is not in NFC"),
        ] {
            assert!(VI.contains(kind));
            let all = slips(&VI.replace(kind, wrong));
            assert!(all.len() == 1 && all[0].ends_with(message), "{all:?}");
        }
    }
}
