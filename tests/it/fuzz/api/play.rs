//! The stories told again in several worlds, with what is odd before each request.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use futures::future::join_all;
use jiff::Timestamp;
use kernel::peer::Routes;
use prost::Message as _;
use prost_reflect::{DynamicMessage, Value};
use stories::suite::Running;
use tonic::Code;
use uuid::Uuid;

use super::{
    sample::{Corpus, Rpc, Sample, Who, in_world},
    send::{self, Answer, Sent, framed},
    spoil,
};
use crate::dice::Dice;

/// Bytes of a request that is sent as it is once, and seldom made odd: whole lists.
const LARGE: usize = 32 * 1024;
/// Odd requests before the one that they are made of.
const ODD_MAX: usize = 2;
/// Wait before a request is sent again that may have come too early.
const TRY_AFTER: Duration = Duration::from_millis(15);

/// How much is sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    pub(super) seed: u64,
    /// Worlds side by side.
    pub(super) worlds: u32,
    /// Requests made of nothing, of each RPC, beside one in the end.
    pub(super) of_each: usize,
    /// When no more is sent.
    pub(super) end: Instant,
}

/// What was sent and what came of it.
#[derive(Default)]
pub(super) struct Told {
    pub(super) requests: AtomicU64,
    /// By RPC: sent, carried out, and of these the odd ones.
    by_rpc: Mutex<BTreeMap<&'static str, [u64; 3]>>,
    codes: Mutex<BTreeMap<String, u64>>,
    /// Answers that nobody must get, with what was sent.
    pub(super) wrong: Mutex<Vec<String>>,
}

impl Told {
    pub(super) fn odd_and_taken(&self) -> u64 {
        lock(&self.by_rpc).values().map(|counts| counts[2]).sum()
    }

    pub(super) fn never_asked(&self, corpus: &Corpus) -> Vec<&'static str> {
        let by_rpc = lock(&self.by_rpc);
        corpus.rpcs.iter().map(|rpc| rpc.method.path).filter(|path| !by_rpc.contains_key(path)).collect()
    }

    pub(super) fn print(&self, corpus: &Corpus) {
        let by_rpc = lock(&self.by_rpc);
        let never: Vec<_> = by_rpc.iter().filter(|(_, counts)| counts[1] == 0).map(|(path, _)| *path).collect();
        println!(
            "{} of {} RPCs did what they were asked; not these: {never:?}",
            by_rpc.len() - never.len(),
            corpus.rpcs.len()
        );
        println!(
            "{:?}, {} of the odd ones taken",
            lock(&self.codes),
            by_rpc.values().map(|counts| counts[2]).sum::<u64>()
        );
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One request, and how it came to be.
struct Made {
    rpc: Rpc,
    sent: Sent,
    /// What is odd about it; empty where nothing is.
    odd: String,
    /// The seed of this one.
    seed: u64,
}

struct Sender<'a> {
    corpus: &'a Corpus,
    running: &'a Running,
    routes: Routes,
    tokens: Mutex<BTreeMap<Who, String>>,
    course: Course,
    told: &'a Told,
}

