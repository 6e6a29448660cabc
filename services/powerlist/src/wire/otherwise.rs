//! What a statute provides otherwise, both ways.

use kernel::{Fields, clocks::period, words::Word};
use lists::facts::{Departure, Otherwise};
use proto::powerlist::v1 as p;

use super::read::{LIST_MAX, each, line};
use crate::{forms, lines};

/// The lines of a list.
pub(super) fn departures(f: &mut Fields, path: &str, list: &[p::Otherwise]) -> Vec<Otherwise> {
    f.at_most(path, list, LIST_MAX);
    each(list).filter_map(|(i, o)| departure(f, &format!("{path}[{i}]"), o)).collect()
}

fn departure(f: &mut Fields, path: &str, o: &p::Otherwise) -> Option<Otherwise> {
    use p::otherwise::Rule as R;
    let under = line(f, &format!("{path}.under"), &o.under, forms::TITLE, &['|', '；']);
    let rule = match f.part(&format!("{path}.rule"), o.rule.as_ref())? {
        R::Jurisdiction(organ) => Departure::Jurisdiction {
            organ: line(f, &format!("{path}.jurisdiction"), organ, forms::NAME, &['|', '；']),
        },
        R::Limitation(time) => Departure::Limitation { period: f.period(&format!("{path}.limitation"), Some(time))? },
        R::Officers(least) => match u8::try_from(*least) {
            Ok(least) => Departure::Officers { least },
            Err(_) => {
                f.fault(&format!("{path}.officers"), "are too many");
                return None;
            }
        },
        R::SpotFine(spot) => {
            Departure::SpotFine { fen: spot.fen, who: f.maybe_word(&format!("{path}.spot_fine.who"), spot.who)? }
        }
        R::Decision(time) => Departure::Decision { period: f.period(&format!("{path}.decision"), Some(time))? },
    };
    lines::bounded_otherwise(Otherwise { rule, under }).map_err(|bad| f.fault(path, bad.en)).ok()
}

pub(super) fn show_departure(o: &Otherwise) -> p::Otherwise {
    use p::otherwise::Rule as R;
    let rule = match &o.rule {
        Departure::Jurisdiction { organ } => R::Jurisdiction(organ.clone()),
        Departure::Limitation { period: time } => R::Limitation(period(*time)),
        Departure::Officers { least } => R::Officers((*least).into()),
        Departure::SpotFine { fen, who } => R::SpotFine(p::SpotFine { fen: *fen, who: who.map_or(0, Word::number) }),
        Departure::Decision { period: time } => R::Decision(period(*time)),
    };
    p::Otherwise { rule: Some(rule), under: o.under.clone() }
}
