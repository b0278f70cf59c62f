//! What the user wrote: the shape of `ntm.toml`, every value with its place, nothing yet judged by its meaning.
//!
//! `None` for a required value means that a slip already says what is wrong with it.

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;

use super::section::Section;
use super::slip::Slips;
use super::unattended::{self, UnattendedFile};
use crate::model::Period;

/// The whole file.
pub(super) struct SettingsFile {
    pub(super) unit: UnitFile,
    pub(super) letterhead: LetterheadFile,
    pub(super) communes: Vec<CommuneFile>,
    pub(super) sets: Vec<SetFile>,
    pub(super) deadline: DeadlineFile,
    pub(super) offices: Vec<OfficeFile>,
    pub(super) roadmap: Vec<RoadmapFile>,
    pub(super) mergers: Vec<MergerFile>,
    pub(super) hand: Option<Spanned<String>>,
    pub(super) decisions: Vec<DecisionFile>,
    pub(super) plans: Vec<PlanFile>,
    pub(super) answers: Vec<AnswerFile>,
    pub(super) folders: Vec<(&'static str, Spanned<String>)>,
    pub(super) keep_inbox: Option<bool>,
    pub(super) commune_briefs: Option<bool>,
    pub(super) unattended: UnattendedFile,
}

/// `[unit]`.
#[derive(Default)]
pub(super) struct UnitFile {
    pub(super) name: Option<Spanned<String>>,
    pub(super) parent: Option<Spanned<String>>,
    pub(super) region: Option<Spanned<String>>,
}

/// `[letterhead]`.
#[derive(Default)]
pub(super) struct LetterheadFile {
    pub(super) superior: Option<Vec<Spanned<String>>>,
    pub(super) issuer: Option<Vec<Spanned<String>>>,
    pub(super) symbol: Option<Spanned<String>>,
    pub(super) place: Option<Spanned<String>>,
    pub(super) authority: Option<Vec<Spanned<String>>>,
    pub(super) signer: Option<Spanned<String>>,
    pub(super) recipients: Option<Vec<Spanned<String>>>,
}

/// One `[[communes]]`.
pub(super) struct CommuneFile {
    pub(super) span: Range<usize>,
    pub(super) code: Option<Spanned<String>>,
    pub(super) name: Option<Spanned<String>>,
    pub(super) kind: Option<Spanned<String>>,
    pub(super) other_names: Vec<Spanned<String>>,
    pub(super) valid_from: Option<Spanned<Date>>,
    pub(super) valid_to: Option<Spanned<Date>>,
    pub(super) region: Option<Spanned<String>>,
    pub(super) group: Option<Spanned<String>>,
}

/// One `[[sets]]`.
pub(super) struct SetFile {
    pub(super) id: Option<Spanned<String>>,
    pub(super) from: Option<Spanned<Period>>,
    pub(super) to: Option<Spanned<Period>>,
    pub(super) hand: Option<Spanned<String>>,
}

/// `[deadline]`.
#[derive(Default)]
pub(super) struct DeadlineFile {
    pub(super) day: Option<Spanned<i64>>,
    pub(super) months_after: Option<Spanned<i64>>,
}

/// One `[[offices]]`.
pub(super) struct OfficeFile {
    pub(super) name: Option<Spanned<String>>,
    pub(super) set: Option<Spanned<String>>,
    pub(super) items: Vec<Spanned<String>>,
}

/// One `[[roadmap]]`.
pub(super) struct RoadmapFile {
    pub(super) commune: Option<Spanned<String>>,
    pub(super) set: Option<Spanned<String>>,
    pub(super) year: Option<Spanned<i64>>,
}

/// One `[[mergers]]`.
pub(super) struct MergerFile {
    pub(super) span: Range<usize>,
    pub(super) on: Option<Spanned<Date>>,
    pub(super) into: Option<Spanned<String>>,
    pub(super) parts: Vec<Spanned<String>>,
    pub(super) weights: Option<Vec<Spanned<i64>>>,
}

/// One `[[decision]]`.
pub(super) struct DecisionFile {
    pub(super) span: Range<usize>,
    pub(super) commune: Option<Spanned<String>>,
    pub(super) set: Option<Spanned<String>>,
    pub(super) items: Vec<Spanned<String>>,
    pub(super) verdict: Option<Spanned<String>>,
    pub(super) number: Option<Spanned<String>>,
    pub(super) date: Option<Spanned<Date>>,
    pub(super) from: Option<Spanned<Period>>,
    pub(super) to: Option<Spanned<Period>>,
}

/// One `[[plan]]`.
pub(super) struct PlanFile {
    pub(super) span: Range<usize>,
    pub(super) commune: Option<Spanned<String>>,
    pub(super) set: Option<Spanned<String>>,
    pub(super) items: Vec<Spanned<String>>,
    pub(super) owner: Option<Spanned<String>>,
    pub(super) task: Option<Spanned<String>>,
    pub(super) due: Option<Spanned<Date>>,
    pub(super) date: Option<Spanned<Date>>,
}

/// One `[[answer]]`.
pub(super) struct AnswerFile {
    pub(super) span: Range<usize>,
    pub(super) asks: Option<Spanned<String>>,
    pub(super) commune: Option<Spanned<String>>,
    pub(super) layout: Option<Spanned<String>>,
    pub(super) sheet: Option<Spanned<String>>,
    pub(super) name: Option<Spanned<String>>,
    pub(super) word: Option<Spanned<String>>,
    pub(super) sha256: Option<Spanned<String>>,
    pub(super) answer: Option<Spanned<String>>,
}

/// The keys of `[folders]`, in the order of [`super::Folders`].
pub(super) const FOLDER_KEYS: [&str; 9] =
    ["inbox", "archive", "store", "reports", "returned", "templates", "closings", "forms", "logs"];

/// The file in its shape; unknown keys, missing keys and wrong types become slips.
pub(super) fn read(document: &Section<'_>, slips: &mut Slips<'_>) -> SettingsFile {
    document.refuse_others(
        &[
            "unit",
            "letterhead",
            "communes",
            "sets",
            "assessing",
            "decision",
            "plan",
            "deadline",
            "offices",
            "roadmap",
            "mergers",
            "answer",
            "folders",
            "papers",
            "inbox",
            "watch",
            "log",
            "after_run",
        ],
        slips,
    );
    SettingsFile {
        unit: unit(document, slips),
        letterhead: document.section("letterhead", slips).map(|s| letterhead(&s, slips)).unwrap_or_default(),
        communes: entries(document, "communes", slips, commune),
        sets: entries(document, "sets", slips, set),
        deadline: document.section("deadline", slips).map(|s| deadline(&s, slips)).unwrap_or_default(),
        offices: entries(document, "offices", slips, office),
        roadmap: entries(document, "roadmap", slips, roadmap),
        mergers: entries(document, "mergers", slips, merger),
        hand: document.section("assessing", slips).and_then(|s| hand(&s, slips)),
        decisions: entries(document, "decision", slips, decision),
        plans: entries(document, "plan", slips, plan),
        answers: answers(document, slips),
        folders: document.section("folders", slips).map(|s| folders(&s, slips)).unwrap_or_default(),
        keep_inbox: document.section("inbox", slips).and_then(|s| keep_inbox(&s, slips)),
        commune_briefs: document.section("papers", slips).and_then(|s| commune_briefs(&s, slips)),
        unattended: unattended::read(document, slips),
    }
}

fn entries<'a, T>(
    document: &Section<'a>,
    key: &'a str,
    slips: &mut Slips<'_>,
    one: fn(&Section<'_>, &mut Slips<'_>) -> T,
) -> Vec<T> {
    document.sections(key, slips).iter().map(|section| one(section, slips)).collect()
}

