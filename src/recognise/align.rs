//! Rows against a set: an alignment by order, code and name, not a look-up.
//!
//! Each row has a few nodes of the set it may be, scored by its code and its name; the heaviest chain of rows whose
//! nodes rise in the set's order is taken. It settles 17.1 and 17.10, dates for codes, missing and wrong numbers,
//! without a rule for any of them. Rows that are out of order are placed afterwards, where their words leave no doubt.

use super::code::Reading;
use super::names::{NameMatch, SetNames};

/// What a row brings to the alignment.
#[derive(Debug, Clone, Default)]
pub(super) struct RowSigns {
    pub(super) row: u32,
    /// Readings of its code.
    pub(super) codes: Vec<Reading>,
    /// Matches of its name, for all sets.
    pub(super) names: Vec<NameMatch>,
    /// The criterion that a column beside it names.
    pub(super) within: Option<u16>,
    /// Whether the row is hidden: of two rows for one item the one that can be seen is meant.
    pub(super) is_hidden: bool,
}

/// Where a row was placed, and by what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    pub(super) row: u32,
    pub(super) node: usize,
    /// How well its name fits: 1 for the very words, 0 for none.
    pub(super) name: f64,
    /// How its code fits.
    pub(super) code: CodeFit,
}

/// How a row's code fits the node it was placed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodeFit {
    /// It is that node's code, plainly written.
    Plain,
    /// It is that node's code after repair.
    Repaired,
    /// The row has no code.
    Absent,
    /// It is another node's code: the name and the order overruled it.
    Overruled,
    /// The row has none of the set's codes; only this node was missing between its neighbours.
    Neighbours,
}

/// The rows of a table placed in a set.
#[derive(Debug, Clone)]
pub(super) struct Alignment {
    pub(super) set: usize,
    /// In the order of the rows.
    pub(super) placed: Vec<Placed>,
    /// The weight of the chain.
    pub(super) score: f64,
    /// Rows that name an item already placed elsewhere: row, node.
    pub(super) repeated: Vec<(u32, usize)>,
}

impl Alignment {
    /// Rows that no code and no name placed, between two that are: where they are as many as the indicators missing
    /// there and `alike` says that each may be one, they are these, in order.
    pub(super) fn fill_gaps(&mut self, rows: &[u32], set: &SetNames, alike: &dyn Fn(u32, usize) -> bool) {
        let mut found = Vec::new();
        for pair in self.placed.windows(2) {
            let between = |row: &&u32| pair[0].row < **row && **row < pair[1].row;
            let missing: Vec<usize> = (pair[0].node + 1..pair[1].node)
                .filter(|&n| {
                    !(set.is_heading(n) || set.nodes[n].is_criterion() && set.is_single(set.nodes[n].criterion))
                })
                .filter(|n| !self.placed.iter().any(|p| p.node == *n))
                .collect();
            if missing.is_empty() || missing.len() > 3 {
                continue;
            }
            // Headings and lines below an item may stand there too: only what may be the item counts.
            let mut nodes = missing.iter().copied().peekable();
            let mut own = Vec::new();
            for &row in rows.iter().filter(between) {
                if let Some(node) = nodes.next_if(|&node| alike(row, node)) {
                    own.push(Placed { row, node, name: 0.3, code: CodeFit::Neighbours });
                }
            }
            if own.len() == missing.len() {
                found.extend(own);
            }
        }
        self.placed.extend(found);
        self.placed.sort_by_key(|p| p.row);
    }
}

/// A name that fits word for word weighs more than a code, which is easier to get wrong.
const NAME_WEIGHT: f64 = 10.0;
/// Below this a pair is no evidence.
const MIN_PAIR: f64 = 3.5;

#[derive(Debug, Clone, Copy)]
struct Pair {
    node: usize,
    weight: f64,
    name: f64,
}

/// The heaviest placing of rows (from the top) in one set.
pub(super) fn align(rows: &[RowSigns], set_index: usize, set: &SetNames) -> Alignment {
    let pairs: Vec<Vec<Pair>> = rows.iter().map(|row| pairs_of(row, set_index, set)).collect();
    let (score, mut chosen) = heaviest_chain(&pairs, set.nodes.len());
    let mut taken: Vec<Option<usize>> = vec![None; set.nodes.len()];
    for (row, pair) in chosen.iter().enumerate() {
        if let Some(pair) = pair {
            taken[pair.node] = Some(row);
        }
    }
    place_out_of_order(&pairs, &mut chosen, &mut taken);
    let mut placed = Vec::new();
    let mut repeated = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        match chosen[i] {
            Some(pair) => placed.push(Placed {
                row: row.row,
                node: pair.node,
                name: pair.name,
                code: code_fit(row, pair.node, set),
            }),
            None => {
                // A sure sign of a node that another row has already: the item stands twice.
                let sure = pairs[i].iter().filter(|p| p.name >= 1.0 || (p.name == 0.0 && p.weight >= 5.5));
                let sure = sure.max_by(|a, b| a.weight.total_cmp(&b.weight));
                repeated.extend(sure.filter(|p| taken[p.node].is_some()).map(|p| (row.row, p.node)));
            }
        }
    }
    Alignment { set: set_index, placed, score, repeated }
}

