//! Invented figures that look like a commune's of the Red River delta, and the words its table gives as the target.
//!
//! Nothing here is law: targets are what a clerk might have typed into the form.

use super::sets::Indicator;

/// The set of communes.
const NTM: &str = "ntm-2021-2025";
/// The set of communes that have met NTM.
const ADVANCED: &str = "ntm-nang-cao-2021-2025";

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

impl Figure {
    /// The number, where it is one.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Figure::Number(number) => Some(*number),
            Figure::Words(_) => None,
        }
    }
}

/// The target that a form prints for an indicator.
pub(crate) fn target(set: &str, indicator: &Indicator) -> &'static str {
    match indicator.kind.as_str() {
        "yes_no" => "Đạt",
        _ => norm(set, &indicator.code).target,
    }
}

/// How far a commune is with an indicator; the last three where it answers the indicator in both sets, of which nâng
/// cao asks more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Met,
    Short,
    ShortOfBoth,
    /// Enough for NTM, short of nâng cao.
    Between,
    MetInBoth,
}

/// A figure for an indicator: always the same for the same key, and on the right side of the norm.
pub(crate) fn figure(set: &str, indicator: &Indicator, standing: Standing, key: &str) -> Figure {
    let draw = draw(key);
    if indicator.kind == "yes_no" || indicator.unit == "loại" || indicator.unit == "mức" {
        return Figure::Words(words(&indicator.unit, standing != Standing::Short, draw));
    }
    let code = indicator.code.as_str();
    let (low, high) = match standing {
        Standing::Met => norm(set, code).met,
        Standing::Short => norm(set, code).short,
        Standing::ShortOfBoth => twin_norms(set, code).0.short,
        Standing::MetInBoth => twin_norms(set, code).1.met,
        Standing::Between => {
            let (ntm, advanced) = twin_norms(set, code);
            (ntm.met.0.max(advanced.short.0), ntm.met.1.min(advanced.short.1))
        }
    };
    let number = low + (high - low) * (draw % 1000) as f64 / 999.0;
    Figure::Number(match indicator.kind.as_str() {
        "count" | "grade" | "volume_per_capita" => number.round(),
        _ => (number * 10.0).round() / 10.0,
    })
}

/// The indicators that both sets word alike: NTM, nâng cao.
const TWINS: [(&str, &str); 14] = [
    ("3.1", "3.1"),
    ("4.2", "4"),
    ("10", "10"),
    ("11", "11"),
    ("12.1", "12.1"),
    ("12.2", "12.2"),
    ("15.1", "14.1"),
    ("15.4", "14.4"),
    ("17.2", "17.2"),
    ("17.4", "17.11"),
    ("17.6", "17.3"),
    ("17.9", "17.8"),
    ("17.11", "17.5"),
    ("17.12", "17.12"),
];

/// The same indicator in the other set.
pub(crate) fn twin(set: &str, code: &str) -> Option<&'static str> {
    if set == NTM {
        TWINS.iter().find(|(ntm, _)| *ntm == code).map(|(_, advanced)| *advanced)
    } else {
        TWINS.iter().find(|(_, advanced)| *advanced == code).map(|(ntm, _)| *ntm)
    }
}

/// The norms of an indicator of both sets: NTM, nâng cao.
fn twin_norms(set: &str, code: &str) -> (Norm, Norm) {
    let other = twin(set, code).expect("both sets ask for it");
    let (ntm, advanced) = if set == NTM { (code, other) } else { (other, code) };
    (norm(NTM, ntm), norm(ADVANCED, advanced))
}

fn words(unit: &str, is_met: bool, draw: u64) -> &'static str {
    match (unit, is_met) {
        ("", true) => YES[(draw % YES.len() as u64) as usize],
        ("", false) => NO[(draw % NO.len() as u64) as usize],
        (_, true) => "Tốt",
        (_, false) => "Trung bình",
    }
}

fn norm(set: &str, code: &str) -> Norm {
    let of = |target, met, short| Norm { target, met, short };
    match (set, code) {
        (NTM, "3.1") => of("≥ 80%", (81.0, 96.5), (62.0, 78.5)),
        (NTM, "4.2") => of("≥ 98%", (98.1, 99.9), (91.0, 97.4)),
        (NTM, "6.3" | "16" | "18.3") | (ADVANCED, "3.4" | "6.3") => of("100%", (100.0, 100.0), (71.4, 92.3)),
        (NTM, "5") => of("100%", (100.0, 100.0), (50.0, 75.0)),
        (NTM, "9.1") => of("Không", (0.0, 0.0), (2.0, 7.0)),
        (NTM, "10") => of("≥ 58", (58.4, 66.9), (51.2, 56.8)),
        (NTM, "11") => of("≤ 3%", (1.2, 2.8), (3.3, 4.6)),
        (NTM, "12.1") => of("≥ 75%", (75.6, 83.0), (66.0, 73.5)),
        (NTM, "12.2") => of("≥ 30%", (30.4, 36.0), (22.0, 28.7)),
        (NTM, "15.3") => of("≤ 16,5%", (9.8, 15.2), (17.1, 19.4)),
        (NTM, "15.4") => of("≥ 70%", (71.2, 88.5), (38.0, 66.5)),
        (NTM, "17.4") => of("≥ 2", (2.1, 4.3), (0.9, 1.7)),
        (NTM, "17.11") => of("≥ 30%", (31.0, 46.0), (11.0, 27.0)),
        (ADVANCED, "10") => of("≥ 64", (64.3, 71.5), (55.0, 62.4)),
        (ADVANCED, "11") => of("≤ 1,5%", (0.6, 1.4), (1.7, 3.4)),
        (ADVANCED, "3.3") => of("≥ 20%", (20.5, 31.0), (6.0, 17.5)),
        (ADVANCED, "5.3" | "5.4") => of("Mức độ 2", (2.0, 2.0), (1.0, 1.0)),
        (ADVANCED, "8.2") => of("≥ 80%", (81.0, 92.0), (63.0, 78.0)),
        (ADVANCED, "4") => of("≥ 99%", (99.1, 99.9), (91.0, 98.8)),
        (ADVANCED, "3.1" | "14.1" | "17.2" | "17.3" | "17.8" | "17.12") => of("≥ 95%", (95.2, 99.6), (61.0, 94.4)),
        (ADVANCED, "12.1") => of("≥ 80%", (80.3, 86.0), (68.0, 79.4)),
        (ADVANCED, "12.2") => of("≥ 35%", (35.4, 41.0), (25.0, 33.5)),
        (ADVANCED, "12.3") => of("≥ 60%", (61.0, 74.0), (45.0, 57.0)),
        (ADVANCED, "13.1") => of("≥ 1", (1.0, 3.0), (0.0, 0.0)),
        (ADVANCED, "13.5") => of("≥ 10%", (10.5, 22.0), (0.0, 7.5)),
        (ADVANCED, "14.3") => of("≥ 40%", (40.6, 52.0), (9.0, 34.0)),
        (ADVANCED, "17.5") => of("≥ 50%", (50.8, 63.0), (21.0, 46.0)),
        (ADVANCED, "17.10") => of("≥ 10%", (10.4, 21.0), (2.0, 8.5)),
        (ADVANCED, "17.11") => of("≥ 4", (4.1, 6.0), (1.9, 3.6)),
        (ADVANCED, "18.2") => of("≥ 80", (82.0, 110.0), (60.0, 76.0)),
        _ => of("≥ 90%", (90.4, 99.6), (61.0, 87.5)),
    }
}

/// A number that a key alone decides (FNV-1a: small, and the same on every machine).
pub(crate) fn draw(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
