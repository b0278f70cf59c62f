//! When a table's figures are of: by its titles, the texts below it, its headings.

use super::located::Located;
use crate::catalogue::{Role, Vocabulary};
use crate::model::Period;
use crate::recognise::apart;
use crate::recognise::columns::{Columns, bare_month};
use crate::recognise::period::{self, Dated, WholeYear};
use crate::text::{clean, date, fold};

/// What a table's titles say of its time.
pub(super) struct Titled {
    dated: Dated,
    /// The year that they report on as a whole.
    whole_year: Option<WholeYear>,
    /// The one year that the sheet's lists are of.
    sheet_year: Option<i16>,
    /// The one year that titles, the sheet or the file's name speak of, for months without one.
    pub(super) year: Option<i16>,
}

impl Titled {
    pub(super) fn of(located: &Located<'_, '_>) -> Self {
        let vocabulary = &located.context.catalogue.vocabulary;
        let texts: Vec<&str> = located.titles.iter().map(|c| c.text.as_str()).collect();
        let sheet_year = apart::one_year(located.view);
        let dated = period::dated(&texts, sheet_year, vocabulary);
        let year = period::year_of(&located.titles, &dated.periods)
            .or(sheet_year)
            .or_else(|| period::year_in(located.context.path));
        let whole_year = period::whole_year(&texts, vocabulary).filter(|_| !dated.is_stated);
        Titled { dated, whole_year, sheet_year, year }
    }

    /// The one month that the titles speak of.
    pub(super) fn period(&self) -> Option<Period> {
        if let [only] = self.dated.periods.as_slice() { Some(*only) } else { None }
    }
}

/// The time of a table, as it says it.
pub(super) struct Time {
    pub(super) dated: Dated,
    /// The month in the sheet's name.
    pub(super) of_sheet: Option<Period>,
    /// The year that the titles plainly report on as a whole.
    pub(super) whole_year: Option<i16>,
    pub(super) year: Option<i16>,
}

impl Time {
    /// By the titles first; where they say nothing, by a label and its number in cells beside each other, by the day below, by
    /// the headings. A row that names its month itself overrules them all.
    pub(super) fn of(titled: Titled, located: &Located<'_, '_>, columns: &Columns) -> Self {
        let vocabulary = &located.context.catalogue.vocabulary;
        let Titled { mut dated, whole_year, sheet_year, year } = titled;
        let of = |texts: &[&str]| period::dated(texts, sheet_year, vocabulary);
        if dated.periods.is_empty() {
            // "Tháng:" and its number may stand in cells beside each other, the year below.
            let labelled = located.title(" ");
            dated = Dated { is_stated: true, ..of(&[&labelled]) };
            dated.periods.retain(|_| labelled.len() < 600);
        }
        if dated.periods.is_empty() {
            dated = of(&located.alone_below().map(|c| c.text.as_str()).collect::<Vec<_>>());
        }
        if let Some(whole) = whole_year.filter(|_| !dated.is_stated) {
            // Signed in the first months of the next year: the report is of the whole year.
            let signed_after = dated.periods.first().is_some_and(|p| p.year() == whole.year + 1 && p.month() <= 3);
            let december = Period::new(whole.year, 12).filter(|_| signed_after);
            dated = december.map_or(dated, |december| Dated { periods: vec![december], is_stated: true, span: 12 });
        }
        if dated.periods.is_empty() {
            // "Kết quả đến 31/1/2024" over a column says it too.
            let headings = columns.headers.iter().map(|(_, words)| words.as_str());
            dated = of(&headings.filter(|words| !is_of_another_time(words, vocabulary)).collect::<Vec<_>>());
        }
        if let Some(period) = located.view.about.period {
            dated = Dated { periods: vec![period], is_stated: true, span: 1 };
        }
        let sheet = clean(&located.view.grid.sheet);
        Time {
            dated,
            of_sheet: date::months(&sheet).first().copied().or_else(|| bare_month(&sheet, year)),
            whole_year: whole_year.filter(|whole| whole.is_plain).map(|whole| whole.year),
            year,
        }
    }

    /// The month of the report, where the table or its sheet's name says one.
    pub(super) fn month(&self) -> Option<Period> {
        self.dated.periods.first().copied().or(self.of_sheet)
    }
}

/// Whether the heading of a column speaks of a plan, a deadline or an earlier time.
fn is_of_another_time(heading: &str, vocabulary: &Vocabulary) -> bool {
    let roles = vocabulary.header_roles(&fold(heading));
    [Role::Planned, Role::Previous, Role::Due, Role::Roadmap, Role::Target].iter().any(|role| roles.contains_key(role))
}
