//! Slabs to pages: what belongs together stays on one page, a table's header comes again on each page it goes on.

use std::rc::Rc;

use super::fonts::Face;
use super::page::{Bookmark, Ink, Item, Level, Page, Paper};
use super::style::{Frame, PAGE_NUMBER};
use super::tags::Tag;
use super::text::{Set, Slot, plain_lines};

/// A strip of the paper as wide as the text, never cut: a line of text, a row of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Slab {
    /// Its height without the room above.
    pub height: f32,
    /// Room above it; none at the top of a page.
    pub above: f32,
    /// What must not be torn from it.
    pub keep: Keep,
    /// How far from its top the paper should rather not be torn: the height of a small table.
    pub whole: f32,
    /// What is said instead of it where it cannot be seen, with the block it is.
    pub alternative: Option<(u32, String)>,
    /// What is drawn first where the slab begins a page: the header of its table.
    pub header: Option<Rc<Header>>,
    /// Its entry in the outline.
    pub bookmark: Option<(Level, String)>,
    /// The words by which the text names that entry.
    pub reference: Option<String>,
    /// What stands on it, from its top left corner.
    pub items: Vec<Item>,
}

/// What must not be torn from a slab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Keep {
    /// A page may end under it.
    #[default]
    Free,
    /// The next slab stands on the same page.
    WithNext,
}

/// The header of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Header {
    pub height: f32,
    pub items: Vec<Item>,
}

impl Header {
    /// The header with a row under it.
    pub(super) fn with(&self, row: &Slab) -> Header {
        let below = row.items.iter().map(|item| item.clone().moved(0.0, self.height));
        Header { height: self.height + row.height, items: self.items.iter().cloned().chain(below).collect() }
    }
}

/// The pages made so far and the place where the next slab goes.
#[derive(Debug)]
pub(super) struct Flow {
    paper: Paper,
    frame: Frame,
    /// Down from the top of the page.
    y: f32,
}

impl Flow {
    /// A paper with one empty page.
    pub(super) fn new(frame: Frame) -> Self {
        let mut flow = Flow { paper: Paper::default(), frame, y: 0.0 };
        flow.break_page();
        flow
    }

    /// The frame of the page in hand.
    pub(super) fn frame(&self) -> Frame {
        self.frame
    }

    /// Goes on at the top of a page of this frame; the first page, where nothing stands on it yet, is that page.
    pub(super) fn start_page(&mut self, frame: Frame) {
        let untouched = self.is_at_top() && self.paper.pages.len() == 1;
        if untouched {
            self.paper.pages.clear();
        }
        self.frame = frame;
        self.break_page();
    }

    /// Sets slabs one under the other, over as many pages as they need.
    pub(super) fn place(&mut self, slabs: Vec<Slab>) {
        let chains = chains(&slabs);
        let mut bound = Keep::Free;
        for (slab, chain) in slabs.into_iter().zip(chains) {
            let repeated = slab.header.as_ref().map_or(0.0, |header| header.height);
            // What fits exactly must not fail by the last digit of a sum.
            let left = self.frame.height - self.frame.bottom - self.y - slab.above + 0.01;
            let moves = |height: f32| height > left && height + repeated <= self.frame.text_height();
            // A chain is torn only where it is higher than a page, and then where the page ends.
            // The first page is the one to decide from: a table that can begin there is not put off.
            let wished = if self.paper.pages.len() > 1 { chain.wished } else { chain.needed };
            let turns = slab.height > left || (bound == Keep::Free && (moves(wished) || moves(chain.needed)));
            if turns && !self.is_at_top() {
                self.break_page();
                if let Some(header) = &slab.header {
                    // It was said where the table begins.
                    let mut items = header.items.clone();
                    items.iter_mut().filter_map(Item::tag_mut).for_each(|tag| *tag = Tag::default());
                    self.put(items, header.height);
                }
            }
            bound = slab.keep;
            self.y += if self.is_at_top() { 0.0 } else { slab.above };
            if let Some((level, title)) = slab.bookmark {
                let (page, y, reference) = (self.paper.pages.len() - 1, self.y, slab.reference);
                self.paper.bookmarks.push(Bookmark { level, title, page, y, reference });
            }
            self.paper.alternatives.extend(slab.alternative);
            self.put(slab.items, slab.height);
        }
    }

    /// The laid-out paper.
    pub(super) fn finish(self) -> Paper {
        self.paper
    }

