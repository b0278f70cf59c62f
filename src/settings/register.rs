//! The register of communes: five-digit codes, and no code or name that two communes bear on the same day.

use std::collections::BTreeMap;

use toml::Spanned;

use super::file::CommuneFile;
use super::slip::{Slips, nearest};
use crate::model::{Commune, CommuneCode, Text};

/// The kinds of unit at the commune's level, `đặc khu` since 2025.
const KINDS: [&str; 4] = ["xã", "phường", "thị trấn", "đặc khu"];

/// The communes in the order of the file.
pub(super) fn communes(files: &[CommuneFile], slips: &mut Slips<'_>) -> Vec<Commune> {
    if files.is_empty() {
        slips.add(
            &(0..0),
            Text::new("chưa có xã nào", "there is no commune"),
            Text::new(
                "thêm cho mỗi xã một mục [[communes]] với code và name",
                "add an entry [[communes]] with code and name for each commune",
            ),
        );
    }
    let communes: Vec<Commune> = files.iter().map(|file| commune(file, slips)).collect();
    refuse_shared(files, &communes, slips);
    communes
}

/// One commune; what is missing stays empty, its slip has already been noted.
fn commune(file: &CommuneFile, slips: &mut Slips<'_>) -> Commune {
    let written = |text: &Option<Spanned<String>>| text.as_ref().map(|t| t.get_ref().clone()).unwrap_or_default();
    if let Some(code) = &file.code {
        check_code(code, slips);
    }
    if let Some(kind) = &file.kind {
        check_kind(kind, slips);
    }
    let (from, to) = (file.valid_from.as_ref(), file.valid_to.as_ref());
    if let (Some(from), Some(to)) = (from, to)
        && to.get_ref() < from.get_ref()
    {
        let (first, last) = (from.get_ref(), to.get_ref());
        slips.add(
            &to.span(),
            Text::new(
                format!("ngày hết hiệu lực {last} trước ngày bắt đầu {first}"),
                format!("the last day {last} is before the first day {first}"),
            ),
            Text::new("sửa valid_from hoặc valid_to", "mend valid_from or valid_to"),
        );
    }
    Commune {
        code: CommuneCode(written(&file.code)),
        name: written(&file.name),
        kind: file.kind.as_ref().map_or_else(|| KINDS[0].to_owned(), |kind| kind.get_ref().to_lowercase()),
        other_names: file.other_names.iter().map(|name| name.get_ref().clone()).filter(|n| !n.is_empty()).collect(),
        valid_from: from.map(|day| *day.get_ref()),
        valid_to: to.map(|day| *day.get_ref()),
        region: file.region.as_ref().map(|region| region.get_ref().clone()),
        group: file.group.as_ref().map(|group| group.get_ref().clone()),
    }
}

fn check_code(code: &Spanned<String>, slips: &mut Slips<'_>) {
    let written = code.get_ref();
    if written.len() != 5 || !written.bytes().all(|b| b.is_ascii_digit()) {
        slips.add(
            &code.span(),
            Text::new(
                format!("mã xã «{written}», cần đúng năm chữ số"),
                format!("the commune code is \"{written}\", expected exactly five digits"),
            ),
            Text::new(
                "tra mã trong danh mục đơn vị hành chính, giữ cả số 0 ở đầu, ví dụ \"00123\"",
                "look it up in the list of administrative units and keep leading zeros, such as \"00123\"",
            ),
        );
    }
}

fn check_kind(kind: &Spanned<String>, slips: &mut Slips<'_>) {
    let written = kind.get_ref().to_lowercase();
    if !KINDS.contains(&written.as_str()) {
        let otherwise =
            Text::new("sửa hoặc bỏ dòng kind (mặc định là xã)", "mend or remove the line kind (xã is the default)");
        let hint = nearest(&written, KINDS, otherwise);
        let all = KINDS.join(", ");
        slips.add(
            &kind.span(),
            Text::new(
                format!("loại đơn vị «{}», cần một trong: {all}", kind.get_ref()),
                format!("the kind is \"{}\", expected one of: {all}", kind.get_ref()),
            ),
            hint,
        );
    }
}

/// Whether there is a day on which both exist.
fn overlap(a: &Commune, b: &Commune) -> bool {
    let starts_in_time = |x: &Commune, y: &Commune| match (x.valid_from, y.valid_to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    starts_in_time(a, b) && starts_in_time(b, a)
}

/// Notes each code and each name that a commune shares with one further up on the same day.
fn refuse_shared(files: &[CommuneFile], communes: &[Commune], slips: &mut Slips<'_>) {
    let mut by_code: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        let clash =
            |bearers: &[usize]| bearers.iter().copied().find(|&b| b != at && overlap(&communes[b], &communes[at]));
        let mut is_new = true;
        if let Some(code) = &file.code {
            let bearers = by_code.entry(code.get_ref()).or_default();
            if let Some(earlier) = clash(bearers) {
                refuse_code(code, slips.line(&files[earlier].span), slips);
                // An entry written twice is one slip, not a second one for its name.
                is_new = false;
            }
            bearers.push(at);
        }
        for name in names(file) {
            let bearers = by_name.entry(folded(name.get_ref())).or_default();
            if let Some(earlier) = clash(bearers).filter(|_| is_new) {
                refuse_name(name, slips.line(&files[earlier].span), slips);
            }
            bearers.push(at);
        }
    }
}

fn refuse_code(code: &Spanned<String>, line: usize, slips: &mut Slips<'_>) {
    let written = code.get_ref();
    slips.add(
        &code.span(),
        Text::new(
            format!("mã «{written}» đã dùng cho xã ở dòng {line} trong cùng thời gian"),
            format!("the code \"{written}\" is that of the commune in line {line} at the same time"),
        ),
        Text::new(
            "sửa mã, bỏ mục thừa, hoặc ghi valid_from, valid_to nếu mã được dùng lại sau sáp nhập",
            "mend the code, remove one entry, or write valid_from and valid_to if a merger re-used it",
        ),
    );
}

fn refuse_name(name: &Spanned<String>, line: usize, slips: &mut Slips<'_>) {
    let written = name.get_ref();
    slips.add(
        &name.span(),
        Text::new(
            format!("tên «{written}» trùng với xã ở dòng {line} trong cùng thời gian"),
            format!("the name \"{written}\" is also that of the commune in line {line} at the same time"),
        ),
        Text::new(
            "để mỗi tên chỉ thuộc một xã; nếu hai đơn vị trùng tên thật, ghi thêm loại vào tên, ví dụ \"thị trấn Phố Lu\"",
            "let each name belong to one commune; if two units truly share it, put the kind before it, such as \"thị trấn Phố Lu\"",
        ),
    );
}

fn names(file: &CommuneFile) -> impl Iterator<Item = &Spanned<String>> {
    file.name.iter().chain(&file.other_names).filter(|name| !name.get_ref().is_empty())
}

/// Names are the same whatever their case and spaces; tone marks tell them apart.
fn folded(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
