//! From a table to submissions: who, when, which set, with the evidence for it.

use std::sync::Arc;

use super::asking::Asking;
use super::columns::{self, Columns, Heading, Headings, Judged, Legend, VerdictColumns};
use super::commune::communes_in;
use super::draft::{Draft, Layout, When};
use super::entries::{self, Reader};
use super::evidence;
use super::locate::Table;
use super::period::{self, Dated};
use super::register::Found;
use super::remarks::Remarks;
use super::set;
use super::view::{Orientation, Seen, View};
use super::{Context, apart, lines, problems, questions, totals, unmet};
use crate::catalogue::{Role, Vocabulary};
use crate::diag::{Code, Diagnostic, Scope};
use crate::model::{
    Answer, Assessor, CellRef, Declared, Entry, Period, Place, Reply, SetId, Stated, Text, Traced, Verdict,
};
use crate::text::capitals::{self, About, Forms};

/// The drafts of a table: one for each assessor. Where it has to be set aside, why, with one question.
/// `views` are all sheets of the file, and `elsewhere` gives the one commune that they name.
pub(super) fn drafts(
    file: &Arc<str>,
    view: &View<'_>,
    table: &Table,
    context: &Context<'_>,
    views: &[View<'_>],
    elsewhere: &dyn Fn() -> Option<usize>,
) -> Result<Vec<Draft>, Vec<Diagnostic>> {
    let vocabulary = &context.catalogue.vocabulary;
    let place = Place::sheet(file, &view.grid.sheet);
    let items = item_rows(table, context);
    let titles: Vec<&Seen<'_>> = view.cells().iter().filter(|c| table.titles.contains(&c.at().row)).collect();
    let mut texts: Vec<&str> = titles.iter().map(|c| c.text.as_str()).collect();
    let sheet_year = apart::one_year(view);
    let mut dated = period::dated(&texts, sheet_year, vocabulary);
    let whole_year = period::whole_year(&texts, vocabulary).filter(|_| !dated.is_stated);
    let periods = &dated.periods;
    let period = if let [only] = periods.as_slice() { Some(*only) } else { None };
    let year = period::year_of(&titles, periods).or(sheet_year).or_else(|| period::year_in(context.path));
    let heads = view.cells().iter().filter(|c| table.header.contains(&c.row));
    let around = titles.iter().copied().chain(heads).chain(after_table(view, table));
    let legend = Legend::of(around, vocabulary);
    let totals = totals::counts(titles.iter().copied().chain(after_table(view, table)), &vocabulary.sentences, year);
    let headings = Headings { register: context.register, vocabulary, year, period, legend: &legend, totals: &totals };
    let mut columns = columns::roles(view, &headings, table.header.clone(), &items, &table.keys.all());
    let asking = Asking { file, view, table, items: &items, titles: &titles, context, elsewhere };
    let mut general = Vec::new();
    asking.answered_columns(&mut columns, &mut general)?;
    // Names with nothing beside them are sentences, not a table.
    if columns.headers.is_empty() && table.keys.code.is_none() {
        return Ok(Vec::new());
    }
    // A line that was taken apart has its figure in the second column.
    if view.orientation == Orientation::Lines && columns.col(Role::Value).is_none() {
        columns.single.insert(Role::Value, 1);
        columns.unused.retain(|&col| col != 1);
    }
    if columns.judged.is_empty() {
        add_verdicts_of_criteria(view, &headings, table, context, &mut columns);
    }
    if columns.judged.is_empty()
        && let Some(in_name) = in_names(view, table, &items, vocabulary)
    {
        columns.judged.push(Judged { assessor: Assessor::Commune, heading: None, value: None, columns: in_name });
        columns.clarity = 0.8;
    }
    if columns.judged.is_empty() && columns.col(Role::UnmetCodes).is_some() && columns.col(Role::MetCodes).is_some() {
        // What is met and what is not stand as lists beside each criterion.
        let none = VerdictColumns::Marks(Vec::new());
        columns.judged.push(Judged { assessor: Assessor::Commune, heading: None, value: None, columns: none });
        columns.clarity = 0.9;
    }
    let indicators = context.names.sets[table.alignment.set].nodes.len();
    if items.len() * 2 < indicators && unmet::phrase(view, &table.segment, vocabulary).is_some() {
        columns.leave_out_assumed_verdicts();
    }
    let sections = if columns.judged.is_empty() { unmet::sections(view, &table.segment, &items) } else { Vec::new() };
    if !sections.is_empty() {
        let columns_of = VerdictColumns::Sections(sections);
        let judged = Judged { assessor: Assessor::Commune, heading: None, value: None, columns: columns_of };
        columns.judged.push(judged);
        columns.clarity = 0.8;
    }
    let lists_codes = columns.judged.is_empty() && columns.col(Role::UnmetCodes).is_some();
    let lists_unmet =
        !lists_codes && columns.judged.is_empty() && unmet::phrase(view, &table.segment, vocabulary).is_some();
    if lists_codes || lists_unmet {
        let of = if lists_codes { VerdictColumns::Listed } else { VerdictColumns::Unmet };
        columns.judged.push(Judged { assessor: Assessor::Commune, heading: None, value: None, columns: of });
        columns.clarity = 0.8;
    }
    if columns.judged.is_empty() && states_values(view, table, &items, &columns, context) {
        // What is stated is kept: figures without a verdict.
        general.extend(asking.verdicts_elsewhere(&columns));
        let none = VerdictColumns::Marks(Vec::new());
        columns.judged.push(Judged { assessor: Assessor::Commune, heading: None, value: None, columns: none });
        columns.clarity = 0.7;
    }
    if columns.judged.is_empty() {
        let none = problems::no_verdict_column(place, table.alignment.placed.len(), &columns.headers);
        return Err(asking.which_column(none, &columns));
    }
    asking.refuse_tied(&columns)?;
    let below: Vec<&Seen<'_>> = after_table(view, table);
    let told_set = asking.answered_set(&columns)?;
    let set_index = settle_set((view, views), table, context, &titles, &place, told_set, &mut general)
        .map_err(|candidates| asking.which_set(&candidates, &columns))?;
    let table = &table.of_set(set_index);
    let names = &context.names.sets[set_index];
    report_assumed_columns(file, view, table, &columns, &mut general);
    for (col, pair) in &columns.by_custom {
        let at = Place::cells(file, &view.grid.sheet, view.on_sheet(table.header.start, *col));
        general.push(problems::marks_by_custom(at, columns.header(*col), pair));
    }
    report_hidden(file, view, &items, &columns, &mut general);
    for &col in &columns.passed_over {
        let at = Place::cells(file, &view.grid.sheet, view.on_sheet(table.header.start, col));
        general.push(problems::column_ignored(at, columns.header(col)));
    }
    for &col in &columns.unused {
        let at = Place::cells(file, &view.grid.sheet, view.on_sheet(table.header.start, col));
        general.push(problems::column_unused(at, columns.header(col)));
    }
    for &col in &columns.strangers {
        let heading = columns.header(col);
        let near = context
            .register
            .nearest(&format!("xã {heading}"), vocabulary)
            .map(|(_, c)| (heading.to_owned(), c.name.clone()));
        let at = view.on_sheet(table.header.start, col);
        general.push(problems::commune_unknown(Place::cells(file, &view.grid.sheet, at), near));
    }
    let picture = asking.picture(&columns, set_index);
    asking.attach(&mut general, &columns, picture.as_ref());
    let doubt = asking.doubt(&columns, picture.as_ref());
    if dated.periods.is_empty() {
        // "Tháng:" and its number may stand in cells beside each other, the year below.
        let labelled = titles.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(" ");
        dated = Dated { is_stated: true, ..period::dated(&[&labelled], sheet_year, vocabulary) };
        dated.periods.retain(|_| labelled.len() < 600);
    }
    if dated.periods.is_empty() {
        // A day in a row of several cells is of what stands in that row.
        let alone = below.iter().filter(|c| view.row(c.row).len() <= 2);
        texts = alone.map(|c| c.text.as_str()).collect();
        dated = period::dated(&texts, sheet_year, vocabulary);
    }
    if let Some(whole) = whole_year.filter(|_| !dated.is_stated) {
        // Signed in the first months of the next year: the report is of the whole year.
        let signed_after = dated.periods.first().is_some_and(|p| p.year() == whole.year + 1 && p.month() <= 3);
        let december = Period::new(whole.year, 12).filter(|_| signed_after);
        dated = december.map_or(dated, |december| Dated { periods: vec![december], is_stated: true, span: 12 });
    }
    let set = &context.catalogue.sets[set_index];
    let sheet_name = crate::text::clean(&view.grid.sheet);
    let sheet_period =
        crate::text::date::months(&sheet_name).first().copied().or_else(|| columns::bare_month(&sheet_name, year));
    if dated.periods.is_empty() {
        // "Kết quả đến 31/1/2024" over a column says it too.
        let headings = columns.headers.iter().map(|(_, words)| words.as_str());
        let headings: Vec<&str> = headings.filter(|words| !is_of_another_time(words, vocabulary)).collect();
        dated = period::dated(&headings, sheet_year, vocabulary);
    }
    if let Some(period) = view.about.period {
        dated = Dated { periods: vec![period], is_stated: true, span: 1 };
    }
    let month = dated.periods.first().copied().or(sheet_period);
    let mut communes = communes_in(file, view, &titles, context, month);
    if communes.is_empty() {
        // Who reports may stand below, beside the day, or over a column.
        let alone: Vec<&Seen<'_>> = below.iter().filter(|c| view.row(c.row).len() <= 2).copied().collect();
        let header: Vec<&Seen<'_>> = view.cells().iter().filter(|c| table.header.contains(&c.row)).collect();
        communes = communes_in(file, view, &alone, context, month);
        communes.retain(|(found, _)| found.named);
        if communes.is_empty() {
            communes = communes_in(file, view, &header, context, month);
            communes.retain(|(found, _)| found.named);
        }
    }
    if let Some(commune) = view.about.commune {
        let value = context.register.commune(commune).name.clone();
        communes =
            vec![(Found { commune, named: true }, Traced { value, place: Place::sheet(file, &view.grid.sheet) })];
    }
    let sheet_commune = context.register.find_in_name(&sheet_name, vocabulary, month).first().copied();
    let reader = Reader { view, file, names: context.names, set: names, vocabulary, table, columns: &columns };
    let mut drafts = Vec::new();
    for judged in &columns.judged {
        let mut rows = entries::rows(&reader, judged);
        let mut diagnostics = if drafts.is_empty() { general.clone() } else { Vec::new() };
        diagnostics.append(&mut rows.diagnostics);
        // Totals are the commune's own statement; a review repeats none.
        let declared = match judged.heading {
            Some(_) => totals::of_column(view, set, &rows.totals, (judged, &columns), &rows.entries),
            None if judged.assessor == Assessor::Commune || columns.judged.len() == 1 => {
                let mut stating: Vec<u32> =
                    titles.iter().chain(&below).map(|c| c.row).chain(rows.totals.iter().copied()).collect();
                stating.sort_unstable();
                stating.dedup();
                let of_rows =
                    totals::of_rows(file, view, set, &stating, (&vocabulary.sentences, year), &mut diagnostics);
                if of_rows.is_empty() {
                    totals::of_column(view, set, &rows.totals, (judged, &columns), &rows.entries)
                } else {
                    of_rows
                }
            }
            None => Declared::default(),
        };
        // A row that could not be read may be another that is not met: then nothing is said of the rest.
        let is_whole = !diagnostics.iter().any(|d| d.code == Code::RowNotPlaced);
        let rest = unmet::rest_is_met(view, &table.segment, &table.rows_of_items(), vocabulary);
        let rest = rest.filter(|_| is_whole).map(Seen::at);
        let indicators = set.indicators().count();
        let is_told = |unmet: usize, declared: &Declared| {
            let left = declared.indicators_met.and_then(|met| indicators.checked_sub(met as usize));
            left.is_some_and(|left| left == unmet || is_whole) && unmet::is_plausible(unmet, indicators, declared)
        };
        if lists_codes {
            let is_met = |e: &Entry| matches!(e.stated, Stated::Implied { verdict: Verdict::Met, .. });
            rows.entries.retain(|e| e.stated != Stated::Nothing);
            let unmet = rows.entries.iter().filter(|e| !is_met(e)).count();
            if rows.entries.is_empty() {
                return Err(asking.which_column(problems::no_verdict_column(place, unmet, &columns.headers), &columns));
            }
            // Where what is met is not listed too, a sentence or the total says whether the rest is.
            let by_total = declared.cell.filter(|_| is_told(unmet, &declared));
            if let Some(cell) = rest.or(by_total).filter(|_| columns.col(Role::MetCodes).is_none()) {
                let left_out = unmet::left_out(&rows.entries, names, &declared, &view.grid.sheet, cell);
                rows.entries.extend(left_out);
            }
        }
        if lists_unmet {
            let listed = rows.entries.iter().filter(|e| set.indicator(e.item).is_some()).count();
            // A few codes alone may be anything; names, the totals or a word on the rest speak for them.
            let named = table.alignment.placed.iter().filter(|p| p.name > 0.0).count() * 2 >= listed;
            let is_known = named || declared.indicators_met.is_some() || rest.is_some();
            let are_criteria = unmet::are_criteria(&rows.entries, names, &declared);
            let is_list = are_criteria || unmet::is_plausible(listed, indicators, &declared);
            if !is_known && !are_criteria || !is_list {
                return Err(asking.which_column(problems::no_verdict_column(place, listed, &columns.headers), &columns));
            }
            let by_total = declared.cell.filter(|_| are_criteria || is_told(listed, &declared));
            if let Some(cell) = rest.or(by_total) {
                let left_out = unmet::left_out(&rows.entries, names, &declared, &view.grid.sheet, cell);
                rows.entries.extend(left_out);
            }
        }
        if !lists_codes && !lists_unmet && unmet::are_all_unmet(&rows.entries, set, vocabulary) {
            // A list of what is not met may have a column that says so in each row.
            let is_list = unmet::phrase(view, &table.segment, vocabulary).is_some();
            let by_total = declared.cell.filter(|_| is_list && is_told(rows.entries.len(), &declared));
            if let Some(cell) = rest.or(by_total) {
                let left_out = unmet::left_out(&rows.entries, names, &declared, &view.grid.sheet, cell);
                rows.entries.extend(left_out);
            }
        }
        if judged.assessor == Assessor::Commune && judged.heading.is_none() {
            let remarks = Remarks { file, view, table, set: names, columns: &columns, vocabulary };
            diagnostics.extend(remarks.against(&rows.entries));
        }
        diagnostics.extend(lower_capitals(&mut rows.entries, file, context));
        let mut evidence = evidence::of_table(table, &columns, set, &rows.entries);
        evidence.push(evidence::stated(&rows.entries, vocabulary));
        drafts.push(Draft {
            sheet: Arc::clone(&view.grid.sheet),
            set: set.id.clone(),
            assessor: judged.assessor,
            declared,
            entries: rows.entries,
            evidence,
            diagnostics,
            communes: match judged.heading {
                Some(Heading::Commune(commune)) => {
                    vec![(Found { commune, named: true }, heading_of(file, view, table, judged, &columns))]
                }
                _ => communes.clone(),
            },
            periods: match judged.heading {
                Some(Heading::Month(month)) => vec![month],
                _ => dated.periods.clone(),
            },
            layout: match judged.heading {
                Some(Heading::Commune(_)) => Layout::Communes,
                Some(Heading::Month(_)) => Layout::Months,
                None if view.about.commune.is_some() => Layout::Communes,
                None if view.about.period.is_some() => Layout::Months,
                None => Layout::List,
            },
            sheet_commune,
            sheet_period,
            when: When {
                span: if judged.heading.is_none() { dated.span } else { 1 },
                year,
                whole_year: whole_year.filter(|whole| whole.is_plain).map(|whole| whole.year),
            },
            is_small: table.is_small,
            titles: titles.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("\n"),
            headings: questions::layout(view, &columns),
            picture: picture.clone(),
            doubt: doubt.clone(),
        });
    }
    Ok(drafts)
}

/// Whether the heading of a column speaks of a plan, a deadline or an earlier time.
fn is_of_another_time(heading: &str, vocabulary: &Vocabulary) -> bool {
    let roles = vocabulary.header_roles(&crate::text::fold(heading));
    [Role::Planned, Role::Previous, Role::Due, Role::Roadmap, Role::Target].iter().any(|role| roles.contains_key(role))
}

/// Owners, tasks and remarks in capitals are written as papers write them; what they were is kept beside.
pub(super) fn lower_capitals(entries: &mut [Entry], file: &Arc<str>, context: &Context<'_>) -> Option<Diagnostic> {
    let written = |e: &mut Entry| {
        [(e.owner.take(), About::People), (e.task.take(), About::Things), (e.note.take(), About::Things)]
    };
    let mut forms = None;
    let mut first: Option<(Place, String, String)> = None;
    let mut count = 0;
    for entry in entries {
        let sheet = Arc::clone(&entry.sheet);
        let [owner, task, note] = written(entry).map(|(written, about)| {
            let mut written = written?;
            if !capitals::is_in_capitals(&written.text) {
                return Some(written);
            }
            // Of a province's thousand communes these take longer than all the rest of a sheet.
            let forms = forms.get_or_insert_with(|| {
                let offices = context.catalogue.vocabulary.written.iter().map(String::as_str);
                Forms::of(offices.chain(context.register.names()))
            });
            if let Some(lowered) = capitals::lowered(&written.text, about, forms) {
                let capitals = std::mem::replace(&mut written.text, lowered.clone());
                let place = || Place::cells(file, &sheet, written.cell);
                count += 1;
                first.get_or_insert_with(|| (place(), capitals.clone(), lowered));
                written.original.get_or_insert(capitals);
            }
            Some(written)
        });
        (entry.owner, entry.task, entry.note) = (owner, task, note);
    }
    first.map(|(place, from, to)| problems::capitals(place, count, (&from, &to)))
}

/// Verdicts that stand in the criteria's own rows alone: in columns that say nothing else of the indicators.
fn add_verdicts_of_criteria(
    view: &View<'_>,
    headings: &Headings<'_>,
    table: &Table,
    context: &Context<'_>,
    columns: &mut Columns,
) {
    let set = &context.names.sets[table.alignment.set];
    let placed = table.alignment.placed.iter();
    let criteria = placed.filter(|p| set.is_heading(p.node) || set.is_single(set.nodes[p.node].criterion));
    let rows: Vec<u32> = criteria.map(|p| p.row).collect();
    if rows.len() < 5 || rows.len() == table.alignment.placed.len() {
        return;
    }
    let found = columns::roles(view, headings, table.header.clone(), &rows, &table.keys.all());
    let is_free = |judged: &Judged| judged.columns.cols().iter().all(|col| !columns.single.values().any(|c| c == col));
    if !found.judged.is_empty() && found.judged.iter().all(is_free) {
        let told: Vec<u32> = found.judged.iter().flat_map(|judged| judged.columns.cols()).collect();
        columns.unused.retain(|col| !told.contains(col));
        (columns.judged, columns.clarity) = (found.judged, found.clarity);
        (columns.by_custom, columns.nearly) = (found.by_custom, found.nearly);
    }
}

/// Whether the names of most items end with their verdict.
fn in_names(
    view: &View<'_>,
    table: &Table,
    items: &[u32],
    vocabulary: &crate::catalogue::Vocabulary,
) -> Option<VerdictColumns> {
    let col = table.keys.name?;
    let texts = items.iter().filter_map(|&row| columns::cell_in(view, row, Some(col)));
    let ended = texts.filter(|cell| lines::parts(&cell.text, vocabulary).is_some()).count();
    (ended * 10 >= items.len() * 6).then_some(VerdictColumns::InName(col))
}

/// Whether a table without verdicts states the figures of most of a set's indicators.
fn states_values(view: &View<'_>, table: &Table, items: &[u32], columns: &Columns, context: &Context<'_>) -> bool {
    let Some(col) = columns.col(Role::Value).filter(|col| !columns.assumed.iter().any(|(c, _)| c == col)) else {
        return false;
    };
    let indicators = context.names.sets[table.alignment.set].nodes.iter().filter(|n| n.indicator > 0).count();
    let filled = items.iter().filter(|&&row| columns::cell_in(view, row, Some(col)).is_some()).count();
    filled * 2 >= indicators && filled * 2 >= items.len()
}

/// The rows by whose cells a column's look is judged: those of indicators, or of criteria where there are no others.
fn item_rows(table: &Table, context: &Context<'_>) -> Vec<u32> {
    let nodes = &context.names.sets[table.alignment.set].nodes;
    let single = |p: &&super::align::Placed| {
        let node = &nodes[p.node];
        node.indicator > 0 || nodes.iter().filter(|n| n.criterion == node.criterion).count() <= 2
    };
    let indicators: Vec<u32> = table.alignment.placed.iter().filter(single).map(|p| p.row).collect();
    let all = || table.alignment.placed.iter().map(|p| p.row).collect();
    if indicators.len() * 3 >= table.alignment.placed.len() { indicators } else { all() }
}

/// The texts below the last item: totals and sentences that are not part of a row.
fn after_table<'v, 'a>(view: &'v View<'a>, table: &Table) -> Vec<&'v Seen<'a>> {
    if view.orientation == Orientation::Turned {
        return Vec::new();
    }
    let last = table.alignment.placed.iter().map(|p| p.row).max().unwrap_or(table.segment.start);
    view.cells().iter().filter(|c| c.row > last && c.row < table.segment.end && c.is_text()).collect()
}

/// The set by the rows; where names do not tell sets apart, by what a person has told or by the title. `Err` holds the
/// sets that remain.
fn settle_set(
    (view, views): (&View<'_>, &[View<'_>]),
    table: &Table,
    context: &Context<'_>,
    titles: &[&Seen<'_>],
    place: &Place,
    told: Option<&Answer>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<usize, Vec<usize>> {
    let sets = &context.catalogue.sets;
    let vocabulary = &context.catalogue.vocabulary;
    let index_of = |id: &SetId| sets.iter().position(|set| set.id == *id);
    let title: String = titles.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(" ");
    let told_by_rows = view.about.set.map(|set| sets[set].id.clone());
    let named = told_by_rows
        .or_else(|| set::set_named(&title, vocabulary))
        .or_else(|| set::set_named(&view.grid.sheet, vocabulary))
        .or_else(|| set::set_named(context.path, vocabulary))
        .and_then(|id| index_of(&id));
    let found = table.alignment.set;
    if let Some(answer) = told
        && let Reply::Set(set) = &answer.reply
        && let Some(told) = index_of(set).filter(|set| *set == found || table.rivals.iter().any(|a| a.set == *set))
    {
        diagnostics.push(problems::answer_used(place.clone(), answer).about(Scope::Submission));
        return Ok(told);
    }
    if table.rivals.is_empty() {
        if let Some(named) = named.filter(|&named| named != found && named_apart(sets, named, found)) {
            diagnostics.push(problems::set_conflict(place.clone(), &sets[named].short_name, &sets[found].short_name));
        }
        return Ok(found);
    }
    let mut candidates = vec![found];
    candidates.extend(table.rivals.iter().map(|a| a.set));
    match named.filter(|named| candidates.contains(named)) {
        Some(named) => Ok(named),
        None => {
            // A sheet for each criterion says on none but the first of which set they are.
            let is_part = table.alignment.placed.len() * 2 < context.names.sets[found].nodes.len();
            let of_file = is_part.then(|| set::set_named_in_file(views, context)).flatten();
            of_file.filter(|set| candidates.contains(set)).ok_or(candidates)
        }
    }
}

/// "NTM" in a title also heads reports of the advanced set: only the narrower name contradicts.
fn named_apart(sets: &[crate::model::CriteriaSet], named: usize, found: usize) -> bool {
    !sets[found].short_name.starts_with(&sets[named].short_name)
}

/// The heading that names the commune of a column.
fn heading_of(file: &Arc<str>, view: &View<'_>, table: &Table, judged: &Judged, columns: &Columns) -> Traced<String> {
    let col = judged.columns.cols().first().copied().unwrap_or(0);
    let value = columns.header(col).to_owned();
    Traced { value, place: Place::cells(file, &view.grid.sheet, view.on_sheet(table.header.start, col)) }
}

fn report_assumed_columns(
    file: &Arc<str>,
    view: &View<'_>,
    table: &Table,
    columns: &Columns,
    diagnostics: &mut Vec<Diagnostic>,
) {
    // What is taken apart has no headings that could be clear.
    let assumed = if view.orientation == Orientation::Lines { &[][..] } else { &columns.assumed[..] };
    for (col, role) in assumed {
        let header = columns.header(*col);
        let name = match role {
            Role::Verdict => Text::new("đánh giá", "verdicts"),
            Role::Due => Text::new("hạn hoàn thành", "due days"),
            _ => Text::new("kết quả", "values"),
        };
        let at = view.on_sheet(table.header.start, *col);
        diagnostics.push(problems::column_assumed(Place::cells(file, &view.grid.sheet, at), header, name));
    }
}

fn report_hidden(
    file: &Arc<str>,
    view: &View<'_>,
    items: &[u32],
    columns: &Columns,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let hidden_rows: Vec<u32> = items.iter().copied().filter(|&row| view.is_row_hidden(row)).collect();
    if let (Some(&first), Some(&last)) = (hidden_rows.first(), hidden_rows.last()) {
        let what =
            Text::new(format!("{} dòng chỉ tiêu", hidden_rows.len()), format!("{} row(s) of items", hidden_rows.len()));
        let cells = crate::model::CellRange::new(view.on_sheet(first, 0), view.on_sheet(last, 0));
        diagnostics.push(problems::hidden(Place::cells(file, &view.grid.sheet, cells), what));
    }
    let used = columns.single.values().copied().chain(columns.judged.iter().flat_map(|j| j.columns.cols()));
    for col in used.filter(|&col| view.is_col_hidden(col)) {
        let what = match view.orientation {
            Orientation::Upright => {
                let letters = CellRef::new(0, col).column_letters();
                Text::new(format!("cột {letters}"), format!("column {letters}"))
            }
            _ => Text::new(format!("dòng {}", col + 1), format!("row {}", col + 1)),
        };
        let at = items.first().map_or(0, |&row| row);
        diagnostics.push(problems::hidden(Place::cells(file, &view.grid.sheet, view.on_sheet(at, col)), what));
    }
}
