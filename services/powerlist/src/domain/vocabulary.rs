//! What the lists call things: whose act an event is, and fields. The titles of events and steps stand beside the events
//! themselves.

use law::{Vocabulary, vocabulary::Field};

use super::events::{AgencyEvent, CatalogueEvent, ItemEvent, OfficerEvent, RegionEvent};

/// Whose act an event is.
pub(super) mod by {
    use law::Label;

    pub(crate) const LIST_APPROVER: Label = Label::new("清单审定", "list approver");
    pub(crate) const LIST_EDITOR: Label = Label::new("清单编制", "list editor");
    pub(crate) const LIST_OFFICE: Label = Label::new("清单管理机关", "list office");
    pub(crate) const OFFICER: Label = Label::new("执法人员", "officer");
    pub(crate) const REVIEWER: Label = Label::new("法制审核人员", "legal reviewer");
    pub(crate) const UPPER_LEVEL: Label = Label::new("上级机关", "upper level");
}

static FIELDS: &[Field] = &[];

/// The words of this service.
pub fn vocabulary() -> Vocabulary {
    Vocabulary::new("powerlist", &[], FIELDS, &[])
        .with::<RegionEvent>()
        .with::<AgencyEvent>()
        .with::<OfficerEvent>()
        .with::<CatalogueEvent>()
        .with::<ItemEvent>()
}
