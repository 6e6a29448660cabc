//! Who handles it, copy and answer, evidence, hearing of the parties.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use law::{
    Citation,
    calendar::{Calendar, in_time},
    check::{Outcome, blank, fault},
    citation::{ALR, ARL},
    day_of,
    id::OfficerCode,
    period::Period,
};
use lists::facts::{OfficerFact, PenaltyKind};

use crate::domain::{
    events::{AnswerGiven, Appealed, EvidenceAdded, FileRead, Handler, HearingHeld, OpinionHeard},
    words::{ActKind, Procedure, SimpleGround, Speaker},
};

/// How many handle a case at least.
const HANDLERS_MIN: usize = 2;
/// The first day on which the law asked a beginner for the qualification: the version of 1 September 2017.
const QUALIFIED_SINCE: Date = jiff::civil::date(2018, 1, 1);
/// The most that a case may be about in the simple procedure.
const SMALL_SUM_FEN_MAX: i64 = 300_000;
/// Most agents of one person.
const AGENTS_MAX: u32 = 2;
/// Most representatives of several applicants.
const REPRESENTATIVES_MAX: u32 = 5;
/// More applicants than this name representatives.
const APPLICANTS_MAX: u32 = 5;
/// The time to send the copy.
pub const COPY: Period = Period::WorkingDays(COPY_DAYS);
/// The same in days.
const COPY_DAYS: u16 = 7;
/// In the simple procedure.
pub const COPY_SIMPLE: Period = Period::WorkingDays(COPY_SIMPLE_DAYS);
/// The same in days.
const COPY_SIMPLE_DAYS: u16 = 3;
/// How much longer it is in the ordinary procedure.
pub const COPY_MORE: Period = Period::WorkingDays(COPY_DAYS - COPY_SIMPLE_DAYS);
/// The respondent's time to answer.
pub const ANSWER: Period = Period::WorkingDays(ANSWER_DAYS);
/// The same in days.
const ANSWER_DAYS: u16 = 10;
/// In the simple procedure.
pub const ANSWER_SIMPLE: Period = Period::WorkingDays(ANSWER_SIMPLE_DAYS);
/// The same in days.
const ANSWER_SIMPLE_DAYS: u16 = 5;
/// How much longer it is in the ordinary procedure.
pub const ANSWER_MORE: Period = Period::WorkingDays(ANSWER_DAYS - ANSWER_SIMPLE_DAYS);
/// How long before a hearing it is told.
const HEARING_NOTICE: Period = Period::WorkingDays(5);
/// How many sit beside the host at least.
const ASSESSORS_MIN: usize = 2;

