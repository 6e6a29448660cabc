//! Officers: examination, certificate, training.

use jiff::civil::Date;
use law::{
    Act, Check, Decided, Decider, Refusal,
    check::Breach,
    id::{OfficerCode, Uscc},
    order::After,
    parameter::Value,
};
use lists::facts::{OfficeKind, OfficerRole};

use super::{
    events::{
        CertificateIssued, CertificateRevoked, ExaminationPassed, OfficeEnded, OfficeGiven, OfficerEvent,
        OfficerRegistered, OfficerStep, StepRefused, TrainingRecorded,
    },
    facts::{AgencyFact, ReviewerFact},
    rules::{OF_EXAM, OF_TRAIN, PASS_MARK, of_exam_certificate, of_exam_reviewer, of_train},
};

/// What is asked, with what must be known beside the stream.
#[derive(Clone, Debug)]
pub struct Command {
    /// What is asked.
    pub step: OfficerStep,
    /// What is known.
    pub facts: Facts,
}

/// What must be known beside the stream.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The agency that the step names, or that the officer serves.
    pub agency: Option<AgencyFact>,
    /// How many hours of training the year before a renewal had to reach.
    pub training: Value,
}

/// A certificate to be given by the agency that the officer serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueCertificate {
    /// To whom.
    pub officer: OfficerCode,
    /// 执法证号.
    pub certificate: String,
    /// For which fields.
    pub fields: Vec<String>,
    /// First day valid.
    pub from: Date,
    /// Last day valid.
    pub until: Date,
}

/// A certificate with its fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// As issued.
    pub issued: CertificateIssued,
    /// First day without it, and why.
    pub revoked: Option<(Date, String)>,
}

/// What a certificate is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateState {
    /// Its first day is still to come.
    NotYet,
    /// It may be shown.
    Valid,
    /// Its last day is past.
    Expired,
    /// It was withdrawn.
    Revoked,
}

impl Certificate {
    /// What it is on the day; the last day of validity is a valid one.
    pub fn on(&self, day: Date) -> CertificateState {
        if self.revoked.as_ref().is_some_and(|(from, _)| *from <= day) {
            CertificateState::Revoked
        } else if day < self.issued.from {
            CertificateState::NotYet
        } else if day > self.issued.until {
            CertificateState::Expired
        } else {
            CertificateState::Valid
        }
    }
}

/// An office with its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// As given.
    pub given: OfficeGiven,
    /// First day without it.
    pub ended: Option<Date>,
}

impl Office {
    /// Whether it is held on a day.
    pub fn on(&self, day: Date) -> bool {
        self.given.from <= day && self.ended.is_none_or(|ended| day < ended)
    }

    fn is(&self, agency: &Uscc, office: OfficeKind) -> bool {
        self.given.agency == *agency && self.given.office == office
    }
}

/// What is known of one officer.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// As registered last.
    pub registered: Option<OfficerRegistered>,
    /// Passed examinations, in the order recorded.
    pub examinations: Vec<ExaminationPassed>,
    /// Certificates, in the order issued.
    pub certificates: Vec<Certificate>,
    /// Offices, in the order given.
    pub offices: Vec<Office>,
    /// Training, in the order recorded.
    pub trainings: Vec<TrainingRecorded>,
}

impl State {
    /// The certificate that may be shown on a day.
    pub fn valid_on(&self, day: Date) -> Option<&Certificate> {
        self.certificates.iter().find(|c| c.on(day) == CertificateState::Valid)
    }

    /// Hours of training in a calendar year.
    pub fn hours_in(&self, year: i16) -> u32 {
        self.trainings.iter().filter(|t| t.on.year() == year).map(|t| u32::from(t.hours)).sum()
    }

    /// What a review needs to know of the person.
    pub fn reviewer(&self) -> Option<ReviewerFact> {
        let e = self.registered.as_ref()?;
        Some(ReviewerFact {
            officer: e.officer.clone(),
            name: e.name.clone(),
            agency: e.agency.clone(),
            role: e.role,
            legal_qualification: e.legal_qualification,
            reviewing_since: e.reviewing_since,
        })
    }

    fn known(&self, officer: &OfficerCode) -> Result<&OfficerRegistered, Refusal> {
        self.registered.as_ref().ok_or_else(|| Refusal::NotFound { what: "officer", id: officer.to_string() })
    }
}

/// Officers.
pub struct Officer;

impl Decider for Officer {
    type Command = Command;
    type State = State;
    type Event = OfficerEvent;

    fn answers(command: &Command) -> Vec<After> {
        command.step.answers()
    }

