//! Plans and notes for what is not met: person, task and day. Posts, not people.

use jiff::civil::{Date, date};

use super::super::figures::draw;
use super::super::reports::Plan;

/// Who does what by when, for an indicator that is not met.
pub(super) fn plan(set: &str, code: &str) -> Plan {
    let (owner, task) = match set {
        "ntm-2021-2025" => ntm(code),
        _ => advanced(code),
    };
    Plan { owner, task, due: due(code) }
}

/// Why an indicator is not met, as forms without a plan note it.
pub(super) fn note(code: &str) -> &'static str {
    const NOTES: [&str; 6] = [
        "Đang triển khai",
        "",
        "Phấn đấu đạt trong năm 2023",
        "Chưa bố trí được kinh phí",
        "",
        "Đang hoàn thiện hồ sơ",
    ];
    NOTES[(draw(code) % NOTES.len() as u64) as usize]
}

fn due(code: &str) -> Date {
    const DAYS: [Date; 5] =
        [date(2023, 6, 30), date(2023, 8, 15), date(2023, 9, 30), date(2023, 11, 9), date(2023, 12, 20)];
    DAYS[(draw(code) % DAYS.len() as u64) as usize]
}

const LAND: &str = "Công chức Địa chính - Xây dựng";
const FARMING: &str = "Công chức Địa chính - Nông nghiệp";
const CULTURE: &str = "Công chức Văn hóa - Xã hội";
const HEALTH: &str = "Trạm trưởng Trạm Y tế xã";
const DEPUTY: &str = "Phó Chủ tịch UBND xã";
const COOPERATIVE: &str = "Giám đốc HTX dịch vụ nông nghiệp";
const OFFICE: &str = "Công chức Văn phòng - Thống kê";

fn ntm(code: &str) -> (&'static str, &'static str) {
    match code {
        "2.2" => (LAND, "Cứng hóa các đoạn đường thôn còn lại"),
        "3.1" => (COOPERATIVE, "Nạo vét kênh tiêu, sửa chữa trạm bơm"),
        "11" => (CULTURE, "Rà soát từng hộ nghèo, giao đoàn thể giúp hộ có khả năng thoát nghèo"),
        "12.2" => (CULTURE, "Phối hợp mở lớp đào tạo nghề cấp chứng chỉ"),
        "15.4" => (HEALTH, "Lập sổ khám chữa bệnh điện tử cho người dân còn thiếu"),
        "17.5" => (LAND, "Lập quy hoạch chi tiết nghĩa trang nhân dân"),
        "17.6" => (LAND, "Ký hợp đồng thu gom rác với đơn vị có năng lực"),
        "17.8" => (HEALTH, "Vận động hộ dân xây nhà tiêu hợp vệ sinh"),
        "17.11" => (LAND, "Tuyên truyền, cấp thùng phân loại rác cho hộ dân"),
        _ => (DEPUTY, "Hoàn thiện hồ sơ, trình huyện thẩm tra"),
    }
}

fn advanced(code: &str) -> (&'static str, &'static str) {
    match code {
        "2.1" => (LAND, "Lắp biển báo, trồng cây xanh hai bên đường xã"),
        "2.2" => (LAND, "Cứng hóa các đoạn đường thôn còn lại, lắp đèn chiếu sáng"),
        "3.1" => (COOPERATIVE, "Nạo vét kênh tiêu, sửa chữa trạm bơm"),
        "3.3" => (FARMING, "Vận động hộ trồng rau lắp hệ thống tưới tiết kiệm"),
        "6.1" => (CULTURE, "Lắp dụng cụ thể dục ngoài trời tại nhà văn hóa các thôn"),
        "11" => (CULTURE, "Rà soát từng hộ nghèo, giao đoàn thể giúp hộ có khả năng thoát nghèo"),
        "12.2" => (CULTURE, "Phối hợp mở lớp đào tạo nghề cấp chứng chỉ"),
        "13.2" => (COOPERATIVE, "Lập hồ sơ sản phẩm OCOP, trình huyện chấm điểm"),
        "13.3" => (FARMING, "Xây dựng mô hình cấy máy, phun thuốc bằng thiết bị bay"),
        "13.5" => (COOPERATIVE, "Đưa sản phẩm chủ lực lên sàn thương mại điện tử"),
        "13.6" => (FARMING, "Lập hồ sơ đề nghị cấp mã số vùng trồng"),
        "13.8" => (DEPUTY, "Chọn và xây dựng mô hình kinh tế gắn với du lịch, môi trường"),
        "14.2" => (HEALTH, "Khám, lập hồ sơ quản lý sức khỏe cho người dân"),
        "14.3" => (HEALTH, "Hướng dẫn người dân cài ứng dụng khám chữa bệnh từ xa"),
        "14.4" => (HEALTH, "Lập sổ khám chữa bệnh điện tử cho người dân còn thiếu"),
        "17.3" => (LAND, "Ký hợp đồng thu gom rác với đơn vị có năng lực"),
        "17.5" => (LAND, "Tuyên truyền, cấp thùng phân loại rác cho hộ dân"),
        "17.7" => (FARMING, "Thu gom rơm rạ, ủ phân hữu cơ tại đồng"),
        "17.9" => (LAND, "Lập quy hoạch chi tiết nghĩa trang nhân dân"),
        "17.10" => (OFFICE, "Tuyên truyền, hỗ trợ kinh phí hỏa táng"),
        "18.1" => (LAND, "Mở rộng mạng cấp nước sạch đến các hộ còn lại"),
        "18.7" => (HEALTH, "Vận động hộ dân xây nhà tiêu hợp vệ sinh"),
        _ => (DEPUTY, "Hoàn thiện hồ sơ, trình huyện thẩm tra"),
    }
}
