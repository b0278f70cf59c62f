//! Marks on a sheet: a conditional format that always holds over the cells in question. The cells stay as they are.

use super::Unmarkable;
use super::markup::{Edits, Element, root};
use super::notes;
use super::package::Package;
use super::styles::Looks;
use super::workbook::Sheet;
use crate::diag::Severity;
use crate::model::notice::{Line, Notice};
use crate::model::{CellRange, CellRef};
use crate::xml::escaped;

/// The condition: always true, and known again.
const CONDITION: &str = "\"_ntm\"<>\"\"";

/// What may stand in a sheet before its conditional formats, and before the drawing that its notes are drawn in.
const BEFORE_FORMATS: &[&str] = &[
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
];
const BEFORE_DRAWING: &[&str] = &[
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
];

/// Marks the cells of a sheet that a notice has something to say of, and writes their notes.
pub(super) fn put(package: &mut Package<'_>, sheet: &Sheet, notice: &Notice, looks: &Looks) -> Result<(), Unmarkable> {
    let xml = package.needed(&sheet.part)?;
    let of_sheet = |line: &&Line| line.sheet.as_deref() == Some(&*sheet.name) && line.cells.is_some();
    let lines: Vec<&Line> = notice.lines.iter().filter(of_sheet).collect();
    if lines.is_empty() && !xml.contains("tabSelected") {
        return Ok(());
    }
    let root = root(&xml)?;
    let mut edits = Edits::default();
    // Two sheets selected together are edited together: only the list is.
    for view in root.grandchildren("sheetViews")? {
        if let Some(at) = view.attribute_at("tabSelected") {
            edits.replace(at, "0");
        }
    }
    if root.local() == "worksheet" && !lines.is_empty() {
        let merges = merges(&root)?;
        let marked = Marked::of(&lines, &merges);
        let formats = marked.formats(root.prefix(), looks);
        if !formats.is_empty() {
            edits.insert(end_of(&root, &[BEFORE_FORMATS])?, formats);
        }
        if let Some(drawing) = notes::put(package, sheet, &root, notice, &merges)? {
            edits.insert(end_of(&root, &[BEFORE_FORMATS, BEFORE_DRAWING])?, drawing);
        }
    }
    if !edits.is_empty() {
        package.put(&sheet.part, edits.apply(&xml));
    }
    Ok(())
}

/// Takes out the marks of an earlier copy.
pub(super) fn take_out(package: &mut Package<'_>, sheet: &Sheet) -> Result<(), Unmarkable> {
    let xml = package.needed(&sheet.part)?;
    if !xml.contains("_ntm") {
        return Ok(());
    }
    let mut edits = Edits::default();
    for formats in root(&xml)?.children()?.iter().filter(|child| child.local() == "conditionalFormatting") {
        let rules = formats.children()?;
        let is_ours = |rule: &Element<'_>| rule.children().is_ok_and(|f| f.iter().any(|f| f.content() == CONDITION));
        if rules.iter().all(is_ours) {
            edits.remove(formats.at.clone());
        } else {
            rules.iter().filter(|rule| is_ours(rule)).for_each(|rule| edits.remove(rule.at.clone()));
        }
    }
    package.put(&sheet.part, edits.apply(&xml));
    Ok(())
}

/// Where the elements that may stand before another end.
fn end_of(root: &Element<'_>, before: &[&[&str]]) -> Result<usize, Unmarkable> {
    let children = root.children()?;
    let last = children.iter().rfind(|child| before.iter().any(|names| names.contains(&child.local())));
    Ok(last.map_or(root.inner.start, |child| child.at.end))
}

/// The merged cells of a sheet.
fn merges(root: &Element<'_>) -> Result<Vec<CellRange>, Unmarkable> {
    let range = |element: &Element<'_>| {
        let text = element.attribute("ref")?;
        let (first, last) = text.split_once(':')?;
        Some(CellRange::new(first.parse().ok()?, last.parse().ok()?))
    };
    Ok(root.grandchildren("mergeCells")?.iter().filter_map(range).collect())
}

/// A cell, or the merged cells it lies in.
pub(super) fn merged(cell: CellRef, merges: &[CellRange]) -> CellRange {
    merges.iter().find(|merge| merge.contains(cell)).copied().unwrap_or_else(|| cell.into())
}

/// The cells to be marked, the worst severity first: a cell of several problems has the colour of the worst.
struct Marked {
    errors: Vec<CellRange>,
    warnings: Vec<CellRange>,
}

impl Marked {
    fn of(lines: &[&Line], merges: &[CellRange]) -> Self {
        let cells = |severity: fn(Severity) -> bool| {
            let mut cells: Vec<CellRange> = lines
                .iter()
                .filter(|line| severity(line.severity))
                .filter_map(|line| line.cells)
                .map(|cells| if cells.first == cells.last { merged(cells.first, merges) } else { cells })
                .collect();
            cells.sort();
            cells.dedup();
            cells
        };
        let errors = cells(|severity| severity == Severity::Error);
        let mut warnings = cells(|severity| severity != Severity::Error);
        warnings.retain(|cells| !errors.contains(cells));
        Marked { errors, warnings }
    }

    fn formats(&self, prefix: &str, looks: &Looks) -> String {
        let format = |cells: &[CellRange], severity: Severity, priority: usize| {
            if cells.is_empty() {
                return String::new();
            }
            let cells = cells.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            format!(
                "<{prefix}conditionalFormatting sqref=\"{cells}\"><{prefix}cfRule type=\"expression\" dxfId=\"{}\" \
                 priority=\"{priority}\"><{prefix}formula>{}</{prefix}formula></{prefix}cfRule></{prefix}conditionalFormatting>",
                looks.fill(severity),
                escaped(CONDITION)
            )
        };
        format(&self.errors, Severity::Error, 1) + &format(&self.warnings, Severity::Warning, 2)
    }
}
