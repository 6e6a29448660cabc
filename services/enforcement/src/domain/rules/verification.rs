//! What must be known of evidence before facts rest on it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use law::{Citation, citation::APL};
use uuid::Uuid;

use super::{Outcome, asked, fault};
use crate::domain::events::EvidenceKind;

law::card! {
    /// Verified. 1. The agency. 2. Every piece of evidence that a penalty cites with what was found when it was verified, by the decision. 3. The law
    /// of 2021. 4. None. 5. A piece that nobody verified is asked for in decisions from [`super::ASKED_SINCE`] on; one that was found false is refused
    /// on any day; a file of before in which not all is verified is not said to have kept the rule. 6. Verified again: the last finding counts. Leaving it out of the
    /// decision is the remedy, not a way round. 7. Refused. 8. APL 46(2).
    EN_VERIFIED "EN-VERIFIED" Gate "证据查证属实" "evidence verified"; Citation::paragraph(&APL, 46, 2);
    "证据必须经查证属实，方可作为认定案件事实的根据"; "evidence is verified before facts rest on it";
    plans "FY 21";
    compares "决定引用的每件证据与作出决定时的查证结果" "every piece of evidence cited with what was found when it was verified";
    since 2021 7 15;
    allows verified_evidence_may_be_relied_on; refuses refuses_evidence_found_false, refuses_evidence_that_nobody_verified_once_it_is_asked
}
law::card! {
    /// What a device recorded. 1. The agency. 2. Every cited record of an automatic device with the review of its content. 3. The law of 2021. 4. None.
    /// 5. As EN-VERIFIED: the review of a record is its verification. 6. That the device was reviewed (EN-DEVICE) says nothing of the record.
    /// 7. Refused. 8. APL 41(2).
    EN_DEVICE_RECORD "EN-DEVICE-RECORD" Gate "监控记录审核" "review of what a device recorded"; Citation::paragraph(&APL, 41, 2);
    "电子技术监控设备的记录内容未经审核或者经审核不符合要求的，不得作为证据";
    "what an automatic device recorded is no evidence unless its content was reviewed and meets the demands";
    plans ;
    compares "决定引用的监控记录与其内容的审核结果" "each cited record of a device with the review of its content";
    since 2021 7 15;
    allows a_reviewed_record_counts; refuses refuses_a_record_that_failed_its_review, refuses_a_record_that_nobody_reviewed_once_it_is_asked
}
law::card! {
    /// The party can look. 1. The agency. 2. Every cited record of an automatic device with the way in which the party may look at it. 3. The law of 2021. 4. None. 5. Asked
    /// of decisions from [`super::ASKED_SINCE`] on. 6. A way that is none, said in words, no record can tell. 7. A finding. 8. APL 41(3).
    EN_DEVICE_QUERY "EN-DEVICE-QUERY" Duty "监控记录查询" "looking at what a device recorded"; Citation::paragraph(&APL, 41, 3);
    "应当及时告知当事人违法事实，为当事人查询、陈述和申辩提供便利"; "the party is told in time, and how it may look at the record";
    plans ;
    compares "决定引用的监控记录与向当事人提供的查询途径" "each cited record of a device with the way in which the party may look at it";
    since 2021 7 15;
    allows a_record_that_the_party_may_look_at_is_in_order; refuses finds_a_record_that_nobody_may_look_at
}
law::card! {
    /// The certificate is shown. 1. The officers. 2. Whether they showed it, where they met somebody: statements, testimony, records made on the spot. 3. The law of
    /// 2021. 4. None. 5. Asked of evidence from [`super::ASKED_SINCE`] on. 6. Taken as documents, the same would need no certificate: the kind is of the closed
    /// set, and shows. 7. Refused: without it nobody need answer. 8. APL 55(1).
    EN_SHOW "EN-SHOW" Gate "出示执法证件" "certificate shown"; Citation::paragraph(&APL, 55, 1);
    "执法人员在调查或者进行检查时，应当主动向当事人或者有关人员出示执法证件";
    "officers show their certificates to whom they question or inspect";
    plans "FY 24";
    compares "向当事人或者有关人员取证的证据与是否出示证件" "evidence taken from somebody with whether the certificate was shown";
    since 2021 7 15;
    allows evidence_taken_after_showing_the_certificate_is_in_order; refuses refuses_a_statement_taken_without_showing_the_certificate
}
law::card! {
    /// Samples. 1. The agency. 2. The sample with its record. 3. The law of 2021. 4. None. 5. A sample without a record is none. 6. A record that is not
    /// stored, or another's. 7. Refused. 8. APL 56, with 55(2): of an inspection there is a record.
    EN_SAMPLE "EN-SAMPLE" Gate "抽样取证" "samples"; Citation::article(&APL, 56), Citation::paragraph(&APL, 55, 2);
    "抽样取证应当制作笔录，载明物品和数量，并交付凭证"; "of a sample there is a record of what and how much was taken, and a receipt for it";
    plans ;
    compares "抽样与其笔录、数量和凭证" "the sample with its record, quantity and receipt";
    since 2021 7 15;
    allows a_sample_with_record_and_receipt_is_in_order; refuses refuses_a_sample_without_record_or_receipt
}

