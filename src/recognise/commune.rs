//! Which commune titles, sheets and the file speak of.

use std::sync::Arc;

use super::Context;
use super::columns::contains_words;
use super::register::Found;
use super::set::TITLE_ROWS;
use super::view::{Seen, View};
use crate::catalogue::Vocabulary;
use crate::model::{Period, Place, Traced};
use crate::text::fold;

/// The words that stand where a commune's name stands: after the word xã, up to what is no part of a name.
pub(super) fn written_name(titles: &str, vocabulary: &Vocabulary) -> Option<String> {
    let stops = |word: &str| {
        let is_word = |list: &[String]| list.iter().any(|w| w.split(' ').next() == Some(word));
        // "Cộng hòa xã hội chủ nghĩa" names no commune.
        word.is_empty()
            || matches!(word, "hoi" | "thang" | "nong" | "ntm")
            || word.bytes().any(|b| b.is_ascii_digit())
            || is_word(&vocabulary.months.as_of)
            || is_word(&vocabulary.other_kinds)
    };
    titles.lines().find_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let keys: Vec<String> = words.iter().map(|word| fold(word)).collect();
        (1..words.len()).find_map(|start| {
            let before = keys[..start].join(" ");
            let ends =
                |kinds: &[String]| kinds.iter().any(|kind| before == *kind || before.ends_with(&format!(" {kind}")));
            if !ends(&vocabulary.commune_kinds) || ends(&vocabulary.other_kinds) {
                return None;
            }
            let mut name: Vec<&str> = Vec::new();
            for (word, key) in words[start..].iter().zip(&keys[start..]).take(4) {
                let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
                if stops(key) || !bare.starts_with(char::is_uppercase) {
                    break;
                }
                name.push(bare);
                if !word.ends_with(char::is_alphanumeric) {
                    break;
                }
            }
            (!name.is_empty()).then(|| name.join(" "))
        })
    })
}

/// The communes that cells name; those with the word xã before them alone, where there are any.
pub(super) fn communes_in(
    file: &Arc<str>,
    view: &View<'_>,
    titles: &[&Seen<'_>],
    context: &Context<'_>,
    month: Option<Period>,
) -> Vec<(Found, Traced<String>)> {
    let mut found: Vec<(Found, Traced<String>)> = Vec::new();
    for cell in titles {
        for hit in context.register.find(&cell.text, &context.catalogue.vocabulary, month) {
            if !hit.named && is_in_a_criterion(context.register.commune(hit.commune).name.as_str(), &cell.key, context)
            {
                continue;
            }
            if !found.iter().any(|(f, _)| f.commune == hit.commune && f.named == hit.named) {
                let place = Place::cells(file, &view.grid.sheet, cell.at());
                found.push((hit, Traced { value: cell.text.clone(), place }));
            }
        }
    }
    if found.iter().any(|(f, _)| f.named) {
        found.retain(|(f, _)| f.named);
    }
    found
}

/// Whether a text says a commune's name as part of a criterion's: "Tiêu chí 19: Quốc phòng và An ninh".
fn is_in_a_criterion(name: &str, key: &str, context: &Context<'_>) -> bool {
    let name = fold(name);
    let criteria = context.catalogue.sets.iter().flat_map(|set| &set.criteria);
    let mut names = criteria.map(|criterion| fold(&criterion.name));
    names.any(|own| {
        let rest = own.replace(&name, "");
        own != name
            && contains_words(&own, &name)
            && rest.split(' ').filter(|word| word.len() > 2).all(|word| contains_words(key, word))
    })
}

/// The one commune that the first rows of a file's sheets or its name tell.
pub(super) fn named_in_file(views: &[View<'_>], context: &Context<'_>) -> Option<usize> {
    let vocabulary = &context.catalogue.vocabulary;
    let stem = context.path.rsplit_once('.').map_or(context.path, |(stem, _)| stem);
    let titles = views.iter().flat_map(View::cells).filter(|cell| cell.row < TITLE_ROWS && cell.is_text());
    let found = titles.flat_map(|cell| context.register.find(&cell.text, vocabulary, None));
    let mut communes: Vec<usize> = found.map(|f| f.commune).collect();
    communes.sort_unstable();
    communes.dedup();
    if communes.is_empty() {
        communes = context.register.find_in_name(stem, vocabulary, None).iter().map(|f| f.commune).collect();
    }
    if let [only] = communes.as_slice() { Some(*only) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn an_unknown_name_is_taken_out_of_the_words_around_it() {
        let vocabulary = Catalogue::embedded().unwrap().vocabulary;
        let written = |titles: &str| written_name(titles, &vocabulary);
        assert_eq!(written("ỦY BAN NHÂN DÂN\nXÃ MỸ LẠ").as_deref(), Some("MỸ LẠ"));
        assert_eq!(written("Xã Mỹ Lạ - Tháng 4 năm 2023").as_deref(), Some("Mỹ Lạ"));
        assert_eq!(written("BÁO CÁO XÃ HOÀNG TÂY THÁNG 4/2023").as_deref(), Some("HOÀNG TÂY"));
        assert_eq!(written("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), None);
        assert_eq!(written("Kết quả các tiêu chí của xã trong tháng"), None);
    }
}
