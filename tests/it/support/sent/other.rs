//! Reports that are no list of indicators: sentences, criteria with the codes of what is not met, forms of three periods.

use std::collections::BTreeMap;

use super::super::figures::Figure;
use super::super::reports::Verdict;
use super::super::workbook::Sheet;
use super::chance::Chance;
use super::columns::{self, Extras};
use super::hand::{Codes, Hand, Letters, Names, Verdicts};
use super::layouts::{BARE, Made, any, book, keep_shown, plain_hand, put_line};
use super::statement::{Answer, Spread, Statement, set, statement};
use super::table::{Column, CriterionRows, Kind, Rows, Table};
use super::words;

/// A report in sentences, as a news of a working session has it.
pub(super) fn prose(chance: &mut Chance) -> Made {
    let letters = chance.pick(&[Letters::Nfc, Letters::Nfd, Letters::OldTones, Letters::Stray, Letters::Vni]);
    let hand = Hand { letters, ..plain_hand(chance) };
    let mut one = any(chance, Spread::Plain);
    one.answers.values_mut().for_each(|a| (a.plan, a.shows_figure) = (None, false));
    let (criteria, indicators) = one.totals();
    let (all_criteria, all) = (one.set.criteria.len(), one.set.indicators().count());
    let set_name = chance.pick(if one.is_advanced() {
        &["nông thôn mới nâng cao", "NTM nâng cao"]
    } else {
        &["nông thôn mới", "NTM"]
    });
    let (year, month) = one.period;
    let total = format!(
        "Tính đến hết tháng {month}/{year}, xã {} đạt {criteria}/{all_criteria} tiêu chí, {indicators}/{all} chỉ tiêu {set_name}.",
        one.commune.1
    );
    let lists = unmet(&one);
    let mut sheet = Sheet::new("Báo cáo");
    let lines = match chance.below(3) {
        _ if lists.is_empty() => vec![total],
        0 => vec![format!("{total} Các chỉ tiêu chưa đạt: {}.", joined(&lists))],
        1 => vec![total, format!("Còn {} chỉ tiêu chưa đạt, gồm: {}.", all - indicators, joined(&lists))],
        _ => {
            let rows = lists.iter().map(|(number, name, codes)| {
                let codes = if codes.contains('.') { format!(" {codes}") } else { String::new() };
                format!(
                    "- Tiêu chí số {number} ({name}): chưa đạt{}",
                    if codes.is_empty() { ".".to_owned() } else { format!(" các chỉ tiêu{codes}.") }
                )
            });
            std::iter::once(total).chain(rows).collect()
        }
    };
    for (row, line) in (0..).zip(&lines) {
        put_line(&mut sheet, row, line, hand, chance);
    }
    let statements = vec![one];
    Made { what: "prose", workbook: book(vec![sheet]), statements, named: (None, None), hand }
}

/// What is not met, criterion by criterion: number, name, codes.
fn unmet(one: &Statement) -> Vec<(u16, &'static str, String)> {
    let is_unmet = |code: &str| one.answers.get(code).is_some_and(|a| a.verdict == Some(Verdict::NotMet));
    one.set
        .criteria
        .iter()
        .filter_map(|c| {
            let codes: Vec<&str> = c.indicators.iter().map(|i| i.code.as_str()).filter(|code| is_unmet(code)).collect();
            (!codes.is_empty()).then(|| (c.number, c.name.as_str(), codes.join(", ")))
        })
        .collect()
}

fn joined(lists: &[(u16, &str, String)]) -> String {
    let part = |(_, name, codes): &(u16, &str, String)| {
        let name = name.to_lowercase();
        if codes.contains('.') { format!("{name} {codes}") } else { name }
    };
    lists.iter().map(part).collect::<Vec<_>>().join("; ")
}