/// What is known of a piece of evidence when it is decided on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// What was found when it was verified; none where nobody did.
    pub genuine: Option<bool>,
    /// An automatic device recorded it.
    pub device: bool,
    /// The party may look at it.
    pub query: bool,
    /// The device was not reviewed, or its place not published.
    pub unreviewed: bool,
    /// It was recorded without its source or bytes.
    pub bare: bool,
}

/// EN-VERIFIED and, for `devices`, EN-DEVICE-RECORD; none where the record need not say it yet, and does not. `known`: what is
/// known of each piece that the decision cites.
pub fn verified(known: &BTreeMap<Uuid, Known>, devices: bool, day: Date) -> Option<Outcome> {
    let mut cited = known.iter().filter(|(_, known)| !devices || known.device).peekable();
    cited.peek()?;
    let mut all = true;
    for (id, known) in cited {
        match known.genuine {
            Some(true) => {}
            Some(false) => {
                return Some(fault(
                    format!("证据 {id} 经查证、审核不属实或者不符合要求，不得作为根据；请删去"),
                    format!("evidence {id} was found false or not to meet the demands; leave it out"),
                ));
            }
            None if asked(day) => {
                return Some(fault(
                    format!("证据 {id} 未经查证、审核；请查证属实后再作为根据"),
                    format!("evidence {id} was not verified; verify it before anything rests on it"),
                ));
            }
            None => all = false,
        }
    }
    all.then_some(Ok(()))
}

/// EN-DEVICE-QUERY; none where the decision cites no record of a device, or it need not say it yet and does not.
pub fn may_be_looked_at(known: &BTreeMap<Uuid, Known>, day: Date) -> Option<Outcome> {
    let mut records = known.iter().filter(|(_, known)| known.device).peekable();
    records.peek()?;
    match records.find(|(_, known)| !known.query) {
        None => Some(Ok(())),
        Some((id, _)) => asked(day).then(|| {
            fault(
                format!("没有写明当事人如何查询监控记录 {id}；请告知查询途径"),
                format!("it is not said how the party may look at the record {id}; tell it how"),
            )
        }),
    }
}

/// EN-SHOW; none for evidence that was taken from nobody, and where the record need not say it yet and does not.
pub fn shown(kind: EvidenceKind, device: bool, shown: Option<bool>, day: Date) -> Option<Outcome> {
    use EvidenceKind::*;
    let met = match kind {
        Testimony | PartyStatement | SiteRecord => !device,
        Documentary | Physical | AudioVisual | Electronic | ExpertOpinion => false,
    };
    match shown.filter(|_| met) {
        Some(true) => Some(Ok(())),
        None if !met || !asked(day) => None,
        Some(false) | None => Some(fault(
            "没有记明已出示执法证件；请出示证件后取证并记明",
            "it is not on record that the certificate was shown; show it, take the evidence then, and say so",
        )),
    }
}

