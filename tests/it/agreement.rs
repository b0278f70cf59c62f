//! The papers of one run do not contradict each other: what `status --json` counts is what report, briefs, workbook and
//! the workbook of plans say, of both samples.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::LazyLock;

use assert_cmd::Command;
use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook_from_rs};
use serde_json::Value;

use super::support::half_year;
use super::support::office::{NOW, Office};
use super::support::papers::{dense, paper_text};

static DISTRICT: LazyLock<Told> = LazyLock::new(|| Told::of(Office::sample()));

static HALF_YEAR: LazyLock<Told> = LazyLock::new(|| {
    let office = Office::of(include_str!("../../samples/nua-nam/ntm.toml"));
    for (path, bytes) in half_year::files() {
        office.send(&path, &bytes);
    }
    Told::of(office)
});

/// Sets by their short names, with how many criteria and indicators they have.
const SETS: [(&str, &str, u64, u64); 2] =
    [("ntm-2021-2025", "NTM", 19, 57), ("ntm-nang-cao-2021-2025", "NTM nâng cao", 19, 75)];

/// What is counted of a commune under a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Counts {
    criteria: u64,
    criteria_not_met: u64,
    indicators: u64,
    indicators_not_met: u64,
    /// Whether an earlier month stands in.
    is_earlier: bool,
}

/// Communes and sets in words, as the papers name them.
type Key = (String, &'static str);

/// What a sample's run told.
struct Told {
    /// How many communes there are.
    communes: usize,
    counts: BTreeMap<Key, Counts>,
    papers: BTreeMap<String, Vec<u8>>,
    workbook: BTreeMap<String, Range<Data>>,
    report: String,
}

impl Told {
    fn of(office: Office) -> Told {
        office.run();
        let papers = office.tree("bao-cao/2023-04");
        let mut command = Command::new(env!("CARGO_BIN_EXE_ntm"));
        let asked = command.env_clear().env("NTM_NOW", NOW).current_dir(office.path()).args(["status", "--json"]);
        let status: Value = serde_json::from_slice(&asked.assert().get_output().stdout).expect("the answer is JSON");
        Told {
            communes: status["communes"].as_array().expect("a list").len(),
            counts: counts(&status),
            workbook: sheets(&papers["Tong-hop-NTM-2023-04.xlsx"]),
            report: paper_text(&papers["Bao-cao-NTM-2023-04.pdf"]),
            papers,
        }
    }

    /// This month's reports.
    fn this_month(&self) -> impl Iterator<Item = (&Key, &Counts)> {
        self.counts.iter().filter(|(_, counts)| !counts.is_earlier)
    }

    fn not_met(&self) -> BTreeMap<Key, u64> {
        let counts = self.counts.iter().map(|(key, counts)| (key.clone(), counts.indicators_not_met));
        counts.filter(|(_, count)| *count > 0).collect()
    }
}

fn counts(status: &Value) -> BTreeMap<Key, Counts> {
    let communes = status["communes"].as_array().expect("a list");
    let of_commune = |commune: &Value| {
        let name = commune["commune_name"].as_str().expect("a name").to_owned();
        let sets = commune["sets"].as_array().expect("a list").clone();
        sets.into_iter().filter_map(move |set| {
            let count = |kind: &str, verdict: &str| set[kind][verdict].as_u64();
            let (_, short, ..) = SETS.iter().find(|(id, ..)| set["criteria_set"] == *id).expect("a set of the samples");
            let counts = Counts {
                criteria: count("criteria", "met")?,
                criteria_not_met: count("criteria", "not_met")?,
                indicators: count("indicators", "met")?,
                indicators_not_met: count("indicators", "not_met")?,
                is_earlier: set["period"] != "2023-04",
            };
            set["period"].as_str().map(|_| ((name.clone(), *short), counts))
        })
    };
    communes.iter().flat_map(of_commune).collect()
}

fn sheets(workbook: &[u8]) -> BTreeMap<String, Range<Data>> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(workbook.to_vec())).expect("the workbook opens");
    book.worksheets().into_iter().collect()
}

