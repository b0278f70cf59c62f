//! Laid-out pages to a PDF document: the one place that knows printpdf.
//!
//! Its ids come from a counter of the whole process, so everything here is given a name of its own; its fonts are
//! embedded whole, so the faces are cut to the letters used before they are handed over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use printpdf::{
    Color, DictItem, FontId, Line, LinePoint, Op, PaintMode, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfSaveOptions, Point, Pt, Rect, Rgb, TextItem, TextMatrix,
};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::fonts::Face;
use super::page::{Fill, Ink, Item, Page, Paper, Rule, Run, Turn};
use super::structure;
use super::tags::{Kind, Tag};
use super::{PaperError, finish};

/// Pages are painted so many at a time: the operations of all pages of a long paper would take twenty times its room.
const PAGES_AT_A_TIME: usize = 16;

/// The pages as a document, without outline and properties. What stands on a page goes as it is painted.
pub(super) fn document(paper: &mut Paper, tagged: bool) -> Result<lopdf::Document, PaperError> {
    let letters = letters_used(paper);
    let mut fonts = BTreeMap::new();
    for (face, letters) in &letters {
        fonts.insert(font_id(*face), PdfFont::new(embedded(*face, letters)?));
    }
    if paper.pages.len() <= PAGES_AT_A_TIME {
        return Ok(converted(&fonts, paper.pages.iter_mut().map(|one| page(one, tagged)).collect()));
    }
    let mut sheets: Vec<PdfPage> = paper.pages.iter().map(|page| sheet(page, Vec::new())).collect();
    // The document tells the widths of the letters that its pages show: here the first page shows all of them.
    if let Some(first) = sheets.first_mut() {
        first.ops = letters.iter().flat_map(|(face, letters)| specimen(*face, letters)).collect();
    }
    let document = converted(&fonts, sheets);
    let contents: Result<Vec<Vec<lopdf::Stream>>, PaperError> = paper
        .pages
        .par_chunks_mut(PAGES_AT_A_TIME)
        .map(|pages| finish::contents(converted(&fonts, pages.iter_mut().map(|one| page(one, tagged)).collect())))
        .collect();
    finish::filled(document, contents?.into_iter().flatten())
}

/// Pages as printpdf writes them. Its warnings are about operations that are not used here; a face without bytes cannot
/// come from `embedded`.
fn converted(fonts: &BTreeMap<FontId, PdfFont>, pages: Vec<PdfPage>) -> lopdf::Document {
    let mut document = PdfDocument::new("");
    document.resources.fonts.map.clone_from(fonts);
    document.pages = pages;
    document.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new())
}

/// The operations that show all of these letters.
fn specimen(face: Face, letters: &BTreeSet<char>) -> [Op; 4] {
    [
        Op::StartTextSection,
        Op::SetFont { font: PdfFontHandle::External(font_id(face)), size: Pt(1.0) },
        Op::ShowText { items: vec![TextItem::Text(letters.iter().collect())] },
        Op::EndTextSection,
    ]
}

fn letters_used(paper: &Paper) -> BTreeMap<Face, BTreeSet<char>> {
    let mut used: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    for item in paper.pages.iter().flat_map(|page| &page.items) {
        if let Item::Text(run) = item {
            let space = run.space.then_some(' ');
            used.entry(run.face).or_default().extend(run.text.chars().chain(space));
        }
    }
    used
}

fn font_id(face: Face) -> FontId {
    FontId(face.name().to_owned())
}

/// The face with the glyphs of these letters only.
fn embedded(face: Face, letters: &BTreeSet<char>) -> Result<ParsedFont, PaperError> {
    let fault = |reason: String| PaperError::Face { face: face.name(), reason };
    let mut remapper = GlyphRemapper::new();
    let glyphs: BTreeMap<u32, u16> =
        letters.iter().filter_map(|&letter| Some((u32::from(letter), remapper.remap(face.glyph(letter)?)))).collect();
    let bytes = subsetter::subset(face.bytes(), 0, &remapper).map_err(|error| fault(error.to_string()))?;
    let whole = WHOLE[face as usize].as_ref().ok_or_else(|| fault("the face cannot be read".to_owned()))?;
    let mut font = parsed(&bytes).ok_or_else(|| fault("the cut face cannot be read".to_owned()))?;
    font.codepoint_to_glyph = glyphs;
    font.font_name = Some(format!("{}+{}", subset_tag(letters), face.name()));
    font.font_metrics = whole.font_metrics.clone();
    font.pdf_font_metrics = whole.pdf_font_metrics.clone();
    Ok(font)
}

/// The whole faces, in the order of their discriminants, read once for all papers: a cut face has their metrics.
static WHOLE: LazyLock<[Option<ParsedFont>; 4]> = LazyLock::new(|| Face::ALL.map(|face| parsed(face.bytes())));

/// A face as printpdf reads it; that a cut face has no table of characters is meant, not a fault.
fn parsed(bytes: &[u8]) -> Option<ParsedFont> {
    ParsedFont::from_bytes(bytes, 0, &mut Vec::new())
}

