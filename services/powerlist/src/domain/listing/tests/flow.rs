use super::*;
use crate::domain::fixture::reported;

#[test]
fn publishes_a_row_of_every_list() {
    for list in ListKind::ALL {
        given::<Listing>([]).when(&act(WHEN), &publish(row(*list))).then(&[published(1, WHEN, row(*list))]);
    }
}

#[test]
fn stays_quiet_about_the_same_row() {
    let known = published(1, WHEN, row(ListKind::Proof));
    let again = publish_on(row(ListKind::Proof), "2026-05-06", ground(GroundKind::LawChanged));
    given::<Listing>([known]).when(&act("2026-05-06"), &again).quiet();
}

#[test]
fn changes_a_row_on_a_ground() {
    let first = || published(1, WHEN, row(ListKind::Proof));
    let other = || with(row(ListKind::Proof), [text(&ASKED_BY, "乙局")]);
    given::<Listing>([first()])
        .when(&act("2026-05-06"), &publish_on(other(), "2026-05-06", ground(GroundKind::LawChanged)))
        .then(&[published(2, "2026-05-06", other())]);
    given::<Listing>([first()])
        .when(&act("2026-05-06"), &publish_on(other(), "2026-05-06", ground(GroundKind::FirstCompilation)))
        .refused_by("PL-ROW-GROUND");
}

#[test]
fn refuses_a_row_without_its_document() {
    let ground = Ground { document: " ".into(), ..ground(GroundKind::FirstCompilation) };
    let command = publish_on(row(ListKind::Proof), WHEN, ground);
    given::<Listing>([]).when(&act(WHEN), &command).refused_by("PL-ROW-GROUND");
}

#[test]
fn cancels_a_row_on_a_ground() {
    let end = cancelled("2026-06-01", ground(GroundKind::LawChanged));
    let command = || Command { step: end.clone().into(), facts: Facts::default() };
    let known = || published(1, WHEN, row(ListKind::Proof));
    given::<Listing>([known()]).when(&act("2026-05-06"), &command()).then(&[end.clone().into()]);
    given::<Listing>([known(), end.clone().into()]).when(&act("2026-05-06"), &command()).quiet();
    given::<Listing>([]).when(&act("2026-05-06"), &command()).not_found("published row");
}

#[test]
fn refuses_to_cancel_a_row_without_a_document() {
    let bare = Ground { document: String::new(), ..ground(GroundKind::LawChanged) };
    let command = Command { step: cancelled("2026-06-01", bare).into(), facts: Facts::default() };
    given::<Listing>([published(1, WHEN, row(ListKind::Proof))])
        .when(&act("2026-05-06"), &command)
        .refused_by("PL-ROW-GROUND");
}

#[test]
fn refuses_first_compilation_of_a_row_that_came_back() {
    let before =
        || [published(1, WHEN, row(ListKind::Proof)), cancelled("2026-06-01", ground(GroundKind::LawChanged)).into()];
    let again = |kind| publish_on(row(ListKind::Proof), "2026-07-01", ground(kind));
    given::<Listing>(before())
        .when(&act("2026-07-01"), &again(GroundKind::FirstCompilation))
        .refused_by("PL-ROW-GROUND");
    given::<Listing>(before()).when(&act("2026-07-01"), &again(GroundKind::LawChanged)).then(&[revived(
        2,
        "2026-07-01",
        row(ListKind::Proof),
        2,
    )]);
}

#[test]
fn answers_every_past_day() {
    let mut state = State::default();
    let other = with(row(ListKind::Proof), [text(&ASKED_BY, "乙局")]);
    for event in [
        published(1, WHEN, row(ListKind::Proof)),
        published(2, "2026-05-06", other),
        cancelled("2026-06-01", ground(GroundKind::LawChanged)).into(),
        published(3, "2026-07-01", row(ListKind::Proof)),
    ] {
        Listing::evolve(&mut state, &event);
    }
    let version = |on| state.in_force(day(on)).map(|v| v.version);
    for (on, want) in [
        ("2026-03-19", None),
        ("2026-03-20", Some(1)),
        ("2026-05-05", Some(1)),
        ("2026-05-06", Some(2)),
        ("2026-05-31", Some(2)),
        ("2026-06-01", None),
        ("2026-06-30", None),
        ("2026-07-01", Some(3)),
    ] {
        assert_eq!(version(on), want, "{on}");
    }
}

