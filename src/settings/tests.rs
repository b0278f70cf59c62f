//! Settings files in, settings or slips out.

use std::path::Path;

use jiff::civil::date;

use super::*;
use crate::model::criteria::{Better, Criterion, Indicator, IndicatorKind};
use crate::model::{Assessor, CriteriaSet, SetId, Verdict};

/// A set of 19 criteria whose numbers of indicators are given; one indicator bears the criterion's number.
fn set(id: &str, indicators: [u16; 19]) -> CriteriaSet {
    let criterion = |number: u16, count: u16| Criterion {
        number,
        name: format!("Tiêu chí {number}"),
        group: None,
        confirmed: true,
        indicators: (1..=count).map(|i| indicator(number, i, count == 1)).collect(),
    };
    CriteriaSet {
        id: SetId::from(id),
        name: id.to_owned(),
        short_name: "NTM nâng cao".to_owned(),
        decision: "318/QĐ-TTg".to_owned(),
        valid_from: date(2021, 1, 1),
        valid_to: date(2025, 12, 31),
        criteria: indicators.into_iter().zip(1..).map(|(count, number)| criterion(number, count)).collect(),
        indicators_total: indicators.iter().map(|n| u32::from(*n)).sum(),
        indicators_known: true,
        commune_groups: vec!["nhom-1".to_owned(), "nhom-2".to_owned()],
    }
}

fn indicator(criterion: u16, number: u16, is_single: bool) -> Indicator {
    let dotted = ItemCode::indicator(criterion, number);
    Indicator {
        code: if is_single { ItemCode::criterion(criterion) } else { dotted },
        name: String::new(),
        kind: IndicatorKind::YesNo,
        unit: String::new(),
        better: Better::Yes,
        aliases: if is_single { vec![dotted] } else { Vec::new() },
        confirmed: true,
        lines: 1,
        targets: Vec::new(),
        merging: crate::model::Merging::default(),
    }
}

fn known_sets() -> Vec<CriteriaSet> {
    let counts = [3, 4, 2, 2, 4, 3, 1, 4, 1, 1, 1, 4, 8, 4, 3, 3, 12, 8, 2];
    ["ntm-2021-2025", "ntm-nang-cao-2021-2025"].map(|id| set(id, counts)).into()
}

fn read(text: &str) -> Result<Settings, SettingsError> {
    parse(text, "ntm.toml", Path::new("/w"), &known_sets())
}

/// The least that a file has to say, with something below it.
fn with(more: &str) -> String {
    format!("[unit]\nname = \"huyện Bình Lục\"\n[[communes]]\ncode = \"13546\"\nname = \"Trung Lương\"\n{more}")
}

/// The one slip of a file: its place, message and hint in Vietnamese.
#[track_caller]
fn slip(more: &str) -> (usize, usize, String, String) {
    let error = read(&with(more)).unwrap_err();
    assert_eq!(error.slips.len(), 1, "{error}");
    let Slip { line, column, message, hint } = error.slips.into_iter().next().unwrap();
    (line, column, message.vi, hint.vi)
}