/// The six capitals that mark a cut face, the same for the same letters.
fn subset_tag(letters: &BTreeSet<char>) -> String {
    let digest = Sha256::digest(letters.iter().collect::<String>());
    digest.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// Grounds, then lines, then text, so that no ground covers half of a line beside it.
fn page(page: &mut Page, tagged: bool) -> PdfPage {
    let mut pen = Pen { height: page.height, ops: Vec::new(), fill: None, stroke: None, font: None };
    let items = std::mem::take(&mut page.items);
    if tagged {
        pen.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() });
    }
    for item in &items {
        if let Item::Fill(fill) = item {
            pen.fill(fill);
        }
    }
    for item in &items {
        if let Item::Rule(rule) = item {
            pen.rule(rule);
        }
    }
    let mut marked = tagged.then(|| Marked { last: Tag::default(), count: 0 });
    for item in &items {
        if let Item::Text(run) = item {
            if let Some(marked) = marked.as_mut().filter(|_| !run.text.is_empty()) {
                marked.turn_to(run.tag, &mut pen.ops);
            }
            pen.text(run);
        }
    }
    if tagged {
        pen.ops.push(Op::EndMarkedContent);
    }
    sheet(page, pen.ops)
}

/// The marked content in hand: an artifact to begin with, then as [`tags::contents`](super::tags::contents) counts.
struct Marked {
    last: Tag,
    count: i64,
}

impl Marked {
    fn turn_to(&mut self, tag: Tag, ops: &mut Vec<Op>) {
        if tag == self.last {
            return;
        }
        self.last = tag;
        ops.push(Op::EndMarkedContent);
        if tag.kind == Kind::Artifact {
            ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() });
            return;
        }
        let map = BTreeMap::from([("MCID".to_owned(), DictItem::Int(self.count))]);
        let properties = DictItem::Dict { map };
        let role = if tag.link > 0 { "Link" } else { structure::role(tag.kind) };
        ops.push(Op::BeginMarkedContentWithProperties { tag: role.to_owned(), properties });
        self.count += 1;
    }
}

fn sheet(page: &Page, ops: Vec<Op>) -> PdfPage {
    let sheet = Rect::from_wh(Pt(rounded(page.width)), Pt(rounded(page.height)));
    PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops }
}

/// The operations of a page and what was set last, so that nothing is set twice.
struct Pen {
    height: f32,
    ops: Vec<Op>,
    fill: Option<Ink>,
    stroke: Option<(Ink, f32)>,
    font: Option<(Face, f32)>,
}

impl Pen {
    fn fill(&mut self, fill: &Fill) {
        self.ink(fill.ink);
        let (x, y) = (Pt(rounded(fill.x)), Pt(rounded(self.height - fill.y - fill.height)));
        let mut rectangle = Rect::from_xywh(x, y, Pt(rounded(fill.width)), Pt(rounded(fill.height)));
        rectangle.mode = Some(PaintMode::Fill);
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    fn rule(&mut self, rule: &Rule) {
        if self.stroke != Some((rule.ink, rule.thickness)) {
            self.stroke = Some((rule.ink, rule.thickness));
            self.ops.push(Op::SetOutlineColor { col: color(rule.ink) });
            self.ops.push(Op::SetOutlineThickness { pt: Pt(rule.thickness) });
        }
        let points = [rule.from, rule.to].map(|place| LinePoint { p: self.point(place), bezier: false }).to_vec();
        self.ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
    }

    fn text(&mut self, run: &Run) {
        if run.text.is_empty() {
            return;
        }
        self.ink(run.ink);
        self.ops.push(Op::StartTextSection);
        if self.font != Some((run.face, run.size)) {
            self.font = Some((run.face, run.size));
            self.ops.push(Op::SetFont { font: PdfFontHandle::External(font_id(run.face)), size: Pt(run.size) });
        }
        let pos = self.point((run.x, run.y));
        self.ops.push(match run.turn {
            Turn::Level => Op::SetTextCursor { pos },
            Turn::Up => Op::SetTextMatrix { matrix: TextMatrix::Raw([0.0, 1.0, -1.0, 0.0, pos.x.0, pos.y.0]) },
        });
        let mut items = shown(run);
        items.extend(run.space.then(|| TextItem::Text(" ".to_owned())));
        self.ops.push(Op::ShowText { items });
        self.ops.push(Op::EndTextSection);
    }

    fn ink(&mut self, ink: Ink) {
        if self.fill != Some(ink) {
            self.fill = Some(ink);
            self.ops.push(Op::SetFillColor { col: color(ink) });
        }
    }

    fn point(&self, (x, y): (f32, f32)) -> Point {
        Point { x: Pt(rounded(x)), y: Pt(rounded(self.height - y)) }
    }
}

/// The text with what its spaces are stretched by. PDF's own word spacing does not act on letters of two bytes; the
/// spaces stay letters, so that copied words are not glued.
fn shown(run: &Run) -> Vec<TextItem> {
    if run.stretch == 0.0 {
        return vec![TextItem::Text(run.text.clone())];
    }
    let stretch = rounded(-run.stretch * 1000.0 / run.size);
    let mut items = Vec::new();
    for word in run.text.split_inclusive(' ') {
        items.push(TextItem::Text(word.to_owned()));
        if word.ends_with(' ') {
            items.push(TextItem::Offset(stretch));
        }
    }
    items
}

fn color(ink: Ink) -> Color {
    let part = |part: u8| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb { r: part(ink.0), g: part(ink.1), b: part(ink.2), icc_profile: None })
}

/// Hundredths of a point are finer than any printer.
fn rounded(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}
