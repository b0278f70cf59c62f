//! The list of problems as a text, for a file that cannot be marked.

use std::fmt::Write;

use crate::model::notice::Notice;

/// All that a notice says, with the line ends of Windows: the text is opened in its editor.
///
/// Its last line holds the hash of those before it, by which it is known as ours as long as nobody changed it.
#[must_use]
pub fn text(notice: &Notice) -> String {
    let mut text = String::new();
    let heads = std::iter::once(&notice.title).chain(&notice.facts).filter(|line| !line.is_empty());
    heads.for_each(|line| text.push_str(&format!("{line}\n")));
    for (line, number) in notice.lines.iter().zip(1..) {
        let place = line.sheet.as_ref().map(|sheet| {
            let cells = line.cells.map(|cells| format!("!{cells}")).unwrap_or_default();
            format!(" [{sheet}{cells}]")
        });
        let item = if line.item.is_empty() { String::new() } else { format!(" {}", line.item) };
        let place = place.unwrap_or_default();
        let _ = writeln!(text, "\n{number}. {} [{}]{item}{place}: {}", line.severity_word, line.code, line.message);
        for (heading, more) in [(&notice.headings[6], &line.hint), (&notice.headings[7], &line.before)] {
            if !more.is_empty() {
                let _ = writeln!(text, "   {heading}: {more}");
            }
        }
    }
    if let Some(rest) = &notice.rest {
        let _ = writeln!(text, "\n{rest}");
    }
    text.push('\n');
    let _ = writeln!(text, "ntm {} {}", notice.original, super::seal::hash(text.as_bytes()));
    text.replace('\n', "\r\n")
}

/// Whether a text is one of ours in which nothing was changed.
#[must_use]
pub fn is_unchanged_text(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let Some(at) = text.trim_end().rfind('\n') else { return false };
    let (body, last) = text.split_at(at + 1);
    last.starts_with("ntm ") && last.trim_end().ends_with(&super::seal::hash(body.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::notice;
    use super::*;

    #[test]
    fn a_text_is_known_as_ours_until_somebody_changes_it() {
        let text = text(&notice());
        assert!(is_unchanged_text(text.as_bytes()));
        assert!(!is_unchanged_text(text.replace("E12", "E13").as_bytes()));
        assert!(!is_unchanged_text(b"ghi ch\xc3\xba"));
    }
}
