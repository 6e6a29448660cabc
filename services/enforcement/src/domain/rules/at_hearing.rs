//! How a hearing goes, and what may be decided after it.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use law::{Citation, citation::APL, id::OfficerCode};
use uuid::Uuid;

use super::{Outcome, asked, blank, fault};
use crate::domain::events::{ClosedGround, HearingAgent, HearingHeld};

law::card! {
    /// In public. 1. The agency. 2. Whether the hearing is open with the three grounds of the article. 3. The law of 2021. 4. State secrets, trade
    /// secrets and privacy, entered as the ground. 5. A closed hearing must give its ground from [`super::ASKED_SINCE`] on; one that was told without is not said to
    /// have kept the rule. 6. Closed for another reason there is no word for; open though a ground is given, what is protected would come
    /// out. 7. Refused. 8. APL 64, item 3.
    EN_HEARING_OPEN "EN-HEARING-OPEN" Gate "听证公开举行" "hearing in public"; Citation::article(&APL, 64);
    "除涉及国家秘密、商业秘密或者个人隐私外，听证公开举行"; "a hearing is open, but for state secrets, trade secrets and privacy";
    plans ;
    compares "听证是否公开与不公开的三种情形" "whether the hearing is open with the three grounds for closing it";
    except "涉及国家秘密、商业秘密或者个人隐私" "state secrets, trade secrets, privacy";
    since 2021 7 15;
    allows a_hearing_is_closed_for_a_secret; refuses refuses_a_closed_hearing_without_ground, refuses_an_open_hearing_about_a_secret
}
law::card! {
    /// Agents. 1. The agency, which must let them speak. 2. How many there are with one or two, and whether each has an authority. 3. The
    /// law of 2021. 4. None; a party that comes itself needs none. 5. Without agents the rule is not held against the hearing. 6. An agent without
    /// authority binds nobody: what he gives up is given up by nobody. 7. Refused. 8. APL 64, item 5.
    EN_HEARING_AGENTS "EN-HEARING-AGENTS" Limit "听证代理人" "agents at a hearing"; Citation::article(&APL, 64);
    "当事人可以委托一至二人代理，并应当有授权"; "the party may be spoken for by one or two agents, each with an authority";
    plans ;
    compares "代理人数和授权与一至二人" "the number of agents and their authorities with one or two";
    params "agents_max" = AGENTS_MAX "persons"; since 2021 7 15;
    allows two_agents_with_authority_may_speak; refuses refuses_a_third_agent, refuses_an_agent_without_authority
}
law::card! {
    /// Given up by staying away. 1. Party and agency: only without good reason is a hearing given up. 2. The reason that the party gave with
    /// the host's answer to it. 3. The law of 2021. 4. A good reason: the hearing is told again for another day. 5. A reason without an answer
    /// is not taken for a bad one; where none was given, the host's note must say who was called. 6. A hearing that was not told in
    /// time is given up by nobody (EN-HEARING-NOTICE). 7. Refused. 8. APL 64, item 6.
    EN_HEARING_ABSENT "EN-HEARING-ABSENT" Gate "视为放弃听证" "hearing given up"; Citation::article(&APL, 64);
    "当事人及其代理人无正当理由拒不出席或者未经许可中途退出听证的，视为放弃听证权利，终止听证";
    "who stays away from the hearing without good reason, or leaves without leave, has given it up";
    plans ;
    compares "当事人所述理由与主持人的认定" "the reason that the party gave with the host's answer";
    except "有正当理由的" "a good reason";
    since 2021 7 15;
    allows who_stays_away_without_reason_gives_the_hearing_up; refuses refuses_an_absence_whose_reason_nobody_answered, refuses_an_absence_that_nobody_noted
}
law::card! {
    /// Presented and examined. 1. The agency. 2. The evidence brought to the hearing with the file of that time, and whether the party
    /// could defend itself and examine it. 3. The law of 2021. 4. None. 5. A hearing that says nothing of it is held to it from
    /// [`super::ASKED_SINCE`] on. 6. Evidence that was excluded, or gathered later, was not examined. 7. Refused. 8. APL 64, item 7.
    EN_HEARING_EXAMINED "EN-HEARING-EXAMINED" Gate "举证质证" "evidence examined at the hearing"; Citation::article(&APL, 64);
    "举行听证时，调查人员提出违法的事实、证据和处罚建议，当事人进行申辩和质证";
    "at the hearing the investigators bring facts, evidence and proposal, and the party defends itself and examines them";
    plans ;
    compares "听证出示的证据与当时案卷中未被排除的证据" "the evidence presented with what was on file and not excluded";
    since 2021 7 15;
    allows evidence_presented_and_examined_is_in_order; refuses refuses_a_hearing_that_examined_nothing, refuses_evidence_that_was_not_on_file_at_the_hearing
}
law::card! {
    /// By the record. 1. The agency. 2. The evidence of the decision, and the day of the last conclusion, with the hearing: what it had and when
    /// it was. For every penalty, and for every piece of evidence. 3. The law of 2021. 4. None: what came out in the party's favour is decided
    /// on the record as it stands, without concluding anew. 5. A hearing that does not say what was presented: evidence is held against the
    /// day on which it was gathered. 6. Concluding once more, or adding evidence, after the hearing: the party is told again, and has a new hearing; the same evidence under another id was
    /// gathered later, too. 7. Refused. 8. APL 65.
    EN_HEARING_BASIS "EN-HEARING-BASIS" Gate "依据听证笔录决定" "decided by the record of the hearing"; Citation::article(&APL, 65);
    "听证结束后，应当根据听证笔录作出决定；听证后查明的事实、收集的证据应当重新告知并听证";
    "after a hearing the decision follows its record; facts and evidence found since are told again and heard";
    plans "XS 五3";
    compares "决定引用的证据、调查终结的时间与听证时间和出示的证据" "the evidence cited and the day of the conclusion with the hearing and what it was shown";
    since 2021 7 15;
    allows a_decision_on_what_the_hearing_had_is_in_order; refuses refuses_evidence_gathered_after_the_hearing, refuses_evidence_that_the_hearing_was_not_shown, refuses_findings_concluded_after_the_hearing
}