    fn decide(state: &State, act: &Act, command: &Command) -> Result<Vec<Decided<OfficerEvent>>, Refusal> {
        match &command.step {
            OfficerStep::RegisterOfficer(c) => register(state, act, &command.facts, c),
            OfficerStep::RecordExamination(c) => examine(state, act, c),
            OfficerStep::IssueCertificate(c) => issue(state, act, &command.facts, c),
            OfficerStep::RevokeCertificate(c) => revoke(state, c),
            OfficerStep::GiveOffice(c) => give(state, &command.facts, c),
            OfficerStep::EndOffice(c) => end(state, c),
            OfficerStep::RecordTraining(c) => train(state, act, c),
        }
    }

    fn evolve(state: &mut State, event: &OfficerEvent) {
        match event {
            OfficerEvent::OfficerRegistered(e) => state.registered = Some(e.clone()),
            OfficerEvent::ExaminationPassed(e) => state.examinations.push(e.clone()),
            OfficerEvent::CertificateIssued(e) => {
                state.certificates.push(Certificate { issued: e.clone(), revoked: None });
            }
            OfficerEvent::CertificateRevoked(e) => {
                let of = state.certificates.iter_mut().filter(|c| c.issued.certificate == e.certificate);
                of.for_each(|c| c.revoked = Some((e.on, e.reason.clone())));
            }
            OfficerEvent::OfficeGiven(e) => state.offices.push(Office { given: e.clone(), ended: None }),
            OfficerEvent::OfficeEnded(e) => {
                let held = |o: &&mut Office| o.is(&e.agency, e.office) && o.ended.is_none();
                state.offices.iter_mut().filter(held).for_each(|o| o.ended = Some(e.on));
            }
            OfficerEvent::TrainingRecorded(e) => state.trainings.push(e.clone()),
            OfficerEvent::StepRefused(_) => {}
        }
    }

    fn attempt(state: &State, _: &Act, command: &Command, breaches: &[Breach]) -> Option<OfficerEvent> {
        let summary = match &command.step {
            OfficerStep::RegisterOfficer(c) => format!("登记{}", c.officer),
            OfficerStep::IssueCertificate(c) => format!("向{}发放执法证{}", c.officer, c.certificate),
            OfficerStep::RecordExamination(c) => format!("记录{}的考试", c.officer),
            OfficerStep::RevokeCertificate(c) => format!("收回执法证{}", c.certificate),
            OfficerStep::GiveOffice(c) => format!("登记{}任{}", c.officer, c.office.zh()),
            OfficerStep::EndOffice(c) => format!("登记{}免{}", c.officer, c.office.zh()),
            OfficerStep::RecordTraining(c) => format!("记录{}的培训", c.officer),
        };
        let agency = match &command.step {
            OfficerStep::RegisterOfficer(c) => Some(c.agency.clone()),
            _ => state.registered.as_ref().map(|e| e.agency.clone()),
        };
        let (step, breaches) = (command.step.name().to_owned(), breaches.to_vec());
        Some(StepRefused { step, breaches, summary, agency }.into())
    }
}

fn register(
    state: &State,
    act: &Act,
    facts: &Facts,
    wanted: &OfficerRegistered,
) -> Result<Vec<Decided<OfficerEvent>>, Refusal> {
    if state.registered.as_ref() == Some(wanted) {
        return Ok(vec![]);
    }
    let Some(agency) = &facts.agency else {
        return Err(Refusal::NotFound { what: "agency", id: wanted.agency.to_string() });
    };
    if !agency.region.contains(&wanted.region) {
        return Err(Refusal::invalid("region", format!("lies outside the agency's region {}", agency.region)));
    }
    let mut check = Check::on(act.day());
    if wanted.role == OfficerRole::LegalReviewer {
        let fits = of_exam_reviewer(&wanted.name, wanted.role, wanted.legal_qualification, wanted.reviewing_since);
        check.rule(&OF_EXAM, fits);
    }
    Ok(vec![Decided::under(check.settle(act.mode)?, wanted.clone())])
}

fn examine(state: &State, act: &Act, c: &ExaminationPassed) -> Result<Vec<Decided<OfficerEvent>>, Refusal> {
    state.known(&c.officer)?;
    if state.examinations.contains(c) {
        return Ok(vec![]);
    }
    if c.score < PASS_MARK {
        return Err(Refusal::state(
            "EXAMINATION_NOT_PASSED",
            format!("成绩{}分未达{PASS_MARK}分，不是合格记录", c.score),
            format!("a score of {} is below {PASS_MARK}: the examination was not passed", c.score),
        ));
    }
    if c.score > 100 {
        return Err(Refusal::invalid("score", "is a percentage: at most 100"));
    }
    if c.on > act.day() {
        return Err(Refusal::invalid("on", "lies after the day of the act"));
    }
    Ok(vec![Decided::plain(c.clone())])
}

