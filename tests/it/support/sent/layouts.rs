//! The layouts in which communes and districts send their reports, each as a workbook.

use super::super::reports::Verdict;
use super::super::workbook::{Look, Sheet, Value, Workbook};
use super::chance::Chance;
use super::columns::{self, Extras};
use super::hand::{Codes, Figures, Hand, Letters, Names, Verdicts};
use super::statement::{COMMUNES, Spread, Statement, set, statement};
use super::table::{Column, CriterionRows, Kind, Rows, Slip, Table};
use super::words;

/// A workbook being filled, with what it states.
pub(super) struct Made {
    pub(super) what: &'static str,
    pub(super) workbook: Workbook,
    pub(super) statements: Vec<Statement>,
    /// What the file's name may say: commune, month.
    pub(super) named: (Option<&'static str>, Option<(i16, i8)>),
    /// Why a reading that differs may be right too, if it is named.
    pub(super) hand: Hand,
}

/// What titles say.
#[derive(Debug, Clone, Copy)]
struct Titled {
    commune: bool,
    month: bool,
    set: bool,
}

const ALL: Titled = Titled { commune: true, month: true, set: true };

/// A month of the years of the sets, in which all communes of the register exist.
fn month(chance: &mut Chance) -> (i16, i8) {
    (chance.pick(&[2022, 2023, 2023, 2024]), 1 + chance.below(12) as i8)
}

/// What some commune states for some set and month.
pub(super) fn any(chance: &mut Chance, spread: Spread) -> Statement {
    let (commune, period, of) = (chance.below(16), month(chance), set(chance.one_in(2)));
    statement(chance, commune, period, of, spread)
}

/// One commune's list, and most of what can befall it.
pub(super) fn list(chance: &mut Chance) -> Made {
    let hand = hand(chance);
    let extras = Extras::any(chance, hand);
    let spread = if matches!(hand.verdicts, Verdicts::Words(..)) { Spread::Mixed } else { Spread::Plain };
    let mut one = any(chance, spread);
    let slips = slips(chance, &mut one, hand, 3);
    let mut sheet = Sheet::new(chance.pick(&["Biểu", "Sheet1", "NTM", "Báo cáo"]));
    let titled = Titled { commune: !chance.one_in(6), month: !chance.one_in(6), ..ALL };
    let row = titles(&mut sheet, hand, &one, titled, chance);
    let mut statements = vec![one];
    if extras.review {
        statements.push(review(&statements[0], chance));
    }
    let columns = columns::list(chance, hand, &extras, &statements);
    keep_shown(&mut statements, &columns);
    let table = Table {
        columns,
        rows: rows(chance, hand, &extras),
        hand,
        statements: &statements,
        criteria: (1, 19),
        slips: &slips,
        is_turned: false,
        totals: !extras.review && chance.one_in(3),
    };
    let below = table.put(&mut sheet, (row, chance.pick(&[0, 0, 0, 1])), chance);
    let below = match hand.verdicts {
        Verdicts::Signs(.., legend) => {
            put_line(&mut sheet, below, legend, hand, chance);
            below + 1
        }
        _ => below,
    };
    put_foot(&mut sheet, below, hand, chance);
    let named = (Some(statements[0].commune.1), Some(statements[0].period));
    Made { what: "list", workbook: book(vec![sheet]), statements, named, hand }
}

/// NTM and nâng cao of one commune: on two sheets, below each other, or beside each other.
pub(super) fn both_sets(chance: &mut Chance) -> Made {
    let hand = Hand { letters: Letters::Nfc, ..plain_hand(chance) };
    let (commune, period) = (chance.below(16), month(chance));
    let mut both: Vec<Statement> =
        [false, true].map(|a| statement(chance, commune, period, set(a), Spread::Plain)).into();
    let arrangement = chance.pick(&["two sheets", "tables below each other", "tables beside each other"]);
    let extras = Extras::plain(chance);
    let mut sheets = Vec::new();
    let mut at = (0, 0);
    for (n, one) in both.iter_mut().enumerate() {
        let columns = columns::list(chance, hand, &extras, std::slice::from_ref(one));
        keep_shown(std::slice::from_mut(one), &columns);
        let own = [one.clone()];
        let width = columns.len() as u16;
        let table = table(columns, rows(chance, hand, &extras), hand, &own);
        if n == 0 || arrangement == "two sheets" {
            sheets.push(Sheet::new(["NTM", "NTM nâng cao"][n]));
            let sheet = sheets.last_mut().expect("it was just made");
            let titled = Titled { set: arrangement != "tables beside each other", ..ALL };
            at.0 = titles(sheet, hand, one, titled, chance);
            let below = table.put(sheet, at, chance);
            at = if arrangement == "tables below each other" { (below + 1, 0) } else { (at.0, width + 1) };
        } else {
            let sheet = &mut sheets[0];
            if arrangement == "tables below each other" {
                put_line(sheet, at.0, &title(chance, one), hand, chance);
                at.0 += 1;
            }
            table.put(sheet, at, chance);
        }
    }
    let named = (Some(both[0].commune.1), Some(period));
    Made { what: arrangement, workbook: book(sheets), statements: both, named, hand }
}

/// A set cut over two or three sheets.
pub(super) fn cut(chance: &mut Chance) -> Made {
    let hand = plain_hand(chance);
    let one = any(chance, Spread::Plain);
    let extras = Extras::plain(chance);
    let cuts: &[(u16, u16)] = if chance.one_in(2) { &[(1, 12), (13, 19)] } else { &[(1, 6), (7, 14), (15, 19)] };
    let repeats_titles = chance.one_in(2);
    let mut statements = vec![one];
    let columns = columns::list(chance, hand, &extras, &statements);
    keep_shown(&mut statements, &columns);
    let rows = rows(chance, hand, &extras);
    let mut sheets = Vec::new();
    for (n, criteria) in cuts.iter().enumerate() {
        let mut sheet = Sheet::new(format!("Trang {}", n + 1));
        let row = if n == 0 || repeats_titles { titles(&mut sheet, hand, &statements[0], ALL, chance) } else { 0 };
        let table = Table { criteria: *criteria, ..table(columns.clone(), rows, hand, &statements) };
        table.put(&mut sheet, (row, 0), chance);
        sheets.push(sheet);
    }
    let named = (Some(statements[0].commune.1), Some(statements[0].period));
    Made { what: "a set cut over sheets", workbook: book(sheets), statements, named, hand }
}

/// One workbook for many communes or months, a sheet each or a table each below each other.
pub(super) fn many(chance: &mut Chance) -> Made {
    let hand = Hand { letters: Letters::Nfc, ..plain_hand(chance) };
    let by_month = chance.one_in(2);
    let extras = Extras::plain(chance);
    let (first, of, count) = (chance.below(16), set(chance.one_in(2)), 2 + chance.below(3));
    let (year, start) = (chance.pick(&[2022, 2023]), 1 + chance.below(8) as i8);
    let what = match (by_month, chance.below(3)) {
        (true, _) => "a sheet each month",
        (false, 0) => "communes below each other",
        (false, _) => "a sheet each commune",
    };
    let mut statements: Vec<Statement> = (0..count)
        .map(|n| {
            let (commune, period) =
                if by_month { (first, (year, start + n as i8)) } else { (first + n, (year, start)) };
            statement(chance, commune, period, of, Spread::Plain)
        })
        .collect();
    let named_in_sheet = chance.one_in(3) && what != "communes below each other";
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut row = 0;
    for one in &mut statements {
        let columns = columns::list(chance, hand, &extras, std::slice::from_ref(one));
        keep_shown(std::slice::from_mut(one), &columns);
        let own = [one.clone()];
        let table = table(columns, rows(chance, hand, &extras), hand, &own);
        if what == "communes below each other" && !sheets.is_empty() {
            row += 1;
        } else {
            let name = if by_month { format!("Tháng {}", one.period.1) } else { one.commune.1.to_owned() };
            sheets.push(Sheet::new(name));
            row = 0;
        }
        let sheet = sheets.last_mut().expect("there is one");
        let titled = Titled { commune: by_month || !named_in_sheet, month: !(by_month && named_in_sheet), set: true };
        row = titles_from(sheet, row, hand, one, titled, chance);
        if by_month && named_in_sheet {
            // The sheet says the month, the title the year.
            put_line(sheet, row - 1, &format!("Năm {year}"), hand, chance);
            row += 1;
        }
        row = table.put(sheet, (row, 0), chance);
    }
    Made { what, workbook: book(sheets), statements, named: (None, None), hand }
}

/// Communes or months side by side, or communes below each other with items side by side.
pub(super) fn matrix(chance: &mut Chance) -> Made {
    let by_month = chance.one_in(3);
    let is_turned = !by_month && chance.one_in(2);
    let hand = Hand { codes: chance.pick(&[Codes::Text, Codes::Prefixed]), ..plain_hand(chance) };
    let of = set(chance.one_in(2));
    let (first, year, start) = (chance.below(16), chance.pick(&[2022, 2023]), 1 + chance.below(6) as i8);
    let count = 2 + chance.below(5);
    let mut statements: Vec<Statement> = (0..count)
        .map(|n| {
            let (commune, period) =
                if by_month { (first, (year, start + n as i8)) } else { (first + n, (year, start)) };
            statement(chance, commune, period, of, Spread::Plain)
        })
        .collect();
    for one in &mut statements {
        one.declared = None;
    }
    let with_values = chance.one_in(2) && !is_turned;
    let hand = Hand { verdicts: Verdicts::Words("Đạt", "Chưa đạt"), ..hand };
    let mut columns = vec![
        Column { heads: vec!["TT".into()], kind: Kind::Code },
        Column { heads: vec![chance.pick(words::NAME).into()], kind: Kind::Name },
    ];
    let above = chance.one_in(2) && !is_turned;
    for (n, one) in statements.iter().enumerate() {
        let head = if by_month {
            chance.pick(&[format!("Tháng {}", one.period.1), format!("T{}/{}", one.period.1, one.period.0)])
        } else {
            chance.pick(&[one.commune.1.to_owned(), format!("Xã {}", one.commune.1)])
        };
        let mut heads = if above { vec!["Kết quả các đơn vị".to_owned()] } else { Vec::new() };
        heads.push(head);
        if with_values {
            for (word, kind) in [("Kết quả", Kind::Value(n)), ("Đánh giá", Kind::Verdict(n))] {
                columns.push(Column { heads: [heads.clone(), vec![word.to_owned()]].concat(), kind });
            }
        } else {
            columns.push(Column { heads, kind: Kind::Verdict(n) });
        }
    }
    let hand = if is_turned && hand.names == Names::Absent { Hand { names: Names::Full, ..hand } } else { hand };
    let mut sheet = Sheet::new("Tổng hợp");
    let titled = Titled { commune: by_month, month: !by_month, ..ALL };
    let mut row = titles(&mut sheet, hand, &statements[0], titled, chance);
    if by_month {
        put_line(&mut sheet, row - 1, &format!("Năm {year}"), hand, chance);
        row += 1;
    }
    let rows = Rows { criteria: chance.pick(&[CriterionRows::Absent, CriterionRows::Numbered]), ..BARE };
    let rows = if is_turned { Rows { criteria: CriterionRows::Absent, ..rows } } else { rows };
    keep_shown(&mut statements, &columns);
    let table = Table { is_turned, ..table(columns, rows, hand, &statements) };
    table.put(&mut sheet, (row, 0), chance);
    let what = match (by_month, is_turned) {
        (true, _) => "a column each month",
        (_, true) => "communes as rows",
        _ => "communes as columns",
    };
    Made { what, workbook: book(vec![sheet]), statements, named: (None, None), hand }
}

/// What has no column is not stated: figures and plans.
pub(super) fn keep_shown(statements: &mut [Statement], columns: &[Column]) {
    let has = |kind| columns.iter().any(|c| c.kind == kind);
    for (n, one) in statements.iter_mut().enumerate() {
        for answer in one.answers.values_mut() {
            answer.shows_figure = has(Kind::Value(n));
            answer.plan = answer.plan.take().filter(|_| has(Kind::Owner(n)));
        }
    }
}

/// The district's verdicts on a commune's list: mostly the same.
fn review(of: &Statement, chance: &mut Chance) -> Statement {
    let mut one = Statement { assessor: "district", declared: None, ..of.clone() };
    for answer in one.answers.values_mut() {
        if answer.verdict == Some(Verdict::Met) && chance.one_in(10) {
            answer.verdict = Some(Verdict::NotMet);
        }
    }
    one
}

pub(super) const BARE: Rows = Rows {
    groups: false,
    criteria: CriterionRows::Absent,
    criterion_verdicts: false,
    singles_own: false,
    sub_lines: false,
    column_numbers: false,
};

fn rows(chance: &mut Chance, hand: Hand, extras: &Extras) -> Rows {
    let criteria = if extras.criterion_column {
        CriterionRows::Merged
    } else if hand.codes == Codes::Running {
        CriterionRows::Absent
    } else {
        chance.pick(&[CriterionRows::Absent, CriterionRows::Numbered, CriterionRows::Roman, CriterionRows::Worded])
    };
    Rows {
        groups: chance.one_in(3) && hand.codes != Codes::Running && hand.names != Names::Absent,
        criteria,
        criterion_verdicts: chance.one_in(4),
        singles_own: chance.one_in(3) && hand.codes != Codes::Number && hand.codes != Codes::Dusty,
        sub_lines: chance.one_in(3) && hand.names != Names::Absent,
        column_numbers: chance.one_in(3),
    }
}

fn table<'a>(columns: Vec<Column>, rows: Rows, hand: Hand, statements: &'a [Statement]) -> Table<'a> {
    Table { columns, rows, hand, statements, criteria: (1, 19), slips: &[], is_turned: false, totals: false }
}

