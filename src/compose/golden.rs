//! Every section of a made month, of its supplement and of its workbook of plans, word for word.

use jiff::civil::date;

use super::tests::{april, composed, lines};
use super::*;
use crate::assess::made::{World, made_at, report as report_of, small_set};
use crate::assess::{figures, supplement as difference};
use crate::catalogue::wording;
use crate::model::Lang;
use crate::settings::{Office, RoadmapTarget};

/// So many lines of a section are pinned; the rows of a long table are all made alike.
const LINES: usize = 30;

/// The sections in their order.
fn told(report: &Report) -> String {
    let mut shown = String::new();
    for section in &report.sections {
        let media = match section.media {
            Media::Both => "",
            Media::Paper => " (paper)",
            Media::Workbook => " (workbook)",
        };
        let heading =
            format!("## {} «{}» {}{media}", section.id, section.sheet_name, section.title.replace('\n', " / "));
        let mut lines = lines(section);
        let more = lines.split_off(lines.len().min(LINES)).len();
        lines.extend((more > 0).then(|| format!("… {more}")));
        shown = format!("{shown}{heading}\n{}\n\n", lines.join("\n"));
    }
    shown
}

/// The sections of a month that hold; the first page has a snapshot of its own, and one commune's sheet and the small set's
/// indicators speak for all.
fn sections(holds: impl Fn(&Section) -> bool) -> String {
    let mut report = composed(&full(), "2023-04", Lang::Vi);
    let is_pinned = |section: &Section| {
        let is_alike = section.id.starts_with("commune-") && !section.id.ends_with("13546");
        !is_alike && !["overview", "matrix-indicators-ntm-nang-cao-2021-2025"].contains(&section.id.as_str())
    };
    report.sections.retain(|section| is_pinned(section) && holds(section));
    told(&report)
}

/// April with offices and a roadmap, so that their sections are there.
fn full() -> World {
    let mut world = april();
    let (set, code) = (world.sets[1].id.clone(), world.settings.communes[0].code.clone());
    world.settings.offices =
        vec![Office { name: "Phòng Kinh tế".to_owned(), items: vec![(set.clone(), "13".parse().unwrap())] }];
    world.settings.roadmap.push(RoadmapTarget { commune: code, set, year: 2024 });
    world
}

#[test]
fn every_section_of_the_paper_is_as_it_was_agreed() {
    insta::assert_snapshot!(sections(|section| section.media.on_paper()));
}

#[test]
fn every_sheet_that_the_workbook_alone_has_is_as_it_was_agreed() {
    insta::assert_snapshot!(sections(|section| !section.media.on_paper()));
}

#[test]
fn a_supplement_is_as_it_was_agreed() {
    let set = small_set();
    let world = |unmet: &[(&str, Option<&str>)]| {
        let mut world = World::new(&[("13546", "Trung Lương"), ("13555", "La Sơn")], vec![set.clone()]);
        world.store(&report_of("2023-04", "13546", &set, unmet));
        world
    };
    let (before, mut now) = (world(&[]), world(&[("3.1", Some("not_met"))]));
    now.store(&report_of("2023-04", "13555", &set, &[]));
    let (told_then, assessment) = (before.assess("2023-04"), now.assess("2023-04"));
    let changed = difference(&figures(&told_then).unwrap(), &figures(&assessment).unwrap());
    let files = [("BC La Sơn.xlsx".to_owned(), date(2023, 5, 3).at(8, 0, 0, 0))];
    let since = Since {
        closed_at: date(2023, 4, 29).at(8, 0, 0, 0),
        told_at: None,
        supplement: &changed,
        files: &files,
        rules: &["ntm.toml".to_owned()],
    };
    let wording = wording::shipped(Lang::Vi).unwrap();
    let report = supplement(since, &assessment, &now.settings, &now.sets, &wording, made_at());
    insta::assert_snapshot!(format!("{}\n\n{}", report.head.summary, told(&report)));
}

#[test]
fn the_workbook_of_plans_is_as_it_was_agreed() {
    let world = full();
    let wording = wording::shipped(Lang::Vi).unwrap();
    let assessment = world.assess("2023-04");
    let form = plan_form(&assessment, &world.settings, &world.sets, &wording, made_at(), For::All).unwrap();
    let rows = form.rows.iter().map(|row| format!("{}{}", if row.overdue { "! " } else { "" }, row.given.join(" | ")));
    let rows: Vec<String> = rows.collect();
    insta::assert_snapshot!(format!(
        "{}\n{}\n{}\n{}\n{}\n{}",
        form.title,
        form.mark_text,
        form.steps.join("\n"),
        form.headings.join(" | "),
        rows.join("\n"),
        form.footer
    ));
}
