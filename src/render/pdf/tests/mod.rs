//! What the paper must be, seen in its laid-out pages, and a few things of the finished file.

mod archival;
mod briefs;
mod example;
mod tagged;

use std::fmt::Write;

use crate::model::Lang;
use crate::model::report::{
    Align, Block, Cell, Column, Figure, Media, PageStart, Report, Row, RowKind, Section, Span, Table, TableStyle, Tone,
};

use super::layout;
use super::page::{Item, Level, Page, Paper, Run, Turn};

fn runs(page: &Page) -> impl Iterator<Item = &Run> {
    page.items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run),
        _ => None,
    })
}

/// The text of a page without spaces and without its number.
fn dense(page: &Page) -> String {
    runs(page).filter(|run| run.y > 50.0).map(|run| run.text.replace(' ', "")).collect()
}

fn dense_text(paper: &Paper) -> String {
    paper.pages.iter().map(dense).collect()
}

/// Each of the texts stands on the paper, one after the other.
fn check_order<'a>(paper: &Paper, texts: impl IntoIterator<Item = &'a str>) {
    let drawn = dense_text(paper);
    let mut from = 0;
    for text in texts {
        let wanted: String = text.split_whitespace().collect();
        let found = drawn[from..].find(&wanted);
        let rest: String = drawn[from..].chars().take(120).collect();
        from += found.unwrap_or_else(|| panic!("{text:?} does not follow; there is {rest:?}")) + wanted.len();
    }
}

/// All text stands inside the margins, the page's number above them.
fn check_margins(paper: &Paper) {
    for (index, page) in paper.pages.iter().enumerate() {
        let lies = page.width > page.height;
        let (left, top, right_margin, bottom) = if lies { (56.6, 85.0, 56.6, 42.5) } else { (85.0, 56.6, 42.5, 56.6) };
        for run in runs(page) {
            if run.turn == Turn::Up {
                let top = run.y - run.face.width(&run.text, run.size);
                assert!(top > 85.0 && run.x > left && run.x < page.width - right_margin, "page {}: {run:?}", index + 1);
                continue;
            }
            let spaces = run.text.matches(' ').count() as f32;
            let right = run.x + run.face.width(&run.text, run.size) + spaces * run.stretch;
            assert!(run.x >= left && right <= page.width - right_margin, "page {}: {run:?}", index + 1);
            let is_number = run.text == (index + 1).to_string() && run.y < 50.0;
            assert!(is_number || (run.y > top && run.y < page.height - bottom), "page {}: {run:?}", index + 1);
        }
    }
}

/// The example with other sections.
fn report(sections: Vec<Section>) -> Report {
    Report { sections, ..example::report() }
}

fn section(page: PageStart, blocks: Vec<Block>) -> Section {
    let (title, sheet_name) = ("I. Phần".to_owned(), "phan".to_owned());
    Section { id: "phan".into(), media: Media::Both, title, sheet_name, page, blocks }
}

fn span(text: &str) -> Vec<Span> {
    vec![Span { text: text.into(), bold: false }]
}

fn column(label: &str, width: f32) -> Column {
    Column { group: None, label: label.into(), width, align: Align::Left }
}

fn table(columns: Vec<Column>, key_columns: usize, style: TableStyle, rows: Vec<Vec<String>>) -> Table {
    let row = |texts: Vec<String>| Row { cells: texts.into_iter().map(Cell::text).collect(), kind: RowKind::Body };
    let rows = rows.into_iter().map(row).collect();
    Table { id: "bang".into(), caption: "Biểu 1".into(), columns, rows, key_columns, style }
}

#[test]
fn the_text_of_the_report_is_complete_and_in_order() {
    let report = example::report();
    let paper = layout::pages(&report);
    let (head, signature) = (&report.head, &report.signature);
    let mut texts: Vec<String> = Vec::new();
    texts.extend(head.superior.iter().chain(&head.issuer).cloned());
    texts.extend([&head.number, &head.country, &head.motto, &head.place_and_date, &head.kind].map(Clone::clone));
    texts.push(head.summary.clone());
    for section in report.sections.iter().filter(|section| section.media.on_paper()) {
        // Tables on their own pages stand behind the signature.
        if section.id == "problems" {
            texts.push(signature.recipients_title.clone());
            texts.extend(signature.recipients.iter().chain(&signature.authority).cloned());
            texts.push(signature.name.clone());
        }
        texts.extend(match section.title.split_once('\n') {
            Some((number, title)) => vec![number.to_owned(), title.to_uppercase(), head.attached.clone()],
            None => vec![section.title.clone()],
        });
        for block in &section.blocks {
            match block {
                Block::Heading(text) | Block::Note(text) => texts.push(text.clone()),
                Block::Paragraph(spans) | Block::Bullet(spans) => {
                    texts.push(spans.iter().map(|span| span.text.as_str()).collect());
                }
                Block::Figures(figures) => {
                    for Figure { label, value, note, .. } in figures {
                        texts.extend([value, label, note].map(Clone::clone));
                    }
                }
                Block::Table(table) => {
                    texts.push(table.caption.clone());
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    texts.extend(cells.map(|cell| super::numbers::shown(&cell.value, Lang::Vi)));
                }
                Block::Data(_) | Block::Drawing(_) => {}
            }
        }
    }
    check_order(&paper, texts.iter().map(String::as_str));
    check_margins(&paper);
    assert!(!dense_text(&paper).contains("chỉcótrongsổlàmviệc"), "a workbook's section is drawn");
}

