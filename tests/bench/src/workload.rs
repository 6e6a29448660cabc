//! What every store is asked to keep.

/// Events of one stream, as many as a case has.
pub const STREAM_EVENTS: u64 = 20;

/// The domain event that every store gets: about 200 bytes of JSON.
pub fn event(n: u64) -> String {
    format!(
        r#"{{"at":"2025-07-01T02:15:00Z","mode":"handling","stage":"investigation","form":"text","title":"现场检查笔录","number":{n},"by":["117003","117009"],"sha256":"9f86d081884c7d659a2feaa0c55ad015"}}"#
    )
}

/// Stream and version of a caller's n-th event.
pub fn place(caller: usize, n: u64) -> (String, u64) {
    (format!("case/{caller:08x}-0000-7000-8000-{:012x}", n / STREAM_EVENTS), n % STREAM_EVENTS)
}
