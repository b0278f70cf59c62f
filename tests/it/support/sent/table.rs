//! One table on a sheet: columns with headings of any depth, rows of any kind, upright or turned.

use super::super::figures::{Figure, target};
use super::super::reports::Verdict;
use super::super::sets::{Criterion, Indicator};
use super::super::workbook::{Look, NumberFormat, Sheet, Value};
use super::chance::Chance;
use super::hand::{Codes, Hand, Verdicts, Written};
use super::statement::Statement;
use super::words;

/// A column: its headings from the top, and what it holds.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) heads: Vec<String>,
    pub(super) kind: Kind,
}

/// What a column holds; a number is the statement it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Code,
    Criterion,
    Name,
    Target,
    /// The target of another region.
    OtherTarget(usize),
    Unit,
    Value(usize),
    Verdict(usize),
    Mark(usize, Verdict),
    /// Points given; points at most.
    Points(usize),
    FullPoints,
    Note,
    /// A figure and a verdict of an earlier period.
    EarlierValue(usize),
    EarlierVerdict,
    /// What is planned.
    Planned,
    Owner(usize),
    Task(usize),
    Due(usize),
}

/// How the rows of criteria are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CriterionRows {
    Absent,
    Numbered,
    Roman,
    /// `Tiêu chí số 2: Giao thông`
    Worded,
    /// Merged down a column of their own.
    Merged,
}

/// Which rows a table has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows {
    pub(super) groups: bool,
    pub(super) criteria: CriterionRows,
    pub(super) criterion_verdicts: bool,
    /// `10.1` below `10`.
    pub(super) singles_own: bool,
    pub(super) sub_lines: bool,
    pub(super) column_numbers: bool,
}

/// What went wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slip {
    /// It carries another code.
    Code(String),
    /// It carries no code.
    NoCode,
    /// It stands twice.
    Twice,
    /// It is not there.
    Gone,
    /// A row that fits nothing stands below it.
    Stranger,
    /// Its row is hidden.
    Hidden,
}

/// A table to be laid out.
pub(super) struct Table<'a> {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Rows,
    pub(super) hand: Hand,
    pub(super) statements: &'a [Statement],
    /// Criteria from one number to another, both included.
    pub(super) criteria: (u16, u16),
    /// By code.
    pub(super) slips: &'a [(String, Slip)],
    /// Items stand side by side.
    pub(super) is_turned: bool,
    /// Print the totals below.
    pub(super) totals: bool,
}

/// The pen: where the table stands and how far it got.
struct Pen<'s> {
    sheet: &'s mut Sheet,
    at: (u32, u16),
    row: u32,
    running: usize,
}

