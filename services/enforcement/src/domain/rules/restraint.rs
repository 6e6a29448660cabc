//! Restraint of a person: what ACL 20 asks beside what holds for every measure.

use jiff::Timestamp;
use law::{Citation, Fault, citation::ACL, period::Period};
use lists::facts::Longest;

use super::{Outcome, allowed, fault};

law::card! {
    /// A person is held no longer than a law says. 1. The agency that restrains. 2. The period asked, and each extension, with the time of
    /// the item's line and its article. 3. The item in force on the day of the measure; the time it gives stands in the record and holds
    /// for the extension, too. 4. None: ACL 25 has no say here. 5. Where the list gives no time, it is not known. 6. Prolonging twice, or by
    /// testing time, which a person does not have; giving days for hours. 7. Refused when handled, recorded when reported. 8. ACL 20(2): 不得超过法定期限.
    EN_RESTRAIN "EN-RESTRAIN" Limit "限制人身自由时长" "length of a restraint"; Citation::article(&ACL, 20);
    "限制人身自由不得超过法律规定的期限，延长以法律规定的为限";
    "a person is restrained no longer than the law says, and longer only as it says";
    plans ;
    compares "限制人身自由的期限、延长与事项所列的法定期限" "the period and its extension with the statutory time of the item"; since 2012 1 1;
    allows a_restraint_within_its_time_is_in_order; refuses refuses_a_restraint_beyond_its_time, refuses_an_extension_that_the_law_does_not_know
}

law::card! {
    /// It ends. Counted by the clock where the law gives hours, through nights and holidays: nobody is held longer because of them.
    EN_RESTRAIN_END "EN-RESTRAIN-END" Deadline "限制人身自由解除期限" "end of a restraint"; Citation::article(&ACL, 20);
    "限制人身自由期满须解除；目的已经达到或者条件已经消失的，立即解除；不因节假日顺延";
    "a restraint ends with its period, and at once when its purpose is reached or its conditions are gone; no holiday prolongs it";
    plans ;
    compares "解除的时刻与实施之时起的期限" "the hour of release with the period from the hour of the measure"; since 2012 1 1;
    allows a_restraint_released_in_its_last_hour_is_in_time; refuses a_restraint_is_over_by_the_hour_and_on_a_holiday
}

law::card! {
    /// The family is told. 1. The agency. 2. Whether and when the family was told where, by whom and how long. 3. From the measure to its
    /// end. 4. None in this article. 5. Not told on the spot is not yet wrong: it is asked again when the measure ends. 6. Never telling: shows
    /// at the end, and a restraint that never ends is late under EN-RESTRAIN-END. 7. Recorded, in both modes. 8. ACL 20(1): on the
    /// spot or at once afterwards; no number of hours is given, so there is no clock.
    EN_FAMILY "EN-FAMILY" Duty "通知家属" "the family is told"; Citation::article(&ACL, 20);
    "限制人身自由须当场告知或者立即通知当事人家属实施的机关、地点和期限";
    "the family of a person who is restrained is told on the spot or at once by whom, where and how long";
    plans ; since 2012 1 1;
    allows a_family_told_on_the_spot_or_later_is_told; refuses records_a_restraint_whose_family_was_never_told
}

/// EN-RESTRAIN when it is taken.
pub fn within(period: Period, longest: Option<&Longest>) -> Outcome {
    match longest {
        Some(longest) => allowed::within(period, longest),
        None => not_listed(),
    }
}

/// EN-RESTRAIN when it is prolonged.
pub fn prolonged(by: Period, extended_before: bool, longest: Option<&Longest>) -> Outcome {
    if extended_before {
        return fault(
            "限制人身自由已经延长过；请立即解除",
            "the restraint has been prolonged before; release the person at once",
        );
    }
    match longest {
        Some(longest) => allowed::prolonged(by, longest),
        None => not_listed(),
    }
}

fn not_listed() -> Outcome {
    Err(Fault {
        unknown: true,
        ..Fault::new(
            "清单没有写明限制人身自由的法定期限，未予核对",
            "the list does not say how long a person may be restrained, so this was not checked",
        )
    })
}

/// EN-FAMILY when it is taken.
pub fn family_on_the_spot(told_at: Option<Timestamp>) -> Outcome {
    match told_at {
        Some(_) => Ok(()),
        None => Err(Fault {
            unknown: true,
            ..Fault::new(
                "尚未通知家属；请立即通知，并在解除时写明通知的时间",
                "the family has not been told; tell it at once, and say when on release",
            )
        }),
    }
}

/// EN-FAMILY when it ends.
pub fn family(told_at: Option<Timestamp>) -> Outcome {
    match told_at {
        Some(_) => Ok(()),
        None => fault(
            "限制人身自由期间没有通知家属；请补行通知并说明原因",
            "the family was not told while the person was restrained; tell it now, and say why it was not",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::at;

    fn by_law(period: Period, extension: Option<Period>) -> Longest {
        Longest { period, extension, under: "《中华人民共和国人民警察法》第九条".into() }
    }

    #[test]
    fn a_restraint_within_its_time_is_in_order() {
        let law = by_law(Period::Hours(24), Some(Period::Hours(24)));
        within(Period::Hours(24), Some(&law)).unwrap();
        prolonged(Period::Hours(24), false, Some(&law)).unwrap();
        assert!(within(Period::Hours(24), None).unwrap_err().unknown);
    }

    #[test]
    fn refuses_a_restraint_beyond_its_time() {
        let law = by_law(Period::Hours(24), None);
        for period in [Period::Hours(25), Period::CalendarDays(2), Period::WorkingDays(1)] {
            assert!(!within(period, Some(&law)).unwrap_err().unknown, "{period:?}");
        }
    }

    #[test]
    fn refuses_an_extension_that_the_law_does_not_know() {
        assert!(!prolonged(Period::Hours(1), false, Some(&by_law(Period::Hours(24), None))).unwrap_err().unknown);
        let law = by_law(Period::Hours(24), Some(Period::Hours(24)));
        assert!(!prolonged(Period::Hours(25), false, Some(&law)).unwrap_err().unknown);
        assert!(!prolonged(Period::Hours(1), true, Some(&law)).unwrap_err().unknown);
        assert!(!prolonged(Period::Hours(1), true, None).unwrap_err().unknown);
    }

    #[test]
    fn a_family_told_on_the_spot_or_later_is_told() {
        family_on_the_spot(Some(at("2024-03-04T10:00"))).unwrap();
        assert!(family_on_the_spot(None).unwrap_err().unknown);
        family(Some(at("2024-03-04T11:00"))).unwrap();
    }

    #[test]
    fn records_a_restraint_whose_family_was_never_told() {
        assert!(!family(None).unwrap_err().unknown);
    }

    #[test]
    fn a_restraint_released_in_its_last_hour_is_in_time() {
        assert_eq!(Period::Hours(24).hours_after(at("2024-04-03T10:00")), Some(at("2024-04-04T10:00")));
    }
}