/// Any hand.
fn hand(chance: &mut Chance) -> Hand {
    let codes = chance.pick(&[
        Codes::Text,
        Codes::Text,
        Codes::Prefixed,
        Codes::Worded,
        Codes::Number,
        Codes::Dusty,
        Codes::Date,
        Codes::Comma,
        Codes::Dotted,
        Codes::Padded,
        Codes::Running,
        Codes::Absent,
        Codes::InName,
    ]);
    let nameless =
        matches!(codes, Codes::Text | Codes::Prefixed | Codes::Worded | Codes::Comma | Codes::Dotted | Codes::Padded);
    let names =
        chance.pick(&[Names::Full, Names::Full, Names::Short, if nameless { Names::Absent } else { Names::Short }]);
    let letters = chance.pick(&[
        Letters::Nfc,
        Letters::Nfc,
        Letters::Nfd,
        Letters::Tcvn3,
        Letters::Vni,
        Letters::Eth,
        Letters::OldTones,
        Letters::Stray,
        Letters::Capitals,
        Letters::Mingled,
    ]);
    let hand = Hand { codes, names, letters, ..plain_hand(chance) };
    let verdicts = match chance.below(12) {
        0 => {
            let (met, not_met, legend) = chance.pick(words::SIGNS);
            Verdicts::Signs(met, not_met, legend)
        }
        1 => {
            let (empty, ticked) = chance.pick(words::BOXES);
            Verdicts::Boxes(empty, ticked)
        }
        2 if names == Names::Full => Verdicts::InName,
        _ => hand.verdicts,
    };
    Hand { verdicts, ..hand }
}

