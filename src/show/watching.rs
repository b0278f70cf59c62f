//! Whether a watch lives, as `ntm status` says it.

use jiff::civil::DateTime;
use serde::Serialize;

use super::words::{day, said};
use crate::model::Lang;
use crate::watch::life::{Life, Sign};

/// One sentence on the watch that gave a sign.
#[must_use]
pub fn text(sign: &Sign, now: DateTime, lang: Lang) -> String {
    let clock = |at: DateTime| format!("{:02}:{:02} {}", at.hour(), at.minute(), day(at.date()));
    let (since, at, host) = (clock(sign.since), clock(sign.at), &sign.host);
    match sign.life(now) {
        Life::Alive => {
            let trouble = sign.trouble.as_ref().map(|trouble| format!("; {trouble}")).unwrap_or_default();
            said(
                lang,
                format!("«ntm watch» đang theo dõi hộp thư đến, từ {since} trên máy {host}{trouble}"),
                format!("`ntm watch` is watching the inbox, since {since} on {host}{trouble}"),
            )
        }
        Life::Stopped => said(
            lang,
            format!("«ntm watch» đã dừng lúc {at}; muốn nhận tệp tự động thì chạy lại."),
            format!("`ntm watch` was stopped at {at}; start it again to have files taken in."),
        ),
        Life::Silent => said(
            lang,
            format!(
                "«ntm watch» không còn chạy: lần cuối thấy lúc {at} trên máy {host}, không báo dừng (tắt máy, mất điện?). Chạy lại «ntm watch»; tệp chưa nhận vẫn còn nguyên."
            ),
            format!(
                "`ntm watch` has fallen silent: last seen at {at} on {host}, without a word of stopping (switched off?). Start it again; what was not taken in is still there."
            ),
        ),
    }
}

/// The same for another program.
#[derive(Debug, Serialize)]
pub struct Watching<'a> {
    life: &'static str,
    pid: u32,
    host: &'a str,
    since: DateTime,
    at: DateTime,
    trouble: Option<&'a str>,
}

impl<'a> Watching<'a> {
    /// The watch that gave a sign, at a moment.
    #[must_use]
    pub fn of(sign: &'a Sign, now: DateTime) -> Self {
        Watching {
            life: match sign.life(now) {
                Life::Alive => "alive",
                Life::Stopped => "stopped",
                Life::Silent => "silent",
            },
            pid: sign.pid,
            host: &sign.host,
            since: sign.since,
            at: sign.at,
            trouble: sign.trouble.as_deref(),
        }
    }
}
