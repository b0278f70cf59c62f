//! A month's report as the program would make it, small enough to check cell by cell.

use jiff::civil::{date, datetime};
use polars::prelude::{DataFrame, DataType, IntoColumn, NamedFrom, Series, TimeUnit};

use crate::model::{
    Lang, Period,
    report::{
        Align, Block, Cell, CellValue, Column, DataTable, Figure, Head, Media, PageStart, Properties, Report, Row,
        RowKind, Section, Signature, Span, Table, TableStyle, Tone,
    },
};

pub(super) const COMMUNES: [&str; 6] = ["Trung Lương", "Bồ Đề", "Đồn Xá", "An Ninh", "Ngọc Lũ", "Tiêu Động"];

pub(super) fn report() -> Report {
    with_sections(vec![overview(), matrix(), plans(), rows()])
}

pub(super) fn with_sections(sections: Vec<Section>) -> Report {
    Report {
        lang: Lang::Vi,
        period: Period::new(2023, 4).expect("a month"),
        made_at: datetime(2023, 4, 28, 8, 30, 0, 0),
        properties: Properties {
            title: "Tổng hợp kết quả xây dựng nông thôn mới tháng 4/2023".to_owned(),
            subject: "Báo cáo tháng 4/2023".to_owned(),
            author: "Ban Chỉ đạo các chương trình MTQG huyện Bình Lục".to_owned(),
            keywords: "nông thôn mới, Bình Lục, 2023-04".to_owned(),
        },
        head: head(),
        sections,
        charts: Vec::new(),
        signature: Signature {
            authority: vec!["TM. BAN CHỈ ĐẠO".to_owned()],
            name: String::new(),
            recipients_title: "Nơi nhận:".to_owned(),
            recipients: vec!["- Như trên;".to_owned()],
        },
    }
}

fn head() -> Head {
    Head {
        superior: vec!["ỦY BAN NHÂN DÂN HUYỆN BÌNH LỤC".to_owned()],
        issuer: vec!["BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH".to_owned(), "MỤC TIÊU QUỐC GIA".to_owned()],
        number: "Số:      /BC-BCĐ".to_owned(),
        country: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(),
        motto: "Độc lập - Tự do - Hạnh phúc".to_owned(),
        place_and_date: "Bình Lục, ngày 28 tháng 4 năm 2023".to_owned(),
        kind: "BÁO CÁO".to_owned(),
        summary: "Kết quả thực hiện Chương trình mục tiêu quốc gia xây dựng nông thôn mới tháng 4 năm 2023".to_owned(),
        attached: "(Kèm theo Báo cáo số 15/BC-BCĐ ngày 28 tháng 4 năm 2023)".into(),
    }
}

pub(super) fn section(id: &str, title: &str, sheet_name: &str, page: PageStart, blocks: Vec<Block>) -> Section {
    let (id, title, sheet_name) = (id.to_owned(), title.to_owned(), sheet_name.to_owned());
    Section { id, media: Media::Both, title, sheet_name, page, blocks }
}

fn regular(text: &str) -> Span {
    Span { text: text.to_owned(), bold: false }
}

fn bold(text: &str) -> Span {
    Span { text: text.to_owned(), bold: true }
}

pub(super) fn column(group: Option<&str>, label: &str, width: f32, align: Align) -> Column {
    Column { group: group.map(str::to_owned), label: label.to_owned(), width, align }
}

fn figure(label: &str, value: &str, note: &str, tone: Tone) -> Figure {
    Figure { label: label.to_owned(), value: value.to_owned(), note: note.to_owned(), tone }
}

pub(super) fn sourced(mut cell: Cell, source: u32) -> Cell {
    cell.source = Some(source);
    cell
}

fn valued(value: CellValue) -> Cell {
    Cell { value, ..Cell::empty() }
}

