//! By which rules a figure came about: which version, whose verdict, and how indicators make a criterion.

use crate::assess::{Hand, Line, Statement, Status, Why};
use crate::model::{Lang, Verdict};
use crate::show::words::{day, said, status};

/// The rules in the order in which they were used.
pub(super) fn rules(why: &Why, lang: Lang) -> Vec<String> {
    let mut rules = Vec::new();
    if why.reported.as_ref().is_some_and(|reported| reported.versions.len() > 1) {
        rules.push(said(
            lang,
            "của cùng xã, tháng và bộ, bản nhận sau cùng được tính",
            "of one commune, month and set, the version received last counts",
        ));
    }
    rules.push(hand(why, lang));
    rules.extend(differing(why, lang));
    if why.line().is_some_and(named_twice) {
        rules.push(said(
            lang,
            "mục được ghi nhiều lần với đánh giá khác nhau: tính là không ghi đánh giá",
            "the item is named more than once with different verdicts: it states none",
        ));
    }
    if let Some((criterion, items)) = why.criterion() {
        rules.push(said(
            lang,
            "tiêu chí đạt khi mọi chỉ tiêu áp dụng đều đạt; một chỉ tiêu chưa đạt thì tiêu chí chưa đạt",
            "a criterion is met when all its indicators that apply are met; one that is not makes it not met",
        ));
        let parts = items.iter().map(|line| format!("{} {}", line.code, status(line.status).get(lang).to_lowercase()));
        let parts = parts.collect::<Vec<_>>().join(", ");
        let result = status(criterion.status).get(lang).to_lowercase();
        rules.push(said(
            lang,
            format!("tiêu chí {}: {parts} → {result}", criterion.code),
            format!("criterion {}: {parts} → {result}", criterion.code),
        ));
        let silent = |line: &Line| matches!(line.status, Status::Open | Status::NotReported);
        if criterion.own().is_some() && items.iter().any(|line| silent(line)) {
            rules.push(said(
                lang,
                "dòng riêng của tiêu chí chỉ được dùng khi các chỉ tiêu không ghi, hoặc khi nó ghi chưa đạt",
                "the criterion's own row counts only where its indicators are silent, or where it says not met",
            ));
        }
    }
    rules
}

/// Whose verdict counts.
fn hand(why: &Why, lang: Lang) -> String {
    let mut hand = why.line().map_or(Hand::Commune, |line| line.hand);
    // What is decided for a month without a report is laid over the one that stands in.
    if why.decision.is_some() && why.basis != Some(why.period) {
        hand = Hand::Decision;
    }
    let reviewed = why.line().is_some_and(|line| line.reviewed().is_some());
    match (hand, &why.decision, reviewed) {
        (Hand::Decision, Some(decision), _) => said(
            lang,
            format!(
                "tính theo quyết định {} ngày {}, từ tháng {}",
                decision.number,
                day(decision.date),
                decision.from.short()
            ),
            format!("decision {} of {} counts, from {}", decision.number, day(decision.date), decision.from.short()),
        ),
        (Hand::Decision, None, _) => said(lang, "tính theo quyết định đã ban hành", "a decision on record counts"),
        (Hand::District, ..) => said(
            lang,
            "tính theo đánh giá của cấp trên, như cài đặt hand; đánh giá của xã được giữ kèm",
            "the district's verdict counts, as the setting hand says; the commune's is kept beside it",
        ),
        (Hand::Commune, _, true) => said(
            lang,
            "tính theo đánh giá của xã; đánh giá của cấp trên được giữ kèm, không tính",
            "the commune's own verdict counts; the district's is kept beside it",
        ),
        (Hand::Commune, _, false) => said(lang, "tính theo đánh giá của xã", "the commune's own verdict counts"),
    }
}

/// What the hands say where they differ.
fn differing(why: &Why, lang: Lang) -> Option<String> {
    let line = why.line()?;
    let of = |statement: Option<&Statement>| statement.and_then(|statement| statement.verdict);
    let (commune, district) = (of(line.own()), of(line.reviewed()));
    let decided = why.decision.as_ref().map(|decision| decision.verdict);
    let differs = |one: Option<Verdict>, other: Option<Verdict>| one.is_some() && one != other;
    let agree =
        !(differs(district, commune) || differs(decided, commune) || district.is_some() && differs(decided, district));
    if agree {
        return None;
    }
    let word = |verdict: Option<Verdict>| match verdict {
        Some(verdict) => status(of_verdict(verdict)).get(lang).to_lowercase(),
        None => said(lang, "không ghi", "nothing"),
    };
    let mut parts = vec![said(lang, format!("xã {}", word(commune)), format!("commune {}", word(commune)))];
    parts.extend(
        district.map(|_| said(lang, format!("cấp trên {}", word(district)), format!("district {}", word(district)))),
    );
    parts.extend(
        decided.map(|_| said(lang, format!("quyết định {}", word(decided)), format!("decision {}", word(decided)))),
    );
    let parts = parts.join(", ");
    Some(said(
        lang,
        format!("các bên đánh giá khác nhau ({parts}): cần kiểm tra ở đợt thẩm tra tới"),
        format!("the hands differ ({parts}): to be looked at in the next inspection"),
    ))
}

pub(super) fn of_verdict(verdict: Verdict) -> Status {
    match verdict {
        Verdict::Met => Status::Met,
        Verdict::NotMet => Status::NotMet,
        Verdict::NotApplicable => Status::NotApplicable,
    }
}

fn named_twice(line: &Line) -> bool {
    let own = || line.statements.iter().filter(|statement| statement.counts()).filter_map(|s| s.verdict);
    own().any(|verdict| Some(verdict) != own().next())
}
