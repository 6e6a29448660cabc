//! Execution by the agency itself: whether a law gives it the power, and what of the party's pays the fine.

use jiff::civil::Date;
use law::{
    Citation, Fault,
    calendar::{NoCalendar, at_least, in_time},
    citation::{ACL, APL},
    id::Uscc,
};
use lists::facts::{CompulsionKind, Executor, ItemFact, PowerKind};

use super::{Outcome, asked, fault};
use crate::domain::events::{ExecutionWay, MeasureKind};

law::card! {
    /// Power to execute, and something to be executed. 1. The agency. 2. The way of the execution with the lines of the item that let the
    /// agency itself execute so; a line for execution in whatever way has every way; the day with the end of the time that the party
    /// has; what was performed. 3. The item in force on the day of the execution: compulsion looks at the present.
    /// 4. Goods that were sealed or seized may be auctioned by an agency without the power, where the party let its time to appeal
    /// pass (ACL 46(3)): held against the measure and the course of the decision, not against the item. 5. An item without lines, or
    /// a line without who executes, is not checked, nor a last day in a year without a calendar; a decision that did not reach the party
    /// has no time that ran out; the way is asked of acts from [`super::ASKED_SINCE`] on. 6. Calling it another way, which must be
    /// allowed, too; auctioning while the party may appeal; demanding before the time is over does not end it; a deferral is part of it. 7. Refused when handled, recorded when reported. 8. ACL 13, 34,
    /// 37(1), 46(3), 47; APL 72(1).
    EN_EXECUTE "EN-EXECUTE" Gate "强制执行权" "power to execute"; Citation::article(&ACL, 13), Citation::article(&ACL, 34), Citation::paragraph(&ACL, 37, 1), Citation::paragraph(&ACL, 46, 3), Citation::article(&ACL, 47), Citation::paragraph(&APL, 72, 1);
    "只有法律规定有强制执行权的机关，在当事人逾期不履行时才能以所规定的方式自行强制执行，其他机关应当申请人民法院";
    "only an agency to which a law gives the power executes itself, in the way that it gives and once the party has let its time pass; others apply to the court";
    plans ;
    compares "执行方式与所引事项各行；执行之日与送达、履行期限；已经履行的部分"
        "the way of the execution with the lines of the item; the day with service and the time to perform; what was performed";
    except "当事人逾期不复议、不诉讼，拍卖已经查封、扣押的财物抵缴罚款" "goods that were sealed or seized are auctioned after the party let its time to appeal pass";
    since 2012 1 1;
    allows an_agency_with_the_power_executes_itself, what_is_due_is_executed, seized_goods_are_auctioned_without_the_power_once_nobody_appealed;
    refuses refuses_execution_without_power, refuses_execution_of_what_is_not_due, refuses_a_way_that_no_line_has, refuses_an_auction_while_the_party_may_appeal, refuses_execution_in_no_named_way_once_it_is_asked
}
law::card! {
    /// What pays the fine. 1. The agency. 2. An auction with the seal or seizure of the case that it rests on, a transfer with the
    /// freezing; both with what is still owed. 3. The measures of this case. 4. A transfer of deposits that were never frozen rests on
    /// the item alone (ACL 47). 5. An auction that names no measure has none. 6. Goods that were released, another kind of measure, a
    /// measure of another case; taking more where nothing is owed. What comes in is recorded as the payment that it is. 7. Refused
    /// when handled, recorded when reported. 8. APL 72(1), item 2; ACL 46.
    EN_OFFSET "EN-OFFSET" Gate "查封、冻结财物抵缴罚款" "seized or frozen assets paying the fine"; Citation::paragraph(&APL, 72, 1), Citation::article(&ACL, 46);
    "拍卖抵缴罚款的须是本案已经查封、扣押的财物，划拨抵缴的须是本案已经冻结的存款、汇款，且罚款尚未缴清";
    "what is auctioned to pay the fine was sealed or seized in this case, what is transferred was frozen in it, and the fine is still owed";
    plans ;
    compares "拍卖、划拨与本案的查封、扣押、冻结和尚欠的罚款" "the auction or transfer with the seals, seizures and freezings of the case and with what is owed";
    except "未经冻结、依法划拨存款的" "a transfer of deposits that were not frozen";
    since 2021 7 15;
    allows seized_goods_and_frozen_deposits_pay_the_fine;
    refuses refuses_an_auction_of_what_was_not_seized, refuses_a_transfer_of_what_was_not_frozen, refuses_to_take_where_nothing_is_owed
}

