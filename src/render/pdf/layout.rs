//! A report to pages: the head, the sections that the paper has, the end. Pure, and what the tests look at.

use crate::model::report::{Block, PageStart, Report, Section};

use super::blocks;
use super::flow::{Flow, Keep, Slab};
use super::head;
use super::page::Paper;
use super::style::Frame;

/// Lays a report out.
pub(super) fn pages(report: &Report) -> Paper {
    let mut flow = Flow::new(Frame::PORTRAIT);
    let mut waiting = head::opening(&report.head, flow.frame().text_width());
    let (body, annexes) = body_and_annexes(report);
    for section in body {
        start(&mut flow, section, &mut waiting);
        waiting.extend(blocks::section(section, flow.frame(), report.lang));
    }
    let frame = flow.frame();
    // A page with nothing but a signature could belong to any paper: the last lines go with it.
    waiting.iter_mut().rev().take(2).for_each(|slab| slab.keep = Keep::WithNext);
    waiting.extend(head::ending(&report.signature, frame.text_width(), frame.text_height()));
    for section in annexes {
        start(&mut flow, section, &mut waiting);
        waiting.extend(blocks::section(section, flow.frame(), report.lang));
    }
    flow.place(waiting);
    flow.finish()
}

/// The sections of the paper. Tables on pages of their own at its end are annexes, which the decree has behind the
/// signature.
fn body_and_annexes(report: &Report) -> (Vec<&Section>, Vec<&Section>) {
    let mut body: Vec<&Section> = report.sections.iter().filter(|section| section.media.on_paper()).collect();
    let tables = body.iter().rposition(|section| !is_tables_only(section)).map_or(0, |last| last + 1);
    let first = body[tables..].iter().position(|section| section.page != PageStart::Flow);
    let annexes = match first {
        // A paper of nothing but tables is signed at its end.
        Some(first) if tables + first > 0 => body.split_off(tables + first),
        _ => Vec::new(),
    };
    (body, annexes)
}

fn is_tables_only(section: &Section) -> bool {
    let is_text = |block: &Block| matches!(block, Block::Heading(_) | Block::Paragraph(_) | Block::Bullet(_));
    !section.blocks.iter().any(is_text)
}

/// Sets what waits and turns the page, if the section asks for that. What flows on is set together, so that a heading
/// at the end of one section still stays with the next.
fn start(flow: &mut Flow, section: &Section, waiting: &mut Vec<Slab>) {
    let frame = match section.page {
        PageStart::Flow => return,
        PageStart::NewPortrait => Frame::PORTRAIT,
        PageStart::NewLandscape => Frame::LANDSCAPE,
    };
    flow.place(std::mem::take(waiting));
    flow.start_page(frame);
}
