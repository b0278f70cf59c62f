//! `ntm verify --json`: what was looked at, and what is amiss.

use serde::Serialize;

use crate::diag::Severity;
use crate::model::Lang;
use crate::pipeline::Verified;

#[derive(Serialize)]
struct Json<'a> {
    schema: u32,
    archived: usize,
    stored: usize,
    closings: usize,
    diagnostics: Vec<JsonDiagnostic<'a>>,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    severity: Severity,
    code: &'static str,
    message: &'a str,
    hint: Option<&'a str>,
    file: Option<&'a str>,
}

/// What was found as one JSON object on one line.
///
/// # Errors
/// Only where serde fails: a fault of ours.
pub fn json(found: &Verified, lang: Lang) -> Result<String, serde_json::Error> {
    let diagnostics = found.diagnostics.iter().map(|diagnostic| JsonDiagnostic {
        severity: diagnostic.severity,
        code: diagnostic.code.as_str(),
        message: diagnostic.message.get(lang),
        hint: diagnostic.hint.as_ref().map(|hint| hint.get(lang)),
        file: diagnostic.place.as_ref().map(|place| &*place.file),
    });
    serde_json::to_string(&Json {
        schema: 1,
        archived: found.archived,
        stored: found.stored,
        closings: found.closings,
        diagnostics: diagnostics.collect(),
    })
}
