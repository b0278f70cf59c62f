//! A workspace opened: its settings and its catalogue, with the workspace's own templates laid over the shipped ones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::examine::sha256;
use crate::catalogue::wording::{self, Wording};
use crate::catalogue::{self, Catalogue};
use crate::closing::Named;
use crate::error::Error;
use crate::host::{Host, Lock};
use crate::model::{Answers, Lang, Text};
use crate::settings::{self, Settings};

/// Template files are small texts.
const TEMPLATE_LIMIT: u64 = 4 << 20;

/// A workspace's settings and catalogue.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder it lies in.
    pub root: PathBuf,
    /// What the office has set, with all answers.
    pub settings: Settings,
    /// Sets and vocabulary.
    pub catalogue: Catalogue,
    /// The workspace's own template files by their path below the templates folder.
    overrides: BTreeMap<String, String>,
    /// The answers of `ntm.toml` alone.
    own_answers: Answers,
    /// A hash of all that files are read by: the program, settings, answers, templates.
    pub(super) rules: String,
    /// What the rules are made of, by name and hash.
    pub(super) rule_files: Vec<Named>,
}

impl Workspace {
    /// Opens the workspace of a folder.
    ///
    /// # Errors
    /// No `ntm.toml`, slips in it or in a template, or a file that cannot be read.
    pub fn open(host: &dyn Host, root: &Path) -> Result<Self, Error> {
        let path = root.join(settings::FILE_NAME);
        if !host.exists(&path)? {
            return Err(Error::Usage(Text::new(
                format!(
                    "thư mục «{}» chưa có tệp ntm.toml; chạy «ntm init {}» để tạo nơi làm việc",
                    root.display(),
                    root.display()
                ),
                format!("{:?} has no ntm.toml; run `ntm init {}` to make a workspace", root.display(), root.display()),
            )));
        }
        let bytes = host.read(&path, TEMPLATE_LIMIT)?;
        let text = settings::decode(&bytes, settings::FILE_NAME)?;
        // The sets that settings may name include the workspace's own, whose folder the settings name: shipped sets
        // are enough to find the folder.
        let shipped = catalogue_of(&BTreeMap::new())?;
        let first = settings::parse(&text, settings::FILE_NAME, root, &shipped.sets);
        let folder =
            first.as_ref().map_or_else(|_| root.join(settings::TEMPLATES_FOLDER), |s| s.folders.templates.clone());
        let overrides = overrides(host, &folder)?;
        let answers = answers_text(host, root)?.unwrap_or_default();
        let of_templates = overrides.iter().flat_map(|(path, text)| [path.as_str(), text.as_str()]);
        let rules = [env!("CARGO_PKG_VERSION"), &text, &answers].into_iter().chain(of_templates);
        let rules = sha256(rules.collect::<Vec<_>>().join("\u{0}").as_bytes());
        let rule_files = rule_files(&text, &answers, &overrides);
        if overrides.is_empty() {
            let (settings, own_answers) = with_answers(host, root, first?, &shipped)?;
            return Ok(Workspace {
                root: root.to_owned(),
                settings,
                catalogue: shipped,
                overrides,
                own_answers,
                rules,
                rule_files,
            });
        }
        let catalogue = catalogue_of(&overrides)?;
        let settings = settings::parse(&text, settings::FILE_NAME, root, &catalogue.sets)?;
        let (settings, own_answers) = with_answers(host, root, settings, &catalogue)?;
        let workspace =
            Workspace { root: root.to_owned(), settings, catalogue, overrides, own_answers, rules, rule_files };
        // A slip in the wording is told now, not after an hour's work.
        workspace.wording(Lang::Vi)?;
        workspace.wording(Lang::En)?;
        Ok(workspace)
    }

    /// Takes the workspace for this process. What a process before it left half written when it was cut off is removed.
    pub(super) fn hold(&self, host: &dyn Host) -> Result<Lock, Error> {
        let lock = host.lock(&self.root)?;
        if lock.comes_after_a_cut() {
            let folders = &self.settings.folders;
            // A folder of the workspace may be a link to another disk, and links are not followed.
            let ours = [&self.root, &folders.archive, &folders.store, &folders.reports, &folders.returned];
            ours.into_iter().try_for_each(|folder| host.sweep(folder))?;
        }
        Ok(lock)
    }

