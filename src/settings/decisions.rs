//! Whose verdict counts, and verdicts on record: looked up in the sets and in the register.

use std::collections::BTreeMap;

use toml::Spanned;

use super::Decision;
use super::duties::{known_commune, known_item, known_set, refuse_twice};
use super::file::DecisionFile;
use super::slip::{Slips, nearest};
use crate::model::{Assessor, Commune, CriteriaSet, ItemCode, Text, Verdict};

/// Whose verdict counts, as settings may write it; the first word of each is the one that is offered.
const HANDS: [(&str, Assessor); 5] = [
    ("xã", Assessor::Commune),
    ("huyện", Assessor::District),
    ("cấp trên", Assessor::District),
    ("commune", Assessor::Commune),
    ("district", Assessor::District),
];

/// What can be decided, as settings may write it.
const VERDICTS: [(&str, Verdict); 6] = [
    ("đạt", Verdict::Met),
    ("chưa đạt", Verdict::NotMet),
    ("không áp dụng", Verdict::NotApplicable),
    ("met", Verdict::Met),
    ("not_met", Verdict::NotMet),
    ("not_applicable", Verdict::NotApplicable),
];

/// Whose verdict counts, where the file says it.
pub(super) fn hand(written: &Option<Spanned<String>>, otherwise: Assessor, slips: &mut Slips<'_>) -> Assessor {
    let one = |written: &Spanned<String>, slips: &mut Slips<'_>| {
        word(written, &HANDS, ("bên được tính", "the hand that counts"), slips)
    };
    written.as_ref().and_then(|written| one(written, slips)).unwrap_or(otherwise)
}

/// The decisions in the order of the file, each until the one that follows it on the same item.
pub(super) fn decisions(
    files: &[DecisionFile],
    communes: &[Commune],
    known: &[CriteriaSet],
    slips: &mut Slips<'_>,
) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = Vec::new();
    for file in files {
        let commune = file.commune.as_ref().and_then(|code| known_commune(code, communes, slips));
        let set = file.set.as_ref().and_then(|id| known_set(id, known, slips));
        let verdict = file.verdict.as_ref().and_then(|verdict| {
            word(verdict, &VERDICTS, ("đánh giá trong quyết định", "the verdict of the decision"), slips)
        });
        refuse_end_before_start(file, slips);
        let (Some(commune), Some(set), Some(verdict), Some(number)) = (commune, set, verdict, &file.number) else {
            continue;
        };
        let (Some(date), Some(from)) = (&file.date, &file.from) else { continue };
        for written in &file.items {
            let Some(item) = known_item(written, set, slips) else { continue };
            for item in judged(written, item, set, verdict, slips) {
                let decision = Decision {
                    commune: commune.code.clone(),
                    set: set.id.clone(),
                    item,
                    verdict,
                    number: number.get_ref().clone(),
                    date: *date.get_ref(),
                    from: *from.get_ref(),
                    to: file.to.as_ref().map(|to| *to.get_ref()),
                };
                if decisions.iter().any(|other| is_of_same(other, &decision) && other.from == decision.from) {
                    refuse_twice(written, slips);
                } else {
                    decisions.push(decision);
                }
            }
        }
    }
    end_at_the_next(&mut decisions);
    decisions
}

fn is_of_same(one: &Decision, other: &Decision) -> bool {
    one.commune == other.commune && one.set == other.set && one.item == other.item
}

/// The items that are judged by themselves: a criterion of several is met, or does not apply, with all of them. That it
/// is not met does not say which of them is not.
fn judged(
    written: &Spanned<String>,
    item: ItemCode,
    set: &CriteriaSet,
    verdict: Verdict,
    slips: &mut Slips<'_>,
) -> Vec<ItemCode> {
    let criterion = set.criterion(item.criterion_number()).filter(|criterion| criterion.code() == item);
    let below: Vec<ItemCode> = criterion.iter().flat_map(|c| &c.indicators).map(|indicator| indicator.code).collect();
    match below.as_slice() {
        [] => vec![item],
        [only] => vec![*only],
        [first, ..] if verdict == Verdict::NotMet => {
            slips.add(
                &written.span(),
                Text::new(
                    format!("tiêu chí «{item}» có nhiều chỉ tiêu, quyết định chưa đạt phải ghi chỉ tiêu"),
                    format!("criterion \"{item}\" has several indicators, a decision of not met must name one"),
                ),
                Text::new(
                    format!("ghi các chỉ tiêu chưa đạt, ví dụ \"{first}\""),
                    format!("write the indicators that are not met, such as \"{first}\""),
                ),
            );
            Vec::new()
        }
        _ => below,
    }
}

/// Lets each decision end before the next one on the same item begins.
fn end_at_the_next(decisions: &mut [Decision]) {
    let mut of_item: BTreeMap<(String, String, ItemCode), Vec<usize>> = BTreeMap::new();
    for (place, one) in decisions.iter().enumerate() {
        of_item.entry((one.commune.to_string(), one.set.to_string(), one.item)).or_default().push(place);
    }
    for places in of_item.values_mut() {
        places.sort_by_key(|place| decisions[*place].from);
        for pair in places.windows(2) {
            let last = decisions[pair[1]].from.previous();
            let to = decisions[pair[0]].to;
            decisions[pair[0]].to = Some(to.map_or(last, |to| to.min(last)));
        }
    }
}

fn refuse_end_before_start(file: &DecisionFile, slips: &mut Slips<'_>) {
    if let (Some(from), Some(to)) = (&file.from, &file.to)
        && to.get_ref() < from.get_ref()
    {
        slips.add(
            &file.span,
            Text::new("quyết định hết hiệu lực trước khi bắt đầu", "the decision ends before it begins"),
            Text::new("sửa from hoặc to", "mend from or to"),
        );
    }
}

/// The meaning of a word, whatever its capitals.
fn word<T: Copy>(
    written: &Spanned<String>,
    words: &[(&str, T)],
    (vi, en): (&str, &str),
    slips: &mut Slips<'_>,
) -> Option<T> {
    let lower = written.get_ref().to_lowercase();
    let found = words.iter().find(|(word, _)| *word == lower).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let all = || words.iter().map(|(word, _)| *word);
        let offered = all().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
        let otherwise = Text::new(format!("chọn một trong: {offered}"), format!("choose one of: {offered}"));
        slips.add(
            &written.span(),
            Text::new(format!("{vi} là «{}»", written.get_ref()), format!("{en} is \"{}\"", written.get_ref())),
            nearest(&lower, all(), otherwise),
        );
    }
    found
}
