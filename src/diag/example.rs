//! What each code looks like where it is said: a message that a file of the tests provokes, word for word.

use super::Code;
use crate::model::Text;

impl Code {
    /// A message of this code.
    #[must_use]
    pub fn example(self) -> Text {
        let (vi, en) = match self {
            Code::FileEmpty => ("tệp rỗng, không có nội dung", "the file is empty"),
            Code::FileUnreadable => (
                "tệp bị cắt cụt (thiếu phần cuối), thường do tải hoặc chép dở dang",
                "the file is cut off (its end is missing), often a broken download or copy",
            ),
            Code::FileUnfinished => (
                "tệp vừa được ghi và chưa trọn vẹn, có lẽ đang chép; để lại trong hộp thư đến",
                "just written and not whole, perhaps it is still being copied; left in the inbox",
            ),
            Code::InboxNotCleared => (
                "tệp vừa được ghi lại trong khi nhận; bản mới sẽ được nhận ở lần chạy sau",
                "it was written to while it was taken in; the new version is taken in by the next run",
            ),
            Code::FileEncrypted => ("tệp có mật khẩu nên không đọc được", "the file has a password and cannot be read"),
            Code::FileUnsupported => (
                "nội dung là tệp văn bản thường, không phải sổ tính xlsx, xlsm, xls, xlsb, ods",
                "the content is text, not a workbook (xlsx, xlsm, xls, xlsb, ods)",
            ),
            Code::FileTooLarge => (
                "tệp vượt giới hạn an toàn (chi tiết kỹ thuật: 4000000000 shared strings declared, 2318 possible)",
                "the file is beyond the safe limits (4000000000 shared strings declared, 2318 possible)",
            ),
            Code::FileBreaksReader => (
                "tệp làm bộ đọc dừng đột ngột, cả khi đọc riêng tệp này",
                "the file ended the reading process, even when it was read alone",
            ),
            Code::NoReport => (
                "không tìm thấy bảng tiêu chí nông thôn mới trong 1 trang của tệp",
                "no table of NTM criteria in the file's 1 sheet(s)",
            ),
            Code::CommuneNotInForce => (
                "xã An Nội (13540) chỉ có đến ngày 31/12/2022, báo cáo tháng 4/2023 không được tính; mã 13540 nay là của xã Bình An",
                "An Nội (13540) ended on 2022-12-31, its report of 4/2023 does not count; the code 13540 is that of Bình An now",
            ),
            Code::FormBlank => (
                "biểu tháng 5/2023 chưa ghi gì, không tính là báo cáo",
                "nothing is written in the form for 5/2023; it is no report",
            ),
            Code::FormChanged => (
                "«Mã biểu» bị sửa nên không dùng; trang được đọc như báo cáo thường",
                "the form code was changed and does not count; the sheet is read like any report",
            ),
            Code::InternalFault => (
                "lỗi của chương trình khi đọc tệp này: index out of bounds",
                "a fault of the program while reading this file: index out of bounds",
            ),
            Code::FormulaWithoutValue => (
                "ô có công thức nhưng tệp không lưu kết quả, coi như để trống",
                "the formula has no stored result, the cell counts as empty",
            ),
            Code::ErrorCell => {
                ("ô báo lỗi #REF!, không lấy số liệu ở ô này", "the cell shows #REF!, nothing is taken from it")
            }
            Code::HiddenContent => {
                ("1 dòng chỉ tiêu bị ẩn; nội dung vẫn được đọc", "1 row(s) of items is hidden; its content was read")
            }
            Code::LegacyEncoding => {
                ("204 ô gõ bằng TCVN3, đã chuyển sang Unicode", "204 cells in TCVN3 were turned into Unicode")
            }
            Code::CapitalsLowered => (
                "1 ô viết toàn chữ hoa, đã đổi sang chữ thường: «CÔNG AN XÃ» thành «Công an xã»",
                "1 cells in capitals were turned into small letters: \"CÔNG AN XÃ\" into \"Công an xã\"",
            ),
            Code::SheetNotRecognised => (
                "nhận ra 71 dòng tiêu chí, chỉ tiêu nhưng không rõ cột nào là đánh giá; các cột: C «Mức quy định»; câu hỏi 940754: cột nào là đánh giá đạt/chưa đạt của kỳ này: C «Mức quy định»?",
                "71 rows of criteria were recognised, but no column of verdicts; columns: C «Mức quy định»; question 940754: which column holds this period's verdicts: C «Mức quy định»?",
            ),
            Code::SheetIgnored => {
                ("trang không có bảng tiêu chí, không dùng", "the sheet holds no table of criteria and was not used")
            }
            Code::CommuneUnknown => (
                "xã «MỸ LẠ» không có trong danh sách xã; câu hỏi 573634: «MỸ LẠ» là xã nào?",
                "\"MỸ LẠ\" is not in the list of communes; question 573634: which commune is \"MỸ LẠ\"?",
            ),
            Code::CommuneAssumed => (
                "nội dung không ghi tên xã; lấy La Sơn theo tên tệp",
                "the content names no commune; La Sơn was taken from the file's name",
            ),
            Code::CommuneConflict => (
                "nội dung ghi xã La Sơn nhưng tên tệp ghi Trung Lương; lấy La Sơn",
                "the content says La Sơn, the file's name says Trung Lương; La Sơn was taken",
            ),
            Code::PeriodUnknown => (
                "không xác định được tháng của báo cáo; câu hỏi 605315: trang «Biểu» báo cáo tháng nào?",
                "the month of the report cannot be told; question 605315: which month does the sheet \"Biểu\" report?",
            ),
            Code::PeriodAssumed => (
                "nội dung không ghi tháng; lấy tháng 4/2023 theo tên tệp",
                "the content states no month; 2023-04 was taken from the file's name",
            ),
            Code::PeriodConflict => (
                "nội dung ghi tháng 4/2023 nhưng tên tệp ghi tháng 3/2023; lấy tháng 4/2023",
                "the content says 2023-04, the file's name says 2023-03; 2023-04 was taken",
            ),
            Code::SetConflict => (
                "tiêu đề ghi bộ NTM nâng cao nhưng các dòng là của bộ NTM; lấy NTM",
                "the title says NTM nâng cao, the rows are of NTM; NTM was taken",
            ),
            Code::SetUnknown => (
                "không rõ bộ tiêu chí nào (NTM, NTM nâng cao); câu hỏi 458090: bảng này theo bộ tiêu chí nào: NTM hay NTM nâng cao?",
                "the criteria set cannot be told (NTM, NTM nâng cao); question 458090: which set is this table of: NTM or NTM nâng cao?",
            ),
            Code::ColumnAssumed => (
                "tiêu đề cột «Cột 4» không rõ; hiểu là cột đánh giá theo nội dung; câu hỏi 780864: cột D «Cột 4» có phải là cột đánh giá đạt/chưa đạt không?",
                "the heading \"Cột 4\" is not clear; by its content the column was taken as verdicts; question 780864: is column D «Cột 4» the verdicts?",
            ),
            Code::ColumnIgnored => ("cột «Dự kiến» không được dùng", "the column \"Dự kiến\" was not used"),
            Code::AnswerUsed => (
                "theo câu trả lời 780864: đánh giá nằm ở cột D",
                "as answered to question 780864: verdicts stand in column D",
            ),
            Code::AnswerOutdated => (
                "câu trả lời 780864 (đánh giá nằm ở cột D) là cho bố trí cột khác, không dùng",
                "the answer to question 780864 (verdicts stand in column D) is for another layout and was not used",
            ),
            Code::RowNotPlaced => (
                "dòng «45.9 | Số máy cày của hợp tác xã | ≥ 90% | 0.925 | Đạt» không khớp mục nào của bộ tiêu chí, không tính",
                "the row \"45.9 | Số máy cày của hợp tác xã | ≥ 90% | 0.925 | Đạt\" fits no item of the set and does not count",
            ),
            Code::CodeRepaired => (
                "mã ghi «6.3» nhưng theo tên và thứ tự dòng là 2.3; lấy 2.3",
                "the code says \"6.3\", name and order say 2.3; 2.3 was taken",
            ),
            Code::ItemRepeated => ("mục 2.3 có hai dòng; lấy dòng đầu", "item 2.3 has two rows; the first was taken"),
            Code::ItemMissing => (
                "bảng thiếu 1/57 chỉ tiêu, tính là chưa báo cáo: 2.3",
                "1 of 57 indicators are not in the table and count as not reported: 2.3",
            ),
            Code::SubLineConflict => (
                "2.2 ghi đạt nhưng dòng con ghi chưa đạt; lấy theo dòng chính",
                "2.2 says met, a line below it says not met; the indicator's own row counts",
            ),
            Code::VerdictMissing => {
                ("2.3 không ghi đánh giá, tính là chưa báo cáo", "2.3 states no verdict and counts as not reported")
            }
            Code::VerdictUnclear => (
                "2.3 ghi «xem lại sau» ở cột đánh giá, không hiểu, tính là chưa báo cáo",
                "2.3 says \"xem lại sau\" in the verdict column, which is not understood; it counts as not reported",
            ),
            Code::VerdictNearlyMet => {
                ("2.3 ghi «Cơ bản đạt», tính là chưa đạt", "2.3 says \"Cơ bản đạt\", which counts as not met")
            }
            Code::VerdictConflict => (
                "2.3 ghi cả đạt và chưa đạt (hai dấu hoặc hai chỗ), tính là chưa báo cáo",
                "2.3 says both met and not met (two marks or two places) and counts as not reported",
            ),
            Code::VerdictAssumed => (
                "cột đánh giá của 2.3 để trống; lấy theo ghi chú «Không đánh giá»",
                "the verdict of 2.3 is empty; it was taken from the remark \"Không đánh giá\"",
            ),
            Code::ValueUnclear => (
                "2.3 ghi «khoảng 3 đến 5 km», không rõ số nào là kết quả hoặc khác đơn vị, để trống",
                "2.3 says \"khoảng 3 đến 5 km\", which is not plainly one result in its unit; it was left empty",
            ),
            Code::PercentAssumed => (
                "2.3 ghi «0.93», không rõ là bao nhiêu phần trăm, để trống; câu hỏi 665535: cột kết quả ghi 0,93 là 93% hay 0,93%?",
                "2.3 says \"0.93\", which may be a percentage or a fraction; it was left empty; question 665535: is 0.93 in the result column 93% or 0.93%?",
            ),
            Code::DateUnclear => (
                "hạn của 2.3 ghi «khi có vốn», không đọc được thành ngày, để trống",
                "the due date of 2.3 says \"khi có vốn\", which is no date; it was left empty",
            ),
            Code::DeclaredMismatch => (
                "tự kê khai 55/57 chỉ tiêu, theo danh sách 56/57, lệch 1",
                "55/57 indicators declared met, the list gives 56/57, 1 apart",
            ),
            Code::DeclaredConflict => (
                "tổng số ghi hai chỗ khác nhau: 18/19, 56/57 và 12/19, 40/57; lấy 18/19, 56/57",
                "the totals are stated differently in two places: 18/19, 56/57 and 12/19, 40/57; 18/19, 56/57 was taken",
            ),
            Code::CriterionMismatch => {
                ("tiêu chí 2 ghi đạt nhưng có 1 chỉ tiêu chưa đạt", "criterion 2 says met, 1 of its indicators are not")
            }
            Code::ValueContradiction => (
                "15.4 ghi đạt nhưng kết quả 66,8% chưa đạt mức quy định ≥ 70%",
                "15.4 says met, but its value 66.8% does not reach the target ≥ 70%",
            ),
            Code::DuplicateFile => (
                "tệp trùng từng byte với «a.txt», không nhận lại",
                "byte for byte the same as \"a.txt\", not taken in again",
            ),
            Code::ReturnedCopy => (
                "bản trả lại đã gửi về; trang này là danh sách cần sửa, không đọc như báo cáo",
                "a returned copy came back; this sheet is its list of problems and is not read as a report",
            ),
            Code::ProblemsClosed => (
                "thay «BC.xlsx»: đã sửa xong 1/1 chỗ, còn 0, mới 0; 1 mục ghi khác trước",
                "replaces \"BC.xlsx\": 1 of 1 problems closed, 0 stand, 0 new; 1 items changed",
            ),
            Code::PlansReceived => (
                "biểu kế hoạch tháng 4/2023: nhận 3 nội dung ở 2 bộ tiêu chí của các xã",
                "a plan form of 4/2023: 3 plans in 2 sets of communes",
            ),
            Code::PlansUnread => {
                ("biểu kế hoạch tháng 4/2023 chưa điền nội dung nào", "nobody has written in the plan form of 4/2023")
            }
            Code::CopyUnmended => (
                "bản trả lại gửi về y nguyên, chưa sửa gì, không nhận",
                "a returned copy came back as it was sent, nothing is mended, not taken in",
            ),
            Code::SubmissionAmbiguous => (
                "hai bảng của cùng xã, cùng tháng, cùng bộ tiêu chí trong một tệp; lấy bảng đầu",
                "two tables of one commune, month and set in one file; the first was taken",
            ),
            Code::ClosedMonthAmended => (
                "tháng 4/2023 đã chốt, nay khác ở 2 mục, 1 xã; đã lập bổ sung, báo cáo đã chốt giữ nguyên",
                "4/2023 is closed and differs now in 2 items of 1 communes; a supplement is written, the closed papers stay",
            ),
            Code::ClosedPaperMissing => (
                "báo cáo đã chốt của tháng 4/2023 bị mất, đã chép lại từ hồ sơ chốt",
                "a closed paper of 4/2023 was gone and is put back from the record",
            ),
            Code::ClosedPaperChanged => (
                "báo cáo đã chốt của tháng 4/2023 đã bị sửa, không còn đúng bản đã chốt",
                "a closed paper of 4/2023 was changed and is no more what was closed",
            ),
            Code::ClosingDamaged => (
                "hồ sơ chốt số liệu tháng 4/2023 hỏng: hồ sơ đã bị sửa sau khi ghi",
                "the record of closed 4/2023 is damaged: the record was changed after it was written",
            ),
            Code::ArchiveChanged => (
                "tệp lưu trữ đã bị sửa hoặc hỏng: nội dung không còn khớp mã kiểm tra",
                "the archived file was changed or is damaged: its content does not match its hash",
            ),
            Code::ArchiveMissing => (
                "tệp đã nhận «BC.xlsx» không còn trong thư mục lưu trữ",
                "\"BC.xlsx\" was received and is not in the archive",
            ),
            Code::ArchiveUnknown => (
                "tệp trong thư mục lưu trữ không do chương trình đặt vào nên không được đọc",
                "a file of the archive was not put there by the program and is not read",
            ),
            Code::StoreMismatch => (
                "tệp dữ liệu hỏng: nội dung đã bị thay đổi sau khi ghi",
                "a stored file is damaged: its content was changed after it was written",
            ),
        };
        Text::new(vi, en)
    }
}