/// Plays the corpus to a suite.
pub(super) async fn play(running: &Running, corpus: &Corpus, course: Course, told: &Told) {
    let routes = running.suite.routes.clone();
    let sender = &Sender { corpus, running, routes, tokens: Mutex::default(), course, told };
    let mut now = Timestamp::MIN;
    // The lists are all there is in the beginning; what is made of nothing comes all the while after them.
    let asked: Vec<&Rpc> = corpus.rpcs.iter().filter(|rpc| !rpc.is_of_lists()).collect();
    let lists: Vec<&Rpc> = corpus.rpcs.iter().filter(|rpc| rpc.is_of_lists()).collect();
    let mut dice = Dice(course.seed);
    let of_nothing = asked.len() * course.of_each;
    let mut made = 0;
    for (number, sample) in corpus.samples.iter().enumerate() {
        if sender.is_enough() {
            break;
        }
        if sample.now > now {
            now = sample.now;
            running.set_clock(now);
        }
        join_all((0..course.worlds).map(|world| sender.sample(sample, world))).await;
        let due = of_nothing * (number + 1) / corpus.samples.len();
        let batch: Vec<(usize, Rpc)> = (made..due).map(|nth| (nth, (*dice.of(&asked)).clone())).collect();
        made = due;
        join_all(batch.into_iter().map(|(nth, rpc)| sender.of_nothing(rpc, nth, now))).await;
    }
    // What changes the lists for everybody comes last, and what each RPC was not asked by chance.
    for sample in corpus.samples.iter().filter(|sample| sample.rpc.is_of_lists() && !sender.is_enough()) {
        join_all((0..course.worlds).map(|world| sender.odd_list(sample, world))).await;
    }
    let rest =
        lists.iter().flat_map(|rpc| std::iter::repeat_n(*rpc, course.of_each.max(1))).chain(asked.iter().copied());
    let rest: Vec<(usize, Rpc)> = (of_nothing..).zip(rest.cloned()).collect();
    for batch in rest.chunks(course.worlds as usize) {
        join_all(batch.iter().map(|(nth, rpc)| sender.of_nothing(rpc.clone(), *nth, now))).await;
    }
}

