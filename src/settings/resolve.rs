//! From what the user wrote to what we rely on: the text of `ntm.toml` in, [`Settings`] or all its slips out.

use std::path::{Component, Path};

use toml::Spanned;
use toml::de::DeTable;

use super::file::{DeadlineFile, FOLDER_KEYS, LetterheadFile, SetFile, SettingsFile, UnitFile};
use super::slip::{SettingsError, Slip, Slips, position};
use super::{
    Deadline, FOLDERS, Folders, Letterhead, SetInForce, Settings, Unit, answers, circumstances, decisions, duties,
    file, mergers, plans, register, section, unattended,
};
use crate::model::{Assessor, CriteriaSet, Text};
use crate::text::file_name::is_portable;

/// The kinds of unit that may stand before a unit's name and have a people's committee of their own; the place on papers
/// is the name without them.
const UNIT_KINDS: [&str; 9] = ["huyện", "quận", "thị xã", "thành phố", "tỉnh", "xã", "phường", "thị trấn", "đặc khu"];

/// The kinds of unit that are no level of government: several communes looked after together.
const GROUP_KINDS: [&str; 6] = ["cụm xã", "nhóm xã", "liên xã", "cụm", "khu vực", "vùng"];

/// Up to so many communes, each has a brief where the settings say nothing: a district and a province, not the country.
const BRIEFED: usize = 500;

/// A report cannot be due later than a year after its month.
const MONTHS_AFTER: i64 = 12;

/// The text of the settings file's bytes.
///
/// # Errors
///
/// The bytes are no UTF-8: the file was saved in another encoding.
pub fn decode(bytes: &[u8], file_name: &str) -> Result<String, SettingsError> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let readable = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let (line, column) = position(&readable, readable.len());
        let message = Text::new("tệp không lưu dạng UTF-8", "the file is not saved as UTF-8");
        let hint = Text::new(
            "mở bằng Notepad, chọn Lưu thành (Save As), mục Mã hóa (Encoding) chọn UTF-8",
            "open it in Notepad, choose Save As and the encoding UTF-8",
        );
        SettingsError { file_name: file_name.to_owned(), slips: vec![Slip { line, column, message, hint }] }
    })
}

/// The settings of a workspace at `root`, checked against the criteria sets that are known.
///
/// # Errors
///
/// Every slip of the file, in its order. Where the text is no TOML, those of its syntax only: the rest could not be
/// told from their consequences.
///
/// ```
/// let error = ntm::settings::parse("[unit]\nnmae = \"huyện Bình Lục\"", "ntm.toml", ".".as_ref(), &[]).unwrap_err();
/// let slip = error.slips.iter().find(|slip| slip.line == 2).unwrap();
/// assert_eq!(slip.hint.en, "did you mean \"name\"?");
/// ```
pub fn parse(text: &str, file_name: &str, root: &Path, known_sets: &[CriteriaSet]) -> Result<Settings, SettingsError> {
    // Notepad puts a byte order mark before UTF-8.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut slips = Slips::of(text);
    let (table, faults) = DeTable::parse_recoverable(text);
    if !faults.is_empty() {
        for fault in &faults {
            syntax_slip(fault, &mut slips);
        }
        return slips.settle(file_name, None);
    }
    let file = file::read(&section::document(&table), &mut slips);
    let settings = resolve(&file, root, known_sets, &mut slips);
    slips.settle(file_name, Some(settings))
}

fn resolve(file: &SettingsFile, root: &Path, known: &[CriteriaSet], slips: &mut Slips<'_>) -> Settings {
    let unit = unit(&file.unit);
    let mut communes = register::communes(&file.communes, slips);
    circumstances::check(file, known, slips);
    communes.iter_mut().filter(|c| c.region.is_none()).for_each(|c| c.region.clone_from(&unit.region));
    Settings {
        letterhead: letterhead(&file.letterhead, &unit),
        sets: sets(&file.sets, decisions::hand(&file.hand, Assessor::Commune, slips), known, slips),
        decisions: decisions::decisions(&file.decisions, &communes, known, slips),
        plans: plans::plans(&file.plans, &communes, known, slips),
        deadline: deadline(&file.deadline, slips),
        offices: duties::offices(&file.offices, known, slips),
        answers: answers::answers(&file.answers, &communes, known, slips),
        roadmap: duties::roadmap(&file.roadmap, &communes, known, slips),
        mergers: mergers::mergers(&file.mergers, &communes, slips),
        folders: folders(&file.folders, root, slips),
        keep_inbox: file.keep_inbox.unwrap_or(false),
        commune_briefs: file.commune_briefs.unwrap_or(communes.len() <= BRIEFED),
        unattended: unattended::resolve(&file.unattended, slips),
        unit,
        communes,
    }
}

