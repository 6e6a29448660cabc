//! Receipt, links, and what goes into another procedure.

use super::*;

#[test]
fn a_matter_of_each_kind_is_registered_and_is_to_be_routed_from_its_receipt() {
    for kind in Kind::ALL {
        let draft = ComplaintRegistered { received: day("2025-06-02"), ..sample::registered(*kind) };
        let earlier = Earlier { complaint: sample::id(7), pending: false, rechecked: false };
        let decided = matter(vec![]).when(&act("2025-06-03T09:00"), &ask_knowing(draft, earlier)).decided();
        assert_eq!(opened(&decided, "CO-ROUTE"), ("2025-06-02".into(), "15 days".into()), "{kind:?}");
        assert!(decided[0].violations.is_empty() && decided[0].rules.contains(&"CO-REGISTER"), "{kind:?}");
    }
}

#[test]
fn a_service_rated_well_is_noted_and_owes_nothing() {
    let good = ComplaintRegistered { score: Some(Score::Fair), ..sample::registered(Kind::ServiceRating) };
    let decided = matter(vec![]).when(&act("2025-06-03T09:00"), &ask(good.clone())).decided();
    assert!(decided[0].clocks.is_empty());
    matter(vec![good.into()]).when(&act("2025-06-04T09:00"), &ask(sample::assigned())).not_possible("ENDED");
}

#[test]
fn finds_a_late_or_empty_entry() {
    let draft = sample::registered(Kind::Petition);
    matter(vec![]).when(&act("2025-06-18T09:00"), &ask(draft.clone())).satisfies("CO-REGISTER");
    matter(vec![]).when(&act("2025-06-19T09:00"), &ask(draft.clone())).violates("CO-REGISTER");
    let empty = ComplaintRegistered { summary: String::new(), sealed: None, ..draft };
    matter(vec![]).when(&act("2025-06-03T09:00"), &ask(empty)).violates("CO-REGISTER");
}

#[test]
fn refuses_an_entry_with_a_telephone_number_and_records_a_reported_one() {
    let draft = ComplaintRegistered {
        summary: "来电人13900001234反映噪声".into(),
        ..sample::registered(Kind::Complaint)
    };
    matter(vec![]).when(&act("2025-06-03T09:00"), &ask(draft.clone())).refused_by("CO-PROTECT");
    matter(vec![]).when(&reporting("2025-06-03T09:00"), &ask(draft)).violates("CO-PROTECT");
}

#[test]
fn finds_a_request_to_review_no_document() {
    let draft = ComplaintRegistered { norm: None, ..sample::registered(Kind::NormReview) };
    matter(vec![]).when(&act("2025-06-03T09:00"), &ask(draft)).violates("CO-NORM");
    let named = sample::registered(Kind::NormReview);
    matter(vec![]).when(&act("2025-06-03T09:00"), &ask(named)).satisfies("CO-NORM");
}

#[test]
fn what_a_person_brings_is_registered_before_anybody_has_read_it() {
    for kind in [Kind::Report, Kind::NormReview] {
        let decided = matter(vec![]).when(&act("2025-06-03T09:00"), &ask(sample::submitted(kind))).decided();
        assert!(decided[0].violations.is_empty() && decided[0].rules.contains(&"CO-REGISTER"), "{kind:?}");
        assert!(!decided[0].rules.contains(&"CO-NORM"), "{kind:?}");
    }
}

#[test]
fn refuses_to_pass_on_what_nobody_has_summarised() {
    let submitted = || matter(vec![sample::submitted(Kind::Report).into()]);
    let summarised = || after(vec![sample::submitted(Kind::Report).into()], [sample::summarised().into()]);
    let steps: [super::super::Step; 4] = [
        sample::assigned().into(),
        sample::redirected().into(),
        sample::accepted(Kind::Report).into(),
        HandlingJoined { lead: sample::OFFICE.parse().unwrap(), ..sample::joined() }.into(),
    ];
    for step in steps {
        submitted().when(&act("2025-06-05T09:00"), &ask(step.clone())).refused_by("CO-PROTECT");
        submitted().when(&reporting("2025-06-05T09:00"), &ask(step.clone())).violates("CO-PROTECT");
        summarised().when(&act("2025-06-05T09:00"), &ask(step)).satisfies("CO-PROTECT");
    }
    let accepted = summarised().when(&act("2025-06-05T09:00"), &ask(sample::accepted(Kind::Report))).events();
    assert!(
        matches!(&accepted[..], [ComplaintEvent::ComplaintAccepted(e)] if e.summary == sample::summarised().summary)
    );
}