impl Sender<'_> {
    fn is_enough(&self) -> bool {
        Instant::now() >= self.course.end
    }

    fn token(&self, who: &Who) -> String {
        let mut tokens = lock(&self.tokens);
        let token = tokens.entry(who.clone()).or_insert_with(|| {
            let roles: Vec<_> = who.roles.iter().copied().collect();
            format!("Bearer {}", self.running.token_in(&who.region, &who.subject, who.agency.as_deref(), &roles))
        });
        token.clone()
    }

    /// A request in one world, after odd ones.
    async fn sample(&self, sample: &Sample, world: u32) {
        let size: usize = sample.messages.iter().map(Vec::len).sum();
        let seed = self.seed(sample, world);
        let mut dice = Dice(seed);
        let is_large = size > LARGE;
        let odd = match (sample.rpc.is_of_lists(), is_large) {
            // Everybody rests on the lists: what is odd about them comes last.
            (true, _) => 0,
            (false, true) => usize::from(dice.below(6) == 0),
            (false, false) => dice.below(ODD_MAX + 1),
        };
        for _ in 0..odd {
            self.ask(self.odd(&mut dice, sample, world)).await;
        }
        // The lists are the same in all worlds.
        if world > 0 && (is_large || sample.rpc.is_of_lists()) {
            return;
        }
        let messages = sample.messages.iter().map(|message| self.having_seen(&sample.rpc, &in_world(message, world)));
        let sent = Sent {
            path: sample.rpc.method.path.to_owned(),
            token: sample.who.as_ref().map(|who| self.token(who)),
            body: messages.flat_map(|message| framed(&message.encode_to_vec())).collect(),
            headers: Vec::new(),
        };
        let made = || Made { rpc: sample.rpc.clone(), sent: sent.clone(), odd: String::new(), seed };
        // It may have come before what it rests on, which follows by itself.
        if self.ask(made()).await == Some(Code::NotFound) && !sample.rpc.method.event.is_empty() {
            tokio::time::sleep(TRY_AFTER).await;
            self.ask(made()).await;
        }
    }

    async fn odd_list(&self, sample: &Sample, world: u32) {
        let mut dice = Dice(self.seed(sample, world));
        self.ask(self.odd(&mut dice, sample, world)).await;
    }

    fn seed(&self, sample: &Sample, world: u32) -> u64 {
        Dice(self.course.seed ^ sample.key << 20 ^ u64::from(world)).below(1 << 48) as u64
    }

    /// A message whose sender has seen the lists as they are here.
    fn having_seen(&self, rpc: &Rpc, message: &[u8]) -> DynamicMessage {
        let mut message = DynamicMessage::decode(rpc.described.input(), message).expect("a message that was sent");
        let lists = self.running.suite.ledger("powerlist").expect("a ledger").head().size;
        spoil::having_seen(&mut message, lists.saturating_sub(1));
        message
    }

    fn odd(&self, dice: &mut Dice, sample: &Sample, world: u32) -> Made {
        let seed = dice.0;
        let mut odd = Vec::new();
        let id = Uuid::new_v5(&Uuid::from_u128(u128::from(sample.key)), &seed.to_be_bytes());
        let messages: Vec<Vec<u8>> = sample.messages.iter().map(|message| in_world(message, world)).collect();
        let at = dice.below(messages.len());
        let mut message = self.having_seen(&sample.rpc, &messages[at]);
        spoil::rename(&mut message, id);
        let how = dice.below(20);
        if how > 1 {
            // One thing wrong is more often taken than three.
            for _ in 0..*dice.of(&[1, 1, 1, 2, 3]) {
                odd.push(spoil::one_field(dice, self.corpus, &mut message));
            }
        }
        let (bytes, headers) = self.finished(dice, &message, how, &mut odd);
        let body = messages.iter().enumerate().flat_map(|(n, other)| match n == at {
            true => bytes.clone(),
            false => framed(other),
        });
        let body = body.collect();
        let token = match &sample.who {
            Some(who) => self.somebody(dice, who, &mut odd),
            None => None,
        };
        let sent = Sent { path: sample.rpc.method.path.to_owned(), token, body, headers };
        Made { rpc: sample.rpc.clone(), sent, odd: odd.join(", "), seed }
    }

    fn finished(
        &self,
        dice: &mut Dice,
        message: &DynamicMessage,
        how: usize,
        odd: &mut Vec<String>,
    ) -> (Vec<u8>, Vec<(&'static str, String)>) {
        match how {
            0 => {
                let (bytes, what) = spoil::written_down(dice, message);
                odd.push(what.to_owned());
                (framed(&bytes), Vec::new())
            }
            1 if dice.below(2) == 0 => {
                let (bytes, headers, what) = spoil::sent(dice, &message.encode_to_vec());
                odd.push(what.to_owned());
                (bytes, headers)
            }
            _ => (framed(&message.encode_to_vec()), Vec::new()),
        }
    }

    /// Whose token it is sent with: now and then somebody else's, or none.
    fn somebody(&self, dice: &mut Dice, who: &Who, odd: &mut Vec<String>) -> Option<String> {
        let mut other = who.clone();
        let (what, token) = match dice.below(40) {
            0 => ("nobody", None),
            1 => ("no token", Some("Bearer a.b.c".to_owned())),
            2 => ("half a token", Some(self.token(who)[..60].to_owned())),
            3 => ("somebody else", Some(self.token(dice.of(&self.corpus.people)))),
            4 => {
                other.agency.clone_from(&dice.of(&self.corpus.people).agency);
                ("somebody of another agency", Some(self.token(&other)))
            }
            5 => {
                other.region = (*dice.of(&["230000", "230800", "230883100", "110000"])).to_owned();
                ("somebody of another region", Some(self.token(&other)))
            }
            _ => return Some(self.token(who)),
        };
        odd.push(what.to_owned());
        token
    }

    /// A request made of what is known of its fields.
    async fn of_nothing(&self, rpc: Rpc, nth: usize, now: Timestamp) {
        let seed = Dice(self.course.seed ^ ((nth as u64) << 20)).below(1 << 40) as u64;
        let mut dice = Dice(seed);
        let mut message = spoil::message(&mut dice, self.corpus, &rpc.described.input(), 0);
        let id = Uuid::new_v5(&Uuid::from_u128(u128::from(seed)), &[0]);
        spoil::frame(&mut message, id, now, dice.below(2) == 0);
        let mut odd = vec!["of nothing".to_owned()];
        if dice.below(4) == 0 {
            odd.push(spoil::one_field(&mut dice, self.corpus, &mut message));
        }
        let how = dice.below(30);
        let renamed =
            in_world(&message.encode_to_vec(), u32::try_from(dice.below(self.course.worlds as usize)).expect("few"));
        // One with a field of another wire type cannot be read here either; it is sent as it is.
        let message = DynamicMessage::decode(rpc.described.input(), renamed.as_slice()).unwrap_or(message);
        let (body, headers) = self.finished(&mut dice, &message, how, &mut odd);
        let mut who = dice.of(&self.corpus.people).clone();
        let roles: Vec<kernel::Role> = rpc.method.roles.iter().filter_map(|role| role.parse().ok()).collect();
        if !roles.is_empty() {
            who.roles = [*dice.of(&roles)].into();
        }
        let token = self.somebody(&mut dice, &who, &mut odd);
        let sent = Sent { path: rpc.method.path.to_owned(), token, body, headers };
        self.ask(Made { rpc, sent, odd: odd.join(", "), seed }).await;
    }

    /// Sends it; answers what was said.
    async fn ask(&self, made: Made) -> Option<Code> {
        let began = Instant::now();
        let answer = send::send(&self.routes, &made.sent).await;
        self.told.requests.fetch_add(1, Ordering::Relaxed);
        if began.elapsed() > Duration::from_secs(3) {
            println!("{} took {} ms: {}", made.sent.path, began.elapsed().as_millis(), made.odd);
        }
        *lock(&self.told.codes).entry(format!("{:?}", answer.code)).or_default() += 1;
        let taken = answer.code == Some(Code::Ok);
        let mut by_rpc = lock(&self.told.by_rpc);
        let counts = by_rpc.entry(made.rpc.method.path).or_default();
        counts[0] += 1;
        counts[1] += u64::from(taken);
        counts[2] += u64::from(taken && !made.odd.is_empty());
        drop(by_rpc);
        if let Some(why) = is_wrong(&made, &answer) {
            lock(&self.told.wrong).push(self.described(&made, &answer, why));
        }
        answer.code
    }

    fn described(&self, made: &Made, answer: &Answer, why: &str) -> String {
        let Made { rpc, sent, odd, seed } = made;
        let read = send::unframed(&sent.body);
        let read =
            read.first().and_then(|message| DynamicMessage::decode(rpc.described.input(), message.as_slice()).ok());
        let read = read.map_or_else(String::new, |message| said(&message));
        let body: String = hex::encode(&sent.body).chars().take(4_000).collect();
        let read: String = read.chars().take(3_000).collect();
        format!(
            "SEED={} {} ({seed}; {odd}): {why}: {:?} {}\n  {read}\n  {body}",
            self.course.seed, sent.path, answer.code, answer.told
        )
    }
}

