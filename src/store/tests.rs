//! Merging and Parquet, on made frames.

use std::path::Path;

use super::*;

/// One file with one submission of two observations, as the stages before would give it.
struct File {
    name: &'static str,
    sha256: &'static str,
    received_at: &'static str,
    period: &'static str,
    commune: Option<&'static str>,
    sheet: &'static str,
    value: f64,
}

/// The first report of Trung Lương.
const FIRST: File = File {
    name: "BC Trung Lương.xlsx",
    sha256: "aa",
    received_at: "2023-04-25T08:00:00",
    period: "2023-04",
    commune: Some("13546"),
    sheet: "NTM NC",
    value: 85.2,
};

/// Its corrected report, sent two days later.
const CORRECTED: File =
    File {
        name: "BC Trung Lương (sửa).xlsx", sha256: "bb", received_at: "2023-04-27T16:30:00", value: 95.5, ..FIRST
    };

/// Another month of another commune.
const OTHER: File = File {
    name: "An Nội.xls",
    sha256: "cc",
    received_at: "2023-05-24T09:00:00",
    period: "2023-05",
    commune: Some("13540"),
    ..FIRST
};

/// A frame in its schema: the given columns cast, all others null.
fn fit(kind: Kind, given: DataFrame) -> DataFrame {
    let height = given.height();
    let column = |(name, dtype): &(&str, DataType)| match given.column(name) {
        Ok(column) => column.cast(dtype).unwrap(),
        Err(_) => Column::full_null((*name).into(), height, dtype),
    };
    DataFrame::new(height, kind.columns().iter().map(column).collect()).unwrap()
}

fn moment(text: &str) -> i64 {
    let moment: jiff::civil::DateTime = text.parse().unwrap();
    jiff::tz::Offset::UTC.to_timestamp(moment).unwrap().as_millisecond()
}

fn frames(file: &File) -> Frames {
    let File { name, sha256, received_at, period, commune, sheet, value } = *file;
    let at = moment(received_at);
    let observations = df!(
        "set" => ["ntm-2021-2025"; 2], "period" => [period; 2], "commune" => [commune; 2],
        "assessor" => ["commune"; 2], "item" => ["17.2", "17.10"], "criterion" => [17u32; 2], "indicator" => [2u32, 10],
        "verdict" => [Some("met"), None], "value" => [Some(value), None], "unit" => [Some("%"), None],
        "due" => [Some(19_000i32), None], "sheet" => [sheet; 2], "cell" => ["E12", "E13"],
        "file" => [name; 2], "sha256" => [sha256; 2], "received_at" => [at; 2], "current" => [true; 2],
    );
    let submissions = df!(
        "period" => [period], "commune" => [commune], "set" => ["ntm-2021-2025"], "assessor" => ["commune"],
        "sheet" => [sheet], "layout" => ["table"], "confidence" => [0.98], "declared_criteria_met" => [14u32],
        "observations" => [2u32], "file" => [name], "sha256" => [sha256], "received_at" => [at], "late" => [false],
        "current" => [true],
    );
    let files = df!(
        "period" => [period], "file" => [name], "sha256" => [sha256], "received_at" => [at],
        "archive" => [format!("{sha256}.xlsx")], "outcome" => ["read"], "submissions" => [1u32],
    );
    let diagnostics = df!(
        "period" => [period], "file" => [name], "sha256" => [sha256], "severity" => ["warning"],
        "code" => ["verdict-missing"], "scope" => ["item"], "item" => ["17.10"],
        "message_vi" => ["«17.10» không ghi đánh giá"], "message_en" => ["\"17.10\" states no verdict"],
    );
    Frames {
        observations: fit(Kind::Observations, observations.unwrap()),
        submissions: fit(Kind::Submissions, submissions.unwrap()),
        files: fit(Kind::Files, files.unwrap()),
        diagnostics: fit(Kind::Diagnostics, diagnostics.unwrap()),
    }
}

/// The store after the files arrived one by one.
fn store(files: &[&File]) -> Frames {
    files.iter().fold(Frames::empty(), |stored, file| merge(stored, frames(file)).unwrap())
}

/// The frames of files that came in one batch.
fn batch(files: &[&File]) -> Frames {
    let mut together = Frames::empty();
    for file in files {
        let new = frames(file);
        for (kind, rows) in new.by_kind() {
            together.get_mut(kind).vstack_mut(rows).unwrap();
        }
    }
    together
}

