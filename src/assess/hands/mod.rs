//! Several hands on one report: the commune's verdict, the district's, a decision on record. Which of them counts is a
//! setting; a decision counts before both. What the others say is kept, and where they differ is listed.
//!
//! The verdicts that count are laid over the commune's rows, so that everything after it counts them and nothing else
//! needs to know whose they are. Where the settings name no other hand and no decision, nothing is laid over anything.

use polars::df;
use polars::prelude::{
    DataFrame, DataType, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, MaintainOrderJoin, NULL, PolarsResult, Schema,
    SortMultipleOptions, UnionArgs, UniqueKeepStrategy, col, concat, len, lit, when,
};

use super::Input;
use super::columns::{numbers, texts};
use super::grid::{MONTHLY, agreed_verdict, columns};
use super::scope::Scope;
use super::standing::{codes, pairs};
use super::statement::{self, by_names};
use crate::model::{Assessor, ItemCode, Verdict};
use crate::settings::Decision;

/// Whose verdict counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hand {
    /// The commune's own.
    Commune,
    /// The district's.
    District,
    /// A decision on record.
    Decision,
}

impl Hand {
    /// The word of JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Hand::Commune => COMMUNE,
            Hand::District => DISTRICT,
            Hand::Decision => DECISION,
        }
    }

    /// The hand of a word in the frames of this stage.
    pub(super) fn from_word(word: Option<&str>) -> Self {
        match word {
            Some(DISTRICT) => Hand::District,
            Some(DECISION) => Hand::Decision,
            _ => Hand::Commune,
        }
    }
}

/// An item of which the hands say different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// The item; a criterion where the district judges it as a whole.
    pub code: ItemCode,
    /// What the commune says; of a whole criterion what its indicators come to.
    pub commune: Option<Said>,
    /// What the district says.
    pub district: Option<Said>,
    /// What is decided.
    pub decision: Option<Decision>,
    /// Whose verdict counts.
    pub counts: Hand,
}

/// A verdict and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The verdict.
    pub verdict: Verdict,
    /// The sheet.
    pub sheet: String,
    /// The cell.
    pub cell: String,
    /// The file.
    pub file: String,
    /// Its row in [`Assessment::data`](super::Assessment::data).
    pub source: Option<u32>,
}

const COMMUNE: &str = "commune";
const DISTRICT: &str = "district";
const DECISION: &str = "decision";

/// What a row has from the hand whose verdict counts; its value, remark and plan stay the commune's.
const LAID: [&str; 7] = ["verdict", "verdict_text", "file", "sha256", "sheet", "cell", "row"];

/// What the other hands say of the reports that the keys tell apart.
pub(super) struct Hands {
    keys: Vec<&'static str>,
    /// The district's verdicts, whether they count or not; `counts` says it.
    reviewed: Option<DataFrame>,
    /// Decisions that stand, `decision` their place in the settings.
    decided: Option<DataFrame>,
    /// The verdicts that count in place of the commune's.
    over: Option<DataFrame>,
}

