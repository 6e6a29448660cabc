//! What becomes of confiscated goods, and of money for which no decision stands.

use law::{Citation, Fault, citation::APL};

use super::{Outcome, blank, fault, yuan};
use crate::domain::events::{DisposalWay, GoodsDisposed};

law::card! {
    /// Auctioned, or as the State says. 1. The agency. 2. What became of the goods with the ways of the article: an auction, destruction where a law demands it, or what rules of the State
    /// provide, each of the latter two with its provision; and the money with the receipt of the treasury. 3. The law of 2021. 4. Goods that must by law be destroyed. 5. A way without
    /// its provision, or money without a receipt, is neither. 6. Kept, given away or sold by hand there is no word for. Goods that were never confiscated, or whose decision fell, are nobody's to dispose of.
    /// 7. Refused in handling, recorded in reporting. 8. APL 74(1) and (2).
    EN_DISPOSAL "EN-DISPOSAL" Gate "没收物品处理" "disposal of confiscated goods"; Citation::paragraph(&APL, 74, 1), Citation::paragraph(&APL, 74, 2);
    "依法没收的非法财物应当公开拍卖或者按照国家规定处理，依法应当销毁的予以销毁；款项全部上缴国库";
    "confiscated goods are auctioned in public, dealt with by rules of the State, or destroyed where the law demands it; the money goes to the treasury";
    plans "TA 20";
    compares "没收物品的处理方式、依据和款项与条文所列方式和国库票据" "way, provision and proceeds with the ways of the article and the treasury's receipt";
    except "依法应当予以销毁的物品" "goods that must by law be destroyed";
    since 2021 7 15;
    allows goods_are_auctioned_for_the_treasury, goods_are_destroyed_by_law; refuses refuses_to_destroy_goods_without_a_provision, refuses_proceeds_without_the_treasurys_receipt, refuses_to_dispose_of_what_was_not_confiscated
}
law::card! {
    /// Given back. 1. The agency. 2. What was paid under decisions that were revoked or found void with what was given back, when the case is closed; of one that fell after the closing when it is archived.
    /// 3. The law of 2021. 4. A decision that was changed is owed still; what is too much of it may be given back. 5. Nothing on record as given back was not; of one found unlawful, which need not
    /// fall for that, nobody can tell. 6. Given back in part; deciding anew: what was paid under the old one is owed back all the same; closed before it fell: it is told
    /// at the fall and asked at the archive. 7. A finding. 8. APL 74(3) speaks of what is to be given back; that it is follows from the fall of the decision (ARL 72).
    EN_REFUND "EN-REFUND" Duty "退还罚没款" "money given back"; Citation::paragraph(&APL, 74, 3);
    "处罚决定被撤销的，已缴纳的罚款应当依法退还"; "what was paid under a decision that was revoked is given back";
    plans ;
    compares "已缴纳的款项与已退还的款项" "what was paid with what was given back";
    except "处罚决定只被变更的" "a decision that was only changed",
    "确认违法而未撤销的，是否退还未予核对" "found unlawful and not revoked: not checked";
    since 2021 7 15;
    allows money_given_back_in_full_is_in_order; refuses finds_money_that_was_not_given_back, finds_money_that_a_new_decision_did_not_give_back
}

/// EN-DISPOSAL. `confiscated`: a decision that stands confiscates goods.
pub fn disposed(e: &GoodsDisposed, confiscated: bool) -> Outcome {
    if !confiscated {
        return fault(
            "没有有效的没收非法财物决定，不得处理当事人的财物；请退还，或者先依法作出决定",
            "no decision that stands confiscates goods, so there are none to dispose of; give them back, or decide first",
        );
    }
    let provided = e.basis.as_deref().is_some_and(|basis| !blank(basis));
    match e.way {
        DisposalWay::Auction => {}
        DisposalWay::Destroyed | DisposalWay::StateRules if provided => {}
        DisposalWay::Destroyed | DisposalWay::StateRules => {
            return fault(
                format!("{}没有写明依据的规定；请写明，或者公开拍卖", e.way.zh()),
                format!("no provision is named for this ({}); name it, or auction the goods", e.way.en()),
            );
        }
    }
    if e.proceeds_fen > 0 && e.receipt.as_deref().is_none_or(blank) {
        return fault(
            format!("款项{}元没有上缴国库的票据；请上缴并写明票据号", yuan(e.proceeds_fen)),
            format!("there is no treasury receipt for {} yuan; pay it in, and name the receipt", yuan(e.proceeds_fen)),
        );
    }
    Ok(())
}