#[test]
fn what_is_summarised_accuses_whom_the_person_accused_and_whom_the_words_accuse() {
    let submitted =
        ComplaintRegistered { against: vec![sample::BUREAU.parse().unwrap()], ..sample::submitted(Kind::Report) };
    let found = ComplaintSummarised {
        against: vec![sample::OTHER.parse().unwrap()],
        against_officers: vec![sample::code("A2")],
        ..sample::summarised()
    };
    // A later summary that names nobody takes nobody out.
    let events = || vec![submitted.clone().into(), found.clone().into(), sample::summarised().into()];
    for agency in [sample::BUREAU, sample::OTHER] {
        let assigned = ComplaintAssigned { to: sample::known(agency), ..sample::assigned() };
        matter(events()).when(&act("2025-06-05T09:00"), &ask(assigned)).refused_by("CO-PROTECT");
    }
    let state = matter(events());
    let state = state.state();
    let office = &sample::OFFICE.parse().unwrap();
    assert!(state.may_read(sample::sealed(1).entry, office, "112050", true));
    assert!(!state.may_read(sample::sealed(1).entry, office, "A2", true), "it accuses A2");
}

#[test]
fn a_summary_names_nobody_and_is_written_before_it_goes_further() {
    let submitted = |kind| matter(vec![sample::submitted(kind).into()]);
    let telephone = ComplaintSummarised { summary: "来件人13900001234反映噪声".into(), ..sample::summarised() };
    submitted(Kind::Report).when(&act("2025-06-04T09:00"), &ask(telephone.clone())).refused_by("CO-PROTECT");
    submitted(Kind::Report).when(&reporting("2025-06-04T09:00"), &ask(telephone)).violates("CO-PROTECT");
    let named = ComplaintSummarised { norm: Some("抚政规〔2020〕3号".into()), ..sample::summarised() };
    submitted(Kind::NormReview).when(&act("2025-06-04T09:00"), &ask(named.clone())).satisfies("CO-NORM");
    submitted(Kind::NormReview).when(&act("2025-06-04T09:00"), &ask(sample::summarised())).violates("CO-NORM");
    submitted(Kind::Report).when(&act("2025-06-04T09:00"), &ask(named)).invalid("norm");
    let assigned = after(vec![sample::registered(Kind::Petition).into()], [sample::assigned().into()]);
    assigned.when(&act("2025-06-06T09:00"), &ask(sample::summarised())).not_possible("ALREADY_ASSIGNED");
    matter(sample::handled(Kind::Petition))
        .when(&act("2025-06-20T09:00"), &ask(sample::summarised()))
        .not_possible("ALREADY_ACCEPTED");
}

#[test]
fn what_only_some_kinds_have_is_there_for_them_alone() {
    let invalid = |draft: ComplaintRegistered, field: &str| {
        matter(vec![]).when(&act("2025-06-03T09:00"), &ask(draft)).invalid(field);
    };
    let petition = || sample::registered(Kind::Petition);
    invalid(ComplaintRegistered { received: day("2025-06-04"), ..petition() }, "received");
    invalid(ComplaintRegistered { score: Some(Score::Good), ..petition() }, "score");
    invalid(ComplaintRegistered { score: None, ..sample::registered(Kind::ServiceRating) }, "score");
    invalid(ComplaintRegistered { about: Some(sample::id(7)), ..petition() }, "about_id");
    invalid(ComplaintRegistered { about: None, ..sample::registered(Kind::Reprisal) }, "about_id");
    invalid(ComplaintRegistered { norm: Some("文件".into()), ..petition() }, "norm");
}

