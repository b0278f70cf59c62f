//! A report as `compose` makes it, with invented figures: what the tests lay out and what is looked at by eye.

use jiff::civil::{date, datetime};

use crate::model::report::{
    Align, Block, Cell, CellValue, Column, Figure, Head, Media, PageStart, Properties, Report, Row, RowKind, Section,
    Signature, Span, Table, TableStyle, Tone,
};
use crate::model::{Lang, Period};

pub(super) const COMMUNES: [&str; 16] = [
    "Bình Nghĩa",
    "Tràng An",
    "Đồng Du",
    "Ngọc Lũ",
    "Hưng Công",
    "Đồn Xá",
    "An Ninh",
    "Bồ Đề",
    "Bối Cầu",
    "An Nội",
    "Vũ Bản",
    "Trung Lương",
    "An Đổ",
    "La Sơn",
    "Tiêu Động",
    "An Lão",
];

/// The whole report.
pub(super) fn report() -> Report {
    Report {
        lang: Lang::Vi,
        period: Period::new(2023, 4).expect("April is a month"),
        made_at: datetime(2023, 4, 28, 9, 30, 0, 0),
        properties: Properties {
            title: "Báo cáo kết quả xây dựng nông thôn mới tháng 4 năm 2023".into(),
            subject: "Huyện Bình Lục".into(),
            author: "Ban Chỉ đạo các chương trình mục tiêu quốc gia huyện Bình Lục".into(),
            keywords: "nông thôn mới, Bình Lục, 2023-04".into(),
        },
        head: head(),
        sections: vec![overview(), communes(), decisions(), problems(), matrix(), workbook_only()],
        charts: Vec::new(),
        signature: Signature {
            authority: vec!["TM. BAN CHỈ ĐẠO".into(), "KT. TRƯỞNG BAN".into(), "PHÓ TRƯỞNG BAN".into()],
            name: "Nguyễn Văn Ước".into(),
            recipients_title: "Nơi nhận:".into(),
            recipients: [
                "- Văn phòng Điều phối nông thôn mới tỉnh (để báo cáo);",
                "- Thường trực Huyện ủy, Hội đồng nhân dân huyện;",
                "- Thành viên Ban Chỉ đạo huyện;",
                "- Ủy ban nhân dân các xã, thị trấn;",
                "- Lưu: VT, VPĐP.",
            ]
            .map(str::to_owned)
            .to_vec(),
        },
    }
}

fn head() -> Head {
    Head {
        superior: vec!["ỦY BAN NHÂN DÂN HUYỆN BÌNH LỤC".into()],
        issuer: vec!["BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH".into(), "MỤC TIÊU QUỐC GIA".into()],
        number: "Số:        /BC-BCĐ".into(),
        country: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".into(),
        motto: "Độc lập - Tự do - Hạnh phúc".into(),
        place_and_date: "Bình Lục, ngày 28 tháng 4 năm 2023".into(),
        kind: "BÁO CÁO".into(),
        summary: "Kết quả thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới tháng 4 năm 2023".into(),
        attached: "(Kèm theo Báo cáo số 15/BC-BCĐ ngày 28 tháng 4 năm 2023)".into(),
    }
}

fn section(id: &str, title: &str, page: PageStart, blocks: Vec<Block>) -> Section {
    Section { id: id.into(), media: Media::Both, title: title.into(), sheet_name: id.into(), page, blocks }
}

fn plain(text: &str) -> Vec<Span> {
    vec![Span { text: text.into(), bold: false }]
}

fn led(lead: &str, text: &str) -> Vec<Span> {
    vec![Span { text: lead.into(), bold: true }, Span { text: text.into(), bold: false }]
}

