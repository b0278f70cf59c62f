//! Mergers of communes, held against the register: the new commune begins on the day, its parts end on the day before.

use jiff::civil::Date;
use toml::Spanned;

use super::file::MergerFile;
use super::slip::Slips;
use crate::model::{Commune, CommuneCode, MergedPart, Merger, Text};

/// The mergers in the order of the file.
pub(super) fn mergers(files: &[MergerFile], communes: &[Commune], slips: &mut Slips<'_>) -> Vec<Merger> {
    files.iter().filter_map(|file| merger(file, communes, slips)).collect()
}

fn merger(file: &MergerFile, communes: &[Commune], slips: &mut Slips<'_>) -> Option<Merger> {
    let (on, into) = (file.on.as_ref()?, file.into.as_ref()?);
    let (day, before) = (*on.get_ref(), on.get_ref().yesterday().ok()?);
    let is_new = |c: &&Commune| c.code.0 == *into.get_ref() && c.valid_from == Some(day);
    if !communes.iter().any(|c| is_new(&c)) {
        let code = into.get_ref();
        let message = Text::new(
            format!("không có xã mang mã «{code}» bắt đầu từ {}", said(day)),
            format!("no commune has the code \"{code}\" from {day}"),
        );
        let hint = Text::new(
            format!("thêm một mục [[communes]] cho xã mới, với code = \"{code}\" và valid_from = {day}"),
            format!("add an entry [[communes]] for it, with code = \"{code}\" and valid_from = {day}"),
        );
        slips.add(&into.span(), message, hint);
    }
    for part in &file.parts {
        let code = part.get_ref();
        if !communes.iter().any(|c| c.code.0 == *code && c.valid_to == Some(before)) {
            refuse_part(part, before, slips);
        }
    }
    let weights = weights(file, slips);
    let parts = file
        .parts
        .iter()
        .enumerate()
        .map(|(at, code)| MergedPart { code: CommuneCode(code.get_ref().clone()), weight: weights.get(at).copied() });
    Some(Merger { on: day, into: CommuneCode(into.get_ref().clone()), parts: parts.collect() })
}

fn refuse_part(part: &Spanned<String>, last: Date, slips: &mut Slips<'_>) {
    let code = part.get_ref();
    let message = Text::new(
        format!("không có xã mang mã «{code}» hết hiệu lực ngày {}", said(last)),
        format!("no commune with the code \"{code}\" ends on {last}"),
    );
    let hint = Text::new(
        format!("ghi valid_to = {last} ở mục [[communes]] của xã cũ"),
        format!("write valid_to = {last} in its entry [[communes]]"),
    );
    slips.add(&part.span(), message, hint);
}

/// One weight for each part, or none at all.
fn weights(file: &MergerFile, slips: &mut Slips<'_>) -> Vec<f64> {
    let Some(written) = &file.weights else { return Vec::new() };
    let is_right = written.len() == file.parts.len() && written.iter().all(|weight| *weight.get_ref() > 0);
    if !is_right {
        let count = file.parts.len();
        slips.add(
            &file.span,
            Text::new(
                format!("weights cần đúng {count} số lớn hơn 0, mỗi xã cũ một số"),
                format!("weights needs {count} numbers above 0, one for each part"),
            ),
            Text::new(
                "ghi số dân hoặc số hộ của từng xã cũ theo thứ tự ở parts, hoặc bỏ dòng weights",
                "write people or households of each part in the order of parts, or leave weights out",
            ),
        );
        return Vec::new();
    }
    written.iter().map(|weight| *weight.get_ref() as f64).collect()
}

fn said(day: Date) -> String {
    format!("{}/{}/{}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;

    use super::super::parse;
    use super::*;

    const REGISTER: &str = "[unit]\nname = \"huyện Bình Lục\"\n\
        [[communes]]\ncode = \"13540\"\nname = \"An Nội\"\nvalid_to = 2024-12-31\n\
        [[communes]]\ncode = \"13522\"\nname = \"Hưng Công\"\nvalid_to = 2024-12-31\n\
        [[communes]]\ncode = \"13540\"\nname = \"Bình An\"\nvalid_from = 2025-01-01\n";

    fn read(merger: &str) -> Result<Vec<Merger>, Vec<Text>> {
        let text = format!("{REGISTER}[[mergers]]\n{merger}");
        match parse(&text, "ntm.toml", Path::new("/w"), &[]) {
            Ok(settings) => Ok(settings.mergers),
            Err(error) => Err(error.slips.into_iter().map(|slip| slip.message).collect()),
        }
    }

    #[test]
    fn a_merger_names_its_day_its_parts_and_what_they_weigh() {
        let read = read("on = 2025-01-01\ninto = \"13540\"\nparts = [\"13540\", \"13522\"]\nweights = [5200, 4100]\n");
        let [merger] = read.unwrap().try_into().unwrap();
        assert_eq!((merger.on, merger.into.0.as_str()), (date(2025, 1, 1), "13540"));
        let parts: Vec<_> = merger.parts.iter().map(|part| (part.code.0.as_str(), part.weight)).collect();
        assert_eq!(parts, [("13540", Some(5200.0)), ("13522", Some(4100.0))]);
    }

    #[test]
    fn communes_that_do_not_end_or_begin_on_the_day_and_weights_that_do_not_fit_are_slips() {
        let told = |merger: &str| read(merger).unwrap_err().into_iter().map(|text| text.vi).collect::<Vec<_>>();
        let wrong = told("on = 2025-07-01\ninto = \"13540\"\nparts = [\"13522\"]\n");
        assert_eq!(
            wrong,
            [
                "không có xã mang mã «13540» bắt đầu từ 1/7/2025",
                "không có xã mang mã «13522» hết hiệu lực ngày 30/6/2025"
            ]
        );
        let wrong = told("on = 2025-01-01\ninto = \"13540\"\nparts = [\"13540\", \"13522\"]\nweights = [5200, 0]\n");
        assert_eq!(wrong, ["weights cần đúng 2 số lớn hơn 0, mỗi xã cũ một số"]);
        assert!(told("into = \"13540\"\nparts = []\n").iter().any(|text| text.contains("mergers.on")));
    }
}
