//! The stories of a case, stage by stage.

mod decide;
mod file;
mod hear;
mod investigate;
mod ordinary;
mod perform;
mod police;
mod spot;

pub(super) use ordinary::{ordinary, second_fine, withheld};
pub(super) use police::transferred;
pub(super) use spot::spot;
