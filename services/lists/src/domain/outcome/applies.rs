//! Whether a line applies to what a case found.

use super::{Addressee, Border, Condition, Findings, Lack, Outcome, UNCOMPUTABLE};

/// Whether a line applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applies<'a> {
    /// It does.
    Yes,
    /// It addresses others.
    Others(&'a [Addressee]),
    /// A condition does not hold.
    No(&'a Condition),
    /// The case does not state this quantity, or states it in another unit, and it decides.
    Ask(&'a str),
}

impl Outcome {
    /// Whether this line applies to the findings about a party that answers as `party` where they say nothing else.
    ///
    /// A quantity that was not measured is asked for. What has to be found against a party (情节严重, 逾期不改正) and was
    /// not found is not so: the agency bears the proof of it (APL 40).
    pub fn applies(&self, party: Addressee, findings: &Findings) -> Applies<'_> {
        if !self.who.is_empty() && !self.who.contains(&findings.addressee.unwrap_or(party)) {
            return Applies::Others(&self.who);
        }
        let mut asked = None;
        for condition in &self.when {
            match condition.holds(findings) {
                Some(true) => {}
                Some(false) => return Applies::No(condition),
                None => asked = asked.or(Some(condition.of())),
            }
        }
        asked.map_or(Applies::Yes, Applies::Ask)
    }
}

impl Condition {
    /// What it speaks of.
    pub fn of(&self) -> &str {
        match self {
            Self::Between { of, .. } | Self::Lacking { of, .. } | Self::Is { of, .. } | Self::IsNot { of, .. } => of,
        }
    }

    /// Whether it holds; `None` where the case does not say.
    fn holds(&self, findings: &Findings) -> Option<bool> {
        match self {
            Self::Between { of, .. } if findings.says(of, UNCOMPUTABLE) => Some(false),
            Self::Between { of, unit, from, to } => {
                let found = findings.quantity(of).filter(|m| m.unit == *unit)?.hundredths;
                let above = |b: &Border| b.hundredths < found || b.included && b.hundredths == found;
                let below = |b: &Border| found < b.hundredths || b.included && b.hundredths == found;
                Some(from.as_ref().is_none_or(above) && to.as_ref().is_none_or(below))
            }
            Self::Lacking { of, how } if findings.says(of, UNCOMPUTABLE) => Some(*how != Lack::None),
            Self::Lacking { of, how } => {
                let found = findings.quantity(of)?.hundredths;
                Some(found == 0 && *how != Lack::Uncomputable)
            }
            Self::Is { of, value } => Some(findings.says(of, value)),
            Self::IsNot { of, value } => Some(!findings.says(of, value)),
        }
    }
}

/// The lines that apply, and the first quantity that would have to be known to tell whether another does.
pub fn applying<'a>(
    lines: &'a [Outcome],
    party: Addressee,
    findings: &Findings,
) -> (Vec<&'a Outcome>, Option<&'a str>) {
    let mut asked = None;
    let applying = lines
        .iter()
        .filter(|line| match line.applies(party, findings) {
            Applies::Yes => true,
            Applies::Others(_) | Applies::No(_) => false,
            Applies::Ask(of) => {
                asked = asked.or(Some(of));
                false
            }
        })
        .collect();
    (applying, asked)
}
