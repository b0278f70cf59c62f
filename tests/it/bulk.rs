//! The made month of many communes that benchmarks read.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use unicode_normalization::UnicodeNormalization;

use super::support::bulk::{MOST, month, settings};

#[test]
fn names_are_unique_without_their_tones() {
    let settings: toml::Table = settings(MOST).parse().expect("the settings are TOML");
    let folded: BTreeSet<String> = settings["communes"]
        .as_array()
        .expect("a list of communes")
        .iter()
        .map(|commune| {
            let plain = commune["name"].as_str().expect("a name is text").to_lowercase().replace('đ', "d");
            plain.nfd().filter(char::is_ascii).collect()
        })
        .collect();
    assert_eq!(folded.len(), MOST);
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    assert_eq!(month(3, 7, None), month(3, 7, None));
    assert_ne!(month(1, 7, None), month(1, 8, None));
}

#[test]
fn of_so_many_communes_one_declares_too_much() {
    let (right, misstated) = (month(4, 7, None), month(4, 7, Some(2)));
    let differing = right.iter().zip(&misstated).map(|(right, misstated)| right != misstated);
    assert_eq!(differing.collect::<Vec<_>>(), [true, false, true, false]);
}

#[test]
fn a_workbook_holds_both_sets_with_a_verdict_for_each_indicator() {
    let (_, bytes) = month(1, 1, None).remove(0);
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook of ours");
    for (sheet, indicators) in [("NTM", 57), ("NTM nâng cao", 75)] {
        let range = book.worksheet_range(sheet).expect("the sheet is there");
        let verdicts = range.used_cells().filter(|(_, column, data)| {
            *column == 4 && [Data::String("Đạt".into()), Data::String("Chưa đạt".into())].contains(data)
        });
        assert_eq!(verdicts.count(), indicators);
    }
}