/// EN-SAMPLE.
pub fn sampled(record_sha256: &str, quantity: &str, receipt: &str) -> Outcome {
    if [record_sha256, quantity, receipt].into_iter().any(super::blank) {
        return fault(
            "抽样缺少笔录、数量或者凭证；请补齐",
            "the sample lacks its record, its quantity or the receipt; add them",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, day, id};

    const BEFORE: &str = "2026-10-31";
    const SINCE: &str = "2026-11-01";

    fn cited(genuine: &[Option<bool>], device: bool) -> BTreeMap<Uuid, Known> {
        let known = |(n, genuine): (usize, &Option<bool>)| {
            (id(n as u128), Known { genuine: *genuine, device, ..Known::default() })
        };
        genuine.iter().enumerate().map(known).collect()
    }

    #[test]
    fn verified_evidence_may_be_relied_on() {
        verified(&cited(&[Some(true), Some(true)], false), false, day(SINCE)).expect("all").unwrap();
        assert_eq!(verified(&cited(&[], false), false, day(SINCE)), None);
    }

    #[test]
    fn refuses_evidence_found_false() {
        verified(&cited(&[None, Some(false)], false), false, day(BEFORE)).expect("one").unwrap_err();
    }

    #[test]
    fn refuses_evidence_that_nobody_verified_once_it_is_asked() {
        let half = cited(&[Some(true), None], false);
        assert_eq!(verified(&half, false, day(BEFORE)), None);
        verified(&half, false, day(SINCE)).expect("asked").unwrap_err();
    }

    #[test]
    fn a_reviewed_record_counts() {
        verified(&cited(&[Some(true)], true), true, day(SINCE)).expect("all").unwrap();
        assert_eq!(verified(&cited(&[None], false), true, day(SINCE)), None, "no device");
    }

    #[test]
    fn refuses_a_record_that_failed_its_review() {
        verified(&cited(&[Some(false)], true), true, day(BEFORE)).expect("one").unwrap_err();
    }

    #[test]
    fn refuses_a_record_that_nobody_reviewed_once_it_is_asked() {
        assert_eq!(verified(&cited(&[None], true), true, day(BEFORE)), None);
        verified(&cited(&[None], true), true, day(SINCE)).expect("asked").unwrap_err();
    }

    fn looked_at(query: bool, device: bool, on: &str) -> Option<Outcome> {
        may_be_looked_at(&BTreeMap::from([(id(1), Known { device, query, ..Known::default() })]), day(on))
    }

    #[test]
    fn a_record_that_the_party_may_look_at_is_in_order() {
        looked_at(true, true, BEFORE).expect("a record").unwrap();
        assert_eq!(looked_at(false, false, SINCE), None);
    }

    #[test]
    fn finds_a_record_that_nobody_may_look_at() {
        assert_eq!(looked_at(false, true, BEFORE), None);
        looked_at(false, true, SINCE).expect("asked").unwrap_err();
    }

    #[test]
    fn evidence_taken_after_showing_the_certificate_is_in_order() {
        shown(EvidenceKind::Testimony, false, Some(true), day(BEFORE)).expect("stated").unwrap();
        assert_eq!(shown(EvidenceKind::Documentary, false, None, day(SINCE)), None);
        assert_eq!(shown(EvidenceKind::SiteRecord, true, None, day(SINCE)), None, "nobody was met by a device");
    }

    #[test]
    fn refuses_a_statement_taken_without_showing_the_certificate() {
        for kind in [EvidenceKind::PartyStatement, EvidenceKind::Testimony, EvidenceKind::SiteRecord] {
            shown(kind, false, Some(false), day(BEFORE)).expect("stated").unwrap_err();
            assert_eq!(shown(kind, false, None, day(BEFORE)), None);
            shown(kind, false, None, day(SINCE)).expect("asked").unwrap_err();
        }
    }

    #[test]
    fn a_sample_with_record_and_receipt_is_in_order() {
        sampled(&sample::sha(), "3瓶", "抽样取证凭证1号").unwrap();
    }

    #[test]
    fn refuses_a_sample_without_record_or_receipt() {
        sampled("", "3瓶", "凭证").unwrap_err();
        sampled(&sample::sha(), " ", "凭证").unwrap_err();
        sampled(&sample::sha(), "3瓶", "").unwrap_err();
    }
}
