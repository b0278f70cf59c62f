//! Which criteria set texts name.

use super::Context;
use super::columns::contains_words;
use super::view::{Seen, View};
use crate::catalogue::Vocabulary;
use crate::model::SetId;
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
pub(super) fn set_named_in_file(views: &[View<'_>], context: &Context<'_>) -> Option<usize> {
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
