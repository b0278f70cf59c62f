//! The names of criteria and indicators, to be found again in rows that may have shortened or bent them.

use std::collections::{BTreeMap, HashMap};

use crate::model::{CriteriaSet, ItemCode};
use crate::text::fold;
use crate::text::short::in_full;

use super::code;

/// A place in a set's order: a criterion's own row, or an indicator's. A single indicator has both.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) criterion: u16,
    /// 0 for the criterion's own row.
    pub(super) indicator: u16,
    pub(super) item: ItemCode,
    words: Vec<u32>,
    /// How much its words tell together.
    weight: f64,
}

impl Node {
    pub(super) fn is_criterion(&self) -> bool {
        self.indicator == 0
    }
}

/// A set's nodes in order.
#[derive(Debug)]
pub(super) struct SetNames {
    pub(super) nodes: Vec<Node>,
    /// Folded names of the set's groups.
    pub(super) groups: Vec<String>,
    /// Codes written in other ways that mean a node.
    by_code: HashMap<(u16, u16), usize>,
    /// How much each word tells, by its number; words of later sets have none here.
    weights: Vec<f64>,
}

/// The weight of a word that no name of a set has.
const STRANGE: f64 = 3.0;

/// How a name was matched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct NameMatch {
    pub(super) set: usize,
    pub(super) node: usize,
    /// 1 for the very words, less for similar ones.
    pub(super) score: f64,
}

/// The names of all sets of a catalogue, built once.
#[derive(Debug)]
pub struct Names {
    pub(super) sets: Vec<SetNames>,
    exact: HashMap<String, Vec<(usize, usize)>>,
    word_numbers: HashMap<String, u32>,
}

impl Names {
    /// The names of the given sets, addressed by their position.
    #[must_use]
    pub fn of(sets: &[CriteriaSet]) -> Self {
        let mut names = Names { sets: Vec::new(), exact: HashMap::new(), word_numbers: HashMap::new() };
        for set in sets {
            names.add(set);
        }
        names
    }

    fn add(&mut self, set: &CriteriaSet) {
        let set_index = self.sets.len();
        let mut nodes = Vec::new();
        let mut groups: Vec<String> = Vec::new();
        for criterion in &set.criteria {
            let key = fold(&criterion.name);
            self.exact.entry(key.clone()).or_default().push((set_index, nodes.len()));
            let words = self.numbers(&key);
            nodes.push(Node { criterion: criterion.number, indicator: 0, item: criterion.code(), words, weight: 0.0 });
            for indicator in &criterion.indicators {
                let key = fold(&indicator.name);
                self.exact.entry(key.clone()).or_default().push((set_index, nodes.len()));
                let words = self.numbers(&key);
                let number = indicator.code.indicator_number().unwrap_or(1);
                nodes.push(Node {
                    criterion: criterion.number,
                    indicator: number,
                    item: indicator.code,
                    words,
                    weight: 0.0,
                });
            }
            groups.extend(criterion.group.iter().map(|g| fold(g)));
        }
        groups.sort();
        groups.dedup();
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for node in &nodes {
            let mut words = node.words.clone();
            words.sort_unstable();
            words.dedup();
            words.into_iter().for_each(|w| *counts.entry(w).or_default() += 1);
        }
        let total = nodes.len() as f64;
        let mut weights = vec![STRANGE; self.word_numbers.len()];
        for (&word, &n) in &counts {
            weights[word as usize] = (1.0 + total / n as f64).ln();
        }
        for node in &mut nodes {
            node.weight = node.words.iter().map(|&word| weights[word as usize]).sum();
        }
        let by_code = nodes.iter().enumerate().map(|(i, n)| ((n.criterion, n.indicator), i)).collect();
        self.sets.push(SetNames { nodes, groups, by_code, weights });
    }

    fn numbers(&mut self, key: &str) -> Vec<u32> {
        in_full(key)
            .map(|word| {
                let next = self.word_numbers.len() as u32;
                *self.word_numbers.entry(word.to_owned()).or_insert(next)
            })
            .collect()
    }

    /// Items whose name is the text's, word for word: a leading code or the word for criterion is read past.
    pub(super) fn exact(&self, text: &str, key: &str) -> Vec<NameMatch> {
        let hit = |key: &str| self.exact.get(key);
        let stripped =
            || ["tieu chi ", "chi tieu ", "tc ", "ve "].iter().find_map(|p| key.strip_prefix(p)).and_then(hit);
        let behind_code = || {
            let key = fold(code::leading(text)?.1);
            hit(&key).or_else(|| key.strip_prefix("ve ").and_then(hit))
        };
        let found = hit(key).or_else(stripped).or_else(behind_code);
        found.into_iter().flatten().map(|&(set, node)| NameMatch { set, node, score: 1.0 }).collect()
    }