fn set_of(cell: &Data) -> Option<&'static str> {
    SETS.iter().map(|(_, short, ..)| *short).find(|short| cell.as_string().as_deref() == Some(short))
}

/// The commune that a cell names, an earlier month in brackets left out.
fn commune_of(cell: &Data) -> String {
    let text = cell.as_string().unwrap_or_default();
    text.split_once(" (").map_or(text.clone(), |(name, _)| name.to_owned())
}

/// `15/19 tiêu chí, 52/57 chỉ tiêu`, without spaces.
fn said(counts: &Counts, short: &str) -> String {
    let (_, _, criteria, indicators) = SETS.iter().find(|set| set.1 == short).expect("a set of the samples");
    dense(&format!("{}/{criteria} tiêu chí, {}/{indicators} chỉ tiêu", counts.criteria, counts.indicators))
}

/// A paragraph for each commune tells its counts, before its roadmap.
fn check_report(told: &Told) {
    let start = told.report.find("II.Kếtquảtừngxã").expect("the part is there");
    for ((name, short), counts) in &told.counts {
        let lead = dense(&format!("Xã {name}"));
        let paragraphs = told.report[start..].split(&lead).skip(1);
        let mut counted = paragraphs.map(|paragraph| paragraph.split("Lộtrình").next().unwrap_or_default());
        let wanted = said(counts, short);
        assert!(counted.any(|counted| counted.contains(&wanted)), "{name}, {short}: {wanted}");
    }
}

fn check_briefs(told: &Told) {
    for ((name, short), counts) in &told.counts {
        let brief = paper_text(&told.papers[&format!("xa/{name}-2023-04.pdf")]);
        let wanted = said(counts, short);
        assert!(brief.contains(&wanted), "{name}: {wanted} in {brief}");
        if counts.indicators_not_met > 0 {
            let rows = format!("{}nộidungchưađạt", counts.indicators_not_met);
            let short = dense(short);
            let groups = [format!("{short}:{rows}"), format!("{short},{rows}")];
            assert!(groups.iter().any(|group| brief.contains(group)), "{name}: {groups:?} in {brief}");
        }
    }
}

/// The counts at the end of each row of the matrices.
fn check_matrices(told: &Told) {
    for (_, short, criteria, _) in SETS {
        let Some(sheet) = told.workbook.get(&format!("Ma trận {short}")) else { continue };
        let first = usize::try_from(criteria).expect("a small number") + 1;
        let mut rows = 0;
        for row in sheet.rows() {
            let Some(counts) = told.counts.get(&(commune_of(&row[0]), short)) else { continue };
            rows += 1;
            let told: Vec<Option<i64>> = [first, first + 1, first + 5].map(|at| row[at].as_i64()).to_vec();
            let expected =
                [counts.criteria, counts.criteria_not_met, counts.indicators].map(|count| i64::try_from(count).ok());
            assert_eq!(told, expected, "{short}: {:?}", row[0]);
            let letters =
                row[1..first].iter().filter(|cell| cell.as_string().is_some_and(|mark| mark.starts_with('Đ')));
            assert_eq!(letters.count() as u64, counts.criteria, "{short}: letters of {:?}", row[0]);
        }
        assert_eq!(rows, told.counts.keys().filter(|(_, of)| *of == short).count(), "{short}");
    }
}

/// How many rows a list has for each commune and set.
fn rows_of(sheet: &Range<Data>, commune: usize, set: usize) -> BTreeMap<Key, u64> {
    let mut rows = BTreeMap::new();
    for row in sheet.rows() {
        if let Some(set) = row.get(set).and_then(set_of) {
            *rows.entry((commune_of(&row[commune]), set)).or_default() += 1;
        }
    }
    rows
}

