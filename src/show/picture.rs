//! A sheet in text as it was understood: the letters of its columns, what each was taken for, its first rows and the last.

use std::fmt::Write as _;

use super::table::{cut, width_of};
use crate::model::{Lang, Picture, PictureColumn};

/// A column is not made narrower than this while another can give way.
const NARROW: usize = 6;

/// No column needs more, but that of names.
const WIDE: usize = 18;

/// The names of items are long, and telling.
const NAMES: usize = 48;

/// A picture drawn within a width, each line indented.
pub(super) fn picture(out: &mut String, picture: &Picture, lang: Lang, width: usize) {
    let items: Vec<String> =
        picture.rows.iter().map(|row| row.item.map_or_else(String::new, |item| item.to_string())).collect();
    let row_width = picture.rows.iter().map(|row| width_of(&row.name)).max().unwrap_or(0);
    let item_width = items.iter().map(|item| width_of(item)).max().unwrap_or(0).max(3);
    let room = width.saturating_sub(4 + row_width + 1 + item_width + 1);
    let widths = widths(picture, lang, room);
    let line = |name: &str, item: &str, texts: &[&str]| {
        let mut line = format!("    {name:>row_width$} {item:<item_width$} ");
        for (text, width) in texts.iter().zip(&widths) {
            let _ = write!(line, "│{:<width$}", cut(text, *width));
        }
        line.trim_end().to_owned() + "\n"
    };
    let unused = "–";
    let names: Vec<&str> = picture.columns.iter().map(|c| c.name.as_str()).collect();
    let roles: Vec<&str> = picture.columns.iter().map(|c| c.role.as_ref().map_or(unused, |r| r.get(lang))).collect();
    let item = if lang == Lang::Vi { "mục" } else { "item" };
    out.push_str(&line("", "", &names));
    out.push_str(&line("", item, &roles));
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    let _ = writeln!(out, "    {}┼{}", "─".repeat(row_width + item_width + 2), rule.join("┼"));
    for (row, item) in picture.rows.iter().zip(&items) {
        if row.left_out > 0 {
            let more = match lang {
                Lang::Vi => format!("… {} dòng nữa", row.left_out),
                Lang::En => format!("… {} more rows", row.left_out),
            };
            let _ = writeln!(out, "    {:>row_width$} {more}", "");
        }
        out.push_str(&line(&row.name, item, &row.texts.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    left_out(out, &picture.columns[widths.len()..], lang);
}

/// The columns that found no room, with their roles.
fn left_out(out: &mut String, columns: &[PictureColumn], lang: Lang) {
    if columns.is_empty() {
        return;
    }
    let named: Vec<String> = columns
        .iter()
        .map(|c| c.role.as_ref().map_or_else(|| c.name.clone(), |role| format!("{} ({})", c.name, role.get(lang))))
        .collect();
    let label = if lang == Lang::Vi { "không vẽ hết" } else { "not drawn" };
    let _ = writeln!(out, "    {label}: {}", named.join(", "));
}

/// The widths of the columns that fit into a room, from the left.
fn widths(picture: &Picture, lang: Lang, room: usize) -> Vec<usize> {
    let natural = |at: usize, column: &PictureColumn| {
        let texts = picture.rows.iter().filter_map(|row| row.texts.get(at)).map(|text| width_of(text));
        let role = column.role.as_ref().map_or(1, |role| width_of(role.get(lang)));
        let most = if column.is_name { NAMES } else { WIDE.max(role) };
        texts.chain([role, width_of(&column.name)]).max().unwrap_or(1).min(most)
    };
    let mut widths: Vec<usize> = picture.columns.iter().enumerate().map(|(at, c)| natural(at, c)).collect();
    let needed = |widths: &[usize]| widths.iter().map(|width| width + 1).sum::<usize>();
    while needed(&widths) > room {
        // The widest gives way, names at half the pace; where all are narrow, the last goes.
        let ample = |at: usize| if picture.columns[at].is_name { widths[at].div_ceil(2) } else { widths[at] };
        match (0..widths.len()).filter(|&at| widths[at] > NARROW).max_by_key(|&at| (ample(at), at)) {
            Some(at) => widths[at] -= 1,
            None if widths.pop().is_none() => break,
            None => {}
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ItemCode, PictureRow, Text};

    fn column(name: &str, role: &str) -> PictureColumn {
        let is_name = role == "tên";
        PictureColumn { name: name.into(), role: (!role.is_empty()).then(|| Text::new(role, role)), is_name }
    }

    fn row(name: &str, item: Option<ItemCode>, left_out: usize, texts: &[&str]) -> PictureRow {
        PictureRow { name: name.into(), item, left_out, texts: texts.iter().map(|t| (*t).to_owned()).collect() }
    }

    fn sample() -> Picture {
        Picture {
            columns: vec![column("A", "mã"), column("B", "tên"), column("C", ""), column("D", "đánh giá")],
            rows: vec![
                row("3", None, 0, &["TT", "Nội dung", "Kỳ trước", "Xếp hạng"]),
                row(
                    "4",
                    Some(ItemCode::indicator(2, 1)),
                    0,
                    &["2.1", "Tỷ lệ đường xã được nhựa hóa", "Đạt", "Chưa đạt"],
                ),
                row("60", Some(ItemCode::indicator(19, 2)), 55, &["", "An ninh", "", "Đạt"]),
            ],
            items: 57,
        }
    }

    #[test]
    fn a_sheet_is_drawn_with_letters_roles_rows_and_what_is_left_out() {
        let mut out = String::new();
        picture(&mut out, &sample(), Lang::Vi, 80);
        let expected = "            │A  │B                           │C       │D
       mục  │mã │tên                         │–       │đánh giá
    ────────┼───┼────────────────────────────┼────────┼────────
     3      │TT │Nội dung                    │Kỳ trước│Xếp hạng
     4 2.1  │2.1│Tỷ lệ đường xã được nhựa hóa│Đạt     │Chưa đạt
       … 55 dòng nữa
    60 19.2 │   │An ninh                     │        │Đạt
";
        assert_eq!(out, expected);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_and_columns_without_room_are_named() {
        for width in [30, 40, 60, 80, 120] {
            let mut out = String::new();
            picture(&mut out, &sample(), Lang::Vi, width);
            let drawn = out.lines().filter(|line| line.contains('│'));
            assert!(drawn.clone().count() > 3 && drawn.into_iter().all(|line| width_of(line) <= width), "{out}");
        }
        let mut out = String::new();
        picture(&mut out, &sample(), Lang::Vi, 36);
        assert!(out.contains("không vẽ hết: D (đánh giá)"), "{out}");
    }
}
