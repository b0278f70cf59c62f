//! Notes on the cells in question: one a cell, put behind the commune's own where it has one.

use std::collections::{BTreeMap, BTreeSet};

use super::Unmarkable;
use super::marks::merged;
use super::markup::{Edits, Element, root};
use super::package::{OFFICE, Package, Relation, Relations};
use super::shapes;
use super::workbook::{MAIN, Sheet, add_ending, add_type};
use crate::model::notice::Notice;
use crate::model::{CellRange, CellRef};
use crate::xml::escaped;

/// Behind the author's name under our notes, by which they are known again: not every program keeps whose a note is.
const BY_US: &str = " · ntm";

/// Stands between a commune's own note and our part of it.
const RULE: &str = "―――――――――――";

/// Writes the notes of a sheet; gives the element that the sheet then needs, where it does not have it.
pub(super) fn put(
    package: &mut Package<'_>,
    sheet: &Sheet,
    of_sheet: &Element<'_>,
    notice: &Notice,
    merges: &[CellRange],
) -> Result<Option<String>, Unmarkable> {
    let mut notes: BTreeMap<CellRef, String> = BTreeMap::new();
    for line in notice.lines.iter().filter(|line| line.sheet.as_deref() == Some(&*sheet.name)) {
        let Some(cells) = line.cells.filter(|_| !line.note.is_empty()) else { continue };
        let note = notes.entry(merged(cells.first, merges).first).or_default();
        note.push_str(if note.is_empty() { "" } else { "\n\n" });
        note.push_str(&line.note);
    }
    notes.values_mut().for_each(|note| note.push_str(&format!("\n― {}{BY_US}", notice.author)));
    let mut relations = Relations::of(package, &sheet.part)?;
    let comments = relations.first("comments")?.filter(|relation| package.has(&relation.target));
    if relations.first("threadedComment")?.is_some() {
        // A conversation has a note of Excel's own under it; more text there would be lost with the first answer.
        let held = noted(package, comments.as_ref())?;
        notes.retain(|cell, _| !held.contains(cell));
    }
    if notes.is_empty() {
        return Ok(None);
    }
    let folder = sheet.part.rsplit_once('/').and_then(|(folder, _)| folder.rsplit_once('/')).map_or("xl", |(f, _)| f);
    let part = match comments {
        Some(relation) => relation.target,
        None => {
            let part = package.free_name(&format!("{folder}/comments{{}}.xml"));
            package.put(&part, empty());
            add_type(package, &part, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml")?;
            relations.add(package, "comments", &part)?;
            part
        }
    };
    let fresh = write(package, &part, &notes, &notice.author)?;
    notes.retain(|cell, _| fresh.contains(cell));
    let held = of_sheet.child("legacyDrawing")?.and_then(|element| element.attribute("id"));
    if let Some(drawing) = relations.all()?.into_iter().find(|relation| Some(&relation.id) == held.as_ref()) {
        shapes::put(package, &drawing.target, of_sheet, &notes, merges)?;
        return Ok(None);
    }
    let part = package.free_name(&format!("{folder}/drawings/vmlDrawing{{}}.vml"));
    shapes::put(package, &part, of_sheet, &notes, merges)?;
    add_ending(package, "vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")?;
    let id = relations.add(package, "vmlDrawing", &part)?;
    let name = format!("{}legacyDrawing", of_sheet.prefix());
    Ok(Some(match of_sheet.prefix_of(OFFICE).filter(|prefix| !prefix.is_empty()) {
        Some(prefix) => format!("<{name} {prefix}id=\"{id}\"/>"),
        None => format!("<{name} xmlns:r=\"{OFFICE}\" r:id=\"{id}\"/>"),
    }))
}

/// Takes out what an earlier copy wrote: its notes with their boxes, and its part of the commune's own.
pub(super) fn take_out(package: &mut Package<'_>, sheet: &Sheet) -> Result<(), Unmarkable> {
    let relations = Relations::of(package, &sheet.part)?;
    let Some(comments) = relations.first("comments")?.filter(|relation| package.has(&relation.target)) else {
        return Ok(());
    };
    let xml = package.needed(&comments.target)?;
    let root = root(&xml)?;
    let mut edits = Edits::default();
    let mut gone = BTreeSet::new();
    for comment in root.grandchildren("commentList")? {
        let words = words(comment)?;
        if !words.trim_end().ends_with(BY_US) {
            continue;
        }
        if !words.contains(RULE) {
            edits.remove(comment.at.clone());
            gone.extend(comment.attribute("ref").and_then(|cell| cell.parse::<CellRef>().ok()));
        } else {
            cut_our_part(comment, &mut edits)?;
        }
    }
    package.put(&comments.target, edits.apply(&xml));
    for drawing in relations.all()?.iter().filter(|relation| relation.kind == "vmlDrawing") {
        shapes::take_out(package, &drawing.target, &gone)?;
    }
    Ok(())
}

/// All that a note says.
fn words(comment: &Element<'_>) -> Result<String, Unmarkable> {
    let mut words = String::new();
    for part in comment.grandchildren("text")? {
        if part.local() == "t" {
            words.push_str(&part.content());
        } else if let Some(text) = part.child("t")? {
            words.push_str(&text.content());
        }
    }
    Ok(words)
}

/// The cells that have a note.
fn noted(package: &mut Package<'_>, comments: Option<&Relation>) -> Result<BTreeSet<CellRef>, Unmarkable> {
    let Some(comments) = comments else { return Ok(BTreeSet::new()) };
    let xml = package.needed(&comments.target)?;
    let root = root(&xml)?;
    let list = root.grandchildren("commentList")?;
    Ok(list.iter().filter_map(|comment| comment.attribute("ref")?.parse().ok()).collect())
}

/// Writes the texts into a part of notes; gives the cells that had none before.
fn write(
    package: &mut Package<'_>,
    part: &str,
    notes: &BTreeMap<CellRef, String>,
    author: &str,
) -> Result<BTreeSet<CellRef>, Unmarkable> {
    let xml = package.needed(part)?;
    let root = root(&xml)?;
    let prefix = root.prefix();
    let missing = |what: &str| Unmarkable::Package(format!("{part} has no {what}"));
    let (Some(authors), Some(list)) = (root.child("authors")?, root.child("commentList")?) else {
        return Err(missing("authors or comments"));
    };
    let mut edits = Edits::default();
    let known = authors.children()?;
    let number = known.iter().position(|known| known.content() == author).unwrap_or_else(|| {
        edits.append(authors, &format!("<{prefix}author>{}</{prefix}author>", escaped(author)));
        known.len()
    });
    let held = list.children()?;
    let mut fresh = BTreeSet::new();
    let mut more = String::new();
    for (cell, note) in notes {
        let own = held.iter().find(|comment| comment.attribute("ref").is_some_and(|at| at == cell.to_string()));
        match own {
            Some(comment) => {
                let text = comment.child("text")?.ok_or_else(|| missing("text"))?;
                // A text of its own beside runs is one that Excel does not expect.
                for plain in text.children()?.iter().filter(|child| child.local() == "t") {
                    edits.replace(plain.at.clone(), format!("<{prefix}r>{}</{prefix}r>", plain.text()));
                }
                edits.append(text, &run(&format!("\n{RULE}\n{note}"), prefix));
            }
            None => {
                fresh.insert(*cell);
                more.push_str(&format!(
                    "<{prefix}comment ref=\"{cell}\" authorId=\"{number}\" shapeId=\"0\"><{prefix}text>{}</{prefix}text></{prefix}comment>",
                    run(note, prefix)
                ));
            }
        }
    }
    edits.append(list, &more);
    package.put(part, edits.apply(&xml));
    Ok(fresh)
}

/// Cuts a commune's own note where our part begins.
fn cut_our_part(comment: &Element<'_>, edits: &mut Edits) -> Result<(), Unmarkable> {
    let Some(text) = comment.child("text")? else { return Ok(()) };
    let mut is_ours = false;
    for run in text.children()? {
        let words = if run.local() == "t" { Some(run) } else { run.child("t")? };
        let cut = words.as_ref().and_then(|words| words.raw().find(RULE).map(|at| words.inner.start + at));
        match cut {
            _ if is_ours => edits.remove(run.at.clone()),
            Some(cut) => {
                let words = words.expect("the rule stands in them");
                let own =
                    words.raw()[..cut - words.inner.start].trim_end_matches(['\n', '\r']).trim_end_matches("&#10;");
                if own.is_empty() {
                    edits.remove(run.at.clone());
                } else {
                    edits.remove(words.inner.start + own.len()..words.inner.end);
                }
                is_ours = true;
            }
            None => {}
        }
    }
    Ok(())
}

/// A run of text in a note.
fn run(text: &str, prefix: &str) -> String {
    format!(
        "<{prefix}r><{prefix}rPr><{prefix}sz val=\"10\"/><{prefix}color indexed=\"81\"/><{prefix}rFont val=\"Tahoma\"/>\
         <{prefix}family val=\"2\"/></{prefix}rPr><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
        escaped(text)
    )
}

/// A part of notes without any.
fn empty() -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <comments xmlns=\"{MAIN}\"><authors></authors><commentList></commentList></comments>"
    )
}