#[test]
fn a_reprisal_is_about_a_complaint_that_is_there() {
    let reprisal = || sample::registered(Kind::Reprisal);
    matter(vec![]).when(&act("2025-06-03T09:00"), &ask(reprisal())).not_found("earlier complaint");
    assert_eq!(matter(vec![]).when(&act("2025-06-03T09:00"), &ask_knowing(reprisal(), pending())).events().len(), 1);
}

#[test]
fn a_matter_is_registered_once_and_by_an_organ_that_is_there() {
    let again = ask(sample::registered(Kind::Petition));
    registered(Kind::Petition).when(&act("2025-06-03T10:00"), &again).not_possible("ALREADY_REGISTERED");
    let mut nobody = ask(sample::registered(Kind::Petition));
    nobody.facts.agencies.clear();
    matter(vec![]).when(&act("2025-06-03T09:00"), &nobody).not_found("agency");
}

#[test]
fn a_matter_is_linked_to_another_that_is_there_and_once() {
    let link = || ask_knowing(sample::linked(), pending());
    registered(Kind::Petition).when(&act("2025-06-04T09:00"), &link()).then(&[sample::linked().into()]);
    registered(Kind::Petition).when(&act("2025-06-04T09:00"), &ask(sample::linked())).not_found("earlier complaint");
    let itself = Earlier { complaint: sample::id(1), ..pending() };
    let to_itself = ask_knowing(ComplaintLinked { earlier: sample::id(1), ..sample::linked() }, itself);
    registered(Kind::Petition).when(&act("2025-06-04T09:00"), &to_itself).invalid("earlier_id");
    let events = vec![sample::registered(Kind::Petition).into(), sample::linked().into()];
    matter(events).when(&act("2025-06-05T09:00"), &link()).quiet();
}

#[test]
fn what_belongs_to_another_procedure_is_sent_there_and_ends_here() {
    let decided = registered(Kind::Petition).when(&act("2025-06-05T09:00"), &ask(sample::redirected())).decided();
    assert_eq!(changes(&decided), ["stopped CO-ROUTE"]);
    assert_eq!(decided[0].rules, ["CO-REDIRECT", "CO-PROTECT"]);
    let ended = after(vec![sample::registered(Kind::Petition).into()], [sample::redirected().into()]);
    ended.when(&act("2025-06-06T09:00"), &ask(sample::assigned())).not_possible("ENDED");
    // The agency that it was assigned to finds it out, or finds it out after acceptance.
    let assigned = || after(vec![sample::registered(Kind::Petition).into()], [sample::assigned().into()]);
    let decided = assigned().when(&act("2025-06-09T09:00"), &ask(sample::redirected())).decided();
    assert_eq!(changes(&decided), ["stopped CO-ACCEPT"]);
    let decided =
        matter(sample::handled(Kind::Petition)).when(&act("2025-06-20T09:00"), &ask(sample::redirected())).decided();
    assert_eq!(changes(&decided), ["cancelled CO-SETTLE"]);
}

#[test]
fn refuses_to_send_it_away_in_silence() {
    let silent = ComplaintRedirected { told: String::new(), ..sample::redirected() };
    registered(Kind::Petition).when(&act("2025-06-05T09:00"), &ask(silent)).refused_by("CO-REDIRECT");
    let here = ComplaintRedirected { way: Way::Ordinary, ..sample::redirected() };
    registered(Kind::Petition).when(&act("2025-06-05T09:00"), &ask(here)).invalid("way");
    matter(sample::settled(Kind::Petition))
        .when(&act("2025-07-05T09:00"), &ask(sample::redirected()))
        .not_possible("ALREADY_ANSWERED");
}

#[test]
fn refuses_to_assign_or_accept_what_another_procedure_takes() {
    let lawsuit = ComplaintRegistered { way: Way::Litigation, ..sample::registered(Kind::Petition) };
    matter(vec![lawsuit.into()]).when(&act("2025-06-05T09:00"), &ask(sample::assigned())).refused_by("CO-REDIRECT");
    let found_out = ComplaintAccepted { way: Way::Arbitration, ..sample::accepted(Kind::Petition) };
    registered(Kind::Petition).when(&act("2025-06-05T09:00"), &ask(found_out)).refused_by("CO-REDIRECT");
}