    /// What `ntm.toml` says without the file of answers.
    pub(super) fn settings_alone(&self) -> Settings {
        Settings { answers: self.own_answers.clone(), ..self.settings.clone() }
    }

    /// The sentences of the papers: the workspace's own file where it has one, else the shipped one.
    ///
    /// # Errors
    /// A slip in the workspace's own wording.
    pub fn wording(&self, lang: Lang) -> Result<Wording, Error> {
        let file = match lang {
            Lang::Vi => "wording/vi.toml",
            Lang::En => "wording/en.toml",
        };
        let wording = match self.overrides.get(file) {
            Some(text) => wording::parse(lang, text, file),
            None => wording::shipped(lang),
        };
        wording.map_err(|error| {
            let lines = |text: &dyn Fn(&Text) -> String| {
                error
                    .slips
                    .iter()
                    .map(|s| format!("{}:{}:{}: {}", error.file, s.line, s.column, text(&s.message)))
                    .collect::<Vec<_>>()
                    .join("\n")
            };
            Error::Usage(Text::new(lines(&|t| t.vi.clone()), lines(&|t| t.en.clone())))
        })
    }
}

/// What files are read by and papers are made of, by name and hash: the workspace's own, then what ships and is not laid
/// over.
fn rule_files(settings: &str, answers: &str, overrides: &BTreeMap<String, String>) -> Vec<Named> {
    let named = |name: String, text: &str| Named { name, sha256: sha256(text.as_bytes()) };
    let own = [(settings::FILE_NAME, settings), (settings::ANSWERS_FILE, answers)];
    let own = own.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| named(name.to_owned(), text));
    let laid_over = overrides.iter().map(|(path, text)| named(format!("{}/{path}", settings::TEMPLATES_FOLDER), text));
    let shipped = catalogue::shipped().filter(|(path, _)| !overrides.contains_key(*path));
    own.chain(laid_over).chain(shipped.map(|(path, text)| named(format!("templates/{path}"), text))).collect()
}

/// The settings with the answers of the file of answers, where there is one; and the answers they have without it.
fn with_answers(
    host: &dyn Host,
    root: &Path,
    mut settings: Settings,
    catalogue: &Catalogue,
) -> Result<(Settings, Answers), Error> {
    let own = settings.answers.clone();
    if let Some(text) = answers_text(host, root)? {
        settings.answers = settings::joined(&text, settings::ANSWERS_FILE, &settings, &catalogue.sets)?;
    }
    Ok((settings, own))
}

/// The text of the file of answers.
pub(super) fn answers_text(host: &dyn Host, root: &Path) -> Result<Option<String>, Error> {
    let path = root.join(settings::ANSWERS_FILE);
    if !host.exists(&path)? {
        return Ok(None);
    }
    let bytes = host.read(&path, TEMPLATE_LIMIT)?;
    Ok(Some(settings::decode(&bytes, settings::ANSWERS_FILE)?))
}

fn catalogue_of(overrides: &BTreeMap<String, String>) -> Result<Catalogue, Error> {
    Catalogue::with_overrides(overrides).map_err(|slip| {
        let at = if slip.line > 0 { format!("{}:{}:{}", slip.file, slip.line, slip.column) } else { slip.file.clone() };
        Error::Usage(Text::new(format!("{at}: {}", slip.message.vi), format!("{at}: {}", slip.message.en)))
    })
}

/// The workspace's own template files by their path below the folder, with forward slashes.
fn overrides(host: &dyn Host, folder: &Path) -> Result<BTreeMap<String, String>, Error> {
    let mut found = BTreeMap::new();
    if !host.exists(folder)? {
        return Ok(found);
    }
    for path in host.files(folder)? {
        if path.extension().is_some_and(|e| e == "toml") {
            let text = String::from_utf8_lossy(&host.read(&path, TEMPLATE_LIMIT)?).into_owned();
            found.insert(below(folder, &path), text);
        }
    }
    Ok(found)
}

/// A path below a folder, with forward slashes on every system.
pub(super) fn below(folder: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(folder).unwrap_or(path);
    relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
