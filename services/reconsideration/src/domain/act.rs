//! Applications against one act, whoever made them and wherever: what ARL 30 and 74 look at before another is accepted.
//!
//! The stream is named by what tells the act from others: its case in this suite, or its agency and 文号.

use law::{Act, Breach, Decided, Decider, Refusal, order::After};
use uuid::Uuid;

use super::events::{ActAppealed, ActEvent, ApplicationReceived};

/// An application that was accepted before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Which.
    pub appeal: Uuid,
    /// Who applied, as far as it tells him from others.
    pub applicant: Option<String>,
}

/// The stream of an act; none where nothing tells it from others: an omission has no number.
pub fn stream(received: &ApplicationReceived) -> Option<String> {
    let (act, agency) = (&received.act, &received.respondent.agency);
    match act.case {
        Some(case) => Some(format!("act/{case}")),
        None if act.number.is_empty() => None,
        None => {
            let name = format!("{agency}/{}", plain(&act.number));
            Some(format!("act/{}", Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes())))
        }
    }
}

/// A 文号 whichever brackets and spaces it is written with.
fn plain(number: &str) -> String {
    let bracket = |c: char| match c {
        '[' | '［' | '（' | '(' | '【' => '〔',
        ']' | '］' | '）' | ')' | '】' => '〕',
        other => other,
    };
    number.chars().filter(|c| !c.is_whitespace()).map(bracket).collect()
}

/// Decides what counts against an act.
#[derive(Debug)]
pub struct Acts;

/// The applications accepted against an act.
#[derive(Clone, Debug, Default)]
pub struct Appeals(Vec<Earlier>);

impl Appeals {
    /// Those but for one.
    pub fn but_for(&self, appeal: Uuid) -> Vec<Earlier> {
        self.0.iter().filter(|earlier| earlier.appeal != appeal).cloned().collect()
    }
}

impl Decider for Acts {
    type Command = ActAppealed;
    type State = Appeals;
    type Event = ActEvent;

    fn answers(_: &ActAppealed) -> Vec<After> {
        Vec::new()
    }

    fn decide(state: &Appeals, _: &Act, command: &ActAppealed) -> Result<Vec<Decided<ActEvent>>, Refusal> {
        let known = state.0.iter().any(|earlier| earlier.appeal == command.appeal);
        Ok(if known { Vec::new() } else { vec![Decided::plain(command.clone())] })
    }

    fn evolve(state: &mut Appeals, event: &ActEvent) {
        let ActEvent::ActAppealed(ActAppealed { appeal, applicant }) = event;
        state.0.push(Earlier { appeal: *appeal, applicant: applicant.clone() });
    }

    fn attempt(_: &Appeals, _: &Act, _: &ActAppealed, _: &[Breach]) -> Option<ActEvent> {
        None
    }
}

#[cfg(test)]
mod tests {
    use law::decider::harness::given;

    use super::*;
    use crate::domain::appeal::sample::{self, act, id};

    fn appealed(n: u128) -> ActAppealed {
        ActAppealed { appeal: id(n), applicant: Some("ab".into()) }
    }

    #[test]
    fn an_application_counts_once() {
        given::<Acts>([]).when(&act("2025-06-03T09:00"), &appealed(1)).then(&[appealed(1).into()]);
        given::<Acts>([appealed(1).into()]).when(&act("2025-06-03T09:00"), &appealed(1)).quiet();
        let both = given::<Acts>([appealed(1).into(), appealed(2).into()]);
        assert_eq!(both.state().but_for(id(2)), [Earlier { appeal: id(1), applicant: Some("ab".into()) }]);
    }

    #[test]
    fn an_act_is_told_by_its_case_or_by_agency_and_number() {
        let with_case = sample::received();
        assert_eq!(stream(&with_case), with_case.act.case.map(|case| format!("act/{case}")));
        let mut elsewhere = with_case;
        elsewhere.act.case = None;
        let named = stream(&elsewhere).expect("it has a number");
        assert!(named.is_ascii());
        elsewhere.act.number = " 抚市监罚[2025]12号".into();
        assert_eq!(stream(&elsewhere), Some(named.clone()), "the same number, written otherwise");
        elsewhere.act.number = "抚市监罚〔2025〕13号".into();
        assert_ne!(stream(&elsewhere), Some(named));
        elsewhere.act.number = String::new();
        assert_eq!(stream(&elsewhere), None);
    }
}
