//! Values as they are typed: what each has to look like, and what is said where it does not.

use jiff::civil::Time;
use ntm::model::{ItemCode, Period, Text};
use ntm::schedule::Monthly;

use crate::slips::Slip;

pub(crate) fn clock(text: &str) -> Result<Time, Slip> {
    Time::strptime("%H:%M", text).map_err(|_| {
        slip(format!("«{text}» không phải giờ; ghi dạng 07:00"), format!("{text:?} is no time; write it as 07:00"))
    })
}

pub(crate) fn day(text: &str) -> Result<i8, Slip> {
    let number = text.parse().ok().filter(|day| (1..=31).contains(day));
    number.ok_or_else(|| {
        slip(
            format!("«{text}» không phải ngày; ghi số từ 1 đến 31"),
            format!("{text:?} is no day; write a number from 1 to 31"),
        )
    })
}

pub(crate) fn monthly(text: &str) -> Result<Monthly, Slip> {
    let parsed = text.split_once('@').and_then(|(day, at)| Monthly::new(day.parse().ok()?, clock(at).ok()?));
    parsed.ok_or_else(|| {
        slip(
            format!("«{text}» không phải lịch; ghi dạng 25@07:00"),
            format!("{text:?} is no schedule; write it as 25@07:00"),
        )
    })
}

pub(crate) fn item(text: &str) -> Result<ItemCode, Slip> {
    // A comma is what a Vietnamese keyboard gives between numbers.
    text.replace(',', ".").parse().map_err(|_| {
        slip(
            format!("«{text}» không phải mã mục; ghi dạng 2.1 hoặc 17"),
            format!("{text:?} is no code of an item; write it as 2.1 or 17"),
        )
    })
}

pub(crate) fn period(text: &str) -> Result<Period, Slip> {
    text.parse().map_err(|_| {
        slip(
            format!("«{text}» không phải tháng; ghi dạng 2023-04"),
            format!("{text:?} is no month; write it as 2023-04"),
        )
    })
}

fn slip(vi: String, en: String) -> Slip {
    Slip(Text::new(vi, en))
}