#[test]
fn a_header_comes_again_on_every_page_of_its_table() {
    let rows = (0..2000).map(|row| vec![row.to_string(), format!("Nội dung của dòng thứ {row}")]).collect();
    let long = table(vec![column("Số", 8.0), column("Diễn giải", 60.0)], 1, TableStyle::Text, rows);
    let paper = layout::pages(&report(vec![section(PageStart::NewPortrait, vec![Block::Table(long)])]));
    check_margins(&paper);
    let texts: Vec<String> = (0..2000).map(|row| format!("{row} Nội dung của dòng thứ {row}")).collect();
    check_order(&paper, texts.iter().map(String::as_str));
    let with_rows: Vec<String> = paper.pages.iter().map(dense).filter(|text| text.contains("dòngthứ")).collect();
    assert!(with_rows.len() > 30, "{}", with_rows.len());
    for page in &with_rows[1..] {
        assert!(page.starts_with("SốDiễngiải"), "{page}");
    }
}

#[test]
fn a_group_going_on_over_the_page_brings_its_heading_along() {
    let rows = (0..120).map(|row| vec![row.to_string(), format!("Nội dung {row}")]).collect();
    let mut long = table(vec![column("Mã", 8.0), column("Nội dung", 60.0)], 1, TableStyle::Text, rows);
    for (place, name) in [(40, "Xã Bồ Đề"), (0, "Xã An Đổ")] {
        let cells = vec![Cell::text(name), Cell::empty()];
        long.rows.insert(place, Row { cells, kind: RowKind::Group });
    }
    let paper = layout::pages(&report(vec![section(PageStart::NewPortrait, vec![Block::Table(long)])]));
    check_margins(&paper);
    let pages: Vec<String> = paper.pages.iter().map(dense).filter(|text| text.contains("Nộidung1")).collect();
    assert!(pages.len() >= 3, "{}", pages.len());
    assert!(pages[0].contains("MãNộidungXãAnĐổ0Nộidung0"), "{}", pages[0]);
    for page in &pages[1..] {
        assert!(page.starts_with("MãNộidungXãBồĐề"), "{page}");
    }
}

#[test]
fn what_stands_on_pages_of_its_own_behind_the_text_is_signed_above() {
    let titled =
        |title: &str, page| Section { title: title.into(), ..section(page, vec![Block::Paragraph(span("…"))]) };
    let paper = layout::pages(&report(vec![
        titled("I. Phần đầu", PageStart::Flow),
        titled("II. Phần sau", PageStart::Flow),
        titled("Phụ lục I", PageStart::NewLandscape),
        titled("Phụ lục II", PageStart::Flow),
    ]));
    check_margins(&paper);
    check_order(&paper, ["I. Phần đầu", "II. Phần sau", "Nơi nhận:", "Phụ lục I", "Phụ lục II"]);
}

#[test]
fn each_annex_stands_on_pages_of_its_own_with_what_it_is_attached_to() {
    let titled = |title: &str, page| Section { title: title.into(), ..section(page, vec![Block::Note("…".into())]) };
    let paper = layout::pages(&report(vec![
        titled("I. Phần đầu", PageStart::Flow),
        titled("Phụ lục I\nBảng một", PageStart::NewLandscape),
        titled("Phụ lục II\nBảng hai", PageStart::Flow),
        titled("Phụ lục III\nBảng ba", PageStart::NewPortrait),
    ]));
    let attached: String = example::report().head.attached.split_whitespace().collect();
    let annexes: Vec<(bool, String)> =
        paper.pages[1..].iter().map(|page| (page.width > page.height, dense(page))).collect();
    let expected = [(true, "PhụlụcIBẢNGMỘT"), (true, "PhụlụcIIBẢNGHAI"), (false, "PhụlụcIIIBẢNGBA")]
        .map(|(lies, title)| (lies, format!("{title}{attached}…")));
    assert_eq!(annexes, expected);
}