#[test]
fn the_shipped_file_is_without_a_slip_and_says_what_its_comments_say() {
    let settings = read(TEMPLATE).unwrap();
    assert_eq!(settings.unit.name, "huyện Bình Lục");
    assert_eq!(settings.communes.len(), 5);
    assert_eq!(settings.communes[1].valid_to, Some(date(2024, 12, 31)));
    assert_eq!(settings.deadline, Deadline { day: 25, months_after: 0 });
    assert_eq!(settings.roadmap[0].year, 2024);
    assert_eq!(settings.mergers[0].parts.len(), 2);
    let is_setting = |line: &&str| {
        let begins = |words: [&str; 3]| words.iter().any(|word| line.starts_with(word));
        begins(["[", "date = ", "rest = "]) || [" = \"", " = ["].iter().any(|said| line.contains(said))
    };
    let written_out: String = TEMPLATE
        .lines()
        .filter_map(|line| line.strip_prefix("# ").filter(is_setting))
        .flat_map(|line| [line, "\n"])
        .collect();
    let settings = read(&with(&written_out)).unwrap();
    assert_eq!(settings.sets.len(), 2, "the commented sets can be used as they stand");
    assert_eq!(settings.folders.returned, Path::new("/w/tra-lai"), "and so can the folders");
    assert_eq!(settings.sets[0].hand, Assessor::District, "and whose verdict counts");
    assert_eq!(settings.decisions.len(), 2);
    assert_eq!(settings.plans[0].items.len(), 13, "criterion 17 with its indicators");
    let after_run = settings.unattended.after_run.clone().unwrap();
    assert_eq!((after_run.command, after_run.seconds), (vec!["gui-thu.cmd".to_owned()], 60));
    assert_eq!(
        settings.unattended,
        Unattended { after_run: settings.unattended.after_run.clone(), ..Default::default() }
    );
}

#[test]
fn what_is_done_unattended_stays_within_reason() {
    let settings = read(&with("[watch]\nrest = 20\nevery = 60\n[log]\nkeep = 12")).unwrap();
    let expected = Unattended { rest_seconds: 20, every_seconds: 60, logs_kept: 12, after_run: None };
    assert_eq!(settings.unattended, expected);
    assert!(slip("[watch]\nrest = 0").2.contains("cần từ 1 đến 3600"));
    assert!(slip("[log]\nkeep = 0").2.contains("cần từ 1 đến 10000"));
    assert!(slip("[watch]\nevry = 5").3.contains("every"));
    assert!(slip("[after_run]\ncommand = [\"\"]").2.contains("để trống"));
    assert!(slip("[after_run]\nseconds = 5").2.contains("thiếu «after_run.command»"));
}

#[test]
fn a_file_saved_with_the_line_ends_of_windows_says_the_same() {
    let windows = TEMPLATE.replace('\n', "\r\n");
    assert_eq!(read(&windows).unwrap(), read(TEMPLATE).unwrap());
    let error = read(&with("[deadline]\nday = 52").replace('\n', "\r\n")).unwrap_err();
    assert_eq!((error.slips[0].line, error.slips[0].column), (7, 7));
}

#[test]
fn what_is_not_said_has_a_default() {
    let settings = read(&with("")).unwrap();
    assert_eq!(settings.letterhead.superior, ["ỦY BAN NHÂN DÂN HUYỆN BÌNH LỤC"]);
    assert_eq!(settings.letterhead.place, "Bình Lục");
    assert_eq!(settings.communes[0].kind, "xã");
    assert_eq!(settings.sets.len(), 2);
    assert_eq!(settings.deadline, Deadline { day: 25, months_after: 0 });
    assert_eq!(settings.folders.inbox, Path::new("/w/hop-thu-den"));
    assert!(!settings.keep_inbox);
}

#[test]
fn a_unit_that_is_no_district_has_the_head_that_is_its_own() {
    let head = |unit: &str| {
        let text = with("").replace("name = \"huyện Bình Lục\"", unit);
        let letterhead = read(&text).unwrap().letterhead;
        (letterhead.superior, letterhead.place)
    };
    let told = |superior: &[&str], place: &str| (superior.iter().map(|s| (*s).to_owned()).collect(), place.to_owned());
    assert_eq!(head("name = \"tỉnh Ninh Bình\""), told(&["ỦY BAN NHÂN DÂN TỈNH NINH BÌNH"], "Ninh Bình"));
    let group = "name = \"cụm xã Bình Lục\"\nparent = \"tỉnh Ninh Bình\"";
    assert_eq!(head(group), told(&["ỦY BAN NHÂN DÂN TỈNH NINH BÌNH"], "Bình Lục"), "a group governs nothing");
    assert_eq!(head("name = \"Cụm xã Bình Lục\""), told(&[], "Bình Lục"));
}

