//! Requests to filters: every wrong field is told at once.

use jiff::civil::Date;
use kernel::{Fields, text::Form};
use proto::projection::v1 as p;
use tonic::Status;

use super::word;
use crate::model::{
    AgencyFilter, AuditFilter, BoardFilter, CaseFilter, DeadlineFilter, DecisionFilter, FindingFilter, ItemFilter,
    OfficerFilter, OverviewFilter, PlanFilter, Yuan,
};

/// A text to search for.
const TEXT: Form = Form::line(100);
/// A code or id.
const CODE: Form = Form::line(200);
/// Most events that one request can wait for.
const SEEN_MAX: usize = 8;

/// A request that reads into what a query takes.
pub(crate) trait Ask {
    /// What the query takes.
    type Out;
    /// The events that the answer must know.
    fn seen(&self) -> &[p::Seen];
    /// Reads the fields.
    fn read(&self, fields: &mut Fields) -> Self::Out;

    /// Reads the request.
    fn ask(&self) -> Result<Self::Out, Status> {
        let mut fields = Fields::new();
        fields.at_most("seen", self.seen(), SEEN_MAX);
        let out = self.read(&mut fields);
        fields.finish()?;
        Ok(out)
    }
}

/// Shortens the reading of one field.
struct Read<'a>(&'a mut Fields);

impl Read<'_> {
    fn text(&mut self, path: &str, text: &str) -> Option<String> {
        self.0.asked(path, text, TEXT)
    }
    fn code(&mut self, path: &str, text: &str) -> Option<String> {
        self.0.asked(path, text, CODE)
    }
    fn day(&mut self, path: &str, text: &str) -> Option<Date> {
        self.0.optional_date(path, text)
    }
    /// A code with its own syntax, kept as text.
    fn region(&mut self, text: &str) -> Option<String> {
        self.0.optional::<law::id::RegionCode>("region", text).map(String::from)
    }
    fn agency(&mut self, text: &str) -> Option<String> {
        self.0.optional::<law::id::Uscc>("agency", text).map(String::from)
    }
}

/// Which page, how many rows on it, and the column to sort by.
fn page(r: &mut Read<'_>, page: Option<&p::PageRequest>) -> (u32, u32, Option<String>) {
    page.map_or((0, 0, None), |page| (page.page, page.size, r.code("page.sort", &page.sort)))
}

impl Ask for p::GetOverviewRequest {
    type Out = OverviewFilter;
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> OverviewFilter {
        let mut r = Read(fields);
        OverviewFilter {
            region: r.region(&self.region),
            from: r.day("from", &self.from),
            to: r.day("to", &self.to),
            page: 0,
            size: 0,
            sort: None,
            whole: false,
        }
    }
}

impl Ask for p::GetBoardRequest {
    type Out = BoardFilter;
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> BoardFilter {
        let mut r = Read(fields);
        BoardFilter {
            kind: r.code("kind", &self.kind),
            region: r.region(&self.region),
            from: r.day("from", &self.from),
            to: r.day("to", &self.to),
            page: 0,
            size: 0,
            sort: None,
            whole: false,
        }
    }
}

impl Ask for p::ListAgenciesRequest {
    type Out = AgencyFilter;
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> AgencyFilter {
        let standing = word(fields, "standing", self.standing);
        let mut r = Read(fields);
        let (page, size, sort) = page(&mut r, self.page.as_ref());
        AgencyFilter {
            region: r.region(&self.region),
            text: r.text("text", &self.text),
            standing,
            from: r.day("from", &self.from),
            to: r.day("to", &self.to),
            page,
            size,
            sort,
            whole: false,
        }
    }
}

impl Ask for p::GetAgencyRequest {
    type Out = (String, AgencyFilter);
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> Self::Out {
        let agency = fields.parse::<law::id::Uscc>("agency", &self.agency).map(String::from).unwrap_or_default();
        let mut r = Read(fields);
        let filter =
            AgencyFilter { from: r.day("from", &self.from), to: r.day("to", &self.to), ..AgencyFilter::default() };
        (agency, filter)
    }
}

impl Ask for p::ListCasesRequest {
    type Out = CaseFilter;
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> CaseFilter {
        let (state, behind) = (word(fields, "state", self.state), word(fields, "behind", self.behind));
        let (timing, severity) = (word(fields, "timing", self.timing), word(fields, "severity", self.severity));
        let mut r = Read(fields);
        let (page, size, sort) = page(&mut r, self.page.as_ref());
        CaseFilter {
            text: r.text("text", &self.text),
            region: r.region(&self.region),
            agency: r.agency(&self.agency),
            item: r.code("item", &self.item),
            officer: r.code("officer", &self.officer),
            kind: r.code("kind", &self.kind),
            stage: r.code("stage_id", &self.stage_id),
            state,
            timing,
            procedure: r.code("procedure_id", &self.procedure_id),
            outcome: r.code("outcome_id", &self.outcome_id),
            fine_from: self.fine_from_fen.map(|fen| Yuan { fen }),
            fine_to: self.fine_to_fen.map(|fen| Yuan { fen }),
            without: r.code("without_stage_id", &self.without_stage_id),
            severity,
            tier: r.code("tier", &self.tier),
            rule: r.code("rule", &self.rule),
            indicator: r.code("indicator_id", &self.indicator_id),
            behind,
            from: r.day("from", &self.from),
            to: r.day("to", &self.to),
            decided_from: r.day("decided_from", &self.decided_from),
            decided_to: r.day("decided_to", &self.decided_to),
            closed_from: r.day("closed_from", &self.closed_from),
            closed_to: r.day("closed_to", &self.closed_to),
            page,
            size,
            sort,
            whole: false,
        }
    }
}