/// Nineteen rows of criteria, with the codes of what is not met beside them.
pub(super) fn criteria(chance: &mut Chance) -> Made {
    let letters = chance.pick(&[Letters::Nfc, Letters::Tcvn3, Letters::Vni, Letters::Nfd, Letters::Capitals]);
    let (met, not_met) = chance.pick(&[("Đạt", "Chưa đạt"), ("Đạt", "Không đạt"), ("Hoàn thành", "Chưa hoàn thành")]);
    let hand = Hand { letters, verdicts: Verdicts::Words(met, not_met), ..plain_hand(chance) };
    let one = any(chance, Spread::Plain);
    let lists = unmet(&one);
    let mut sheet = Sheet::new("Biểu");
    let set_name = chance.pick(if one.is_advanced() { words::NANG_CAO } else { words::NTM });
    put_line(&mut sheet, 0, &format!("KẾT QUẢ THỰC HIỆN 19 TIÊU CHÍ {set_name}"), hand, chance);
    put_line(
        &mut sheet,
        1,
        &format!("Xã {} - Tháng {} năm {}", one.commune.1, one.period.1, one.period.0),
        hand,
        chance,
    );
    let codes_heading = chance.pick(&["Các chỉ tiêu chưa đạt", "Chỉ tiêu chưa đạt", "Mã chỉ tiêu chưa đạt"]);
    let counts = chance.one_in(2);
    let mut heads = vec!["TT", "Tên tiêu chí"];
    heads.extend(counts.then_some("Số chỉ tiêu đạt"));
    heads.extend(["Đánh giá", codes_heading]);
    for (column, head) in (0..).zip(&heads) {
        let (value, look) = hand.text(head, chance);
        sheet.put(3, column, value, look);
    }
    let mut answers = BTreeMap::new();
    let figure = || Figure::Words("");
    let answer = |verdict| Answer { verdict: Some(verdict), figure: figure(), plan: None, shows_figure: false };
    for (row, criterion) in (4..).zip(&one.set.criteria) {
        let list = lists.iter().find(|(number, ..)| *number == criterion.number);
        let verdict = if list.is_some() { Verdict::NotMet } else { Verdict::Met };
        let codes = list.map_or(String::new(), |(_, _, codes)| codes.clone());
        let unmet: Vec<&str> = codes.split(", ").filter(|c| !c.is_empty()).collect();
        let mut cells = vec![criterion.number.to_string(), criterion.name.clone()];
        if counts {
            cells.push(format!("{}/{}", criterion.indicators.len() - unmet.len(), criterion.indicators.len()));
        }
        cells.push(if list.is_some() { not_met } else { met }.to_owned());
        cells.push(if codes.contains('.') { codes.clone() } else { String::new() });
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            let (value, look) = hand.text(&text, chance);
            sheet.put(row, column, value, look);
        }
        answers.insert(criterion.number.to_string(), answer(verdict));
        answers.extend(unmet.iter().map(|code| ((*code).to_owned(), answer(Verdict::NotMet))));
    }
    let statements = vec![Statement { answers, declared: None, ..one }];
    Made { what: "criteria with codes", workbook: book(vec![sheet]), statements, named: (None, None), hand }
}

/// A table of what is not met and nothing else, below the totals.
pub(super) fn unmet_table(chance: &mut Chance) -> Made {
    let hand = Hand { codes: Codes::Text, ..plain_hand(chance) };
    let mut one = any(chance, Spread::Plain);
    one.answers.values_mut().for_each(|a| (a.plan, a.shows_figure) = (None, false));
    let lists = unmet(&one);
    let (criteria, indicators) = one.totals();
    let (all_criteria, all) = (one.set.criteria.len(), one.set.indicators().count());
    let mut sheet = Sheet::new("Chưa đạt");
    let set_name = if one.is_advanced() { "NTM nâng cao" } else { "NTM" };
    let below = chance.pick(words::UNMET).replace("{n}", &(all - indicators).to_string());
    let lines = [
        format!("BÁO CÁO KẾT QUẢ {set_name} XÃ {}", one.commune.1.to_uppercase()),
        format!("Tháng {} năm {}", one.period.1, one.period.0),
        format!("Đến nay xã đạt {criteria}/{all_criteria} tiêu chí, {indicators}/{all} chỉ tiêu. {below}"),
    ];
    for (row, line) in (0..).zip(&lines) {
        put_line(&mut sheet, row, line, hand, chance);
    }
    let mut rows = vec![["STT", "Mã chỉ tiêu", "Nội dung", "Việc cần làm"].map(str::to_owned)];
    let codes = lists.iter().flat_map(|(_, _, codes)| codes.split(", "));
    for (n, code) in (1..).zip(codes) {
        let name = one.set.indicators().find(|i| i.code == code).map_or("", |i| i.name.as_str());
        rows.push([n.to_string(), code.to_owned(), name.to_owned(), "Đề nghị hỗ trợ kinh phí".to_owned()]);
    }
    for (row, cells) in (4..).zip(rows.iter().filter(|_| !lists.is_empty())) {
        for (column, text) in (0..).zip(cells) {
            let (value, look) = hand.text(text, chance);
            sheet.put(row, column, value, look);
        }
    }
    let statements = vec![one];
    Made { what: "a table of what is not met", workbook: book(vec![sheet]), statements, named: (None, None), hand }
}

/// An item in each line of text.
pub(super) fn lines(chance: &mut Chance) -> Made {
    let hand = Hand { names: Names::Full, ..plain_hand(chance) };
    let mut one = any(chance, Spread::Plain);
    one.answers.values_mut().for_each(|a| (a.plan, a.shows_figure) = (None, false));
    one.declared = None;
    let set_name = if one.is_advanced() { "NTM nâng cao" } else { "NTM" };
    let head = format!("UBND xã {} báo cáo {set_name} tháng {}/{}:", one.commune.1, one.period.1, one.period.0);
    let mut sheet = Sheet::new("Báo cáo");
    put_line(&mut sheet, 0, &head, hand, chance);
    let (bullet, last) = chance.pick(&[("- ", "."), ("", ""), ("+ ", ";")]);
    for (row, indicator) in (1..).zip(one.set.indicators()) {
        let met = one.answers[&indicator.code].verdict == Some(Verdict::Met);
        let verdict = if met { "đạt" } else { "chưa đạt" };
        let line = format!("{bullet}{}. {}: {verdict}{last}", indicator.code, indicator.name);
        put_line(&mut sheet, row, &line, hand, chance);
    }
    let statements = vec![one];
    Made { what: "an item a line", workbook: book(vec![sheet]), statements, named: (None, None), hand }
}