#[test]
fn what_is_said_counts_and_text_becomes_nfc() {
    let more = "other_names = [\"Trung L\u{01b0}o\u{031b}ng\"]\nkind = \"Thị trấn\"\nvalid_from = \"2020-01-01\"\n\
                [letterhead]\nissuer = \"VĂN PHÒNG ĐIỀU PHỐI\"\nrecipients = []\n\
                [[sets]]\nid = \"ntm-2021-2025\"\nfrom = \"2022-04\"\n[deadline]\nday = 31\nmonths_after = 1\n\
                [folders]\ninbox = 'thu\\den'\n[inbox]\nkeep = true";
    let settings = read(&with(more)).unwrap();
    assert_eq!(settings.communes[0].other_names, ["Trung Lương"]);
    assert_eq!(settings.communes[0].kind, "thị trấn");
    assert_eq!(settings.communes[0].valid_from, Some(date(2020, 1, 1)));
    assert_eq!(settings.letterhead.issuer, ["VĂN PHÒNG ĐIỀU PHỐI"]);
    assert!(settings.letterhead.recipients.is_empty());
    assert!(!settings.sets[0].counts_in("2022-03".parse().unwrap()));
    assert_eq!(settings.deadline.date("2023-01".parse().unwrap()), date(2023, 2, 28));
    assert_eq!(settings.folders.inbox, Path::new("/w/thu/den"));
    assert!(settings.keep_inbox);
}

#[test]
fn a_commune_s_region_is_its_own_else_that_of_the_unit() {
    let text = with("region = \"tn\"\ngroup = \"nhom-2\"\n[[communes]]\ncode = \"13516\"\nname = \"Đồng Du\"");
    let settings =
        read(&text.replace("[[communes]]\ncode = \"13546\"", "region = \"dbsh\"\n[[communes]]\ncode = \"13546\""));
    let communes = settings.unwrap().communes;
    let told: Vec<_> = communes.iter().map(|c| (c.region.as_deref(), c.group.as_deref())).collect();
    assert_eq!(told, [(Some("tn"), Some("nhom-2")), (Some("dbsh"), None)]);
    let (line, _, message, hint) = slip("region = \"dbhs\"");
    assert_eq!((line, message.as_str()), (6, "không có vùng «dbhs»"));
    assert_eq!(hint, "có phải là «dbsh»?");
    assert_eq!(slip("group = \"3\"").3, "chọn một trong: nhom-1, nhom-2");
}

#[test]
fn all_slips_are_told_at_once_in_the_order_of_the_file() {
    let text = "[unit]\nnmae = \"huyện Bình Lục\"\n\n[[communes]]\ncode = 13546\nname = \"Trung Lương\"\n\n\
                [deadline]\nday = 32\nhour = 5\n";
    let error = read(text).unwrap_err();
    assert_eq!(
        error.text().vi,
        "ntm.toml có 5 chỗ cần sửa:\n\
         ntm.toml:1:1: thiếu «unit.name»\n  gợi ý: thêm dòng name = \"…\"\n\
         ntm.toml:2:1: không có mục cài đặt «unit.nmae»\n  gợi ý: có phải là «name»?\n\
         ntm.toml:5:8: «communes.code» là 13546, cần chữ trong ngoặc kép\n  gợi ý: đặt trong ngoặc kép: \"13546\"\n\
         ntm.toml:9:7: ngày hạn nộp là 32, cần từ 1 đến 31\n  gợi ý: ghi một số từ 1 đến 31\n\
         ntm.toml:10:1: không có mục cài đặt «deadline.hour»\n  gợi ý: chỉ dùng: day, months_after"
    );
    assert!(
        error.text().en.contains("ntm.toml:2:1: there is no setting \"unit.nmae\"\n  hint: did you mean \"name\"?")
    );
}

