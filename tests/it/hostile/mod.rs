//! Files made to harm, by malice or by a program gone wrong: each ends as read, or set aside with its reason, in bounded
//! time and memory, and the others go on.

mod attacks;
mod fence;
mod formulas;
mod malformed;
mod seeds;

use std::io::Cursor;

use calamine::{Reader, Xls};
use ntm::diag::{Code, Severity};
use ntm::model::Text;
use rayon::prelude::*;

use super::support::desk::{examined, lines};
use super::support::workbook::{FileFormat, write};
use attacks::{Attack, End};

#[test]
fn each_attack_ends_as_read_or_set_aside_with_its_reason() {
    let wrong: Vec<String> = attacks::all().into_par_iter().filter_map(|attack| wrong_end(&attack)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What came of an attack, where it is not what should.
fn wrong_end(Attack { name, bytes, end }: &Attack) -> Option<String> {
    let (files, judged) = examined(&[(name, bytes)]);
    let observations = judged.frames.observations.height();
    let found = lines(files[0].all_diagnostics());
    let errors: Vec<Code> =
        files[0].all_diagnostics().filter(|d| d.severity == Severity::Error).map(|d| d.code).collect();
    let is_right = match end {
        End::Read(wanted) => observations == *wanted && errors.is_empty(),
        End::SetAside(code) => observations == 0 && errors == [*code],
    };
    (!is_right).then(|| format!("{name}: {observations} observations, {found:#?}"))
}

#[test]
fn an_xls_whose_sheets_cannot_be_measured_beforehand_is_set_aside_and_saved_as_xlsx_it_is_read() {
    let mut xls = write(&attacks::workbook(), FileFormat::Xls);
    // The mark of the byte order, which the reader of values does not look at and the one of records does.
    xls[28] ^= 0xFF;
    let values: Xls<_> = Xls::new(Cursor::new(&xls[..])).expect("the reader of values opens it");
    assert_eq!(values.sheet_names().len(), 1);
    let saved = write(&attacks::workbook(), FileFormat::Xlsx);
    let (files, _) = examined(&[("BC.xls", &xls), ("BC.xlsx", &saved)]);
    let [only] = files[0].all_diagnostics().collect::<Vec<_>>()[..] else { panic!("one message") };
    assert_eq!((only.code, files[0].submissions.len()), (Code::FileUnreadable, 0));
    let Some(Text { vi, en }) = &only.hint else { panic!("what to do is said") };
    assert!(vi.contains("Lưu thành > Sổ làm việc Excel (.xlsx)") && en.contains("Save As"), "{vi}");
    assert_eq!(files[1].submissions.len(), 1, "as the officer was told to");
}
