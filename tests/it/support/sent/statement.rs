//! What a commune truly states, before anybody lays it out.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, date};

use super::super::figures::{Figure, Standing, figure};
use super::super::reports::Verdict;
use super::super::sets::{self, Set};
use super::chance::Chance;

/// The communes of the sample's register: code and name.
pub(super) const COMMUNES: &[(&str, &str)] = &[
    ("13504", "Bình Nghĩa"),
    ("13510", "Tràng An"),
    ("13516", "Đồng Du"),
    ("13519", "Ngọc Lũ"),
    ("13522", "Hưng Công"),
    ("13525", "Đồn Xá"),
    ("13528", "An Ninh"),
    ("13531", "Bồ Đề"),
    ("13534", "Bối Cầu"),
    ("13540", "An Nội"),
    ("13543", "Vũ Bản"),
    ("13546", "Trung Lương"),
    ("13552", "An Đổ"),
    ("13555", "La Sơn"),
    ("13558", "Tiêu Động"),
    ("13561", "An Lão"),
];

static NTM: LazyLock<Set> = LazyLock::new(sets::ntm);
static NANG_CAO: LazyLock<Set> = LazyLock::new(sets::nang_cao);

/// The two sets of 2021-2025.
pub(super) fn set(is_advanced: bool) -> &'static Set {
    if is_advanced { &NANG_CAO } else { &NTM }
}

/// What one commune states for one set and month.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    /// Code and name.
    pub(crate) commune: (&'static str, &'static str),
    pub(crate) period: (i16, i8),
    pub(crate) set: &'static Set,
    /// `commune` or `district`.
    pub(crate) assessor: &'static str,
    /// Totals as printed: criteria met, indicators met.
    pub(crate) declared: Option<(usize, usize)>,
    /// By code.
    pub(crate) answers: BTreeMap<String, Answer>,
}

/// What is stated for one item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    /// `None` where nothing is stated.
    pub(crate) verdict: Option<Verdict>,
    pub(crate) figure: Figure,
    pub(crate) plan: Option<(&'static str, &'static str, Date)>,
    /// Whether the layout has room for the figure.
    pub(crate) shows_figure: bool,
}

const OWNERS: &[&str] =
    &["Công chức địa chính", "Trạm Y tế xã", "Ông Nguyễn Văn Thịnh", "Công an xã", "Phòng Nông nghiệp và PTNT"];
const TASKS: &[&str] = &[
    "Vận động nhân dân hiến đất mở đường",
    "Lắp camera an ninh tại các thôn",
    "Ký hợp đồng thu gom rác thải",
    "Lập hồ sơ đề nghị công nhận",
];

/// How verdicts spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spread {
    /// Met or not met alone: marks and lists know nothing else.
    Plain,
    /// Also nearly met, not applicable, and nothing.
    Mixed,
}

/// A statement of chance.
pub(super) fn statement(
    chance: &mut Chance,
    commune: usize,
    period: (i16, i8),
    set: &'static Set,
    spread: Spread,
) -> Statement {
    let commune = COMMUNES[commune % COMMUNES.len()];
    let unmet_share = chance.pick(&[2, 4, 4, 8, 20]);
    let answers: BTreeMap<String, Answer> = set
        .indicators()
        .map(|indicator| {
            let mut verdict = if chance.one_in(unmet_share) { Verdict::NotMet } else { Verdict::Met };
            let mut stated = true;
            if spread == Spread::Mixed && chance.one_in(25) {
                verdict = chance.pick(&[Verdict::NearlyMet, Verdict::NotApplicable]);
                stated = !chance.one_in(6);
            }
            let standing = if verdict == Verdict::Met { Standing::Met } else { Standing::Short };
            let key = format!("{}{}{}{period:?}", commune.0, set.id, indicator.code);
            let figure = figure(&set.id, indicator, standing, &key);
            let plan = (verdict == Verdict::NotMet).then(|| {
                let due = date(period.0, 12, 1 + chance.below(28) as i8);
                (chance.pick(OWNERS), chance.pick(TASKS), due)
            });
            let verdict = stated.then_some(verdict);
            (indicator.code.clone(), Answer { verdict, figure, plan, shows_figure: true })
        })
        .collect();
    let mut statement = Statement { commune, period, set, assessor: "commune", declared: None, answers };
    statement.declared = Some(statement.totals());
    statement
}

impl Statement {
    /// Criteria and indicators met.
    pub(super) fn totals(&self) -> (usize, usize) {
        let is_met = |code: &str| self.answers.get(code).is_some_and(|a| a.verdict == Some(Verdict::Met));
        let criteria = self.set.criteria.iter().filter(|c| c.indicators.iter().all(|i| is_met(&i.code)));
        (criteria.count(), self.set.indicators().filter(|i| is_met(&i.code)).count())
    }

    /// Whether it is of nâng cao.
    pub(super) fn is_advanced(&self) -> bool {
        self.set.id.contains("nang-cao")
    }
}
