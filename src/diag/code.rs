//! The stable codes of diagnostics, each with its explanation.

use std::fmt;

/// Declares the codes once: variant, kebab-case name, Vietnamese and English explanation.
macro_rules! codes {
    ($($variant:ident $name:literal $vi:literal $en:literal;)*) => {
        /// A stable code; what each means and what to do stands in the README and in [`Code::explanation`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $en] $variant,)*
        }

        impl Code {
            /// All codes, in the order of their declaration.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The name that people and other programs see.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// What it means and what to do about it.
            #[must_use]
            pub fn explanation(self) -> crate::model::Text {
                match self { $(Code::$variant => crate::model::Text::new($vi, $en),)* }
            }
        }
    };
}

codes! {
    // Files.
    FileEmpty "file-empty"
        "Tệp rỗng, không có nội dung. Đề nghị xã gửi lại tệp."
        "The file has no content. Ask the commune to send it again.";
    FileUnreadable "file-unreadable"
        "Tệp hỏng hoặc không phải tệp Excel (thường do tải dở dang). Mở thử bằng Excel; nếu không mở được, đề nghị xã gửi lại."
        "The file is damaged or is no workbook (often a broken download). Try it in Excel; if it does not open, ask the commune to send it again.";
    FileUnfinished "file-unfinished"
        "Tệp vừa được ghi và chưa trọn vẹn, có lẽ đang chép hoặc đang tải; để lại trong hộp thư đến. Chờ chép xong rồi chạy lại."
        "The file was just written and is not whole, perhaps it is still being copied; it is left in the inbox. Wait until it is copied and run again.";
    InboxNotCleared "inbox-not-cleared"
        "Tệp đã nhận nhưng còn nằm trong hộp thư đến, vì đang mở ở chương trình khác hoặc vừa được ghi lại. Đóng tệp; lần chạy sau sẽ dọn, bản mới thì nhận tiếp."
        "The file was taken in but still lies in the inbox, being open elsewhere or just written to. Close it; the next run clears it, and takes in a new version.";
    FileEncrypted "file-encrypted"
        "Tệp có mật khẩu nên không đọc được. Bỏ mật khẩu trong Excel rồi gửi lại."
        "The file has a password and cannot be read. Remove the password in Excel and send it again.";
    FileUnsupported "file-unsupported"
        "Không phải loại tệp chương trình đọc được (xlsx, xlsm, xls, xlsb, ods). Lưu lại dạng .xlsx rồi gửi."
        "Not a kind of file the program reads (xlsx, xlsm, xls, xlsb, ods). Save it as .xlsx and send it again.";
    FileTooLarge "file-too-large"
        "Tệp lớn quá giới hạn an toàn nên được để riêng. Kiểm tra tệp; bỏ các trang và dòng thừa rồi gửi lại."
        "The file is beyond the safe limits and was set aside. Check it; remove needless sheets and rows and send it again.";
    FileBreaksReader "file-breaks-reader"
        "Tệp làm bộ đọc dừng đột ngột hoặc đọc mãi không xong nên được để riêng; các tệp khác vẫn được xử lý. Mở tệp bằng Excel, lưu thành tệp xlsx mới rồi gửi lại."
        "The file ended the reading process or never came to an end, so it was set aside; the others went on. Open it in Excel, save it as a new xlsx file and send it again.";
    NoReport "no-report"
        "Không tìm thấy bảng tiêu chí nông thôn mới nào trong tệp. Nếu đây đúng là báo cáo, xem lại tiêu đề cột và mã tiêu chí."
        "No table of NTM criteria was found in the file. If it is a report, look at its column headings and codes.";
    FormBlank "form-blank"
        "Biểu mẫu của chương trình chưa ghi gì nên không tính là báo cáo. Đề nghị xã ghi biểu rồi gửi lại."
        "Nothing is written in a form of the program, so it is no report. Ask the commune to fill it in and send it again.";
    FormChanged "form-changed"
        "Phần đã khóa của biểu mẫu bị sửa: mã biểu, dòng cột ẩn, ô công thức. Số xã ghi vẫn được đọc; hỏi lại xã, đề nghị dùng biểu mới."
        "What is locked in a form was changed: its code, its hidden keys, a formula. What the commune wrote is read; ask it to use a new form.";
    InternalFault "internal-fault"
        "Lỗi của chương trình khi xử lý tệp này; các tệp khác vẫn được xử lý. Gửi tệp và thông báo này cho người phát triển."
        "A fault of the program while it worked on this file; the others went on. Send the file and this message to the developers.";
    // Cells.
    FormulaWithoutValue "formula-without-value"
        "Ô có công thức nhưng tệp không lưu kết quả. Mở tệp bằng Excel, lưu lại rồi gửi."
        "The cell has a formula whose result the file does not hold. Open the file in Excel, save it and send it again.";
    ErrorCell "error-cell"
        "Ô báo lỗi (#REF!, #N/A…) nên không lấy số liệu ở ô này. Sửa công thức hoặc nhập lại số."
        "The cell shows an error (#REF!, #N/A…), so nothing was taken from it. Mend the formula or type the figure.";
    HiddenContent "hidden-content"
        "Nội dung nằm ở trang, dòng hoặc cột bị ẩn. Nội dung ẩn vẫn được đọc; kiểm tra xem có phải bản cũ không."
        "The content stands on a hidden sheet, row or column. It is read; check that it is not an old copy.";
    LegacyEncoding "legacy-encoding"
        "Chữ gõ bằng bảng mã cũ (TCVN3, VNI) đã được chuyển sang Unicode. Không cần làm gì."
        "Text in an old encoding (TCVN3, VNI) was turned into Unicode. Nothing to do.";
    CapitalsLowered "capitals-lowered"
        "Ô phân công, nhiệm vụ, ghi chú viết toàn chữ hoa đã được đổi sang chữ thường để đưa vào báo cáo. Tệp gốc giữ nguyên; kiểm tra lại tên riêng."
        "Owners, tasks and remarks typed in capitals were turned into small letters for the papers. The file stays as it is; check proper names.";
    // Recognising.
    SheetNotRecognised "sheet-not-recognised"
        "Trang giống báo cáo nhưng không đủ căn cứ để đọc, nên được để riêng. Trả lời câu hỏi kèm theo bằng lệnh ntm answer."
        "The sheet looks like a report but is not sure enough to be read, so it was set aside. Answer the question with it by ntm answer.";
    SheetIgnored "sheet-ignored"
        "Trang không chứa bảng tiêu chí (hướng dẫn, trang trống…) nên không dùng. Không cần làm gì."
        "The sheet holds no table of criteria (instructions, empty) and was not used. Nothing to do.";
    CommuneUnknown "commune-unknown"
        "Không xác định được xã của báo cáo, số liệu chưa tính cho xã nào. Trả lời câu hỏi kèm theo; nên đề nghị xã ghi tên xã ở tiêu đề."
        "The report's commune could not be told, so its figures count for none. Answer the question with it; better ask the commune to write its name in the title.";
    CommuneAssumed "commune-assumed"
        "Tên xã không ghi trong nội dung hoặc ghi chưa chuẩn; tạm hiểu theo thông tin khác. Kiểm tra lại."
        "The commune is not named in the content, or not exactly; another sign was taken. Check it.";
    CommuneConflict "commune-conflict"
        "Tiêu đề, tên trang và tên tệp ghi các xã khác nhau. Hỏi lại xã."
        "Title, sheet name and file name say different communes. Ask the commune.";
    CommuneNotInForce "commune-not-in-force"
        "Báo cáo của xã không có trong tháng đó (đã sáp nhập hoặc chưa thành lập) nên không được tính. Hỏi lại xã, hoặc xem lại valid_from, valid_to trong ntm.toml."
        "A report of a commune that is not there in its month (merged, or not yet formed) does not count. Ask the commune, or look at valid_from and valid_to in ntm.toml.";
    PeriodUnknown "period-unknown"
        "Không xác định được tháng của báo cáo, số liệu chưa tính vào tháng nào. Trả lời câu hỏi kèm theo; nên đề nghị xã ghi «Tháng … năm …» ở tiêu đề."
        "The report's month could not be told, so its figures count in none. Answer the question with it; better ask the commune to write the month in the title.";
    PeriodAssumed "period-assumed"
        "Nội dung không ghi một tháng mà ghi nhiều tháng, cả năm hoặc không ghi; tháng lấy theo cách nêu trong thông báo. Kiểm tra lại."
        "The content names several months, a year or none; how the month was taken is in the message. Check it.";
    PeriodConflict "period-conflict"
        "Tiêu đề, tên trang và tên tệp ghi các tháng khác nhau. Hỏi lại xã."
        "Title, sheet name and file name say different months. Ask the commune.";
    SetConflict "set-conflict"
        "Tiêu đề ghi bộ tiêu chí này nhưng nội dung bảng là bộ khác (lấy theo nội dung), hoặc tháng báo cáo ngoài thời gian áp dụng của bộ (để riêng). Hỏi lại xã."
        "The title names one criteria set, the table holds another (the table counts), or the month is outside the set's validity (set aside). Ask the commune.";
    SetUnknown "set-unknown"
        "Không xác định được bộ tiêu chí của bảng, bảng được để riêng. Trả lời câu hỏi kèm theo; nên đề nghị xã ghi rõ «NTM» hay «NTM nâng cao» ở tiêu đề."
        "The criteria set of the table could not be told, so it was set aside. Answer the question with it; better ask the commune to name the set in the title.";
    ColumnAssumed "column-assumed"
        "Tiêu đề cột không rõ; vai trò của cột được suy từ nội dung. Kiểm tra lại; có câu hỏi kèm theo thì trả lời một lần là đủ."
        "The column's heading is not clear; its role was taken from its content. Check it; where there is a question, one answer is enough.";
    ColumnIgnored "column-ignored"
        "Một cột có nội dung nhưng không được dùng; nếu cột đó cũng ghi đạt/chưa đạt, kiểm tra xem cột nào là đánh giá của kỳ này."
        "A column with content was not used; if it holds verdicts too, check which one is this period's.";
    AnswerUsed "answer-used"
        "Đã dùng câu trả lời có sẵn (trong tra-loi.toml hoặc ntm.toml). Không cần làm gì; nếu câu trả lời không còn đúng, sửa hoặc xóa nó."
        "An answer given before (in tra-loi.toml or ntm.toml) was used. Nothing to do; mend or remove the answer if it is no longer right.";
    AnswerOutdated "answer-outdated"
        "Câu trả lời trước là cho bố trí cột khác nên không dùng. Trả lời câu hỏi mới bằng lệnh ntm answer."
        "An earlier answer is for another layout and was not used. Answer the new question with ntm answer.";
    // Rows.
    RowNotPlaced "row-not-placed"
        "Dòng có nội dung nhưng không khớp với mục nào của bộ tiêu chí, nên không tính. Xem lại mã và tên."
        "The row has content but fits no item of the set, so it does not count. Look at its code and name.";
    CodeRepaired "code-repaired"
        "Mã ghi chưa chuẩn (ngày tháng, dấu phẩy, số lẻ…) đã được hiểu theo thứ tự và tên dòng. Kiểm tra lại."
        "The code is not written as it should be (a date, a comma, a wrong number); it was settled by order and name. Check it.";
    ItemRepeated "item-repeated"
        "Một mục xuất hiện hai lần trong bảng. Giữ một dòng cho mỗi mục."
        "An item stands twice in the table. Keep one row for each.";
    ItemMissing "item-missing"
        "Mục có trong bộ tiêu chí nhưng không có trong bảng: tính là chưa báo cáo. Bổ sung dòng còn thiếu."
        "An item of the set is not in the table: it counts as not reported. Add the row.";
    SubLineConflict "sub-line-conflict"
        "Dòng con và dòng chính của cùng chỉ tiêu ghi khác nhau; lấy theo dòng chính. Kiểm tra lại."
        "A sub-line and its indicator disagree; the indicator's own row counts. Check it.";
    // Verdicts and values.
    VerdictMissing "verdict-missing"
        "Mục không ghi đánh giá: tính là chưa báo cáo. Ghi «Đạt» hoặc «Chưa đạt»."
        "The item states no verdict: it counts as not reported. Write one.";
    VerdictUnclear "verdict-unclear"
        "Không hiểu nội dung ở cột đánh giá: tính là chưa báo cáo. Ghi «Đạt», «Chưa đạt» hoặc «Không áp dụng»."
        "The word in the verdict column is not understood: it counts as not reported. Write met, not met or not applicable.";
    VerdictNearlyMet "verdict-nearly-met"
        "«Cơ bản đạt» được tính là chưa đạt. Nếu đã đạt, ghi «Đạt»."
        "“Cơ bản đạt” (nearly met) counts as not met. If it is met, write so.";
    VerdictConflict "verdict-conflict"
        "Đánh dấu cả «Đạt» và «Chưa đạt» (hoặc hai chỗ ghi khác nhau): tính là chưa báo cáo. Ghi chú, hoặc lời đi kèm «Đạt» trong ô, nói ngược lại thì lấy theo đánh giá của dòng, có cảnh báo. Hỏi lại xã."
        "Both met and not met are marked (or two places disagree): it counts as not reported. Where only a remark, or words behind the verdict in its cell, contradict the item's row, the row counts, with a warning. Ask the commune.";
    VerdictAssumed "verdict-assumed"
        "Đánh giá không ghi ở cột đánh giá mà được suy từ chỗ khác (ghi chú, dòng con). Kiểm tra lại."
        "The verdict was taken from elsewhere than the verdict column (note, sub-lines). Check it.";
    ValueUnclear "value-unclear"
        "Không đọc được số ở cột kết quả: để trống. Ghi lại số."
        "The figure in the result column is not understood and was left empty. Write it again.";
    PercentAssumed "percent-assumed"
        "Không rõ tỷ lệ ghi bằng số thập phân là bao nhiêu phần trăm (0,95 là 95% hay 0,95%); cách hiểu ghi trong thông báo. Trả lời câu hỏi kèm theo, hoặc ghi lại có dấu %."
        "It is not clear whether the figure is a percentage or a fraction; the message says how it was taken. Answer the question with it, or write a percent sign.";
    DateUnclear "date-unclear"
        "Không đọc được ngày ở cột hạn hoàn thành: để trống. Ghi ngày/tháng/năm."
        "The date in the due column is not understood and was left empty. Write day/month/year.";
    // Totals.
    DeclaredMismatch "declared-mismatch"
        "Tổng số tự kê khai không khớp với danh sách từng mục. Không sửa thay; hỏi lại xã."
        "The declared totals do not agree with the list. Nothing is corrected; ask the commune.";
    DeclaredConflict "declared-conflict"
        "Các chỗ ghi tổng số trong cùng báo cáo khác nhau. Hỏi lại xã."
        "The report states its totals in two places differently. Ask the commune.";
    CriterionMismatch "criterion-mismatch"
        "Đánh giá của tiêu chí không khớp với các chỉ tiêu của nó. Hỏi lại xã."
        "A criterion's verdict does not agree with its indicators. Ask the commune.";
    ValueContradiction "value-contradiction"
        "Kết quả không khớp với đánh giá theo mức quy định đã đối chiếu văn bản. Không sửa thay; hỏi lại xã."
        "The value does not agree with the verdict by a target that was read in its decision. Nothing is corrected; ask the commune.";
    // Receiving.
    DuplicateFile "duplicate-file"
        "Tệp trùng từng byte với tệp đã nhận. Không cần làm gì."
        "The file is byte for byte one already received. Nothing to do.";
    ReturnedCopy "returned-copy"
        "Bản trả lại đã gửi về; trang danh sách cần sửa không đọc như báo cáo. Không cần làm gì."
        "A returned copy came back; its list of problems is not read as a report. Nothing to do.";
    ProblemsClosed "problems-closed"
        "Tệp thay một tệp đã nhận; thông báo kể chỗ đã sửa xong, chỗ còn lại và mục ghi khác trước. Không cần làm gì."
        "The file replaces one received before; the message tells what is mended, what is left and what changed. Nothing to do.";
    CopyUnmended "copy-unmended"
        "Bản trả lại gửi về mà chưa sửa gì. Nhắc xã sửa các chỗ ghi ở trang «Cần sửa» rồi gửi lại."
        "A returned copy came back with nothing mended. Ask the commune to mend what its first sheet lists.";
    PlansReceived "plans-received"
        "Biểu kế hoạch đã điền được gửi về; các kế hoạch trong đó đã được nhận, ô để trống giữ như đang có. Không cần làm gì."
        "A plan form came back filled in; its plans were taken, what was left empty stays as it was. Nothing to do.";
    PlansUnread "plans-unread"
        "Biểu kế hoạch chưa điền gì, hoặc mất mã nên không đọc được. Lấy lại biểu trong thư mục báo cáo của tháng, điền rồi gửi lại."
        "Nobody has written in a plan form, or its keys are lost. Take it again from the month's folder, fill it in and send it.";
    SubmissionAmbiguous "submission-ambiguous"
        "Hai báo cáo nhận cùng lúc, hoặc hai bảng trong một tệp, của cùng xã, cùng tháng mà ghi khác nhau; cách chọn ghi trong thông báo. Hỏi lại xã."
        "Two reports that came at the same time, or two tables of one file, say different things of one commune and month; the message says which counts. Ask the commune.";
    // Closed months.
    ClosedMonthAmended "closed-month-amended"
        "Số liệu một tháng đã chốt nay khác; báo cáo đã chốt giữ nguyên, phần khác nằm trong bản bổ sung. Gửi kèm bản bổ sung cho nơi đã nhận báo cáo."
        "The figures of a closed month differ now; the closed papers stay, the difference is in a supplement. Send it to whoever has the report.";
    ClosedPaperMissing "closed-paper-missing"
        "Báo cáo đã chốt bị mất, đã chép lại từ hồ sơ chốt. Không cần làm gì."
        "A closed paper was gone and is put back from the record. Nothing to do.";
    ClosedPaperChanged "closed-paper-changed"
        "Báo cáo đã chốt bị sửa sau khi chốt. Nếu không cần bản đã sửa, xóa nó rồi chạy lại: bản đã chốt được chép lại."
        "A closed paper was changed after it was closed. Delete it where it is not needed and run again: the closed one is put back.";
    ClosingDamaged "closing-damaged"
        "Hồ sơ chốt số liệu (thư mục chot-so-lieu) mất hoặc bị sửa. Chép lại từ bản sao lưu; báo cáo đã chốt vẫn được giữ nguyên."
        "The record of a closed month (folder chot-so-lieu) is gone or was changed. Put it back from a backup; the closed papers are left as they are.";
    // What is kept.
    ArchiveChanged "archive-changed"
        "Tệp trong thư mục lưu trữ bị sửa hoặc hỏng: nội dung không khớp mã kiểm tra. Chép lại từ bản sao lưu hoặc xin xã gửi lại."
        "An archived file was changed or is damaged: its content does not match its hash. Put it back from a backup or ask the commune to send it again.";
    ArchiveMissing "archive-missing"
        "Tệp đã nhận không còn trong thư mục lưu trữ. Chép lại từ bản sao lưu; chưa chép lại thì không chạy ntm rebuild."
        "A file that was received is not in the archive. Put it back from a backup, and do not use ntm rebuild before.";
    ArchiveUnknown "archive-unknown"
        "Tệp trong thư mục lưu trữ mà dữ liệu không có. Chạy ntm run; nếu không do chương trình đặt vào thì chép vào hộp thư đến."
        "A file of the archive that the store does not have. Use ntm run; where the program did not put it there, copy it into the inbox.";
    StoreMismatch "store-mismatch"
        "Dữ liệu hỏng hoặc không khớp với chính nó. Chạy ntm rebuild để lập lại từ lưu trữ."
        "The store is damaged or does not agree with itself. Use ntm rebuild to make it again from the archive.";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
