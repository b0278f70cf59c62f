//! Lines of text within a width: cut, padded, wrapped. Every Vietnamese letter in NFC is one column wide.

/// How many columns a text takes.
pub(super) fn width_of(text: &str) -> usize {
    text.chars().count()
}

/// The text, or as much of it as fits with a sign that it goes on.
pub(super) fn cut(text: &str, width: usize) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(width.saturating_sub(1)).collect();
    if width > 0 {
        short.push('…');
    }
    short
}

/// The text broken at spaces, lines after the first indented; one line where no width is given.
pub(super) fn wrapped(text: &str, first: usize, indent: usize, width: Option<usize>) -> String {
    let Some(width) = width else { return text.to_owned() };
    let mut out = String::new();
    let mut at = first;
    for word in text.split(' ') {
        let length = width_of(word);
        if !out.is_empty() && at + 1 + length > width {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            at = indent;
        } else if !out.is_empty() {
            out.push(' ');
            at += 1;
        }
        out.push_str(word);
        at += length;
    }
    out
}

/// Lines broken at spaces to the width of a terminal, each going on under where its last column begins.
#[must_use]
pub fn fitted(text: &str, terminal: Option<usize>) -> String {
    let Some(width) = terminal else { return text.to_owned() };
    let fit = |line: &str| match width_of(line) <= width {
        true => line.to_owned(),
        false => {
            let indent = column_of(line, width * 2 / 3);
            let lead: String = line.chars().take(indent).collect();
            let rest: String = line.chars().skip(indent).collect();
            lead + &wrapped(&rest, indent, indent, Some(width))
        }
    };
    text.lines().map(fit).collect::<Vec<_>>().join("\n")
}

/// Where the last column of a line begins, before a limit: behind two spaces or more.
fn column_of(line: &str, limit: usize) -> usize {
    let letters: Vec<char> = line.chars().collect();
    let begins = |at: &usize| letters[*at] != ' ' && letters[at - 2..*at] == [' ', ' '];
    (2..letters.len().min(limit)).rev().find(begins).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_and_wrapped_by_letters() {
        assert_eq!(cut("Đường xã", 8), "Đường xã");
        assert_eq!(cut("Đường xã", 7), "Đường …");
        assert_eq!(wrapped("một hai ba bốn", 4, 2, Some(12)), "một hai\n  ba bốn");
        assert_eq!(wrapped("một hai ba bốn", 4, 2, None), "một hai ba bốn");
    }

    #[test]
    fn long_lines_go_on_under_their_last_column() {
        let text = "  Ô     trang «NTM», ô E16\nngắn";
        assert_eq!(fitted(text, Some(20)), "  Ô     trang «NTM»,\n        ô E16\nngắn");
        assert_eq!(fitted(text, None), text);
        assert_eq!(fitted("  Xã: tự kê khai 17/19", Some(16)), "  Xã: tự kê khai\n  17/19");
    }
}
