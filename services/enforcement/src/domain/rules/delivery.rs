//! How a document reaches the party, and on which day it has.

use jiff::civil::Date;
use law::{
    Citation,
    calendar::Calendar,
    citation::{ACL, APL, CPL},
};

use super::{Outcome, asked, blank, fault, service};
use crate::domain::events::{Delivery, PartyKind, ServiceMethod, Taker};

law::card! {
    /// What each way of service needs. 1. The agency. 2. What the record says of the service with what its way needs,
    /// for every decision, a withheld penalty too, for the notice before it, the call to a hearing and the demand (ACL 38): somebody of
    /// the party signed (88); refused, and left there before witnesses or on film (89); it reached the system (90); the post's receipt has a day (91); who was entrusted, or holds the
    /// party, had it signed (91 to 94). 3. 民事诉讼法 as in force from 2022, by which the articles are numbered. 4. On the spot a
    /// refusal to sign is noted on the decision (APL 52), and the notice before it is said aloud. An announcement has rules of its own. 5. Whoever says nothing
    /// about it is held to it from [`super::ASKED_SINCE`] on, and before is not said to have kept it. 6. Another way's
    /// name: a refusal under 直接送达, a letter that came back, one that the wrong person took. That what is stated is true no
    /// record can tell. 7. Refused. 8. APL 61(1) sends to the Civil Procedure Law.
    EN_SERVE_WAY "EN-SERVE-WAY" Gate "送达方式要件" "what each way of service needs"; Citation::paragraph(&APL, 61, 1), Citation::article(&CPL, 87), Citation::article(&ACL, 38), Citation::paragraph(&APL, 52, 1);
    "直接、留置、委托、邮寄、转交、电子送达，各依民事诉讼法的要件：签收人和签名，拒收事由和见证人或者影像，回执或者到达日期";
    "each way of service has what the Civil Procedure Law asks of it: who signed, why it was refused and who witnessed it, the day of the receipt or of arrival";
    plans "XS 五3";
    compares "送达经过的记载与该送达方式的要件" "what is recorded of the service with what its way needs";
    except "公告送达" "an announcement", "当场处罚决定拒绝签收而在决定书上注明的" "a decision on the spot that the party refused to sign for, as noted on it", "当场处罚前的口头告知" "what is said aloud before a decision on the spot";
    since 2022 1 1;
    allows service_as_its_way_needs_it_is_in_order, a_refusal_on_the_spot_is_noted;
    refuses refuses_service_that_lacks_what_its_way_needs, refuses_a_letter_that_came_back, refuses_a_taker_who_cannot_take_it, refuses_service_without_its_course_once_it_is_asked, refuses_a_document_whose_way_is_not_named
}
law::card! {
    /// The day on which it works. 1. The agency. 2. The day of the act with the day of the receipt, or of arrival: periods to pay
    /// and to appeal begin with it, and so do those to ask for a hearing, to prepare for it, and to perform after a demand. 3. As EN-SERVE-WAY. 4. Handed over or left there, it is the day of the act; an
    /// announcement has EN-ANNOUNCE-DAYS. 5. A way whose day stands on a receipt and does not is EN-SERVE-WAY's. 6. Dated by the day of posting,
    /// the party would have less time; sent before it was decided, it is another document. 7. Refused. 8. APL 61(1).
    EN_SERVE_DAY "EN-SERVE-DAY" Gate "送达日期" "day of service"; Citation::paragraph(&APL, 61, 1), Citation::article(&CPL, 91);
    "邮寄送达以回执注明的收件日期，电子送达以到达系统的日期，委托、转交送达以签收的日期为送达日期";
    "by post it is the day on the receipt, electronically the day of arrival, entrusted or passed on the day of the signature";
    plans ;
    compares "记录的送达日期与回执、到达或者签收的日期" "the day of service as recorded with the day of receipt, arrival or signature";
    except "公告送达" "an announcement";
    since 2022 1 1;
    allows service_on_the_day_of_the_receipt_is_in_order;
    refuses refuses_service_dated_the_day_before_or_after_the_receipt, refuses_service_of_what_was_sent_before_the_decision
}
law::card! {
    /// Handed over on the spot. 1. The officer. 2. Day and way of the service with the day of the decision, in the simple procedure. 3. The
    /// law of 2021. 4. Who refuses it is left it on the spot: no fault of the officer. Of penalties only, and not of what is decided again by
    /// order: that is decided in the office, and served within seven days (APL 61). 5. Where the decision has no time, nothing can be compared. 6. Served later in another way, it is found all the
    /// same. 7. A finding: a late service is better recorded than refused. 8. APL 52(1).
    EN_SPOT_HANDED "EN-SPOT-HANDED" Duty "当场交付" "handed over on the spot"; Citation::paragraph(&APL, 52, 1);
    "当场作出的处罚决定书应当当场交付当事人"; "a decision made on the spot is handed over on the spot";
    plans ;
    compares "当场处罚决定送达的日期、方式与作出决定之日" "day and way of service with the day of the decision on the spot";
    since 2021 7 15;
    allows a_spot_decision_handed_over_that_day_is_in_order, what_replaces_a_spot_decision_is_served_like_any_other; refuses finds_a_spot_decision_served_the_day_after, finds_a_spot_decision_sent_by_post
}