/// How an auction stands that ACL 46(3) allows without a power of execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unappealed {
    /// The party appealed, or may still: until then, or nobody knows.
    No,
    /// It let its time pass.
    Yes,
}

/// The kinds of a line under which a way falls, beside execution in whatever way.
const fn falls_under(way: ExecutionWay) -> CompulsionKind {
    match way {
        ExecutionWay::Transfer => CompulsionKind::Transfer,
        ExecutionWay::Dispose => CompulsionKind::Dispose,
        ExecutionWay::Restore => CompulsionKind::Restore,
        ExecutionWay::Perform => CompulsionKind::Perform,
        ExecutionWay::Other => CompulsionKind::Execution,
    }
}

/// EN-EXECUTE: a compulsion item of the agency in force that day, which lets the agency itself execute in this way.
pub fn may_execute(item: Option<&ItemFact>, agency: &Uscc, way: Option<ExecutionWay>, day: Date) -> Outcome {
    if way.is_none() && asked(day) {
        return fault(
            "没有写明强制执行的方式（划拨、拍卖或者依法处理、排除妨碍、代履行等）；请写明",
            "the way of the execution is not stated (transfer, auction, removal, performance in the party's place); state it",
        );
    }
    let none = || {
        let (zh, en) = way.map_or(("强制执行", "execution"), |way| (way.zh(), way.en()));
        fault(
            format!("权力清单中没有本机关当日有效、可以{zh}的强制执行事项；请申请人民法院强制执行"),
            format!("the power list gives this agency no power of {en} that day; apply to the court"),
        )
    };
    let Some(item) = item.filter(|i| i.agency == *agency && i.kind == PowerKind::Compulsion) else { return none() };
    let unknown = |zh: &str, en: &str| Err(Fault { unknown: true, ..Fault::new(zh, en) });
    if item.allows.is_empty() {
        return unknown(
            "该事项没有逐行写明强制执行方式，是否有强制执行权未予核对",
            "the item does not say line by line what it allows, so whether it gives a power of execution was not checked",
        );
    }
    let meant = |kind: CompulsionKind| match way {
        Some(way) => kind == falls_under(way) || kind == CompulsionKind::Execution,
        None => kind.executes(),
    };
    let ways: Vec<_> = item.allows.iter().filter(|line| meant(line.kind)).map(|line| line.by).collect();
    if ways.contains(&Some(Executor::Agency)) {
        Ok(())
    } else if ways.contains(&None) {
        unknown(
            "该事项没有写明由本机关执行还是申请人民法院执行，未予核对",
            "the item does not say whether the agency or the court executes, so this was not checked",
        )
    } else {
        none()
    }
}

/// EN-EXECUTE: the decision reached the party by then, its time to pay is over, and it has not performed. `pay_by`: where a fine is
/// owed.
pub fn due(served: Option<Date>, pay_by: Option<Result<Date, NoCalendar>>, performed: bool, day: Date) -> Outcome {
    if served.is_none_or(|served| served > day) {
        return fault(
            "处罚决定书尚未送达当事人；请先送达，期满不履行再执行",
            "the decision has not reached the party; serve it, and execute when its time has passed",
        );
    }
    if performed {
        return fault("当事人已经履行；不得强制执行", "the party has performed; there is nothing to execute");
    }
    let Some(last) = pay_by else { return Ok(()) };
    if in_time(day, last)? {
        let last = at_least(last);
        return fault(
            format!("当事人的履行期限到 {last} 才届满；请在期满后执行"),
            format!("the party has until {last} to perform; execute after that"),
        );
    }
    Ok(())
}

/// EN-EXECUTE of goods that were sealed or seized, where the item gives no power: ACL 46(3) does, once nobody appealed.
pub fn or_as_seized(
    by_item: Outcome,
    way: Option<ExecutionWay>,
    measure: Option<MeasureKind>,
    unappealed: Unappealed,
) -> Outcome {
    let seized = matches!(measure, Some(MeasureKind::Seal | MeasureKind::Seize));
    match by_item {
        Err(fault) if !fault.unknown && way == Some(ExecutionWay::Dispose) && seized => match unappealed {
            Unappealed::Yes => Ok(()),
            Unappealed::No => Err(fault),
        },
        by_item => by_item,
    }
}

