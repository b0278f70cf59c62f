//! What to ask a person where a sheet leaves it open, one constructor for each kind of question, and what was answered.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::columns::{Columns, VerdictColumns, cell_in};
use super::commune::written_name;
use super::view::View;
use super::{Context, problems};
use crate::catalogue::Role;
use crate::diag::{Diagnostic, Scope};
use crate::model::question::ANSWER_HASH;
use crate::model::{
    Answer, Asks, CellRef, CommuneCode, Of, Offer, Picture, Place, Question, Reply, Stated, Subject, Submission, Text,
    Verdict,
};
use crate::text::{clean, fold};

/// Columns that a question of columns names.
const NAMED_COLUMNS: usize = 4;

/// The folded words with numbers as `#`: the same from month to month.
fn timeless(text: &str) -> String {
    let mut out = String::new();
    for c in fold(text).chars() {
        match c {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            _ => out.push(c),
        }
    }
    out
}

/// The layout of a table as an answer knows it: each column with its folded heading.
pub(super) fn layout(view: &View<'_>, columns: &Columns) -> String {
    let headed = columns.headers.iter().filter(|(_, words)| !words.is_empty());
    headed.map(|(col, words)| format!("{} {}", view.col_name(*col), timeless(words))).collect::<Vec<_>>().join("; ")
}

/// The name of a sheet as an answer knows it.
pub(super) fn sheet_name(sheet: &str) -> String {
    timeless(&clean(sheet))
}

/// What an answer about a table of a commune holds for.
pub(super) fn of_table(asks: Asks, commune: Option<&CommuneCode>, layout: &str, sheet: Option<&str>) -> Subject {
    let sheet = sheet.map(sheet_name);
    Subject { asks, of: Of::Layout { commune: commune.cloned(), layout: layout.to_owned(), sheet } }
}

/// What an answer about one sheet of this file holds for.
pub(super) fn of_sheet(asks: Asks, sheet: &str, context: &Context<'_>) -> Subject {
    let sha256 = context.sha256.chars().take(ANSWER_HASH).collect();
    Subject { asks, of: Of::Sheet { sha256, sheet: clean(sheet) } }
}

/// The columns of verdicts that were answered, if the table has them. A column of marks says what is met.
pub(super) fn verdict_columns(
    reply: &Reply,
    view: &View<'_>,
    items: &[u32],
    columns: &Columns,
    context: &Context<'_>,
) -> Option<VerdictColumns> {
    let col = |name: &str| columns.headers.iter().map(|(col, _)| *col).find(|&col| view.col_name(col) == name);
    match reply {
        Reply::Column(name) => {
            let col = col(name)?;
            let cells: Vec<_> = items.iter().filter_map(|&row| cell_in(view, row, Some(col))).collect();
            let vocabulary = &context.catalogue.vocabulary;
            let marks = cells.iter().filter(|c| vocabulary.is_mark(&c.text) && c.verdict(vocabulary).is_none()).count();
            Some(if marks * 2 > cells.len() {
                VerdictColumns::Marks(vec![(col, Verdict::Met)])
            } else {
                VerdictColumns::Words(col)
            })
        }
        Reply::Marks(met, not_met) => {
            Some(VerdictColumns::Marks(vec![(col(met)?, Verdict::Met), (col(not_met)?, Verdict::NotMet)]))
        }
        _ => None,
    }
}

