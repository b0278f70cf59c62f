//! The frame of the paper after Nghị định 30/2020/NĐ-CP, Phụ lục I: head, signature, recipients; and the properties.

use super::Material;
use crate::model::Lang;
use crate::model::report::{Head, Properties, Signature};

/// Title, subject, author and keywords.
pub(super) fn properties(material: &Material<'_>) -> Properties {
    let paper = material.wording.paper();
    let (unit, period) = (&material.settings.unit.name, material.assessment.period.short());
    Properties {
        title: paper.title(unit, &period).into(),
        subject: paper.subject(unit, &period).into(),
        author: material.settings.letterhead.issuer.join(" "),
        keywords: paper.keywords(unit, &period).into(),
    }
}

/// The head of the first page.
pub(super) fn head(material: &Material<'_>) -> Head {
    let paper = material.wording.paper();
    let letterhead = &material.settings.letterhead;
    let (day, period) = (material.made_at.date(), material.assessment.period);
    let (day_text, month_text) = match material.wording.lang() {
        // The decree puts a 0 before days under 10 and before the months 1 and 2, so that none can be changed.
        Lang::Vi if day.month() <= 2 => (format!("{:02}", day.day()), format!("{:02}", day.month())),
        Lang::Vi => (format!("{:02}", day.day()), day.month().to_string()),
        Lang::En => (day.day().to_string(), day.month().to_string()),
    };
    Head {
        superior: letterhead.superior.clone(),
        issuer: letterhead.issuer.clone(),
        number: paper.number(&letterhead.symbol).into(),
        country: paper.country().into(),
        motto: paper.motto().into(),
        attached: paper.attached(&letterhead.symbol, &day_text, &month_text, day.year()).into(),
        place_and_date: paper.place_and_date(&letterhead.place, day_text, month_text, day.year()).into(),
        kind: paper.kind().into(),
        summary: paper.summary(period.month(), period.year(), &material.settings.unit.name).into(),
    }
}

/// Signer and recipients.
pub(super) fn signature(material: &Material<'_>) -> Signature {
    let paper = material.wording.paper();
    let letterhead = &material.settings.letterhead;
    let last = letterhead.recipients.len().saturating_sub(1);
    let recipients = letterhead.recipients.iter().enumerate().map(|(place, name)| {
        if place == last { paper.last_recipient(name).into() } else { paper.recipient(name).into() }
    });
    Signature {
        authority: letterhead.authority.clone(),
        name: letterhead.signer.clone(),
        recipients_title: paper.recipients().into(),
        recipients: recipients.collect(),
    }
}
