//! `ntm explain`: what a diagnostic's code means.

use ntm::diag::Code;
use ntm::error::Error;
use ntm::model::{Lang, Text};

use crate::terminal::print;

pub(crate) fn explain(code: Option<&str>, lang: Lang) -> Result<u8, Error> {
    let known: Vec<&Code> = Code::ALL.iter().filter(|c| code.is_none_or(|wanted| wanted == c.as_str())).collect();
    if known.is_empty() {
        let code = code.unwrap_or_default();
        return Err(Error::Usage(Text::new(
            format!("không có mã «{code}»; chạy «ntm explain» để xem các mã"),
            format!("there is no code {code:?}; run `ntm explain` for the list"),
        )));
    }
    let label = if lang == Lang::Vi { "Ví dụ" } else { "Example" };
    let is_one = known.len() == 1;
    for code in known {
        print(&format!("{code}: {}", code.explanation().get(lang)))?;
        if is_one {
            print(&format!("{label}: {}", code.example().get(lang)))?;
        }
    }
    Ok(0)
}