/// How many agents a party may bring.
const AGENTS_MAX: usize = 2;

/// EN-HEARING-OPEN; none where a closed hearing need not give its ground yet, and does not.
pub fn open(public: bool, ground: Option<ClosedGround>, day: Date) -> Option<Outcome> {
    match (public, ground) {
        (true, Some(ground)) => Some(fault(
            format!("{}的听证不公开举行；请改为不公开，或者删去该理由", ground.zh()),
            format!("a hearing about {} is closed; close it, or take the ground away", ground.en()),
        )),
        (false, None) => asked(day).then(|| {
            fault(
                "没有写明不公开听证的理由；请写明涉及国家秘密、商业秘密或者个人隐私，或者公开举行",
                "there is no ground for closing the hearing; name state secrets, trade secrets or privacy, or hold it in public",
            )
        }),
        (true, None) | (false, Some(_)) => Some(Ok(())),
    }
}

/// EN-HEARING-HOST: a host who was recused hosts no hearing.
pub fn not_recused(host: &OfficerCode, recused: &BTreeSet<OfficerCode>) -> Outcome {
    if recused.contains(host) {
        return fault(
            format!("{host} 已被决定回避，不得主持听证；请另行指定主持人"),
            format!("{host} was recused and may not host the hearing; name somebody else"),
        );
    }
    Ok(())
}

/// EN-HEARING-HOST: nor one whose recusal was asked for and not decided yet.
pub fn recusal_decided(host: &OfficerCode, open: &BTreeSet<OfficerCode>) -> Outcome {
    if open.contains(host) {
        return fault(
            format!("对主持人 {host} 的回避申请尚未决定；请先由负责人决定"),
            format!("the request that {host} withdraw has not been decided; let the head decide it first"),
        );
    }
    Ok(())
}

