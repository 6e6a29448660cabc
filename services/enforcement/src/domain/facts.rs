//! What a decision knows from elsewhere: the lists as of the day, the sender, earlier fines. It travels inside the
//! command, so that the same decision can be taken again on any later day.

use std::sync::Arc;

use law::id::{ItemCode, OfficerCode, Uscc};
use lists::facts::{AgencyFact, ExemptFact, ItemFact, ListedItem, OfficerFact, Sender, StandardFact};
use uuid::Uuid;

use super::{
    events::{ActRevoked, AlikeCase},
    lead::Lead,
    parameters::Larger,
};

/// Everything a decision needs from outside its stream.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Who sends the command.
    pub sender: Sender,
    /// The case's agency as of the day.
    pub agency: Option<AgencyFact>,
    /// The case's power item, as in force on the day of the act.
    pub item: Option<Arc<ItemFact>>,
    /// The same as the list had it when the violation ended (APL 37).
    pub item_then: ListedItem,
    /// The item's discretion standard, as in force on the day of the act.
    pub standard: Option<Arc<StandardFact>>,
    /// The same as in force when the violation ended.
    pub standard_then: Option<Arc<StandardFact>>,
    /// Another item that the command names: the power to compel or to execute.
    pub named_item: Option<Arc<ItemFact>>,
    /// The officers that the command names, as the list knows them; one that it does not know is absent.
    pub officers: Vec<OfficerFact>,
    /// From which amounts a penalty is a larger one, on the day of the act.
    pub larger: Larger,
    /// The same on the day on which the party was last told, if it was.
    pub larger_when_told: Option<Larger>,
    /// Entries of lists of violations without a penalty in force on the day: those of the agency for the item, and those that the
    /// command names.
    pub exempt: Vec<Arc<ExemptFact>>,
    /// Fines of the same party for acts on the same days at the same place.
    pub fined: Vec<FinedBefore>,
    /// Cases of the same party, whoever filed them, for acts on the same days at the same place.
    pub alike: Vec<AlikeCase>,
    /// The items that the same act breaks, too, as in force when it ended; absent where the list does not know one.
    pub also_broken: Vec<(ItemCode, Option<Arc<ItemFact>>)>,
    /// Decisions for such acts of the same party, of this case or another, that were revoked and are to be made again.
    pub revoked: Vec<ActRevoked>,
    /// The lead that the case is filed on, as far as it is known.
    pub lead: Option<Lead>,
    /// The size of the bytes that the command takes in, if they are stored.
    pub stored: Option<u64>,
    /// The number drawn for the command's document.
    pub number: Option<String>,
}

/// An earlier fine of the same party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinedBefore {
    /// In which case.
    pub case: Uuid,
    /// 文号.
    pub number: String,
    /// By whom.
    pub agency: Uscc,
    /// For which act.
    pub fact: String,
}

impl Facts {
    /// What the list says of an officer.
    pub fn officer(&self, code: &OfficerCode) -> Option<&OfficerFact> {
        self.officers.iter().find(|o| o.officer == *code)
    }
}
