//! What a text is: repaired, folded, and what the vocabulary says of it, each found out once.
//!
//! Communes say the same in thousands of cells: the names of the set, the words of verdicts, the headings. A [`Lexicon`]
//! keeps the texts of a run, so that the second file that says "Chưa đạt" costs a look-up; [`Texts`] holds those of one
//! file for its cells to refer to.

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::rc::Rc;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::code::{self, Reading};
use super::columns::{Legend, contains_words};
use super::names::{NameMatch, Names};
use crate::catalogue::{Role, VerdictWord, Vocabulary};
use crate::read::{Font, Grid, GridCell, Value};
use crate::text::legacy::{Encoding, Judgement, judge};
use crate::text::{clean, date, fold, number};

/// How many texts a lexicon keeps, and how long they may be: names and words come in the first files, what comes after
/// them are figures, which few cells share.
const KEPT: usize = 8_192;
const LONGEST: usize = 512;

/// The texts of all files read by one catalogue. Files read beside each other share it; what it holds changes no result.
#[derive(Debug, Default)]
pub struct Lexicon {
    known: RwLock<HashMap<Box<str>, Arc<Known>>>,
}

impl Lexicon {
    fn known(&self, text: &str) -> Arc<Known> {
        // Nothing can be left half done under this lock: a thread that panicked has left whole entries.
        if let Some(known) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(text) {
            return Arc::clone(known);
        }
        let known = Arc::new(Known::of(text));
        if text.len() <= LONGEST {
            let mut kept = self.known.write().unwrap_or_else(PoisonError::into_inner);
            if kept.len() < KEPT {
                kept.insert(text.into(), Arc::clone(&known));
            }
        }
        known
    }
}

/// A text as it stands in files, with what it reads as in each encoding.
#[derive(Debug)]
struct Known {
    judgement: Judgement,
    is_ascii: bool,
    /// Whether it has letters that no encoding of one byte has.
    is_beyond_latin1: bool,
    as_it_is: OnceLock<Words>,
    tcvn3: OnceLock<Words>,
    vni: OnceLock<Words>,
}

impl Known {
    fn of(text: &str) -> Self {
        let is_ascii = text.is_ascii();
        Known {
            judgement: if is_ascii { Judgement::Unicode } else { judge(text) },
            is_ascii,
            is_beyond_latin1: text.chars().any(|c| c as u32 > 0xff && c.is_alphabetic()),
            as_it_is: OnceLock::new(),
            tcvn3: OnceLock::new(),
            vni: OnceLock::new(),
        }
    }

    /// The text in Unicode. The font decides where the file tells it, unless the letters can only be Unicode; else the
    /// words decide, and where they read both ways, the sure cells of the same workbook.
    fn words(&self, text: &str, font: Font, neighbours: Option<Encoding>) -> &Words {
        let encoding = match (font, self.judgement) {
            _ if self.is_ascii => None,
            (Font::Legacy(encoding), _) => (!self.is_beyond_latin1).then_some(encoding),
            (_, Judgement::Legacy(encoding)) => Some(encoding),
            // A cell in a font of Unicode that reads well as it is stays as it is.
            (Font::Unknown, Judgement::Open) => neighbours,
            _ => None,
        };
        let place = match encoding {
            None => &self.as_it_is,
            Some(Encoding::Tcvn3) => &self.tcvn3,
            Some(Encoding::Vni) => &self.vni,
        };
        place.get_or_init(|| match encoding.map(|encoding| (encoding, encoding.decode(text))) {
            Some((encoding, decoded)) => Words::of(clean(&decoded), (decoded != text).then_some(encoding)),
            None => Words::of(clean(text), None),
        })
    }
}