impl Table<'_> {
    /// Puts the table on a sheet and tells the first row below it.
    pub(super) fn put(&self, sheet: &mut Sheet, at: (u32, u16), chance: &mut Chance) -> u32 {
        let mut pen = Pen { sheet, at, row: 0, running: 0 };
        self.put_header(&mut pen, chance);
        let set = self.statements[0].set;
        let mut group = "";
        let mut groups = 0;
        for criterion in set.criteria.iter().filter(|c| (self.criteria.0..=self.criteria.1).contains(&c.number)) {
            if self.rows.groups && criterion.group != group {
                groups += 1;
                group = &criterion.group;
                self.put_label(&mut pen, roman(groups), &group.to_uppercase(), chance);
            }
            self.put_criterion(&mut pen, criterion, chance);
        }
        if self.totals {
            self.put_totals(&mut pen, chance);
        }
        if self.is_turned { at.0 + self.columns.len() as u32 } else { at.0 + pen.row }
    }

    fn cell(&self, pen: &mut Pen<'_>, row: u32, column: usize, written: Written, chance: &mut Chance) {
        let (value, look) = match written {
            Written::Text(text) if text.is_empty() => return,
            Written::Text(text) => self.hand.text(&text, chance),
            Written::Value(value) => (value, Look::of("Times New Roman", 12)),
        };
        let (row, column) = self.place(pen, row, column);
        pen.sheet.put(row, column, value, look);
    }

    fn place(&self, pen: &Pen<'_>, row: u32, column: usize) -> (u32, u16) {
        if self.is_turned {
            (pen.at.0 + column as u32, pen.at.1 + row as u16)
        } else {
            (pen.at.0 + row, pen.at.1 + column as u16)
        }
    }

    fn merge(&self, pen: &mut Pen<'_>, first: (u32, usize), last: (u32, usize)) {
        let (first, last) = (self.place(pen, first.0, first.1), self.place(pen, last.0, last.1));
        pen.sheet.merge(first, last);
    }

    /// Headings that are alike are merged across, those of less depth down.
    fn put_header(&self, pen: &mut Pen<'_>, chance: &mut Chance) {
        let depth = self.columns.iter().map(|c| c.heads.len()).max().unwrap_or(1);
        for level in 0..depth {
            let mut column = 0;
            while column < self.columns.len() {
                let heads = &self.columns[column].heads;
                let Some(head) = heads.get(level) else {
                    column += 1;
                    continue;
                };
                let is_last = level + 1 == heads.len();
                let same = |c: &&Column| c.heads.len() > level + 1 && c.heads[..=level] == heads[..=level];
                let run = if is_last { 1 } else { self.columns[column..].iter().take_while(same).count() };
                self.cell(pen, level as u32, column, Written::Text(head.clone()), chance);
                let down = if is_last { depth - 1 } else { level };
                self.merge(pen, (level as u32, column), (down as u32, column + run - 1));
                column += run;
            }
        }
        pen.row = depth as u32;
        if self.rows.column_numbers {
            for column in 0..self.columns.len() {
                self.cell(pen, pen.row, column, Written::Text(format!("({})", column + 1)), chance);
            }
            pen.row += 1;
        }
    }

    fn put_label(&self, pen: &mut Pen<'_>, code: &str, name: &str, chance: &mut Chance) {
        for (column, found) in self.columns.iter().enumerate() {
            match found.kind {
                Kind::Code => self.cell(pen, pen.row, column, Written::Text(code.to_owned()), chance),
                Kind::Name => self.cell(pen, pen.row, column, Written::Text(name.to_owned()), chance),
                _ => {}
            }
        }
        pen.row += 1;
    }

    fn put_criterion(&self, pen: &mut Pen<'_>, criterion: &Criterion, chance: &mut Chance) {
        let is_single = criterion.indicators.len() == 1;
        let own_row = self.rows.criteria != CriterionRows::Merged && self.rows.criteria != CriterionRows::Absent;
        let top = pen.row;
        if own_row && (self.rows.singles_own || !is_single) {
            let number = criterion.number.to_string();
            let (code, name) = match self.rows.criteria {
                CriterionRows::Worded => (String::new(), format!("Tiêu chí số {number}: {}", criterion.name)),
                CriterionRows::Roman => (roman(criterion.number).to_owned(), criterion.name.clone()),
                _ => (number, criterion.name.clone()),
            };
            if self.rows.criterion_verdicts {
                self.put_criterion_verdicts(pen, criterion, chance);
            }
            self.put_label(pen, &code, &name, chance);
        }
        for indicator in &criterion.indicators {
            let code = if is_single && own_row && self.rows.singles_own {
                format!("{}.1", indicator.code)
            } else {
                indicator.code.clone()
            };
            self.put_with_slips(pen, criterion, indicator, &code, chance);
        }
        let merged = self.columns.iter().position(|c| c.kind == Kind::Criterion);
        if let Some(column) = merged.filter(|_| pen.row > top) {
            let text = format!("{}. {}", criterion.number, criterion.name);
            self.cell(pen, top, column, Written::Text(text), chance);
            self.merge(pen, (top, column), (pen.row - 1, column));
        }
    }

    fn put_criterion_verdicts(&self, pen: &mut Pen<'_>, criterion: &Criterion, chance: &mut Chance) {
        for (column, found) in self.columns.iter().enumerate() {
            if let Kind::Verdict(of) = found.kind {
                let answers = &self.statements[of].answers;
                // The row of a criterion with one indicator states that indicator: nothing where nothing is stated.
                if let [only] = criterion.indicators.as_slice()
                    && answers.get(&only.code).is_none_or(|answer| answer.verdict.is_none())
                {
                    continue;
                }
                let unmet = criterion.indicators.iter().any(|i| {
                    answers
                        .get(&i.code)
                        .is_none_or(|a| !matches!(a.verdict, Some(Verdict::Met | Verdict::NotApplicable)))
                });
                let verdict = if unmet { Verdict::NotMet } else { Verdict::Met };
                self.cell(pen, pen.row, column, Written::Text(self.verdict(verdict).unwrap_or_default()), chance);
            }
        }
    }

    fn put_with_slips(
        &self,
        pen: &mut Pen<'_>,
        criterion: &Criterion,
        indicator: &Indicator,
        code: &str,
        chance: &mut Chance,
    ) {
        let slip = self.slips.iter().find(|(of, _)| *of == indicator.code).map(|(_, slip)| slip);
        match slip {
            Some(Slip::Gone) => return,
            Some(Slip::Code(other)) => self.put_item(pen, criterion, indicator, other, chance),
            Some(Slip::NoCode) => self.put_item(pen, criterion, indicator, "", chance),
            Some(Slip::Twice) => {
                self.put_item(pen, criterion, indicator, code, chance);
                self.put_item(pen, criterion, indicator, code, chance);
            }
            Some(Slip::Hidden) => {
                pen.sheet.hidden_rows.insert(pen.at.0 + pen.row);
                self.put_item(pen, criterion, indicator, code, chance);
            }
            Some(Slip::Stranger) | None => self.put_item(pen, criterion, indicator, code, chance),
        }
        if slip == Some(&Slip::Stranger) {
            let (code, name) = chance.pick(words::STRANGE_ROWS);
            for (column, found) in self.columns.iter().enumerate() {
                if let Kind::Verdict(_) = found.kind {
                    self.cell(
                        pen,
                        pen.row,
                        column,
                        Written::Text(self.verdict(Verdict::Met).unwrap_or_default()),
                        chance,
                    );
                }
            }
            self.put_label(pen, code, name, chance);
        }
        if self.rows.sub_lines && criterion.number == 2 {
            self.put_label(pen, "", "- Trong đó: đường trục chính", chance);
        }
    }

    fn put_item(
        &self,
        pen: &mut Pen<'_>,
        criterion: &Criterion,
        indicator: &Indicator,
        code: &str,
        chance: &mut Chance,
    ) {
        pen.running += 1;
        let row = pen.row;
        for (column, found) in self.columns.iter().enumerate() {
            if let Some(written) = self.written(found.kind, criterion, indicator, code, pen.running, chance) {
                self.cell(pen, row, column, written, chance);
            }
        }
        pen.row += 1;
    }

    fn written(
        &self,
        kind: Kind,
        criterion: &Criterion,
        indicator: &Indicator,
        code: &str,
        running: usize,
        chance: &mut Chance,
    ) -> Option<Written> {
        let answer = |of: usize| self.statements[of].answers.get(&indicator.code);
        let text = |text: &str| Some(Written::Text(text.to_owned()));
        match kind {
            Kind::Code if code.is_empty() => None,
            Kind::Code => self.hand.code(code, running),
            Kind::Criterion => None,
            Kind::Name => {
                let is_single = criterion.indicators.len() == 1;
                let name = if is_single && !self.rows.singles_own && self.rows.criteria != CriterionRows::Merged {
                    criterion.name.clone()
                } else {
                    indicator.name.clone()
                };
                let ending = match (self.hand.verdicts, self.statements[0].answers.get(&indicator.code)) {
                    (Verdicts::InName, Some(answer)) => format!(" → {}", self.word(answer.verdict?).to_lowercase()),
                    _ => String::new(),
                };
                Some(Written::Text(format!("{}{ending}", self.hand.name(code, &name)?)))
            }
            Kind::Target => text(target(&self.statements[0].set.id, indicator)),
            Kind::OtherTarget(region) => {
                text(if indicator.kind == "yes_no" { "Đạt" } else { ["≥70%", "≥85%", "100%"][region % 3] })
            }
            Kind::Unit => text(if indicator.kind == "yes_no" { "" } else { indicator.unit.as_str() }),
            Kind::Value(of) => match &answer(of)?.figure {
                Figure::Words(words) => text(words),
                Figure::Number(number) => Some(self.hand.figure(*number, &indicator.unit)),
            },
            Kind::Verdict(of) => self.verdict(answer(of)?.verdict?).map(Written::Text),
            Kind::Mark(of, verdict) => {
                let stated = answer(of)?.verdict?;
                let Verdicts::Marks(mark, _) = self.hand.verdicts else {
                    return text("x").filter(|_| stated == verdict);
                };
                text(mark).filter(|_| stated == verdict)
            }
            Kind::Points(of) => {
                let met = answer(of)?.verdict == Some(Verdict::Met);
                Some(Written::Value(Value::Number(if met { 2.0 } else { 1.0 }, NumberFormat::General)))
            }
            Kind::FullPoints => Some(Written::Value(Value::Number(2.0, NumberFormat::General))),
            Kind::Note => chance.one_in(9).then(|| Written::Text(chance.pick(words::NOTES).to_owned())),
            Kind::EarlierValue(of) => match &answer(of)?.figure {
                Figure::Words(words) => text(words),
                Figure::Number(number) => Some(self.hand.figure((number * 9.0).round() / 10.0, &indicator.unit)),
            },
            Kind::EarlierVerdict => {
                let verdict = if chance.one_in(2) { Verdict::Met } else { Verdict::NotMet };
                self.verdict(verdict).map(Written::Text)
            }
            Kind::Planned => text(self.word(Verdict::Met)),
            Kind::Owner(of) => text(answer(of)?.plan.as_ref()?.0),
            Kind::Task(of) => text(answer(of)?.plan.as_ref()?.1),
            Kind::Due(of) => Some(Written::Value(Value::date(answer(of)?.plan.as_ref()?.2))),
        }
    }

    /// A verdict as it stands in its column.
    fn verdict(&self, verdict: Verdict) -> Option<String> {
        Some(match (self.hand.verdicts, verdict) {
            (Verdicts::Signs(met, ..), Verdict::Met) => met.to_owned(),
            (Verdicts::Signs(_, not_met, _), _) => not_met.to_owned(),
            (Verdicts::Boxes(empty, ticked), Verdict::Met) => format!("{ticked} Đạt   {empty} Chưa đạt"),
            (Verdicts::Boxes(empty, ticked), _) => format!("{empty} Đạt   {ticked} Chưa đạt"),
            _ => self.word(verdict).to_owned(),
        })
    }

    fn word(&self, verdict: Verdict) -> &'static str {
        let (met, not_met) = match self.hand.verdicts {
            Verdicts::Words(met, not_met) => (met, not_met),
            _ => ("Đạt", "Chưa đạt"),
        };
        match verdict {
            Verdict::Met => met,
            Verdict::NotMet => not_met,
            Verdict::NearlyMet => "Cơ bản đạt",
            Verdict::NotApplicable => "Không áp dụng",
        }
    }

    fn put_totals(&self, pen: &mut Pen<'_>, chance: &mut Chance) {
        let label = self
            .columns
            .iter()
            .position(|c| c.kind == Kind::Name)
            .or_else(|| self.columns.iter().position(|c| c.kind == Kind::Code));
        for (of, words) in [(0, "Tổng số tiêu chí đạt"), (1, "Tổng số chỉ tiêu đạt")] {
            self.cell(pen, pen.row, label.unwrap_or(0), Written::Text(words.to_owned()), chance);
            let mut done = Vec::new();
            for (column, found) in self.columns.iter().enumerate() {
                let (Kind::Verdict(statement) | Kind::Mark(statement, Verdict::Met)) = found.kind else { continue };
                let Some(declared) = self.statements[statement].declared else { continue };
                if done.contains(&statement) {
                    continue;
                }
                done.push(statement);
                let set = self.statements[statement].set;
                let (met, all) =
                    if of == 0 { (declared.0, set.criteria.len()) } else { (declared.1, set.indicators().count()) };
                self.cell(pen, pen.row, column, Written::Text(format!("{met}/{all}")), chance);
            }
            pen.row += 1;
        }
    }

    /// Whether the code column stands at all.
    pub(super) fn has_codes(hand: Hand) -> bool {
        !matches!(hand.codes, Codes::Absent | Codes::InName)
    }
}

/// Roman numerals to nineteen.
pub(super) fn roman(number: u16) -> &'static str {
    const NUMERALS: [&str; 19] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
        "XVIII", "XIX",
    ];
    NUMERALS[usize::from(number) - 1]
}
