//! Files made to harm, by malice or by a program gone wrong: each ends as read, or set aside with its reason, in bounded
//! time and memory, and the others go on.

mod attacks;
mod fence;
mod formulas;
mod malformed;
mod seeds;

use ntm::diag::{Code, Severity};
use rayon::prelude::*;

use super::support::desk::{examined, lines};
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