#[test]
fn nothing_is_in_force_before_it_is_public_or_before_what_came_later() {
    let early = publish_on(row(ListKind::Proof), "2026-03-19", ground(GroundKind::FirstCompilation));
    given::<Listing>([]).when(&act(WHEN), &early).invalid("effective");
    let other = with(row(ListKind::Proof), [text(&ASKED_BY, "乙局")]);
    let before = publish_on(other, "2026-04-30", ground(GroundKind::LawChanged));
    given::<Listing>([published(1, "2026-05-01", row(ListKind::Proof))]).when(&act(WHEN), &before).invalid("effective");
}

#[test]
fn a_row_stands_in_the_list_of_an_agency_that_is_there() {
    let without =
        |agency| Command { facts: Facts { agency, ..facts(ListKind::Proof) }, ..publish(row(ListKind::Proof)) };
    given::<Listing>([]).when(&act(WHEN), &without(None)).not_found("agency");
    let mut ended = agency_fact();
    ended.dissolved_on = Some(day(WHEN));
    given::<Listing>([]).when(&act(WHEN), &without(Some(ended.clone()))).not_found("agency");
    ended.dissolved_on = Some(day("2026-03-21"));
    assert_eq!(given::<Listing>([]).when(&act(WHEN), &without(Some(ended))).events().len(), 1);
    let mut away = row(ListKind::Proof);
    away.region = "230881".parse().unwrap();
    given::<Listing>([]).when(&act(WHEN), &publish(away)).invalid("content.region");
}

#[test]
fn a_power_that_a_row_speaks_of_is_there_and_of_its_kind() {
    let licence = || with(row(ListKind::Licence), [text(&LICENCE_ITEM, item().as_str())]);
    let with_item = |item| Command { facts: Facts { item, ..facts(ListKind::Licence) }, ..publish(licence()) };
    given::<Listing>([]).when(&act(WHEN), &with_item(None)).not_found("item in force");
    given::<Listing>([]).when(&act(WHEN), &with_item(Some(item_fact(PowerKind::Penalty)))).invalid("content.parts");
    assert_eq!(
        given::<Listing>([]).when(&act(WHEN), &with_item(Some(item_fact(PowerKind::Licence)))).events().len(),
        1
    );
}

#[test]
fn an_attempt_that_the_law_refuses_is_kept_and_in_reporting_mode_recorded() {
    let bare = || on(row(ListKind::Proof), NormLevel::NormativeDocument);
    refuses(bare(), "PL-PROOF");
    given::<Listing>([]).when(&reported(WHEN), &publish(bare())).violates("PL-PROOF");
}

#[test]
fn what_is_withheld_by_law_says_so() {
    let withheld = with(row(ListKind::MajorDecision), [Part { part: WITHHELD.key.into(), value: Value::YesNo(true) }]);
    let events = given::<Listing>([]).when(&act(WHEN), &publish(withheld)).events();
    assert!(matches!(&events[..], [RowEvent::RowPublished(e)] if e.withheld));
}

#[test]
fn a_row_is_known_by_list_agency_and_code() {
    let id = row(ListKind::NoPenalty).id();
    assert_eq!(id.to_string().parse::<RowId>().unwrap(), id);
    for bad in ["no_penalty", "no_penalty/11230883MB01310199", "none/11230883MB01310199/A-1", "no_penalty/1/A-1"] {
        assert!(bad.parse::<RowId>().is_err(), "{bad}");
    }
}

#[test]
fn refuses_a_charge_that_is_published_with_a_power() {
    let charged = Facts { charged: Some(item()), ..facts(ListKind::Charge) };
    let command = Command { facts: charged, ..publish(row(ListKind::Charge)) };
    given::<Listing>([]).when(&act(WHEN), &command).not_possible("CHARGE_AT_ITEM");
}

#[test]
fn refuses_first_compilation_of_a_row_that_came_back_under_another_code() {
    let again = |kind| {
        let other = RowContent { code: "A-2".parse().unwrap(), ..row(ListKind::Proof) };
        let command = publish_on(other, WHEN, ground(kind));
        let before = Some(row(ListKind::Proof).id());
        given::<Listing>([]).when(&act(WHEN), &Command { facts: Facts { before, ..command.facts }, ..command })
    };
    again(GroundKind::FirstCompilation).refused_by("PL-ROW-GROUND");
    assert_eq!(again(GroundKind::LawChanged).events().len(), 1);
}
