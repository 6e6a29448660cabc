//! The limits of one append. Whatever is within them is stored; whatever is beyond is refused before it is queued.

/// Most bytes of one event's `data`. Larger things belong into a file whose digest the event holds.
pub const DATA_BYTES_MAX: usize = 256 * 1024;
/// Most events of one append, over all its writes.
pub const APPEND_EVENTS_MAX: usize = 64;
/// Most streams that one append touches.
pub const APPEND_WRITES_MAX: usize = 64;
/// Most appends that are stored together or not at all.
pub(crate) const APPENDS_TOGETHER_MAX: usize = 131_072;
/// Longest stream name, in bytes.
pub const STREAM_BYTES_MAX: usize = 200;
/// Longest event type, in bytes.
pub const KIND_BYTES_MAX: usize = 128;
/// Longest actor, agency, region, traceparent or rule id, in bytes.
pub const TEXT_BYTES_MAX: usize = 200;
/// Most rule ids on one event.
pub const RULES_MAX: usize = 64;