/// A hand without oddities but in figures and verdicts.
pub(super) fn plain_hand(chance: &mut Chance) -> Hand {
    let figures = chance.pick(&[Figures::Percent, Figures::Text, Figures::WithParts, Figures::Plain, Figures::Worded]);
    let verdicts = if chance.one_in(4) {
        Verdicts::Marks(chance.pick(words::MARKS), chance.pick(words::MARKED))
    } else {
        let (met, not_met) = chance.pick(words::VERDICTS);
        Verdicts::Words(met, not_met)
    };
    Hand {
        codes: Codes::Text,
        names: chance.pick(&[Names::Full, Names::Full, Names::Short]),
        figures,
        verdicts,
        letters: Letters::Nfc,
    }
}

/// What goes wrong with some rows; rows that are gone state nothing.
fn slips(chance: &mut Chance, one: &mut Statement, hand: Hand, most: usize) -> Vec<(String, Slip)> {
    let codes: Vec<String> = one.set.indicators().map(|i| i.code.clone()).collect();
    let count = chance.below(most + 1);
    let mut slips: Vec<(String, Slip)> = Vec::new();
    for _ in 0..count {
        let at = chance.below(codes.len());
        let has_code = Table::has_codes(hand) && hand.codes != Codes::Running && codes[at].contains('.');
        let slip = match chance.below(6) {
            0 if has_code => Slip::Code(codes[(at + 1) % codes.len()].clone()),
            1 if has_code && hand.names != Names::Absent => Slip::NoCode,
            2 => Slip::Twice,
            3 => Slip::Gone,
            4 if hand.codes != Codes::Running => Slip::Stranger,
            _ => Slip::Hidden,
        };
        // Of a row that carries another's code, without a name and with that other gone, nobody can tell what it is.
        let takes_anothers = |gone: usize| {
            hand.names == Names::Absent
                && gone > 0
                && slips.iter().any(|(code, slip)| *code == codes[gone - 1] && matches!(slip, Slip::Code(_)))
        };
        let is_taken = |slip: &Slip| {
            let next = &codes[(at + 1) % codes.len()];
            let next_is_gone = slips.iter().any(|(code, slip)| code == next && *slip == Slip::Gone);
            hand.names == Names::Absent && matches!(slip, Slip::Code(_)) && next_is_gone
        };
        if slip == Slip::Gone && takes_anothers(at) || is_taken(&slip) {
            continue;
        }
        if !slips.iter().any(|(code, _)| *code == codes[at]) {
            if slip == Slip::Gone {
                one.answers.remove(&codes[at]);
            }
            slips.push((codes[at].clone(), slip));
        }
    }
    slips
}