#[test]
fn a_row_higher_than_a_page_goes_on_on_the_next() {
    let long: String = (0..900).map(|word| format!("từ{word} ")).collect();
    let rows = vec![vec!["1".into(), long.clone()], vec!["2".into(), "sau".into()]];
    let tall = table(vec![column("TT", 4.0), column("Nội dung", 20.0)], 1, TableStyle::Text, rows);
    let paper = layout::pages(&report(vec![section(PageStart::NewPortrait, vec![Block::Table(tall)])]));
    check_margins(&paper);
    let drawn = dense_text(&paper).replace("TTNộidung", "");
    assert!(drawn.contains(&long.replace(' ', "")), "{drawn}");
    // It begins under the title and fills the first page, rather than leaving the header alone on it.
    assert!(dense(&paper.pages[1]).starts_with("I.PhầnBiểu1TTNộidung1từ0từ1"));
    assert!(runs(&paper.pages[1]).any(|run| run.y > 725.0));
}

#[test]
fn a_matrix_of_too_many_columns_is_cut_and_its_keys_come_again() {
    let mut columns = vec![column("Xã", 13.0)];
    columns.extend((0..75).map(|item| Column {
        group: Some(format!("Tiêu chí {}", item / 4)),
        ..column(&format!("{}.{}", item / 4, item % 4), 4.0)
    }));
    let row = |commune: &&str| {
        let mut cells = vec![(*commune).to_owned()];
        cells.extend((0..75).map(|_| "Đ".to_owned()));
        cells
    };
    let rows = example::COMMUNES.iter().map(row).collect();
    let wide = table(columns, 1, TableStyle::Matrix, rows);
    let body = section(PageStart::Flow, vec![Block::Paragraph(span("Có phụ lục kèm theo."))]);
    let annex = section(PageStart::NewLandscape, vec![Block::Table(wide)]);
    let paper = layout::pages(&report(vec![body, annex]));
    check_margins(&paper);
    let drawn = dense_text(&paper);
    let marks = paper.pages.iter().flat_map(runs).filter(|run| run.text == "Đ").count();
    assert_eq!(marks, 16 * 75);
    let parts = drawn.matches("Biểu1").count();
    assert!(parts > 1);
    assert_eq!(drawn.matches("TrungLương").count(), parts);
    assert_eq!(drawn.matches("Biểu1(tiếptheo)").count(), parts - 1);
    for item in 0..75 {
        let label = format!("{}.{}", item / 4, item % 4);
        assert_eq!(paper.pages.iter().flat_map(runs).filter(|run| run.text == label).count(), 1, "{label}");
    }
}

#[test]
fn names_above_narrow_columns_are_turned_rather_than_the_matrix_cut() {
    let names = example::COMMUNES.iter().chain(&example::COMMUNES).take(30);
    let mut columns = vec![column("TT", 4.0), column("Tiêu chí", 30.0)];
    columns.extend(names.map(|name| column(name, 5.0)));
    let row = |item: usize| {
        let mut cells = vec![item.to_string(), "Thu nhập".to_owned()];
        cells.extend((0..30).map(|_| "Đ".to_owned()));
        cells
    };
    let wide = table(columns, 2, TableStyle::Matrix, (1..=19).map(row).collect());
    let body = section(PageStart::Flow, vec![Block::Paragraph(span("Có phụ lục kèm theo."))]);
    let annex = section(PageStart::NewLandscape, vec![Block::Table(wide)]);
    let paper = layout::pages(&report(vec![body, annex]));
    check_margins(&paper);
    assert_eq!(paper.pages.len(), 2);
    let turned: Vec<&str> =
        runs(&paper.pages[1]).filter(|run| run.turn == Turn::Up).map(|run| run.text.as_str()).collect();
    assert_eq!(turned[..16], example::COMMUNES);
    assert_eq!(turned.len(), 30);
}

#[test]
fn figures_that_talk_too_much_for_a_box_are_set_as_text() {
    let label: String = (0..900).map(|word| format!("từ{word} ")).collect();
    let figure = Figure { label: label.clone(), value: "7".into(), note: "ghi chú".into(), tone: Tone::Plain };
    let paper = layout::pages(&report(vec![section(PageStart::Flow, vec![Block::Figures(vec![figure])])]));
    check_margins(&paper);
    check_order(&paper, ["7", &label, "ghi chú"]);
}

