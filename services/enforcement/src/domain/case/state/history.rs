//! What was said of one thing at several times.

use jiff::Timestamp;

/// Every value with the time from which it held, so that an act is judged by what held when it was done and not by what was
/// recorded before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History<T>(Vec<(Option<Timestamp>, T)>);

impl<T> Default for History<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy> History<T> {
    /// From then on it is this. What has no time held from the beginning.
    pub fn put(&mut self, at: Option<Timestamp>, value: T) {
        self.0.push((at, value));
    }

    /// What it was then: the latest by its own time, and of several of one time the one recorded last.
    pub fn then(&self, when: Timestamp) -> Option<T> {
        let by_then = self.0.iter().filter(|(at, _)| at.is_none_or(|at| at <= when));
        by_then.max_by_key(|(at, _)| *at).map(|(_, value)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::sample::at;

    #[test]
    fn what_held_then_does_not_follow_from_the_order_of_recording() {
        let mut history = History::default();
        assert_eq!(history.then(at("2024-03-01T09:00")), None);
        history.put(Some(at("2024-03-05T09:00")), 'b');
        history.put(Some(at("2024-03-03T09:00")), 'a');
        for (when, held) in [
            ("2024-03-03T08:59", None),
            ("2024-03-03T09:00", Some('a')),
            ("2024-03-05T08:59", Some('a')),
            ("2024-03-05T09:00", Some('b')),
        ] {
            assert_eq!(history.then(at(when)), held, "{when}");
        }
        history.put(Some(at("2024-03-05T09:00")), 'c');
        assert_eq!(history.then(at("2024-03-06T09:00")), Some('c'), "of one time the last");
        let mut old = History::default();
        old.put(None, 'x');
        assert_eq!(old.then(at("2020-01-01T00:00")), Some('x'));
    }
}
