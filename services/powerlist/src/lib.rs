//! powerlist.