/// Hash, whether current, and by what replaced, of each submission.
fn versions(frames: &Frames) -> Vec<(String, bool, Option<String>)> {
    let column = |name: &str| frames.submissions.column(name).unwrap().clone();
    let (sha256, current, by) = (column("sha256"), column("current"), column("replaced_by"));
    let rows = 0..frames.submissions.height();
    let text = |column: &Column, row| column.str().unwrap().get(row).map(str::to_owned);
    rows.map(|row| (text(&sha256, row).unwrap(), current.bool().unwrap().get(row).unwrap(), text(&by, row))).collect()
}

fn version(sha256: &str, current: bool, replaced_by: Option<&str>) -> (String, bool, Option<String>) {
    (sha256.to_owned(), current, replaced_by.map(str::to_owned))
}

fn parts(frames: &Frames) -> Vec<(PathBuf, Vec<u8>)> {
    encode(frames, None).unwrap()
}

#[test]
fn what_is_encoded_is_decoded_as_it_was() {
    let stored = store(&[&FIRST, &CORRECTED, &OTHER]);
    let read = decode(parts(&stored)).unwrap();
    for ((kind, was), (_, is)) in stored.by_kind().into_iter().zip(read.by_kind()) {
        assert!(was.equals_missing(is), "{}: {was} became {is}", kind.folder());
        assert_eq!(was.schema(), is.schema());
    }
    assert_eq!(decode(Vec::new()).unwrap().files.height(), 0);
}

/// The store of some files as it is opened for questions.
fn opened(frames: &Frames) -> Opened {
    open(parts(frames)).unwrap().finished().unwrap().opened
}

#[test]
fn a_plan_over_the_parts_gives_what_it_gives_over_frames() {
    let elsewhere = File { name: "An Nội 4.xls", sha256: "dd", commune: Some("13540"), value: 66.6, ..FIRST };
    let stored = store(&[&FIRST, &CORRECTED, &OTHER, &elsewhere]);
    let asked = opened(&stored);
    let is = |column: &str, value: &str| col(column).eq(lit(value.to_owned()));
    let wanted = [
        lit(true),
        lit(false),
        is("period", "2023-04").and(lit(false)),
        is("period", "2023-05").or(lit(true)),
        is("period", "2023-04"),
        is("period", "2023-06"),
        is("set", "ntm-2021-2025").and(col("current")),
        is("commune", "13540"),
        is("commune", "13540").and(is("period", "2023-04")).and(col("value").is_not_null()),
        is("period", "2023-05").or(is("item", "17.10")),
        is("item", "17.2").and(col("value").gt(lit(90.0))),
    ];
    for wanted in wanted {
        for kept in [vec![], vec!["item", "value"], vec!["period"], vec!["received_at", "set", "commune"]] {
            let plan = |rows: LazyFrame| {
                let rows = rows.filter(wanted.clone());
                let named: Vec<Expr> = kept.iter().map(|name| col(*name)).collect();
                if named.is_empty() { rows } else { rows.select(named) }.collect().unwrap()
            };
            let (lazy, eager) = (plan(asked.observations.clone()), plan(stored.observations.clone().lazy()));
            assert!(lazy.equals_missing(&eager), "{wanted} of {kept:?}: {lazy} for {eager}");
            assert_eq!(lazy.schema(), eager.schema());
        }
    }
    let diagnostics = asked.diagnostics.clone().filter(is("period", "2023-05")).collect().unwrap();
    assert_eq!((diagnostics.height(), asked.periods.len(), asked.unfinished.len()), (1, 2, 0));
    let first = asked.observations.clone().limit(3).collect().unwrap();
    assert!(first.equals_missing(&stored.observations.head(Some(3))));
}