law::card! {
    /// Two handle it. 1. The organ. 2. The persons assigned, counted once each. 5. None on record is none: an assignment and the decision are
    /// held against it, so that nothing is decided by nobody. 6. One named twice counts once. 7. Refused. 8. ALR 32, plans.
    RE_TWO "RE-TWO" Gate "两人办理复议" "two staff handle it"; Citation::article(&ALR, 32), Citation::paragraph(&ARL, 36, 1);
    "行政复议案件由两名以上行政复议人员办理"; "at least two of the reconsideration staff handle a case";
    plans "SB 九" "FY 33"; compares "承办人员人数与两名" "the number of handlers with two"; params "handlers_min" = HANDLERS_MIN "persons"; since 2024 1 1;
    allows two_handlers_may_handle_a_case; refuses refuses_one_handler_even_if_named_twice, refuses_a_decision_that_nobody_handled
}
law::card! {
    /// Qualified. 1. The organ, for its staff. 2. The list's entry with the qualification. 4. Who began before 2018 (the law
    /// asks beginners). 5. Whom the list does not know has none; no day of beginning is a beginner. 7. Refused. 8. ARL 6(2).
    RE_QUALIFIED "RE-QUALIFIED" Gate "复议人员资格" "qualified staff"; Citation::paragraph(&ARL, 6, 2);
    "初次从事行政复议工作的人员应当取得法律职业资格"; "whoever begins to handle reconsiderations has the legal profession qualification";
    plans "FY 33" "TA 32"; compares "承办人员与人员名录记载的资格" "each handler with the qualification on the list"; except "2018年1月1日前已经从事的" "began before 2018-01-01"; since 2024 1 1;
    allows a_qualified_handler_may_handle, one_who_began_before_2018_may_go_on; refuses refuses_a_beginner_without_qualification, refuses_a_handler_whom_the_list_does_not_know
}
law::card! {
    /// The simple procedure. 1. The organ. 2. The act with the ground named. 4. All parties agreeing. 5. A sum that nobody has told is not
    /// small. 6. A ground the file does not bear; the way back is RE-SIXTY's: what ran out under it stays missed. 7. Refused. 8. ARL 53.
    RE_SIMPLE "RE-SIMPLE" Gate "复议简易程序" "simple procedure"; Citation::article(&ARL, 53);
    "简易程序适用于当场作出、警告或者通报批评、款额三千元以下、政府信息公开案件，或者当事人各方同意的案件";
    "the simple procedure is for acts on the spot, warnings, at most 3,000 yuan, disclosure, or with the consent of all";
    plans "FY 33"; compares "行政行为与所称的简易程序情形" "the act with the ground named"; params "fen_max" = SMALL_SUM_FEN_MAX "fen"; since 2024 1 1;
    allows three_thousand_yuan_are_simple, what_all_agree_to_is_simple; refuses refuses_three_thousand_yuan_and_a_fen, refuses_a_ground_that_the_act_does_not_bear
}
law::card! {
    /// Who speaks. 1. The applicants. 2. Numbers. 5. No paper is no authority. 7. Refused. 8. ARL 15, 17; ALR 8.
    RE_SPEAKERS "RE-SPEAKERS" Limit "代表人与代理人" "representatives and agents"; Citation::article(&ARL, 15), Citation::article(&ARL, 17), Citation::article(&ALR, 8);
    "申请人超过五人的推选一至五名代表人；委托代理人一至二名并提交授权委托书";
    "more than five applicants name one to five representatives; an agent or two act under a written authority";
    plans ; owed by Party; compares "代表人、代理人的人数" "how many speak"; params "agents_max" = AGENTS_MAX "persons", "representatives_max" = REPRESENTATIVES_MAX "persons", "applicants_max" = APPLICANTS_MAX "persons"; since 2024 1 1;
    allows two_agents_or_five_representatives_may_speak; refuses refuses_a_third_agent_or_a_sixth_representative, refuses_representatives_of_five
}
law::card! {
    /// The copy. 1. The organ. 2. The day it was sent with the seventh (third) working day after acceptance, also where silence accepted.
    /// 6. A change to the ordinary procedure gives four days more only while the three run. 8. ARL 48, 54.
    RE_COPY "RE-COPY" Deadline "副本发送期限" "time to send the copy"; Citation::article(&ARL, 48), Citation::paragraph(&ARL, 54, 1);
    "自受理之日起七个工作日内（简易程序三个工作日）将申请书副本发送被申请人";
    "the respondent is sent the copy within 7 working days of acceptance (3 in the simple procedure)";
    plans "FY 33"; compares "副本发送之日与受理之日起的七（三）个工作日" "the day it was sent with seven (three) working days from acceptance";
    params "period" = COPY, "simple" = COPY_SIMPLE; since 2024 1 1;
    allows a_copy_on_the_seventh_working_day_is_in_time; refuses a_copy_on_the_eighth_working_day_is_late
}
law::card! {
    /// The answer. 1. The respondent: it is its clock, in its own name, not the organ's. 2. The day of the answer with the tenth (fifth) working
    /// day after the copy arrived. 6. A late answer counts as none (RE-NO-EVIDENCE). 8. ARL 48, 54.
    RE_ANSWER "RE-ANSWER" Deadline "被申请人答复期限" "time for the respondent to answer"; Citation::article(&ARL, 48), Citation::paragraph(&ARL, 54, 1);
    "被申请人自收到副本之日起十个工作日内（简易程序五个工作日）提出书面答复并提交证据、依据";
    "the respondent answers with evidence and provisions within 10 working days of the copy (5 in the simple procedure)";
    plans "FY 33" "TA 33"; compares "答复之日与收到副本之日起的十（五）个工作日" "the day of the answer with ten (five) working days from the copy";
    params "period" = ANSWER, "simple" = ANSWER_SIMPLE; since 2024 1 1;
    allows an_answer_on_the_tenth_working_day_is_in_time; refuses an_answer_on_the_eleventh_working_day_is_late
}
law::card! {
    /// With everything. The respondent is bound; an answer without evidence or provisions is recorded, and counts as none.
    RE_ANSWER_FULL "RE-ANSWER-FULL" Duty "答复附证据依据" "answer with evidence"; Citation::article(&ARL, 48), Citation::article(&ARL, 44);
    "答复应当附作出行政行为的证据、依据"; "the answer comes with the evidence and the provisions of the act";
    plans "TA 33"; since 2024 1 1;
    allows an_answer_with_evidence_and_provisions_is_complete; refuses finds_an_answer_without_evidence_or_provisions
}
law::card! {
    /// Nothing gathered afterwards. 1. The respondent. 2. The day the evidence was gathered with the day of acceptance; why it is added.
    /// 4. New reasons of the applicant or a third party, with the institution's consent (46(2)): for evidence that there was.
    /// 5. Without a new reason or a consent there is none. 6. Calling it supplementary: it is the day of gathering that counts. 7. Refused. 8. ARL 46.
    RE_NO_AFTER "RE-NO-AFTER" Gate "不得事后取证" "no evidence afterwards"; Citation::article(&ARL, 46);
    "复议期间被申请人不得自行收集证据；申请人、第三人提出新的理由或者证据的，经同意可以补充";
    "the respondent gathers no evidence during the reconsideration; it may add some with consent where new reasons came up";
    plans ; compares "证据收集之日与受理之日" "the day it was gathered with the day of acceptance"; except "申请人、第三人提出新的理由或者证据并经同意" "new reasons of the other side, with consent"; since 2024 1 1;
    allows older_evidence_may_be_added_to_new_reasons_with_consent; refuses refuses_evidence_gathered_from_acceptance_on, refuses_to_add_without_new_reasons_or_consent
}
law::card! {
    /// Two take evidence, and show their cards. 1. The organ. 5. Not told is not shown. 7. Refused. 8. ARL 45(2).
    RE_INQUIRY "RE-INQUIRY" Gate "复议调查取证" "inquiry by two"; Citation::paragraph(&ARL, 45, 2);
    "调查取证时复议人员不得少于两人，并应当出示工作证件"; "at least two take evidence, and they show their cards";
    plans "TA 32" "BT 39"; since 2024 1 1;
    allows two_with_cards_may_take_evidence; refuses refuses_one_or_no_cards
}
law::card! {
    /// The file is open. 1. The organ. 2. A refusal with the four grounds. 5. No ground named is none. 6. One secret closes what it covers: what is kept back is
    /// said. 7. Refused. 8. ARL 47.
    RE_READ "RE-READ" Gate "查阅案卷" "reading the file"; Citation::article(&ARL, 47);
    "申请人、第三人可以查阅案卷，除涉及国家秘密、商业秘密、个人隐私或者危及安全稳定外应当同意";
    "applicants and third parties read the file, but for state or trade secrets, privacy and security";
    plans "TA 32"; since 2024 1 1;
    allows a_file_is_read_or_kept_back_in_part_for_a_secret; refuses refuses_to_keep_back_without_a_ground
}
law::card! {
    /// Heard. 1. The organ. 2. In the ordinary procedure, every decision with the hearings on record: the applicant's is asked for, because the
    /// decision is on his application. 4. A party that cannot be heard for reasons of its own: the reason is on record. 5. An empty record is none.
    /// 6. Hearing afterwards: only what happened before the decision counts. 7. Recorded. 8. ARL 49.
    RE_HEARD "RE-HEARD" Duty "听取当事人意见" "parties heard"; Citation::article(&ARL, 49);
    "普通程序应当听取当事人意见并记录在案；因当事人原因不能听取的可以书面审理";
    "in the ordinary procedure the parties are heard, with a record; where a party is the reason that it is not, that is on record";
    plans "FY 33" "TA 32"; except "因当事人原因不能听取" "a party that is the reason", "简易程序" "the simple procedure"; since 2024 1 1;
    allows a_heard_case_is_in_order, a_party_that_cannot_be_reached_is_no_bar; refuses finds_a_decision_on_papers_alone
}
law::card! {
    /// A hearing where it is major, difficult or complex. 1. The organ. 2. What the handlers called it at any time with the hearing held before the decision.
    /// 6. Calling it simple again changes nothing: once said, it stays. 7. Refused. 8. ARL 50.
    RE_HEARING "RE-HEARING" Gate "复议听证" "hearing"; Citation::paragraph(&ARL, 50, 1);
    "重大、疑难、复杂的案件应当组织听证"; "a major, difficult or complex case has a hearing";
    plans "FY 33"; compares "案件性质与决定前的听证" "what kind of case it is with the hearing before the decision"; since 2024 1 1;
    allows a_complex_case_after_its_hearing_may_be_decided; refuses refuses_a_complex_case_without_hearing
}
law::card! {
    /// Told five working days ahead. 1. The organ. 2. The day of the notice with the day of the hearing. 5. No notice on record is none; without a calendar
    /// it is unchecked. 6. Held earlier than told. 7. Refused. 8. ARL 51(1).
    RE_HEARING_NOTICE "RE-HEARING-NOTICE" Gate "复议听证通知" "notice of the hearing"; Citation::paragraph(&ARL, 51, 1);
    "举行听证的五个工作日前书面通知时间、地点和事项"; "time, place and matters of a hearing are told 5 working days before";
    plans "FY 33"; compares "通知之日与听证之日" "the day of the notice with the day of the hearing"; params "ahead" = HEARING_NOTICE; since 2024 1 1;
    allows a_hearing_told_five_working_days_ahead_may_be_held; refuses refuses_a_hearing_told_four_working_days_ahead, refuses_a_hearing_that_was_not_told_or_is_earlier
}
law::card! {
    /// Host, two assessors, a recorder. 1. The organ. 5. 6. One person does not count twice. 7. Refused. 8. ARL 50(3).
    RE_HEARING_PANEL "RE-HEARING-PANEL" Gate "复议听证组成" "panel of the hearing"; Citation::paragraph(&ARL, 50, 3);
    "听证由一名主持人、两名以上听证员、一名记录员进行并制作笔录"; "a host, at least two assessors and a recorder hold the hearing, with a record";
    plans "FY 33"; params "assessors_min" = ASSESSORS_MIN "persons"; since 2024 1 1;
    allows a_host_and_two_assessors_may_hold_it; refuses refuses_one_assessor_or_no_record
}
law::card! {
    /// The respondent's head. 1. The respondent: it is its fault, not the organ's. 2. Who came. 4. A head who cannot come says why and sends
    /// somebody. 5. Nothing said is no reason. 7. Recorded. 8. ARL 51(3).
    RE_HEARING_HEAD "RE-HEARING-HEAD" Duty "负责人参加听证" "head attends the hearing"; Citation::paragraph(&ARL, 51, 3);
    "被申请人的负责人应当参加听证；不能参加的说明理由并委托工作人员"; "the respondent's head comes to the hearing, or says why not and sends somebody";
    plans "FY 33" "TA 33"; except "说明理由并委托工作人员" "a reason, and somebody sent"; since 2024 1 1;
    allows a_head_who_comes_or_sends_somebody_is_in_order; refuses finds_a_head_who_stays_away_without_a_word
}
law::card! {
    /// The committee. 1. The organ. 2. Complex, technical, or a province's own act, with an opinion before the decision. 5. No opinion on record is
    /// none. 6. As RE-HEARING. 7. Refused. 8. ARL 52.
    RE_COMMITTEE "RE-COMMITTEE" Gate "复议委员会咨询" "committee's opinion"; Citation::paragraph(&ARL, 52, 2), Citation::paragraph(&ARL, 52, 3);
    "重大疑难复杂、专业性技术性较强以及省级政府自己行为的案件，应当提请复议委员会提出咨询意见并记录";
    "on complex or technical cases, and on a province's own act, the committee is asked and its opinion recorded";
    plans "XS 七4" "TA 32" "BT 39"; compares "案件性质与决定前的咨询意见" "what kind of case it is with the opinion before the decision"; since 2024 1 1;
    allows a_technical_case_after_the_committee_may_be_decided; refuses refuses_a_technical_case_without_the_committee
}

