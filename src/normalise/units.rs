//! A number in the unit of its indicator: what stands behind the number must be that unit, or something to turn into it.

use crate::text::fold;

/// Words that may follow a number and are no unit.
const NO_UNIT: &[&str] = &[
    "dat", "chua", "so", "theo", "la", "tro", "tang", "giam", "nam", "thang", "ngay", "ke", "kh", "yeu", "yc", "vuot",
    "uoc", "va", "qd", "quy", "tren", "dau", "binh", "khong", "hoan",
];

/// Who an amount «/người» may be counted by, and in what time.
const A_HEAD: &[&str] = &["nguoi", "ng", "dau", "khau", "nhan", "n"];

/// A number in the unit of the set, and whether it was turned into it; `None` where the text counts in something else.
pub(super) fn in_unit(value: f64, behind: &str, unit: &str) -> Option<(f64, bool)> {
    if behind.contains(['$', '€']) {
        return None;
    }
    let behind = behind.trim_start_matches(|c: char| !c.is_alphabetic() && c != '/');
    let mut parts = behind.split('/');
    let head = fold(parts.next().unwrap_or(""));
    let (mut of_unit, head) = (unit.split('/'), head.as_str());
    let own = fold(of_unit.next().unwrap_or(""));
    let is_money = own.starts_with("trieu");
    let over: Vec<String> = of_unit.map(fold).collect();
    let per_head = over.iter().any(|part| part == "nguoi");
    let is_over = |part: &str| {
        let key = fold(part);
        let first = key.split(' ').next().unwrap_or("");
        first.is_empty()
            || over.iter().any(|own| own.split(' ').next() == Some(first))
            || (per_head && A_HEAD.contains(&first))
    };
    if !unit.is_empty() && !parts.all(is_over) {
        return None;
    }
    let words: Vec<&str> = head.split(' ').filter(|word| !word.is_empty()).collect();
    let Some(first) = words.first() else { return Some((value, false)) };
    if is_money {
        let is_monthly = words.windows(2).any(|two| two[1] == "thang" && matches!(two[0], "mot" | "moi" | "hang"));
        return match *first {
            _ if is_monthly => None,
            "trieu" | "tr" | "trd" => Some((value, false)),
            "nghin" | "ngan" => Some((value / 1e3, true)),
            "dong" | "d" | "vnd" if value >= 100_000.0 => Some((value, false)),
            other => NO_UNIT.contains(&other).then_some((value, false)),
        };
    }
    let is_own = own.split(' ').next() == Some(*first)
        || (own.starts_with("m2") && *first == "m")
        || (own.starts_with("lit") && *first == "l")
        || (own == "nha" && matches!(*first, "can" | "ngoi" | "cai"));
    (is_own || unit.is_empty() || NO_UNIT.contains(first)).then_some((value, false))
}