#[test]
fn an_unquoted_item_is_refused_with_its_own_digits() {
    let (line, column, message, hint) =
        slip("[[offices]]\nname = \"Phòng A\"\nset = \"ntm-2021-2025\"\nitems = [\"2\", 17.10]");
    assert_eq!((line, column), (9, 15));
    assert_eq!(message, "«offices.items» là 17.10, cần chữ trong ngoặc kép");
    assert_eq!(hint, "đặt trong ngoặc kép: \"17.10\"; không có ngoặc kép thì 17.10 bị hiểu là 17.1");
}

#[test]
fn syntax_that_is_no_toml_is_told_with_line_and_column() {
    let error = read("[unit]\nname = \"huyện Bình Lục\n").unwrap_err();
    assert_eq!((error.slips[0].line, error.slips[0].column), (2, 23));
    assert!(error.slips[0].message.vi.starts_with("sai cú pháp TOML ("), "{error}");
    let error = read("[unit]\nname = \"a\"\nname = \"b\"\n[unit]\n").unwrap_err();
    let told: Vec<_> = error.slips.iter().map(|s| (s.line, s.message.vi.as_str())).collect();
    assert_eq!(told, [(3, "«name» được ghi hai lần"), (4, "«unit» được ghi hai lần")]);
}

#[test]
fn a_byte_order_mark_is_no_slip_and_another_encoding_is_one() {
    assert!(read(&format!("\u{feff}{}", with(""))).is_ok());
    let error = decode(b"[unit]\nname = \"huy\xeeen\"", "ntm.toml").unwrap_err();
    assert_eq!((error.slips[0].line, error.slips[0].column), (2, 12));
    assert_eq!(decode("[unit]".as_bytes(), "ntm.toml").unwrap(), "[unit]");
}

#[test]
fn codes_are_five_digits() {
    for wrong in ["1354", "135460", "1354a", "１３５４６"] {
        let text = with("").replace("13546", wrong);
        let error = read(&text).unwrap_err();
        assert!(error.slips[0].message.vi.ends_with("cần đúng năm chữ số"), "{error}");
    }
}

#[test]
fn a_code_may_be_used_again_on_other_days_only() {
    let again = |days: &str| {
        with(&format!("valid_to = 2024-12-31\n[[communes]]\ncode = \"13546\"\nname = \"Bình An\"\n{days}"))
    };
    assert!(read(&again("valid_from = 2025-01-01")).is_ok());
    for overlapping in ["", "valid_from = 2024-12-31", "valid_to = 2030-01-01"] {
        let error = read(&again(overlapping)).unwrap_err();
        assert_eq!(error.slips.len(), 1, "{error}");
        assert_eq!((error.slips[0].line, error.slips[0].column), (8, 8));
        assert_eq!(error.slips[0].message.vi, "mã «13546» đã dùng cho xã ở dòng 3 trong cùng thời gian");
    }
}

#[test]
fn a_name_belongs_to_one_commune_at_a_time() {
    let (line, _, message, _) = slip(
        "other_names = [\"TL\"]\n[[communes]]\ncode = \"13540\"\nname = \"Bình An\"\nother_names = [\"A\", \"trung  lương\"]",
    );
    assert_eq!((line, message.as_str()), (10, "tên «trung  lương» trùng với xã ở dòng 3 trong cùng thời gian"));
    assert!(read(&with("[[communes]]\ncode = \"13540\"\nname = \"Trung Lượng\"")).is_ok());
}

#[test]
fn a_commune_that_ends_before_it_begins_is_a_slip() {
    let (line, column, message, _) = slip("valid_from = 2025-07-01\nvalid_to = 2025-06-30");
    assert_eq!((line, column), (7, 12));
    assert_eq!(message, "ngày hết hiệu lực 2025-06-30 trước ngày bắt đầu 2025-07-01");
}

