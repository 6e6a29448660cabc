//! Whether the list gives more than its article.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use law::{
    Citation, Fault,
    citation::{APL, OGI},
};
use lists::{facts::Outcome, words};

use super::standards::{ends, measure, within};
use crate::domain::{
    content::{ItemContent, LegalBasis},
    statute::{self, place},
};

law::card! {
    /// No wider than the article's own figures.
    ///
    /// 1. The list office that publishes. 2. Each line of the item that has figures with the lines that the text on record of its bases reads
    /// into, of the same kind and measure, and for those whom it addresses where the article names them. 3. The text in force on the item's first day. 4. None: a list fills in, it does not widen (APL 11–14,
    /// second sentences). 5. Without a text, or where no figure of the kind is read in it, nothing is said; where the reading is in doubt, the
    /// finding is unknown. 6. Another base or unit is another measure and is not compared; PL-TIER and EN-RANGE hold tiers and decisions to the line
    /// as it is listed, so a wide line shows here and nowhere else. 7. Recorded, in both modes: the reading of words is ours, the finding shows
    /// both. 8. A penalty needs its basis (APL 4, 38(1)); what is published is accurate (OGI 6(1)).
    PL_WIDER "PL-WIDER" Duty "幅度不宽于依据" "no wider than the article"; Citation::article(&APL, 4), Citation::paragraph(&APL, 38, 1),
        Citation::paragraph(&OGI, 6, 1);
    "事项所列幅度不得宽于所列依据条文规定的幅度";
    "the ranges of an item are not wider than the figures of the articles it rests on";
    plans "FY 2" "FY 3";
    compares "事项各行的幅度与依据条文的数额" "the ranges of the item's lines with the figures of its articles";
    since 2021 7 15;
    allows a_range_as_the_article_has_it_is_no_wider, an_article_without_figures_says_nothing,
        what_the_article_gives_to_the_unit_is_no_measure_of_the_person;
    refuses finds_a_range_above_the_articles_figures, finds_a_range_below_the_articles_figures
}

/// The first line that is wider than every line of its kind and measure in the articles.
pub fn pl_wider(
    content: &ItemContent,
    statutes: &BTreeMap<String, Arc<statute::State>>,
    day: Date,
) -> Result<(), Fault> {
    let mut given: Vec<Outcome> = Vec::new();
    let mut doubtful = false;
    for text in content.bases.iter().filter_map(|basis| article(basis, statutes, day)) {
        let reading = words::read(&text);
        doubtful |= !reading.doubts.is_empty();
        given.extend(reading.lines);
    }
    for line in &content.outcomes {
        let Some(range) = line.range.as_ref().filter(|range| ends(range).is_some()) else { continue };
        let measured = |other: &&Outcome| {
            other.kind == line.kind && other.range.as_ref().is_some_and(|r| measure(r) == measure(range))
        };
        // Where the article names those whom the line addresses, what it gives to others is no measure of it.
        let for_them = |other: &&Outcome| !line.who.is_empty() && line.who.iter().all(|who| other.who.contains(who));
        let named = given.iter().filter(measured).any(|other| for_them(&other));
        let alike = |other: &&Outcome| measured(other) && (!named || for_them(other));
        let mut comparable = given.iter().filter(alike).peekable();
        if comparable.peek().is_none() || comparable.any(|other| within(other.range.as_ref(), Some(range), false)) {
            continue;
        }
        let ([zh, en], all) = (line.told(), given.iter().filter(alike).map(Outcome::told).collect::<Vec<_>>());
        let told = |which: usize, by| all.iter().map(|t| t[which].as_str()).collect::<Vec<_>>().join(by);
        return Err(Fault {
            unknown: doubtful,
            ..Fault::new(
                format!("所列“{zh}”宽于依据条文：{}；请核对并调整清单", told(0, "；")),
                format!(
                    "the line {en} is wider than its article gives: {}; check it and adjust the list",
                    told(1, "; ")
                ),
            )
        });
    }
    Ok(())
}

/// The words that a basis cites, where its text is on record: the paragraph named, or the whole article.
fn article(basis: &LegalBasis, statutes: &BTreeMap<String, Arc<statute::State>>, day: Date) -> Option<String> {
    let text = statutes.get(&statute::key(&basis.statute))?.on(day)?;
    let places = place::read(&basis.article)?;
    let mut all = String::new();
    for place in places {
        let article = text.article(place)?;
        for (n, paragraph) in (1_u16..).zip(&article.paragraphs) {
            if place.paragraph.is_none_or(|wanted| wanted == n) {
                all.push_str(&paragraph.text);
                for item in &paragraph.items {
                    all.push_str(&item.text);
                }
                all.push('\n');
            }
        }
    }
    Some(all)
}
