//! The sample of half a year: what only months can show stands in status, workbook, paper and letters.

use std::path::Path;
use std::sync::LazyLock;

use assert_cmd::Command;

use super::samples::equals_its_builder;
use super::support::half_year::files;
use super::support::office::Office;
use super::support::papers::{dense, paper_text, workbook_texts};

const SETTINGS: &str = include_str!("../../samples/nua-nam/ntm.toml");

/// The sample after one run; tests only look at it.
static OFFICE: LazyLock<Office> = LazyLock::new(|| {
    let office = Office::of(SETTINGS);
    for (path, bytes) in files() {
        office.send(&path, &bytes);
    }
    office.run();
    office
});

/// What the binary answers to a question about the sample.
fn answer(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ntm"));
    let asked = command.env_clear().env("NTM_NOW", "2023-04-28T07:00:00").current_dir(OFFICE.path()).args(arguments);
    String::from_utf8(asked.assert().get_output().stdout.clone()).expect("output is UTF-8")
}

fn derived(path: &str) -> Vec<u8> {
    OFFICE.tree("bao-cao").remove(path).unwrap_or_else(|| panic!("no {path}"))
}

#[test]
fn samples_of_half_a_year_equal_their_builder() {
    let inbox = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/nua-nam/hop-thu-den");
    equals_its_builder(&inbox, &files());
}

#[test]
fn status_names_what_the_months_show() {
    insta::assert_snapshot!(answer(&["status"]));
}

#[test]
fn a_gap_a_late_month_and_a_second_version_stand_in_the_history() {
    insta::assert_snapshot!(answer(&["history", "dong du", "17.8"]));
    let files = answer(&["history", "dong du"]);
    let lines: Vec<String> = files.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in ["1/2023 30/1/2023 (muộn) NTM Đồng Du 01-2023.xlsx, trang «NTM»", "3/2023 chưa có báo cáo"] {
        assert!(lines.contains(&line.to_owned()), "{line}\n{files}");
    }
    assert!(files.contains("NTM Đồng Du 04-2023 sua.xlsx, trang «NTM» (bản thứ 2)"), "{files}");
}

#[test]
fn workbook_and_paper_tell_the_months_in_the_same_words() {
    let texts = workbook_texts(&derived("2023-04/Tong-hop-NTM-2023-04.xlsx"));
    let paper = paper_text(&derived("2023-04/Bao-cao-NTM-2023-04.pdf"));
    for told in [
        "từ 91,9% (tháng 3/2023) thành 9,2%",
        "đánh giá, kết quả, ghi chú, kế hoạch giống hệt báo cáo tháng 3/2023",
        "2.2 chưa đạt → đạt, 87% → 90,5%",
        "15.1 98,5% → 89,5%",
        "15.4 48,5% (6 tháng)",
        "5 (13 tháng); 15.4 (13 tháng); 17.11 (13 tháng)",
        "hoặc xã còn ghi tổng số của tháng 3/2023",
        "15.4 ghi đạt nhưng kết quả 66,8%, mức quy định ≥ 70%",
        "từ 11/2022 đến 4/2023 (5 tháng) thêm 5 chỉ tiêu",
        "Trung Lương 15 → 16",
        "từ 11/2022 đến 4/2023 (5 tháng) không thêm chỉ tiêu nào",
    ] {
        assert!(texts.iter().any(|text| text.contains(told)), "workbook: {told}");
        assert!(paper.contains(&dense(told)), "paper: {told}");
    }
    for outlook in ["Đúng tiến độ", "Chậm", "Khó đạt"] {
        assert!(texts.iter().any(|text| text == outlook), "{outlook}");
    }
    let of_office = "Lập sổ khám chữa bệnh điện tử cho số hộ còn lại (theo biểu kế hoạch «Ke-hoach-phong-y-te-2023-03.xlsx» nhận \
                     ngày 10/4/2023)";
    assert!(texts.iter().any(|text| text == of_office), "what an office sent back says whose it is");
    assert!(texts.iter().any(|text| text == "4/2022"), "a year ago stands beside");
    let carried = "Hoàn thiện hồ sơ, trình huyện thẩm tra (kế hoạch ghi ở báo cáo tháng 1/2023)";
    assert!(texts.iter().any(|text| text == carried), "a plan is carried over and says from where");
}

#[test]
fn what_commune_and_district_judge_differently_is_told_with_whose_verdict_counts() {
    let texts = workbook_texts(&derived("2023-04/Tong-hop-NTM-2023-04.xlsx"));
    let paper = paper_text(&derived("2023-04/Bao-cao-NTM-2023-04.pdf"));
    for told in [
        "2.2 (xã: đạt; cấp trên: chưa đạt; tính theo xã)",
        "15.4 (xã: đạt; quyết định 215/KL-BCĐ ngày 20/4/2023: chưa đạt; tính theo quyết định)",
    ] {
        assert!(paper.contains(&dense(told)), "paper: {told}");
    }
    for told in ["Chưa đạt (trang «NTM», ô F", "Chưa đạt, quyết định 215/KL-BCĐ ngày 20/4/2023"] {
        assert!(texts.iter().any(|text| text.contains(told)), "workbook: {told}");
    }
    let asked = [["why", "dong du", "2.2"], ["why", "bo de", "15.4"], ["why", "la son", "15.4"]];
    insta::assert_snapshot!(asked.map(|asked| answer(&asked)).concat());
}

#[test]
fn the_letters_ask_each_commune_for_what_is_its_own() {
    let letters = String::from_utf8(derived("2023-04/Nhac-viec-2023-04.txt")).expect("letters are UTF-8");
    let of = |commune: &str| {
        let (_, rest) = letters.split_once(&format!("===== Xã {commune} =====")).expect("the commune has a letter");
        rest.split("=====").next().unwrap_or_default().to_owned()
    };
    for (commune, asked) in [
        ("Trung Lương", "Kiểm tra số liệu NTM thay đổi bất thường so với các tháng trước: 15.1."),
        ("Trung Lương", "Báo cáo nội dung NTM đã quá hạn hoàn thành: 2.2, 11."),
        ("La Sơn", "báo cáo giống hệt tháng 3/2023"),
        ("Bồ Đề", "xã còn ghi tổng số của tháng 3/2023"),
        ("Bồ Đề", "hai bên không khớp: 15.4."),
    ] {
        assert!(of(commune).contains(asked), "{commune}: {asked}\n{}", of(commune));
    }
    assert!(!of("Đồng Du").contains("bất thường"), "the second version mended the figure");
}
