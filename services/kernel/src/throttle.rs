//! How often the public may call: each client, and all of them together. Who has a token is known, and is not held back here.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::http::HeaderMap;
use governor::{
    DefaultDirectRateLimiter, DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock, Reference},
};
use tonic::{Code, Status};
use tonic_types::{ErrorDetail, RetryInfo, StatusExt as _};

/// Most clients that are told apart; while there are so many, all share one count.
const CLIENTS_MAX: usize = 10_000;
/// A full table is looked through for clients to forget no more often than this: whoever fills it must not make every call
/// pay for it.
const SWEEP_EVERY: Duration = Duration::from_secs(1);
/// The client that all are who cannot be told apart.
const ANYBODY: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// Calls a minute; so many may also come at once.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Of one client.
    pub per_client: NonZeroU32,
    /// Of all clients.
    pub in_total: NonZeroU32,
}

/// Counts the calls of the public.
pub struct Throttle {
    clients: DefaultKeyedRateLimiter<IpAddr>,
    all: DefaultDirectRateLimiter,
    proxies: Vec<IpAddr>,
    clock: DefaultClock,
    swept: Mutex<Option<Instant>>,
}

impl Throttle {
    /// At this pace, behind these proxies: what they say of whom they call for is believed.
    pub fn new(pace: Pace, proxies: Vec<IpAddr>) -> Self {
        Self {
            clients: RateLimiter::keyed(Quota::per_minute(pace.per_client)),
            all: RateLimiter::direct(Quota::per_minute(pace.in_total)),
            proxies,
            clock: DefaultClock::default(),
            swept: Mutex::default(),
        }
    }

    /// Counts a call.
    ///
    /// # Errors
    /// How long to wait, when there were too many.
    pub fn count(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Result<(), Duration> {
        let client = network(self.client(peer, headers));
        if self.clients.len() >= CLIENTS_MAX && self.is_time_to_sweep() {
            self.clients.retain_recent();
        }
        let client = if self.clients.len() < CLIENTS_MAX { client } else { ANYBODY };
        // One client's calls that come to nothing do not count against all the others.
        self.clients.check_key(&client).map_err(|not| self.wait(&not))?;
        self.all.check().map_err(|not| self.wait(&not))
    }

    fn is_time_to_sweep(&self) -> bool {
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        let is_time = swept.is_none_or(|at| at.elapsed() >= SWEEP_EVERY);
        if is_time {
            *swept = Some(Instant::now());
        }
        is_time
    }

    fn wait<P: Reference>(&self, not: &NotUntil<P>) -> Duration
    where
        DefaultClock: governor::clock::Clock<Instant = P>,
    {
        not.wait_time_from(self.clock.now())
    }

    /// Who calls: the peer; where that is a proxy, the last one named that is none.
    fn client(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> IpAddr {
        let Some(mut client) = peer.map(|peer| peer.to_canonical()) else { return ANYBODY };
        let named = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let named: Vec<&str> = named.flat_map(|value| value.split(',')).map(str::trim).collect();
        for name in named.into_iter().rev() {
            if !self.proxies.contains(&client) {
                break;
            }
            let Ok(before) = name.parse::<IpAddr>() else { break };
            client = before.to_canonical();
        }
        client
    }
}

/// What one client can take addresses from: of IPv6, the first half.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
    }
}

/// RESOURCE_EXHAUSTED, with when to come again.
pub fn too_many(wait: Duration) -> Status {
    let what = format!("too many calls; try again in {} s", seconds(wait));
    Status::with_error_details_vec(
        Code::ResourceExhausted,
        what,
        vec![ErrorDetail::RetryInfo(RetryInfo::new(Some(Duration::from_secs(seconds(wait)))))],
    )
}

/// Whole seconds to wait, at least one.
pub fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn throttle(per_client: u32, in_total: u32, proxies: &[&str]) -> Throttle {
        let n = |n| NonZeroU32::new(n).unwrap();
        let proxies = proxies.iter().map(|p| p.parse().unwrap()).collect();
        Throttle::new(Pace { per_client: n(per_client), in_total: n(in_total) }, proxies)
    }

    fn headers(forwarded: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", axum::http::HeaderValue::from_static(value));
        }
        headers
    }

    fn ip(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn each_client_is_held_to_its_pace_and_told_when_to_come_again() {
        let throttle = throttle(2, 100, &[]);
        for address in ["192.0.2.1", "192.0.2.2"] {
            throttle.count(ip(address), &headers(&[])).unwrap();
            throttle.count(ip(address), &headers(&[])).unwrap();
            let wait = throttle.count(ip(address), &headers(&[])).unwrap_err();
            assert!(wait > Duration::from_secs(20) && wait <= Duration::from_secs(30), "{wait:?}");
        }
    }

    #[test]
    fn all_clients_together_are_held_to_theirs() {
        let throttle = throttle(2, 3, &[]);
        for address in ["192.0.2.1", "192.0.2.2", "192.0.2.3"] {
            throttle.count(ip(address), &headers(&[])).unwrap();
        }
        throttle.count(ip("192.0.2.4"), &headers(&[])).unwrap_err();
    }

    #[test]
    fn only_a_proxy_is_believed_who_calls() {
        let client = |peer, forwarded: &[&'static str]| {
            throttle(1, 1, &["10.0.0.1", "10.0.0.2"]).client(ip(peer), &headers(forwarded)).to_string()
        };
        assert_eq!(client("192.0.2.9", &["192.0.2.1"]), "192.0.2.9");
        assert_eq!(client("10.0.0.1", &["192.0.2.1"]), "192.0.2.1");
        assert_eq!(client("::ffff:10.0.0.1", &["::ffff:192.0.2.1"]), "192.0.2.1");
        // What the client itself says stands before what the proxy says.
        assert_eq!(client("10.0.0.1", &["203.0.113.7, 192.0.2.1, 10.0.0.2"]), "192.0.2.1");
        assert_eq!(client("10.0.0.1", &["203.0.113.7", "192.0.2.1"]), "192.0.2.1");
        assert_eq!(client("10.0.0.1", &["nonsense"]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn addresses_of_one_network_are_one_client_and_no_more_clients_are_told_apart_than_the_table_holds() {
        let throttle = throttle(1, 1_000_000, &[]);
        throttle.count(ip("2001:db8::1"), &headers(&[])).unwrap();
        throttle.count(ip("2001:db8::ffff:1"), &headers(&[])).unwrap_err();
        throttle.count(ip("2001:db8:0:1::1"), &headers(&[])).unwrap();
        for n in 0..CLIENTS_MAX as u32 + 10 {
            _ = throttle.count(Some(IpAddr::V4(Ipv4Addr::from_bits(0x0a00_0000 + n))), &headers(&[]));
        }
        assert!(throttle.clients.len() <= CLIENTS_MAX + 1, "{}", throttle.clients.len());
    }
}