/// How a document reached the party.
#[derive(Clone, Copy, Debug)]
pub struct Served<'a> {
    /// In which way; records of some documents could not say it before.
    pub method: Option<ServiceMethod>,
    /// As the receipt tells.
    pub delivery: Option<&'a Delivery>,
}

/// EN-SERVE-WAY; none where the record need not say it yet, and does not.
pub fn delivered(served: Served<'_>, party: PartyKind, spot: bool, day: Date) -> Option<Outcome> {
    match (served.method, served.delivery) {
        (Some(ServiceMethod::Announcement), _) => None,
        (Some(method), Some(delivery)) => Some(complete(method, delivery, party, spot)),
        (None, Some(_)) => Some(fault(
            "记了送达经过，没有写明送达方式；请写明",
            "its course is on record, and not the way in which it was served; name it",
        )),
        (_, None) => asked(day).then(|| {
            fault(
                "没有记明送达方式和经过（签收人、拒收事由、见证人、回执日期等）；请按送达方式补充",
                "how it was served is not on record (who signed, why it was refused, who witnessed it, the receipt's day); add it",
            )
        }),
    }
}

/// EN-ANNOUNCE-DAYS of a document that has no announcement of its own on file: the day it was put up is that on which it was sent.
/// None where it was not announced, or the record need not say it yet.
pub fn announced(served: Served<'_>, day: Date, calendar: &Calendar) -> Option<Outcome> {
    let method = served.method.filter(|method| *method == ServiceMethod::Announcement)?;
    if served.delivery.is_none() && !asked(day) {
        return None;
    }
    let put_up = served.delivery.and_then(|delivery| delivery.sent_on);
    Some(service::announced_long_enough(method, put_up, day, calendar))
}

fn complete(method: ServiceMethod, d: &Delivery, party: PartyKind, spot: bool) -> Outcome {
    let refused = d.refused.as_deref().is_some_and(|why| !blank(why));
    if spot && refused && method == ServiceMethod::Direct {
        return Ok(());
    }
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    let mut needs = |met: bool, a: &'static str, b: &'static str| {
        if !met {
            zh.push(a);
            en.push(b);
        }
    };
    let taken = d.taken_by.is_some_and(|taker| takes(party, taker));
    let signed = (d.signed, "签名或者盖章", "a signature or seal");
    let taker = (taken, "有权签收的人", "somebody who may take it for the party");
    let sent = (d.sent_on.is_some(), "交寄、交办日期", "the day it was sent");
    let received = (d.received_on.is_some(), "回执、签收或者到达日期", "the day of receipt or arrival");
    let through = (!blank(&d.through), "送达地址、邮件号、接收系统或者代办机关", "place, number, system or body");
    let wanted = match method {
        ServiceMethod::Direct => vec![taker, signed, through],
        ServiceMethod::Lien => {
            let proved = d.witnesses.iter().any(|w| !blank(w)) || d.recording_sha256.is_some();
            vec![
                (refused, "拒收事由", "why it was refused"),
                (proved, "见证人或者拍照、录像", "a witness, or photographs or film"),
                through,
            ]
        }
        ServiceMethod::Post => vec![signed, sent, received, through],
        ServiceMethod::Electronic => vec![received, through],
        ServiceMethod::Entrusted => vec![taker, signed, sent, received, through],
        ServiceMethod::Transferred => {
            let own = party == PartyKind::Citizen && d.taken_by == Some(Taker::Party);
            vec![(own, "当事人本人签收", "the party's own signature"), signed, received, through]
        }
        ServiceMethod::Announcement => vec![],
    };
    for (met, a, b) in wanted {
        needs(met, a, b);
    }
    if zh.is_empty() {
        return Ok(());
    }
    fault(
        format!("{}缺少：{}；请补齐，或者改用其他送达方式", method.zh(), zh.join("、")),
        format!("service {} lacks: {}; add it, or serve in another way", method.en(), en.join(", ")),
    )
}

