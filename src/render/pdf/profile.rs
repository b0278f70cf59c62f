//! The colours of a paper, as PDF/A wants them told: sRGB, as a colour profile made here from its figures.
//!
//! The profile is a file of the International Color Consortium, version 4.2, of the kind "matrix and curve": where red,
//! green and blue lie, seen under the light D50 that all profiles refer to, and how a part of a colour grows with its
//! number. The figures are those of IEC 61966-2-1.

/// Of each of the three colours where it lies: X, Y and Z under D50.
const COLOURS: [(&[u8; 4], [f64; 3]); 3] = [
    (b"rXYZ", [0.436_07, 0.222_49, 0.013_92]),
    (b"gXYZ", [0.385_15, 0.716_87, 0.097_08]),
    (b"bXYZ", [0.143_07, 0.060_61, 0.714_10]),
];

/// The light that profiles refer to.
const D50: [f64; 3] = [0.964_2, 1.0, 0.824_9];

/// How sRGB's own light, D65, becomes D50: after Bradford, row by row.
const ADAPTED: [f64; 9] = [
    1.047_886, 0.022_919, -0.050_216, //
    0.029_582, 0.990_484, -0.017_079, //
    -0.009_252, 0.015_073, 0.751_678,
];

/// The curve: above a number d it is (a·x + b) to the power of g, below it c·x; in the order g, a, b, c, d.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];

/// What the profile is called, and whose it is.
const NAME: &str = "sRGB";
const RIGHTS: &str = "Public domain";

/// The bytes before the table of tags.
const HEADER: usize = 128;

/// The profile.
pub(super) fn srgb() -> Vec<u8> {
    let curve = curve();
    let mut tags: Vec<(&[u8; 4], Vec<u8>)> = vec![
        (b"desc", said(NAME)),
        (b"cprt", said(RIGHTS)),
        (b"wtpt", numbers(b"XYZ ", &D50)),
        (b"chad", numbers(b"sf32", &ADAPTED)),
    ];
    tags.extend(COLOURS.iter().map(|(name, place)| (*name, numbers(b"XYZ ", place))));
    tags.extend([b"rTRC", b"gTRC", b"bTRC"].map(|name| (name, curve.clone())));
    let mut table = word(tags.len());
    let mut bodies: Vec<u8> = Vec::new();
    let first = HEADER + 4 + tags.len() * 12;
    for (name, body) in &tags {
        table.extend_from_slice(*name);
        table.extend(word(first + bodies.len()));
        table.extend(word(body.len()));
        bodies.extend_from_slice(body);
        // Each begins at a multiple of four.
        bodies.resize(bodies.len().next_multiple_of(4), 0);
    }
    let mut profile = header(first + bodies.len());
    profile.extend(table);
    profile.extend(bodies);
    profile
}

fn header(size: usize) -> Vec<u8> {
    let mut header = word(size);
    header.extend([0, 0, 0, 0, 4, 0x20, 0, 0]);
    header.extend_from_slice(b"mntrRGB XYZ ");
    // A day: it says nothing of the colours, and is the same in every paper.
    header.extend([2026_u16, 1, 1, 0, 0, 0].into_iter().flat_map(u16::to_be_bytes));
    header.extend_from_slice(b"acsp");
    header.resize(68, 0);
    header.extend(D50.into_iter().flat_map(fixed));
    header.resize(HEADER, 0);
    header
}

/// Numbers of a kind.
fn numbers(kind: &[u8; 4], numbers: &[f64]) -> Vec<u8> {
    let mut body = [*kind, [0; 4]].concat();
    body.extend(numbers.iter().copied().flat_map(fixed));
    body
}

fn curve() -> Vec<u8> {
    // The fourth of the forms that a curve may have.
    let mut body = b"para\0\0\0\0\0\x03\0\0".to_vec();
    body.extend(CURVE.into_iter().flat_map(fixed));
    body
}

/// A text in English.
fn said(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut body = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS".to_vec();
    body.extend(word(letters.len()));
    body.extend(word(28));
    body.extend(letters);
    body
}

fn word(number: usize) -> Vec<u8> {
    u32::try_from(number).expect("a profile takes some hundred bytes").to_be_bytes().to_vec()
}

/// A number in 65,536ths.
#[expect(clippy::cast_possible_truncation, reason = "the figures of sRGB are below three")]
fn fixed(number: f64) -> [u8; 4] {
    ((number * 65_536.0).round() as i32).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(profile: &[u8], place: usize) -> usize {
        profile[place..place + 4].iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
    }

    #[test]
    fn each_tag_stands_where_the_table_says_and_nothing_beside_them() {
        let profile = srgb();
        assert_eq!(at(&profile, 0), profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        let count = at(&profile, HEADER);
        let mut end = HEADER + 4 + count * 12;
        for entry in (0..count).map(|tag| HEADER + 4 + tag * 12) {
            assert_eq!(at(&profile, entry + 4), end);
            end = (end + at(&profile, entry + 8)).next_multiple_of(4);
        }
        assert_eq!(end, profile.len());
    }

    #[test]
    fn the_three_colours_together_are_white() {
        for (part, white) in D50.into_iter().enumerate() {
            let sum: f64 = COLOURS.iter().map(|(_, place)| place[part]).sum();
            assert!((sum - white).abs() < 0.000_5, "{sum} of {white}");
        }
    }
}
