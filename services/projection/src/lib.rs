//! The read side: views folded from the events of all services, queries over them, and the pages.

pub mod model;