/// EN-HEARING-AGENTS; none where the party came without.
pub fn represented(agents: &[HearingAgent]) -> Option<Outcome> {
    if agents.len() > AGENTS_MAX {
        return Some(fault(
            format!("代理人有{}人；最多委托二人，请由当事人确定", agents.len()),
            format!("there are {} agents; let the party choose at most {AGENTS_MAX}", agents.len()),
        ));
    }
    let bare = agents.iter().find(|agent| blank(&agent.authority));
    match bare {
        Some(agent) => Some(fault(
            format!("{}没有授权委托书；请补交后再参加听证", agent.capacity),
            format!("the agent ({}) has no authority; have it handed in first", agent.capacity),
        )),
        None => (!agents.is_empty()).then_some(Ok(())),
    }
}

/// EN-HEARING-ABSENT.
pub fn given_up(note: &str, excuse: Option<&str>, answer: Option<&str>) -> Outcome {
    if blank(note) {
        return fault(
            "主持人没有注明缺席或者退出的情况；请注明",
            "the host did not note how the party stayed away or left; note it",
        );
    }
    if excuse.is_some_and(|excuse| !blank(excuse)) && answer.is_none_or(blank) {
        return fault(
            "没有说明当事人所述理由为何不正当；理由正当的请另行通知听证时间",
            "it is not said why the party's reason is no good one; if it is, tell another day for the hearing",
        );
    }
    Ok(())
}

/// EN-HEARING-EXAMINED; none where the record need not say it yet, and does not. `counts`: on file by then, and not excluded.
pub fn examined(
    presented: &[Uuid],
    examined: Option<bool>,
    counts: impl Fn(&Uuid) -> bool,
    day: Date,
) -> Option<Outcome> {
    if presented.is_empty() && examined.is_none() && !asked(day) {
        return None;
    }
    if let Some(id) = presented.iter().find(|id| !counts(id)) {
        return Some(fault(
            format!("听证时案卷中没有证据 {id}，或者已被排除；请删去"),
            format!("evidence {id} was not on file at the hearing, or was excluded; leave it out"),
        ));
    }
    if presented.is_empty() || examined != Some(true) {
        return Some(fault(
            "没有记明调查人员出示的证据和当事人的申辩、质证；请补充，未经质证的请再次听证",
            "the evidence presented, and the party's defence and examination, are not on record; add them, or hear the party again",
        ));
    }
    Some(Ok(()))
}

