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
}
