//! A month of many communes, made fast: what benchmarks read.
//!
//! A bench includes this file and `sets.rs` as `#[path = "../tests/it/support/sets.rs"] mod sets;` and
//! `#[path = "../tests/it/support/bulk.rs"] mod bulk;` side by side.

use std::fmt::Write;

use rayon::prelude::*;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::sets::{self, Criterion, Indicator, Set};

/// First syllables of invented names; no two are the same without tones.
const FIRST: [&str; 50] = [
    "An", "Bình", "Cẩm", "Diễn", "Đại", "Đông", "Gia", "Giang", "Hà", "Hải", "Hiệp", "Hòa", "Hồng", "Hưng", "Khánh",
    "Kim", "Kỳ", "Lạc", "Liên", "Lộc", "Long", "Mai", "Minh", "Mỹ", "Nam", "Nga", "Nghĩa", "Ngọc", "Nhân", "Ninh",
    "Phong", "Phú", "Quang", "Quỳnh", "Sơn", "Tam", "Tây", "Thạch", "Thái", "Thọ", "Thuận", "Tiên", "Trà", "Trực",
    "Tú", "Việt", "Vĩnh", "Vũ", "Xuân", "Yên",
];

/// Second syllables; no two are the same without tones.
const SECOND: [&str; 50] = [
    "Ba", "Bảo", "Bắc", "Bích", "Châu", "Chính", "Cường", "Dân", "Dương", "Đức", "Điền", "Đồng", "Giáp", "Hạnh", "Hậu",
    "Hợp", "Hội", "Hùng", "Khê", "Lâm", "Lập", "Lĩnh", "Lợi", "Lương", "Lý", "Mạc", "Mão", "Nguyên", "Nhuận", "Ninh",
    "Phẩm", "Phương", "Quý", "Sàng", "Tảo", "Tập", "Thắng", "Thiện", "Thịnh", "Thủy", "Tiến", "Trạch", "Trị", "Trung",
    "Tường", "Vân", "Vinh", "Vọng", "Vượng", "Xá",
];

/// How many communes have names of their own.
pub(crate) const MOST: usize = FIRST.len() * SECOND.len();

/// One workbook a commune, named as communes name them: two sheets of 57 and 75 indicators for April 2023, with
/// values, notes, and plans for what is not met. Where `misstated` is a number, each commune of that many declares one
/// indicator more than it lists: its file goes back to it. The same seed gives the same bytes.
///
/// # Panics
///
/// Where more than [`MOST`] communes are asked for.
pub(crate) fn month(communes: usize, seed: u64, misstated: Option<usize>) -> Vec<(String, Vec<u8>)> {
    let sets = [sets::ntm(), sets::nang_cao()];
    (0..communes)
        .into_par_iter()
        .map(|index| {
            let mut dice = Dice(seed ^ (index as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
            let too_many = u32::from(misstated.is_some_and(|each| index % each == 0));
            (format!("BC NTM xã {} T4.2023.xlsx", name(index)), workbook(&name(index), &sets, too_many, &mut dice))
        })
        .collect()
}

/// Settings that register the communes of [`month`].
pub(crate) fn settings(communes: usize) -> String {
    let mut text = String::from("[unit]\nname = \"huyện Mẫu\"\nparent = \"tỉnh Mẫu\"\n\n[deadline]\nday = 25\n");
    for set in [sets::ntm(), sets::nang_cao()] {
        write!(text, "\n[[sets]]\nid = \"{}\"\n", set.id).expect("writing to a string");
    }
    for index in 0..communes {
        let code = 10_000 + index;
        write!(text, "\n[[communes]]\ncode = \"{code}\"\nname = \"{}\"\nkind = \"xã\"\n", name(index))
            .expect("writing to a string");
    }
    text
}

/// Neighbours in the register share neither syllable.
fn name(index: usize) -> String {
    assert!(index < MOST, "there are names for {MOST} communes");
    let (round, first) = (index / FIRST.len(), index % FIRST.len());
    format!("{} {}", FIRST[first], SECOND[(first + round) % SECOND.len()])
}

/// SplitMix64: enough for made-up figures, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit.
    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}

/// The looks of a sheet's cells.
struct Looks {
    title: Format,
    head: Format,
    middle: Format,
    wrapped: Format,
    percent: Format,
    day: Format,
}

impl Looks {
    fn new() -> Looks {
        let plain = Format::new().set_font_name("Times New Roman").set_font_size(12);
        let framed = plain.clone().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        let middle = framed.clone().set_align(FormatAlign::Center).set_text_wrap();
        Looks {
            title: plain.set_bold().set_align(FormatAlign::Center),
            head: middle.clone().set_bold(),
            wrapped: framed.set_text_wrap(),
            percent: middle.clone().set_num_format("0.0%"),
            day: middle.clone().set_num_format("dd/mm/yyyy"),
            middle,
        }
    }
}

const HEADER: [&str; 9] = [
    "TT",
    "Nội dung tiêu chí",
    "ĐVT",
    "Kết quả thực hiện",
    "Xã tự đánh giá",
    "Ghi chú",
    "Người phụ trách",
    "Nhiệm vụ",
    "Thời hạn",
];

const TASKS: [(&str, &str); 4] = [
    ("Công chức Địa chính - Xây dựng", "Lập dự toán, bố trí vốn, khởi công trong quý II"),
    ("Công chức Văn hóa - Xã hội", "Rà soát từng hộ, phân công đoàn thể giúp đỡ"),
    ("Trạm trưởng Trạm Y tế xã", "Tuyên truyền, hướng dẫn người dân tham gia"),
    ("Phó Chủ tịch UBND xã", "Hoàn thiện hồ sơ, trình huyện thẩm tra"),
];

fn workbook(commune: &str, sets: &[Set; 2], too_many: u32, dice: &mut Dice) -> Vec<u8> {
    let looks = Looks::new();
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2023, 1, 1).expect("a day of the calendar");
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for (set, name) in sets.iter().zip(["NTM", "NTM nâng cao"]) {
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a sheet name Excel takes");
        fill(sheet, commune, set, too_many, &looks, dice);
    }
    book.save_to_buffer().expect("writing to memory")
}