fn overview() -> Section {
    let bands = Table {
        id: "bands".to_owned(),
        caption: "Bảng 1. Số xã theo số tiêu chí đạt".to_owned(),
        columns: vec![
            column(None, "Số tiêu chí đạt", 24.0, Align::Left),
            column(None, "Số xã", 10.0, Align::Right),
            column(None, "Tỷ lệ", 10.0, Align::Right),
            column(None, "So với tháng trước", 14.0, Align::Right),
        ],
        rows: [("19 tiêu chí", 1, 0.1667, 0), ("Từ 15 đến 18 tiêu chí", 5, 0.8333, 1)]
            .map(|(band, count, share, change)| {
                body(vec![
                    Cell::text(band),
                    Cell::integer(count),
                    valued(CellValue::Percent { share, decimals: 1 }),
                    Cell::integer(change),
                ])
            })
            .into_iter()
            .chain([Row {
                kind: RowKind::Total,
                cells: vec![
                    Cell::text("Cộng"),
                    Cell::integer(6),
                    valued(CellValue::Percent { share: 1.0, decimals: 1 }),
                    Cell::empty(),
                ],
            }])
            .collect(),
        key_columns: 1,
        style: TableStyle::Text,
    };
    section(
        "overview",
        "I. Tình hình chung",
        "Tổng hợp",
        PageStart::Flow,
        vec![
            Block::Figures(vec![
                figure("Xã đã gửi báo cáo", "6/6", "trong đó 1 xã gửi sau hạn 25/4", Tone::Plain),
                figure("Xã đạt chuẩn nông thôn mới", "1/6", "tháng trước 1/6", Tone::Met),
                figure(
                    "Báo cáo cần xã giải trình",
                    "1",
                    "Trung Lương: tự kê khai 60/75, theo danh sách 61/75",
                    Tone::Warning,
                ),
            ]),
            Block::Paragraph(vec![
                regular("Đến hết tháng 4 năm 2023, "),
                bold("6/6 xã"),
                regular(
                    " đã gửi báo cáo. Bình quân mỗi xã đạt 16,2 tiêu chí, tăng 0,2 tiêu chí so với tháng trước; còn 27 \
                     lượt tiêu chí chưa đạt, tập trung vào các tiêu chí giao thông, tổ chức sản xuất và phát triển kinh \
                     tế nông thôn, y tế, môi trường và chất lượng môi trường sống.",
                ),
            ]),
            Block::Heading("1. Việc cần Ban Chỉ đạo cho ý kiến".to_owned()),
            Block::Bullet(vec![
                bold("Xã Trung Lương: "),
                regular("số chỉ tiêu tự kê khai lệch 1 so với danh sách gửi kèm."),
            ]),
            Block::Bullet(vec![regular("Xã Bồ Đề: tiêu chí 17 đã đạt tháng 3, tháng 4 báo chưa đạt.")]),
            Block::Table(bands),
            Block::Note("Nguồn: báo cáo tháng 4/2023 của 6 xã; số liệu theo từng dòng ở trang Dữ liệu.".to_owned()),
        ],
    )
}

fn body(cells: Vec<Cell>) -> Row {
    Row { cells, kind: RowKind::Body }
}

pub(super) fn matrix() -> Section {
    let mut columns = vec![column(None, "TT", 4.0, Align::Center), column(None, "Xã", 18.0, Align::Left)];
    columns.extend((1..=19).map(|code| {
        let group = match code {
            1 => "Quy hoạch",
            2..=9 => "Hạ tầng kinh tế - xã hội",
            10..=13 => "Kinh tế và tổ chức sản xuất",
            _ => "Văn hóa - xã hội - môi trường",
        };
        column(Some(group), &code.to_string(), 4.0, Align::Center)
    }));
    columns.push(column(None, "Số tiêu chí đạt", 9.0, Align::Right));
    let mut rows = Vec::new();
    for (number, commune) in (0_u32..).zip(COMMUNES) {
        let mut cells = vec![Cell::integer(i64::from(number) + 1), Cell::text(commune)];
        for code in 1..=19 {
            let source = number * 19 + code - 1;
            cells.push(sourced(
                match (number * 7 + code) % 9 {
                    0 => Cell::text("K").toned(Tone::NotMet),
                    1 if code > 12 => Cell::text("–").toned(Tone::NotReported),
                    2 if code > 15 => Cell::text("đ").toned(Tone::Outdated),
                    _ => Cell::text("Đ").toned(Tone::Met),
                },
                source,
            ));
        }
        cells.push(Cell::integer(16));
        rows.push(body(cells));
    }
    let mut total = vec![Cell::empty(), Cell::text("Số xã đạt")];
    total.extend((1..=19).map(|code| Cell::integer(4 + code % 3)));
    total.push(Cell::integer(97));
    rows.push(Row { cells: total, kind: RowKind::Total });
    let table = Table {
        id: "matrix-ntm-2021-2025".to_owned(),
        caption: "Bảng 2. Kết quả từng tiêu chí theo Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025"
            .to_owned(),
        columns,
        rows,
        key_columns: 2,
        style: TableStyle::Matrix,
    };
    section(
        "matrix-ntm-2021-2025",
        "II. Kết quả theo xã và tiêu chí",
        "NTM 2021-2025",
        PageStart::NewLandscape,
        vec![
            Block::Note("Đ: đạt; K: chưa đạt; –: không báo cáo; đ: lấy của tháng trước.".to_owned()),
            Block::Table(table),
        ],
    )
}