#[test]
fn months_merged_by_themselves_and_put_back_give_what_all_gives_that_is_merged_in_memory() {
    let before = File { name: "An Nội 3.xls", sha256: "dd", period: "2023-03", ..OTHER };
    let late = File { name: "An Nội 4.xls", sha256: "ee", period: "2023-04", commune: Some("13540"), ..FIRST };
    for (was, came) in [
        (vec![&before, &FIRST, &OTHER], vec![&CORRECTED]),
        (vec![&before, &OTHER], vec![&FIRST, &late]),
        (vec![&FIRST, &OTHER], vec![&before]),
        (vec![&before, &FIRST], vec![&OTHER, &CORRECTED]),
        (vec![&FIRST], vec![&CORRECTED]),
        (vec![&before, &FIRST, &OTHER], vec![]),
        (vec![], vec![&FIRST, &OTHER]),
    ] {
        let (stored, new) = (store(&was), batch(&came));
        let whole = merge(stored.clone(), new.clone()).unwrap();
        let lying = open(parts(&stored)).unwrap().finished().unwrap();
        let months = new.periods().unwrap();
        let merged = merge(lying.months(&months).unwrap(), new).unwrap();
        let touched: Vec<Period> = months.iter().copied().collect();
        assert_eq!(encode(&merged, Some(&touched)).unwrap(), encode(&whole, Some(&touched)).unwrap());
        let (asked, expected) = (lying.with(&merged, &months).unwrap(), Opened::of(&whole).unwrap());
        assert_eq!(asked.periods, expected.periods);
        for (is, should) in [
            (asked.observations.collect().unwrap(), whole.observations),
            (asked.diagnostics.collect().unwrap(), whole.diagnostics),
            (asked.submissions, whole.submissions),
            (asked.files, whole.files),
        ] {
            assert!(is.equals_missing(&should), "{is} for {should}");
        }
    }
}

#[test]
fn the_months_of_files_are_all_in_which_something_of_them_stands() {
    let stored = store(&[&FIRST, &CORRECTED, &OTHER]);
    let lying = open(parts(&stored)).unwrap().finished().unwrap();
    let months = |hashes: &[&str]| -> Vec<String> {
        let hashes = hashes.iter().map(|hash| (*hash).to_owned()).collect();
        lying.months_of(&hashes).unwrap().iter().map(Period::to_string).collect()
    };
    assert_eq!(
        (months(&["cc"]), months(&["aa", "bb"]), months(&["zz"])),
        (vec!["2023-05".to_owned()], vec!["2023-04".to_owned()], vec![])
    );
}

#[test]
fn rows_of_a_run_that_was_cut_off_are_in_no_plan_and_their_months_are_named() {
    let mut cut = store(&[&FIRST, &OTHER]);
    let on_record = cut.files.clone().lazy().filter(col("sha256").neq(lit("cc"))).collect().unwrap();
    cut.files = on_record;
    let asked = opened(&cut);
    let observations = asked.observations.clone().collect().unwrap();
    assert!(observations.equals_missing(&store(&[&FIRST]).observations), "{observations}");
    assert_eq!(asked.diagnostics.clone().collect().unwrap().height(), 1);
    assert_eq!(asked.unfinished.iter().map(Period::to_string).collect::<Vec<_>>(), ["2023-05"]);
    let mut both = store(&[&FIRST, &File { commune: Some("13540"), sha256: "cc", ..FIRST }]);
    both.files = store(&[&FIRST]).files;
    let part = opened(&both).observations.clone().filter(col("item").eq(lit("17.2"))).collect().unwrap();
    assert_eq!(part.height(), 1, "of a part that holds both, the rows on record");
}

#[test]
fn the_parts_lie_where_the_contract_says() {
    let paths: Vec<String> = parts(&store(&[&FIRST, &OTHER])).iter().map(|(p, _)| p.display().to_string()).collect();
    let expected = [
        "observations/set=ntm-2021-2025/period=2023-04/part-0.parquet",
        "observations/set=ntm-2021-2025/period=2023-05/part-0.parquet",
        "submissions/period=2023-04/part-0.parquet",
        "submissions/period=2023-05/part-0.parquet",
        "files/period=2023-04/part-0.parquet",
        "files/period=2023-05/part-0.parquet",
        "diagnostics/period=2023-04/part-0.parquet",
        "diagnostics/period=2023-05/part-0.parquet",
    ];
    assert_eq!(paths, expected.map(|path| path.replace('/', std::path::MAIN_SEPARATOR_STR)));
}

#[test]
fn the_order_of_arrival_shows_in_no_byte() {
    let bytes = parts(&store(&[&FIRST, &CORRECTED, &OTHER]));
    assert_eq!(bytes, parts(&store(&[&OTHER, &CORRECTED, &FIRST])), "one by one, the other way round");
    for order in [[&FIRST, &CORRECTED, &OTHER], [&CORRECTED, &OTHER, &FIRST]] {
        assert_eq!(bytes, parts(&merge(Frames::empty(), batch(&order)).unwrap()), "in one batch");
    }
    let read = decode(bytes.clone()).unwrap();
    assert_eq!(bytes, parts(&merge(read, Frames::empty()).unwrap()), "read and written again");
}

