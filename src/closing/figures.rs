//! Figures as lines of JSON and back: one line a set, one a set of an earlier month that stands beside, then one
//! a commune and set, in their order.

use serde::{Deserialize, Serialize};

use super::Unreadable;
use crate::assess::{ComparedFigures, Figures, SetFigures, StandingFigures};
use crate::model::Text;

/// One line.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line<C, S, T> {
    /// A set of an earlier month: told by `compared`, which stands before all that a set has too.
    Compared(C),
    /// A set over the unit: told by its `communes`.
    Set(S),
    /// A commune under a set: told by its `commune`.
    Standing(T),
}

/// The figures as text.
///
/// # Errors
///
/// Only where serde fails: a fault of ours.
pub fn text_of(figures: &Figures) -> Result<String, serde_json::Error> {
    let sets = figures.sets.iter().map(Line::Set);
    let lines = sets.chain(figures.compared.iter().map(Line::Compared));
    let lines = lines.chain(figures.standings.iter().map(Line::Standing));
    lines
        .map(|line: Line<&ComparedFigures, &SetFigures, &StandingFigures>| Ok(serde_json::to_string(&line)? + "\n"))
        .collect()
}

/// The figures of a text.
///
/// # Errors
///
/// A line that is none of ours.
pub fn figures_of(bytes: &[u8]) -> Result<Figures, Unreadable> {
    let mut figures = Figures::default();
    let text = String::from_utf8_lossy(bytes);
    for (number, line) in (1..).zip(text.lines()) {
        match serde_json::from_str::<Line<ComparedFigures, SetFigures, StandingFigures>>(line) {
            Ok(Line::Compared(compared)) => figures.compared.push(compared),
            Ok(Line::Set(set)) => figures.sets.push(set),
            Ok(Line::Standing(standing)) => figures.standings.push(standing),
            Err(_) => {
                return Err(Unreadable(Text::new(
                    format!("dòng {number} không đọc được"),
                    format!("line {number} cannot be read"),
                )));
            }
        }
    }
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::made::{World, advanced_set, report, seed};

    #[test]
    fn figures_are_read_as_they_were_written() {
        let set = advanced_set();
        let mut world = World::new(&[("13546", "Trung Lương"), ("13555", "La Sơn")], vec![set.clone()]);
        world.store(&seed(&set)).value("2.1", 85.2);
        world.store(&report("2023-03", "13555", &set, &[("2.1", None)]));
        let figures = crate::assess::figures(&world.assess("2023-04")).unwrap();
        let text = text_of(&figures).unwrap();
        assert_eq!(text.lines().count(), 4);
        assert_eq!(figures_of(text.as_bytes()), Ok(figures));
        assert!(
            text.contains("\"2.1\":{\"status\":\"not_met\",\"value\":85.2,\"unit\":\"%\",\"cell\":\"E8\"}"),
            "{text}"
        );
    }

    #[test]
    fn a_line_cut_short_is_named() {
        let cut = "{\"set\":\"nho\",\"communes\":2,\"reported\":1,\"complete\":0}\n{\"commune\":\"13546\"";
        assert_eq!(figures_of(cut.as_bytes()).unwrap_err().0.en, "line 2 cannot be read");
    }
}