pub(super) fn syntax_slip(fault: &toml::de::Error, slips: &mut Slips<'_>) {
    let at = fault.span().unwrap_or_default();
    let found = slips.quoted(&at);
    let english = fault.message();
    if english.starts_with("duplicate key") {
        let message = Text::new(format!("«{found}» được ghi hai lần"), format!("\"{found}\" stands twice"));
        slips.add(&at, message, Text::new("giữ lại một dòng", "keep one of the lines"));
        return;
    }
    let message = Text::new(format!("sai cú pháp TOML ({english})"), format!("the TOML syntax is wrong ({english})"));
    let hint = Text::new(
        "kiểm tra dấu ngoặc kép, dấu bằng, dấu phẩy ở dòng này và dòng trước; chữ phải nằm trong ngoặc kép",
        "look at quotes, equals signs and commas in this line and the one before; text has to stand in quotes",
    );
    slips.add(&at, message, hint);
}

fn unit(file: &UnitFile) -> Unit {
    let region = file.region.as_ref().map(|region| region.get_ref().clone());
    Unit { name: said(&file.name, ""), parent: said(&file.parent, ""), region }
}

fn letterhead(file: &LetterheadFile, unit: &Unit) -> Letterhead {
    Letterhead {
        superior: lines(&file.superior, &superior(unit).iter().map(String::as_str).collect::<Vec<_>>()),
        issuer: lines(&file.issuer, &["BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH MTQG"]),
        symbol: said(&file.symbol, "BC-BCĐ"),
        place: said(&file.place, without_kind(&unit.name)),
        authority: lines(&file.authority, &["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"]),
        signer: said(&file.signer, ""),
        recipients: lines(&file.recipients, &["Lưu: VT"]),
    }
}

/// The people's committee of the unit; of a group of communes, which has none, that of the unit above.
fn superior(unit: &Unit) -> Option<String> {
    let is_group = kind_of(&unit.name, &GROUP_KINDS).is_some();
    let governed = if is_group { &unit.parent } else { &unit.name };
    (!governed.is_empty()).then(|| format!("ỦY BAN NHÂN DÂN {}", governed.to_uppercase()))
}

fn said(written: &Option<Spanned<String>>, default: &str) -> String {
    written.as_ref().map_or(default, |text| text.get_ref()).to_owned()
}

fn lines(written: &Option<Vec<Spanned<String>>>, default: &[&str]) -> Vec<String> {
    match written {
        Some(lines) => lines.iter().map(|line| line.get_ref().clone()).filter(|line| !line.is_empty()).collect(),
        None => default.iter().map(|line| (*line).to_owned()).collect(),
    }
}

/// `Bình Lục` of `huyện Bình Lục`.
fn without_kind(name: &str) -> &str {
    let kind = kind_of(name, &GROUP_KINDS).or_else(|| kind_of(name, &UNIT_KINDS));
    // The letters of these kinds have as many bytes in capitals as in small letters.
    kind.and_then(|kind| name.get(kind.len()..)).unwrap_or(name).trim_start()
}

