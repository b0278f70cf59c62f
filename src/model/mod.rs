//! The nouns of the program and their invariants, one file each.
//!
//! | word | Vietnamese | meaning |
//! |---|---|---|
//! | unit | đơn vị | the receiving office's area: a district, a province or a group of communes |
//! | commune | xã | reports; known by its code **and** the day from which it is valid |
//! | criteria set | bộ tiêu chí | a dated list of criteria |
//! | criterion, indicator | tiêu chí, chỉ tiêu | codes are text: `"17"`, `"17.10"` |
//! | item | mục | a criterion or an indicator, wherever both can stand |
//! | submission | bản báo cáo | what one commune states for one set and one month, in one file |
//! | observation | kết quả | one item of one submission: verdict, value, plan, and their cells |
//! | form | biểu mẫu | what the office gives a commune to fill in for a month |
//! | returned copy | bản trả lại | a commune's own workbook with its problems marked, and a [`notice`] before it |
//! | plan form | biểu kế hoạch | a workbook of what is not met, in which person, task and day are filled in |
//! | verdict | đánh giá | met, not met, not applicable; nothing stated is a fourth thing |
//! | period | kỳ | a month |
//! | brief | tóm tắt | a short paper about one commune or one office |
//! | merger | sáp nhập | communes that became one on a day; figures before it are made from the parts and marked |
//! | closing | chốt số liệu | a month's inputs, rules and papers on record; what comes later does not touch them |
//! | supplement | bổ sung | what a closed month's figures have become since: only the difference |
//! | question | câu hỏi | what only a person can tell; an answer to it holds for its subject |
//! | picture | hình vẽ | a sheet as it was understood, cut down to what shows it |

pub mod brief;
pub mod commune;
pub mod condition;
pub mod criteria;
pub mod form;
pub mod frames;
pub mod item;
pub mod lang;
mod mark;
pub mod merger;
pub mod notice;
pub mod period;
pub mod picture;
pub mod place;
pub mod plan_form;
pub mod question;
pub mod report;
pub mod submission;
pub mod target;
pub mod verdict;

pub use commune::{Commune, CommuneCode};
pub use criteria::{CriteriaSet, Criterion, Indicator, SetId};
pub use item::ItemCode;
pub use lang::{Lang, Text};
pub use merger::{MergedPart, Merger, Merging};
pub use period::Period;
pub use picture::{Picture, PictureColumn, PictureRow};
pub use place::{CellRange, CellRef, Place, Traced};
pub use question::{Answer, Answers, Asks, Of, Offer, Question, Reply, Shares, Subject};
pub use submission::{Assessor, Declared, Entry, Evidence, Stated, Submission, Written};
pub use target::{Amount, Circumstances, Measure, Target};
pub use verdict::Verdict;