impl Hands {
    /// What is said of reports besides what communes say. `reports` has the keys and `period`, its own month; decisions
    /// count by the month of `as_of`, the setting of the hand by that of the report. `reviews` are the district's rows.
    pub(super) fn of(
        input: &Input<'_>,
        scope: &Scope<'_>,
        reports: &LazyFrame,
        as_of: &Expr,
        reviews: LazyFrame,
        keys: &[&'static str],
    ) -> PolarsResult<Self> {
        let reports = reports.clone().filter(col("period").is_not_null());
        let reviewed = reviewed(scope, reviews, keys)?;
        let reviewed = match reviewed.height() {
            0 => None,
            _ => Some(counting(input, scope, &reports, reviewed, keys)?),
        };
        let decided = decided(input, scope, &reports, as_of, keys)?;
        let over = over(reviewed.as_ref(), decided.as_ref(), keys)?;
        Ok(Hands { keys: keys.to_vec(), reviewed, decided, over })
    }

    /// Whether every verdict that counts is the commune's own.
    pub(super) fn is_plain(&self) -> bool {
        self.over.is_none()
    }

    /// The commune's rows with the verdicts that count, `hand` saying whose they are; with rows of items that only
    /// another hand names.
    pub(super) fn lay_over(&self, own: LazyFrame) -> PolarsResult<LazyFrame> {
        let Some(over) = &self.over else { return Ok(as_stated(&own)) };
        let item = self.item();
        let schema = own.clone().collect_schema()?;
        let named = over.clone().lazy().select(
            [columns(&item), vec![col("hand")], LAID.map(|name| col(name).alias(format!("{name}_over"))).to_vec()]
                .concat(),
        );
        let replaced: Vec<Expr> = LAID
            .iter()
            .filter(|name| schema.contains(name))
            .map(|name| {
                let over = col(format!("{name}_over"));
                when(over.clone().is_not_null()).then(over).otherwise(col(*name)).alias(*name)
            })
            .collect();
        let kept: Vec<Expr> = schema.iter_names().map(|name| col(name.clone())).collect();
        let in_order = JoinArgs { maintain_order: MaintainOrderJoin::Left, ..JoinArgs::new(JoinType::Left) };
        let laid = own
            .clone()
            .join(named, columns(&item), columns(&item), in_order)
            .with_columns([replaced, vec![col("hand").fill_null(lit(COMMUNE))]].concat())
            .select([kept, vec![col("hand")]].concat());
        let alone = over.clone().lazy().join(own, columns(&item), columns(&item), JoinArgs::new(JoinType::Anti));
        concat([laid, alone.select(filled(&schema, &item))], UnionArgs::default())
    }

    /// Where the hands differ, by commune, set and item; `own` are the commune's rows, `criteria` what they come to.
    pub(super) fn disagreements(
        &self,
        input: &Input<'_>,
        own: &LazyFrame,
        criteria: &DataFrame,
    ) -> PolarsResult<Vec<((u32, u32), Disagreement)>> {
        let said = [&self.reviewed, &self.decided];
        let item = self.item();
        let named: Vec<LazyFrame> =
            said.into_iter().flatten().map(|frame| frame.clone().lazy().select(columns(&item))).collect();
        if named.is_empty() {
            return Ok(Vec::new());
        }
        let place = ["sheet", "cell", "file", "row"];
        let of = |hand: &str, verdict: &str| {
            let renamed = place.map(|name| col(name).alias(format!("{hand}_{name}")));
            [columns(&item), vec![col(verdict).alias(format!("{hand}_verdict"))], renamed.to_vec()].concat()
        };
        let left = |frame: LazyFrame, other: LazyFrame, on: &[&str]| {
            frame.join(other, columns(on), columns(on), JoinArgs::new(JoinType::Left))
        };
        let stated = own.clone().group_by_stable(columns(&item)).agg([vec![agreed_verdict()], firsts(&place)].concat());
        let wholes = [&self.keys[..], &["criterion"]].concat();
        let of_whole = criteria.clone().lazy().select([columns(&wholes), vec![col("status").alias("whole")]].concat());
        let all = concat(named, UnionArgs::default())?.unique_stable(Some(by_names(&item)), UniqueKeepStrategy::First);
        let mut frame = left(left(all, stated.select(of(COMMUNE, "verdict")), &item), of_whole, &wholes);
        frame = match &self.reviewed {
            Some(reviewed) => {
                let reviewed = reviewed.clone().lazy();
                let counts = reviewed.clone().select([columns(&item), vec![col("counts")]].concat());
                left(left(frame, reviewed.select(of(DISTRICT, "verdict")), &item), counts, &item)
            }
            None => frame
                .with_columns([lit(NULL).cast(DataType::String).alias("district_verdict"), lit(false).alias("counts")]),
        };
        frame = match &self.decided {
            Some(decided) => left(
                frame,
                decided.clone().lazy().select([columns(&item), columns(&["decided", "decision"])].concat()),
                &item,
            ),
            None => frame.with_column(lit(NULL).cast(DataType::String).alias("decided")),
        };
        // A criterion of several indicators is what they come to; what it does not come to is no verdict.
        let whole = when(
            col("whole").eq(lit("met")).or(col("whole").eq(lit("not_met"))).or(col("whole").eq(lit("not_applicable"))),
        )
        .then(col("whole"))
        .otherwise(lit(NULL));
        let commune = || col("commune_verdict");
        let differs = |one: &str, other: Expr| col(one).is_not_null().and(col(one).neq_missing(other));
        let frame = frame
            .with_column(when(col("indicator").eq(lit(0u32))).then(whole).otherwise(commune()).alias("commune_verdict"))
            .filter(
                differs("district_verdict", commune()).or(differs("decided", commune())).or(differs(
                    "decided",
                    col("district_verdict"),
                )
                .and(col("district_verdict").is_not_null())),
            )
            .sort(item, SortMultipleOptions::default())
            .collect()?;
        read(&frame, &input.settings.decisions)
    }

    fn item(&self) -> Vec<&'static str> {
        [&self.keys[..], &["criterion", "indicator"]].concat()
    }
}

