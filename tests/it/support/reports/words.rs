//! The words of titles and headers, in several hands.

use super::{Column, Naming, PeriodWords, Report, Style};

/// How a clerk words the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TitleWords {
    Table,
    Review,
    Situation,
    Enclosure,
}

/// How a clerk words the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderWords {
    First,
    Second,
    Third,
    Fourth,
}

/// The title; which set it is stands in it.
pub(super) fn title(words: TitleWords, is_advanced: bool) -> String {
    let advanced = if is_advanced { " NÂNG CAO" } else { "" };
    match words {
        TitleWords::Table => format!("BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ NÔNG THÔN MỚI{advanced}"),
        TitleWords::Review => {
            format!("RÀ SOÁT MỨC ĐỘ ĐẠT CHUẨN XÃ NÔNG THÔN MỚI{advanced} GIAI ĐOẠN 2021-2025")
        }
        TitleWords::Situation => format!("Tình hình xây dựng nông thôn mới{}", advanced.to_lowercase()),
        TitleWords::Enclosure => format!("PHỤ LỤC\nKẾT QUẢ TỰ RÀ SOÁT BỘ TIÊU CHÍ XÃ NTM{advanced}"),
    }
}

/// The lines under the title: commune and month.
pub(super) fn under_title(report: &Report<'_>, style: &Style) -> Vec<String> {
    let month = period(style.period, report.period);
    let commune = report.commune;
    match style.naming {
        Naming::UnderTitle if month.is_empty() => vec![format!("Xã {commune} - huyện Bình Lục")],
        Naming::UnderTitle if month.starts_with('(') => vec![format!("XÃ {}", commune.to_uppercase()), month],
        Naming::UnderTitle => vec![format!("Xã {commune} - {month}")],
        Naming::Enclosure => {
            let signed = report.signed;
            let enclosure = format!(
                "(Kèm theo Báo cáo ngày {}/{}/{} của UBND xã {commune})",
                signed.day(),
                signed.month(),
                signed.year()
            );
            if month.is_empty() { vec![enclosure] } else { vec![month, enclosure] }
        }
        Naming::Nowhere if month.is_empty() => Vec::new(),
        Naming::Nowhere => vec![month],
    }
}

fn period(words: PeriodWords, (year, month): (i16, i8)) -> String {
    match words {
        PeriodWords::Month => format!("Tháng {month} năm {year}"),
        PeriodWords::Short => format!("T{month}/{year}"),
        PeriodWords::Term => format!("Kỳ báo cáo: {month:02}/{year}"),
        PeriodWords::UpTo => format!("(Số liệu đến hết tháng {month} năm {year})"),
        PeriodWords::Day => format!("(Tính đến ngày 25/{month}/{year})"),
        PeriodWords::Nowhere => String::new(),
    }
}

/// The words over a column.
pub(super) fn header(words: HeaderWords, column: Column) -> &'static str {
    use HeaderWords::{First, Fourth, Second, Third};
    let by_hand = |first, second, third, fourth| match words {
        First => first,
        Second => second,
        Third => third,
        Fourth => fourth,
    };
    match column {
        Column::Code => by_hand("TT", "STT", "Số TT", "Mã số"),
        Column::Criterion => by_hand("Tiêu chí", "Tên tiêu chí", "Nhóm tiêu chí", "Tiêu chí"),
        Column::Content => by_hand("Nội dung tiêu chí", "Nội dung đánh giá", "Chỉ tiêu", "Tên chỉ tiêu"),
        Column::Unit => by_hand("ĐVT", "Đơn vị tính", "Đơn vị", "ĐVT"),
        Column::Target => by_hand("Mức quy định", "Mức phải đạt", "Chuẩn quy định", "Yêu cầu"),
        Column::Result => by_hand("Kết quả thực hiện", "Hiện trạng", "Thực tế đạt được", "Số liệu thực hiện"),
        Column::Verdict => by_hand("Xã tự đánh giá", "Mức độ đạt", "Đánh giá", "Tự chấm"),
        Column::Review => by_hand("Huyện thẩm định", "Kết quả thẩm tra của huyện", "Huyện thẩm định", "Huyện đánh giá"),
        Column::Met => by_hand("Đạt", "Đạt", "Đã đạt", "Đ"),
        Column::NotMet => by_hand("Chưa đạt", "Không đạt", "Chưa đạt", "CĐ"),
        Column::Note => by_hand("Ghi chú", "Giải trình", "Ý kiến khác", "Ghi chú"),
        Column::Owner => by_hand("Người phụ trách", "Cán bộ phụ trách", "Đầu mối", "Ai làm"),
        Column::Task => by_hand("Nhiệm vụ", "Việc cần làm", "Giải pháp thực hiện", "Làm gì"),
        Column::Due => by_hand("Thời hạn", "Xong trước ngày", "Thời gian hoàn thành", "Bao giờ xong"),
    }
}

/// The common heading over columns that belong together, where there is one.
pub(super) fn common_heading(words: HeaderWords, column: Column) -> Option<&'static str> {
    match (column, words) {
        (Column::Met | Column::NotMet, HeaderWords::Second) => Some("Kết quả đánh giá"),
        (Column::Met | Column::NotMet, _) => Some("Xã tự đánh giá"),
        (Column::Owner | Column::Task | Column::Due, HeaderWords::First) => Some("Kế hoạch thực hiện"),
        (Column::Owner | Column::Task | Column::Due, _) => Some("Phần việc còn lại"),
        _ => None,
    }
}
