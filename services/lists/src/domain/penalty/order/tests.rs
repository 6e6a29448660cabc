use proptest::prelude::*;

use super::*;

fn of(kind: PenaltyKind) -> Penalty {
    Penalty::of(kind)
}

fn fine(fen: i64) -> Penalty {
    Penalty { amount_fen: Some(fen), ..of(PenaltyKind::Fine) }
}

fn days(kind: PenaltyKind, days: u16) -> Penalty {
    Penalty { days: Some(days), ..of(kind) }
}

fn months(kind: PenaltyKind, months: u16) -> Penalty {
    Penalty { months: Some(months), ..of(kind) }
}

fn about_what(kind: PenaltyKind, what: &str) -> Penalty {
    Penalty { what: Some(what.to_owned()), ..of(kind) }
}

use PenaltyKind::*;

#[test]
fn money_counts_by_its_sum() {
    assert_eq!(reach(&[fine(3), fine(4)], &[fine(7)]), Reach::Within);
    assert_eq!(reach(&[fine(7)], &[fine(3), fine(4)]), Reach::Within);
    assert_eq!(reach(&[fine(3), fine(5)], &[fine(7)]), Reach::Beyond);
    assert_eq!(reach(&[fine(6)], &[fine(7)]), Reach::Within);
}

#[test]
fn what_is_not_told_is_no_nothing() {
    let untold = of(Fine);
    assert_eq!(reach(std::slice::from_ref(&untold), &[fine(7)]), Reach::Unknown(Lacks::Amount(Fine)));
    assert_eq!(reach(&[fine(7)], &[fine(7), untold]), Reach::Unknown(Lacks::Amount(Fine)));
    assert_eq!(reach(&[days(Detention, 5)], &[of(Detention)]), Reach::Unknown(Lacks::Length(Detention)));
    // Goods with a value on one side only.
    let valued = Penalty { amount_fen: Some(5), ..of(ConfiscateGoods) };
    assert_eq!(reach(&[valued], &[of(ConfiscateGoods)]), Reach::Unknown(Lacks::Amount(ConfiscateGoods)));
    // Until it is put right, both times.
    assert_eq!(reach(&[of(SuspendProduction)], &[of(SuspendProduction)]), Reach::Within);
}

#[test]
fn a_month_is_28_to_31_days() {
    assert_eq!(reach(&[days(SuspendLicence, 28)], &[months(SuspendLicence, 1)]), Reach::Within);
    assert_eq!(reach(&[days(SuspendLicence, 32)], &[months(SuspendLicence, 1)]), Reach::Beyond);
    assert_eq!(
        reach(&[days(SuspendLicence, 30)], &[months(SuspendLicence, 1)]),
        Reach::Unknown(Lacks::Length(SuspendLicence))
    );
    assert_eq!(reach(&[months(SuspendLicence, 1)], &[months(SuspendLicence, 1)]), Reach::Within);
    assert_eq!(reach(&[days(Detention, 5), days(Detention, 5)], &[days(Detention, 10)]), Reach::Within);
    let life = Penalty { for_life: true, ..of(BarFromTrade) };
    assert_eq!(reach(&[months(BarFromTrade, 120)], std::slice::from_ref(&life)), Reach::Within);
    assert_eq!(reach(&[life], &[months(BarFromTrade, 120)]), Reach::Beyond);
}

#[test]
fn a_kind_more_is_heavier() {
    assert_eq!(reach(&[fine(1), of(Warning)], &[fine(7)]), Reach::Beyond);
    assert_eq!(reach(&[fine(7), of(Warning), of(Warning)], &[fine(7), of(Warning)]), Reach::Within);
}

#[test]
fn of_two_kinds_the_one_that_the_other_contains_is_lighter() {
    for (lighter, heavier) in [
        (SuspendLicence, RevokeLicence),
        (LowerQualification, RevokeLicence),
        (RestrictBusiness, SuspendProduction),
        (SuspendProduction, CloseDown),
        (Warning, PublicCriticism),
        (PublicCriticism, Fine),
        (Warning, Detention),
    ] {
        assert_eq!(reach(&[of(lighter)], &[of(heavier)]), Reach::Within, "{lighter:?}");
        assert_eq!(reach(&[of(heavier)], &[of(lighter)]), Reach::Beyond, "{heavier:?}");
    }
    for other in
        [(Fine, SuspendLicence), (ConfiscateGains, Fine), (SuspendProduction, RevokeLicence), (Detention, Fine)]
    {
        assert_eq!(reach(&[of(other.0)], &[of(other.1)]), Reach::Beyond, "{other:?}");
        assert_eq!(reach(&[of(other.1)], &[of(other.0)]), Reach::Beyond, "{other:?}");
    }
}