/// The verdicts that count in place of the commune's: decisions, then the district's where it is the hand.
fn over(
    reviewed: Option<&DataFrame>,
    decided: Option<&DataFrame>,
    keys: &[&'static str],
) -> PolarsResult<Option<DataFrame>> {
    let item = [keys, &["criterion", "indicator"]].concat();
    let kept = [&item[..], &["hand"], &LAID].concat();
    let nothing =
        |name: &str| lit(NULL).cast(if name == "row" { DataType::UInt32 } else { DataType::String }).alias(name);
    let decided = decided.map(|decided| {
        let places: Vec<Expr> = LAID.iter().filter(|name| **name != "verdict").map(|name| nothing(name)).collect();
        let verdict = [col("decided").alias("verdict"), lit(DECISION).alias("hand")];
        decided.clone().lazy().with_columns([places, verdict.to_vec()].concat()).select(columns(&kept))
    });
    let reviewed = reviewed.map(|reviewed| {
        let counting = reviewed.clone().lazy().filter(col("counts")).with_column(lit(DISTRICT).alias("hand"));
        let counting = counting.select(columns(&kept));
        match &decided {
            Some(decided) => {
                counting.join(decided.clone(), columns(&item), columns(&item), JoinArgs::new(JoinType::Anti))
            }
            None => counting,
        }
    });
    let laid: Vec<LazyFrame> = [decided, reviewed].into_iter().flatten().collect();
    if laid.is_empty() {
        return Ok(None);
    }
    let over = concat(laid, UnionArgs::default())?.collect()?;
    Ok((over.height() > 0).then_some(over))
}

/// The district's rows of some months that count by the register.
fn reviews(input: &Input<'_>, scope: &Scope<'_>, months: &Expr) -> LazyFrame {
    let rows = input.observations.clone().filter(statement::of(input, Assessor::District).and(months.clone()));
    statement::ranked(rows, scope)
        .filter(statement::counts_of(input, Assessor::District))
        .with_column(lit(NULL).cast(DataType::UInt32).alias("row"))
}

/// The commune's rows, each marked as its own.
pub(super) fn as_stated(own: &LazyFrame) -> LazyFrame {
    own.clone().with_column(lit(COMMUNE).alias("hand"))
}

/// Rows of some months with the verdicts that counted in them; the district's only of `items`, where they are named.
pub(super) fn laid_over_months(
    input: &Input<'_>,
    scope: &Scope<'_>,
    own: LazyFrame,
    months: &Expr,
    items: Option<LazyFrame>,
) -> PolarsResult<LazyFrame> {
    let of_district = input.settings.sets.iter().any(|set| set.hand == Assessor::District);
    if !of_district && input.settings.decisions.is_empty() {
        return Ok(as_stated(&own));
    }
    let reviews = match (of_district, items) {
        (true, None) => reviews(input, scope, months),
        // A whole criterion speaks of its indicators.
        (true, Some(items)) => {
            let criterion = columns(&["commune_rank", "set_rank", "criterion"]);
            reviews(input, scope, months).join(items, criterion.clone(), criterion, JoinArgs::new(JoinType::Semi))
        }
        (false, _) => reviews(input, scope, &lit(false)),
    };
    let reports = own.clone().select(columns(&MONTHLY)).unique_stable(None, UniqueKeepStrategy::First);
    Hands::of(input, scope, &reports, &col("period"), reviews, &MONTHLY)?.lay_over(own)
}

/// The first of each column of a group.
fn firsts(names: &[&str]) -> Vec<Expr> {
    names.iter().map(|name| col(*name).first()).collect()
}

/// One verdict of the district for each item that it judges. A criterion that it calls met as a whole, or not
/// applicable, is so in each indicator of which it says nothing else; one that it calls not met is so as a whole, unless
/// it judges each of its indicators.
fn reviewed(scope: &Scope<'_>, rows: LazyFrame, keys: &[&'static str]) -> PolarsResult<DataFrame> {
    let item = [keys, &["criterion", "indicator"]].concat();
    let criterion = [keys, &["criterion"]].concat();
    let of_set = ["set_rank", "criterion", "indicator"];
    let items = || scope.item_frame.clone().lazy();
    let places: Vec<&str> = LAID.into_iter().filter(|name| *name != "verdict").collect();
    let stated = rows
        .filter(col("verdict").is_not_null())
        .group_by_stable(columns(&item))
        .agg([vec![agreed_verdict()], firsts(&places)].concat())
        .filter(col("verdict").is_not_null())
        .collect()?;
    let stated = || stated.clone().lazy();
    let join = |left: LazyFrame, right: LazyFrame, on: &[&str], how: JoinType| {
        left.join(right, columns(on), columns(on), JoinArgs::new(how))
    };
    let of_items = join(stated(), items(), &of_set, JoinType::Semi);
    let wholes = join(stated().filter(col("indicator").eq(lit(0u32))), items(), &of_set, JoinType::Anti);
    let spread = join(
        wholes.clone().filter(col("verdict").neq(lit("not_met"))).drop(by_names(&["indicator"])),
        items(),
        &["set_rank", "criterion"],
        JoinType::Inner,
    );
    let spread = join(spread, of_items.clone(), &item, JoinType::Anti);
    let judged =
        of_items.clone().group_by_stable(columns(&criterion)).agg([len().cast(DataType::UInt32).alias("judged")]);
    let sizes =
        items().group_by_stable(columns(&["set_rank", "criterion"])).agg([len().cast(DataType::UInt32).alias("size")]);
    let unmet = join(wholes.filter(col("verdict").eq(lit("not_met"))), judged, &criterion, JoinType::Left);
    let unmet = join(unmet, sizes, &["set_rank", "criterion"], JoinType::Inner)
        .filter(col("judged").fill_null(lit(0u32)).lt(col("size")));
    let kept = [&item[..], &["verdict"], &places].concat();
    let all = [of_items, spread, unmet].map(|frame| frame.select(columns(&kept)));
    concat(all, UnionArgs::default())?.sort(item, SortMultipleOptions::default()).collect()
}

