//! Workbooks that hold no report: budgets, lists, plans, forms nobody filled in, the set itself, and chance.

use super::super::figures::target;
use super::super::workbook::{NumberFormat, Sheet, Value, Workbook};
use super::chance::Chance;
use super::layouts::{commune, plain};
use super::statement::set;

/// A workbook without a report, and what it is.
pub(super) fn workbook(chance: &mut Chance) -> (&'static str, Workbook) {
    type Maker = fn(&mut Chance) -> Sheet;
    const KINDS: &[(&str, Maker)] = &[
        ("a budget", budget),
        ("a list of staff", staff),
        ("money by criterion", money_by_criterion),
        ("the set with its targets", the_set),
        ("a form nobody filled in", blank_form),
        ("offices in charge", in_charge),
        ("households", households),
        ("a district's counts", counts),
        ("a plan of years", plan_of_years),
        ("a schedule", schedule),
        ("cells of chance", chance_cells),
        ("nothing", |_| Sheet::new("Sheet1")),
        ("another set's results", another_set),
        ("a letter", letter),
    ];
    let (what, maker) = KINDS[chance.below(KINDS.len())];
    let mut sheets = vec![maker(chance)];
    if chance.one_in(4) && what != "a budget" {
        sheets.push(budget(chance));
    }
    (what, Workbook { sheets })
}

/// Rows of text below each other; a number is a number.
fn put(sheet: &mut Sheet, rows: &[Vec<String>]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            let (value, look) = match text.parse::<f64>() {
                Ok(number) if !text.contains('.') => (Value::Number(number, NumberFormat::General), plain("").1),
                _ => plain(text),
            };
            sheet.put(row, column, value, look);
        }
    }
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|&c| c.to_owned()).collect()
}

fn number(chance: &mut Chance, end: usize) -> String {
    (1 + chance.below(end)).to_string()
}

/// Items of spending, with numbers that look like codes.
pub(super) fn budget(chance: &mut Chance) -> Sheet {
    let mut sheet = Sheet::new("Dự toán");
    let mut rows = vec![
        vec![format!("DỰ TOÁN CHI NGÂN SÁCH XÃ {} NĂM 2023", commune(chance.below(16)).to_uppercase())],
        row(&["TT", "Nội dung chi", "ĐVT", "Số tiền", "Kết quả", "Ghi chú"]),
    ];
    for (group, name) in (1..).zip([
        "Chi đầu tư phát triển",
        "Chi sự nghiệp giáo dục",
        "Chi quốc phòng và an ninh",
        "Chi sự nghiệp môi trường",
        "Chi văn hóa thông tin",
    ]) {
        rows.push(vec![group.to_string(), name.to_owned()]);
        for item in 1..=3 + chance.below(5) {
            rows.push(vec![
                format!("{group}.{item}"),
                chance
                    .pick(&[
                        "Mua sắm thiết bị",
                        "Sửa chữa đường giao thông",
                        "Chi khác",
                        "Chi lương",
                        "Vận hành trạm bơm",
                    ])
                    .to_owned(),
                "triệu đồng".to_owned(),
                number(chance, 900),
                chance.pick(&["Đã chi", "Chưa chi", "Đạt", "Hoàn thành"]).to_owned(),
            ]);
        }
    }
    put(&mut sheet, &rows);
    sheet
}

fn staff(chance: &mut Chance) -> Sheet {
    let mut sheet = Sheet::new("Danh sách");
    let mut rows = vec![
        vec![format!("DANH SÁCH CÁN BỘ, CÔNG CHỨC XÃ {} THÁNG 4/2023", commune(chance.below(16)).to_uppercase())],
        row(&["STT", "Họ và tên", "Chức vụ", "Đánh giá", "Ghi chú"]),
    ];
    for n in 1..=20 + chance.below(60) {
        let name = chance.pick(&["Nguyễn Văn An", "Trần Thị Bình", "Lê Quang Dũng", "Phạm Thị Hoa", "Vũ Đức Thắng"]);
        let post = chance.pick(&[
            "Văn phòng - Thống kê",
            "Địa chính - Xây dựng",
            "Tài chính - Kế toán",
            "Văn hóa - Xã hội",
            "Môi trường",
        ]);
        rows.push(vec![
            n.to_string(),
            name.into(),
            post.into(),
            chance.pick(&["Hoàn thành", "Hoàn thành tốt", "Đạt", "Chưa đạt"]).into(),
        ]);
    }
    put(&mut sheet, &rows);
    sheet
}