#[test]
fn only_the_months_asked_for_are_encoded_with_the_same_bytes() {
    let stored = store(&[&FIRST, &OTHER]);
    let may = frames(&OTHER).periods().unwrap();
    assert_eq!(may.iter().map(Period::to_string).collect::<Vec<_>>(), ["2023-05"]);
    let touched = encode(&stored, Some(&may.into_iter().collect::<Vec<_>>())).unwrap();
    assert_eq!(touched.len(), 4);
    let all = parts(&stored);
    assert!(touched.iter().all(|part| part.0.to_string_lossy().contains("period=2023-05") && all.contains(part)));
}

#[test]
fn a_corrected_file_counts_and_the_one_before_is_kept_and_marked_replaced() {
    let stored = store(&[&FIRST, &CORRECTED]);
    assert_eq!(versions(&stored), [version("aa", false, Some("bb")), version("bb", true, None)]);
    let current = stored.observations.clone().lazy().filter(col("current")).collect().unwrap();
    assert_eq!(current.column("value").unwrap().f64().unwrap().get(0), Some(95.5));
    assert_eq!((stored.observations.height(), current.height()), (4, 2));
}

#[test]
fn of_two_versions_of_the_same_moment_the_last_by_name_then_hash_then_sheet_counts() {
    let same_moment = File { received_at: FIRST.received_at, ..CORRECTED };
    assert_eq!(versions(&store(&[&FIRST, &same_moment]))[0], version("bb", false, Some("aa")));
    let same_name = File { name: FIRST.name, ..same_moment };
    assert_eq!(versions(&store(&[&same_name, &FIRST]))[0], version("aa", false, Some("bb")));
    let another_sheet = File { sheet: "NTM NC (2)", value: 1.0, ..FIRST };
    let mut two_sheets = batch(&[&FIRST, &another_sheet]);
    two_sheets.files = frames(&FIRST).files;
    let stored = merge(Frames::empty(), two_sheets).unwrap();
    assert_eq!(versions(&stored), [version("aa", false, Some("aa")), version("aa", true, None)]);
    assert_eq!(stored.observations.column("current").unwrap().bool().unwrap().sum(), Some(2));
}

#[test]
fn statements_of_other_months_communes_and_assessors_do_not_replace_each_other() {
    let mut review = frames(&CORRECTED);
    for frame in [&mut review.observations, &mut review.submissions] {
        let district =
            Column::new_scalar("assessor".into(), Scalar::from(PlSmallStr::from("district")), frame.height());
        frame.with_column(district).unwrap();
    }
    let stored = merge(store(&[&FIRST, &OTHER]), review).unwrap();
    assert!(versions(&stored).iter().all(|(_, current, by)| *current && by.is_none()));
}

#[test]
fn a_submission_without_commune_neither_counts_nor_replaces_another() {
    let unknown = File { commune: None, sha256: "dd", ..FIRST };
    let unknown_too = File { commune: None, ..CORRECTED };
    let stored = store(&[&unknown, &unknown_too, &FIRST]);
    assert_eq!(versions(&stored), [version("dd", false, None), version("bb", false, None), version("aa", true, None)]);
    assert_eq!(stored.observations.height(), 6);
}

#[test]
fn the_same_bytes_again_change_nothing_whatever_their_name_and_time() {
    let once = store(&[&FIRST]);
    let again = File { name: "bản sao.xlsx", received_at: "2023-06-01T00:00:00", ..FIRST };
    assert_eq!(parts(&once), parts(&store(&[&FIRST, &again])));
    assert_eq!(parts(&once), parts(&merge(Frames::empty(), batch(&[&again, &FIRST])).unwrap()), "in one batch");
    assert_eq!(parts(&once), parts(&merge(Frames::empty(), batch(&[&FIRST, &FIRST])).unwrap()), "twice the same");
}

#[test]
fn a_diagnostic_of_no_file_is_kept_once() {
    let missing = || {
        let row = df!("period" => ["2023-04"], "code" => ["submission-missing"], "commune" => ["13540"]).unwrap();
        Frames { diagnostics: fit(Kind::Diagnostics, row), ..Frames::empty() }
    };
    let stored = merge(merge(store(&[&FIRST]), missing()).unwrap(), missing()).unwrap();
    assert_eq!(stored.diagnostics.height(), 2);
}

