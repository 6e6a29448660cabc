//! What becomes of confiscated goods, and of money for which no decision stands.

use law::{Citation, citation::APL};

use super::{Outcome, blank, fault, yuan};
use crate::domain::events::{DisposalWay, GoodsDisposed};

law::card! {
    /// Auctioned, or as the State says. 1. The agency. 2. What became of the goods with the ways of the article: an auction, destruction where a law demands it, or what rules of the State
    /// provide, each of the latter two with its provision; and the money with the receipt of the treasury. 3. The law of 2021. 4. Goods that must by law be destroyed. 5. A way without
    /// its provision, or money without a receipt, is neither. 6. Kept, given away or sold by hand there is no word for. Goods that were never confiscated are refused by the state.
    /// 7. Refused. 8. APL 74(1) and (2).
    EN_DISPOSAL "EN-DISPOSAL" Gate "没收物品处理" "disposal of confiscated goods"; Citation::paragraph(&APL, 74, 1), Citation::paragraph(&APL, 74, 2);
    "依法没收的非法财物应当公开拍卖或者按照国家规定处理，依法应当销毁的予以销毁；款项全部上缴国库";
    "confiscated goods are auctioned in public, dealt with by rules of the State, or destroyed where the law demands it; the money goes to the treasury";
    plans "TA 20";
    compares "没收物品的处理方式、依据和款项与条文所列方式和国库票据" "way, provision and proceeds with the ways of the article and the treasury's receipt";
    except "依法应当予以销毁的物品" "goods that must by law be destroyed";
    since 2021 7 15;
    allows goods_are_auctioned_for_the_treasury, goods_are_destroyed_by_law; refuses refuses_to_destroy_goods_without_a_provision, refuses_proceeds_without_the_treasurys_receipt
}
law::card! {
    /// Given back. 1. The agency. 2. What was paid under a decision that fell with what was given back, when the case is closed as revoked. 3. The law of 2021. 4. A decision that was changed is
    /// owed still. 5. Nothing on record as given back was not. 6. Given back in part; closed for another reason than that it was revoked: that reason must hold. 7. A
    /// finding. 8. APL 74(3) speaks of what is to be given back; that it is follows from the fall of the decision (ARL 72).
    EN_REFUND "EN-REFUND" Duty "退还罚没款" "money given back"; Citation::paragraph(&APL, 74, 3);
    "处罚决定被撤销的，已缴纳的罚款应当依法退还"; "what was paid under a decision that was revoked is given back";
    plans ;
    compares "已缴纳的款项与已退还的款项" "what was paid with what was given back";
    except "处罚决定只被变更的" "a decision that was only changed";
    since 2021 7 15;
    allows money_given_back_in_full_is_in_order; refuses finds_money_that_was_not_given_back
}

/// EN-DISPOSAL.
pub fn disposed(e: &GoodsDisposed) -> Outcome {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn goods(way: DisposalWay, basis: Option<&str>, proceeds_fen: i64, receipt: Option<&str>) -> Outcome {
        disposed(&GoodsDisposed {
            what: "冷冻鱼40公斤".into(),
            way,
            basis: basis.map(Into::into),
            proceeds_fen,
            receipt: receipt.map(Into::into),
            goods: None,
            at: None,
        })
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