fn overview() -> Section {
    let figure = |label: &str, value: &str, note: &str, tone| Figure {
        label: label.into(),
        value: value.into(),
        note: note.into(),
        tone,
    };
    section(
        "overview",
        "I. Tình hình chung",
        PageStart::Flow,
        vec![
            Block::Figures(vec![
                figure("Xã đã gửi báo cáo", "15/16", "chưa gửi: An Lão", Tone::Warning),
                figure("Xã đạt chuẩn nông thôn mới", "6/16", "tháng trước 5/16", Tone::Met),
                figure("Số tiêu chí đạt bình quân", "16,4", "tháng trước 16,1", Tone::Plain),
                figure("Tiêu chí tụt so với tháng trước", "2", "Đồn Xá, Bồ Đề", Tone::Error),
            ]),
            Block::Paragraph(plain(
                "Đến ngày 25 tháng 4 năm 2023, Văn phòng Điều phối nông thôn mới huyện đã nhận báo cáo của 15/16 xã. \
                 Toàn huyện có 6 xã đạt đủ 19 tiêu chí của Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn \
                 2021 - 2025; số tiêu chí đạt bình quân là 16,4 tiêu chí/xã, tăng 0,3 tiêu chí/xã so với tháng 3.",
            )),
            Block::Paragraph(led(
                "Việc cần Ban Chỉ đạo quyết định: ",
                "giao Phòng Tài nguyên và Môi trường chủ trì, cùng Ủy ban nhân dân 7 xã chưa đạt tiêu chí 17 lập kế \
                 hoạch thu gom, xử lý chất thải rắn sinh hoạt, hoàn thành trước ngày 30 tháng 6 năm 2023.",
            )),
            Block::Heading("1. Những thay đổi so với tháng trước".into()),
            Block::Bullet(led(
                "Xã Trung Lương ",
                "đạt thêm chỉ tiêu 16.2; tự kê khai 60/75 chỉ tiêu nông thôn mới \
                nâng cao, theo danh sách là 61/75, lệch 1.",
            )),
            Block::Bullet(led(
                "Xã Đồn Xá ",
                "tụt chỉ tiêu 17.1 (tỷ lệ hộ được sử dụng nước sạch theo quy chuẩn: 58,4%, \
                quy định từ 60% trở lên).",
            )),
            Block::Bullet(plain("Ba xã gửi báo cáo sau ngày 25: Bồ Đề, An Đổ, La Sơn.")),
            Block::Table(bands()),
            Block::Note(
                "Nguồn: báo cáo của các xã nhận đến ngày 25/4/2023; sổ làm việc Tong-hop-NTM-2023-04.xlsx, \
                trang “Tổng hợp”."
                    .into(),
            ),
        ],
    )
}

fn column(label: &str, width: f32, align: Align) -> Column {
    Column { group: None, label: label.into(), width, align }
}

fn grouped(group: &str, label: &str, width: f32, align: Align) -> Column {
    Column { group: Some(group.into()), ..column(label, width, align) }
}

fn row(kind: RowKind, cells: Vec<Cell>) -> Row {
    Row { cells, kind }
}

fn bands() -> Table {
    let line = |kind, name: &str, numbers: [i64; 4], share: f64| {
        let mut cells = vec![Cell::text(name)];
        cells.extend(numbers.map(Cell::integer));
        cells.push(Cell { value: CellValue::Percent { share, decimals: 1 }, ..Cell::empty() });
        row(kind, cells)
    };
    Table {
        id: "bands".into(),
        caption: "Biểu 1. Số xã theo số tiêu chí đạt".into(),
        columns: vec![
            column("Mức đạt", 22.0, Align::Left),
            grouped("Nông thôn mới", "Tháng 3", 9.0, Align::Right),
            grouped("Nông thôn mới", "Tháng 4", 9.0, Align::Right),
            grouped("Nông thôn mới nâng cao", "Tháng 3", 9.0, Align::Right),
            grouped("Nông thôn mới nâng cao", "Tháng 4", 9.0, Align::Right),
            column("Tỷ lệ xã (tháng 4)", 12.0, Align::Right),
        ],
        rows: vec![
            line(RowKind::Body, "Đạt 19 tiêu chí", [5, 6, 0, 1], 0.375),
            line(RowKind::Body, "Từ 15 đến 18 tiêu chí", [8, 8, 4, 4], 0.5),
            line(RowKind::Body, "Từ 10 đến 14 tiêu chí", [3, 2, 1, 1], 0.125),
            line(RowKind::Total, "Cộng", [16, 16, 5, 6], 1.0),
        ],
        key_columns: 1,
        style: TableStyle::Text,
    }
}

fn communes() -> Section {
    let mut blocks = Vec::new();
    for (index, name) in COMMUNES.iter().enumerate() {
        blocks.push(Block::Heading(format!("{}. Xã {name}", index + 1)));
        blocks.push(Block::Paragraph(plain(&format!(
            "Đạt {}/19 tiêu chí và {}/57 chỉ tiêu nông thôn mới. Tiêu chí chưa đạt: 2 (Giao thông), 13 (Tổ chức sản \
             xuất và phát triển kinh tế nông thôn), 17 (Môi trường và an toàn thực phẩm). Xã đề nghị huyện hỗ trợ \
             kinh phí nâng cấp 1,25 km đường trục thôn theo kế hoạch, hoàn thành trước ngày 30/9/2023.",
            15 + index % 5,
            50 + index % 8
        ))));
    }
    section("communes", "II. Kết quả của từng xã", PageStart::Flow, blocks)
}