/// EN-REFUND, when the case is closed as revoked.
pub fn given_back(paid_fen: i64, refunded_fen: i64) -> Outcome {
    let left = paid_fen.saturating_sub(refunded_fen);
    if left > 0 {
        return fault(
            format!("处罚决定已被撤销，尚有{}元没有退还；请退还并记录", yuan(left)),
            format!("the decision fell, and {} yuan were not given back; give them back, and record it", yuan(left)),
        );
    }
    Ok(())
}

/// EN-REFUND of a case that is closed already: from now on it is owed, and nothing is wrong yet.
pub fn to_be_given_back(fen: i64) -> Outcome {
    Err(Fault {
        unknown: true,
        ..Fault::new(
            format!("案件已经结案，已缴纳的{}元应当退还；请退还并记录，归档时再予核对", yuan(fen)),
            format!(
                "the case is closed, and {} yuan are to be given back; record it, for it is asked again at the archive",
                yuan(fen)
            ),
        )
    })
}

/// EN-REFUND of a decision that was found unlawful, or of which an older record says something else.
pub fn may_stand() -> Outcome {
    Err(Fault {
        unknown: true,
        ..Fault::new(
            "处罚决定被确认违法而没有被撤销，已缴纳的款项是否退还未予核对",
            "the decision was found unlawful and not revoked; whether what was paid is given back was not checked",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(way: DisposalWay, basis: Option<&str>, proceeds_fen: i64, receipt: Option<&str>) -> GoodsDisposed {
        let (basis, receipt) = (basis.map(Into::into), receipt.map(Into::into));
        GoodsDisposed { what: "冷冻鱼40公斤".into(), way, basis, proceeds_fen, receipt, goods: None, at: None }
    }

    fn goods(way: DisposalWay, basis: Option<&str>, proceeds_fen: i64, receipt: Option<&str>) -> Outcome {
        disposed(&event(way, basis, proceeds_fen, receipt), true)
    }

    #[test]
    fn refuses_to_dispose_of_what_was_not_confiscated() {
        disposed(&event(DisposalWay::Auction, None, 0, None), false).unwrap_err();
    }

    #[test]
    fn goods_are_auctioned_for_the_treasury() {
        goods(DisposalWay::Auction, None, 100, Some("缴款书1号")).unwrap();
        goods(DisposalWay::Auction, None, 0, None).unwrap();
    }

    #[test]
    fn goods_are_destroyed_by_law() {
        goods(DisposalWay::Destroyed, Some("《食品安全法》"), 0, None).unwrap();
        goods(DisposalWay::StateRules, Some("《罚没财物管理办法》"), 100, Some("缴款书1号")).unwrap();
    }

    #[test]
    fn refuses_to_destroy_goods_without_a_provision() {
        goods(DisposalWay::Destroyed, None, 0, None).unwrap_err();
        goods(DisposalWay::StateRules, Some(" "), 0, None).unwrap_err();
    }

    #[test]
    fn refuses_proceeds_without_the_treasurys_receipt() {
        goods(DisposalWay::Auction, None, 1, None).unwrap_err();
        goods(DisposalWay::Auction, None, 1, Some(" ")).unwrap_err();
    }

    #[test]
    fn money_given_back_in_full_is_in_order() {
        given_back(100, 100).unwrap();
        given_back(0, 0).unwrap();
    }

    #[test]
    fn finds_money_that_was_not_given_back() {
        given_back(100, 99).unwrap_err();
    }
}
