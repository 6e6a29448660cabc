//! The table of what must not precede what, line by line.

use law::decider::harness::table_holds;

use super::*;

/// The steps, each with what it is taken after.
fn steps() -> Vec<(Vec<ApplicationEvent>, Vec<Step>)> {
    let received = || sample::received().into();
    let asked = || vec![received(), sample::third_party_asked().into(), sample::agency_asked().into()];
    let correction = CorrectionRequested { until: sample::day("2025-07-20"), ..sample::correction(true) };
    let corrected = || vec![received(), sample::correction(true).into(), sample::corrected().into()];
    let answered = || sample::answered(Outcome::Disclosed);
    let steps = |steps: &[Step]| steps.to_vec();
    vec![
        (
            vec![received()],
            steps(&[
                correction.into(),
                sample::withdrawn().into(),
                sample::third_party_asked().into(),
                sample::agency_asked().into(),
                sample::extended(5).into(),
                sample::demanded().into(),
                sample::fee().into(),
            ]),
        ),
        (
            vec![received(), sample::correction(true).into()],
            steps(&[sample::corrected().into(), sample::lapsed().into()]),
        ),
        (asked(), steps(&[sample::third_party_answered(true).into(), sample::agency_answered().into()])),
        (vec![received(), sample::demanded().into()], steps(&[sample::reasons().into()])),
        (vec![received(), sample::demanded().into(), sample::reasons().into()], steps(&[sample::deferred(5).into()])),
        (corrected(), steps(&[answered().into()])),
        (vec![received(), answered().into()], steps(&[sample::sent().into()])),
        (vec![received(), answered().into(), sample::sent().into()], steps(&[sample::archived().into()])),
        (vec![received(), sample::lapsed().into()], steps(&[sample::archived().into()])),
        (vec![received(), sample::withdrawn().into()], steps(&[sample::archived().into()])),
    ]
}

#[test]
fn nothing_is_recorded_earlier_than_what_it_answers() {
    let tried = |(before, steps): (Vec<ApplicationEvent>, Vec<Step>)| {
        steps.into_iter().map(move |step| (before.clone(), step.name(), ask(step)))
    };
    table_holds::<Applications>(steps().into_iter().flat_map(tried));
}