impl Ask for p::ListDecisionsRequest {
    type Out = DecisionFilter;
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> DecisionFilter {
        let mut r = Read(fields);
        let (page, size, sort) = page(&mut r, self.page.as_ref());
        DecisionFilter {
            text: r.text("text", &self.text),
            region: r.region(&self.region),
            agency: r.agency(&self.agency),
            item: r.code("item", &self.item),
            from: r.day("from", &self.from),
            to: r.day("to", &self.to),
            page,
            size,
            sort,
            whole: false,
        }
    }
}

impl Ask for p::GetCaseRequest {
    type Out = (String, Option<String>);
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> Self::Out {
        let id = fields.parse::<uuid::Uuid>("case", &self.case).map(|id| id.to_string()).unwrap_or_default();
        (id, Read(fields).code("service", &self.service))
    }
}

impl Ask for p::GetTrailRequest {
    type Out = String;
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> String {
        fields.parse::<uuid::Uuid>("case", &self.case).map(|id| id.to_string()).unwrap_or_default()
    }
}

impl Ask for p::ListDeadlinesRequest {
    type Out = DeadlineFilter;
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> DeadlineFilter {
        let (state, behind) = (word(fields, "state", self.state), word(fields, "behind", self.behind));
        let mut r = Read(fields);
        let (page, size, sort) = page(&mut r, self.page.as_ref());
        DeadlineFilter {
            region: r.region(&self.region),
            agency: r.agency(&self.agency),
            rule: r.code("rule", &self.rule),
            state,
            behind,
            ended_from: r.day("ended_from", &self.ended_from),
            ended_to: r.day("ended_to", &self.ended_to),
            from: r.day("from", &self.from),
            to: r.day("to", &self.to),
            page,
            size,
            sort,
            whole: false,
        }
    }
}

impl Ask for p::ListFindingsRequest {
    type Out = FindingFilter;
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> FindingFilter {
        let (kind, severity) = (word(fields, "kind", self.kind), word(fields, "severity", self.severity));
        let (except, proof) = (word(fields, "except", self.except), word(fields, "proof", self.proof));
        let mut r = Read(fields);
        let (page, size, sort) = page(&mut r, self.page.as_ref());
        FindingFilter {
            region: r.region(&self.region),
            agency: r.agency(&self.agency),
            rule: r.code("rule", &self.rule),
            kind,
            severity,
            except,
            proof,
            item: r.code("item", &self.item),
            from: r.day("from", &self.from),
            to: r.day("to", &self.to),
            page,
            size,
            sort,
            whole: false,
        }
    }
}

impl Ask for p::ListItemsRequest {
    type Out = ItemFilter;
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> ItemFilter {
        let state = word(fields, "state", self.state);
        let mut r = Read(fields);
        let (page, size, sort) = page(&mut r, self.page.as_ref());
        ItemFilter {
            text: r.text("text", &self.text),
            region: r.region(&self.region),
            agency: r.agency(&self.agency),
            kind: r.code("kind", &self.kind),
            field: r.code("field", &self.field),
            state,
            on: r.day("on", &self.on),
            page,
            size,
            sort,
            whole: false,
        }
    }
}

impl Ask for p::GetItemRequest {
    type Out = (String, Option<Date>);
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> Self::Out {
        let item = fields.parse::<law::id::ItemCode>("item", &self.item).map(String::from).unwrap_or_default();
        (item, fields.optional_date("on", &self.on))
    }
}

impl Ask for p::ListOfficersRequest {
    type Out = OfficerFilter;
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> OfficerFilter {
        let (certificate, behind) =
            (word(fields, "certificate", self.certificate), word(fields, "behind", self.behind));
        let mut r = Read(fields);
        let (page, size, sort) = page(&mut r, self.page.as_ref());
        OfficerFilter {
            text: r.text("text", &self.text),
            region: r.region(&self.region),
            agency: r.agency(&self.agency),
            certificate,
            acted_from: r.day("acted_from", &self.acted_from),
            acted_to: r.day("acted_to", &self.acted_to),
            behind,
            page,
            size,
            sort,
            whole: false,
        }
    }
}

impl Ask for p::ListEventsRequest {
    type Out = AuditFilter;
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> AuditFilter {
        let mut r = Read(fields);
        let (page, size, sort) = page(&mut r, self.page.as_ref());
        AuditFilter {
            source: r.code("source", &self.source),
            stream: r.code("stream", &self.stream),
            agency: r.agency(&self.agency),
            actor: r.code("actor", &self.actor),
            from: r.day("from", &self.from),
            to: r.day("to", &self.to),
            page,
            size,
            sort,
            whole: false,
        }
    }
}

impl Ask for p::ListRulesRequest {
    type Out = ();
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, _: &mut Fields) {}
}

impl Ask for p::ListPlanTasksRequest {
    type Out = PlanFilter;
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, fields: &mut Fields) -> PlanFilter {
        let (serving, state) = (word(fields, "serving", self.serving), word(fields, "state", self.state));
        let mut r = Read(fields);
        let (plan, capability) = (r.code("plan", &self.plan), r.code("capability", &self.capability));
        PlanFilter { plan, capability, serving, state }
    }
}

impl Ask for p::ListRegionsRequest {
    type Out = ();
    fn seen(&self) -> &[p::Seen] {
        &self.seen
    }
    fn read(&self, _: &mut Fields) {}
}
