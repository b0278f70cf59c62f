//! Text in columns for a terminal: each as wide as its widest cell.

/// Rows as lines, two spaces between columns; the first row is the heading. Nothing is cut: what is long comes last.
pub(super) fn lines(rows: &[Vec<String>], indent: &str) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("{indent}{}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_with_marks_are_as_wide_as_others() {
        let rows = [["Xã", "NTM"], ["Đồng Du", "19/19"], ["An", ""]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(lines(&rows, " "), [" Xã       NTM", " Đồng Du  19/19", " An"]);
    }
}