    fn is_at_top(&self) -> bool {
        self.y <= self.frame.top
    }

    fn break_page(&mut self) {
        let frame = self.frame;
        let mut items = Vec::new();
        let number = self.paper.pages.len() + 1;
        // The decree: in the middle of the top margin, not on the first page.
        if number > 1 {
            let y = frame.top.min(Frame::PORTRAIT.top) - PAGE_NUMBER.leading - 10.0;
            let slot = Slot { x: frame.left, y, width: frame.text_width(), leading: PAGE_NUMBER.leading };
            for line in plain_lines(&number.to_string(), Face::Regular, PAGE_NUMBER.size, slot.width) {
                items.extend(line.draw(slot, Set::Center, PAGE_NUMBER.size, Ink::BLACK));
            }
        }
        // A paper of hundreds of pages has hundreds of thousands of items: what a full page spared is given back.
        if let Some(full) = self.paper.pages.last_mut() {
            full.items.shrink_to_fit();
        }
        self.paper.pages.push(Page { width: frame.width, height: frame.height, items });
        self.y = frame.top;
    }

    fn put(&mut self, items: impl IntoIterator<Item = Item>, height: f32) {
        let page = self.paper.pages.last_mut().expect("a flow begins with a page");
        page.items.extend(items.into_iter().map(|item| item.moved(self.frame.left, self.y)));
        self.y += height;
    }
}

/// The heights from the top of a slab to the end of what stands on the same page.
#[derive(Debug, Clone, Copy)]
struct Chain {
    /// With what must not be torn from it.
    needed: f32,
    /// With what should not be torn from it either.
    wished: f32,
}

fn chains(slabs: &[Slab]) -> Vec<Chain> {
    let none = Chain { needed: 0.0, wished: 0.0 };
    let mut chains = vec![none; slabs.len()];
    for (index, slab) in slabs.iter().enumerate().rev() {
        let bound = slab.keep == Keep::WithNext && index + 1 < slabs.len();
        let below = if bound { chains[index + 1] } else { none };
        let gap = if bound { slabs[index + 1].above } else { 0.0 };
        let whole = whole(&slabs[index..], &chains[index..], slab.whole);
        chains[index].needed = slab.height + gap + below.needed;
        chains[index].wished = (slab.height + gap + below.wished).max(whole);
    }
    chains
}

/// The height of a small table with what must not be torn from its last row: the note under it.
fn whole(slabs: &[Slab], chains: &[Chain], height: f32) -> f32 {
    let mut top = 0.0;
    for (index, (slab, chain)) in slabs.iter().zip(chains).enumerate() {
        top += if index == 0 { 0.0 } else { slab.above };
        // Sums of many heights differ in their last digits.
        if index > 0 && top + slab.height >= height - 0.1 {
            return top + chain.needed;
        }
        top += slab.height;
        if top >= height {
            break;
        }
    }
    height
}

#[cfg(test)]
mod tests {
    use super::super::page::Rule;
    use super::super::style::BODY;
    use super::*;

    const FRAME: Frame =
        Frame { width: 100.0, height: 120.0, left: 10.0, top: 10.0, right: 10.0, bottom: 10.0, body: BODY };

    /// A slab that draws a line at its top, so that its place can be read from the page.
    fn slab(height: f32, keep: Keep) -> Slab {
        let items = vec![Item::level(0.0, 0.0, 1.0, 1.0, Ink::BLACK)];
        Slab { height, keep, items, ..Slab::default() }
    }

    fn tops(slabs: Vec<Slab>) -> Vec<Vec<f32>> {
        let mut flow = Flow::new(FRAME);
        flow.place(slabs);
        let top = |item: &Item| match item {
            Item::Rule(Rule { from, .. }) => Some(from.1),
            _ => None,
        };
        flow.finish().pages.iter().map(|page| page.items.iter().filter_map(top).collect()).collect()
    }

    /// The same on the pages after a full first one.
    fn tops_after_the_first_page(slabs: Vec<Slab>) -> Vec<Vec<f32>> {
        tops([vec![slab(100.0, Keep::Free)], slabs].concat()).split_off(1)
    }

    #[test]
    fn a_slab_that_does_not_fit_begins_the_next_page() {
        let slabs = vec![slab(60.0, Keep::Free), slab(40.0, Keep::Free), slab(1.0, Keep::Free)];
        assert_eq!(tops(slabs), [vec![10.0, 70.0], vec![10.0]]);
    }

