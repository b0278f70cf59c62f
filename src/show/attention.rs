//! What stands out in a month: each kind once, with the communes and items it concerns.

use jiff::civil::Date;

use super::words::{codes, measured, said, set_name};
use crate::assess::{
    Assessment, Basis, Change, CommuneStatus, Disagreement, Hand, LONG_UNMET, ListKind, Outlook, Standing, Subject,
    Unmet,
};
use crate::diag::Severity;
use crate::model::{CriteriaSet, ItemCode, Lang, SetId, Verdict};

/// One kind of thing that stands out.
#[derive(Debug)]
pub(super) struct Kind {
    /// Its word in JSON.
    pub(super) name: &'static str,
    /// Its heading.
    pub(super) heading: String,
    /// Whom and what it concerns.
    pub(super) notes: Vec<Note>,
}

/// One commune, or one file.
#[derive(Debug, Default)]
pub(super) struct Note {
    /// Commune code.
    pub(super) commune: Option<String>,
    /// Who, as people read it.
    pub(super) who: String,
    /// The set.
    pub(super) set: Option<SetId>,
    /// The items.
    pub(super) items: Vec<ItemCode>,
    /// What there is to say.
    pub(super) text: String,
}

/// All that stands out, in the order in which it is to be dealt with; kinds without anything are left out.
pub(super) fn kinds(assessment: &Assessment, sets: &[CriteriaSet], today: Date, lang: Lang) -> Vec<Kind> {
    let of = Of { assessment, sets, lang };
    let kinds = vec![
        of.set_aside(),
        of.errors(),
        of.items("fell_back", ("Từ đạt xuống chưa đạt", "Fallen back from met to not met"), |standing| {
            changed(standing, Change::FellBack)
        }),
        of.declared(),
        of.items(
            "value_contradiction",
            ("Kết quả không khớp với đánh giá", "Values that contradict their verdict"),
            |s| s.by_value.contradictions.iter().map(|one| one.code).collect(),
        ),
        of.disagreeing(),
        of.jumps(),
        of.repeated(),
        of.items("overdue", ("Kế hoạch đã quá hạn", "Plans past their date"), |standing| {
            plans(standing, |unmet| unmet.plan.due.is_some_and(|due| due < today))
        }),
        of.items(
            "no_plan",
            ("Chưa rõ người, rõ việc, rõ thời gian", "Without person, task and date"),
            |standing| plans(standing, |unmet| !unmet.plan.is_complete()),
        ),
        of.items("newly_met", ("Mới đạt", "Newly met"), |standing| changed(standing, Change::NewlyMet)),
        of.items(
            "no_longer_stated",
            ("Đã đạt, nay không báo cáo", "Met before, not reported now"),
            |standing| changed(standing, Change::NoLongerStated),
        ),
        of.items(
            "long_unmet",
            ("Chưa đạt từ sáu tháng trở lên", "Not met for six months or more"),
            |standing| plans(standing, |unmet| unmet.months(assessment.period) >= LONG_UNMET),
        ),
        of.behind(),
        of.no_list(),
        of.unexpected(),
    ];
    kinds.into_iter().filter(|kind| !kind.notes.is_empty()).collect()
}

fn changed(standing: &Standing, change: Change) -> Vec<ItemCode> {
    let items: Vec<ItemCode> = standing.changed(change).collect();
    let told: Vec<u16> = items.iter().map(|code| code.criterion_number()).collect();
    // A criterion judged as a whole changes without any of its items.
    let wholes = standing.criteria_changed(change).filter(|number| !told.contains(number)).map(ItemCode::criterion);
    let mut all: Vec<ItemCode> = items.iter().copied().chain(wholes).collect();
    all.sort();
    all
}

fn plans(standing: &Standing, wanted: impl Fn(&Unmet) -> bool) -> Vec<ItemCode> {
    standing.not_met.iter().filter(|unmet| wanted(unmet)).map(|unmet| unmet.code).collect()
}

/// What it is about, and in which language it is said.
struct Of<'a> {
    assessment: &'a Assessment,
    sets: &'a [CriteriaSet],
    lang: Lang,
}