/// Which column holds the verdicts: the likeliest first, by what stands in them.
pub(super) fn verdict_column(
    subject: Subject,
    view: &View<'_>,
    items: &[u32],
    columns: &Columns,
    context: &Context<'_>,
    picture: Option<&Arc<Picture>>,
    blocks: bool,
) -> Question {
    let likely = likely_columns(view, items, columns, context);
    let named = |col: u32| {
        let (name, heading) = (view.col_name(col), columns.header(col));
        if heading.is_empty() { name } else { format!("{name} «{heading}»") }
    };
    let cols: Vec<u32> = if likely.is_empty() {
        columns.headers.iter().filter(|(_, words)| !words.is_empty()).map(|(col, _)| *col).collect()
    } else {
        likely.clone()
    };
    let offers: Vec<Offer> = cols
        .iter()
        .map(|&col| Offer {
            reply: Reply::Column(view.col_name(col)),
            means: Text::new(format!("cột {}", named(col)), format!("column {}", named(col))),
        })
        .collect();
    let list: Vec<String> = cols.iter().take(NAMED_COLUMNS).map(|&col| named(col)).collect();
    let text = match list.as_slice() {
        [only] if !likely.is_empty() => Text::new(
            format!("cột {only} có phải là cột đánh giá đạt/chưa đạt không?"),
            format!("is column {only} the verdicts?"),
        ),
        [] => Text::new(
            "không thấy cột nào ghi đánh giá đạt/chưa đạt; trang này có phải là báo cáo không?",
            "no column of verdicts is to be seen; is this sheet a report?",
        ),
        list => {
            let or = |word: &str| list.join(word);
            Text::new(
                format!("cột nào là đánh giá đạt/chưa đạt của kỳ này: {}?", or(" hay ")),
                format!("which column holds this period's verdicts: {}?", or(" or ")),
            )
        }
    };
    let is_yes_or_no = likely.len() == 1;
    Question { subject, text, offers, is_yes_or_no, blocks, picture: picture.cloned() }
}

/// The columns in which verdicts may stand, the likeliest first.
pub(super) fn likely_columns(view: &View<'_>, items: &[u32], columns: &Columns, context: &Context<'_>) -> Vec<u32> {
    let vocabulary = &context.catalogue.vocabulary;
    let mut likely: Vec<(u32, usize, usize)> = Vec::new();
    // What a heading names clearly is no verdict; a value or a remark may be one.
    let is_named =
        |col: u32| columns.single.iter().any(|(role, at)| *at == col && !matches!(role, Role::Value | Role::Note));
    for (col, _) in columns.headers.iter().filter(|(col, _)| !is_named(*col)) {
        let cells: Vec<_> = items.iter().filter_map(|&row| cell_in(view, row, Some(*col))).collect();
        let says = |text: &str| vocabulary.is_mark(text) || vocabulary.verdict(text).is_some();
        let verdicts = cells.iter().filter(|c| says(&c.text)).count();
        // What is written again and again is a judgement, whatever its words.
        let words: BTreeSet<&str> = cells.iter().map(|c| c.key.as_str()).collect();
        let is_figure = |text: &str| crate::text::number::parse(text).is_some();
        let repeats = cells.len() >= 4
            && words.len() * 3 <= cells.len()
            && cells.iter().all(|c| c.is_text() && !is_figure(&c.text));
        if verdicts * 2 > cells.len() || repeats {
            likely.push((*col, verdicts, cells.len()));
        }
    }
    let taken: Vec<u32> = columns.judged.iter().flat_map(|j| j.columns.cols()).collect();
    likely.sort_by_key(|&(col, verdicts, filled)| (!taken.contains(&col), std::cmp::Reverse((verdicts, filled)), col));
    likely.into_iter().map(|(col, ..)| col).collect()
}

/// Which set a table is of that several sets fit.
pub(super) fn set(
    subject: Subject,
    candidates: &[usize],
    context: &Context<'_>,
    picture: Option<&Arc<Picture>>,
) -> Question {
    let sets: Vec<_> = candidates.iter().map(|&i| &context.catalogue.sets[i]).collect();
    let names: Vec<&str> = sets.iter().map(|set| set.short_name.as_str()).collect();
    let text = Text::new(
        format!("bảng này theo bộ tiêu chí nào: {}?", names.join(" hay ")),
        format!("which set is this table of: {}?", names.join(" or ")),
    );
    let offer = |set: &&crate::model::CriteriaSet| Offer {
        reply: Reply::Set(set.id.clone()),
        means: Text::new(set.short_name.clone(), set.short_name.clone()),
    };
    let offers = sets.iter().map(offer).collect();
    Question { subject, text, offers, is_yes_or_no: false, blocks: true, picture: picture.cloned() }
}

