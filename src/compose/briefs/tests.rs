//! Briefs of small made worlds, as text.

use super::super::tests::{april, row};
use super::*;
use crate::assess::made::{Value, World, made_at, report, small_set};
use crate::assess::{Assessment, duties};
use crate::catalogue::wording;
use crate::model::report::{Span, Table};
use crate::model::{Lang, Verdict};
use crate::settings::{Decision, Office};

fn told(world: &World, assessment: &Assessment, code: &str, detail: Detail, lang: Lang) -> Option<Brief> {
    let wording = wording::shipped(lang).unwrap();
    let material = Material::new(assessment, &world.settings, &world.sets, &wording, made_at());
    let status = assessment.communes.iter().find(|status| status.commune.code.0 == code)?;
    commune_brief(&material, status, detail)
}

fn spans(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

fn lines(brief: &Brief) -> Vec<String> {
    let of_block = |block: &Block| match block {
        Block::Heading(text) => vec![format!("# {text}")],
        Block::Paragraph(text) => vec![spans(text)],
        Block::Bullet(text) => vec![format!("- {}", spans(text))],
        Block::Note(_) | Block::Data(_) | Block::Drawing(_) => Vec::new(),
        Block::Figures(figures) => figures.iter().map(|f| format!("[{}: {}; {}]", f.label, f.value, f.note)).collect(),
        Block::Table(Table { rows, .. }) => rows.iter().map(row).collect(),
    };
    let head = [brief.title.clone(), brief.subject.clone(), brief.source.clone()];
    head.into_iter().chain(brief.blocks.iter().flat_map(of_block)).collect()
}

#[test]
fn the_brief_of_the_seed_says_what_is_not_met_planned_asked_and_doubtful() {
    let world = april();
    let assessment = world.assess("2023-04");
    let brief = told(&world, &assessment, "13546", Detail::Full, Lang::Vi).unwrap();
    insta::assert_snapshot!(lines(&brief).join("\n"));
}

#[test]
fn a_brief_of_codes_still_names_every_item() {
    let world = april();
    let assessment = world.assess("2023-04");
    let brief = lines(&told(&world, &assessment, "13546", Detail::Codes, Lang::Vi).unwrap()).join("\n");
    assert!(brief.contains(
        "- NTM nâng cao, 14 nội dung chưa đạt: giao thông 2.1, 2.2; nghèo đa chiều; tổ chức sản xuất 13.2, 13.3, 13.5, \
         13.6, 13.8; y tế 14.2, 14.3, 14.4; môi trường 17.5, 17.7, 17.9."
    ));
}

#[test]
fn where_a_decision_counts_the_figures_are_not_those_of_the_communes_own_list() {
    let set = small_set();
    let mut world = World::new(&[("13546", "Trung Lương")], vec![set.clone()]);
    world.store(&report("2023-04", "13546", &set, &[]));
    world.settings.decisions = vec![Decision {
        commune: world.settings.communes[0].code.clone(),
        set: set.id,
        item: "3.1".parse().unwrap(),
        verdict: Verdict::NotMet,
        number: "12/QĐ-UBND".to_owned(),
        date: jiff::civil::date(2023, 4, 3),
        from: "2023-04".parse().unwrap(),
        to: None,
    }];
    let assessment = world.assess("2023-04");
    let brief = lines(&told(&world, &assessment, "13546", Detail::Full, Lang::Vi).unwrap());
    assert!(brief.contains(&"[Tiêu chí NTM đạt: 2/3; theo danh sách của xã: 3/3]".to_owned()), "{brief:#?}");
    assert!(brief.iter().any(|line| line.starts_with("Xã Trung Lương: đạt 2/3 tiêu chí")), "{brief:#?}");
}

#[test]
fn an_earlier_month_that_stands_in_is_said_at_every_figure() {
    let world = april();
    let assessment = world.assess("2023-04");
    let brief = lines(&told(&world, &assessment, "13516", Detail::Full, Lang::Vi).unwrap());
    assert!(brief.iter().any(|line| line.contains("số liệu tháng 3/2023; tháng 4/2023 chưa có báo cáo")), "{brief:#?}");
    assert!(brief.iter().any(|line| line.starts_with("NTM nâng cao: 1 nội dung chưa đạt (số liệu tháng 3/2023)")));
    assert!(!brief.iter().any(|line| line.contains("Thay đổi so với")), "nothing is compared: {brief:#?}");
}

#[test]
fn of_a_commune_that_never_reported_there_is_no_brief() {
    let world = april();
    let assessment = world.assess("2023-04");
    assert!(told(&world, &assessment, "13531", Detail::Full, Lang::Vi).is_none());
}

#[test]
fn a_brief_does_not_change_when_another_commune_reports() {
    let mut world = april();
    let text = |world: &World| {
        let assessment = world.assess("2023-04");
        let brief = told(world, &assessment, "13546", Detail::Full, Lang::Vi).unwrap();
        (lines(&brief), brief.made_at)
    };
    let before = text(&world);
    let basic = world.sets[0].clone();
    world.store(&report("2023-04", "13531", &basic, &[("1.1", Some("not_met"))]));
    assert_eq!(text(&world), before);
}

#[test]
fn an_office_is_told_what_presses_first_with_communes_and_dates() {
    let mut world = april();
    let advanced = world.sets[1].id.clone();
    let items = ["13", "2.1"].map(|code| (advanced.clone(), code.parse().unwrap()));
    world.settings.offices = vec![Office { name: "Phòng Nông nghiệp".to_owned(), items: items.into() }];
    let assessment = world.assess("2023-04");
    let wording = wording::shipped(Lang::Vi).unwrap();
    let material = Material::new(&assessment, &world.settings, &world.sets, &wording, made_at());
    let duties = duties(&assessment, &world.settings);
    insta::assert_snapshot!(lines(&office_brief(&material, &duties[0])).join("\n"));
}

#[test]
fn briefs_are_english_where_english_is_asked_for() {
    let world = april();
    let assessment = world.assess("2023-04");
    let brief = lines(&told(&world, &assessment, "13546", Detail::Full, Lang::En).unwrap()).join("\n");
    for word in ["Kết quả", "Đề nghị", "chưa đạt", "Mức", "tháng"] {
        assert!(!brief.contains(word), "{word} in {brief}");
    }
    assert!(brief.contains("# 3. What is not met, and the commune's plan"), "{brief}");
}

#[test]
fn the_distance_to_a_target_is_told_only_where_the_target_was_read() {
    use crate::model::criteria::Better;
    use crate::model::{Amount, Target};
    let mut set = small_set();
    let target = |confirmed| Target {
        amount: Amount::Number(90.0),
        region: None,
        group: None,
        from: None,
        to: None,
        confirmed,
        decision: None,
    };
    for (place, confirmed) in [(0, true), (1, false)] {
        let indicator = &mut set.criteria[2].indicators[place];
        (indicator.better, indicator.unit) = (Better::Higher, "%".to_owned());
        indicator.targets = vec![target(confirmed)];
    }
    let mut world = World::new(&[("13546", "Trung Lương")], vec![set.clone()]);
    world.store(&report("2023-04", "13546", &set, &[("3.1", Some("not_met")), ("3.2", Some("not_met"))]));
    for code in ["3.1", "3.2"] {
        world.note(code, "value", Value::Float(85.2));
        world.note(code, "unit", "%".into());
    }
    let assessment = world.assess("2023-04");
    let brief = lines(&told(&world, &assessment, "13546", Detail::Full, Lang::Vi).unwrap());
    let row = |code: &str| brief.iter().find(|line| line.starts_with(code)).unwrap();
    assert!(row("3.1 |").contains("| 85,2% (quy định ≥ 90%, thiếu 4,8 điểm phần trăm) |"), "{brief:#?}");
    assert!(!row("3.2 |").contains("90%"), "{brief:#?}");
}

#[test]
fn file_names_are_legal_and_tell_communes_of_one_name_apart() {
    let names = [("Trung Lương", "1"), ("Tân Lập", "2"), ("Tân lập", "3"), ("a/b: c.", "4"), ("..", "5")];
    assert_eq!(file_names(names), ["Trung Lương", "Tân Lập", "Tân lập 3", "a-b- c", "5"]);
}
