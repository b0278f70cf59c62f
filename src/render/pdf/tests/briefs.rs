//! A brief on its pages.

use jiff::civil::date;

use super::*;
use crate::model::brief::Brief;
use crate::model::report::Properties;
use crate::render::pdf;

fn brief(rows: usize) -> Brief {
    let text = |text: &str| text.to_owned();
    let row = |row: usize| vec![format!("17.{row}"), format!("Tỷ lệ hộ gia đình thực hiện phân loại chất thải {row}")];
    let rows: Vec<Vec<String>> = (0..rows).map(row).collect();
    let columns = vec![column("Mã", 6.0), column("Nội dung", 60.0)];
    Brief {
        lang: Lang::Vi,
        made_at: date(2023, 4, 24).at(7, 30, 0, 0),
        properties: Properties {
            title: text("Tóm tắt Xã Trung Lương"),
            subject: String::new(),
            author: String::new(),
            keywords: String::new(),
        },
        issuer: vec![text("BAN CHỈ ĐẠO")],
        occasion: vec![text("TÀI LIỆU LÀM VIỆC"), text("Tháng 4/2023")],
        title: text("TÌNH HÌNH THỰC HIỆN"),
        subject: text("Xã Trung Lương, huyện Bình Lục"),
        source: text("Theo báo cáo của xã: BC Trung Lương.xlsx"),
        blocks: vec![
            Block::Heading(text("1. Kết quả")),
            Block::Paragraph(span("Xã Trung Lương: đạt 15/19 tiêu chí.")),
            Block::Table(table(columns, 1, TableStyle::Text, rows)),
        ],
    }
}

fn pages(bytes: &[u8]) -> usize {
    lopdf::Document::load_mem(bytes).unwrap().get_pages().len()
}

#[test]
fn a_brief_has_its_head_then_its_parts_in_order_inside_the_margins() {
    let paper = layout::brief_pages(&brief(3));
    check_order(
        &paper,
        [
            "BAN CHỈ ĐẠO",
            "TÀI LIỆU LÀM VIỆC",
            "Tháng 4/2023",
            "TÌNH HÌNH THỰC HIỆN",
            "Xã Trung Lương, huyện Bình Lục",
            "Theo báo cáo của xã: BC Trung Lương.xlsx",
            "1. Kết quả",
            "Xã Trung Lương: đạt 15/19 tiêu chí.",
            "17.0",
            "17.2",
        ],
    );
    assert_eq!(paper.pages.len(), 1);
    for run in runs(&paper.pages[0]) {
        assert!(run.x > 70.0 && run.y > 56.0 && run.y < paper.pages[0].height - 56.0, "{run:?}");
    }
}

#[test]
fn the_fullest_brief_that_fits_is_drawn_else_the_shortest() {
    let drawn = |rows: &[usize]| pages(&pdf::brief(rows.iter().map(|rows| brief(*rows)), 2).unwrap().unwrap());
    assert_eq!(drawn(&[400, 60, 1]), 2, "60 rows fill two pages");
    assert_eq!(drawn(&[400, 300]), drawn(&[300]), "none fits: the shortest");
    assert!(pdf::brief(std::iter::empty(), 2).unwrap().is_none());
}

#[test]
fn the_same_brief_gives_the_same_bytes() {
    let bytes = || pdf::brief([brief(30)], 2).unwrap().unwrap();
    assert_eq!(bytes(), bytes());
}
