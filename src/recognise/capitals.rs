//! What people wrote in capitals, written as papers write it.

use std::sync::Arc;

use super::{Context, problems};
use crate::diag::Diagnostic;
use crate::model::{Entry, Place};
use crate::text::capitals::{self, About, Forms};

/// Owners, tasks and remarks in capitals are written as papers write them; what they were is kept beside.
pub(super) fn lower(entries: &mut [Entry], file: &Arc<str>, context: &Context<'_>) -> Option<Diagnostic> {
    let written = |e: &mut Entry| {
        [(e.owner.take(), About::People), (e.task.take(), About::Things), (e.note.take(), About::Things)]
    };
    let mut forms = None;
    let mut first: Option<(Place, String, String)> = None;
    let mut count = 0;
    for entry in entries {
        let sheet = Arc::clone(&entry.sheet);
        let [owner, task, note] = written(entry).map(|(written, about)| {
            let mut written = written?;
            if !capitals::is_in_capitals(&written.text) {
                return Some(written);
            }
            // Of a province's thousand communes these take longer than all the rest of a sheet.
            let forms = forms.get_or_insert_with(|| {
                let offices = context.catalogue.vocabulary.written.iter().map(String::as_str);
                Forms::of(offices.chain(context.register.names()))
            });
            if let Some(lowered) = capitals::lowered(&written.text, about, forms) {
                let capitals = std::mem::replace(&mut written.text, lowered.clone());
                let place = || Place::cells(file, &sheet, written.cell);
                count += 1;
                first.get_or_insert_with(|| (place(), capitals.clone(), lowered));
                written.original.get_or_insert(capitals);
            }
            Some(written)
        });
        (entry.owner, entry.task, entry.note) = (owner, task, note);
    }
    first.map(|(place, from, to)| problems::capitals(place, count, (&from, &to)))
}