/// What rust_xlsxwriter can refuse: positions and texts beyond Excel's limits, of which there are none here.
const FITS: &str = "the cell lies in the sheet";

fn fill(sheet: &mut Worksheet, commune: &str, set: &Set, too_many: u32, looks: &Looks, dice: &mut Dice) {
    let advanced = if set.id.contains("nang-cao") { " NÂNG CAO" } else { "" };
    let title = format!("KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI{advanced}");
    sheet.merge_range(0, 0, 0, 8, &title, &looks.title).expect(FITS);
    sheet.merge_range(1, 0, 1, 8, &format!("Xã {commune} - Tháng 4 năm 2023"), &looks.title).expect(FITS);
    sheet.set_column_width(1, 50).expect(FITS);
    for (column, label) in HEADER.into_iter().enumerate() {
        sheet.write_with_format(3, column as u16, label, &looks.head).expect(FITS);
    }
    let mut row = 4;
    let mut group = "";
    let mut met = too_many;
    for criterion in &set.criteria {
        if criterion.group != group {
            group = &criterion.group;
            sheet.write_with_format(row, 1, group.to_uppercase(), &looks.head).expect(FITS);
            row += 1;
        }
        sheet.write_with_format(row, 0, criterion.number.to_string(), &looks.head).expect(FITS);
        sheet.write_with_format(row, 1, criterion.name.as_str(), &looks.head).expect(FITS);
        row += 1;
        for indicator in &criterion.indicators {
            met += u32::from(put(sheet, row, (criterion, indicator), looks, dice) == Outcome::Met);
            row += 1;
        }
    }
    sheet.write_with_format(row, 1, "Tổng số chỉ tiêu đạt", &looks.head).expect(FITS);
    let total = format!("{met}/{}", set.indicators().count());
    sheet.write_with_format(row, 4, total, &looks.head).expect(FITS);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Met,
    NotMet,
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    (criterion, indicator): (&Criterion, &Indicator),
    looks: &Looks,
    dice: &mut Dice,
) -> Outcome {
    let outcome = if dice.below(10) < 8 { Outcome::Met } else { Outcome::NotMet };
    let is_single = criterion.indicators.len() == 1;
    let code = if is_single { format!("{}.1", indicator.code) } else { indicator.code.clone() };
    sheet.write_with_format(row, 0, code, &looks.middle).expect(FITS);
    sheet.write_with_format(row, 1, indicator.name.as_str(), &looks.wrapped).expect(FITS);
    sheet.write_with_format(row, 2, indicator.unit.as_str(), &looks.middle).expect(FITS);
    let tenths = match outcome {
        Outcome::Met => 901 + dice.below(99),
        Outcome::NotMet => 600 + dice.below(250),
    } as f64;
    match (indicator.kind.as_str(), outcome) {
        ("ratio_pct", _) => sheet.write_with_format(row, 3, tenths / 1000.0, &looks.percent),
        ("yes_no", Outcome::Met) => sheet.write_with_format(row, 3, "Có", &looks.middle),
        ("yes_no", Outcome::NotMet) => sheet.write_with_format(row, 3, "Chưa có", &looks.middle),
        _ => sheet.write_with_format(row, 3, tenths / 10.0, &looks.middle),
    }
    .expect(FITS);
    let verdict = if outcome == Outcome::Met { "Đạt" } else { "Chưa đạt" };
    sheet.write_with_format(row, 4, verdict, &looks.middle).expect(FITS);
    if outcome == Outcome::NotMet {
        let (owner, task) = TASKS[dice.below(TASKS.len() as u64) as usize];
        let day = ExcelDateTime::from_ymd(2023, 6 + dice.below(6) as u8, 1 + dice.below(28) as u8);
        sheet.write_with_format(row, 5, "Đang thực hiện", &looks.wrapped).expect(FITS);
        sheet.write_with_format(row, 6, owner, &looks.wrapped).expect(FITS);
        sheet.write_with_format(row, 7, task, &looks.wrapped).expect(FITS);
        sheet.write_with_format(row, 8, day.expect("a day of the calendar"), &looks.day).expect(FITS);
    }
    outcome
}