#[test]
fn another_object_is_another_penalty_or_not_known() {
    let food = about_what(RevokeLicence, "食品经营许可证");
    assert_eq!(reach(&[about_what(RevokeLicence, "《食品经营许可证》")], std::slice::from_ref(&food)), Reach::Within);
    // Told of whatever there is, and of one then.
    assert_eq!(reach(std::slice::from_ref(&food), &[of(RevokeLicence)]), Reach::Within);
    assert_eq!(reach(&[of(RevokeLicence)], std::slice::from_ref(&food)), Reach::Unknown(Lacks::Object(RevokeLicence)));
    let trade = about_what(RevokeLicence, "营业执照");
    assert_eq!(reach(&[trade], &[food]), Reach::Unknown(Lacks::Object(RevokeLicence)));
    // What a fine is called is no object.
    assert_eq!(reach(&[Penalty { what: Some("罚款".into()), ..fine(7) }], &[fine(7)]), Reach::Within);
}

#[test]
fn each_part_is_matched_with_one_of_its_own() {
    // The warning takes the place of the licence, so that the suspension finds it no more.
    let now = [of(Warning), of(SuspendLicence)];
    assert_eq!(reach(&now, &[of(RevokeLicence)]), Reach::Beyond);
    assert_eq!(reach(&now, &[of(RevokeLicence), fine(1)]), Reach::Within);
}

#[test]
fn two_sets_are_the_same_when_neither_reaches_further() {
    assert_eq!(same(&[fine(3), fine(4)], &[fine(7)]), Reach::Within);
    assert_eq!(same(&[fine(6)], &[fine(7)]), Reach::Beyond);
    assert_eq!(
        same(&[fine(6), of(ConfiscateGoods)], &[fine(7), Penalty { amount_fen: Some(1), ..of(ConfiscateGoods) }]),
        Reach::Beyond
    );
    assert_eq!(same(&[of(Fine)], &[fine(7)]), Reach::Unknown(Lacks::Amount(Fine)));
}

/// A set in which everything is told: each kind at most once, in small numbers so that they meet.
fn told() -> impl Strategy<Value = Vec<Penalty>> {
    let one = (0..PenaltyKind::ALL.len(), 1..4_u16).prop_map(|(kind, n)| {
        let kind = PenaltyKind::ALL[kind];
        match kind.unit() {
            Unit::Money | Unit::Goods => Penalty { amount_fen: Some(n.into()), ..of(kind) },
            Unit::Time => days(kind, n),
            Unit::Whole => of(kind),
        }
    });
    prop::collection::vec(one, 0..5).prop_map(|mut set| {
        set.sort_by_key(|p| p.kind);
        set.dedup_by_key(|p| p.kind);
        set
    })
}

/// The same question the plain way: of parts by a table, of sets by trying every way to match them.
fn plainly(now: &[Penalty], than: &[Penalty]) -> bool {
    fn measure(p: &Penalty) -> i64 {
        p.amount_fen.or(p.days.map(i64::from)).unwrap_or_default()
    }
    fn part(now: &Penalty, than: &Penalty) -> bool {
        const LESS: &[(PenaltyKind, PenaltyKind)] = &[
            (SuspendLicence, RevokeLicence),
            (LowerQualification, RevokeLicence),
            (RestrictBusiness, CloseDown),
            (SuspendProduction, CloseDown),
        ];
        now.kind == than.kind && measure(now) <= measure(than)
            || now.kind == RestrictBusiness && than.kind == SuspendProduction && measure(now) <= measure(than)
            || LESS.contains(&(now.kind, than.kind))
            || now.kind == Warning
            || now.kind == PublicCriticism && than.kind != Warning
    }
    let Some((first, rest)) = now.split_first() else { return true };
    (0..than.len()).any(|n| {
        let mut left = than.to_vec();
        part(first, &left.remove(n)) && plainly(rest, &left)
    })
}

proptest! {
    #[test]
    fn agrees_with_a_plain_reference(now in told(), than in told()) {
        let want = if plainly(&now, &than) { Reach::Within } else { Reach::Beyond };
        prop_assert_eq!(reach(&now, &than), want);
    }

    #[test]
    fn is_an_order(one in told(), two in told(), three in told()) {
        prop_assert_eq!(reach(&one, &one), Reach::Within);
        if reach(&one, &two) == Reach::Within && reach(&two, &three) == Reach::Within {
            prop_assert_eq!(reach(&one, &three), Reach::Within);
        }
        if same(&one, &two) == Reach::Within {
            let kinds = |set: &[Penalty]| set.iter().map(|p| (p.kind, p.amount_fen, p.days)).collect::<Vec<_>>();
            prop_assert_eq!(kinds(&one), kinds(&two));
        }
    }

    #[test]
    fn more_never_weighs_less(set in told(), more in told()) {
        let both = [set.clone(), more].concat();
        prop_assert_eq!(reach(&set, &both), Reach::Within);
    }
}
