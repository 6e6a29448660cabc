//! Requests as steps, one after the other.

use kernel::Fields;
use law::{calendar::NoticePublished, id::Uscc, parameter::ParameterSet};
use proto::powerlist::v1::*;
use sha2::{Digest as _, Sha256};
use tonic::Status;

use super::{allowed::entrustment, bases, basis, content, ground, list_row, milestones, quantity, tiers, words};
use crate::{
    domain::{
        agency::Agency,
        calendar::{CHINA, Notices},
        catalogue::Catalogue,
        events::{
            AgencyDissolved, AgencyRegistered, CatalogueEntryPublished, CertificateRevoked, ExaminationPassed,
            FeePublished, GroundAnswered, GroundNoted, ItemCancelled, ItemDrafted, ItemEvent, ItemReviewed,
            ItemReviewedYearly, OfficeEnded, OfficeGiven, OfficerRegistered, RegionLevel, RegionRegistered,
            StandardPublished, TrainingRecorded, YearlyConclusion,
        },
        item::{Item, PublishItem},
        listing::{Listing, PublishRow, RowCancelled, RowId, RowReviewedYearly},
        officer::{IssueCertificate, Officer},
        parameter::Parameters,
        plan::{Plan, PlanProgressReported, PlanTaskCompleted, PlanTaskEntered},
        region::Region,
    },
    forms,
    index::Lists,
    procedure::unknown,
};

/// Fills in the region of an agency where a request names none. An agency that cannot be read is a fault of its field.
async fn home(lists: &Lists, agency: &str, region: &mut String) -> Result<(), Status> {
    if let (true, Ok(code)) = (region.is_empty(), agency.parse::<Uscc>()) {
        let index = lists.read().await?;
        let home = index.agencies.get(&code).and_then(|a| a.region()).ok_or_else(|| unknown("agency", code))?;
        *region = home.to_string();
    }
    Ok(())
}

fn version(f: &mut Fields, version: u32) -> Option<u32> {
    if version == 0 {
        f.required("version");
    }
    (version > 0).then_some(version)
}

kernel::asks! { Notices;
    ImportNoticeRequest |_r| ("notice", CHINA) => |r, f, _s| {
        let sha256 = hex::encode(Sha256::digest(&r.notice));
        match NoticePublished::read(&r.notice, sha256) {
            Ok(published) => Some(published.into()),
            Err(bad) => {
                f.fault("notice", bad);
                None
            }
        }
    } fill |_r, of| { of.lists.read().await.map(drop).map_err(Status::from) };
}

kernel::asks! { Parameters;
    SetParameterRequest |r| ("region", &r.region) => |r, f, s| {
        let parameter = f.text("parameter", &r.parameter, forms::PARAMETER);
        let field = f.optional_text("field", &r.field, forms::FIELD);
        let value = f.part("value", r.value.as_ref()).and_then(|v| quantity(f, "value", v));
        let (from, document) = (f.date("from", &r.from), f.text("document", &r.document, forms::TITLE));
        let (parameter, region, value) = (parameter?, s.id?.clone(), value?);
        Some(ParameterSet { parameter, region, field, value, from: from?, document: document? }.into())
    };
}

kernel::asks! { Plan;
    EnterPlanTaskRequest |r| ("plan", &r.plan) => |r, f, s| {
        let number = f.text("number", &r.number, forms::NUMBER);
        let (region, from) = (f.parse("region", &r.region), f.date("from", &r.from));
        let title = f.text("title", &r.title, forms::NAME);
        let title_en = f.text("title_en", &r.title_en, forms::TITLE);
        let lead = f.optional_text("lead", &r.lead, forms::NAME);
        let milestones = milestones(f, "milestones", &r.milestones);
        f.at_most("serves", &r.serves, 16);
        let serves = r.serves.iter().enumerate().filter_map(|(i, word)| f.word(&format!("serves[{i}]"), *word)).collect();
        let document = f.text("document", &r.document, forms::TITLE);
        let (plan, number, region) = (s.id?.clone(), number?, region?);
        let (from, title, title_en, document) = (from?, title?, title_en?, document?);
        let whole = r.whole;
        Some(PlanTaskEntered { plan, number, region, from, title, title_en, lead, milestones, serves, whole, document }.into())
    };
    ReportPlanProgressRequest |r| ("plan", &r.plan) => |r, f, s| {
        let (number, what) = (f.text("number", &r.number, forms::NUMBER), f.text("what", &r.what, forms::TEXT));
        Some(PlanProgressReported { plan: s.id?.clone(), number: number?, what: what? }.into())
    };
    CompletePlanTaskRequest |r| ("plan", &r.plan) => |r, f, s| {
        let (number, what) = (f.text("number", &r.number, forms::NUMBER), f.text("what", &r.what, forms::TEXT));
        let milestone = f.optional_date("milestone", &r.milestone);
        Some(PlanTaskCompleted { plan: s.id?.clone(), number: number?, milestone, what: what? }.into())
    };
}