/// RE-TWO.
pub fn two(handlers: &[Handler]) -> Outcome {
    let count = handlers.iter().map(|h| &h.officer).collect::<BTreeSet<_>>().len();
    if count < HANDLERS_MIN {
        return fault(
            format!("只有{count}名承办人员；至少须有两名，请增派"),
            format!("only {count} handles it; at least two are needed, so assign another"),
        );
    }
    Ok(())
}

/// RE-QUALIFIED.
pub fn qualified(handlers: &[Handler], known: &[OfficerFact]) -> Outcome {
    for handler in handlers {
        let person = known.iter().find(|o| o.officer == handler.officer);
        let beginner = handler.since.is_none_or(|since| since >= QUALIFIED_SINCE);
        if person.is_none() || beginner && !person.is_some_and(|o| o.legal_qualification) {
            return fault(
                format!("{}在人员名录中没有法律职业资格的记载；初次从事复议工作的应当取得，请另派", handler.officer),
                format!(
                    "the list has no legal profession qualification of {}, which a beginner needs; assign another",
                    handler.officer
                ),
            );
        }
    }
    Ok(())
}

/// RE-SIMPLE.
pub fn simple(ground: Option<SimpleGround>, act: &Appealed, consent: Option<&str>) -> Outcome {
    let mild = |kind| matches!(kind, PenaltyKind::Warning | PenaltyKind::PublicCriticism);
    let sum = act.penalties.iter().try_fold(0_i64, |sum, p| Some(sum.saturating_add(p.amount_fen?)));
    let bears = match ground {
        None => false,
        Some(SimpleGround::OnSpot) => act.on_spot,
        Some(SimpleGround::Warning) => !act.penalties.is_empty() && act.penalties.iter().all(|p| mild(p.kind)),
        Some(SimpleGround::SmallSum) => !act.penalties.is_empty() && sum.is_some_and(|sum| sum <= SMALL_SUM_FEN_MAX),
        Some(SimpleGround::Disclosure) => act.kind == ActKind::Disclosure,
        Some(SimpleGround::AllAgree) => consent.is_some_and(|c| !blank(c)),
    };
    if bears {
        return Ok(());
    }
    let ground = ground.map_or(("未写明", "none named"), |g| (g.zh(), g.en()));
    fault(
        format!("适用简易程序的情形（{}）与行政行为不符；请适用普通程序", ground.0),
        format!("the act does not bear this ground ({}) for the simple procedure; use the ordinary one", ground.1),
    )
}

