//! What a decision knows from elsewhere. It travels inside the command, so that the same decision can be taken again on any
//! later day.

use std::sync::Arc;

use lists::facts::{AgencyFact, ItemFact, OfficerFact};

use super::act::Earlier;

/// What the lists and the ledger say as of the day of the act.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The organ.
    pub organ: Option<AgencyFact>,
    /// The respondent.
    pub respondent: Option<AgencyFact>,
    /// Another agency that the step names.
    pub named: Option<AgencyFact>,
    /// The power item that the act rests on.
    pub item: Option<Arc<ItemFact>>,
    /// The officers and officials that the step names, as the list knows them; absent where it does not.
    pub officers: Vec<OfficerFact>,
    /// The applications against the same act that were accepted before.
    pub earlier: Vec<Earlier>,
    /// The number drawn for the document.
    pub number: Option<String>,
}