fn unit(document: &Section<'_>, slips: &mut Slips<'_>) -> UnitFile {
    document.require_section("unit", "name = \"huyện …\"", slips);
    let Some(section) = document.section("unit", slips) else { return UnitFile::default() };
    section.refuse_others(&["name", "parent", "region"], slips);
    UnitFile {
        name: section.required("name", slips),
        parent: section.text("parent", slips),
        region: section.text("region", slips),
    }
}

fn letterhead(section: &Section<'_>, slips: &mut Slips<'_>) -> LetterheadFile {
    section.refuse_others(&["superior", "issuer", "symbol", "place", "authority", "signer", "recipients"], slips);
    LetterheadFile {
        superior: section.texts("superior", slips),
        issuer: section.texts("issuer", slips),
        symbol: section.text("symbol", slips),
        place: section.text("place", slips),
        authority: section.texts("authority", slips),
        signer: section.text("signer", slips),
        recipients: section.texts("recipients", slips),
    }
}

fn commune(section: &Section<'_>, slips: &mut Slips<'_>) -> CommuneFile {
    section.refuse_others(&["code", "name", "kind", "other_names", "valid_from", "valid_to", "region", "group"], slips);
    CommuneFile {
        span: section.span().clone(),
        code: section.required("code", slips),
        name: section.required("name", slips),
        kind: section.text("kind", slips),
        other_names: section.texts("other_names", slips).unwrap_or_default(),
        valid_from: section.date("valid_from", slips),
        valid_to: section.date("valid_to", slips),
        region: section.text("region", slips),
        group: section.text("group", slips),
    }
}

fn set(section: &Section<'_>, slips: &mut Slips<'_>) -> SetFile {
    section.refuse_others(&["id", "from", "to", "hand"], slips);
    SetFile {
        id: section.required("id", slips),
        from: section.month("from", slips),
        to: section.month("to", slips),
        hand: section.text("hand", slips),
    }
}