/// RE-SPEAKERS.
pub fn speak(speaker: Speaker, count: u32, applicants: u32, document: &str) -> Outcome {
    if blank(document) {
        return fault(
            "没有推选书或者授权委托书；请提交",
            "there is no paper that names or authorises them; hand it in",
        );
    }
    let (max, enough) = match speaker {
        Speaker::Agent => (AGENTS_MAX, true),
        Speaker::Representative => (REPRESENTATIVES_MAX, applicants > APPLICANTS_MAX),
    };
    if !enough || count == 0 || count > max {
        return fault(
            format!("{}应当为一至{max}名，推选代表人的申请人应当超过五人", speaker.zh()),
            format!("there may be one to {max}; representatives are for more than five applicants"),
        );
    }
    Ok(())
}

/// RE-ANSWER-FULL.
pub fn complete(answer: &AnswerGiven) -> Outcome {
    let empty = |list: &[String]| list.iter().all(|text| blank(text));
    if empty(&answer.evidence) || empty(&answer.bases) {
        return fault(
            "答复没有附证据或者依据；请一并提交",
            "the answer has no evidence or no provisions; hand them in with it",
        );
    }
    Ok(())
}

/// RE-NO-AFTER.
pub fn not_afterwards(added: &EvidenceAdded, accepted: Date) -> Outcome {
    if added.gathered >= accepted {
        return fault(
            format!("证据收集于{}，复议已于{accepted}受理；复议期间被申请人不得自行收集证据", added.gathered),
            format!(
                "it was gathered on {}, and the reconsideration began on {accepted}; the respondent may gather none meanwhile",
                added.gathered
            ),
        );
    }
    if added.new_reason.as_deref().is_none_or(blank) || added.agreed_by.as_deref().is_none_or(blank) {
        return fault(
            "没有申请人、第三人提出的新理由或者证据，或者未经复议机构同意，不能补充证据",
            "there are no new reasons of the other side, or no consent of the institution, to add evidence for",
        );
    }
    Ok(())
}