/// Last year's end, this half year, and what is planned, side by side: the form of a commune's Biểu 10.
pub(super) fn three_periods(chance: &mut Chance) -> Made {
    let hand = Hand {
        codes: Codes::Text,
        names: Names::Full,
        verdicts: Verdicts::Words("Đạt", "Chưa đạt"),
        ..plain_hand(chance)
    };
    let year = chance.pick(&[2023, 2024]);
    let (commune, of) = (chance.below(16), set(chance.one_in(2)));
    let one = statement(chance, commune, (year, 6), of, Spread::Plain);
    let column = |heads: &[&str], kind| Column { heads: heads.iter().map(|&h| h.to_owned()).collect(), kind };
    let (before, now, after) = (
        format!("KQ đến 31/12/{}", year - 1),
        format!("Thực hiện 6 tháng năm {year}"),
        format!("Kế hoạch 6 tháng cuối năm {year}"),
    );
    let columns = vec![
        column(&["TT"], Kind::Code),
        column(&["Nội dung"], Kind::Name),
        column(&["ĐVT"], Kind::Unit),
        column(&[&before, "Kết quả"], Kind::EarlierValue(0)),
        column(&[&before, "Đánh giá"], Kind::EarlierVerdict),
        column(&[&now, "Kết quả"], Kind::Value(0)),
        column(&[&now, "Đánh giá"], Kind::Verdict(0)),
        column(&[&after, "Kết quả"], Kind::EarlierValue(0)),
        column(&[&after, "Đánh giá"], Kind::Planned),
        column(&["Ghi chú"], Kind::Note),
    ];
    let mut sheet = Sheet::new("Biểu 10");
    let set_name = if one.is_advanced() { "NÔNG THÔN MỚI NÂNG CAO" } else { "NÔNG THÔN MỚI" };
    for (row, line) in (0..).zip([
        format!("Biểu 10: KẾT QUẢ THỰC HIỆN TIÊU CHÍ {set_name}"),
        format!("UBND xã {}", one.commune.1),
        format!("(Số liệu đến hết tháng 6 năm {year})"),
    ]) {
        put_line(&mut sheet, row, &line, hand, chance);
    }
    let mut statements = vec![one];
    keep_shown(&mut statements, &columns);
    let rows = Rows { criteria: CriterionRows::Numbered, ..BARE };
    let table = Table {
        columns,
        rows,
        hand,
        statements: &statements,
        criteria: (1, 19),
        slips: &[],
        is_turned: false,
        totals: false,
    };
    table.put(&mut sheet, (4, 0), chance);
    Made { what: "three periods side by side", workbook: book(vec![sheet]), statements, named: (None, None), hand }
}

/// A list beside sheets that are none: an instruction, a budget, a hidden copy of last month.
pub(super) fn among_others(chance: &mut Chance) -> Made {
    let hand = plain_hand(chance);
    let one = any(chance, Spread::Plain);
    let mut statements = vec![one];
    let extras = Extras::plain(chance);
    let columns = columns::list(chance, hand, &extras, &statements);
    keep_shown(&mut statements, &columns);
    let mut sheet = Sheet::new("Biểu");
    let set_name = if statements[0].is_advanced() { "NTM nâng cao" } else { "NTM" };
    let (year, month) = statements[0].period;
    put_line(
        &mut sheet,
        0,
        &format!("Kết quả {set_name} xã {} tháng {month}/{year}", statements[0].commune.1),
        hand,
        chance,
    );
    let rows = Rows { criteria: CriterionRows::Numbered, ..BARE };
    let table = Table {
        columns,
        rows,
        hand,
        statements: &statements,
        criteria: (1, 19),
        slips: &[],
        is_turned: false,
        totals: false,
    };
    table.put(&mut sheet, (2, 0), chance);
    let mut guide = Sheet::new("Hướng dẫn");
    for (row, line) in (0..).zip([
        "HƯỚNG DẪN GHI BIỂU",
        "1. Cột «Đánh giá» ghi Đạt hoặc Chưa đạt; xã chưa đạt chỉ tiêu nào thì ghi rõ lý do.",
        "2. Tiêu chí đạt khi tất cả các chỉ tiêu thành phần đều đạt, ví dụ đạt 4/4 chỉ tiêu.",
        "3. Gửi về Văn phòng Điều phối trước ngày 25 hằng tháng.",
    ]) {
        put_line(&mut guide, row, line, hand, chance);
    }
    let sheets =
        if chance.one_in(2) { vec![guide, sheet] } else { vec![sheet, super::strangers::budget(chance), guide] };
    Made { what: "a list among other sheets", workbook: book(sheets), statements, named: (None, None), hand }
}
