//! Problems, files that could not be read, and reports that go back.

use super::*;

#[test]
fn problems_of_one_kind_in_one_report_are_one_line_with_their_cells() {
    let mut world = april();
    for cell in ["F9", "F12", "F15", "F20", "F21", "F30", "F31", "F40"] {
        let texts = [
            ("period", "2023-04"),
            ("code", "verdict-nearly-met"),
            ("severity", "warning"),
            ("commune", "13546"),
            ("file", "BC.xlsx"),
            ("sheet", "NTM"),
            ("cells", cell),
            ("message_vi", "ghi «Cơ bản đạt»"),
        ];
        world.diagnostics.push(texts.map(|(column, text)| (column, text.into())).into());
    }
    let report = composed(&world, "2023-04", Lang::Vi);
    assert_eq!(table(&report, "problems").rows.len(), 9, "the workbook has them all");
    let grouped: Vec<String> = table(&report, "problems-paper").rows.iter().map(row).collect();
    let expected = "Cần kiểm tra | Trung Lương | ghi «Cơ bản đạt» | 8 | \
                    BC.xlsx, trang «NTM», ô F9, F12, F15, F20, F21, F30 và 2 ô khác";
    assert!(grouped.len() == 2 && grouped.contains(&expected.to_owned()), "{grouped:?}");
}

#[test]
fn declared_totals_that_disagree_are_a_problem_with_its_cell_said_once() {
    let mut world = april();
    let said = "Trung Lương | NTM nâng cao |  | tự kê khai 60/75 chỉ tiêu NTM nâng cao, theo danh sách 61/75, lệch 1";
    let rows = |world: &World| -> Vec<String> {
        table(&composed(world, "2023-04", Lang::Vi), "problems").rows.iter().map(row).collect()
    };
    let alone = rows(&world);
    assert!(alone.len() == 1 && alone[0].contains(said), "{alone:?}");
    assert!(alone[0].ends_with("BC Trung Lương.xlsx | Biểu 1 | A40"), "{alone:?}");
    let stored = [
        ("period", "2023-04"),
        ("code", "declared-mismatch"),
        ("severity", "warning"),
        ("commune", "13546"),
        ("set", "ntm-nang-cao-2021-2025"),
        ("message_vi", "đã nói"),
    ];
    world.diagnostics.push(stored.map(|(column, text)| (column, text.into())).into());
    let once = rows(&world);
    assert!(once.len() == 1 && once[0].contains("đã nói"), "{once:?}");
}

#[test]
fn files_set_aside_are_named_with_their_question() {
    let mut world = april();
    let common = [("period", "2023-04"), ("file", "bieu.xls"), ("sha256", "abcdef0123456789")];
    let received_at = ("received_at", Value::Moment(date(2023, 4, 20).at(8, 0, 0, 0)));
    let file = common.map(|(column, text)| (column, text.into())).into_iter();
    world.files.push(file.clone().chain([("outcome", "set_aside".into()), received_at]).collect());
    let texts: [(&str, Value); 3] =
        [("severity", "error".into()), ("code", "commune-unknown".into()), ("message_vi", "không rõ xã".into())];
    world.diagnostics.push(file.chain(texts).collect());
    let report = composed(&world, "2023-04", Lang::Vi);
    assert!(text(&report, "overview").contains("| Xử lý 1 tệp chưa đọc được: bieu.xls: không rõ xã | Ngay"));
    assert!(!text(&report, "overview").contains("lỗi trong các báo cáo"), "it is said with its file");
    assert!(text(&report, "receipts").contains("bieu.xls | 08:00 ngày 20/4/2023 | không rõ xã"));
    assert!(
        text(&report, "annex").contains("bieu.xls | abcdef012345 | 08:00 ngày 20/4/2023 | 4/2023 | Chưa đọc được | 0")
    );
}

#[test]
fn a_report_with_something_to_mend_is_told_as_going_back_wherever_it_was_received() {
    let mut world = april();
    let theirs =
        |row: &&BTreeMap<&str, Value>| matches!(&row["file"], Value::Text(name) if name == "BC Trung Lương.xlsx");
    let hash = world.files.iter().find(theirs).unwrap()["sha256"].clone();
    let said = [("period", "2023-04"), ("severity", "warning"), ("code", "verdict-missing"), ("message_vi", "thiếu")];
    world
        .diagnostics
        .push(said.map(|(column, text)| (column, text.into())).into_iter().chain([("sha256", hash)]).collect());
    let report = composed(&world, "2023-04", Lang::Vi);
    let received = text(&report, "receipts");
    assert!(received.contains("Trung Lương | NTM | Đúng hạn, trả lại để sửa | 08:00 ngày 20/4/2023"), "{received}");
    assert!(received.contains("An Đổ | NTM | Muộn | 09:05"), "{received}");
    let by_commune = text(&report, "receipts-paper");
    assert!(by_commune.contains("Trung Lương | 08:00 ngày 20/4/2023 | 1 | Đúng hạn, trả lại để sửa"), "{by_commune}");
}