#[test]
fn a_header_too_high_to_come_again_is_drawn_once() {
    let long: String = (0..200).map(|word| format!("từ{word} ")).collect();
    let rows = (0..60).map(|row| vec![format!("dòng {row}"), "x".into()]).collect();
    let tall = table(vec![column(&long, 10.0), column("B", 60.0)], 1, TableStyle::Text, rows);
    let paper = layout::pages(&report(vec![section(PageStart::Flow, vec![Block::Table(tall)])]));
    check_margins(&paper);
    check_order(&paper, ["từ0", "từ199", "dòng 0", "dòng 59"]);
    assert_eq!(dense_text(&paper).matches("từ199").count(), 1);
}

#[test]
fn odd_tables_stay_inside_the_margins() {
    let texts = |columns: usize, rows: usize| vec![vec!["Chưa đạt".to_owned(); columns]; rows];
    for style in [TableStyle::Text, TableStyle::Matrix] {
        for (columns, keys, rows) in [(0, 0, 0), (1, 0, 0), (1, 1, 3), (2, 9, 3), (9, 9, 3), (40, 2, 5), (60, 30, 2)] {
            let columns_of = (0..columns).map(|index| column("Tỷ lệ", index as f32)).collect();
            let mut odd = table(columns_of, keys, style, texts(columns, rows));
            if let Some(row) = odd.rows.last_mut() {
                row.cells.pop();
                row.kind = RowKind::Group;
            }
            let paper = layout::pages(&report(vec![section(PageStart::Flow, vec![Block::Table(odd)])]));
            check_margins(&paper);
        }
    }
}

#[test]
fn words_longer_than_their_line_are_cut_and_never_lost() {
    let word = "Tổnghợpkếtquảxâydựngnôngthônmới".repeat(12);
    let rows = vec![vec![word.clone(), word.clone(), "sau".into()]];
    let columns = vec![column("Tên tệp", 10.0), column("B", 2.0), column("C", 90.0)];
    let blocks = vec![
        Block::Heading(word.clone()),
        Block::Paragraph(span(&word)),
        Block::Note(word.clone()),
        Block::Figures(vec![Figure {
            label: word.clone(),
            value: "1/16".into(),
            note: String::new(),
            tone: Tone::Met,
        }]),
        Block::Table(table(columns, 1, TableStyle::Text, rows)),
    ];
    let paper = layout::pages(&report(vec![section(PageStart::Flow, blocks)]));
    check_margins(&paper);
    let whole = dense_text(&paper).matches(&word).count();
    // Two cells side by side on one page stand one after the other, too.
    assert_eq!(whole, 6);
}

#[test]
fn many_figures_stand_in_even_rows_inside_the_margins() {
    for count in 1..=13 {
        let figure = |index: usize| Figure {
            label: format!("Số xã {index}"),
            value: "12.345,6".into(),
            note: String::new(),
            tone: Tone::Plain,
        };
        let figures = (0..count).map(figure).collect();
        let paper = layout::pages(&report(vec![section(PageStart::Flow, vec![Block::Figures(figures)])]));
        check_margins(&paper);
        assert_eq!(dense_text(&paper).matches("12.345,6").count(), count);
    }
}

#[test]
fn the_signature_stands_whole_and_never_alone() {
    for lines in 0..40 {
        let blocks = (0..lines).map(|line| Block::Paragraph(span(&format!("Đoạn {line}.")))).collect();
        let paper = layout::pages(&report(vec![section(PageStart::Flow, blocks)]));
        check_margins(&paper);
        let last = dense(paper.pages.last().expect("there is a page"));
        assert!(last.contains("Nơinhận:") && last.contains("NguyễnVănƯớc"), "{last}");
        assert!(lines < 2 || last.contains(&format!("Đoạn{}.Nơinhận", lines - 1)), "{last}");
    }
}

#[test]
fn a_paper_of_nothing_but_tables_is_signed_at_its_end() {
    let only = table(vec![column("Xã", 10.0)], 1, TableStyle::Text, vec![vec!["Đồn Xá".into()]]);
    let paper = layout::pages(&report(vec![section(PageStart::NewLandscape, vec![Block::Table(only)])]));
    check_order(&paper, ["Đồn Xá", "Nơi nhận:"]);
}