kernel::asks! { Region;
    RegisterRegionRequest |r| r.region.as_ref().map_or(("region", ""), |r| ("region.region", &r.region)) => |r, f, s| {
        let r = r.region.as_ref()?;
        let name = f.text("region.name", &r.name, forms::NAME);
        let level = f.word::<RegionLevel>("region.level", r.level);
        let parent = f.optional("region.parent", &r.parent);
        Some(RegionRegistered { region: s.id?.clone(), name: name?, level: level?.id().to_owned(), parent }.into())
    };
}

kernel::asks! { Agency;
    RegisterAgencyRequest |r| r.agency.as_ref().map_or(("agency", ""), |a| ("agency.agency", &a.agency)) => |r, f, s| {
        let a = r.agency.as_ref()?;
        let name = f.text("agency.name", &a.name, forms::NAME);
        let short_name = f.text("agency.short_name", &a.short_name, forms::SHORT_NAME);
        let region = f.parse("agency.region", &a.region);
        let kind = f.word("agency.kind", a.kind);
        let basis = f.text("agency.basis", &a.basis, forms::TEXT);
        let fields = words(f, "agency.fields", &a.fields);
        let entrusted_by = f.optional("agency.entrusted_by", &a.entrusted_by);
        let entrustment = a.entrustment.as_ref().map(|e| entrustment(f, "agency.entrustment", e));
        let department = f.optional_text("agency.department", &a.department, forms::DEPARTMENT).filter(|d| !d.is_empty());
        let from = f.date("agency.from", &a.from);
        let registered = AgencyRegistered {
            agency: s.id?.clone(),
            name: name?,
            short_name: short_name?,
            region: region?,
            kind: kind?,
            basis: basis?,
            fields,
            entrusted_by,
            entrustment: match entrustment {
                Some(terms) => Some(terms?),
                None => None,
            },
            may_restrict_liberty: a.may_restrict_liberty,
            department,
            from: from?,
        };
        Some(registered.into())
    };
    DissolveAgencyRequest |r| ("agency", &r.agency) => |r, f, s| {
        let (on, ground) = (f.date("on", &r.on), ground(f, "ground", r.ground.as_ref()));
        Some(AgencyDissolved { agency: s.id?.clone(), on: on?, ground: ground? }.into())
    };
}

kernel::asks! { Officer;
    RegisterOfficerRequest |r| ("officer", &r.officer) => |r, f, s| {
        let name = f.text("name", &r.name, forms::PERSON);
        let agency = f.parse("agency", &r.agency);
        let region = f.optional("region", &r.region);
        let role = f.word("role", r.role);
        let reviewing_since = f.optional_date("reviewing_since", &r.reviewing_since);
        let registered = OfficerRegistered {
            officer: s.id?.clone(),
            name: name?,
            agency: agency?,
            region: region?,
            role: role?,
            legal_qualification: r.legal_qualification,
            reviewing_since,
        };
        Some(registered.into())
    } fill |r, of| { home(&of.lists, &r.agency, &mut r.region).await };
    RecordExaminationRequest |r| ("officer", &r.officer) => |r, f, s| {
        let on = f.date("on", &r.on);
        if r.score > 100 {
            f.fault("score", "is a percentage: at most 100");
        }
        let score = u16::try_from(r.score).unwrap_or(u16::MAX);
        Some(ExaminationPassed { officer: s.id?.clone(), on: on?, score }.into())
    };
    IssueCertificateRequest |r| ("officer", &r.officer) => |r, f, s| {
        let certificate = f.text("certificate", &r.certificate, forms::CERTIFICATE);
        let fields = words(f, "fields", &r.fields);
        let (from, until) = (f.date("from", &r.from), f.until("until", &r.until, &r.from));
        let (officer, certificate) = (s.id?.clone(), certificate?);
        Some(IssueCertificate { officer, certificate, fields, from: from?, until: until? }.into())
    };
    RevokeCertificateRequest |r| ("officer", &r.officer) => |r, f, s| {
        let certificate = f.text("certificate", &r.certificate, forms::CERTIFICATE);
        let (on, reason) = (f.date("on", &r.on), f.text("reason", &r.reason, forms::REASON));
        let (officer, certificate) = (s.id?.clone(), certificate?);
        Some(CertificateRevoked { officer, certificate, on: on?, reason: reason? }.into())
    };
    GiveOfficeRequest |r| ("officer", &r.officer) => |r, f, s| {
        let (agency, office) = (f.parse("agency", &r.agency), f.word("office", r.office));
        let (from, document) = (f.date("from", &r.from), f.text("document", &r.document, forms::TITLE));
        let (officer, agency) = (s.id?.clone(), agency?);
        Some(OfficeGiven { officer, agency, office: office?, from: from?, document: document? }.into())
    };
    EndOfficeRequest |r| ("officer", &r.officer) => |r, f, s| {
        let (agency, office) = (f.parse("agency", &r.agency), f.word("office", r.office));
        let (on, document) = (f.date("on", &r.on), f.text("document", &r.document, forms::TITLE));
        let (officer, agency) = (s.id?.clone(), agency?);
        Some(OfficeEnded { officer, agency, office: office?, on: on?, document: document? }.into())
    };
    RecordTrainingRequest |r| ("officer", &r.officer) => |r, f, s| {
        let (on, subject) = (f.date("on", &r.on), f.text("subject", &r.subject, forms::PLACE));
        let hours = u16::try_from(r.hours).ok().filter(|h| *h > 0);
        if hours.is_none() {
            f.fault("hours", "must be at least 1 and fit a month");
        }
        Some(TrainingRecorded { officer: s.id?.clone(), on: on?, hours: hours?, subject: subject? }.into())
    };
}