#[test]
fn days_months_and_kinds_are_what_they_say() {
    let cases = [
        ("valid_from = 01/07/2025", "sai cú pháp TOML"),
        ("valid_from = \"01/07/2025\"", "«communes.valid_from» là \"01/07/2025\", cần một ngày"),
        ("valid_from = 2025-07-01T08:00:00", "«communes.valid_from» là 2025-07-01T08:00:00, cần một ngày"),
        ("kind = \"làng\"", "loại đơn vị «làng», cần một trong: xã, phường, thị trấn, đặc khu"),
        ("[[sets]]\nid = \"ntm-2021-2025\"\nfrom = \"4/2023\"", "«sets.from» là \"4/2023\", cần một tháng"),
        ("[deadline]\nday = \"25\"", "«deadline.day» là \"25\", cần một số nguyên"),
        ("[inbox]\nkeep = \"có\"", "«inbox.keep» là \"có\", cần true hoặc false"),
        ("[letterhead]\nplace = true", "«letterhead.place» là true, cần chữ trong ngoặc kép"),
        ("[offices]\nname = \"Phòng A\"", "«offices» là [offices], cần các bảng"),
        ("[deadline]\nmonths_after = -1", "số tháng sau tháng báo cáo là -1, cần từ 0 đến 12"),
    ];
    for (more, expected) in cases {
        let error = read(&with(more)).unwrap_err();
        assert!(error.slips[0].message.vi.starts_with(expected), "{more}: {error}");
    }
}

#[test]
fn sets_are_those_that_are_known_each_once() {
    let (_, _, message, hint) = slip("[[sets]]\nid = \"ntm-2021-2026\"");
    assert_eq!(message, "không có bộ tiêu chí «ntm-2021-2026»");
    assert_eq!(hint, "có phải là «ntm-2021-2025»?");
    let twice = "[[sets]]\nid = \"ntm-2021-2025\"\nto = \"2023-04\"\n[[sets]]\nid = \"ntm-2021-2025\"\nfrom = ";
    assert!(read(&with(&format!("{twice}\"2023-05\""))).is_ok());
    assert_eq!(slip(&format!("{twice}\"2023-04\"")).2, "bộ «ntm-2021-2025» được ghi hai lần cho cùng một thời gian");
    let (_, _, message, _) = slip("[[sets]]\nid = \"ntm-2021-2025\"\nfrom = \"2023-05\"\nto = \"2023-04\"");
    assert_eq!(message, "bộ «ntm-2021-2025» kết thúc trước khi bắt đầu");
}

#[test]
fn an_office_is_in_charge_of_items_that_the_set_has() {
    let office = |items: &str| format!("[[offices]]\nname = \"Phòng A\"\nset = \"ntm-2021-2025\"\nitems = {items}\n");
    let both = office("[\"2\", \"17.10\", \"11.1\"]") + &office("[\"3.1\"]").replace("ntm-", "ntm-nang-cao-");
    let settings = read(&with(&both)).unwrap();
    let printed: Vec<String> = settings.offices[0].items.iter().map(|(set, item)| format!("{set} {item}")).collect();
    let own = ["ntm-2021-2025 2", "ntm-2021-2025 17.10", "ntm-2021-2025 11", "ntm-nang-cao-2021-2025 3.1"];
    assert_eq!((settings.offices.len(), printed.as_slice()), (1, own.map(str::to_owned).as_slice()));
    for (items, hint) in [
        ("[\"17.13\"]", "tiêu chí này có các chỉ tiêu \"17.1\" đến \"17.12\""),
        ("[\"20\"]", "ghi tiêu chí \"1\" đến \"19\" hoặc chỉ tiêu như \"2.1\""),
        ("[\"2,1\"]", "ghi tiêu chí \"1\" đến \"19\" hoặc chỉ tiêu như \"2.1\""),
        ("[\"2\", \"2\"]", "giữ lại một"),
    ] {
        assert_eq!(slip(&office(items)).3, hint, "{items}");
    }
    assert_eq!(slip("[[offices]]\nname = \"Phòng A\"\nset = \"ntm-2021-2025\"").2, "thiếu «offices.items»");
}

