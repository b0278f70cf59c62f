//! The looks that marks and list need, put behind those the workbook has: no look of its own is changed.

use super::Unmarkable;
use super::markup::{Edits, Element, root};
use super::package::Package;
use super::workbook::{Book, MAIN, add_type};
use crate::diag::Severity;

/// Behind what was left out: dark enough to be told from a warning in grey.
const ERROR_FILL: &str = "FFF4B183";
/// Behind what was kept on an assumption.
const WARNING_FILL: &str = "FFFFF2CC";
/// Around a marked cell, so that it is seen where a printer drops light colours.
const EDGE: &str = "FFC00000";

/// The numbers of the looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Looks {
    dxf: usize,
    xf: usize,
}

/// A look of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Title,
    Fact,
    Instruction,
    Heading,
    Text,
    Centred,
    Link,
    Error,
    Warning,
}

impl Looks {
    /// The differential format of a severity.
    pub(super) fn fill(&self, severity: Severity) -> usize {
        self.dxf + usize::from(severity != Severity::Error)
    }

    /// The format of a cell of the list.
    pub(super) fn cell(&self, look: Look) -> usize {
        let place = FORMATS.iter().position(|(of, ..)| *of == look);
        self.xf + place.expect("every look has its format")
    }
}

/// The fonts of the list: bold or not, size, colour.
const FONTS: [(&str, &str, &str); 5] = [
    ("<b/>", "14", "FF000000"),
    ("", "11", "FF000000"),
    ("<b/>", "11", "FF000000"),
    ("<u/>", "11", "FF0563C1"),
    ("<i/>", "11", "FF000000"),
];

/// The fills of the list.
const FILLS: [&str; 3] = ["FFD9E2F3", ERROR_FILL, WARNING_FILL];

/// Each look with its font, its fill (from one, 0 is none), whether it has lines, and where its text stands.
const FORMATS: [(Look, usize, usize, bool, &str); 9] = [
    (Look::Title, 0, 0, false, "vertical=\"center\""),
    (Look::Fact, 1, 0, false, "vertical=\"center\""),
    (Look::Instruction, 4, 0, false, "vertical=\"top\" wrapText=\"1\""),
    (Look::Heading, 2, 1, true, "horizontal=\"center\" vertical=\"center\" wrapText=\"1\""),
    (Look::Text, 1, 0, true, "vertical=\"top\" wrapText=\"1\""),
    (Look::Centred, 1, 0, true, "horizontal=\"center\" vertical=\"top\" wrapText=\"1\""),
    (Look::Link, 3, 0, true, "horizontal=\"center\" vertical=\"top\" wrapText=\"1\""),
    (Look::Error, 2, 2, true, "horizontal=\"center\" vertical=\"top\" wrapText=\"1\""),
    (Look::Warning, 1, 3, true, "horizontal=\"center\" vertical=\"top\" wrapText=\"1\""),
];