kernel::asks! { Catalogue;
    PublishCatalogueEntryRequest |r| r.entry.as_ref().map_or(("entry", ""), |e| ("entry.base_code", &e.base_code))
    => |r, f, s| {
        let e = r.entry.as_ref()?;
        let name = f.text("entry.name", &e.name, forms::NAME);
        let kind = f.word("entry.kind", e.kind);
        let bases = bases(f, "entry.bases", &e.bases);
        let region = f.parse("entry.region", &e.region);
        let from = f.date("entry.from", &e.from);
        let document = f.text("entry.document", &e.document, forms::TITLE);
        let published = CatalogueEntryPublished {
            base_code: s.id?.clone(),
            name: name?,
            kind: kind?,
            bases,
            region: region?,
            from: from?,
            document: document?,
        };
        Some(published.into())
    };
}

kernel::asks! { Item;
    DraftItemRequest |r| r.content.as_ref().map_or(("content", ""), |c| ("content.item", &c.item)) => |r, f, s| {
        let content = r.content.as_ref().and_then(|c| content(f, s.id, c));
        let ground = ground(f, "ground", r.ground.as_ref());
        Some(Box::new(ItemDrafted { item: s.id?.clone(), version: 0, content: content?.into(), ground: ground? }).into())
    } fill |r, of| {
        match &mut r.content {
            Some(c) => home(&of.lists, &c.agency, &mut c.region).await,
            None => Ok(()),
        }
    } -> DraftItemResponse |t| {
        let drafted = t.events().iter().find_map(|e| match e {
            ItemEvent::ItemDrafted(e) => Some(e.version),
            _ => None,
        });
        // Where nothing had to be drafted, the version is the one that already says so.
        DraftItemResponse { receipt: Some(t.receipt), version: drafted.unwrap_or(t.state.last_version) }
    };
    ReviewItemRequest |r| ("item", &r.item) => |r, f, s| {
        let (reviewer, version) = (f.parse("reviewer", &r.reviewer), version(f, r.version));
        let opinion = f.optional_text("opinion", &r.opinion, forms::TEXT).unwrap_or_default();
        let (item, version, reviewer) = (s.id?.clone(), version?, reviewer?);
        Some(ItemReviewed { item, version, passed: r.passed, reviewer, opinion }.into())
    };
    PublishItemRequest |r| ("item", &r.item) => |r, f, s| {
        let (version, effective) = (version(f, r.version), f.date("effective", &r.effective));
        let published_at = f.text("published_at", &r.published_at, forms::PLACE);
        let (item, version, effective) = (s.id?.clone(), version?, effective?);
        Some(PublishItem { item, version, effective, published_at: published_at? }.into())
    };
    CancelItemRequest |r| ("item", &r.item) => |r, f, s| {
        let (reviewer, effective) = (f.parse("reviewer", &r.reviewer), f.date("effective", &r.effective));
        let ground = ground(f, "ground", r.ground.as_ref());
        let opinion = f.optional_text("opinion", &r.opinion, forms::TEXT).unwrap_or_default();
        let (item, effective, ground) = (s.id?.clone(), effective?, ground?);
        Some(ItemCancelled { item, effective, ground, reviewer: reviewer?, opinion }.into())
    };
    ReviewItemYearlyRequest |r| ("item", &r.item) => |r, f, s| {
        let (reviewer, on) = (f.parse("reviewer", &r.reviewer), f.date("on", &r.on));
        let conclusion = f.word::<YearlyConclusion>("conclusion", r.conclusion);
        let conclusion = conclusion?.id().to_owned();
        Some(ItemReviewedYearly { item: s.id?.clone(), on: on?, conclusion, reviewer: reviewer? }.into())
    };
    NoteGroundRequest |r| ("item", &r.item) => |r, f, s| {
        let (reference, finding) = (f.text("reference", &r.reference, forms::PLACE), f.word("finding", r.finding));
        let (by, document) = (f.text("by", &r.by, forms::PLACE), f.text("document", &r.document, forms::TITLE));
        let (item, reference, by) = (s.id?.clone(), reference?, by?);
        Some(GroundNoted { item, reference, finding: finding?, by, document: document? }.into())
    };
    AnswerGroundRequest |r| ("item", &r.item) => |r, f, s| {
        let (reference, answer) = (f.text("reference", &r.reference, forms::PLACE), f.word("answer", r.answer));
        let reason = f.text("reason", &r.reason, forms::TEXT);
        let (item, reference, answer) = (s.id?.clone(), reference?, answer?);
        Some(GroundAnswered { item, reference, answer, reason: reason? }.into())
    };
    PublishStandardRequest |r| ("item", &r.item) => |r, f, s| {
        let (tiers, effective) = (tiers(f, &r.tiers), f.date("effective", &r.effective));
        let document = f.text("document", &r.document, forms::TITLE);
        let (item, effective, document) = (s.id?.clone(), effective?, document?);
        Some(StandardPublished { item, version: 0, tiers: tiers.into(), effective, document }.into())
    };
    PublishFeeRequest |r| ("item", &r.item) => |r, f, s| {
        let fee = f.part("fee", r.fee.as_ref())?;
        let name = f.text("fee.name", &fee.name, forms::NAME);
        let basis = f.part("fee.basis", fee.basis.as_ref()).and_then(|b| basis(f, "fee.basis", b));
        let unit = f.optional_text("fee.unit", &fee.unit, forms::FIELD).unwrap_or_default();
        let effective = f.date("fee.effective", &fee.effective);
        if fee.standard_fen < 0 || fee.charge_fen < 0 {
            f.fault("fee", "amounts are not negative");
        }
        let published = FeePublished {
            item: s.id?.clone(),
            name: name?,
            basis: basis?,
            standard_fen: fee.standard_fen,
            unit,
            effective: effective?,
            charge_fen: (fee.charge_fen > 0).then_some(fee.charge_fen),
        };
        Some(published.into())
    };
}