/// The kind that a name begins with.
fn kind_of(name: &str, kinds: &[&'static str]) -> Option<&'static str> {
    let lower = name.to_lowercase();
    kinds.iter().copied().find(|kind| lower.starts_with(&format!("{kind} ")))
}

/// The sets in force; where the file names none, all that are known.
fn sets(files: &[SetFile], hand: Assessor, known: &[CriteriaSet], slips: &mut Slips<'_>) -> Vec<SetInForce> {
    if files.is_empty() {
        return known.iter().map(|set| SetInForce { id: set.id.clone(), from: None, to: None, hand }).collect();
    }
    let mut sets: Vec<SetInForce> = Vec::new();
    for file in files {
        let Some(id) = &file.id else { continue };
        let Some(set) = duties::known_set(id, known, slips) else { continue };
        let (from, to) = (file.from.as_ref().map(|m| *m.get_ref()), file.to.as_ref().map(|m| *m.get_ref()));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            let message = Text::new(
                format!("bộ «{}» kết thúc trước khi bắt đầu", set.id),
                format!("the set \"{}\" ends before it begins", set.id),
            );
            slips.add(&id.span(), message, Text::new("sửa from hoặc to", "mend from or to"));
        }
        let hand = decisions::hand(&file.hand, hand, slips);
        let in_force = SetInForce { id: set.id.clone(), from, to, hand };
        if sets.iter().any(|other| other.id == set.id && months_overlap(other, &in_force)) {
            let message = Text::new(
                format!("bộ «{}» được ghi hai lần cho cùng một thời gian", set.id),
                format!("the set \"{}\" stands twice for the same months", set.id),
            );
            slips.add(
                &id.span(),
                message,
                Text::new("giữ lại một, hoặc sửa from và to", "keep one, or mend from and to"),
            );
        }
        sets.push(in_force);
    }
    sets
}

fn months_overlap(a: &SetInForce, b: &SetInForce) -> bool {
    let starts_in_time = |x: &SetInForce, y: &SetInForce| x.from.zip(y.to).is_none_or(|(from, to)| from <= to);
    starts_in_time(a, b) && starts_in_time(b, a)
}

/// The 25th of the same month, where the file says nothing else.
fn deadline(file: &DeadlineFile, slips: &mut Slips<'_>) -> Deadline {
    let day = within(&file.day, 1..=31, ("ngày hạn nộp", "the deadline's day"), slips).unwrap_or(25);
    let names = ("số tháng sau tháng báo cáo", "the number of months after the reported one");
    let months_after = within(&file.months_after, 0..=MONTHS_AFTER, names, slips).unwrap_or(0);
    Deadline { day: i8::try_from(day).unwrap_or(25), months_after: i32::try_from(months_after).unwrap_or(0) }
}

pub(super) fn within(
    number: &Option<Spanned<i64>>,
    range: std::ops::RangeInclusive<i64>,
    (vi, en): (&str, &str),
    slips: &mut Slips<'_>,
) -> Option<i64> {
    let number = number.as_ref()?;
    let (written, first, last) = (number.get_ref(), range.start(), range.end());
    if !range.contains(written) {
        slips.add(
            &number.span(),
            Text::new(
                format!("{vi} là {written}, cần từ {first} đến {last}"),
                format!("{en} is {written}, expected {first} to {last}"),
            ),
            Text::new(format!("ghi một số từ {first} đến {last}"), format!("write a number from {first} to {last}")),
        );
    }
    Some(*written)
}

fn folders(files: &[(&'static str, Spanned<String>)], root: &Path, slips: &mut Slips<'_>) -> Folders {
    let mut names = FOLDERS.map(str::to_owned);
    for (key, name) in files {
        let at = FOLDER_KEYS.iter().position(|k| k == key).expect("folders are read by these keys");
        match inside(name.get_ref()) {
            Some(inside) => names[at] = inside,
            None => refuse_folder(key, name, slips),
        }
    }
    for (key, name) in files {
        let at = FOLDER_KEYS.iter().position(|k| k == key).expect("folders are read by these keys");
        let other = (0..names.len()).find(|&other| other != at && one_in_another(&names[other], &names[at]));
        if let Some(other) = other {
            let (mine, theirs) = (name.get_ref(), FOLDER_KEYS[other]);
            slips.add(
                &name.span(),
                Text::new(
                    format!("thư mục «{mine}» trùng hoặc lồng với thư mục của {theirs} («{}»)", names[other]),
                    format!("the folder \"{mine}\" is, holds or lies in that of {theirs} (\"{}\")", names[other]),
                ),
                Text::new("đặt mỗi loại vào một thư mục riêng", "give each a folder of its own"),
            );
        }
    }
    let [inbox, archive, store, reports, returned, templates, closings, forms, logs] =
        names.map(|name| root.join(name));
    Folders { inbox, archive, store, reports, returned, templates, closings, forms, logs }
}

/// The name with plain slashes, if it stays inside the workspace on every system.
fn inside(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    let legal = |part: &str| is_portable(part) && !part.starts_with(' ');
    let parts: Vec<&str> = name.strip_suffix('/').unwrap_or(&name).split('/').collect();
    let is_plain = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_)));
    (is_plain && parts.iter().all(|part| legal(part))).then(|| parts.join("/"))
}

fn refuse_folder(key: &str, name: &Spanned<String>, slips: &mut Slips<'_>) {
    let written = name.get_ref();
    slips.add(
        &name.span(),
        Text::new(
            format!("thư mục {key} là «{written}», cần tên thư mục nằm trong thư mục làm việc"),
            format!("the folder {key} is \"{written}\", expected the name of a folder inside the workspace"),
        ),
        Text::new(
            "không ghi ổ đĩa, dấu / ở đầu, «..» hay các ký tự < > : \" | ? *; ví dụ \"hop-thu-den\"",
            "leave out drives, a leading slash, \"..\" and the characters < > : \" | ? *; such as \"hop-thu-den\"",
        ),
    );
}

/// Whether two folders are one, or one lies in the other; Windows does not tell capitals apart.
fn one_in_another(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    Path::new(&a).starts_with(&b) || Path::new(&b).starts_with(&a)
}
