//! Roman numerals, as group and criterion rows are numbered.

/// The value of a Roman numeral in its canonical form, up to 39 (no set has more criteria).
///
/// ```
/// assert_eq!(ntm::text::roman::parse("XIX"), Some(19));
/// assert_eq!(ntm::text::roman::parse("IIX"), None);
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<u16> {
    let text = text.trim_end_matches(['.', ')', '/']).trim();
    // Nearly every text that is asked about is none and should cost nothing; XXXVIII is the longest.
    if text.len() > 7 || !text.bytes().all(|letter| matches!(letter, b'I' | b'V' | b'X' | b'i' | b'v' | b'x')) {
        return None;
    }
    (1..40).find(|&n| text.eq_ignore_ascii_case(&print(n)))
}

/// The canonical numeral.
#[must_use]
pub fn print(mut n: u16) -> String {
    let mut out = String::new();
    for (value, letters) in [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while n >= value {
            out.push_str(letters);
            n -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_numeral_reads_back() {
        for n in 1..40 {
            assert_eq!(parse(&print(n)), Some(n));
            assert_eq!(parse(&format!("{}.", print(n).to_lowercase())), Some(n));
        }
        for wrong in ["", "A", "IIII", "VX", "1", "IC"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
