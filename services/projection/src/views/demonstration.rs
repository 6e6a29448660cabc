//! Whether the data are invented: what the demonstration recorded says so itself, however the suite is started.

use kernel::DEMONSTRATION;

use crate::{
    event::Event,
    store::{Batch, record},
};

record! {
    /// A ledger that holds what the demonstration recorded.
    pub(crate) struct Invented in INVENTED = "invented", "Ledgers that hold invented data." {
        source: String, key;
    }
    indexes []
}

pub(crate) fn fold(event: &Event<'_>, out: &mut Batch) {
    if event.envelope.actor == DEMONSTRATION {
        out.put(&INVENTED, Invented { source: event.service().to_owned() }.row());
    }
}