fn check_lists(told: &Told) {
    assert_eq!(rows_of(&told.workbook["Chưa đạt"], 0, 1), told.not_met(), "the sheet of what is not met");
    let plans = sheets(&told.papers["Ke-hoach-NTM-2023-04.xlsx"]);
    assert_eq!(rows_of(&plans["Kế hoạch"], 1, 2), told.not_met(), "the workbook of plans");
}

/// Each commune's sheet tells its counts, and has a row for each item that is not met.
fn check_communes(told: &Told) {
    for ((name, short), counts) in told.this_month() {
        let sheet = &told.workbook[name];
        let texts: Vec<String> = sheet.used_cells().map(|(_, _, cell)| dense(&cell.to_string())).collect();
        let heading = format!("{}:đạt{}", dense(short), said(counts, short));
        assert!(texts.iter().any(|text| text.starts_with(&heading)), "{name}: {heading}");
        let not_met =
            sheet.rows().filter(|row| row.get(2).and_then(DataType::as_string).as_deref() == Some("Chưa đạt"));
        let of_both: u64 =
            told.counts.iter().filter(|((of, _), _)| of == name).map(|(_, counts)| counts.indicators_not_met).sum();
        assert_eq!(not_met.count() as u64, of_both, "{name}");
    }
}

/// Communes that do not meet an item, over all offices, in the workbook and in each office's own brief.
fn check_offices(told: &Told) {
    let mut of_office: BTreeMap<String, i64> = BTreeMap::new();
    for row in told.workbook["Theo cơ quan"].rows().filter(|row| set_of(&row[1]).is_some()) {
        *of_office.entry(row[0].as_string().unwrap_or_default()).or_default() += row[4].as_i64().expect("a count");
    }
    let all: u64 = told.not_met().values().sum();
    assert_eq!(of_office.values().sum::<i64>(), i64::try_from(all).expect("a small number"));
    let mut briefs = 0;
    for (office, count) in &of_office {
        let Some(brief) = told.papers.get(&format!("phong/{office}-2023-04.pdf")) else { continue };
        briefs += 1;
        let text = paper_text(brief);
        assert!(text.contains(&format!("{count}Lượtxã")), "{office}: {count} in {text}");
    }
    assert_eq!(briefs, told.papers.keys().filter(|path| path.starts_with("phong/")).count());
}

/// The unit's own figures: reports, communes that meet all, the mean.
fn check_unit(told: &Told) {
    for (_, short, criteria, _) in SETS {
        let of_set: Vec<&Counts> =
            told.this_month().filter(|((_, of), _)| *of == short).map(|(_, counts)| counts).collect();
        if of_set.is_empty() {
            continue;
        }
        let sum: u64 = of_set.iter().map(|counts| counts.criteria).sum();
        // Tenths, rounded half up, without a float.
        let tenths = (sum * 20 / of_set.len() as u64).div_ceil(2);
        let mean = dense(&format!(
            "{},{} Tiêu chí {short} bình quân một xã trên {} xã",
            tenths / 10,
            tenths % 10,
            of_set.len()
        ));
        assert!(told.report.contains(&mean), "{mean}");
        let complete =
            told.counts.iter().filter(|((_, of), counts)| *of == short && counts.criteria == criteria).count();
        let complete = dense(&format!("{complete}/{} Xã đạt đủ {criteria} tiêu chí {short}", told.communes));
        assert!(told.report.contains(&complete), "{complete}");
    }
}

fn check(told: &Told) {
    assert!(told.counts.len() >= 4, "the sample has communes");
    check_report(told);
    check_briefs(told);
    check_matrices(told);
    check_lists(told);
    check_communes(told);
    check_offices(told);
    check_unit(told);
}

#[test]
fn the_papers_of_the_district_tell_the_same_figures() {
    check(&DISTRICT);
}

#[test]
fn the_papers_of_the_half_year_tell_the_same_figures() {
    check(&HALF_YEAR);
}