/// EN-HEARING-BASIS, of a decision after this hearing. `later`: gathered after it.
pub fn on_its_record(
    held: &HearingHeld,
    concluded: Option<Timestamp>,
    cited: &[Uuid],
    later: impl Fn(&Uuid) -> bool,
) -> Outcome {
    if concluded.zip(held.at).is_some_and(|(concluded, held)| held < concluded) {
        return fault(
            "听证后又重新终结调查；请按新的事实重新告知，并告知听证权利",
            "the investigation was concluded anew after the hearing; tell the party of the new facts and of its right to a hearing",
        );
    }
    if let Some(id) = cited.iter().find(|id| later(id)) {
        return fault(
            format!("证据 {id} 是听证后收集的，没有经过质证；请重新告知并听证，或者不引用"),
            format!(
                "evidence {id} was gathered after the hearing and never examined; tell the party and hear it again, or leave it out"
            ),
        );
    }
    if let Some(id) = cited.iter().find(|id| !held.presented.is_empty() && !held.presented.contains(id)) {
        return fault(
            format!("证据 {id} 没有在听证中出示；不得作为决定的根据"),
            format!("evidence {id} was not presented at the hearing; the decision cannot rest on it"),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::{self, at, code, day, id};

    const BEFORE: &str = "2026-10-31";
    const SINCE: &str = "2026-11-01";

    #[test]
    fn a_hearing_is_closed_for_a_secret() {
        open(false, Some(ClosedGround::TradeSecret), day(BEFORE)).expect("stated").unwrap();
        open(true, None, day(SINCE)).expect("stated").unwrap();
    }

    #[test]
    fn refuses_a_closed_hearing_without_ground() {
        assert_eq!(open(false, None, day(BEFORE)), None);
        open(false, None, day(SINCE)).expect("asked").unwrap_err();
    }

    #[test]
    fn refuses_an_open_hearing_about_a_secret() {
        open(true, Some(ClosedGround::Privacy), day(BEFORE)).expect("stated").unwrap_err();
    }

    fn agent(authority: &str) -> HearingAgent {
        HearingAgent { capacity: "律师".into(), authority: authority.into() }
    }

    #[test]
    fn two_agents_with_authority_may_speak() {
        represented(&[agent("授权委托书1"), agent("授权委托书2")]).expect("some").unwrap();
        assert_eq!(represented(&[]), None);
    }

    #[test]
    fn refuses_a_third_agent() {
        represented(&[agent("1"), agent("2"), agent("3")]).expect("some").unwrap_err();
    }

    #[test]
    fn refuses_an_agent_without_authority() {
        represented(&[agent("授权委托书1"), agent(" ")]).expect("some").unwrap_err();
    }

    #[test]
    fn who_stays_away_without_reason_gives_the_hearing_up() {
        given_up("九时整三次传唤，无人到场", None, None).unwrap();
        given_up("电话称有事", Some("外出进货"), Some("可以委托代理人，不属正当理由")).unwrap();
    }

    #[test]
    fn refuses_an_absence_whose_reason_nobody_answered() {
        given_up("电话称住院", Some("住院"), None).unwrap_err();
        given_up("电话称住院", Some("住院"), Some(" ")).unwrap_err();
    }

    #[test]
    fn refuses_an_absence_that_nobody_noted() {
        given_up(" ", None, None).unwrap_err();
    }

    #[test]
    fn evidence_presented_and_examined_is_in_order() {
        examined(&[id(100)], Some(true), |_| true, day(SINCE)).expect("stated").unwrap();
    }

    #[test]
    fn refuses_a_hearing_that_examined_nothing() {
        assert_eq!(examined(&[], None, |_| true, day(BEFORE)), None);
        examined(&[], None, |_| true, day(SINCE)).expect("asked").unwrap_err();
        examined(&[id(100)], None, |_| true, day(BEFORE)).expect("stated").unwrap_err();
        examined(&[id(100)], Some(false), |_| true, day(BEFORE)).expect("stated").unwrap_err();
        examined(&[], Some(true), |_| true, day(BEFORE)).expect("stated").unwrap_err();
    }

    #[test]
    fn refuses_evidence_that_was_not_on_file_at_the_hearing() {
        examined(&[id(100)], Some(true), |_| false, day(BEFORE)).expect("stated").unwrap_err();
    }

    #[test]
    fn a_recused_host_hosts_nothing_nor_one_whose_recusal_is_open() {
        let host = code("A9");
        let named = BTreeSet::from([host.clone()]);
        not_recused(&host, &named).unwrap_err();
        recusal_decided(&host, &named).unwrap_err();
        not_recused(&host, &BTreeSet::new()).unwrap();
        recusal_decided(&host, &BTreeSet::from([code("A1")])).unwrap();
    }

    fn decide(presented: Vec<Uuid>, concluded: &str, later: bool) -> Outcome {
        let held = HearingHeld { presented, at: Some(at("2024-03-21T09:00")), ..sample::hearing_held() };
        on_its_record(&held, Some(at(concluded)), &[id(100)], |_| later)
    }

    #[test]
    fn a_decision_on_what_the_hearing_had_is_in_order() {
        decide(vec![id(100), id(101)], "2024-03-03T10:00", false).unwrap();
        decide(vec![], "2024-03-21T09:00", false).unwrap();
    }

    #[test]
    fn refuses_evidence_gathered_after_the_hearing() {
        decide(vec![], "2024-03-03T10:00", true).unwrap_err();
    }

    #[test]
    fn refuses_evidence_that_the_hearing_was_not_shown() {
        decide(vec![id(101)], "2024-03-03T10:00", false).unwrap_err();
    }

    #[test]
    fn refuses_findings_concluded_after_the_hearing() {
        decide(vec![id(100)], "2024-03-21T09:01", false).unwrap_err();
    }
}
