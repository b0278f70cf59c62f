//! Which columns of a table stand on one page, and how wide each is.

/// What a column asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Need {
    /// The width wanted; columns share the page in proportion to it.
    pub want: f32,
    /// The width below which a word of it would be cut.
    pub least: f32,
    /// The width in which none of its cells is broken, where that is near the one wanted; else the least.
    pub snug: f32,
}

/// Cuts columns that do not fit side by side into parts, each led by the key columns. A part is a list of columns.
///
/// `runs` are the numbers of neighbours under one group heading, which are rather not cut apart.
pub(super) fn parts(needs: &[Need], runs: &[usize], key_columns: usize, width: f32) -> Vec<Vec<usize>> {
    let keys = key_columns.min(needs.len().saturating_sub(1));
    let room = width - least(&needs[..keys]).min(width * 0.6);
    let mut next = 0;
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for run in runs {
        let columns: Vec<usize> = (next..next + run).filter(|&column| column >= keys).collect();
        next += run;
        if columns.iter().map(|&column| needs[column].least).sum::<f32>() <= room {
            groups.push(columns);
        } else {
            groups.extend(columns.into_iter().map(|column| vec![column]));
        }
    }
    // Parts of about equal width read better than full ones and a remnant.
    let mut chosen = filled(needs, &groups, room);
    let mut narrower = room - 4.0;
    while narrower > room / 2.0 && chosen.len() > 1 {
        let parts = filled(needs, &groups, narrower);
        if parts.len() > chosen.len() {
            break;
        }
        chosen = parts;
        narrower -= 4.0;
    }
    chosen.into_iter().map(|part| (0..keys).chain(part).collect()).collect()
}

/// As many groups in each part as there is room for, at least one.
fn filled(needs: &[Need], groups: &[Vec<usize>], room: f32) -> Vec<Vec<usize>> {
    let mut parts: Vec<Vec<usize>> = vec![Vec::new()];
    let mut used = 0.0;
    for group in groups {
        let width: f32 = group.iter().map(|&column| needs[column].least).sum();
        let part = parts.last_mut().expect("it begins with a part");
        if part.is_empty() || used + width <= room {
            part.extend(group);
            used += width;
        } else {
            parts.push(group.clone());
            used = width;
        }
    }
    parts
}

/// The widths of columns that fill a page side by side: as wanted, but none narrower than its longest word, and names
/// and dates on one line where there is room for that.
pub(super) fn widths(needs: &[Need], width: f32) -> Vec<f32> {
    let least_in_all = least(needs);
    if least_in_all >= width {
        return needs.iter().map(|need| need.least * width / least_in_all).collect();
    }
    let snug_in_all: f32 = needs.iter().map(|need| need.snug).sum();
    let floor = |need: &Need| if snug_in_all <= width * 0.9 { need.snug } else { need.least };
    let mut held = vec![false; needs.len()];
    loop {
        let taken: f32 = needs.iter().zip(&held).filter(|(_, held)| **held).map(|(need, _)| floor(need)).sum();
        let wanted: f32 = needs.iter().zip(&held).filter(|(_, held)| !**held).map(|(need, _)| need.want).sum();
        let scale = (width - taken) / wanted.max(f32::MIN_POSITIVE);
        let narrow = needs.iter().zip(&held).position(|(need, held)| !held && need.want * scale < floor(need));
        match narrow {
            Some(column) => held[column] = true,
            None => {
                let share = |(need, held): (&Need, &bool)| if *held { floor(need) } else { need.want * scale };
                return needs.iter().zip(&held).map(share).collect();
            }
        }
    }
}

fn least(needs: &[Need]) -> f32 {
    needs.iter().map(|need| need.least).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(want: f32, least: f32) -> Need {
        Need { want, least, snug: least }
    }

    #[test]
    fn columns_share_the_width_as_they_want() {
        assert_eq!(widths(&[need(1.0, 5.0), need(3.0, 5.0)], 100.0), [25.0, 75.0]);
    }

    #[test]
    fn no_column_is_narrower_than_its_longest_word() {
        assert_eq!(widths(&[need(1.0, 40.0), need(3.0, 5.0), need(3.0, 5.0)], 100.0), [40.0, 30.0, 30.0]);
    }

    #[test]
    fn a_name_stays_on_one_line_where_there_is_room() {
        let name = Need { want: 20.0, least: 10.0, snug: 30.0 };
        assert_eq!(widths(&[name, need(80.0, 20.0)], 100.0), [30.0, 70.0]);
        assert_eq!(widths(&[name, need(80.0, 65.0)], 100.0), [20.0, 80.0]);
    }

    #[test]
    fn columns_that_cannot_fit_are_squeezed_into_the_page() {
        assert_eq!(widths(&[need(1.0, 150.0), need(1.0, 50.0)], 100.0), [75.0, 25.0]);
    }

    #[test]
    fn too_many_columns_are_cut_into_even_parts_led_by_the_keys() {
        let needs = [&[need(20.0, 20.0); 1][..], &[need(10.0, 10.0); 9][..]].concat();
        let expected = vec![vec![0, 1, 2, 3, 4, 5], vec![0, 6, 7, 8, 9]];
        assert_eq!(parts(&needs, &[1; 10], 1, 80.0), expected);
        assert_eq!(parts(&needs, &[1; 10], 1, 110.0).len(), 1);
    }

    #[test]
    fn columns_of_one_group_stay_together_where_they_can() {
        let needs = [need(10.0, 10.0); 8];
        assert_eq!(parts(&needs, &[1, 2, 3, 2], 1, 60.0), [vec![0, 1, 2, 3, 4, 5], vec![0, 6, 7]]);
        assert_eq!(parts(&needs, &[1, 7], 1, 60.0), [vec![0, 1, 2, 3, 4], vec![0, 5, 6, 7]]);
    }

    #[test]
    fn every_column_stands_in_a_part_however_narrow_the_page() {
        let needs = [need(10.0, 50.0); 4];
        let cut = parts(&needs, &[2, 2], 2, 60.0);
        let columns: Vec<usize> = cut.into_iter().flat_map(|part| part[2..].to_vec()).collect();
        assert_eq!(columns, [2, 3]);
        assert_eq!(parts(&[need(1.0, 99.0)], &[1], 1, 10.0), [[0]]);
    }
}