fn hand(section: &Section<'_>, slips: &mut Slips<'_>) -> Option<Spanned<String>> {
    section.refuse_others(&["hand"], slips);
    section.text("hand", slips)
}

fn deadline(section: &Section<'_>, slips: &mut Slips<'_>) -> DeadlineFile {
    section.refuse_others(&["day", "months_after"], slips);
    DeadlineFile { day: section.integer("day", slips), months_after: section.integer("months_after", slips) }
}

fn office(section: &Section<'_>, slips: &mut Slips<'_>) -> OfficeFile {
    section.refuse_others(&["name", "set", "items"], slips);
    section.require("items", "[\"2\", \"17.10\"]", slips);
    OfficeFile {
        name: section.required("name", slips),
        set: section.required("set", slips),
        items: section.texts("items", slips).unwrap_or_default(),
    }
}

fn roadmap(section: &Section<'_>, slips: &mut Slips<'_>) -> RoadmapFile {
    section.refuse_others(&["commune", "set", "year"], slips);
    section.require("year", "2025", slips);
    RoadmapFile {
        commune: section.required("commune", slips),
        set: section.required("set", slips),
        year: section.integer("year", slips),
    }
}

fn merger(section: &Section<'_>, slips: &mut Slips<'_>) -> MergerFile {
    section.refuse_others(&["on", "into", "parts", "weights"], slips);
    section.require("on", "2025-07-01", slips);
    section.require("parts", "[\"13519\", \"13546\"]", slips);
    MergerFile {
        span: section.span().clone(),
        on: section.date("on", slips),
        into: section.required("into", slips),
        parts: section.texts("parts", slips).unwrap_or_default(),
        weights: section.integers("weights", slips),
    }
}

fn decision(section: &Section<'_>, slips: &mut Slips<'_>) -> DecisionFile {
    section.refuse_others(&["commune", "set", "items", "verdict", "number", "date", "from", "to"], slips);
    section.require("items", "[\"2.1\", \"17.10\"]", slips);
    section.require("date", "2023-04-20", slips);
    section.require("from", "\"2023-04\"", slips);
    DecisionFile {
        span: section.span().clone(),
        commune: section.required("commune", slips),
        set: section.required("set", slips),
        items: section.texts("items", slips).unwrap_or_default(),
        verdict: section.required("verdict", slips),
        number: section.required("number", slips),
        date: section.date("date", slips),
        from: section.month("from", slips),
        to: section.month("to", slips),
    }
}

fn plan(section: &Section<'_>, slips: &mut Slips<'_>) -> PlanFile {
    section.refuse_others(&["commune", "set", "items", "owner", "task", "due", "date"], slips);
    section.require("items", "[\"2.1\", \"17\"]", slips);
    section.require("date", "2023-04-20", slips);
    PlanFile {
        span: section.span().clone(),
        commune: section.text("commune", slips),
        set: section.required("set", slips),
        items: section.texts("items", slips).unwrap_or_default(),
        owner: section.text("owner", slips),
        task: section.text("task", slips),
        due: section.date("due", slips),
        date: section.date("date", slips),
    }
}

/// The answers of a file: those of `ntm.toml`, or of the file that `ntm answer` writes.
pub(super) fn answers(document: &Section<'_>, slips: &mut Slips<'_>) -> Vec<AnswerFile> {
    entries(document, "answer", slips, answer)
}

fn answer(section: &Section<'_>, slips: &mut Slips<'_>) -> AnswerFile {
    section.refuse_others(&["asks", "commune", "layout", "sheet", "name", "word", "sha256", "answer"], slips);
    AnswerFile {
        span: section.span().clone(),
        asks: section.required("asks", slips),
        commune: section.text("commune", slips),
        layout: section.text("layout", slips),
        sheet: section.text("sheet", slips),
        name: section.text("name", slips),
        word: section.text("word", slips),
        sha256: section.text("sha256", slips),
        answer: section.required("answer", slips),
    }
}

fn folders(section: &Section<'_>, slips: &mut Slips<'_>) -> Vec<(&'static str, Spanned<String>)> {
    section.refuse_others(&FOLDER_KEYS, slips);
    FOLDER_KEYS.into_iter().filter_map(|key| Some((key, section.text(key, slips)?))).collect()
}

fn keep_inbox(section: &Section<'_>, slips: &mut Slips<'_>) -> Option<bool> {
    section.refuse_others(&["keep"], slips);
    section.boolean("keep", slips)
}

fn commune_briefs(section: &Section<'_>, slips: &mut Slips<'_>) -> Option<bool> {
    section.refuse_others(&["commune_briefs"], slips);
    section.boolean("commune_briefs", slips)
}