kernel::asks! { Listing;
    PublishRowRequest |r| r.row.as_ref().map_or(("row", ""), |row| ("row.row", &row.row)) => |r, f, s| {
        let content = r.row.as_ref().and_then(|row| list_row(f, s.id, row));
        let (effective, ground) = (f.date("effective", &r.effective), ground(f, "ground", r.ground.as_ref()));
        Some(Box::new(PublishRow { content: content?, effective: effective?, ground: ground? }).into())
    } fill |r, of| {
        match &mut r.row {
            Some(row) => {
                let agency = row.row.parse::<RowId>().map(|id| id.agency.to_string()).unwrap_or_default();
                home(&of.lists, &agency, &mut row.region).await
            }
            None => Ok(()),
        }
    };
    CancelRowRequest |r| ("row", &r.row) => |r, f, s| {
        let (effective, ground) = (f.date("effective", &r.effective), ground(f, "ground", r.ground.as_ref()));
        let RowId { list, agency, code } = s.id?.clone();
        Some(RowCancelled { list, agency, code, effective: effective?, ground: ground? }.into())
    };
    ReviewRowYearlyRequest |r| ("row", &r.row) => |r, f, s| {
        let (reviewer, on) = (f.parse("reviewer", &r.reviewer), f.date("on", &r.on));
        let conclusion = f.word::<YearlyConclusion>("conclusion", r.conclusion);
        let RowId { list, agency, code } = s.id?.clone();
        let (on, conclusion, reviewer) = (on?, conclusion?, reviewer?);
        Some(RowReviewedYearly { list, agency, code, on, conclusion, reviewer }.into())
    };
}