#[test]
fn sections_and_headings_are_in_the_outline() {
    let paper = layout::pages(&example::report());
    let sections: Vec<&str> = paper
        .bookmarks
        .iter()
        .filter(|bookmark| bookmark.level == Level::Section)
        .map(|bookmark| bookmark.title.as_str())
        .collect();
    assert_eq!(
        sections,
        [
            "I. Tình hình chung",
            "II. Kết quả của từng xã",
            "III. Kiến nghị",
            "Phụ lục I. Những điểm cần làm rõ",
            "Phụ lục II. Bảng tổng hợp theo tiêu chí",
        ]
    );
    assert_eq!(paper.bookmarks.len(), sections.len() + 17);
    for bookmark in &paper.bookmarks {
        // The title of an annex is in capitals, below its number.
        let wanted = bookmark.title.replace("Phụ lục I. ", "Phụ lục I").replace("Phụ lục II. ", "Phụ lục II");
        let wanted: String = wanted.to_lowercase().split_whitespace().collect();
        assert!(dense(&paper.pages[bookmark.page]).to_lowercase().contains(&wanted), "{bookmark:?}");
    }
}

#[test]
fn an_english_paper_has_english_numbers_and_words() {
    let mut report = example::report();
    report.lang = Lang::En;
    let drawn = dense_text(&layout::pages(&report));
    assert!(drawn.contains("37.5%") && !drawn.contains("37,5%"));
}

#[test]
fn the_same_report_gives_the_same_bytes_whatever_was_made_before() {
    let report = example::report();
    let first = super::paper(&report).expect("it can be drawn");
    super::paper(&self::report(Vec::new())).expect("it can be drawn");
    assert!(super::paper(&report).expect("it can be drawn") == first);
}

#[test]
fn the_file_says_what_it_is_and_gives_its_text_back() {
    let bytes = super::paper(&example::report()).expect("it can be drawn");
    let file = lopdf::Document::load_mem(&bytes).expect("it is a PDF");
    assert_eq!(file.version, "1.7");
    let catalog = file.catalog().expect("it has a catalogue");
    assert_eq!(catalog.get(b"Lang").and_then(lopdf::Object::as_str).ok(), Some(&b"vi-VN"[..]));
    assert_eq!(catalog.get(b"PageMode").and_then(lopdf::Object::as_name).ok(), Some(&b"UseOutlines"[..]));
    let information = file.trailer.get(b"Info").and_then(lopdf::Object::as_reference).expect("it has properties");
    let information = file.get_dictionary(information).expect("they are a dictionary");
    assert!(!information.has(b"GTS_PDFXVersion"));
    let title = information.get(b"Title").and_then(lopdf::decode_text_string).expect("it has a title");
    assert_eq!(title, "Báo cáo kết quả xây dựng nông thôn mới tháng 4 năm 2023");
    let outline = file.get_toc().expect("it has an outline").toc;
    let entries: Vec<(usize, &str, usize)> =
        outline.iter().take(4).map(|entry| (entry.level, entry.title.as_str(), entry.page)).collect();
    let expected = [
        (1, "I. Tình hình chung", 1),
        (2, "1. Những thay đổi so với tháng trước", 1),
        (1, "II. Kết quả của từng xã", 2),
        (2, "1. Xã Bình Nghĩa", 2),
    ];
    assert_eq!(entries, expected);
    let text = file.extract_text(&[1]).expect("its text can be taken out");
    assert!(text.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "{text}");
    assert!(
        text.contains("nhận báo cáo của 15/16 xã. Toàn huyện có 6 xã đạt đủ 19 tiêu chí của Bộ tiêu chí quốc"),
        "{text}"
    );
}

#[test]
fn a_first_page_is_laid_out_as_the_decree_says() {
    let mut report = example::report();
    report.sections.truncate(1);
    report.sections[0].blocks.truncate(4);
    let mut shown = String::new();
    for page in &layout::pages(&report).pages {
        writeln!(shown, "page {:.0} x {:.0}", page.width, page.height).expect("text can be written");
        for item in &page.items {
            let line = match item {
                Item::Text(run) => {
                    format!("{:6.1} {:6.1} {:?} {} {:?}", run.x, run.y, run.face, run.size, run.text)
                }
                Item::Rule(rule) => {
                    let ((x, y), (to_x, to_y)) = (rule.from, rule.to);
                    format!("{x:6.1} {y:6.1} line to {to_x:.1} {to_y:.1}")
                }
                Item::Fill(fill) => {
                    format!("{:6.1} {:6.1} tint {:.1} x {:.1} {:?}", fill.x, fill.y, fill.width, fill.height, fill.ink)
                }
            };
            writeln!(shown, "{line}").expect("text can be written");
        }
    }
    insta::assert_snapshot!(shown);
}
