//! Any text as ntm.toml, and as the file of answers beside it.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use ntm::catalogue::Catalogue;
use ntm::settings;

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::embedded().expect("the shipped templates are right"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = settings::decode(bytes, "ntm.toml") else { return };
    let (own, answers) = text.split_once('\u{c}').unwrap_or((&text, ""));
    match settings::parse(own, "ntm.toml", Path::new("noi-lam-viec"), &CATALOGUE.sets) {
        Ok(settings) => {
            let _ = settings::joined(answers, "tra-loi.toml", &settings, &CATALOGUE.sets);
        }
        Err(slips) => assert!(!slips.to_string().is_empty(), "what is wrong is said"),
    }
});