/// The district's verdicts with `counts`: whether by the settings they count in the month of their report.
fn counting(
    input: &Input<'_>,
    scope: &Scope<'_>,
    reports: &LazyFrame,
    reviewed: DataFrame,
    keys: &[&'static str],
) -> PolarsResult<DataFrame> {
    let theirs: Vec<(u32, String, String)> = (0u32..)
        .zip(&scope.sets)
        .flat_map(|(rank, set)| {
            let of_set = input.settings.sets.iter().filter(|s| s.id == set.id && s.hand == Assessor::District);
            of_set.map(move |in_force| {
                let month = |period: Option<crate::model::Period>, open: &str| {
                    period.map_or_else(|| open.to_owned(), |period| period.to_string())
                };
                (rank, month(in_force.from, FIRST), month(in_force.to, LAST))
            })
        })
        .collect();
    let theirs = df!(
        "set_rank" => theirs.iter().map(|one| one.0).collect::<Vec<_>>(),
        "hand_from" => theirs.iter().map(|one| one.1.as_str()).collect::<Vec<_>>(),
        "hand_to" => theirs.iter().map(|one| one.2.as_str()).collect::<Vec<_>>(),
    )?;
    let of_district = reports
        .clone()
        .select([columns(keys), vec![col("period").alias("reported")]].concat())
        .join(theirs.lazy(), columns(&["set_rank"]), columns(&["set_rank"]), JoinArgs::new(JoinType::Inner))
        .filter(col("reported").gt_eq(col("hand_from")).and(col("reported").lt_eq(col("hand_to"))))
        .select([columns(keys), vec![lit(true).alias("counts")]].concat());
    reviewed
        .lazy()
        .join(of_district, columns(keys), columns(keys), JoinArgs::new(JoinType::Left))
        .with_column(col("counts").fill_null(lit(false)))
        .collect()
}

/// Before all months and after them, as text.
const FIRST: &str = "0000-00";
const LAST: &str = "9999-99";

/// The decisions that stand for reports.
fn decided(
    input: &Input<'_>,
    scope: &Scope<'_>,
    reports: &LazyFrame,
    as_of: &Expr,
    keys: &[&'static str],
) -> PolarsResult<Option<DataFrame>> {
    let known: Vec<(u32, u32, u32, &Decision)> = (0u32..)
        .zip(&input.settings.decisions)
        .filter_map(|(place, decision)| {
            let commune = scope.communes.iter().position(|commune| commune.code == decision.commune)?;
            let set = scope.sets.iter().position(|set| set.id == decision.set)?;
            Some((commune as u32, set as u32, place, decision))
        })
        .collect();
    if known.is_empty() {
        return Ok(None);
    }
    let number = |f: &dyn Fn(&Decision) -> u32| known.iter().map(|one| f(one.3)).collect::<Vec<_>>();
    let decisions = df!(
        "commune_rank" => known.iter().map(|one| one.0).collect::<Vec<_>>(),
        "set_rank" => known.iter().map(|one| one.1).collect::<Vec<_>>(),
        "decision" => known.iter().map(|one| one.2).collect::<Vec<_>>(),
        "criterion" => number(&|one| one.item.criterion_number().into()),
        "indicator" => number(&|one| one.item.indicator_number().unwrap_or(0).into()),
        "decided" => known.iter().map(|one| one.3.verdict.as_str()).collect::<Vec<_>>(),
        "decided_from" => known.iter().map(|one| one.3.from.to_string()).collect::<Vec<_>>(),
        "decided_to" =>
            known.iter().map(|one| one.3.to.map_or_else(|| LAST.to_owned(), |to| to.to_string())).collect::<Vec<_>>(),
    )?;
    let pair = columns(&["commune_rank", "set_rank"]);
    let item = [keys, &["criterion", "indicator"]].concat();
    let standing = reports
        .clone()
        .select([columns(keys), vec![as_of.clone().alias("as_of")]].concat())
        .join(decisions.lazy(), pair.clone(), pair, JoinArgs::new(JoinType::Inner))
        .filter(col("as_of").gt_eq(col("decided_from")).and(col("as_of").lt_eq(col("decided_to"))))
        .select([columns(&item), columns(&["decided", "decision"])].concat())
        .sort(item, SortMultipleOptions::default())
        .collect()?;
    Ok((standing.height() > 0).then_some(standing))
}

/// The columns of a schema, with nothing in those that only a commune's row has.
fn filled(schema: &Schema, item: &[&str]) -> Vec<Expr> {
    let known = |name: &str| item.contains(&name) || LAID.contains(&name);
    let one = |(name, dtype): (&polars::prelude::PlSmallStr, &DataType)| {
        if known(name) { col(name.clone()) } else { lit(NULL).cast(dtype.clone()).alias(name.clone()) }
    };
    schema.iter().map(one).chain([col("hand")]).collect()
}

fn read(frame: &DataFrame, decisions: &[Decision]) -> PolarsResult<Vec<((u32, u32), Disagreement)>> {
    let codes = codes(frame)?;
    let said = |hand: &str| -> PolarsResult<Vec<Option<Said>>> {
        let verdicts = texts(frame, &format!("{hand}_verdict"))?;
        if frame.column(&format!("{hand}_sheet")).is_err() {
            return Ok(vec![None; frame.height()]);
        }
        let text = |name: &str| texts(frame, &format!("{hand}_{name}"));
        let (sheet, cell, file) = (text("sheet")?, text("cell")?, text("file")?);
        let source = numbers(frame, &format!("{hand}_row"))?;
        let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let one = |row: usize| {
            Some(Said {
                verdict: verdicts[row].and_then(Verdict::from_stored)?,
                sheet: owned(sheet[row]),
                cell: owned(cell[row]),
                file: owned(file[row]),
                source: source[row],
            })
        };
        Ok((0..frame.height()).map(one).collect())
    };
    let (mut commune, mut district) = (said(COMMUNE)?.into_iter(), said(DISTRICT)?.into_iter());
    let decision = match frame.column("decision") {
        Ok(_) => numbers(frame, "decision")?,
        Err(_) => vec![None; frame.height()],
    };
    let counts = super::columns::flags(frame, "counts")?;
    let rows = pairs(frame)?.into_iter().enumerate().map(|(row, pair)| {
        let decision = decision[row].and_then(|place| decisions.get(place as usize)).cloned();
        let counts = match (&decision, counts[row]) {
            (Some(_), _) => Hand::Decision,
            (None, Some(true)) => Hand::District,
            (None, _) => Hand::Commune,
        };
        let (commune, district) = (commune.next().flatten(), district.next().flatten());
        (pair, Disagreement { code: codes[row], commune, district, decision, counts })
    });
    Ok(rows.collect())
}
