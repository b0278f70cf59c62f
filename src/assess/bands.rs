//! Bands of criteria met, by which communes are grouped: 19 · 15-18 · 10-14 · 5-9 · under 5.

/// Lower bounds of the bands that are in use, by the number of criteria of the set, best first.
///
/// 19: the reports of all years since 2010. 10: the forms of 2026-2030 (all ten, 5 to 9, under 5).
const IN_USE: &[(u32, &[u32])] = &[(19, &[19, 15, 10, 5, 0]), (10, &[10, 5, 0])];

/// The numbers of criteria met from `from` to `to`, both inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Band {
    /// Fewest criteria.
    pub from: u32,
    /// Most criteria.
    pub to: u32,
}

impl Band {
    /// Whether a number of criteria lies inside.
    #[must_use]
    pub fn contains(self, criteria: u32) -> bool {
        (self.from..=self.to).contains(&criteria)
    }
}

/// The bands of a set with so many criteria, best first; for a number not in use those of 19, scaled.
pub(super) fn of(total: u32) -> Vec<Band> {
    let mut lower: Vec<u32> = match IN_USE.iter().find(|(criteria, _)| *criteria == total) {
        Some((_, bounds)) => bounds.to_vec(),
        None => [19, 15, 10, 5, 0].iter().map(|bound| (bound * total).div_ceil(19)).collect(),
    };
    lower.dedup();
    let upper = std::iter::once(total).chain(lower.iter().map(|bound| bound.saturating_sub(1)));
    lower.iter().zip(upper).map(|(&from, to)| Band { from, to }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(total: u32) -> Vec<(u32, u32)> {
        of(total).iter().map(|band| (band.from, band.to)).collect()
    }

    #[test]
    fn bands_in_use_are_those_of_the_printed_forms() {
        assert_eq!(shown(19), [(19, 19), (15, 18), (10, 14), (5, 9), (0, 4)]);
        assert_eq!(shown(10), [(10, 10), (5, 9), (0, 4)]);
    }

    #[test]
    fn every_number_of_criteria_lies_in_exactly_one_band() {
        for total in 1..=40 {
            for met in 0..=total {
                assert_eq!(of(total).iter().filter(|band| band.contains(met)).count(), 1, "{met} of {total}");
            }
        }
    }
}
