//! Which columns a list has, and what stands over them.

use super::super::reports::Verdict;
use super::chance::Chance;
use super::hand::{Hand, Names, Verdicts};
use super::statement::Statement;
use super::table::{Column, Kind, Table};
use super::words;

/// What a list has beside codes, names and verdicts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extras {
    pub(super) value: bool,
    pub(super) target: bool,
    /// Targets of several regions under one heading.
    pub(super) regions: bool,
    pub(super) unit: bool,
    pub(super) points: bool,
    pub(super) note: bool,
    pub(super) plan: bool,
    /// An earlier period beside this one.
    pub(super) earlier: bool,
    /// The district's verdict beside the commune's.
    pub(super) review: bool,
    /// Figure and verdict under one heading of their own.
    pub(super) grouped: bool,
    pub(super) criterion_column: bool,
}

impl Extras {
    /// Any of them.
    pub(super) fn any(chance: &mut Chance, hand: Hand) -> Extras {
        Extras {
            value: !chance.one_in(3),
            target: chance.one_in(2),
            regions: chance.one_in(8),
            unit: chance.one_in(3),
            points: chance.one_in(6),
            note: chance.one_in(3),
            plan: chance.one_in(5),
            earlier: chance.one_in(7),
            review: chance.one_in(6) && matches!(hand.verdicts, Verdicts::Words(..)),
            grouped: chance.one_in(4),
            criterion_column: chance.one_in(5) && hand.names != Names::Absent,
        }
    }

    /// A figure, perhaps a target, nothing more.
    pub(super) fn plain(chance: &mut Chance) -> Extras {
        Extras {
            value: true,
            target: chance.one_in(2),
            regions: false,
            unit: chance.one_in(3),
            points: false,
            note: false,
            plan: false,
            earlier: false,
            review: false,
            grouped: false,
            criterion_column: false,
        }
    }
}

/// The columns of a list, in the order in which forms have them.
pub(super) fn list(chance: &mut Chance, hand: Hand, extras: &Extras, statements: &[Statement]) -> Vec<Column> {
    let mut columns = Vec::new();
    let mut add = |heads: &[&str], kind: Kind| {
        columns.push(Column { heads: heads.iter().map(|&h| h.to_owned()).collect(), kind });
    };
    if Table::has_codes(hand) {
        add(&[chance.pick(words::CODE)], Kind::Code);
    }
    if extras.criterion_column {
        add(&[chance.pick(words::CRITERION)], Kind::Criterion);
    }
    if hand.names != Names::Absent {
        add(&[if extras.criterion_column { "Nội dung tiêu chí" } else { chance.pick(words::NAME) }], Kind::Name);
    }
    if extras.unit {
        add(&[chance.pick(words::UNIT)], Kind::Unit);
    }
    if extras.regions {
        let regions = ["TDMN phía Bắc", "Đồng bằng sông Hồng", "Bắc Trung Bộ", "Duyên hải Nam Trung Bộ", "Tây Nguyên"];
        add(&["Chỉ tiêu", "Chỉ tiêu chung"], Kind::Target);
        for (n, region) in regions.iter().enumerate() {
            add(&["Chỉ tiêu", "Chỉ tiêu theo vùng", region], Kind::OtherTarget(n));
        }
    } else if extras.target {
        add(&[chance.pick(words::TARGET)], Kind::Target);
    }
    if extras.points {
        add(&["Điểm chuẩn"], Kind::FullPoints);
    }
    if extras.earlier {
        let above = chance.pick(&["Kết quả kỳ trước", "Tháng trước", "Năm trước"]);
        if extras.value {
            add(&[above, "Kết quả"], Kind::EarlierValue(0));
        }
        add(&[above, "Đánh giá"], Kind::EarlierVerdict);
    }
    let above: &[&str] = match (extras.earlier, extras.grouped) {
        (true, _) => &["Kỳ này"],
        (_, true) => &["Kết quả thực hiện của xã"],
        _ => &[],
    };
    if extras.value {
        let word = if above.is_empty() { chance.pick(words::VALUE) } else { "Kết quả" };
        add(&[above, &[word]].concat(), Kind::Value(0));
    }
    match hand.verdicts {
        Verdicts::InName => {}
        Verdicts::Words(..) | Verdicts::Signs(..) | Verdicts::Boxes(..) => {
            let word = if above.is_empty() { chance.pick(words::VERDICT) } else { "Đánh giá" };
            add(&[above, &[word]].concat(), Kind::Verdict(0));
        }
        Verdicts::Marks(_, (met, not_met)) => {
            let own = chance.pick(words::MARKED_ABOVE);
            add(&[above, &[own, met]].concat(), Kind::Mark(0, Verdict::Met));
            add(&[above, &[own, not_met]].concat(), Kind::Mark(0, Verdict::NotMet));
        }
    }
    if extras.points {
        add(&["Điểm tự chấm"], Kind::Points(0));
    }
    if extras.review && statements.len() > 1 {
        add(&[chance.pick(words::REVIEW)], Kind::Verdict(1));
    }
    if extras.plan {
        let above: &[&str] = if chance.one_in(2) { &["Kế hoạch khắc phục"] } else { &[] };
        add(&[above, &[chance.pick(words::OWNER)]].concat(), Kind::Owner(0));
        add(&[above, &[chance.pick(words::TASK)]].concat(), Kind::Task(0));
        add(&[above, &[chance.pick(words::DUE)]].concat(), Kind::Due(0));
    }
    if extras.note {
        add(&[chance.pick(words::NOTE)], Kind::Note);
    }
    columns
}
