//! Who is in charge of what, and by when a commune is to meet a set: looked up in the sets and in the register.

use toml::Spanned;

use super::file::{OfficeFile, RoadmapFile};
use super::slip::{Slips, nearest};
use super::{Office, RoadmapTarget};
use crate::model::{Commune, CriteriaSet, ItemCode, Text};

/// The programme began in 2010; a later year than this is a slip of the finger.
const YEARS: std::ops::RangeInclusive<i16> = 2010..=2050;

/// The offices in the order of the file; entries of the same name are one office.
pub(super) fn offices(files: &[OfficeFile], known: &[CriteriaSet], slips: &mut Slips<'_>) -> Vec<Office> {
    let mut offices: Vec<Office> = Vec::new();
    for file in files {
        let set = file.set.as_ref().and_then(|id| known_set(id, known, slips));
        let (Some(name), Some(set)) = (&file.name, set) else { continue };
        let at = offices.iter().position(|office| office.name == *name.get_ref()).unwrap_or_else(|| {
            offices.push(Office { name: name.get_ref().clone(), items: Vec::new() });
            offices.len() - 1
        });
        for written in &file.items {
            let Some(item) = known_item(written, set, slips) else { continue };
            let charge = (set.id.clone(), item);
            if offices[at].items.contains(&charge) {
                refuse_twice(written, slips);
            } else {
                offices[at].items.push(charge);
            }
        }
    }
    offices
}

/// The roadmap in the order of the file.
pub(super) fn roadmap(
    files: &[RoadmapFile],
    communes: &[Commune],
    known: &[CriteriaSet],
    slips: &mut Slips<'_>,
) -> Vec<RoadmapTarget> {
    let mut targets: Vec<RoadmapTarget> = Vec::new();
    for file in files {
        let commune = file.commune.as_ref().and_then(|code| known_commune(code, communes, slips));
        let set = file.set.as_ref().and_then(|id| known_set(id, known, slips));
        let year = file.year.as_ref().and_then(|year| likely_year(year, slips));
        let (Some(commune), Some(set), Some(year), Some(written)) = (commune, set, year, &file.commune) else {
            continue;
        };
        if targets.iter().any(|target| target.commune == commune.code && target.set == set.id) {
            refuse_twice(written, slips);
            continue;
        }
        targets.push(RoadmapTarget { commune: commune.code.clone(), set: set.id.clone(), year });
    }
    targets
}

/// The set of an id; one that is not known is a slip.
pub(super) fn known_set<'k>(
    id: &Spanned<String>,
    known: &'k [CriteriaSet],
    slips: &mut Slips<'_>,
) -> Option<&'k CriteriaSet> {
    let written = id.get_ref();
    let found = known.iter().find(|set| set.id.as_str() == written);
    if found.is_none() {
        let ids = || known.iter().map(|set| set.id.as_str());
        let all = ids().collect::<Vec<_>>().join(", ");
        let otherwise = Text::new(format!("chọn một trong: {all}"), format!("choose one of: {all}"));
        let hint = nearest(written, ids(), otherwise);
        slips.add(
            &id.span(),
            Text::new(format!("không có bộ tiêu chí «{written}»"), format!("there is no criteria set \"{written}\"")),
            hint,
        );
    }
    found
}

/// The item of a code.
pub(super) fn known_item(written: &Spanned<String>, set: &CriteriaSet, slips: &mut Slips<'_>) -> Option<ItemCode> {
    let code: Option<ItemCode> = written.get_ref().parse().ok();
    let found = code.and_then(|code| set.item(code));
    if found.is_none() {
        let (text, name) = (written.get_ref(), &set.short_name);
        let hint = match code.and_then(|code| set.criterion(code.criterion_number())) {
            Some(criterion) => indicators_hint(&criterion.indicators.iter().map(|i| i.code).collect::<Vec<_>>()),
            None => {
                let last = set.criteria_total();
                Text::new(
                    format!("ghi tiêu chí \"1\" đến \"{last}\" hoặc chỉ tiêu như \"2.1\""),
                    format!("write a criterion \"1\" to \"{last}\" or an indicator such as \"2.1\""),
                )
            }
        };
        slips.add(
            &written.span(),
            Text::new(format!("bộ {name} không có mục «{text}»"), format!("the set {name} has no item \"{text}\"")),
            hint,
        );
    }
    found
}

fn indicators_hint(codes: &[ItemCode]) -> Text {
    let (Some(first), Some(last)) = (codes.first(), codes.last()) else {
        return Text::new(
            "chỉ ghi số tiêu chí: các chỉ tiêu của bộ này chưa có trong chương trình",
            "write the criterion's number only: the indicators of this set are not known here",
        );
    };
    Text::new(
        format!("tiêu chí này có các chỉ tiêu \"{first}\" đến \"{last}\""),
        format!("this criterion has the indicators \"{first}\" to \"{last}\""),
    )
}

/// The commune of a code; a name is answered with its code.
pub(super) fn known_commune<'c>(
    code: &Spanned<String>,
    communes: &'c [Commune],
    slips: &mut Slips<'_>,
) -> Option<&'c Commune> {
    let written = code.get_ref();
    let found = communes.iter().find(|commune| commune.code.0 == *written);
    if found.is_none() {
        let by_name = communes.iter().find(|c| c.name.to_lowercase() == written.to_lowercase());
        let hint = match by_name {
            Some(commune) => {
                Text::new(format!("ghi mã xã: \"{}\"", commune.code), format!("write its code: \"{}\"", commune.code))
            }
            None => Text::new(
                "ghi mã của một xã có trong các mục [[communes]]",
                "write the code of a commune that has an entry [[communes]]",
            ),
        };
        slips.add(
            &code.span(),
            Text::new(format!("không có xã mang mã «{written}»"), format!("no commune has the code \"{written}\"")),
            hint,
        );
    }
    found
}

fn likely_year(year: &Spanned<i64>, slips: &mut Slips<'_>) -> Option<i16> {
    let found = i16::try_from(*year.get_ref()).ok().filter(|year| YEARS.contains(year));
    if found.is_none() {
        let (first, last, written) = (YEARS.start(), YEARS.end(), year.get_ref());
        slips.add(
            &year.span(),
            Text::new(
                format!("năm {written}, cần từ {first} đến {last}"),
                format!("the year is {written}, expected {first} to {last}"),
            ),
            Text::new(
                "ghi năm phấn đấu đạt, ví dụ year = 2025",
                "write the year in which it is to be met, such as year = 2025",
            ),
        );
    }
    found
}

pub(super) fn refuse_twice(written: &Spanned<String>, slips: &mut Slips<'_>) {
    let text = written.get_ref();
    slips.add(
        &written.span(),
        Text::new(format!("«{text}» được ghi hai lần"), format!("\"{text}\" stands twice")),
        Text::new("giữ lại một", "keep one of them"),
    );
}