fn issue(state: &State, act: &Act, facts: &Facts, c: &IssueCertificate) -> Result<Vec<Decided<OfficerEvent>>, Refusal> {
    let person = state.known(&c.officer)?;
    let wanted = &CertificateIssued {
        officer: c.officer.clone(),
        certificate: c.certificate.clone(),
        agency: person.agency.clone(),
        fields: c.fields.clone(),
        from: c.from,
        until: c.until,
    };
    if let Some(known) = state.certificates.iter().find(|k| k.issued.certificate == wanted.certificate) {
        return if known.issued == *wanted {
            Ok(vec![])
        } else {
            Err(Refusal::state(
                "CERTIFICATE_EXISTS",
                format!("执法证{}已发放，且内容不同", wanted.certificate),
                format!("certificate {} exists already, with other contents", wanted.certificate),
            ))
        };
    }
    let Some(agency) = &facts.agency else {
        return Err(Refusal::NotFound { what: "agency", id: wanted.agency.to_string() });
    };
    if wanted.until < wanted.from {
        return Err(Refusal::invalid("until", "lies before the first day"));
    }
    if let Some(field) = wanted.fields.iter().find(|f| !agency.fields.contains(f)) {
        return Err(Refusal::invalid("fields", format!("{field} is no field of {}", agency.name)));
    }
    let examined = state.examinations.iter().map(|e| e.on).min();
    let mut check = Check::on(act.day());
    check.rule(&OF_EXAM, of_exam_certificate(person.role, examined, wanted.from));
    // A renewal follows another certificate.
    let renews = state.certificates.iter().any(|k| k.issued.from < wanted.from);
    if renews {
        let year = training_year(wanted.from);
        check.rule(&OF_TRAIN, of_train(year, state.hours_in(year), &facts.training));
    }
    Ok(vec![Decided::under(check.settle(act.mode)?, wanted.clone())])
}

/// The year whose training a renewal from a day asks for: the last one that is whole.
pub fn training_year(from: Date) -> i16 {
    from.year() - 1
}

fn revoke(state: &State, c: &CertificateRevoked) -> Result<Vec<Decided<OfficerEvent>>, Refusal> {
    state.known(&c.officer)?;
    let Some(certificate) = state.certificates.iter().find(|k| k.issued.certificate == c.certificate) else {
        return Err(Refusal::NotFound { what: "certificate", id: c.certificate.clone() });
    };
    match &certificate.revoked {
        Some((on, _)) if *on == c.on => Ok(vec![]),
        Some((on, _)) => Err(Refusal::state(
            "CERTIFICATE_REVOKED",
            format!("执法证{}已于{on}收回", c.certificate),
            format!("certificate {} was withdrawn on {on}", c.certificate),
        )),
        None => Ok(vec![Decided::plain(c.clone())]),
    }
}

fn give(state: &State, facts: &Facts, c: &OfficeGiven) -> Result<Vec<Decided<OfficerEvent>>, Refusal> {
    state.known(&c.officer)?;
    if state.offices.iter().any(|o| o.given == *c) {
        return Ok(vec![]);
    }
    if facts.agency.is_none() {
        return Err(Refusal::NotFound { what: "agency", id: c.agency.to_string() });
    }
    let same = || state.offices.iter().filter(|o| o.is(&c.agency, c.office));
    if let Some(held) = same().find(|o| o.ended.is_none_or(|ended| c.from < ended)) {
        let (office, from) = (c.office, held.given.from);
        return Err(Refusal::state(
            "OFFICE_HELD",
            format!("{}自{from}起已任{}；请先登记免职", c.officer, office.zh()),
            format!("{} has been {} since {from}; enter the end of that term first", c.officer, office.en()),
        ));
    }
    Ok(vec![Decided::plain(c.clone())])
}

fn end(state: &State, c: &OfficeEnded) -> Result<Vec<Decided<OfficerEvent>>, Refusal> {
    state.known(&c.officer)?;
    let of_kind = || state.offices.iter().filter(|o| o.is(&c.agency, c.office));
    if of_kind().any(|o| o.ended == Some(c.on)) {
        return Ok(vec![]);
    }
    let Some(held) = of_kind().find(|o| o.ended.is_none()) else {
        return Err(Refusal::state(
            "OFFICE_NOT_HELD",
            format!("{}现未任{}", c.officer, c.office.zh()),
            format!("{} holds no office as {} there", c.officer, c.office.en()),
        ));
    };
    if c.on < held.given.from {
        return Err(Refusal::invalid("on", format!("lies before {}, the first day of the office", held.given.from)));
    }
    Ok(vec![Decided::plain(c.clone())])
}

fn train(state: &State, act: &Act, c: &TrainingRecorded) -> Result<Vec<Decided<OfficerEvent>>, Refusal> {
    state.known(&c.officer)?;
    if state.trainings.contains(c) {
        return Ok(vec![]);
    }
    if c.hours == 0 || c.hours > 24 * 31 {
        return Err(Refusal::invalid("hours", "must be between 1 and the hours of a month"));
    }
    if c.on > act.day() {
        return Err(Refusal::invalid("on", "lies after the day of the act"));
    }
    Ok(vec![Decided::plain(c.clone())])
}

#[cfg(test)]
mod tests;
