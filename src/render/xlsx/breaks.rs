//! Where a printed sheet goes on to the next page: not between a heading and what it heads.

/// Excel takes no more breaks in a sheet.
const MOST_BREAKS: usize = 1023;

/// A row as pages see it.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// Its height, in pixels.
    height: u32,
    /// Whether the next row stands on the same page.
    bound: bool,
}

/// The rows of a sheet from the top.
#[derive(Debug, Default)]
pub(super) struct Rows(Vec<Row>);

impl Rows {
    /// Adds a row below the others.
    pub(super) fn push(&mut self, height: u32) {
        self.0.push(Row { height, bound: false });
    }

    /// Keeps each of the rows from one to before another on the page of the row below it.
    pub(super) fn bind(&mut self, rows: std::ops::Range<u32>) {
        let count = self.0.len();
        let place = |row: u32| usize::try_from(row).unwrap_or(usize::MAX).min(count);
        self.0[place(rows.start)..place(rows.end)].iter_mut().for_each(|row| row.bound = true);
    }

    /// The height of the rows from one on, in pixels.
    pub(super) fn height_from(&self, row: u32) -> u32 {
        self.0.iter().skip(usize::try_from(row).unwrap_or(usize::MAX)).map(|row| row.height).sum()
    }

    /// The rows that begin a page, but for the first, where a page has so much room and each after the first so much
    /// less; nothing where there are more than Excel takes. What is bound is torn only where it is higher than a page.
    pub(super) fn first_of_pages(&self, room: u32, less: u32) -> Vec<u32> {
        let mut first = Vec::new();
        let (mut start, mut used, mut room) = (0, 0, room);
        for (index, row) in self.0.iter().enumerate() {
            if used + row.height > room && index > start {
                let torn_free = (start + 1..=index).rev().find(|&at| !self.0[at - 1].bound);
                let at = torn_free.unwrap_or(index);
                if first.is_empty() {
                    room = room.saturating_sub(less);
                }
                first.push(u32::try_from(at).unwrap_or(u32::MAX));
                (start, used) = (at, self.0[at..index].iter().map(|row| row.height).sum());
            }
            used += row.height;
        }
        if first.len() > MOST_BREAKS { Vec::new() } else { first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(heights: &[u32], bound: std::ops::Range<u32>) -> Rows {
        let mut rows = Rows::default();
        heights.iter().for_each(|height| rows.push(*height));
        rows.bind(bound);
        rows
    }

    #[test]
    fn a_page_takes_the_rows_it_has_room_for() {
        assert_eq!(rows(&[40, 60, 1, 99, 1], 0..0).first_of_pages(100, 0), [2, 4]);
        assert_eq!(rows(&[40, 60], 0..0).first_of_pages(100, 0), [0u32; 0]);
    }

    #[test]
    fn what_is_bound_goes_to_the_next_page_together() {
        assert_eq!(rows(&[60, 20, 20, 20], 1..3).first_of_pages(100, 0), [1]);
    }

    #[test]
    fn what_is_bound_and_higher_than_a_page_is_torn_where_the_page_ends() {
        assert_eq!(rows(&[60, 60, 60], 0..2).first_of_pages(100, 0), [1, 2]);
        assert_eq!(rows(&[300, 10], 0..0).first_of_pages(100, 0), [1]);
    }

    #[test]
    fn headings_that_come_again_leave_less_room_on_the_pages_after_the_first() {
        assert_eq!(rows(&[50; 6], 0..0).first_of_pages(100, 0), [2, 4]);
        assert_eq!(rows(&[50; 6], 0..0).first_of_pages(100, 50), [2, 3, 4, 5]);
    }

    #[test]
    fn a_sheet_of_more_pages_than_excel_takes_breaks_for_is_left_to_excel() {
        assert!(rows(&[50; 3000], 0..0).first_of_pages(100, 0).is_empty());
    }

    #[test]
    fn the_height_of_a_part_is_that_of_its_rows() {
        assert_eq!(rows(&[1, 2, 3], 0..0).height_from(1), 5);
    }
}