/// Whether somebody may take a document for such a party (CPL 88).
fn takes(party: PartyKind, taker: Taker) -> bool {
    match taker {
        Taker::Party | Taker::Family => party == PartyKind::Citizen,
        Taker::Representative | Taker::Receptionist => party != PartyKind::Citizen,
        Taker::Agent | Taker::Appointee => true,
    }
}

/// EN-SERVE-DAY; none where no day stands on a receipt. `made` is the day from which there could be such a document.
pub fn on_its_day(served: Served<'_>, made: Option<Date>, day: Date) -> Option<Outcome> {
    let delivery = served.delivery.filter(|_| served.method != Some(ServiceMethod::Announcement))?;
    if let Some((sent, made)) = delivery.sent_on.zip(made).filter(|(sent, made)| sent < made) {
        return Some(fault(
            format!("{sent} 送出的文书早于 {made}，那时还没有该文书；请送达本文书"),
            format!("what was sent on {sent} is older than {made}, when there was no such document; serve this one"),
        ));
    }
    let received = delivery.received_on?;
    if received != day {
        return Some(fault(
            format!("送达日期应为 {received}（回执、签收或者到达之日），不是 {day}；请以该日记录送达"),
            format!(
                "it was served on {received}, the day of receipt or arrival, not on {day}; record it as of that day"
            ),
        ));
    }
    Some(Ok(()))
}