/// RE-INQUIRY.
pub fn inquired(officers: &[Handler], cards_shown: bool) -> Outcome {
    two(officers)?;
    if !cards_shown {
        return fault("没有出示行政复议工作证件", "the reconsideration cards were not shown");
    }
    Ok(())
}

/// RE-READ.
pub fn readable(read: &FileRead) -> Outcome {
    if !read.granted && (read.secret.is_none() || read.kept_back.as_deref().is_none_or(blank)) {
        return fault(
            "没有不予查阅的法定情形或者没有写明不予查阅的材料；应当同意查阅",
            "no ground to keep it back is named, or not what is kept back; grant the request",
        );
    }
    Ok(())
}

/// RE-HEARD.
pub fn heard(procedure: Procedure, opinions: &[OpinionHeard], at: Timestamp) -> Outcome {
    let before = |o: &&OpinionHeard| o.at.is_none_or(|when| when <= at) && !blank(&o.record);
    if procedure == Procedure::Simple || opinions.iter().any(|o| before(&o)) {
        return Ok(());
    }
    fault(
        "决定前没有听取当事人意见的记录；请当面或者通过互联网、电话听取并记录",
        "no party was heard before the decision; hear them and record it",
    )
}

/// RE-HEARING.
pub fn hearing(complex: bool, held: Option<Timestamp>, at: Timestamp) -> Outcome {
    if complex && held.is_none_or(|held| held > at) {
        return fault(
            "重大、疑难、复杂的案件没有组织听证；请先组织听证",
            "the case is complex and had no hearing; hold one first",
        );
    }
    Ok(())
}

/// RE-HEARING-NOTICE when it is told.
pub fn told_ahead(day: Date, hearing: Date, calendar: &Calendar) -> Outcome {
    let latest = HEARING_NOTICE.latest_start_before(hearing, calendar);
    if in_time(day, latest)? {
        return Ok(());
    }
    fault(
        format!("听证定于{hearing}，至迟应当于{}通知；请另定日期", latest?),
        format!("the hearing is on {hearing}, so it should have been told by {}; set another day", latest?),
    )
}