pub(super) fn book(sheets: Vec<Sheet>) -> Workbook {
    Workbook { sheets }
}

fn title(chance: &mut Chance, one: &Statement) -> String {
    let set = chance.pick(if one.is_advanced() { words::NANG_CAO } else { words::NTM });
    chance.pick(words::TITLES).replace("{set}", set)
}

fn titles(sheet: &mut Sheet, hand: Hand, one: &Statement, titled: Titled, chance: &mut Chance) -> u32 {
    titles_from(sheet, 0, hand, one, titled, chance)
}

/// Titles one a row; the row of the header comes back.
fn titles_from(sheet: &mut Sheet, row: u32, hand: Hand, one: &Statement, titled: Titled, chance: &mut Chance) -> u32 {
    let mut lines = Vec::new();
    if titled.commune {
        let words = chance.pick(words::COMMUNES);
        lines.push(words.replace("{c}", one.commune.1).replace("{C}", &one.commune.1.to_uppercase()));
    }
    lines.push(if titled.set { title(chance, one) } else { "BÁO CÁO KẾT QUẢ CÁC BỘ TIÊU CHÍ".to_owned() });
    if titled.month {
        let (year, month) = one.period;
        let words = chance.pick(words::MONTHS);
        let words = words.replace("{y}", &year.to_string()).replace("{mm}", &format!("{month:02}"));
        lines.push(words.replace("{m}", &month.to_string()));
    }
    for (n, line) in (0..).zip(&lines) {
        put_line(sheet, row + n, line, hand, chance);
    }
    row + lines.len() as u32 + 1
}

pub(super) fn put_line(sheet: &mut Sheet, row: u32, text: &str, hand: Hand, chance: &mut Chance) {
    let (value, look) = hand.text(text, chance);
    sheet.put(row, 0, value, look);
}

/// A legend, signatures, or nothing.
fn put_foot(sheet: &mut Sheet, row: u32, hand: Hand, chance: &mut Chance) {
    if chance.one_in(3) {
        put_line(sheet, row, chance.clone().pick(words::LEGENDS), hand, chance);
    }
    if chance.one_in(2) {
        for (n, text) in (0..).zip(["NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Hòa"])
        {
            let (value, look) = hand.text(text, chance);
            sheet.put(row + 2 + n, u16::from(n > 0) * 2, value, look);
        }
    }
}

/// The register's name of a commune by its place.
pub(super) fn commune(at: usize) -> &'static str {
    COMMUNES[at % COMMUNES.len()].1
}

/// A cell of plain text.
pub(super) fn plain(text: &str) -> (Value, Look) {
    (Value::text(text), Look::of("Times New Roman", 12))
}
