//! Files as communes send them, made by chance with the truth beside them: every layout we know of, every damage, and
//! workbooks that are no reports. A number decides all of a file, so that a failure can be had again.

pub(crate) mod chance;
mod columns;
mod hand;
mod judge;
mod layouts;
mod other;
mod statement;
mod strangers;
mod table;
mod words;

use super::workbook::{FileFormat, write};
use chance::Chance;
use hand::Letters;
use layouts::Made;
use statement::Statement;

pub(crate) use judge::{Findings, findings};

/// A file with its truth.
#[derive(Debug)]
pub(crate) struct Sent {
    /// Below the inbox.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    /// What it states; nothing where it is no report.
    pub(crate) statements: Vec<Statement>,
    /// Its layout and hand, for messages.
    pub(crate) what: String,
}

/// The report that a number decides.
pub(crate) fn report(seed: u64) -> Sent {
    let mut chance = Chance::of(seed);
    let made = match chance.below(16) {
        0..=6 => layouts::list(&mut chance),
        7 | 8 => layouts::both_sets(&mut chance),
        9 => layouts::cut(&mut chance),
        10 => layouts::many(&mut chance),
        11 | 12 => layouts::matrix(&mut chance),
        13 => other::prose(&mut chance),
        14 => other::criteria(&mut chance),
        _ => match chance.below(4) {
            0 => other::three_periods(&mut chance),
            1 => other::among_others(&mut chance),
            2 => other::unmet_table(&mut chance),
            _ => other::lines(&mut chance),
        },
    };
    let format = format_of(&made, &mut chance);
    let path = path(&made, format, &mut chance);
    let what = format!("{} {format:?} {:?}", made.what, made.hand);
    Sent { path, bytes: write(&made.workbook, format), statements: made.statements, what }
}

/// The workbook without a report that a number decides.
pub(crate) fn stranger(seed: u64) -> Sent {
    let mut chance = Chance::of(seed);
    let (what, workbook) = strangers::workbook(&mut chance);
    let format = chance.pick(&[FileFormat::Xlsx, FileFormat::Xls, FileFormat::Ods]);
    let path = chance.pick(&["BC xã Trung Lương tháng 4-2023", "du toan", "Danh sach", "NTM T4.2023"]);
    let path = format!("{path}.{}", format.extension());
    Sent { path, bytes: write(&workbook, format), statements: Vec::new(), what: what.to_owned() }
}

fn format_of(made: &Made, chance: &mut Chance) -> FileFormat {
    let formats =
        [FileFormat::Xlsx, FileFormat::Xlsx, FileFormat::Xlsm, FileFormat::Xls, FileFormat::Ods, FileFormat::Xlsb];
    // Without fonts, capitals of TCVN3 are lost for good.
    let needs_fonts = matches!(made.hand.letters, Letters::Tcvn3 | Letters::Mingled);
    if needs_fonts { chance.pick(&[FileFormat::Xlsx, FileFormat::Xls]) } else { chance.pick(&formats) }
}

/// The file's name says what the content may leave out, rightly; more than that only sometimes.
fn path(made: &Made, format: FileFormat, chance: &mut Chance) -> String {
    let (commune, month) = made.named;
    let commune = commune.map_or(String::new(), |name| format!(" {name}"));
    let month = month.map_or(String::new(), |(year, month)| {
        chance.pick(&[format!(" T{month}.{year}"), format!(" thang {month:02}-{year}"), format!("_{year}-{month:02}")])
    });
    let folder = chance.pick(&["", "2024-12-27/", "Zalo/"]);
    format!("{folder}{}{commune}{month}.{}", chance.pick(&["BC", "Bao cao NTM", "bieu"]), format.extension())
}