/// RE-HEARING-NOTICE when it is held.
pub fn told(notified: Option<Timestamp>, at: Timestamp) -> Outcome {
    match notified {
        None => fault("没有通知听证；请在五个工作日前通知", "the hearing was not told; tell it 5 working days before"),
        Some(set) if day_of(at) < day_of(set) => {
            fault(format!("听证早于通知的{}", day_of(set)), format!("it is earlier than told ({})", day_of(set)))
        }
        Some(_) => Ok(()),
    }
}

/// RE-HEARING-PANEL.
pub fn panel(held: &HearingHeld) -> Outcome {
    let beside: BTreeSet<&OfficerCode> = held.assessors.iter().filter(|a| **a != held.host).collect();
    if beside.len() < ASSESSORS_MIN || blank(&held.recorder) || blank(&held.record) {
        return fault(
            "听证应当有一名主持人、两名以上听证员、一名记录员并制作笔录；请补足",
            "a hearing has a host, at least two assessors, a recorder and a record; complete it",
        );
    }
    Ok(())
}

/// RE-HEARING-HEAD, and in court RE-APPEAR.
pub fn head_came(head: Option<&str>, absence: Option<&str>, delegate: Option<&str>) -> Outcome {
    let said = |text: Option<&str>| text.is_some_and(|t| !blank(t));
    if said(head) || said(absence) && said(delegate) {
        return Ok(());
    }
    fault("负责人没有到场，也没有说明理由并委托工作人员", "no head came, and no reason was given with somebody sent")
}