fn money_by_criterion(chance: &mut Chance) -> Sheet {
    let mut sheet = Sheet::new("Vốn");
    let mut rows = vec![
        vec![format!("KẾ HOẠCH VỐN XÂY DỰNG NÔNG THÔN MỚI XÃ {} NĂM 2023", commune(chance.below(16)).to_uppercase())],
        row(&["TT", "Tên tiêu chí", "Tổng vốn", "Ngân sách tỉnh", "Ngân sách xã", "Dân góp"]),
    ];
    for criterion in &set(chance.one_in(2)).criteria {
        let mut cells = vec![criterion.number.to_string(), criterion.name.clone()];
        cells.extend((0..4).map(|_| number(chance, 5000)));
        rows.push(cells);
    }
    put(&mut sheet, &rows);
    sheet
}

fn the_set(chance: &mut Chance) -> Sheet {
    let set = set(chance.one_in(2));
    let mut sheet = Sheet::new("Bộ tiêu chí");
    let mut rows = vec![
        row(&["BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI GIAI ĐOẠN 2021-2025"]),
        row(&["TT", "Tên tiêu chí", "Nội dung tiêu chí", "Chỉ tiêu"]),
    ];
    for criterion in &set.criteria {
        for (n, indicator) in criterion.indicators.iter().enumerate() {
            let name = if n == 0 { criterion.name.clone() } else { String::new() };
            rows.push(vec![
                indicator.code.clone(),
                name,
                indicator.name.clone(),
                target(&set.id, indicator).to_owned(),
            ]);
        }
    }
    put(&mut sheet, &rows);
    sheet
}

fn blank_form(chance: &mut Chance) -> Sheet {
    let set = set(chance.one_in(2));
    let mut sheet = Sheet::new("Mẫu");
    let mut rows = vec![
        row(&["BIỂU TỔNG HỢP KẾT QUẢ TIÊU CHÍ NÔNG THÔN MỚI"]),
        row(&["Xã ………… - Tháng … năm 2023"]),
        row(&["TT", "Nội dung", "Mức quy định", "Kết quả thực hiện", "Đánh giá", "Ghi chú"]),
    ];
    for indicator in set.indicators() {
        rows.push(vec![indicator.code.clone(), indicator.name.clone(), target(&set.id, indicator).to_owned()]);
    }
    put(&mut sheet, &rows);
    sheet
}

fn in_charge(chance: &mut Chance) -> Sheet {
    let set = set(chance.one_in(2));
    let mut sheet = Sheet::new("Phân công");
    let mut rows = vec![
        row(&["PHÂN CÔNG PHỤ TRÁCH CÁC TIÊU CHÍ NÔNG THÔN MỚI NĂM 2023"]),
        row(&["TT", "Tiêu chí", "Cơ quan phụ trách", "Lãnh đạo chỉ đạo"]),
    ];
    for criterion in &set.criteria {
        let office =
            chance.pick(&["Phòng Kinh tế và Hạ tầng", "Phòng Nông nghiệp và PTNT", "Phòng Y tế", "Công an huyện"]);
        rows.push(vec![
            criterion.number.to_string(),
            criterion.name.clone(),
            office.into(),
            "Phó Chủ tịch UBND huyện".into(),
        ]);
    }
    put(&mut sheet, &rows);
    sheet
}

fn households(chance: &mut Chance) -> Sheet {
    let mut sheet = Sheet::new("Hộ");
    let mut rows = vec![
        row(&["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO"]),
        row(&["TT", "Chủ hộ", "Thôn", "Số khẩu", "Thu nhập", "Nhà ở", "Kết luận"]),
    ];
    for n in 1..=30 + chance.below(50) {
        let poor = chance.pick(&["Hộ nghèo", "Hộ cận nghèo", "Thoát nghèo"]);
        rows.push(vec![
            n.to_string(),
            "Trần Văn Tám".into(),
            format!("Thôn {}", 1 + chance.below(8)),
            number(chance, 7),
            "1,2".into(),
            chance.pick(&["Kiên cố", "Nhà tạm", "Đạt"]).into(),
            poor.into(),
        ]);
    }
    put(&mut sheet, &rows);
    sheet
}

fn counts(chance: &mut Chance) -> Sheet {
    let mut sheet = Sheet::new("Biểu 06");
    let mut rows = vec![
        row(&["BIỂU 06: TỔNG HỢP SỐ XÃ ĐẠT CHUẨN NÔNG THÔN MỚI ĐẾN THÁNG 6/2023"]),
        row(&[
            "TT",
            "Huyện",
            "Tổng số xã",
            "Số xã đạt 19 tiêu chí",
            "Số xã đạt 15-18 tiêu chí",
            "Số xã đạt dưới 15 tiêu chí",
        ]),
    ];
    for (n, district) in (1..).zip(["Bình Lục", "Lý Nhân", "Kim Bảng", "Thanh Liêm", "Duy Tiên", "Phủ Lý"])
    {
        rows.push(vec![
            n.to_string(),
            district.into(),
            number(chance, 30),
            number(chance, 20),
            number(chance, 9),
            number(chance, 3),
        ]);
    }
    put(&mut sheet, &rows);
    sheet
}

