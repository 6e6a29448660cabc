//! Between the API's messages and the domain: requests are parsed completely or refused field by field, views are shown.

mod allowed;
mod asks;
mod files;
mod listing;
mod otherwise;
mod outcomes;
mod read;
mod show;
mod statutes;
mod terms;
mod words;

pub(crate) use files::*;
pub(crate) use listing::*;
pub(crate) use read::*;
pub(crate) use show::*;
pub(crate) use statutes::*;
