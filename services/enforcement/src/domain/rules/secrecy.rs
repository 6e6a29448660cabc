//! What is not published, and what a published decision leaves out.

use law::{Citation, Fault, citation::APL};

use super::{Outcome, blank, fault};
use crate::domain::events::{ClosedGround, NotPublicGround};

law::card! {
    /// Not published. 1. The agency, by its head. 2. The decision with the grounds for not publishing it. 3. The law of 2021. 4. The article has none but that it
    /// speaks of decisions of some social consequence; the others are secrets and privacy of article 50, and minors. 5. Without reasons nothing is withheld: the time
    /// to publish runs on. 6. A major decision is of consequence, whatever is said of it. Withheld after it was published, it would be a withdrawal (EN-WITHDRAW); published later, it counts. 7. Refused. 8. APL 48(1) and 50.
    EN_NOT_PUBLIC "EN-NOT-PUBLIC" Gate "不公开处罚决定" "a decision not published"; Citation::paragraph(&APL, 48, 1), Citation::article(&APL, 50);
    "处罚决定不公开的，应当有法定理由，写明并经负责人批准"; "a decision is kept from publication only on a ground, with reasons and the head's approval";
    plans "FY 22";
    compares "不公开的理由与法定情形" "the ground for not publishing with those of the law";
    since 2021 7 15;
    allows a_decision_is_kept_from_the_web_with_reasons; refuses refuses_to_keep_a_decision_from_the_web_without_reasons, refuses_to_call_a_major_decision_of_no_consequence
}
law::card! {
    /// What is left out. 1. The agency. 2. What is published with the grounds on which the hearing was closed or the decision kept from the web. 3. The law of 2021. 4. None. 5. Nothing said to be left
    /// out is nothing left out. 6. A closed hearing, then everything on the web; kept from the web first and put up whole afterwards; a state secret called a lesser one the second
    /// time; a new notice, or a decision made anew, ends no secret. 7. Refused. 8. APL 50.
    EN_SECRET "EN-SECRET" Gate "保守秘密" "secrets kept"; Citation::article(&APL, 50);
    "对知悉的国家秘密、商业秘密或者个人隐私应当保密，公开决定时应当隐去"; "secrets and privacy are kept: what is published leaves them out";
    plans ;
    compares "公示时隐去的内容与听证不公开、决定不公开的理由" "what is left out of what is published with the grounds on which the hearing was closed or the decision withheld";
    since 2021 7 15;
    allows a_secret_is_left_out_of_what_is_published; refuses refuses_to_publish_a_trade_secret_whole, refuses_to_publish_a_state_secret, what_was_kept_from_the_web_as_a_secret_is_not_put_up_whole
}

/// EN-NOT-PUBLIC.
pub fn withheld(ground: NotPublicGround, reason: &str, major: bool) -> Outcome {
    if major && ground == NotPublicGround::NoConsequence {
        return fault(
            "重大行政处罚决定具有一定社会影响，应当公开；请依法公开，或者写明其他法定理由",
            "a major penalty is of social consequence, and is published; publish it, or name another ground",
        );
    }
    if blank(reason) {
        return fault(
            "没有写明不公开的理由；请写明涉及的内容，或者依法公开",
            "there is no reason for keeping the decision from publication; state it, or publish",
        );
    }
    Ok(())
}

/// The secret that a ground for not publishing speaks of.
pub fn kept(ground: NotPublicGround) -> Option<ClosedGround> {
    match ground {
        NotPublicGround::StateSecret => Some(ClosedGround::StateSecret),
        NotPublicGround::TradeSecret => Some(ClosedGround::TradeSecret),
        // Who a minor is, is nobody's business either.
        NotPublicGround::Privacy | NotPublicGround::Minor => Some(ClosedGround::Privacy),
        NotPublicGround::NoConsequence => None,
    }
}

/// Of what is on record and what is told anew, the secret that holds: a state secret does not end by being called another one.
pub fn graver(before: Option<ClosedGround>, told: Option<ClosedGround>) -> Option<ClosedGround> {
    if before == Some(ClosedGround::StateSecret) { before } else { told.or(before) }
}

/// EN-NOT-PUBLIC of what is taken down again while the decision stands. Another provision may let it be; none here says so.
pub fn taken_down() -> Outcome {
    Err(Fault {
        unknown: true,
        ..Fault::new(
            "决定没有被变更、撤销、确认违法或者确认无效；撤下公示是否另有依据（如公示期满、信用修复），未予核对",
            "the decision was not changed, revoked, or found unlawful or void; whether another provision lets it be taken down (its time on the web, credit repair) was not checked",
        )
    })
}

/// EN-SECRET; none where no secret is on record.
pub fn left_out(secret: Option<ClosedGround>, left_out: Option<&str>) -> Option<Outcome> {
    let secret = secret?;
    if secret == ClosedGround::StateSecret {
        return Some(fault(
            "本案涉及国家秘密，决定不得公开；请记录不予公开",
            "the case is about state secrets, and its decision is not published; record that it is not",
        ));
    }
    Some(match left_out.is_none_or(blank) {
        true => fault(
            format!("本案{}，没有写明公示时隐去的内容；请隐去后公示并写明", secret.zh()),
            format!(
                "the case is about {}, and nothing is left out of what is published; leave it out, and say so",
                secret.en()
            ),
        ),
        false => Ok(()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_kept_from_the_web_with_reasons() {
        withheld(NotPublicGround::Minor, "涉及未成年人", true).unwrap();
        withheld(NotPublicGround::NoConsequence, "当场警告", false).unwrap();
    }

    #[test]
    fn refuses_to_keep_a_decision_from_the_web_without_reasons() {
        withheld(NotPublicGround::Minor, " ", false).unwrap_err();
    }

    #[test]
    fn refuses_to_call_a_major_decision_of_no_consequence() {
        withheld(NotPublicGround::NoConsequence, "无影响", true).unwrap_err();
    }

    #[test]
    fn a_secret_is_left_out_of_what_is_published() {
        left_out(Some(ClosedGround::TradeSecret), Some("配方、客户名单")).expect("a secret").unwrap();
        assert_eq!(left_out(None, None), None);
    }

    #[test]
    fn refuses_to_publish_a_trade_secret_whole() {
        for said in [None, Some(" ")] {
            left_out(Some(ClosedGround::TradeSecret), said).expect("a secret").unwrap_err();
            left_out(Some(ClosedGround::Privacy), said).expect("a secret").unwrap_err();
        }
    }

    #[test]
    fn refuses_to_publish_a_state_secret() {
        left_out(Some(ClosedGround::StateSecret), Some("全部")).expect("a secret").unwrap_err();
    }
}
