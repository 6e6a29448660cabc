//! Report upward, close, archive.

use super::prelude::*;

kernel::asks! { Cases, Step, case_id;
    FileUpwardRequest => FileUpward(FiledUpward) |r, f, s| {
        to: f.name("to", &r.to),
        document: f.name("document", &r.document),
    };

    CloseCaseRequest => CloseCase(CaseClosed) |r, f, s| {
        reason: f.word("reason", r.reason),
        approved_by: s.head(f, "approved_by", &r.approved_by),
        official: Some(None),
        left: f.left("left", &r.left),
    };

    ArchiveCaseRequest => ArchiveCase(CaseArchived) |r, f, s| {
        archive_number: f.told("archive_number", &r.archive_number),
        volumes: f.small("volumes", r.volumes),
        pages: f.small("pages", r.pages),
        contents_sha256: f.digest("contents_sha256", &r.contents_sha256),
    } -> Recorded |e, t| {
        number: e.map(|e| e.archive_number.clone()).unwrap_or_default(),
    };
}