/// EN-SPOT-HANDED, of a decision in the simple procedure.
pub fn handed_over(method: ServiceMethod, decided: Option<Date>, day: Date) -> Outcome {
    let late = decided.filter(|decided| *decided != day);
    // Who refuses it on the spot has it left there.
    if late.is_none() && matches!(method, ServiceMethod::Direct | ServiceMethod::Lien) {
        return Ok(());
    }
    fault(
        "当场处罚决定书没有当场交付当事人；请说明情况，今后当场交付",
        "the decision on the spot was not handed over on the spot; say why, and hand it over at once in future",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, day};
    use ServiceMethod::{Direct, Electronic, Entrusted, Lien, Post, Transferred};

    /// Everything that any way may need.
    fn full(taken_by: Taker) -> Delivery {
        Delivery {
            through: "正阳路1号".into(),
            taken_by: Some(taken_by),
            signed: true,
            refused: Some("当事人称与己无关".into()),
            witnesses: vec!["正阳社区居民委员会工作人员".into()],
            recording_sha256: None,
            sent_on: Some(day("2024-03-13")),
            received_on: Some(day("2024-03-15")),
        }
    }

    fn served(method: ServiceMethod, delivery: &Delivery) -> Served<'_> {
        Served { method: Some(method), delivery: Some(delivery) }
    }

    const UNTOLD: Served<'_> = Served { method: Some(Direct), delivery: None };

    fn way(method: ServiceMethod, party: PartyKind, delivery: Delivery) -> Outcome {
        delivered(served(method, &delivery), party, false, day("2024-03-15")).expect("it is stated")
    }

    const ORGANISATION: PartyKind = PartyKind::LegalPerson;

    #[test]
    fn service_as_its_way_needs_it_is_in_order() {
        for method in [Direct, Lien, Post, Electronic, Entrusted] {
            way(method, ORGANISATION, full(Taker::Representative)).unwrap();
            way(method, PartyKind::Citizen, full(Taker::Family)).unwrap();
        }
        way(Transferred, PartyKind::Citizen, full(Taker::Party)).unwrap();
        // Film takes the place of a witness.
        let filmed = Delivery { witnesses: vec![], recording_sha256: Some(sample::sha()), ..full(Taker::Party) };
        way(Lien, PartyKind::Citizen, filmed).unwrap();
    }

    #[test]
    fn refuses_service_that_lacks_what_its_way_needs() {
        let lacks = |method, change: fn(&mut Delivery)| {
            let mut delivery = full(Taker::Appointee);
            change(&mut delivery);
            way(method, ORGANISATION, delivery).unwrap_err();
        };
        for method in [Direct, Entrusted] {
            lacks(method, |d| d.taken_by = None);
            lacks(method, |d| d.signed = false);
        }
        lacks(Lien, |d| d.refused = Some(" ".into()));
        lacks(Lien, |d| d.witnesses = vec![" ".into()]);
        for method in [Post, Entrusted] {
            lacks(method, |d| d.sent_on = None);
        }
        for method in [Post, Electronic, Entrusted] {
            lacks(method, |d| d.received_on = None);
        }
        for method in [Direct, Lien, Post, Electronic, Entrusted] {
            lacks(method, |d| d.through = String::new());
        }
    }

    #[test]
    fn refuses_a_letter_that_came_back() {
        way(Post, ORGANISATION, Delivery { signed: false, ..full(Taker::Receptionist) }).unwrap_err();
    }

    #[test]
    fn refuses_a_taker_who_cannot_take_it() {
        way(Direct, ORGANISATION, full(Taker::Family)).unwrap_err();
        way(Direct, PartyKind::Citizen, full(Taker::Receptionist)).unwrap_err();
        // A barracks or a prison hands it to the party itself; an organisation is in neither.
        way(Transferred, PartyKind::Citizen, full(Taker::Agent)).unwrap_err();
        way(Transferred, ORGANISATION, full(Taker::Party)).unwrap_err();
    }

    #[test]
    fn refuses_service_without_its_course_once_it_is_asked() {
        let untold = |on| delivered(UNTOLD, ORGANISATION, false, day(on));
        assert_eq!(untold("2026-10-31"), None);
        untold("2026-11-01").expect("asked").unwrap_err();
    }

    #[test]
    fn refuses_a_document_whose_way_is_not_named() {
        let delivery = full(Taker::Representative);
        let nameless = Served { method: None, delivery: Some(&delivery) };
        delivered(nameless, ORGANISATION, false, day("2024-03-15")).expect("stated").unwrap_err();
        let untold = Served { method: None, delivery: None };
        assert_eq!(delivered(untold, ORGANISATION, false, day("2026-10-31")), None);
        delivered(untold, ORGANISATION, false, day("2026-11-01")).expect("asked").unwrap_err();
    }

    #[test]
    fn a_notice_that_was_announced_works_after_its_days() {
        let put_up = |on: Option<&str>| Delivery { sent_on: on.map(day), ..full(Taker::Party) };
        let works = |delivery: Delivery, on: &str| {
            announced(served(ServiceMethod::Announcement, &delivery), day(on), Calendar::china()).expect("stated")
        };
        works(put_up(Some("2024-03-13")), "2024-04-13").unwrap();
        works(put_up(Some("2024-03-13")), "2024-04-12").unwrap_err();
        works(put_up(None), "2024-04-13").unwrap_err();
        assert_eq!(announced(UNTOLD, day("2027-04-13"), Calendar::china()), None);
        let untold = Served { method: Some(ServiceMethod::Announcement), delivery: None };
        assert_eq!(announced(untold, day("2026-10-30"), Calendar::china()), None);
        announced(untold, day("2026-11-02"), Calendar::china()).expect("asked").unwrap_err();
    }

    #[test]
    fn a_refusal_on_the_spot_is_noted() {
        let noted = Delivery { signed: false, taken_by: None, ..full(Taker::Party) };
        let spot = |spot| delivered(served(Direct, &noted), PartyKind::Citizen, spot, day("2024-03-15"));
        spot(true).expect("stated").unwrap();
        spot(false).expect("stated").unwrap_err();
    }

    fn dated(on: &str) -> Option<Outcome> {
        on_its_day(served(Post, &full(Taker::Representative)), Some(day("2024-03-13")), day(on))
    }

    #[test]
    fn service_on_the_day_of_the_receipt_is_in_order() {
        dated("2024-03-15").expect("stated").unwrap();
        assert_eq!(on_its_day(UNTOLD, None, day("2024-03-15")), None);
    }

    #[test]
    fn refuses_service_dated_the_day_before_or_after_the_receipt() {
        // The day of posting would take two days from the party.
        for on in ["2024-03-13", "2024-03-14", "2024-03-16"] {
            dated(on).expect("stated").unwrap_err();
        }
    }

    #[test]
    fn refuses_service_of_what_was_sent_before_the_decision() {
        let delivery = full(Taker::Representative);
        let on = |decided| on_its_day(served(Post, &delivery), Some(day(decided)), day("2024-03-15")).expect("stated");
        on("2024-03-12").unwrap();
        on("2024-03-13").unwrap();
        on("2024-03-14").unwrap_err();
    }

    #[test]
    fn a_spot_decision_handed_over_that_day_is_in_order() {
        handed_over(Direct, Some(day("2024-03-13")), day("2024-03-13")).unwrap();
        handed_over(Lien, Some(day("2024-03-13")), day("2024-03-13")).unwrap();
    }

    #[test]
    fn finds_a_spot_decision_served_the_day_after() {
        handed_over(Direct, Some(day("2024-03-13")), day("2024-03-14")).unwrap_err();
        handed_over(Lien, Some(day("2024-03-13")), day("2024-03-14")).unwrap_err();
    }

    #[test]
    fn finds_a_spot_decision_sent_by_post() {
        handed_over(Post, Some(day("2024-03-13")), day("2024-03-13")).unwrap_err();
    }
}