    #[test]
    fn room_above_is_dropped_at_the_top_of_a_page() {
        let gap = |height| Slab { above: 20.0, ..slab(height, Keep::Free) };
        assert_eq!(tops(vec![gap(30.0), gap(60.0)]), [vec![10.0], vec![10.0]]);
        assert_eq!(tops(vec![gap(30.0), gap(50.0)]), [vec![10.0, 60.0]]);
    }

    #[test]
    fn a_heading_moves_with_what_follows() {
        let slabs = vec![slab(70.0, Keep::Free), slab(10.0, Keep::WithNext), slab(30.0, Keep::Free)];
        assert_eq!(tops(slabs), [vec![10.0], vec![10.0, 20.0]]);
    }

    #[test]
    fn a_small_table_moves_whole_and_takes_its_heading_along() {
        let table = Slab { whole: 45.0, ..slab(15.0, Keep::Free) };
        let rows = [table, slab(15.0, Keep::Free), slab(15.0, Keep::Free)];
        let slabs = [&[slab(40.0, Keep::Free), slab(20.0, Keep::WithNext)], &rows[..]].concat();
        assert_eq!(tops_after_the_first_page(slabs), [vec![10.0], vec![10.0, 30.0, 45.0, 60.0]]);
    }

    #[test]
    fn a_small_table_moves_with_the_note_under_it() {
        let table = Slab { whole: 30.0, ..slab(15.0, Keep::Free) };
        let slabs = vec![slab(60.0, Keep::Free), table, slab(15.0, Keep::WithNext), slab(20.0, Keep::Free)];
        assert_eq!(tops_after_the_first_page(slabs), [vec![10.0], vec![10.0, 25.0, 40.0]]);
    }

    #[test]
    fn a_small_table_of_the_first_page_begins_there() {
        let table = Slab { whole: 45.0, keep: Keep::WithNext, ..slab(15.0, Keep::Free) };
        let rows = [table, slab(15.0, Keep::Free), slab(15.0, Keep::Free)];
        let slabs = [&[slab(40.0, Keep::Free), slab(20.0, Keep::WithNext)], &rows[..]].concat();
        assert_eq!(tops(slabs), [vec![10.0, 50.0, 70.0, 85.0], vec![10.0]]);
    }

    #[test]
    fn a_table_that_no_page_holds_stays_with_its_heading() {
        let table = Slab { whole: 90.0, ..slab(30.0, Keep::Free) };
        let rows = [table, slab(30.0, Keep::Free), slab(30.0, Keep::Free)];
        let slabs = [&[slab(20.0, Keep::Free), slab(20.0, Keep::WithNext)], &rows[..]].concat();
        assert_eq!(tops(slabs), [vec![10.0, 30.0, 50.0, 80.0], vec![10.0]]);
    }

    #[test]
    fn a_chain_higher_than_a_page_is_set_slab_by_slab() {
        let slabs = vec![slab(60.0, Keep::WithNext), slab(60.0, Keep::Free)];
        assert_eq!(tops(slabs), [vec![10.0], vec![10.0]]);
    }

    #[test]
    fn a_table_going_on_brings_its_header_along() {
        let header = Rc::new(Header { height: 15.0, items: slab(15.0, Keep::Free).items });
        let row = Slab { header: Some(Rc::clone(&header)), ..slab(40.0, Keep::Free) };
        let first = Slab { header: None, ..slab(15.0, Keep::WithNext) };
        let slabs = vec![first, row.clone(), row.clone(), row];
        assert_eq!(tops(slabs), [vec![10.0, 25.0, 65.0], vec![10.0, 25.0]]);
    }

    #[test]
    fn pages_after_the_first_carry_their_number() {
        let mut flow = Flow::new(FRAME);
        flow.place(vec![slab(90.0, Keep::Free), slab(90.0, Keep::Free)]);
        let paper = flow.finish();
        let numbers: Vec<Vec<&str>> = paper
            .pages
            .iter()
            .map(|page| {
                let text = |item: &'_ Item| matches!(item, Item::Text(_));
                page.items
                    .iter()
                    .filter(|item| text(item))
                    .map(|item| match item {
                        Item::Text(run) => run.text.as_str(),
                        _ => "",
                    })
                    .collect()
            })
            .collect();
        assert_eq!(numbers, [vec![], vec!["2"]]);
    }
}