/// The words of a text once repaired.
#[derive(Debug)]
pub(super) struct Words {
    /// Clean text; a number in its shortest decimal form.
    pub(super) text: String,
    /// The folded key of the text.
    pub(super) key: String,
    /// Whether the encoding was repaired.
    pub(super) repaired: Option<Encoding>,
    verdict: OnceLock<Option<VerdictWord>>,
    roles: OnceLock<BTreeMap<Role, f64>>,
    readings: OnceLock<Vec<Reading>>,
    is_day: OnceLock<bool>,
    is_number: OnceLock<bool>,
    legend: OnceLock<Option<Legend>>,
    speaks_of_unmet: OnceLock<bool>,
    exact: OnceLock<Vec<NameMatch>>,
    /// For each set; most texts are never asked for.
    similar: OnceLock<Box<[OnceLock<Vec<NameMatch>>]>>,
}

impl Words {
    pub(super) fn of(text: String, repaired: Option<Encoding>) -> Self {
        Words {
            key: fold(&text),
            text,
            repaired,
            verdict: OnceLock::new(),
            roles: OnceLock::new(),
            readings: OnceLock::new(),
            is_day: OnceLock::new(),
            is_number: OnceLock::new(),
            legend: OnceLock::new(),
            speaks_of_unmet: OnceLock::new(),
            exact: OnceLock::new(),
            similar: OnceLock::new(),
        }
    }

    /// The verdict that the text states, as [`Vocabulary::verdict`] tells it.
    pub(super) fn verdict(&self, vocabulary: &Vocabulary) -> Option<VerdictWord> {
        *self.verdict.get_or_init(|| vocabulary.verdict(&self.text))
    }

    /// The roles that the text names as a heading, as [`Vocabulary::header_roles`] tells them.
    pub(super) fn roles(&self, vocabulary: &Vocabulary) -> &BTreeMap<Role, f64> {
        self.roles.get_or_init(|| vocabulary.header_roles(&self.key))
    }

    /// The role that the text names best, if it fits at least so well.
    pub(super) fn role(&self, vocabulary: &Vocabulary, least: f64) -> Option<Role> {
        let roles = self.roles(vocabulary).iter().filter(|(_, fit)| **fit >= least);
        roles.max_by(|a, b| a.1.total_cmp(b.1)).map(|(role, _)| *role)
    }

    /// Whether the text is a day.
    pub(super) fn is_day(&self) -> bool {
        *self.is_day.get_or_init(|| date::day(&self.text).is_some())
    }

    /// Whether the text is a number as clerks write it.
    pub(super) fn is_number(&self) -> bool {
        *self.is_number.get_or_init(|| number::parse(&self.text).is_some())
    }

    /// The legend that the text is, as [`Legend::stated`] tells it.
    pub(super) fn legend(&self, vocabulary: &Vocabulary) -> Option<&Legend> {
        self.legend.get_or_init(|| Legend::stated(&self.text, &self.key, vocabulary)).as_ref()
    }

    /// Whether the text speaks of what is not met, in the words by which sentences do.
    pub(super) fn speaks_of_unmet(&self, vocabulary: &Vocabulary) -> bool {
        let speaks = || vocabulary.sentences.unmet.iter().any(|phrase| contains_words(&self.key, phrase));
        *self.speaks_of_unmet.get_or_init(speaks)
    }

    /// Items whose name is the text's, as [`Names::exact`] finds them.
    pub(super) fn exact(&self, names: &Names) -> &[NameMatch] {
        self.exact.get_or_init(|| names.exact(&self.text, &self.key))
    }

    /// Items of a set whose name is like the text, as [`Names::similar`] finds them.
    pub(super) fn similar(&self, names: &Names, set: usize) -> &[NameMatch] {
        let of_sets = self.similar.get_or_init(|| names.sets.iter().map(|_| OnceLock::new()).collect());
        of_sets[set].get_or_init(|| names.similar(set, &self.key))
    }

    /// The text read as a code.
    pub(super) fn readings(&self) -> &[Reading] {
        self.readings.get_or_init(|| code::of_text(&self.key, &self.text))
    }
}

