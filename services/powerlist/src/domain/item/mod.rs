//! Power items: draft, legal review, publication, adjustment, cancellation, with their standards and charges.
mod decide;
mod state;

pub use decide::{
    CancelItem, Command, DraftItem, Item, PublishFee, PublishItem, PublishStandard, ReviewItem, ReviewYearly,
    YearlyConclusion,
};
pub use state::{Draft, Review, State, Version};

#[cfg(test)]
mod tests;
