//! Abbreviations that offices write in the names of indicators: `CNTT`, `TTHC`, `SXKD`.

/// What each stands for, both folded; in the order of the alphabet.
const SHORT: &[(&str, &str)] = &[
    ("antt", "an ninh trat tu"),
    ("attp", "an toan thuc pham"),
    ("bchqs", "ban chi huy quan su"),
    ("bhyt", "bao hiem y te"),
    ("bvmt", "bao ve moi truong"),
    ("bvtv", "bao ve thuc vat"),
    ("chqs", "chi huy quan su"),
    ("cntt", "cong nghe thong tin"),
    ("csvc", "co so vat chat"),
    ("ctr", "chat thai ran"),
    ("ctrsh", "chat thai ran sinh hoat"),
    ("cttl", "cong trinh thuy loi"),
    ("dvc", "dich vu cong"),
    ("dvctt", "dich vu cong truc tuyen"),
    ("gd", "giao duc"),
    ("gtnt", "giao thong nong thon"),
    ("htx", "hop tac xa"),
    ("ktxh", "kinh te xa hoi"),
    ("nlts", "nong lam thuy san"),
    ("ntts", "nuoi trong thuy san"),
    ("nvh", "nha van hoa"),
    ("pbgdpl", "pho bien giao duc phap luat"),
    ("pcgd", "pho cap giao duc"),
    ("pctt", "phong chong thien tai"),
    ("ptnt", "phat trien nong thon"),
    ("qh", "quy hoach"),
    ("sdd", "suy dinh duong"),
    ("sxkd", "san xuat kinh doanh"),
    ("sxnn", "san xuat nong nghiep"),
    ("tdtt", "the duc the thao"),
    ("thcs", "trung hoc co so"),
    ("thpt", "trung hoc pho thong"),
    ("tmdt", "thuong mai dien tu"),
    ("tthc", "thu tuc hanh chinh"),
    ("vsattp", "ve sinh an toan thuc pham"),
    ("vsmt", "ve sinh moi truong"),
    ("xd", "xay dung"),
];

/// The words of a folded text, each abbreviation by what it stands for.
///
/// ```
/// use ntm::text::short::in_full;
/// assert_eq!(in_full("ung dung cntt").collect::<Vec<_>>(), ["ung", "dung", "cong", "nghe", "thong", "tin"]);
/// ```
pub fn in_full(key: &str) -> impl Iterator<Item = &str> {
    let long = |word: &str| SHORT.binary_search_by(|(short, _)| (*short).cmp(word)).ok().map(|at| SHORT[at].1);
    key.split(' ').flat_map(move |word| long(word).unwrap_or(word).split(' ')).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_stand_in_order_to_be_found() {
        assert!(SHORT.is_sorted());
        assert!(SHORT.iter().all(|(short, long)| in_full(short).collect::<Vec<_>>().join(" ") == *long));
    }
}