fn decisions() -> Section {
    section(
        "decisions",
        "III. Kiến nghị",
        PageStart::Flow,
        vec![Block::Paragraph(plain(
            "Ban Chỉ đạo đề nghị các phòng, ban phụ trách tiêu chí kiểm tra thực tế tại các xã có tiêu chí tụt, báo cáo \
             kết quả trước ngày 15 tháng 5 năm 2023./.",
        ))],
    )
}

fn problems() -> Section {
    let columns = vec![
        column("TT", 4.0, Align::Center),
        column("Xã", 12.0, Align::Left),
        column("Chỉ tiêu", 7.0, Align::Center),
        column("Nội dung", 40.0, Align::Left),
        column("Việc cần làm", 24.0, Align::Left),
        column("Hạn", 10.0, Align::Center),
    ];
    let mut rows = vec![row(RowKind::Group, {
        let mut cells = vec![Cell::text("A. Cần xã trả lời")];
        cells.resize(6, Cell::empty());
        cells
    })];
    for (index, name) in COMMUNES.iter().enumerate() {
        rows.push(row(
            RowKind::Body,
            vec![
                Cell::integer(index as i64 + 1),
                Cell::text(*name),
                Cell::text("17.1"),
                Cell::text(
                    "Tự kê khai đạt nhưng giá trị 58,4% thấp hơn quy định (từ 60% trở lên); tệp “BC Trung \
                    Lương.xlsx”, trang “NTM NC”, ô E12",
                )
                .toned(Tone::Warning),
                Cell::text("Xã rà soát, gửi lại báo cáo"),
                Cell { value: CellValue::Date(date(2023, 5, 15)), ..Cell::empty() },
            ],
        ));
    }
    let table = Table {
        id: "problems".into(),
        caption: "Biểu 2. Những điểm cần làm rõ".into(),
        columns,
        rows,
        key_columns: 2,
        style: TableStyle::Text,
    };
    section("problems", "Phụ lục I\nNhững điểm cần làm rõ", PageStart::NewPortrait, vec![Block::Table(table)])
}

fn matrix() -> Section {
    let groups = [
        ("Quy hoạch", 1),
        ("Hạ tầng kinh tế - xã hội", 8),
        ("Kinh tế và tổ chức sản xuất", 4),
        ("Văn hóa - xã hội - môi trường", 4),
        ("Hệ thống chính trị", 2),
    ];
    let mut columns = vec![column("TT", 3.0, Align::Center), column("Xã", 13.0, Align::Left)];
    for (group, count) in groups {
        for _ in 0..count {
            columns.push(grouped(group, &(columns.len() - 1).to_string(), 4.0, Align::Center));
        }
    }
    columns.push(column("Số tiêu chí đạt", 7.0, Align::Center));
    let marks = [
        ("Đ", Tone::Met),
        ("Đ", Tone::Met),
        ("Đ", Tone::Met),
        ("C", Tone::NotMet),
        ("Đ", Tone::Met),
        ("K", Tone::NotApplicable),
        ("?", Tone::Warning),
        ("Đ", Tone::Met),
        ("T", Tone::Error),
    ];
    let mut rows: Vec<Row> = Vec::new();
    for (index, name) in COMMUNES.iter().enumerate() {
        let mut cells = vec![Cell::integer(index as i64 + 1), Cell::text(*name)];
        for item in 0..19 {
            let (mark, tone) = match index {
                15 => ("–", Tone::NotReported),
                14 => ("Đ", Tone::Outdated),
                _ => marks[(index * 7 + item * 4 + index * item) % marks.len()],
            };
            cells.push(Cell::text(mark).toned(tone));
        }
        cells.push(Cell::integer(12 + (index as i64 * 5) % 7));
        rows.push(row(RowKind::Body, cells));
    }
    let mut total = vec![Cell::empty(), Cell::text("Số xã đạt")];
    total.extend((0..19).map(|item| Cell::integer(9 + item % 7)));
    total.push(Cell::empty());
    rows.push(row(RowKind::Total, total));
    let table = Table {
        id: "matrix".into(),
        caption: "Biểu 3. Kết quả theo tiêu chí của từng xã".into(),
        columns,
        rows,
        key_columns: 2,
        style: TableStyle::Matrix,
    };
    section(
        "matrix",
        "Phụ lục II\nBảng tổng hợp theo tiêu chí",
        PageStart::NewLandscape,
        vec![
            Block::Table(table),
            Block::Note(
                "Đ: đạt; C: chưa đạt; K: không áp dụng; ?: cần làm rõ; T: tụt so với tháng trước; chữ nghiêng: \
                số liệu tháng trước; –: chưa báo cáo."
                    .into(),
            ),
        ],
    )
}

fn workbook_only() -> Section {
    Section {
        media: Media::Workbook,
        ..section("data", "Số liệu", PageStart::Flow, vec![Block::Note("chỉ có trong sổ làm việc".into())])
    }
}
