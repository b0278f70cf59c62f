//! Text as it may stand in XML: in parts of returned copies, tasks of Windows, properties of a PDF.

/// A text as it may stand in an element or between quotes. Characters that XML does not have are left out.
///
/// ```
/// use ntm::xml::escaped;
/// assert_eq!(escaped("Trồng & chăn nuôi <5 ha>"), "Trồng &amp; chăn nuôi &lt;5 ha&gt;");
/// assert_eq!(escaped("a\nb\u{0}\"c\""), "a&#10;b&quot;c&quot;");
/// ```
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => escaped.push(other),
        }
    }
    escaped
}