#[test]
fn the_roadmap_speaks_of_known_communes_and_likely_years() {
    let target = |commune: &str, year: &str| {
        format!("[[roadmap]]\ncommune = \"{commune}\"\nset = \"ntm-2021-2025\"\nyear = {year}\n")
    };
    assert_eq!(read(&with(&target("13546", "2024"))).unwrap().roadmap[0].year, 2024);
    assert_eq!(slip(&target("13546", "20224")).2, "năm 20224, cần từ 2010 đến 2050");
    assert_eq!(slip(&target("13540", "2024")).2, "không có xã mang mã «13540»");
    assert_eq!(slip(&target("Trung Lương", "2024")).3, "ghi mã xã: \"13546\"");
    assert_eq!(slip(&target("13546", "2024").repeat(2)).2, "«13546» được ghi hai lần");
}

#[test]
fn whose_verdict_counts_is_set_for_all_sets_or_for_one() {
    let hands = |more: &str| read(&with(more)).unwrap().sets.iter().map(|set| set.hand).collect::<Vec<_>>();
    assert_eq!(hands(""), [Assessor::Commune, Assessor::Commune]);
    assert_eq!(hands("[assessing]\nhand = \"Huyện\""), [Assessor::District, Assessor::District]);
    let one = "[[sets]]\nid = \"ntm-2021-2025\"\nhand = \"cấp trên\"\n[[sets]]\nid = \"ntm-nang-cao-2021-2025\"";
    assert_eq!(hands(one), [Assessor::District, Assessor::Commune]);
    let (line, _, message, hint) = slip("[assessing]\nhand = \"huyen\"");
    assert_eq!((line, message.as_str(), hint.as_str()), (7, "bên được tính là «huyen»", "có phải là «huyện»?"));
}

/// Decisions on items of nâng cao, each with its first month.
fn decided(items: &[(&str, &str, &str)]) -> String {
    let one = |(items, verdict, from): &(&str, &str, &str)| {
        format!(
            "[[decision]]\ncommune = \"13546\"\nset = \"ntm-nang-cao-2021-2025\"\nitems = [\"{items}\"]\n\
             verdict = \"{verdict}\"\nnumber = \"12/QĐ-UBND\"\ndate = 2023-03-15\nfrom = \"{from}\"\n"
        )
    };
    items.iter().map(one).collect()
}

#[test]
fn a_decision_stands_until_the_next_on_the_same_item() {
    let settings = read(&with(&decided(&[("2.1", "đạt", "2023-06"), ("2.1", "chưa đạt", "2023-03")]))).unwrap();
    let (commune, set) = (settings.communes[0].code.clone(), settings.sets[1].id.clone());
    let verdict = |period: &str| {
        let item = ItemCode::indicator(2, 1);
        settings.decision(&commune, &set, item, period.parse().unwrap()).map(|decision| decision.verdict)
    };
    let told = ["2023-02", "2023-03", "2023-05", "2023-06"].map(verdict);
    assert_eq!(told, [None, Some(Verdict::NotMet), Some(Verdict::NotMet), Some(Verdict::Met)]);
}

#[test]
fn a_criterion_is_decided_met_with_its_indicators_and_not_met_only_by_their_names() {
    let settings = read(&with(&decided(&[("2", "đạt", "2023-03"), ("4", "chưa đạt", "2023-03")])));
    let (line, _, message, hint) = slip(&decided(&[("2", "chưa đạt", "2023-03")]));
    assert_eq!((line, hint.as_str()), (9, "ghi các chỉ tiêu chưa đạt, ví dụ \"2.1\""));
    assert!(message.starts_with("tiêu chí «2» có nhiều chỉ tiêu"), "{message}");
    let error = settings.unwrap_err();
    assert_eq!(error.slips.len(), 1, "criterion 4 has four: {error}");
    let single = read(&with(&decided(&[("9", "chưa đạt", "2023-03"), ("2", "đạt", "2023-03")]))).unwrap();
    let items: Vec<String> = single.decisions.iter().map(|decision| decision.item.to_string()).collect();
    assert_eq!(items, ["9", "2.1", "2.2", "2.3", "2.4"]);
}