fn plans() -> Section {
    let group = Row {
        kind: RowKind::Group,
        cells: std::iter::once(Cell::text("Xã Trung Lương (3 chỉ tiêu chưa đạt, hồ sơ do Văn phòng điều phối giữ)"))
            .chain((1..7).map(|_| Cell::empty()))
            .collect(),
    };
    let plan = |code: &str, value: CellValue, task: &str, due| {
        body(vec![
            Cell::text(code),
            Cell::text(
                "Tỷ lệ đường trục thôn được cứng hóa, có rãnh thoát nước, trồng cây xanh dọc tuyến theo quy hoạch",
            ),
            sourced(valued(value).toned(Tone::NotMet), 2),
            Cell::text("Phòng Kinh tế - Hạ tầng"),
            Cell::text(task),
            valued(CellValue::Date(due)),
            Cell::text("=HYPERLINK(\"http://x\")").toned(Tone::Quiet),
        ])
    };
    let table = Table {
        id: "plans".to_owned(),
        caption: "Bảng 3. Chỉ tiêu chưa đạt và kế hoạch khắc phục".to_owned(),
        columns: vec![
            column(None, "Mã", 7.0, Align::Center),
            column(None, "Chỉ tiêu", 34.0, Align::Left),
            column(Some("Kết quả"), "Hiện trạng", 11.0, Align::Right),
            column(Some("Kế hoạch"), "Đơn vị phụ trách", 20.0, Align::Left),
            column(Some("Kế hoạch"), "Việc phải làm", 34.0, Align::Left),
            column(Some("Kế hoạch"), "Thời hạn", 12.0, Align::Center),
            column(None, "Ghi chú", 14.0, Align::Left),
        ],
        rows: vec![
            group,
            plan(
                "2.1",
                CellValue::Percent { share: 0.852, decimals: 1 },
                "Bê tông hóa 1,2 km đường trục thôn Đồng Quan; làm rãnh thoát nước hai bên tuyến ĐT496 qua địa phận xã; \
                 vận động nhân dân hiến đất, giải phóng mặt bằng xong trước tháng 7",
                date(2023, 9, 30),
            ),
            plan("2.2", CellValue::Decimal { value: 1234.5, decimals: 2 }, "+ Trồng cây xanh", date(2023, 11, 9)),
            plan("17.10", CellValue::Integer(-1_234_567), "-", date(2023, 12, 31)),
        ],
        key_columns: 2,
        style: TableStyle::Text,
    };
    section(
        "plans",
        "III. Chỉ tiêu chưa đạt và kế hoạch",
        "Kế hoạch",
        PageStart::NewLandscape,
        vec![Block::Table(table)],
    )
}

fn rows() -> Section {
    section("data", "Dữ liệu", "Dữ liệu", PageStart::NewLandscape, vec![Block::Data(frame())])
}

/// Nineteen rows for each commune; every fifth value and every seventh day is null.
pub(super) fn frame() -> DataTable {
    let rows: Vec<(usize, usize)> =
        (0..COMMUNES.len()).flat_map(|commune| (1..=19).map(move |item| (commune, item))).collect();
    let communes: Vec<&str> = rows.iter().map(|(commune, _)| COMMUNES[*commune]).collect();
    let items: Vec<String> = rows.iter().map(|(_, item)| item.to_string()).collect();
    let texts: Vec<Option<&str>> =
        rows.iter().map(|(_, item)| [Some("=1+1"), Some("85,2%"), None, Some("Đạt")][item % 4]).collect();
    let values: Vec<Option<f64>> =
        rows.iter().map(|(commune, item)| (item % 5 != 0).then(|| 60.5 + (commune * 19 + item) as f64 / 8.0)).collect();
    let numbers: Vec<u32> = (1..).take(rows.len()).collect();
    let days: Vec<Option<i32>> = rows.iter().map(|(_, item)| (item % 7 != 0).then(|| 19_400 + *item as i32)).collect();
    let moments: Vec<i64> = rows.iter().map(|(commune, _)| 1_682_400_600_000 + *commune as i64 * 60_000).collect();
    let current: Vec<bool> = rows.iter().map(|(_, item)| item % 2 == 0).collect();
    let columns = vec![
        Series::new("number".into(), numbers).into_column(),
        Series::new("commune".into(), communes).into_column(),
        Series::new("item".into(), items).into_column(),
        Series::new("text".into(), texts).into_column(),
        Series::new("value".into(), values).into_column(),
        Series::new("due".into(), days).cast(&DataType::Date).expect("days").into_column(),
        Series::new("received_at".into(), moments)
            .cast(&DataType::Datetime(TimeUnit::Milliseconds, None))
            .expect("moments")
            .into_column(),
        Series::new("current".into(), current).into_column(),
    ];
    DataTable {
        id: "observations".to_owned(),
        caption: "Kết quả từng mục của từng xã".to_owned(),
        columns: vec![
            column(None, "TT", 6.0, Align::Right),
            column(None, "Xã", 18.0, Align::Left),
            column(None, "Mục", 8.0, Align::Center),
            column(None, "Nguyên văn", 24.0, Align::Left),
            column(None, "Giá trị", 10.0, Align::Right),
            column(None, "Thời hạn", 12.0, Align::Center),
            column(None, "Nhận lúc", 17.0, Align::Center),
            column(None, "Đang dùng", 10.0, Align::Center),
        ],
        frame: DataFrame::new(rows.len(), columns).expect("columns of one length"),
        originals: None,
    }
}
