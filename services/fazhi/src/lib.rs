//! fazhi.