    /// The share of the telling words of a text that an item's name has too, 0 to 1.
    pub(super) fn likeness(&self, set: usize, node: usize, key: &str) -> f64 {
        let names = &self.sets[set];
        let weight = |w: u32| names.weights.get(w as usize).copied().unwrap_or(STRANGE);
        let words: Vec<Option<u32>> = in_full(key).map(|w| self.word_numbers.get(w).copied()).collect();
        let own: f64 = words.iter().map(|w| w.map_or(STRANGE, weight)).sum();
        let has = |w: &&u32| names.nodes[node].words.contains(*w);
        let common: f64 = words.iter().flatten().filter(has).map(|&w| weight(w)).sum();
        if own > 0.0 { common / own } else { 0.0 }
    }

    /// Items of one set whose name shares most of its telling words with the text, the best first.
    pub(super) fn similar(&self, set: usize, key: &str) -> Vec<NameMatch> {
        let names = &self.sets[set];
        let words: Vec<Option<u32>> = in_full(key).map(|w| self.word_numbers.get(w).copied()).collect();
        if words.is_empty() || words.len() > 120 {
            return Vec::new();
        }
        let weight = |w: u32| names.weights.get(w as usize).copied().unwrap_or(STRANGE);
        let own: f64 = words.iter().map(|w| w.map_or(STRANGE, weight)).sum();
        let pairs: Vec<(u32, u32)> = words.windows(2).filter_map(|pair| pair[0].zip(pair[1])).collect();
        let pair_total = words.len().saturating_sub(1).max(1) as f64;
        let mut found: Vec<NameMatch> = names
            .nodes
            .iter()
            .enumerate()
            .filter_map(|(node, n)| {
                let common: f64 = words.iter().flatten().filter(|w| n.words.contains(w)).map(|&w| weight(w)).sum();
                // A shortened name holds few of the full name's words, yet little else.
                let shared = 0.4 * (common / own) + 0.3 * (common / n.weight).min(1.0);
                // Even with all words standing together it would be too little; most names end here.
                if shared < 0.15 {
                    return None;
                }
                // Words in common may be chance in a long name; words that stand together in both are not.
                let together = pairs.iter().filter(|p| n.words.windows(2).any(|w| (w[0], w[1]) == **p)).count() as f64;
                let score = 0.4 * (common / own) + 0.3 * (together / pair_total) + 0.3 * (common / n.weight).min(1.0);
                (score >= 0.5).then_some(NameMatch { set, node, score })
            })
            .collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.node.cmp(&b.node)));
        found.truncate(4);
        found
    }
}

impl SetNames {
    /// The node of a code.
    pub(super) fn by_code(&self, criterion: u16, indicator: u16) -> Option<usize> {
        self.by_code.get(&(criterion, indicator)).copied()
    }

    /// Whether a criterion has one indicator only, which bears its number.
    pub(super) fn is_single(&self, criterion: u16) -> bool {
        self.by_code(criterion, 1).is_some_and(|n| self.nodes[n].item == ItemCode::criterion(criterion))
    }

    /// Whether a node is a criterion that stands above indicators of its own.
    pub(super) fn is_heading(&self, node: usize) -> bool {
        let node = &self.nodes[node];
        node.is_criterion() && self.by_code(node.criterion, 1).is_some() && !self.is_single(node.criterion)
    }

    /// Whether a row's text is the name of a group of criteria.
    pub(super) fn is_group(&self, key: &str) -> bool {
        self.groups.binary_search_by(|g| g.as_str().cmp(key)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    fn item(names: &Names, found: &[NameMatch]) -> Vec<String> {
        found.iter().map(|m| format!("{}:{}", m.set, names.sets[m.set].nodes[m.node].item)).collect()
    }

    #[test]
    fn the_very_words_are_found_whatever_their_form() {
        let catalogue = Catalogue::embedded().unwrap();
        let names = Names::of(&catalogue.sets);
        let text = "TIÊU CHÍ THUỶ LỢI VÀ PHÒNG, CHỐNG THIÊN TAI";
        assert_eq!(item(&names, &names.exact(text, &fold(text))), ["0:3", "1:3"]);
        let text = "14.2. Tỷ lệ dân số được quản lý sức khoẻ";
        assert_eq!(item(&names, &names.exact(text, &fold(text))), ["1:14.2"]);
    }

    #[test]
    fn a_shortened_name_is_found_by_its_telling_words() {
        let catalogue = Catalogue::embedded().unwrap();
        let names = Names::of(&catalogue.sets);
        for (text, item) in [
            ("Tỷ lệ người dân tham gia bảo hiểm y tế", "14.1"),
            ("Tỷ lệ sử dụng hỏa táng", "17.10"),
            ("Phân loại chất thải rắn tại nguồn", "17.5"),
            ("Có sản phẩm OCOP xếp hạng đạt chuẩn", "13.2"),
            ("Ứng dụng CNTT giải quyết TTHC", "15.1"),
        ] {
            let best = names.similar(1, &fold(text));
            assert_eq!(names.sets[1].nodes[best[0].node].item.to_string(), item, "{text}");
        }
        assert!(names.similar(1, &fold("Chi mua văn phòng phẩm")).is_empty());
    }
}
