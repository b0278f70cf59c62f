//! Invented figures that look like a commune's of the Red River delta, and the words its table gives as the target.
//!
//! Nothing here is law: targets are what a clerk might have typed into the form.

use super::sets::Indicator;

/// What a form asks of an indicator, and the spans in which a commune's figure lies.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Norm {
    /// The target as the form words it.
    pub(crate) target: &'static str,
    /// A commune that meets it is between these.
    pub(crate) met: (f64, f64),
    /// A commune that does not is between these.
    pub(crate) short: (f64, f64),
}

/// What is answered where the form asks no number.
const YES: [&str; 4] = ["Có", "Đã thực hiện", "Đảm bảo", "Có"];
const NO: [&str; 3] = ["Chưa có", "Đang thực hiện", "Chưa đảm bảo"];

/// A result, as the commune knows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Figure {
    /// In the unit of the indicator: 95.5 for 95.5 %.
    Number(f64),
    Words(&'static str),
}

/// The target that a form prints for an indicator.
pub(crate) fn target(set: &str, indicator: &Indicator) -> &'static str {
    match indicator.kind.as_str() {
        "yes_no" => "Đạt",
        _ => norm(set, indicator).target,
    }
}

/// A figure for a commune and an indicator: always the same for the same key, and on the right side of the norm.
pub(crate) fn figure(set: &str, indicator: &Indicator, is_met: bool, key: &str) -> Figure {
    let draw = hash(&format!("{key} {set} {}", indicator.code));
    if indicator.kind == "yes_no" || indicator.unit == "loại" || indicator.unit == "mức" {
        return Figure::Words(words(&indicator.unit, is_met, draw));
    }
    let norm = norm(set, indicator);
    let (low, high) = if is_met { norm.met } else { norm.short };
    let share = (draw % 1000) as f64 / 999.0;
    let number = low + (high - low) * share;
    Figure::Number(match indicator.kind.as_str() {
        "count" | "grade" | "volume_per_capita" => number.round(),
        _ => (number * 10.0).round() / 10.0,
    })
}

fn words(unit: &str, is_met: bool, draw: u64) -> &'static str {
    match (unit, is_met) {
        ("", true) => YES[(draw % YES.len() as u64) as usize],
        ("", false) => NO[(draw % NO.len() as u64) as usize],
        (_, true) => "Tốt",
        (_, false) => "Trung bình",
    }
}

fn norm(set: &str, indicator: &Indicator) -> Norm {
    let of = |target, met, short| Norm { target, met, short };
    match (set, indicator.code.as_str()) {
        ("ntm-2021-2025", "5") => of("100%", (100.0, 100.0), (50.0, 75.0)),
        ("ntm-2021-2025", "9.1") => of("Không", (0.0, 0.0), (2.0, 7.0)),
        ("ntm-2021-2025", "10") => of("≥ 58", (58.4, 66.9), (51.2, 56.8)),
        ("ntm-2021-2025", "11") => of("≤ 3%", (1.2, 2.8), (3.3, 4.6)),
        ("ntm-2021-2025", "12.1") => of("≥ 75%", (75.6, 83.0), (66.0, 73.5)),
        ("ntm-2021-2025", "12.2") => of("≥ 30%", (30.4, 36.0), (22.0, 28.7)),
        ("ntm-2021-2025", "15.3") => of("≤ 16,5%", (9.8, 15.2), (17.1, 19.4)),
        ("ntm-2021-2025", "15.4") => of("≥ 70%", (71.2, 88.5), (38.0, 66.5)),
        ("ntm-2021-2025", "17.4") => of("≥ 2", (2.1, 4.3), (0.9, 1.7)),
        ("ntm-2021-2025", "17.11") => of("≥ 30%", (31.0, 46.0), (11.0, 27.0)),
        (_, "10") => of("≥ 64", (64.3, 71.5), (55.0, 62.4)),
        (_, "11") => of("≤ 1,5%", (0.6, 1.4), (1.7, 3.4)),
        (_, "3.3") => of("≥ 20%", (20.5, 31.0), (6.0, 17.5)),
        (_, "5.3" | "5.4") => of("Mức độ 2", (2.0, 2.0), (1.0, 1.0)),
        (_, "8.2") => of("≥ 80%", (81.0, 92.0), (63.0, 78.0)),
        (_, "12.2") => of("≥ 35%", (35.4, 41.0), (25.0, 33.5)),
        (_, "12.3") => of("≥ 60%", (61.0, 74.0), (45.0, 57.0)),
        (_, "13.1") => of("≥ 1", (1.0, 3.0), (0.0, 0.0)),
        (_, "13.5") => of("≥ 10%", (10.5, 22.0), (0.0, 7.5)),
        (_, "14.3") => of("≥ 40%", (40.6, 52.0), (9.0, 34.0)),
        (_, "17.5") => of("≥ 50%", (50.8, 63.0), (21.0, 46.0)),
        (_, "17.10") => of("≥ 10%", (10.4, 21.0), (2.0, 8.5)),
        (_, "17.11") => of("≥ 4", (4.1, 6.0), (1.9, 3.6)),
        (_, "18.2") => of("≥ 80", (82.0, 110.0), (60.0, 76.0)),
        _ => of("≥ 90%", (90.4, 99.6), (61.0, 87.5)),
    }
}

/// FNV-1a: small, and the same on every machine.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