/// Which commune reports. `near` is a name as written and the commune it resembles, `candidates` the communes named.
pub(super) fn commune(
    titles: &str,
    sheet: &str,
    near: Option<&(String, CommuneCode, String)>,
    candidates: &[usize],
    context: &Context<'_>,
    picture: Option<&Arc<Picture>>,
) -> Question {
    let as_written = written_name(titles, &context.catalogue.vocabulary);
    let written = match near {
        // The near name is folded; it is shown as it is written where that can be told.
        Some((near, ..)) => Some(as_written.filter(|name| fold(name) == *near).unwrap_or_else(|| near.clone())),
        None => as_written.filter(|_| candidates.is_empty()),
    };
    let mut offers: Vec<Offer> = Vec::new();
    let mut offer = |code: &CommuneCode, name: &str| {
        offers.push(Offer { reply: Reply::Commune(code.clone()), means: Text::new(name, name) });
    };
    if let Some((_, code, name)) = near {
        offer(code, name);
    }
    for &candidate in candidates {
        let commune = context.register.commune(candidate);
        offer(&commune.code, &commune.name);
    }
    let (subject, text) = match (&written, near) {
        (Some(written), Some((_, _, name))) => (
            Subject { asks: Asks::Commune, of: Of::Name(fold(written)) },
            Text::new(
                format!("«{written}» có phải là xã {name} không?"),
                format!("is {written:?} the commune {name}?"),
            ),
        ),
        (Some(written), None) => (
            Subject { asks: Asks::Commune, of: Of::Name(fold(written)) },
            Text::new(format!("«{written}» là xã nào?"), format!("which commune is {written:?}?")),
        ),
        (None, _) if !candidates.is_empty() => {
            let names: Vec<&str> = candidates.iter().map(|&c| context.register.commune(c).name.as_str()).collect();
            (
                of_sheet(Asks::Commune, sheet, context),
                Text::new(
                    format!("trang «{sheet}» là báo cáo của xã nào: {}?", names.join(" hay ")),
                    format!("whose report is the sheet {sheet:?}: {}?", names.join(" or ")),
                ),
            )
        }
        (None, _) => (
            of_sheet(Asks::Commune, sheet, context),
            Text::new(
                format!("trang «{sheet}» là báo cáo của xã nào?"),
                format!("whose report is the sheet {sheet:?}?"),
            ),
        ),
    };
    Question { subject, text, offers, is_yes_or_no: near.is_some(), blocks: true, picture: picture.cloned() }
}

/// Which month a sheet reports.
pub(super) fn period(sheet: &str, context: &Context<'_>, picture: Option<&Arc<Picture>>) -> Question {
    let text = Text::new(
        format!("trang «{sheet}» báo cáo tháng nào?"),
        format!("which month does the sheet {sheet:?} report?"),
    );
    let subject = of_sheet(Asks::Period, sheet, context);
    Question { subject, text, offers: Vec::new(), is_yes_or_no: false, blocks: true, picture: picture.cloned() }
}

/// Whether a sheet is a report at all.
pub(super) fn report(subject: Subject, sheet: &str, picture: Option<&Arc<Picture>>) -> Question {
    let text = Text::new(
        format!("trang «{sheet}» có phải là báo cáo tiêu chí của xã không?"),
        format!("is the sheet {sheet:?} a commune's report?"),
    );
    let offers = vec![Offer { reply: Reply::Yes, means: Text::new("đúng là báo cáo", "it is a report") }];
    Question { subject, text, offers, is_yes_or_no: true, blocks: true, picture: picture.cloned() }
}

/// Words that as many rows write are worth a question.
const OFTEN: usize = 3;