/// The texts of one file, cell by cell.
#[derive(Debug)]
pub(super) struct Texts {
    /// The encoding of the sure cells, where most that are not ASCII agree on one.
    encoding: Option<Encoding>,
    kept: Vec<Kept>,
    /// For each sheet and each of its cells, which text.
    of_cells: Vec<Vec<usize>>,
}

#[derive(Debug)]
enum Kept {
    Shared(Arc<Known>),
    Own(Box<Words>),
}

impl Texts {
    pub(super) fn of(grids: &[Grid], lexicon: &Lexicon) -> Self {
        let mut texts = Texts { encoding: None, kept: Vec::new(), of_cells: Vec::new() };
        let mut met: HashMap<&str, usize> = HashMap::new();
        let mut counts = Counts::default();
        for grid in grids {
            let mut of_cells = Vec::with_capacity(grid.cells().len());
            for cell in grid.cells() {
                let at = match &cell.value {
                    Value::Text(text) => *met.entry(text).or_insert_with(|| {
                        texts.kept.push(Kept::Shared(lexicon.known(text)));
                        texts.kept.len() - 1
                    }),
                    other => {
                        texts.kept.push(Kept::Own(Box::new(Words::of(plain(other), None))));
                        texts.kept.len() - 1
                    }
                };
                if let Kept::Shared(known) = &texts.kept[at] {
                    counts.add(cell.font, known);
                }
                of_cells.push(at);
            }
            texts.of_cells.push(of_cells);
        }
        texts.encoding = counts.encoding();
        texts
    }

    /// The words of each cell of a sheet, in the order of its cells.
    pub(super) fn of_sheet<'a>(&'a self, sheet: usize, cells: &'a [GridCell]) -> impl Iterator<Item = Held<'a>> {
        cells.iter().zip(&self.of_cells[sheet]).map(|(cell, at)| match (&self.kept[*at], &cell.value) {
            (Kept::Own(words), _) => Held::Of(words),
            (Kept::Shared(known), Value::Text(text)) => Held::Of(known.words(text, cell.font, self.encoding)),
            (Kept::Shared(known), _) => Held::Of(known.words("", cell.font, None)),
        })
    }
}

/// What a cell that is no text says.
fn plain(value: &Value) -> String {
    match value {
        Value::Number(n) => n.to_string(),
        Value::Date { date, .. } => format!("{}/{}/{}", date.day(), date.month(), date.year()),
        Value::Bool(flag) => (if *flag { "TRUE" } else { "FALSE" }).to_owned(),
        // "#N/A" would read as a verdict: an error states nothing, and is named by the reader.
        Value::Text(_) | Value::Error(_) | Value::NoStoredValue => String::new(),
    }
}

/// How many cells of a workbook are sure to be in which encoding.
#[derive(Default)]
struct Counts {
    unicode: usize,
    tcvn3: usize,
    vni: usize,
}

impl Counts {
    fn add(&mut self, font: Font, known: &Known) {
        if known.is_ascii {
            return;
        }
        match (font, known.judgement) {
            (Font::Legacy(Encoding::Tcvn3), _) | (_, Judgement::Legacy(Encoding::Tcvn3)) => self.tcvn3 += 1,
            (Font::Legacy(Encoding::Vni), _) | (_, Judgement::Legacy(Encoding::Vni)) => self.vni += 1,
            (_, Judgement::Unicode) => self.unicode += 1,
            _ => {}
        }
    }

    fn encoding(&self) -> Option<Encoding> {
        let (encoding, most) =
            if self.vni >= self.tcvn3 { (Encoding::Vni, self.vni) } else { (Encoding::Tcvn3, self.tcvn3) };
        (most > self.unicode).then_some(encoding)
    }
}

/// The words a cell refers to: its file's, or some made from a part of it.
#[derive(Debug, Clone)]
pub(super) enum Held<'a> {
    Of(&'a Words),
    Made(Rc<Words>),
}

impl Deref for Held<'_> {
    type Target = Words;

    fn deref(&self) -> &Words {
        match self {
            Held::Of(words) => words,
            Held::Made(words) => words,
        }
    }
}