fn plan_of_years(chance: &mut Chance) -> Sheet {
    let set = set(chance.one_in(2));
    let mut sheet = Sheet::new("Lộ trình");
    let mut rows = vec![
        row(&["LỘ TRÌNH ĐẠT CHUẨN NÔNG THÔN MỚI XÃ AN LÃO GIAI ĐOẠN 2023-2025"]),
        row(&["TT", "Tiêu chí", "Năm hoàn thành", "Kinh phí dự kiến"]),
    ];
    for criterion in &set.criteria {
        rows.push(vec![
            criterion.number.to_string(),
            criterion.name.clone(),
            (2023 + chance.below(3)).to_string(),
            number(chance, 3000),
        ]);
    }
    put(&mut sheet, &rows);
    sheet
}

fn schedule(chance: &mut Chance) -> Sheet {
    let mut sheet = Sheet::new("Lịch");
    let mut rows = vec![
        row(&["LỊCH CÔNG TÁC THÁNG 4/2023 UBND XÃ LA SƠN"]),
        row(&["Ngày", "Buổi", "Nội dung", "Chủ trì", "Kết quả"]),
    ];
    for day in 1..=25 {
        let what = chance.pick(&[
            "Họp Ban Chỉ đạo xây dựng nông thôn mới",
            "Kiểm tra tiêu chí môi trường",
            "Tiếp công dân",
            "Giao ban tuần",
        ]);
        rows.push(vec![
            format!("{day:02}/04/2023"),
            "Sáng".into(),
            what.into(),
            "Chủ tịch UBND".into(),
            chance.pick(&["Hoàn thành", "Chưa thực hiện", ""]).into(),
        ]);
    }
    put(&mut sheet, &rows);
    sheet
}

fn chance_cells(chance: &mut Chance) -> Sheet {
    let mut sheet = Sheet::new("Sheet1");
    let rows: Vec<Vec<String>> = (0..30)
        .map(|_| {
            (0..6)
                .map(|_| {
                    chance
                        .pick(&[
                            "",
                            "Đạt",
                            "x",
                            "2.1",
                            "1",
                            "Giao thông",
                            "95%",
                            "Tháng 4/2023",
                            "TT",
                            "Đánh giá",
                            "Nội dung",
                        ])
                        .to_owned()
                })
                .collect()
        })
        .collect();
    put(&mut sheet, &rows);
    sheet
}

/// Results against a set that is none of ours: a cultural-family title, a new-style village.
fn another_set(chance: &mut Chance) -> Sheet {
    let mut sheet = Sheet::new("Biểu");
    let mut rows = vec![
        row(&["KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ DANH HIỆU THÔN VĂN HÓA THÁNG 4/2023 XÃ BỒ ĐỀ"]),
        row(&["TT", "Nội dung tiêu chí", "Kết quả", "Đánh giá"]),
    ];
    for (n, name) in (1..).zip([
        "Đời sống kinh tế ổn định và từng bước phát triển",
        "Đời sống văn hóa tinh thần lành mạnh, phong phú",
        "Môi trường cảnh quan sạch đẹp",
        "Chấp hành tốt đường lối, chủ trương của Đảng",
        "Có tinh thần đoàn kết, tương trợ, giúp đỡ lẫn nhau",
        "Tỷ lệ gia đình văn hóa",
        "Không có điểm nóng về trật tự xã hội",
        "Có hương ước, quy ước được phê duyệt",
    ]) {
        rows.push(vec![
            n.to_string(),
            name.into(),
            format!("{}%", 60 + chance.below(40)),
            chance.pick(&["Đạt", "Chưa đạt"]).into(),
        ]);
    }
    put(&mut sheet, &rows);
    sheet
}

fn letter(chance: &mut Chance) -> Sheet {
    let mut sheet = Sheet::new("Công văn");
    let rows = vec![
        row(&["V/v báo cáo kết quả xây dựng nông thôn mới"]),
        vec![format!("Kính gửi: UBND xã {}", commune(chance.below(16)))],
        row(&[
            "Đề nghị các xã báo cáo kết quả thực hiện 19 tiêu chí trước ngày 25/4/2023; xã chưa đạt tiêu chí nào nêu rõ lý do.",
        ]),
        row(&["Nơi nhận: Như trên; Lưu: VT."]),
    ];
    put(&mut sheet, &rows);
    sheet
}
