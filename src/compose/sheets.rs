//! Names of sheets that Excel takes: legal letters, at most 31 of them, no name twice.

use std::collections::BTreeSet;

use crate::model::report::Section;

const LONGEST: usize = 31;

/// Makes the names of all sheets legal and unique, changing as little as possible.
pub(super) fn name(sections: &mut [Section]) {
    let mut taken = BTreeSet::new();
    for section in sections {
        let wanted = legal(&section.sheet_name);
        let numbered = (2..).map(|n| {
            let number = format!(" ({n})");
            format!("{}{number}", cut(&wanted, LONGEST - number.len()))
        });
        let free = std::iter::once(cut(&wanted, LONGEST).to_owned())
            .chain(numbered)
            .find(|name| !taken.contains(&name.to_lowercase()))
            .expect("numbers do not run out");
        taken.insert(free.to_lowercase());
        section.sheet_name = free;
    }
}

fn legal(name: &str) -> String {
    let replaced: String = name.chars().map(|c| if "[]:*?/\\".contains(c) { '-' } else { c }).collect();
    let trimmed = replaced.trim().trim_matches('\'');
    if trimmed.is_empty() { "-".to_owned() } else { trimmed.to_owned() }
}

fn cut(name: &str, letters: usize) -> &str {
    let end = name.char_indices().nth(letters).map_or(name.len(), |(at, _)| at);
    name[..end].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::report::{Media, PageStart};

    fn named(names: &[&str]) -> Vec<String> {
        let section = |name: &&str| Section {
            id: String::new(),
            media: Media::Both,
            title: String::new(),
            sheet_name: (*name).to_owned(),
            page: PageStart::Flow,
            blocks: Vec::new(),
        };
        let mut sections: Vec<Section> = names.iter().map(section).collect();
        name(&mut sections);
        sections.into_iter().map(|section| section.sheet_name).collect()
    }

    #[test]
    fn names_are_legal_unique_and_short() {
        assert_eq!(named(&["Ma trận", "ma trận", "a/b", ""]), ["Ma trận", "ma trận (2)", "a-b", "-"]);
        let long = "Ma trận nông thôn mới kiểu mẫu và nâng cao";
        let names = named(&[long, long]);
        assert_eq!(names, ["Ma trận nông thôn mới kiểu mẫu", "Ma trận nông thôn mới kiểu (2)"]);
        assert!(names.iter().all(|name| name.chars().count() <= LONGEST));
    }
}
