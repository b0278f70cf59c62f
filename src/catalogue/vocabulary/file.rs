//! The vocabulary as its template writes it, read and checked.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::doubts::DoubtsFile;
use super::verdicts::squeeze;
use super::{Role, RowWord, VerdictWord, Vocabulary};
use crate::catalogue::TemplateError;
use crate::catalogue::phrases::{Figures, Months, Sentences, Sheets, Titles};
use crate::model::{CriteriaSet, SetId, Text};
use crate::text::{fold, toned};

/// Reads and checks the vocabulary.
///
/// # Errors
/// A slip of syntax with its line; a word that means two things; a set that does not exist.
pub fn parse(file: &str, text: &str, sets: &[CriteriaSet]) -> Result<Vocabulary, TemplateError> {
    let raw: VocabularyFile = toml::from_str(text).map_err(|e| TemplateError::of_toml(file, text, &e))?;
    let twice = |word: &str| {
        TemplateError::whole_file(
            file,
            Text::new(format!("từ «{word}» có hai nghĩa"), format!("the word {word:?} means two things")),
        )
    };
    let headers = unique(raw.columns.into_iter()).map_err(|w| twice(&w))?;
    let v = raw.verdicts;
    let words = [&v.met, &v.not_met, &v.nearly_met, &v.in_progress, &v.not_applicable, &v.not_stated];
    let single = words.into_iter().flatten().filter(|word| !word.contains(' ')).map(|word| toned(word)).collect();
    let unjudged = v.not_stated.iter().map(|phrase| fold(phrase)).collect();
    let verdicts = unique(
        [
            (VerdictWord::Met, v.met),
            (VerdictWord::NotMet, v.not_met),
            (VerdictWord::NearlyMet, v.nearly_met),
            (VerdictWord::InProgress, v.in_progress),
            (VerdictWord::NotApplicable, v.not_applicable),
            (VerdictWord::NotStated, v.not_stated),
            (VerdictWord::Yes, v.yes),
            (VerdictWord::No, v.no),
        ]
        .into_iter(),
    )
    .map_err(|w| twice(&w))?;
    let rows = unique(
        [
            (RowWord::Total, raw.rows.total),
            (RowWord::Signature, raw.rows.signature),
            (RowWord::Legend, raw.rows.legend),
        ]
        .into_iter(),
    )
    .map_err(|w| twice(&w))?;
    let mut set_words = Vec::new();
    for (id, words) in raw.sets {
        let id = SetId::from(id.as_str());
        if !sets.iter().any(|set| set.id == id) {
            return Err(TemplateError::whole_file(
                file,
                Text::new(
                    format!("không có bộ tiêu chí «{id}»"),
                    format!("there is no criteria set {:?}", id.as_str()),
                ),
            ));
        }
        set_words.extend(words.iter().map(|w| (fold(w), id.clone())));
    }
    set_words.sort_by_key(|(word, _)| (std::cmp::Reverse(word.len()), word.clone()));
    let keys = |words: Vec<String>| {
        let mut keys: Vec<String> = words.iter().map(|w| fold(w)).collect();
        keys.sort_by_key(|key| (std::cmp::Reverse(key.len()), key.clone()));
        keys
    };
    Ok(Vocabulary {
        headers,
        squeezed: verdicts.iter().filter(|(key, _)| key.len() >= 3).map(|(key, &word)| (squeeze(key), word)).collect(),
        single,
        verdicts,
        marks: raw.marks.tick,
        blanks: raw.marks.blank,
        ditto: raw.marks.ditto,
        mark_pairs: raw.marks.pairs,
        rows: rows.into_iter().collect(),
        written: raw.written.forms,
        commune_kinds: keys(raw.names.commune_kinds),
        other_kinds: keys(raw.names.other_kinds),
        mentioned: keys(raw.names.mentioned),
        other_levels: keys(raw.names.other_levels),
        commune_codes: keys(raw.names.commune_codes),
        district_words: keys(raw.names.district_words),
        months: raw.months,
        sheets: raw.sheets,
        titles: raw.titles,
        figures: raw.figures,
        doubts: raw.doubts.read(&raw.sentences),
        sentences: Sentences { unjudged, ..raw.sentences },
        sets: set_words,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VocabularyFile {
    columns: BTreeMap<Role, Vec<String>>,
    verdicts: VerdictsFile,
    marks: MarksFile,
    rows: RowsFile,
    names: NamesFile,
    months: Months,
    sheets: Sheets,
    sentences: Sentences,
    titles: Titles,
    figures: Figures,
    doubts: DoubtsFile,
    written: WrittenFile,
    sets: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerdictsFile {
    met: Vec<String>,
    not_met: Vec<String>,
    nearly_met: Vec<String>,
    in_progress: Vec<String>,
    not_applicable: Vec<String>,
    not_stated: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarksFile {
    tick: Vec<String>,
    pairs: Vec<[String; 2]>,
    blank: Vec<String>,
    ditto: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowsFile {
    total: Vec<String>,
    signature: Vec<String>,
    legend: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFile {
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamesFile {
    commune_kinds: Vec<String>,
    other_kinds: Vec<String>,
    mentioned: Vec<String>,
    #[serde(default)]
    other_levels: Vec<String>,
    commune_codes: Vec<String>,
    district_words: Vec<String>,
}

/// One meaning for each folded word; the word that has two is the error.
fn unique<M: Copy + PartialEq>(groups: impl Iterator<Item = (M, Vec<String>)>) -> Result<BTreeMap<String, M>, String> {
    let mut map: BTreeMap<String, M> = BTreeMap::new();
    for (meaning, words) in groups {
        for word in words {
            if map.insert(fold(&word), meaning).is_some_and(|before| before != meaning) {
                return Err(word);
            }
        }
    }
    Ok(map)
}
