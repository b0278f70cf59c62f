//! Which criteria set texts name, and which one a table is of.

use super::columns::contains_words;
use super::submission::Located;
use super::view::{Seen, View};
use super::{Context, problems};
use crate::catalogue::Vocabulary;
use crate::diag::{Diagnostic, Scope};
use crate::model::{Answer, CriteriaSet, Reply, SetId};
use crate::text::fold;

/// Titles stand above this row.
pub(super) const TITLE_ROWS: u32 = 12;

/// The set a text calls by one of its names, the longest name first.
///
/// A name does not reach over a mark: "kinh tế nông thôn; môi trường" names no set.
pub(super) fn set_named(text: &str, vocabulary: &Vocabulary) -> Option<SetId> {
    let parts: Vec<String> = text.split([';', ',', ':', '(', ')', '\n']).map(fold).collect();
    let names = |word: &str| parts.iter().any(|part| contains_words(part, word));
    vocabulary.sets.iter().find(|(word, _)| names(word)).map(|(_, set)| set.clone())
}

/// The title by which a sheet is one of another level's criteria, `BỘ TIÊU CHÍ HUYỆN NÔNG THÔN MỚI`: none of its titles speaks
/// of a commune's.
pub(super) fn of_another_level<'v>(view: &'v View<'_>, vocabulary: &Vocabulary) -> Option<&'v str> {
    let is_title = |cell: &&Seen<'_>| cell.row < TITLE_ROWS && cell.is_text() && view.row(cell.row).len() <= 2;
    let titles = || view.cells().iter().filter(is_title).filter(|cell| cell.key.split(' ').count() <= 30);
    let says = |key: &str, phrase: &str| contains_words(key, phrase);
    let own = ["xa nong thon moi", "xa ntm", "tieu chi xa", "xa dat chuan", "cua xa", "cac xa"];
    let other = titles().find(|cell| vocabulary.other_levels.iter().any(|phrase| says(&cell.key, phrase)))?;
    (!titles().any(|cell| own.iter().any(|phrase| says(&cell.key, phrase)))).then_some(other.text.as_str())
}

/// The one set that the titles of a file's sheets name; an item's row may speak of the other set in its name.
fn set_named_in_file(views: &[View<'_>], context: &Context<'_>) -> Option<usize> {
    let is_title =
        |view: &View<'_>, cell: &Seen<'_>| cell.row < TITLE_ROWS && cell.is_text() && view.row(cell.row).len() <= 2;
    let titles = views.iter().flat_map(|view| view.cells().iter().filter(move |cell| is_title(view, cell)));
    let named = titles.filter_map(|cell| set_named(&cell.text, &context.catalogue.vocabulary));
    let mut found: Vec<usize> =
        named.filter_map(|id| context.catalogue.sets.iter().position(|set| set.id == id)).collect();
    found.sort_unstable();
    found.dedup();
    if let [only] = found.as_slice() { Some(*only) } else { None }
}

/// The set of a table by its rows; where names do not tell sets apart, by what a person has told or by the title. `Err` holds
/// the sets that remain.
pub(super) fn settle(
    located: &Located<'_, '_>,
    told: Option<&Answer>,
    notes: &mut Vec<Diagnostic>,
) -> Result<usize, Vec<usize>> {
    let (table, context) = (located.table, located.context);
    let sets = &context.catalogue.sets;
    let index_of = |id: &SetId| sets.iter().position(|set| set.id == *id);
    let found = table.alignment.set;
    if let Some(answer) = told
        && let Reply::Set(set) = &answer.reply
        && let Some(told) = index_of(set).filter(|set| *set == found || table.rivals.iter().any(|a| a.set == *set))
    {
        notes.push(problems::answer_used(located.place(), answer).about(Scope::Submission));
        return Ok(told);
    }
    let named = named(located).and_then(|id| index_of(&id));
    if table.rivals.is_empty() {
        if let Some(named) = named.filter(|&named| named != found && are_named_apart(sets, named, found)) {
            notes.push(problems::set_conflict(located.place(), &sets[named].short_name, &sets[found].short_name));
        }
        return Ok(found);
    }
    let candidates: Vec<usize> = std::iter::once(found).chain(table.rivals.iter().map(|a| a.set)).collect();
    if let Some(named) = named.filter(|named| candidates.contains(named)) {
        return Ok(named);
    }
    // A sheet for each criterion says on none but the first of which set they are.
    let is_part = table.alignment.placed.len() * 2 < context.names.sets[found].nodes.len();
    let of_file = is_part.then(|| set_named_in_file(located.views, context)).flatten();
    of_file.filter(|set| candidates.contains(set)).ok_or(candidates)
}

/// The set that a table's rows say they are of, else its titles, its sheet's name or the file's.
fn named(located: &Located<'_, '_>) -> Option<SetId> {
    let (view, context) = (located.view, located.context);
    let vocabulary = &context.catalogue.vocabulary;
    let told_by_rows = view.about.set.map(|set| context.catalogue.sets[set].id.clone());
    told_by_rows
        .or_else(|| set_named(&located.title(" "), vocabulary))
        .or_else(|| set_named(&view.grid.sheet, vocabulary))
        .or_else(|| set_named(context.path, vocabulary))
}

/// "NTM" in a title also heads reports of the advanced set: only the narrower name contradicts.
fn are_named_apart(sets: &[CriteriaSet], named: usize, found: usize) -> bool {
    !sets[found].short_name.starts_with(&sets[named].short_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn a_set_is_named_in_one_breath() {
        let vocabulary = Catalogue::embedded().unwrap().vocabulary;
        let named = |text: &str| set_named(text, &vocabulary).map(|set| set.as_str().to_owned());
        assert_eq!(named("Xã đạt chuẩn nông thôn mới").as_deref(), Some("ntm-2021-2025"));
        assert_eq!(named("phát triển kinh tế nông thôn; môi trường"), None);
        assert_eq!(named("hạ tầng thương mại nông thôn, môi trường: chưa đạt"), None);
    }
}