#[test]
fn a_decision_names_a_known_item_once_a_month_and_a_verdict() {
    let twice = decided(&[("2.1", "đạt", "2023-03"), ("2.1", "đạt", "2023-03")]);
    assert_eq!(slip(&twice).2, "«2.1» được ghi hai lần");
    assert_eq!(slip(&decided(&[("2.1", "chua đạt", "2023-03")])).3, "có phải là «chưa đạt»?");
    assert_eq!(slip(&decided(&[("2.9", "đạt", "2023-03")])).2, "bộ NTM nâng cao không có mục «2.9»");
    let ended = decided(&[("2.1", "đạt", "2023-03")]) + "to = \"2023-01\"";
    assert_eq!(slip(&ended).2, "quyết định hết hiệu lực trước khi bắt đầu");
}

#[test]
fn a_plan_is_set_for_one_commune_or_all_from_a_day_on() {
    let plan = |more: &str| {
        format!("[[plan]]\nset = \"ntm-nang-cao-2021-2025\"\nitems = [\"2\", \"9\"]\ndate = 2023-03-15\n{more}")
    };
    let settings = read(&with(&plan("owner = \"Phòng A\"\ndue = 2023-06-30"))).unwrap();
    let [set] = settings.plans.as_slice() else { panic!("one plan") };
    let items: Vec<String> = set.items.iter().map(ToString::to_string).collect();
    assert_eq!((set.commune.as_ref(), items.join(" ").as_str()), (None, "2 2.1 2.2 2.3 2.4 9"));
    assert_eq!((set.plan.owner.as_deref(), set.plan.due), (Some("Phòng A"), Some(date(2023, 6, 30))));
    assert_eq!(slip(&plan("")).2, "kế hoạch không ghi gì");
    assert_eq!(slip(&plan("task = \"…\"\ncommune = \"Trung Lương\"")).3, "ghi mã xã: \"13546\"");
}

#[test]
fn folders_stay_inside_the_workspace_and_apart_from_each_other() {
    for wrong in [
        "/tmp",
        "../thu",
        "a/../../b",
        "C:/thu",
        "C:\\\\thu",
        "\\\\\\\\may\\\\thu",
        ".",
        "",
        "a//b",
        "a?b",
        "nul",
        "COM1.x",
        "thu.",
    ] {
        let (_, _, message, _) = slip(&format!("[folders]\ninbox = \"{wrong}\""));
        assert!(message.contains("cần tên thư mục nằm trong thư mục làm việc"), "{wrong}: {message}");
    }
    for nested in ["luu-tru", "LUU-TRU/thu", "luu-tru/"] {
        let (_, _, message, _) = slip(&format!("[folders]\ninbox = \"{nested}\""));
        assert!(message.contains("trùng hoặc lồng với thư mục của archive («luu-tru»)"), "{nested}: {message}");
    }
}

#[test]
fn any_text_is_settings_or_slips_with_places_inside_it() {
    let whole = with("[deadline]\nday = 25\n[[offices]]\nname = \"Phòng A\"\nset = \"x\"\nitems = [1.5, {a = 2}]");
    for (at, _) in whole.char_indices() {
        for text in [whole[..at].to_owned(), format!("{}]{}", &whole[..at], &whole[at..])] {
            if let Err(error) = read(&text) {
                assert!(!error.slips.is_empty());
                let lines = text.split('\n').count();
                assert!(error.slips.iter().all(|slip| slip.line <= lines), "{text}\n{error}");
            }
        }
    }
}