/// RE-COMMITTEE.
pub fn advised(needed: bool, heard: Option<Timestamp>, at: Timestamp) -> Outcome {
    if needed && heard.is_none_or(|heard| heard > at) {
        return fault(
            "应当提请复议委员会提出咨询意见；请先提请并记录",
            "the committee has to be asked; ask it first and record its opinion",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        appeal::sample::{self, at, code, day, officer, overdue},
        events::Penalty,
        words::{Hearing, Secret},
    };

    fn handler(text: &str) -> Handler {
        Handler { officer: code(text), name: String::new(), since: None }
    }

    #[test]
    fn two_handlers_may_handle_a_case() {
        two(&[handler("F1"), handler("F2")]).unwrap();
    }

    #[test]
    fn refuses_one_handler_even_if_named_twice() {
        two(&[handler("F1"), handler("F1")]).unwrap_err();
    }

    fn listed(qualification: bool) -> Vec<OfficerFact> {
        vec![OfficerFact { legal_qualification: qualification, ..officer("F1", "周复") }]
    }

    #[test]
    fn a_qualified_handler_may_handle() {
        qualified(&[handler("F1")], &listed(true)).unwrap();
    }

    #[test]
    fn one_who_began_before_2018_may_go_on() {
        qualified(&[Handler { since: Some(day("2017-12-31")), ..handler("F1") }], &listed(false)).unwrap();
    }

    #[test]
    fn refuses_a_beginner_without_qualification() {
        qualified(&[Handler { since: Some(day("2018-01-01")), ..handler("F1") }], &listed(false)).unwrap_err();
        qualified(&[handler("F1")], &listed(false)).unwrap_err();
    }

    #[test]
    fn refuses_a_handler_whom_the_list_does_not_know() {
        qualified(&[Handler { since: Some(day("2010-01-01")), ..handler("F9") }], &listed(true)).unwrap_err();
    }

    fn fined(fen: Option<i64>) -> Appealed {
        let penalties = vec![Penalty { amount_fen: fen, ..Penalty::of(PenaltyKind::Fine) }];
        Appealed { penalties, on_spot: false, kind: ActKind::Penalty, ..sample::received().act }
    }

    #[test]
    fn three_thousand_yuan_are_simple() {
        simple(Some(SimpleGround::SmallSum), &fined(Some(300_000)), None).unwrap();
        simple(Some(SimpleGround::OnSpot), &Appealed { on_spot: true, ..fined(None) }, None).unwrap();
    }

    #[test]
    fn what_all_agree_to_is_simple() {
        simple(Some(SimpleGround::AllAgree), &fined(None), Some("同意书")).unwrap();
    }

    #[test]
    fn refuses_three_thousand_yuan_and_a_fen() {
        simple(Some(SimpleGround::SmallSum), &fined(Some(300_001)), None).unwrap_err();
        simple(Some(SimpleGround::SmallSum), &fined(None), None).unwrap_err();
    }

    #[test]
    fn refuses_a_ground_that_the_act_does_not_bear() {
        for ground in [SimpleGround::OnSpot, SimpleGround::Warning, SimpleGround::Disclosure, SimpleGround::AllAgree] {
            simple(Some(ground), &fined(Some(1)), None).unwrap_err();
        }
        simple(Some(SimpleGround::Warning), &Appealed { penalties: vec![], ..fined(None) }, None).unwrap_err();
        simple(None, &fined(Some(1)), None).unwrap_err();
    }

    #[test]
    fn two_agents_or_five_representatives_may_speak() {
        speak(Speaker::Agent, 2, 1, "授权委托书").unwrap();
        speak(Speaker::Representative, 5, 6, "推选书").unwrap();
    }

    #[test]
    fn refuses_a_third_agent_or_a_sixth_representative() {
        speak(Speaker::Agent, 3, 1, "授权委托书").unwrap_err();
        speak(Speaker::Agent, 1, 1, "").unwrap_err();
        speak(Speaker::Representative, 6, 9, "推选书").unwrap_err();
    }

    #[test]
    fn refuses_representatives_of_five() {
        speak(Speaker::Representative, 1, 5, "推选书").unwrap_err();
    }

    #[test]
    fn a_copy_on_the_seventh_working_day_is_in_time() {
        // Accepted on 25 September 2025: 28 September and 11 October are worked, 1 to 8 October are not.
        assert!(!overdue(COPY, "2025-09-25", "2025-10-11"));
        assert!(!overdue(COPY_SIMPLE, "2025-09-25", "2025-09-29"));
    }

    #[test]
    fn a_copy_on_the_eighth_working_day_is_late() {
        assert!(overdue(COPY, "2025-09-25", "2025-10-12"));
        assert!(overdue(COPY_SIMPLE, "2025-09-25", "2025-09-30"));
    }

    #[test]
    fn an_answer_on_the_tenth_working_day_is_in_time() {
        assert!(!overdue(ANSWER, "2025-09-25", "2025-10-15"));
        assert!(!overdue(ANSWER_SIMPLE, "2025-09-25", "2025-10-09"));
    }

    #[test]
    fn an_answer_on_the_eleventh_working_day_is_late() {
        assert!(overdue(ANSWER, "2025-09-25", "2025-10-16"));
        assert!(overdue(ANSWER_SIMPLE, "2025-09-25", "2025-10-10"));
    }

    #[test]
    fn an_answer_with_evidence_and_provisions_is_complete() {
        complete(&sample::answered()).unwrap();
    }

    #[test]
    fn finds_an_answer_without_evidence_or_provisions() {
        complete(&AnswerGiven { evidence: vec![], ..sample::answered() }).unwrap_err();
        complete(&AnswerGiven { bases: vec![" ".into()], ..sample::answered() }).unwrap_err();
    }

    fn added(gathered: &str) -> EvidenceAdded {
        EvidenceAdded {
            evidence: "进货台账".into(),
            gathered: day(gathered),
            new_reason: Some("申请人提出进货来源合法".into()),
            agreed_by: Some("郑主任".into()),
            at: None,
        }
    }

    #[test]
    fn older_evidence_may_be_added_to_new_reasons_with_consent() {
        not_afterwards(&added("2025-06-09"), day("2025-06-10")).unwrap();
    }

    #[test]
    fn refuses_evidence_gathered_from_acceptance_on() {
        not_afterwards(&added("2025-06-10"), day("2025-06-10")).unwrap_err();
        not_afterwards(&added("2025-06-11"), day("2025-06-10")).unwrap_err();
    }

    #[test]
    fn refuses_to_add_without_new_reasons_or_consent() {
        not_afterwards(&EvidenceAdded { new_reason: None, ..added("2025-06-01") }, day("2025-06-10")).unwrap_err();
        not_afterwards(&EvidenceAdded { agreed_by: Some(" ".into()), ..added("2025-06-01") }, day("2025-06-10"))
            .unwrap_err();
    }

    #[test]
    fn two_with_cards_may_take_evidence() {
        inquired(&[handler("F1"), handler("F2")], true).unwrap();
    }

    #[test]
    fn refuses_one_or_no_cards() {
        inquired(&[handler("F1")], true).unwrap_err();
        inquired(&[handler("F1"), handler("F2")], false).unwrap_err();
    }

    fn read(granted: bool, secret: Option<Secret>, kept_back: Option<&str>) -> FileRead {
        FileRead { reader: "申请人".into(), granted, secret, kept_back: kept_back.map(Into::into), at: None }
    }

    #[test]
    fn a_file_is_read_or_kept_back_in_part_for_a_secret() {
        readable(&read(true, None, None)).unwrap();
        readable(&read(false, Some(Secret::Privacy), Some("举报人笔录"))).unwrap();
    }

    #[test]
    fn refuses_to_keep_back_without_a_ground() {
        readable(&read(false, None, Some("全部"))).unwrap_err();
        readable(&read(false, Some(Secret::Trade), None)).unwrap_err();
    }

    fn opinion(method: Option<Hearing>, when: &str) -> OpinionHeard {
        OpinionHeard { party: "申请人".into(), method, record: "笔录".into(), at: Some(at(when)) }
    }

    #[test]
    fn a_heard_case_is_in_order() {
        let heard_then = [opinion(Some(Hearing::Phone), "2025-07-01T09:00")];
        heard(Procedure::Ordinary, &heard_then, at("2025-07-01T09:00")).unwrap();
        heard(Procedure::Simple, &[], at("2025-07-01T09:00")).unwrap();
    }

    #[test]
    fn a_party_that_cannot_be_reached_is_no_bar() {
        heard(Procedure::Ordinary, &[opinion(None, "2025-07-01T09:00")], at("2025-07-02T09:00")).unwrap();
    }

    #[test]
    fn finds_a_decision_on_papers_alone() {
        heard(Procedure::Ordinary, &[], at("2025-07-01T09:00")).unwrap_err();
        let after = [opinion(Some(Hearing::Phone), "2025-07-01T09:01")];
        heard(Procedure::Ordinary, &after, at("2025-07-01T09:00")).unwrap_err();
        let empty = OpinionHeard { record: " ".into(), ..opinion(Some(Hearing::Phone), "2025-06-01T09:00") };
        heard(Procedure::Ordinary, &[empty], at("2025-07-01T09:00")).unwrap_err();
    }

    #[test]
    fn a_complex_case_after_its_hearing_may_be_decided() {
        hearing(true, Some(at("2025-07-01T09:00")), at("2025-07-01T09:00")).unwrap();
        hearing(false, None, at("2025-07-01T09:00")).unwrap();
    }

    #[test]
    fn refuses_a_complex_case_without_hearing() {
        hearing(true, None, at("2025-07-01T09:00")).unwrap_err();
        hearing(true, Some(at("2025-07-02T09:00")), at("2025-07-01T09:00")).unwrap_err();
    }

    #[test]
    fn a_hearing_told_five_working_days_ahead_may_be_held() {
        // Monday, 13 October 2025: five working days before it, over the holiday, is 29 September.
        told_ahead(day("2025-09-29"), day("2025-10-13"), Calendar::china()).unwrap();
        told(Some(at("2025-10-13T09:00")), at("2025-10-13T10:00")).unwrap();
    }

    #[test]
    fn refuses_a_hearing_told_four_working_days_ahead() {
        told_ahead(day("2025-09-30"), day("2025-10-13"), Calendar::china()).unwrap_err();
    }

    #[test]
    fn refuses_a_hearing_that_was_not_told_or_is_earlier() {
        told(None, at("2025-10-13T10:00")).unwrap_err();
        told(Some(at("2025-10-14T09:00")), at("2025-10-13T10:00")).unwrap_err();
    }

    #[test]
    fn a_host_and_two_assessors_may_hold_it() {
        panel(&sample::hearing_held()).unwrap();
    }

    #[test]
    fn refuses_one_assessor_or_no_record() {
        let held = sample::hearing_held();
        panel(&HearingHeld { assessors: vec![held.host.clone(), held.assessors[0].clone()], ..held.clone() })
            .unwrap_err();
        panel(&HearingHeld { record: String::new(), ..held.clone() }).unwrap_err();
        panel(&HearingHeld { recorder: " ".into(), ..held }).unwrap_err();
    }

    #[test]
    fn a_head_who_comes_or_sends_somebody_is_in_order() {
        head_came(Some("李局长"), None, None).unwrap();
        head_came(None, Some("出差"), Some("法规科长")).unwrap();
    }

    #[test]
    fn finds_a_head_who_stays_away_without_a_word() {
        head_came(None, None, Some("法规科长")).unwrap_err();
        head_came(Some(" "), Some("出差"), None).unwrap_err();
    }

    #[test]
    fn a_technical_case_after_the_committee_may_be_decided() {
        advised(true, Some(at("2025-07-01T09:00")), at("2025-07-01T09:00")).unwrap();
        advised(false, None, at("2025-07-01T09:00")).unwrap();
    }

    #[test]
    fn refuses_a_technical_case_without_the_committee() {
        advised(true, None, at("2025-07-01T09:00")).unwrap_err();
        advised(true, Some(at("2025-07-02T09:00")), at("2025-07-01T09:00")).unwrap_err();
    }
}