/// A message as one reads it.
fn said(message: &DynamicMessage) -> String {
    let value = |value: &Value| match value {
        Value::Message(part) => said(part),
        Value::List(list) => format!("{} entries, the first {}", list.len(), list.first().map(one).unwrap_or_default()),
        value => one(value),
    };
    fn one(value: &Value) -> String {
        match value {
            Value::Message(part) => said(part),
            Value::Bytes(bytes) => format!("{} bytes", bytes.len()),
            value => format!("{value:?}").chars().take(200).collect(),
        }
    }
    let fields: Vec<_> = message.fields().map(|(field, set)| format!("{}: {}", field.name(), value(set))).collect();
    format!("{{ {} }}", fields.join(", "))
}

/// What no request may get, whatever it is.
fn is_wrong(made: &Made, answer: &Answer) -> Option<&'static str> {
    let bounded = made.sent.headers.iter().any(|(name, _)| *name == "grpc-timeout");
    let typed = made.sent.headers.iter().any(|(name, _)| *name == "content-type");
    match answer.code {
        None if typed => None,
        None => Some("no answer"),
        Some(Code::Internal) => Some("INTERNAL"),
        Some(Code::Unknown) => Some("UNKNOWN"),
        Some(Code::DataLoss) => Some("DATA_LOSS"),
        Some(Code::Unimplemented) if !made.sent.headers.iter().any(|(name, _)| *name == "grpc-encoding") => {
            Some("UNIMPLEMENTED")
        }
        Some(Code::DeadlineExceeded) if !bounded => Some("too slow"),
        // A vault that somebody reads says that it is not clean yet, and to try again.
        Some(Code::Unavailable) if made.sent.path.ends_with("/ShredIdentity") => None,
        Some(Code::Unavailable) => Some("UNAVAILABLE"),
        Some(_) => None,
    }
}
