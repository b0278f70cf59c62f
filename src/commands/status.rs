//! `ntm status`: who has sent, and what stands out.

use std::path::Path;

use ntm::diag::Severity;
use ntm::error::Error;
use ntm::host::{Disk, Host};
use ntm::model::{Lang, Period};
use ntm::pipeline::{self, Workspace};
use ntm::show::watching::{self, Watching};
use ntm::show::{Manner, fitted, status};
use ntm::watch::life;

use super::known_month;
use crate::cli::How;
use crate::terminal::{Stream, manner, print, say};

/// Exit code 1 where an error stands in the month, as for the run that wrote its papers.
pub(crate) fn status(root: &Path, period: Option<Period>, as_json: bool, how: How) -> Result<u8, Error> {
    let lang = Lang::from(how.lang);
    let workspace = Workspace::open(&Disk, root)?;
    let stored = pipeline::consult(&Disk, &workspace)?;
    let (sign, now) = (life::last(&Disk, &workspace.settings.folders.logs)?, Disk.now()?);
    if let Some(sign) = &sign {
        say(how, &watching::text(sign, now, lang));
    }
    let watch = sign.as_ref().map(|sign| Watching::of(sign, now));
    let Some(period) = known_month(&stored, period, how)? else { return Ok(0) };
    let assessment = stored.month(period)?;
    let Workspace { settings, catalogue, .. } = &workspace;
    let on_record = stored.on_record(&Disk, period)?;
    let (sets, today) = (&catalogue.sets, stored.today());
    let (assessment, on_record, watch) = (&assessment, &on_record, watch.as_ref());
    let shown = status::Status { assessment, settings, sets, today, on_record, watch };
    print(&match as_json {
        true => status::json(shown, lang).map_err(Error::internal)?,
        false => {
            let Manner { colour, terminal, .. } = manner(how, "", Stream::Out);
            fitted(status::text(shown, lang, colour).trim_end(), terminal)
        }
    })?;
    let amiss = on_record.diagnostics.iter().any(|one| one.severity == Severity::Error);
    Ok(u8::from(amiss || assessment.problems.iter().any(|problem| problem.severity == Severity::Error)))
}
