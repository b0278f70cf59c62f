//! A report to pages: the head, the sections that the paper has, the end. Pure, and what the tests look at.

use crate::model::brief::Brief;
use crate::model::report::{PageStart, Report, Section};

use super::blocks::{self, Part};
use super::flow::{Flow, Keep, Slab};
use super::head;
use super::page::Paper;
use super::style::Frame;
use super::tags::Blocks;

/// Lays a report out.
pub(super) fn pages(report: &Report) -> Paper {
    let mut flow = Flow::new(Frame::PORTRAIT);
    let mut counted = Blocks::default();
    let mut waiting = head::opening(&report.head, flow.frame().text_width());
    head::count(&mut waiting, &mut counted);
    let (body, annexes) = body_and_annexes(report);
    for section in body {
        start(&mut flow, section, &mut waiting);
        waiting.extend(blocks::section(section, Part::Text, flow.frame(), report.lang, &mut counted));
    }
    let frame = flow.frame();
    // A page with nothing but a signature could belong to any paper: the last lines go with it.
    waiting.iter_mut().rev().take(2).for_each(|slab| slab.keep = Keep::WithNext);
    let mut ending = head::ending(&report.signature, frame.text_width(), frame.text_height());
    head::count(&mut ending, &mut counted);
    waiting.extend(ending);
    for section in annexes {
        // The decree: each annex on pages of its own; one that flows on lies as the one before.
        flow.place(std::mem::take(&mut waiting));
        flow.start_page(frame_of(section.page).unwrap_or(flow.frame()));
        let part = Part::Annex(&report.head.attached);
        waiting.extend(blocks::section(section, part, flow.frame(), report.lang, &mut counted));
    }
    flow.place(waiting);
    flow.finish()
}

/// Lays a brief out.
pub(super) fn brief_pages(brief: &Brief) -> Paper {
    let mut flow = Flow::new(Frame::BRIEF);
    let mut counted = Blocks::default();
    let mut slabs = head::of_brief(brief, flow.frame());
    head::count(&mut slabs, &mut counted);
    slabs.extend(blocks::blocks(&brief.blocks, flow.frame(), brief.lang, &mut counted));
    flow.place(slabs);
    flow.finish()
}

/// The sections of the paper. What stands on pages of its own behind running text, and all that follows it, are annexes,
/// which the decree has behind the signature.
fn body_and_annexes(report: &Report) -> (Vec<&Section>, Vec<&Section>) {
    let mut body: Vec<&Section> = report.sections.iter().filter(|section| section.media.on_paper()).collect();
    let text = body.iter().position(|section| section.page == PageStart::Flow).unwrap_or(body.len());
    let annex = body[text..].iter().position(|section| section.page != PageStart::Flow);
    // A paper of nothing but pages of their own is signed at its end.
    let annexes = annex.map_or_else(Vec::new, |annex| body.split_off(text + annex));
    (body, annexes)
}

/// Sets what waits and turns the page, if the section asks for that. What flows on is set together, so that a heading
/// at the end of one section still stays with the next.
fn start(flow: &mut Flow, section: &Section, waiting: &mut Vec<Slab>) {
    let Some(frame) = frame_of(section.page) else { return };
    flow.place(std::mem::take(waiting));
    flow.start_page(frame);
}

/// The page a section asks for.
fn frame_of(page: PageStart) -> Option<Frame> {
    match page {
        PageStart::Flow => None,
        PageStart::NewPortrait => Some(Frame::PORTRAIT),
        PageStart::NewLandscape => Some(Frame::LANDSCAPE),
    }
}