/// The submission with what a person has told of its words and numbers, and asked about words nobody knows.
pub(super) fn told(mut submission: Submission, context: &Context<'_>) -> Submission {
    let vocabulary = &context.catalogue.vocabulary;
    let mut unknown: BTreeMap<String, (String, CellRef, usize)> = BTreeMap::new();
    let mut known: BTreeMap<&str, bool> = BTreeMap::new();
    for entry in &submission.entries {
        if let Stated::Word(written) = &entry.stated {
            let is_known = *known
                .entry(written.text.as_str())
                .or_insert_with(|| vocabulary.verdict(&written.text).is_some() || fold(&written.text).is_empty());
            if !is_known {
                let seen = unknown.entry(fold(&written.text)).or_insert((written.text.clone(), written.cell, 0));
                seen.2 += 1;
            }
        }
    }
    let place = |cell: CellRef| Place::cells(&submission.file, &submission.sheet, cell);
    let mut notes: Vec<Diagnostic> = Vec::new();
    let mut meanings: BTreeMap<String, Verdict> = BTreeMap::new();
    for (key, (text, cell, rows)) in unknown {
        let of = Of::Word { commune: submission.commune.clone(), word: key.clone() };
        let subject = Subject { asks: Asks::Word, of };
        match context.answers.to(&subject).map(|answer| (answer, &answer.reply)) {
            Some((answer, Reply::Verdict(verdict))) => {
                notes.push(problems::answer_used(place(cell), answer).about(Scope::Submission));
                meanings.insert(key, *verdict);
            }
            // Said to mean nothing: each row stays unclear, and nobody is asked again.
            Some(_) => {}
            None if rows >= OFTEN => {
                let picture = submission.pictures.first();
                let unclear = problems::word_unclear(place(cell), &text, rows);
                notes.push(unclear.asking(word(subject, &text, picture)));
            }
            None => {}
        }
    }
    let shares = || of_table(Asks::Shares, submission.commune.as_ref(), &submission.headings, None);
    if let Some(answer) = answer(context, shares)
        && let Reply::Shares(shares) = answer.reply
    {
        let place = Place::sheet(&submission.file, &submission.sheet);
        notes.push(problems::answer_used(place, answer).about(Scope::Submission));
        submission.shares = Some(shares);
    }
    for entry in submission.entries.iter_mut().filter(|_| !meanings.is_empty()) {
        if let Stated::Word(written) = &entry.stated
            && let Some(verdict) = meanings.get(&fold(&written.text))
        {
            entry.stated = Stated::Mark { verdict: *verdict, written: written.clone() };
        }
    }
    submission.diagnostics.extend(notes);
    submission
}

/// What a word means as a verdict.
fn word(subject: Subject, text: &str, picture: Option<&Arc<Picture>>) -> Question {
    let offers = [Verdict::Met, Verdict::NotMet, Verdict::NotApplicable].map(|verdict| {
        let reply = Reply::Verdict(verdict);
        let means = Text::new(reply.to_string(), verdict.as_str());
        Offer { reply, means }
    });
    let text = Text::new(
        format!("«{text}» ở cột đánh giá nghĩa là đạt, chưa đạt hay không áp dụng?"),
        format!("does {text:?} in the verdict column mean met, not met or not applicable?"),
    );
    Question { subject, text, offers: offers.into(), is_yes_or_no: false, blocks: true, picture: picture.cloned() }
}

/// The diagnostics of a question: what is open, and that an earlier answer does not hold for it.
pub(super) fn asked(diagnostic: Diagnostic, question: Question, context: &Context<'_>) -> Vec<Diagnostic> {
    let place = diagnostic.place.clone();
    let outdated = context.answers.of_another_layout(&question.subject).map(|answer| {
        let said = problems::answer_outdated(answer);
        match place {
            Some(place) => said.at(place),
            None => said,
        }
    });
    std::iter::once(diagnostic.asking(question)).chain(outdated).collect()
}

/// The answer to a subject, with no look at the subject where nothing was ever answered.
pub(super) fn answer<'a>(context: &Context<'a>, subject: impl FnOnce() -> Subject) -> Option<&'a Answer> {
    if context.answers.is_empty() { None } else { context.answers.to(&subject()) }
}
