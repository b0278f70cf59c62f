//! The words of clerks, collected apart from the vocabulary that the program reads with.

/// Headings over codes.
pub(super) const CODE: &[&str] = &["TT", "STT", "Stt", "Số TT", "Mã TC", "Mã chỉ tiêu", "Số thứ tự"];

/// Headings over names.
pub(super) const NAME: &[&str] = &[
    "Nội dung tiêu chí",
    "Tiêu chí/chỉ tiêu",
    "Tên tiêu chí - chỉ tiêu thành phần",
    "Nội dung các tiêu chí",
    "Tên chỉ tiêu",
    "Chỉ tiêu",
    "Nội dung",
    "Các tiêu chí, chỉ tiêu thành phần",
];

/// Headings over names of criteria that stand in a column of their own.
pub(super) const CRITERION: &[&str] = &["Tiêu chí", "Tên tiêu chí", "Tiêu chí số", "Nhóm tiêu chí"];

/// Headings over targets.
pub(super) const TARGET: &[&str] = &[
    "Mức đạt chuẩn",
    "Quy định của tỉnh",
    "Mức độ yêu cầu",
    "Yêu cầu phải đạt",
    "Chuẩn theo QĐ 318",
    "Chỉ tiêu quy định",
];

/// Headings over units.
pub(super) const UNIT: &[&str] = &["ĐVT", "Đơn vị tính", "Đơn vị"];

/// Headings over figures.
pub(super) const VALUE: &[&str] = &[
    "Kết quả thực hiện",
    "Hiện trạng của xã",
    "Kết quả đạt được đến thời điểm báo cáo",
    "KQ thực hiện",
    "Số liệu thực tế",
    "Mức thực hiện đến nay",
    "Kết quả tại xã",
];

/// Headings over the commune's verdicts.
pub(super) const VERDICT: &[&str] = &[
    "Tự đánh giá (Đạt/Chưa đạt)",
    "Đánh giá",
    "Xã tự đánh giá",
    "UBND xã đánh giá",
    "Đánh giá mức độ đạt",
    "Kết luận",
    "Đạt/chưa đạt",
    "Tự đánh giá của xã",
    "Mức độ hoàn thành",
];

/// Headings over the district's verdicts.
pub(super) const REVIEW: &[&str] = &[
    "Kết quả thẩm tra của huyện",
    "Huyện thẩm định",
    "Đánh giá của đoàn kiểm tra huyện",
    "Tổ công tác huyện đánh giá",
    "Phúc tra của huyện",
];

/// Headings over remarks.
pub(super) const NOTE: &[&str] = &["Ghi chú", "Giải trình", "Khó khăn, vướng mắc", "Tài liệu kiểm chứng"];

/// Remarks.
pub(super) const NOTES: &[&str] = &[
    "đang đề nghị tỉnh hỗ trợ kinh phí",
    "số liệu do trạm y tế xã cung cấp",
    "so với tháng trước tăng 0,5%",
    "QĐ số 12/QĐ-UBND",
];

/// Headings over who does it, what, and by when.
pub(super) const OWNER: &[&str] = &["Người phụ trách", "Cán bộ phụ trách", "Phân công thực hiện", "Đơn vị chủ trì"];
/// What.
pub(super) const TASK: &[&str] = &["Nhiệm vụ", "Giải pháp thực hiện", "Việc cần làm"];
/// By when.
pub(super) const DUE: &[&str] = &["Thời hạn hoàn thành", "Hạn hoàn thành", "Xong trước ngày", "Thời gian hoàn thành"];

/// Words for met and not met in a column of verdicts.
pub(super) const VERDICTS: &[(&str, &str)] = &[
    ("Đạt", "Chưa đạt"),
    ("Đạt", "Không đạt"),
    ("đạt", "chưa đạt"),
    ("ĐẠT", "CHƯA ĐẠT"),
    ("Đ", "CĐ"),
    ("Đã đạt", "Chưa đạt"),
    ("Đạt chuẩn", "Chưa đạt chuẩn"),
    ("Hoàn thành", "Chưa hoàn thành"),
    ("Đạt yêu cầu", "Chưa đạt yêu cầu"),
    ("Đat", "Chưa đat"),
    ("Đạt chỉ tiêu", "Chưa đạt chỉ tiêu"),
];