/// Adds the looks and gives their numbers.
pub(super) fn add(package: &mut Package<'_>, book: &mut Book) -> Result<Looks, Unmarkable> {
    let part = match book.part_of("styles")? {
        Some(part) if package.has(&part) => part,
        _ => new_part(package, book)?,
    };
    let xml = package.needed(&part)?;
    let root = root(&xml)?;
    let prefix = root.prefix();
    let children = root.children()?;
    let child = |name: &str| {
        let found = children.iter().find(|child| child.local() == name);
        found.ok_or_else(|| Unmarkable::Package(format!("{part} has no {name}")))
    };
    let mut edits = Edits::default();
    let fonts = extend(&mut edits, child("fonts")?, &FONTS.map(|font| font_of(font, prefix)).concat())?;
    let fills = extend(&mut edits, child("fills")?, &FILLS.map(|colour| fill_of(colour, prefix)).concat())?;
    let borders = extend(&mut edits, child("borders")?, &border("FF808080", prefix))?;
    let format = |(_, font, fill, lines, align): (Look, usize, usize, bool, &str)| {
        let fill = if fill == 0 { 0 } else { fills + fill - 1 };
        let border = if lines { borders } else { 0 };
        format!(
            "<{prefix}xf numFmtId=\"0\" fontId=\"{}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyFont=\"1\" \
             applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><{prefix}alignment {align}/></{prefix}xf>",
            fonts + font
        )
    };
    let xf = extend(&mut edits, child("cellXfs")?, &FORMATS.map(format).concat())?;
    let marks = [ERROR_FILL, WARNING_FILL].map(|colour| mark_of(colour, prefix)).concat();
    let dxf = match child("dxfs") {
        Ok(dxfs) => extend(&mut edits, dxfs, &marks)?,
        Err(_) => {
            let before = ["cellXfs", "cellStyles"];
            let last = children.iter().rfind(|child| before.contains(&child.local()));
            let at = last.map_or(root.inner.end, |child| child.at.end);
            edits.insert(at, format!("<{prefix}dxfs count=\"2\">{marks}</{prefix}dxfs>"));
            0
        }
    };
    package.put(&part, edits.apply(&xml));
    Ok(Looks { dxf, xf })
}

/// Puts elements behind those of a list with a count, and gives the number of the first.
fn extend(edits: &mut Edits, list: &Element<'_>, more: &str) -> Result<usize, Unmarkable> {
    let first = list.children()?.len();
    let added = super::markup::root(&format!("<a>{more}</a>"))?.children()?.len();
    match list.attribute_at("count") {
        // A list of one tag is replaced as a whole by `append`; its count would be lost, and none is right too.
        Some(at) if !list.is_single() => edits.replace(at, (first + added).to_string()),
        Some(_) => {
            let text = format!("<{0}>{more}</{0}>", list.name());
            edits.replace(list.at.clone(), text);
            return Ok(first);
        }
        None => {}
    }
    edits.append(list, more);
    Ok(first)
}

fn font_of((weight, size, colour): (&str, &str, &str), prefix: &str) -> String {
    let weight = weight.replace('<', &format!("<{prefix}"));
    format!(
        "<{prefix}font>{weight}<{prefix}sz val=\"{size}\"/><{prefix}color rgb=\"{colour}\"/>\
         <{prefix}name val=\"Times New Roman\"/><{prefix}family val=\"1\"/></{prefix}font>"
    )
}

fn fill_of(colour: &str, prefix: &str) -> String {
    format!(
        "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor rgb=\"{colour}\"/>\
         <{prefix}bgColor indexed=\"64\"/></{prefix}patternFill></{prefix}fill>"
    )
}

fn border(colour: &str, prefix: &str) -> String {
    let edge =
        |side: &str| format!("<{prefix}{side} style=\"thin\"><{prefix}color rgb=\"{colour}\"/></{prefix}{side}>");
    let edges = ["left", "right", "top", "bottom"].map(edge).concat();
    format!("<{prefix}border>{edges}<{prefix}diagonal/></{prefix}border>")
}

/// The format laid over a marked cell. In a differential format the colour of a solid fill is its background.
fn mark_of(colour: &str, prefix: &str) -> String {
    let fill = format!(
        "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor rgb=\"{colour}\"/>\
         <{prefix}bgColor rgb=\"{colour}\"/></{prefix}patternFill></{prefix}fill>"
    );
    let lines = border(EDGE, prefix).replace(&format!("<{prefix}diagonal/>"), "");
    format!("<{prefix}dxf>{fill}{lines}</{prefix}dxf>")
}

/// A styles part for a workbook that has none.
fn new_part(package: &mut Package<'_>, book: &mut Book) -> Result<String, Unmarkable> {
    let folder = book.part.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let part = package.free_name(&format!("{folder}styles{{}}.xml"));
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{MAIN}\">\
         <fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>\
         <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
         <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    );
    package.put(&part, xml);
    add_type(package, &part, "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml")?;
    book.add_part(package, "styles", &part)?;
    Ok(part)
}