#[test]
fn rows_that_belong_to_no_file_or_submission_are_our_fault_and_not_dropped() {
    let without_file = Frames { files: Frames::empty().files, ..frames(&FIRST) };
    let error = merge(Frames::empty(), without_file).unwrap_err().to_string();
    assert!(error.contains("2 rows of observations belong to no file"), "{error}");
    let mut other_time = frames(&FIRST);
    other_time.files = frames(&File { received_at: "2023-04-26T00:00:00", ..FIRST }).files;
    assert!(merge(Frames::empty(), other_time).is_err(), "received at another moment than its file");
    let without_submission = Frames { submissions: Frames::empty().submissions, ..frames(&FIRST) };
    let error = merge(Frames::empty(), without_submission).unwrap_err().to_string();
    assert!(error.contains("2 observations belong to no submission"), "{error}");
    let other_type = Frames { files: frames(&FIRST).files.drop("outcome").unwrap(), ..frames(&FIRST) };
    assert!(matches!(merge(Frames::empty(), other_type), Err(PolarsError::SchemaMismatch(_))));
}

#[test]
fn a_set_or_month_that_cannot_be_a_folder_is_not_encoded() {
    let no_month = File { period: "4/2023", ..FIRST };
    assert!(encode(&frames(&no_month), None).unwrap_err().to_string().contains("has period \"4/2023\""));
    let mut outside = frames(&FIRST);
    let set = Column::new_scalar("set".into(), Scalar::from(PlSmallStr::from("../..")), 2);
    outside.observations.with_column(set).unwrap();
    assert!(encode(&outside, None).unwrap_err().to_string().contains("has set \"../..\""));
}

#[test]
fn a_part_with_any_byte_changed_or_missing_is_named() {
    let (path, bytes) = parts(&store(&[&FIRST])).remove(0);
    let changed = (0..bytes.len()).map(|at| {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x20;
        damaged
    });
    let cut = (0..bytes.len()).map(|length| bytes[..length].to_vec());
    for damaged in changed.chain(cut) {
        assert_eq!(decode(vec![(path.clone(), damaged)]).unwrap_err().path, path);
    }
}

#[test]
fn a_part_of_another_maker_or_version_is_named_with_the_reason() {
    let (path, mut bytes) = parts(&store(&[&FIRST])).remove(0);
    let version = memchr::memmem::rfind(&bytes, b"ntm.schema").unwrap() + "ntm.schema".len() + 2;
    bytes[version] = b'7';
    parquet::seal(&mut bytes).unwrap();
    let corrupt = decode(vec![(path.clone(), bytes)]).unwrap_err();
    assert_eq!(corrupt.reason.vi, "thuộc phiên bản 7, cần phiên bản 2");
    let mut foreign = Vec::new();
    let mut rows = frames(&FIRST).observations;
    polars_io::parquet::write::ParquetWriter::new(&mut foreign).finish(&mut rows).unwrap();
    let corrupt = decode(vec![(path, foreign)]).unwrap_err();
    assert_eq!(corrupt.reason.vi, "không do chương trình này ghi, hoặc bị cắt cụt");
}

#[test]
fn a_part_in_the_wrong_place_is_refused() {
    let (_, bytes) = parts(&store(&[&FIRST])).remove(0);
    for wrong in [
        "observations/part-0.parquet",
        "observations/set=ntm-2021-2025/period=2023-13/part-0.parquet",
        "observations/set=/period=2023-04/part-0.parquet",
        "observations/period=2023-04/set=ntm-2021-2025/part-0.parquet",
        "observations/set=ntm-2021-2025/period=2023-04/part-1.parquet",
        "../observations/set=ntm-2021-2025/period=2023-04/part-0.parquet",
        "submissions/period=2023-04/part-0.parquet",
    ] {
        let corrupt = decode(vec![(wrong.into(), bytes.clone())]).unwrap_err();
        assert_eq!(corrupt.path, Path::new(wrong));
    }
}

#[test]
fn a_mended_copy_comes_after_what_it_mends_where_both_came_at_one_moment() {
    // By name and hash alone it would come first.
    let copy = File { name: "A.xlsx", sha256: "00", ..FIRST };
    let mut mended = frames(&copy);
    mended.files.with_column(Column::new("mends".into(), [FIRST.sha256])).unwrap();
    let (copy_counts, first_does_not) = (version("00", true, None), version(FIRST.sha256, false, Some("00")));
    for (first, second) in [(frames(&FIRST), mended.clone()), (mended, frames(&FIRST))] {
        let stored = merge(merge(Frames::empty(), first).unwrap(), second).unwrap();
        let mut found = versions(&stored);
        found.sort();
        assert_eq!(found, [copy_counts.clone(), first_does_not.clone()]);
    }
}
