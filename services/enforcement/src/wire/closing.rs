//! Report upward, close, archive.

use super::{head, read::Read as _, steps};

steps! {
    FileUpwardRequest => FileUpwardResponse;
    |r, f, s| FileUpward(FiledUpward {
        to: f.name("to", &r.to),
        document: f.name("document", &r.document),
    });

    CloseCaseRequest => CloseCaseResponse;
    |r, f, s| CloseCase(CaseClosed {
        reason: f.word("reason", r.reason),
        approved_by: head(f, "approved_by", &r.approved_by, s),
    });

    ArchiveCaseRequest => ArchiveCaseResponse, CaseArchived as e, t {
        archive_number: e.map(|e| e.archive_number.clone()).unwrap_or_default(),
    };
    |r, f, s| ArchiveCase(CaseArchived {
        archive_number: f.told("archive_number", &r.archive_number),
        volumes: f.small("volumes", r.volumes),
        pages: f.small("pages", r.pages),
        contents_sha256: f.digest("contents_sha256", &r.contents_sha256),
    });
}