/// Marks.
pub(super) const MARKS: &[&str] = &["x", "X", "✓", "v", "+"];

/// Headings over columns to be marked: met, not met.
pub(super) const MARKED: &[(&str, &str)] =
    &[("Đạt", "Chưa đạt"), ("Đạt", "Không đạt"), ("Đã đạt", "Chưa đạt"), ("Đ", "CĐ")];

/// Common headings over columns to be marked.
pub(super) const MARKED_ABOVE: &[&str] = &["Xã tự đánh giá", "Kết quả tự đánh giá", "Tự đánh giá"];

/// Titles; `{set}` is the name of the set.
pub(super) const TITLES: &[&str] = &[
    "BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ XÃ {set}",
    "Báo cáo kết quả thực hiện các tiêu chí {set}",
    "BẢNG TỰ ĐÁNH GIÁ MỨC ĐỘ ĐẠT CHUẨN {set}",
    "PHỤ LỤC: KẾT QUẢ RÀ SOÁT CÁC TIÊU CHÍ {set} GIAI ĐOẠN 2021-2025",
    "Tiến độ xây dựng {set}",
];

/// Names of the sets in titles.
pub(super) const NTM: &[&str] = &["NÔNG THÔN MỚI", "nông thôn mới", "NTM"];
/// The same of nâng cao.
pub(super) const NANG_CAO: &[&str] = &["NÔNG THÔN MỚI NÂNG CAO", "nông thôn mới nâng cao", "NTM nâng cao", "NTM NC"];

/// Lines that name the month; `{m}`, `{mm}` and `{y}` stand for it.
pub(super) const MONTHS: &[&str] = &[
    "Tháng {m} năm {y}",
    "(Số liệu đến hết tháng {m} năm {y})",
    "Kỳ báo cáo: {mm}/{y}",
    "(Tính đến ngày 25/{mm}/{y})",
    "Tháng {mm}/{y}",
    "Tính đến hết ngày 25 tháng {m} năm {y}",
];

/// Lines that name the commune.
pub(super) const COMMUNES: &[&str] = &[
    "UBND XÃ {C}",
    "Xã {c}, huyện Bình Lục",
    "Đơn vị: Xã {c}",
    "XÃ {C} - HUYỆN BÌNH LỤC - TỈNH HÀ NAM",
    "Đơn vị báo cáo: UBND xã {c}",
];

/// Rows that fit nothing.
pub(super) const STRANGE_ROWS: &[(&str, &str)] = &[
    ("20.3", "Số máy gặt đập liên hợp của xã"),
    ("33.1", "Số buổi trực của dân quân"),
    ("41.2", "Số xe tải của hợp tác xã"),
];

/// Explanations of marks, below or above a table.
pub(super) const LEGENDS: &[&str] = &[
    "Ghi chú: đánh dấu x vào ô tương ứng",
    "Chú thích: Đ: đạt; CĐ: chưa đạt",
    "Quy ước: x là đạt, để trống là chưa đánh giá",
];

/// Signs in a column of verdicts, and the legend that explains them.
pub(super) const SIGNS: &[(&str, &str, &str)] = &[
    ("A", "B", "Ghi chú: A - Đạt; B - Chưa đạt"),
    ("1", "0", "Quy ước: 1 là đạt, 0 là chưa đạt"),
    ("+", "-", "Dấu (+): đạt; dấu (-): chưa đạt"),
    ("●", "○", "● Đạt ○ Chưa đạt"),
    ("Y", "N", "Ký hiệu: Y = Đạt; N = Không đạt"),
];

/// Boxes: empty and ticked.
pub(super) const BOXES: &[(&str, &str)] = &[("☐", "☑"), ("[ ]", "[x]"), ("( )", "(x)"), ("☐", "☒")];

/// Headings over a list of what is not met.
pub(super) const UNMET: &[&str] =
    &["Các chỉ tiêu chưa đạt gồm:", "còn {n} chỉ tiêu chưa đạt, cụ thể:", "Danh sách các chỉ tiêu chưa đạt:"];