/// The nodes a row may be.
fn pairs_of(row: &RowSigns, set_index: usize, set: &SetNames) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut add = |node: usize, weight: f64, name: f64| match pairs.iter_mut().find(|p| p.node == node) {
        Some(pair) if name > 0.0 && pair.name > 0.0 => {
            // Two names for one node (criterion and indicator columns): the better one counts.
            if name > pair.name {
                pair.weight += weight - pair.name * NAME_WEIGHT;
                pair.name = name;
            }
        }
        Some(pair) if name > 0.0 => {
            pair.weight += weight;
            pair.name = name;
        }
        Some(pair) => pair.weight = pair.weight.max(weight),
        None => pairs.push(Pair { node, weight, name }),
    };
    for reading in &row.codes {
        if let Some(node) = set.by_code(reading.criterion, reading.indicator) {
            add(node, reading.weight, 0.0);
        }
        // A single indicator is written with its criterion's number.
        if reading.indicator == 0
            && set.is_single(reading.criterion)
            && let Some(node) = set.by_code(reading.criterion, 1)
        {
            add(node, reading.weight - 0.5, 0.0);
        }
    }
    for name in row.names.iter().filter(|n| n.set == set_index) {
        add(name.node, name.score * NAME_WEIGHT, name.score);
    }
    if let Some(criterion) = row.within {
        for pair in &mut pairs {
            pair.weight += if set.nodes[pair.node].criterion == criterion { 1.5 } else { -1.5 };
        }
    }
    if row.is_hidden {
        pairs.iter_mut().for_each(|pair| pair.weight -= 0.4);
    }
    pairs.retain(|p| p.weight >= MIN_PAIR);
    pairs
}

/// The heaviest sequence of pairs, at most one a row, with strictly rising nodes.
fn heaviest_chain(pairs: &[Vec<Pair>], nodes: usize) -> (f64, Vec<Option<Pair>>) {
    // best[n]: the heaviest chain that ends at node n, and the step it ends with.
    let mut best: Vec<(f64, Option<usize>)> = vec![(0.0, None); nodes];
    let mut steps: Vec<(usize, Pair, Option<usize>)> = Vec::new();
    for (row, candidates) in pairs.iter().enumerate() {
        let updates: Vec<(usize, f64, usize)> = candidates
            .iter()
            .map(|pair| {
                let before = best[..pair.node].iter().filter(|(w, _)| *w > 0.0).max_by(|a, b| a.0.total_cmp(&b.0));
                let (weight, step) = before.copied().unwrap_or((0.0, None));
                steps.push((row, *pair, step));
                (pair.node, weight + pair.weight, steps.len() - 1)
            })
            .collect();
        for (node, weight, step) in updates {
            if weight > best[node].0 {
                best[node] = (weight, Some(step));
            }
        }
    }
    let (score, mut step) = best.into_iter().max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((0.0, None));
    let mut chosen = vec![None; pairs.len()];
    while let Some(i) = step {
        let (row, pair, before) = steps[i];
        chosen[row] = Some(pair);
        step = before;
    }
    (score, chosen)
}

/// Rows left over whose name or code points at a node nobody has: a list in another order than the decision's.
fn place_out_of_order(pairs: &[Vec<Pair>], chosen: &mut [Option<Pair>], taken: &mut [Option<usize>]) {
    for (row, candidates) in pairs.iter().enumerate() {
        if chosen[row].is_some() {
            continue;
        }
        let free = candidates.iter().filter(|p| taken[p.node].is_none()).max_by(|a, b| a.weight.total_cmp(&b.weight));
        // The same words or the same code would have to be a coincidence; a similar name alone could be one.
        if let Some(pair) = free.filter(|p| p.name >= 1.0 || (p.weight >= 6.0 && p.name == 0.0) || p.weight >= 9.5) {
            chosen[row] = Some(*pair);
            taken[pair.node] = Some(row);
        }
    }
}

fn code_fit(row: &RowSigns, node: usize, set: &SetNames) -> CodeFit {
    let wanted = &set.nodes[node];
    let fits = |r: &&Reading| {
        r.criterion == wanted.criterion
            && (r.indicator == wanted.indicator || (r.indicator == 0 && set.is_single(r.criterion)))
    };
    match row.codes.iter().find(fits) {
        Some(reading) if reading.plain => CodeFit::Plain,
        Some(_) => CodeFit::Repaired,
        None if row.codes.is_empty() => CodeFit::Absent,
        None => CodeFit::Overruled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::recognise::names::Names;

    fn placed(codes: &[&[(u16, u16, f64)]]) -> Vec<String> {
        let catalogue = Catalogue::embedded().unwrap();
        let names = Names::of(&catalogue.sets);
        let rows: Vec<RowSigns> = codes
            .iter()
            .zip(0..)
            .map(|(readings, row)| RowSigns {
                row,
                codes: readings
                    .iter()
                    .map(|&(criterion, indicator, weight)| Reading { criterion, indicator, weight, plain: true })
                    .collect(),
                ..RowSigns::default()
            })
            .collect();
        align(&rows, 1, &names.sets[1]).placed.iter().map(|p| names.sets[1].nodes[p.node].item.to_string()).collect()
    }

    #[test]
    fn the_order_of_rows_settles_a_lost_zero() {
        let ambiguous = [(17, 1, 5.0), (17, 10, 4.0)];
        let rows: Vec<&[(u16, u16, f64)]> =
            vec![&ambiguous, &[(17, 2, 6.0)], &[(17, 9, 6.0)], &ambiguous, &[(17, 11, 6.0)]];
        assert_eq!(placed(&rows), ["17.1", "17.2", "17.9", "17.10", "17.11"]);
    }

    #[test]
    fn rows_in_another_order_are_still_placed() {
        let rows: Vec<&[(u16, u16, f64)]> = vec![&[(2, 1, 6.0)], &[(2, 2, 6.0)], &[(3, 1, 6.0)], &[(1, 1, 6.0)]];
        assert_eq!(placed(&rows), ["2.1", "2.2", "3.1", "1.1"]);
    }
}