/// A measure that an execution names, as the case has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which kind.
    pub kind: MeasureKind,
    /// Released or settled before.
    pub ended: bool,
}

/// EN-OFFSET; none where the execution is neither an auction nor a transfer. `named` is the measure that it names, `held` the same where
/// the case has it.
pub fn pays(way: Option<ExecutionWay>, named: bool, held: Option<Held>, owed_fen: i64) -> Option<Outcome> {
    let auction = match way {
        Some(ExecutionWay::Dispose) => true,
        Some(ExecutionWay::Transfer) => false,
        Some(ExecutionWay::Restore | ExecutionWay::Perform | ExecutionWay::Other) | None => return None,
    };
    if owed_fen <= 0 {
        return Some(fault(
            "罚款和加处罚款已经缴清；不得再拍卖、划拨抵缴",
            "fine and surcharges are paid; nothing is auctioned or transferred to pay them",
        ));
    }
    let right = |held: Held| match held.kind {
        MeasureKind::Seal | MeasureKind::Seize => auction && !held.ended,
        MeasureKind::Freeze => !auction && !held.ended,
        MeasureKind::RestrictLiberty | MeasureKind::Other => false,
    };
    if held.is_some_and(right) || (!auction && !named) {
        return Some(Ok(()));
    }
    Some(if auction {
        fault(
            "拍卖、处理的不是本案仍在查封、扣押的财物；请写明所依据的查封、扣押措施，没有的申请人民法院执行",
            "what is auctioned is not sealed or seized in this case; name the measure, or apply to the court where there is none",
        )
    } else {
        fault(
            "划拨的不是本案仍在冻结的存款、汇款；请更正所依据的冻结措施",
            "what is transferred is not frozen in this case; correct the measure that it names",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, day};

    fn power(item: Option<&ItemFact>, way: Option<ExecutionWay>) -> Outcome {
        may_execute(item, &sample::agency().agency, way, day("2024-10-21"))
    }

    fn by_lines(lines: &[&str], way: Option<ExecutionWay>) -> Outcome {
        let allows = lines.iter().map(|line| lists::facts::Allowed::read(line).unwrap()).collect();
        power(Some(&ItemFact { allows, ..sample::seizing_item() }), way)
    }

    #[test]
    fn an_agency_with_the_power_executes_itself() {
        power(Some(&sample::seizing_item()), None).unwrap();
        by_lines(&["划拨||自行执行"], Some(ExecutionWay::Transfer)).unwrap();
        for way in ExecutionWay::ALL {
            by_lines(&["强制执行||自行执行"], Some(*way)).unwrap();
        }
        // What the list does not say is not checked.
        for lines in [&[][..], &["强制执行"]] {
            assert!(by_lines(lines, None).unwrap_err().unknown);
        }
    }

    #[test]
    fn refuses_execution_without_power() {
        power(None, None).unwrap_err();
        // To seize is not to execute, and what the court executes the agency does not.
        assert!(!by_lines(&["扣押||对财物"], None).unwrap_err().unknown);
        assert!(!by_lines(&["强制执行||申请法院执行"], None).unwrap_err().unknown);
        power(Some(&sample::item()), None).unwrap_err();
        let other = sample::OTHER_AGENCY.parse().unwrap();
        may_execute(Some(&sample::seizing_item()), &other, None, day("2024-10-21")).unwrap_err();
    }

    #[test]
    fn refuses_a_way_that_no_line_has() {
        assert!(!by_lines(&["划拨||自行执行"], Some(ExecutionWay::Dispose)).unwrap_err().unknown);
        assert!(!by_lines(&["代履行||自行执行"], Some(ExecutionWay::Other)).unwrap_err().unknown);
    }

    #[test]
    fn refuses_execution_in_no_named_way_once_it_is_asked() {
        let on = |on| may_execute(Some(&sample::seizing_item()), &sample::agency().agency, None, day(on));
        on("2026-10-31").unwrap();
        on("2026-11-01").unwrap_err();
    }

    fn waits(served: Option<&str>, pay_by: Option<&str>, performed: bool, on: &str) -> Outcome {
        due(served.map(day), pay_by.map(|last| Ok(day(last))), performed, day(on))
    }

    #[test]
    fn what_is_due_is_executed() {
        waits(Some("2024-03-14"), Some("2024-03-29"), false, "2024-03-30").unwrap();
        waits(Some("2024-03-14"), None, false, "2024-03-15").unwrap();
    }

    #[test]
    fn refuses_execution_of_what_is_not_due() {
        for (served, performed, on) in [
            (None, false, "2024-10-21"),
            (Some("2024-10-22"), false, "2024-10-21"),
            (Some("2024-03-14"), true, "2024-10-21"),
            (Some("2024-03-14"), false, "2024-03-29"),
        ] {
            waits(served, Some("2024-03-29"), performed, on).unwrap_err();
        }
        let unknown = NoCalendar { year: 2027, bound: day("2027-01-11") };
        let of = |on: &str| due(Some(day("2026-12-27")), Some(Err(unknown)), false, day(on)).unwrap_err().unknown;
        assert!(!of("2027-01-11") && of("2027-01-12"));
    }

    fn auction(measure: MeasureKind, unappealed: Unappealed) -> Outcome {
        let way = Some(ExecutionWay::Dispose);
        or_as_seized(by_lines(&["扣押||对财物"], way), way, Some(measure), unappealed)
    }

    #[test]
    fn seized_goods_are_auctioned_without_the_power_once_nobody_appealed() {
        auction(MeasureKind::Seize, Unappealed::Yes).unwrap();
        auction(MeasureKind::Seal, Unappealed::Yes).unwrap();
    }

    #[test]
    fn refuses_an_auction_while_the_party_may_appeal() {
        auction(MeasureKind::Seize, Unappealed::No).unwrap_err();
        // Deposits, and other ways, need the power.
        auction(MeasureKind::Freeze, Unappealed::Yes).unwrap_err();
        let way = Some(ExecutionWay::Transfer);
        or_as_seized(power(None, way), way, Some(MeasureKind::Seize), Unappealed::Yes).unwrap_err();
    }

    fn held(kind: MeasureKind, ended: bool) -> Option<Held> {
        Some(Held { kind, ended })
    }

    fn of(way: ExecutionWay, named: bool, held: Option<Held>, owed_fen: i64) -> Outcome {
        pays(Some(way), named, held, owed_fen).expect("it takes")
    }

    #[test]
    fn seized_goods_and_frozen_deposits_pay_the_fine() {
        of(ExecutionWay::Dispose, true, held(MeasureKind::Seize, false), 1).unwrap();
        of(ExecutionWay::Dispose, true, held(MeasureKind::Seal, false), 1).unwrap();
        of(ExecutionWay::Transfer, true, held(MeasureKind::Freeze, false), 1).unwrap();
        of(ExecutionWay::Transfer, false, None, 1).unwrap();
        assert_eq!(pays(Some(ExecutionWay::Perform), false, None, 0), None);
        assert_eq!(pays(None, false, None, 0), None);
    }

    #[test]
    fn refuses_an_auction_of_what_was_not_seized() {
        of(ExecutionWay::Dispose, false, None, 1).unwrap_err();
        of(ExecutionWay::Dispose, true, None, 1).unwrap_err();
        of(ExecutionWay::Dispose, true, held(MeasureKind::Freeze, false), 1).unwrap_err();
        of(ExecutionWay::Dispose, true, held(MeasureKind::Seize, true), 1).unwrap_err();
    }

    #[test]
    fn refuses_a_transfer_of_what_was_not_frozen() {
        of(ExecutionWay::Transfer, true, None, 1).unwrap_err();
        of(ExecutionWay::Transfer, true, held(MeasureKind::Seize, false), 1).unwrap_err();
        of(ExecutionWay::Transfer, true, held(MeasureKind::Freeze, true), 1).unwrap_err();
    }

    #[test]
    fn refuses_to_take_where_nothing_is_owed() {
        of(ExecutionWay::Dispose, true, held(MeasureKind::Seize, false), 0).unwrap_err();
        of(ExecutionWay::Transfer, false, None, 0).unwrap_err();
    }
}