impl Of<'_> {
    fn kind(&self, name: &'static str, (vi, en): (&str, &str), notes: Vec<Note>) -> Kind {
        Kind { name, heading: said(self.lang, vi, en), notes }
    }

    /// This month's standings: what an earlier month left open is not news of this one.
    fn this_month(&self) -> impl Iterator<Item = (&CommuneStatus, &Standing)> {
        self.assessment.standings().filter(|(_, standing)| standing.basis == Basis::ThisMonth)
    }

    fn note(&self, status: &CommuneStatus, standing: &Standing, text: String) -> Note {
        Note {
            commune: Some(status.commune.code.0.clone()),
            who: format!("{} ({})", status.commune.name, set_name(self.sets, &standing.set)),
            set: Some(standing.set.clone()),
            items: Vec::new(),
            text,
        }
    }

    /// Items of each standing.
    fn items(&self, name: &'static str, heading: (&str, &str), items: impl Fn(&Standing) -> Vec<ItemCode>) -> Kind {
        let notes = self.this_month().filter_map(|(status, standing)| {
            let items = items(standing);
            let text = codes(items.iter().copied());
            (!items.is_empty()).then(|| Note { items, ..self.note(status, standing, text) })
        });
        self.kind(name, heading, notes.collect())
    }

    fn set_aside(&self) -> Kind {
        let files = self.assessment.files.iter().filter(|file| file.submissions.is_none());
        let notes = files.map(|file| {
            let of_file = self.assessment.problems.iter().filter(|problem| problem.sha256 == file.sha256);
            let reason = of_file.min_by_key(|problem| problem.severity);
            Note {
                who: file.file.clone(),
                text: reason.map(|problem| problem.message.get(self.lang).to_owned()).unwrap_or_default(),
                ..Note::default()
            }
        });
        self.kind("set_aside", ("Tệp để riêng, chưa đọc được", "Files set aside"), notes.collect())
    }

    /// Errors on reports in use; those of files set aside are said with their file.
    fn errors(&self) -> Kind {
        let aside = |sha256: &str| self.assessment.files.iter().any(|f| f.submissions.is_none() && f.sha256 == sha256);
        let errors = self.assessment.problems.iter();
        let errors = errors.filter(|problem| problem.severity == Severity::Error && !aside(&problem.sha256));
        let notes = errors.map(|problem| {
            let place = [problem.sheet.as_deref(), problem.cells.as_deref()].into_iter().flatten().collect::<Vec<_>>();
            Note {
                commune: problem.commune.clone(),
                who: format!("{} {}", problem.file, place.join("!")).trim_end().to_owned(),
                set: problem.set.as_deref().map(SetId::from),
                items: problem.item.as_deref().and_then(|item| item.parse().ok()).into_iter().collect(),
                text: problem.message.get(self.lang).to_owned(),
            }
        });
        self.kind("errors", ("Lỗi cần người xử lý", "Errors that need a person"), notes.collect())
    }

    fn declared(&self) -> Kind {
        let notes = self.this_month().filter_map(|(status, standing)| {
            let differences = standing.differences();
            let figures = differences.iter().map(|d| {
                let (vi, en) = match d.subject {
                    Subject::Criteria => ("tiêu chí", "criteria"),
                    Subject::Indicators => ("chỉ tiêu", "indicators"),
                };
                let (declared, listed, total, apart) = (d.declared, d.listed, d.total, d.amount());
                said(
                    self.lang,
                    format!("tự kê khai {declared}/{total} {vi}, theo danh sách {listed}/{total}, lệch {apart}"),
                    format!("declares {declared}/{total} {en}, the list gives {listed}/{total}, {apart} apart"),
                )
            });
            let figures = figures.collect::<Vec<_>>().join("; ");
            let readings = self.sets.iter().find(|set| set.id == standing.set).map(|set| standing.explanations(set));
            let readings: Vec<String> =
                readings.unwrap_or_default().iter().map(|reading| reading.text().get(self.lang).to_owned()).collect();
            let readings = match readings.join(&said(self.lang, "; hoặc ", "; or ")) {
                none if none.is_empty() => none,
                some => said(self.lang, format!(" (có thể: {some})"), format!(" (it may be: {some})")),
            };
            (!figures.is_empty()).then(|| self.note(status, standing, format!("{figures}{readings}")))
        });
        let heading = ("Tự kê khai không khớp danh sách", "Declared totals that the list does not give");
        self.kind("declared_mismatch", heading, notes.collect())
    }

    /// What commune, district and decisions say differently, of an earlier month too: it is for the next inspection.
    fn disagreeing(&self) -> Kind {
        let word = |verdict: Verdict| {
            let (vi, en) = match verdict {
                Verdict::Met => ("đạt", "met"),
                Verdict::NotMet => ("chưa đạt", "not met"),
                Verdict::NotApplicable => ("không áp dụng", "not applicable"),
            };
            said(self.lang, vi, en)
        };
        let named = |(vi, en): (&str, &str), verdict: Option<Verdict>| {
            verdict.map(|verdict| format!("{} {}", said(self.lang, vi, en), word(verdict)))
        };
        let one = |one: &Disagreement| {
            let hands = [
                named(("xã", "commune"), one.commune.as_ref().map(|said| said.verdict)),
                named(("cấp trên", "district"), one.district.as_ref().map(|said| said.verdict)),
                named(("quyết định", "decision"), one.decision.as_ref().map(|decision| decision.verdict)),
            ];
            let hands = hands.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let counts = match one.counts {
                Hand::Commune => said(self.lang, "tính theo xã", "the commune's counts"),
                Hand::District => said(self.lang, "tính theo cấp trên", "the district's counts"),
                Hand::Decision => said(self.lang, "tính theo quyết định", "the decision counts"),
            };
            format!("{} ({hands}; {counts})", one.code)
        };
        let differing = self.assessment.standings().filter(|(_, standing)| !standing.disagreements.is_empty());
        let notes = differing.map(|(status, standing)| {
            let items = standing.disagreements.iter().map(|one| one.code).collect();
            let text = standing.disagreements.iter().map(one).collect::<Vec<_>>().join("; ");
            Note { items, ..self.note(status, standing, text) }
        });
        let heading = ("Xã và cấp trên đánh giá khác nhau", "Commune and district differ");
        self.kind("hands_differ", heading, notes.collect())
    }

    fn jumps(&self) -> Kind {
        let jumps = self
            .this_month()
            .flat_map(|(status, standing)| standing.trail.jumps.iter().map(move |jump| (status, standing, jump)));
        let notes = jumps.map(|(status, standing, jump)| {
            let [before, now] = [jump.before, jump.now].map(|value| measured(value, jump.unit.as_deref(), self.lang));
            let text = format!("{} {before} ({}) → {now}", jump.code, jump.before_period.short());
            Note { items: vec![jump.code], ..self.note(status, standing, text) }
        });
        let heading = ("Số liệu thay đổi bất thường", "Values that jump beside the months before");
        self.kind("value_jump", heading, notes.collect())
    }

    fn repeated(&self) -> Kind {
        let notes = self.this_month().filter_map(|(status, standing)| {
            let period = standing.trail.same_as?.short();
            let text = said(self.lang, format!("giống hệt tháng {period}"), format!("the same as {period}"));
            Some(self.note(status, standing, text))
        });
        let heading = ("Báo cáo lặp lại nguyên kỳ trước", "Reports that repeat the one before");
        self.kind("repeated", heading, notes.collect())
    }

    fn behind(&self) -> Kind {
        let notes = self.assessment.standings().filter_map(|(status, standing)| {
            let course = standing.course?;
            let (vi, en) = match course.outlook {
                Outlook::Behind => ("chậm", "behind"),
                Outlook::OutOfReach => ("khó đạt", "out of reach"),
                _ => return None,
            };
            let (year, missing, left) = (course.year, course.missing.1, course.months_left);
            let text = said(
                self.lang,
                format!("năm {year}, còn thiếu {missing}, còn {left} tháng: {vi}"),
                format!("{year}, {missing} missing, {left} months left: {en}"),
            );
            Some(self.note(status, standing, text))
        });
        self.kind("roadmap", ("Có nguy cơ không kịp lộ trình", "At risk of missing the roadmap"), notes.collect())
    }

    fn no_list(&self) -> Kind {
        let without = self.this_month().filter(|(_, standing)| standing.list == ListKind::None);
        let text = || said(self.lang, "không kèm danh sách để đối chiếu", "no list to check by");
        let notes = without.map(|(status, standing)| self.note(status, standing, text())).collect();
        self.kind("no_list", ("Chỉ kê khai tổng số", "Totals only"), notes)
    }

    fn unexpected(&self) -> Kind {
        let notes = self.assessment.unexpected.iter().map(|one| Note {
            commune: Some(one.commune.clone()),
            who: one.file.clone(),
            set: Some(one.set.as_str().into()),
            items: Vec::new(),
            text: said(
                self.lang,
                format!("xã {}, bộ {}", one.commune, one.set),
                format!("{}, {}", one.commune, one.set),
            ),
        });
        self.kind("unexpected", ("Báo cáo ngoài danh sách phải nộp", "Reports nobody expected"), notes.collect())
    }
}
