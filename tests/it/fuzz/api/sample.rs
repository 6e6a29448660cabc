//! What is known of valid requests: samples of them, and which values stand in which field.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use kernel::Role;
use prost::Message as _;
use prost_reflect::{DescriptorPool, DynamicMessage, MethodDescriptor, Value};
use proto::Method;
use uuid::Uuid;

use super::{send::unframed, tap::Overheard};

/// Values kept of one field.
const KEPT_MAX: usize = 300;

/// Somebody with a token.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Who {
    pub(super) subject: String,
    pub(super) agency: Option<String>,
    pub(super) region: String,
    pub(super) roles: BTreeSet<Role>,
}

/// A valid request.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    pub(super) rpc: Rpc,
    pub(super) who: Option<Who>,
    pub(super) messages: Vec<Vec<u8>>,
    /// What time it was.
    pub(super) now: Timestamp,
    /// The same for the same request.
    pub(super) key: u64,
}

/// An RPC as its API declares it.
#[derive(Clone, Debug)]
pub(super) struct Rpc {
    pub(super) method: &'static Method,
    pub(super) described: MethodDescriptor,
}

/// All that is known.
pub(super) struct Corpus {
    pub(super) rpcs: Vec<Rpc>,
    pub(super) samples: Vec<Sample>,
    /// By the names of fields.
    pub(super) values: BTreeMap<String, Vec<Value>>,
    /// Everybody who sent something.
    pub(super) people: Vec<Who>,
}

impl Corpus {
    /// Of what was overheard of each story. Their days are laid upon one another, because a clock goes forward.
    pub(super) fn of(stories: &[Vec<Overheard>]) -> Self {
        let pool = DescriptorPool::decode(proto::DESCRIPTORS).expect("the descriptors");
        let rpcs: Vec<Rpc> = proto::METHODS
            .iter()
            .map(|method| {
                let service = pool.get_service_by_name(method.service).expect("a service");
                let described = service.methods().find(|found| found.name() == method.name).expect("a method");
                Rpc { method, described }
            })
            .collect();
        let mut samples = Vec::new();
        let mut lists = BTreeSet::new();
        for heard in stories {
            let mut ids = BTreeMap::new();
            let mut now = Timestamp::MIN;
            for (heard, rpc) in heard.iter().filter_map(|heard| {
                let rpc = rpcs.iter().find(|rpc| rpc.method.path == heard.path)?;
                Some((heard, rpc))
            }) {
                let renamed = |id: Uuid| {
                    let next = samples.len() as u64 * 100 + ids.len() as u64;
                    *ids.entry(id).or_insert_with(|| Uuid::new_v5(&Uuid::nil(), &next.to_be_bytes()))
                };
                // What it is called follows from its place alone, so that the same is sent for the same seed.
                let messages = unframed(&with_ids(&heard.body, renamed));
                now = at(rpc, &messages).map_or(now, |at| at.max(now));
                let sample =
                    Sample { rpc: rpc.clone(), who: who(&heard.bearer), messages, now, key: samples.len() as u64 };
                // Every story begins with the same lists.
                if !sample.rpc.is_of_lists() || lists.insert(sample.said()) {
                    samples.push(sample);
                }
            }
        }
        samples.sort_by_key(|sample| sample.now);
        let mut corpus = Self { rpcs, samples: Vec::new(), values: BTreeMap::new(), people: Vec::new() };
        for sample in &samples {
            if let Some(message) = sample.read() {
                corpus.keep(&message);
            }
        }
        let services = fazhi::services::profiles().into_iter().map(|profile| Value::String(profile.service.to_owned()));
        corpus.values.entry("service".to_owned()).or_default().extend(services);
        let people: BTreeSet<Who> = samples.iter().filter_map(|sample| sample.who.clone()).collect();
        corpus.people = people.into_iter().collect();
        corpus.samples = samples;
        corpus
    }

    fn keep(&mut self, message: &DynamicMessage) {
        for (field, value) in message.fields() {
            self.keep_value(field.name(), value);
        }
    }

    fn keep_value(&mut self, name: &str, value: &Value) {
        match value {
            Value::Message(message) => self.keep(message),
            Value::List(list) => list.iter().for_each(|value| self.keep_value(name, value)),
            Value::String(text) if text.len() > 400 => {}
            Value::Bytes(_) | Value::Map(_) => {}
            value => {
                let kept = self.values.entry(name.to_owned()).or_default();
                if kept.len() < KEPT_MAX && !kept.contains(value) {
                    kept.push(value.clone());
                }
            }
        }
    }
}

impl Sample {
    /// The request, where it is one message.
    pub(super) fn read(&self) -> Option<DynamicMessage> {
        let [message] = self.messages.as_slice() else { return None };
        DynamicMessage::decode(self.rpc.described.input(), message.as_slice()).ok()
    }

    /// What it says, and to whom, but for its frame.
    fn said(&self) -> (&'static str, Vec<u8>) {
        let mut message = self.read().expect("one message");
        message.clear_field_by_name("meta");
        (self.rpc.method.path, message.encode_to_vec())
    }
}

impl Rpc {
    /// Whether it asks for the lists, which are the same in all worlds.
    pub(super) fn is_of_lists(&self) -> bool {
        self.method.service.ends_with(".Powerlist")
    }
}

fn at(rpc: &Rpc, messages: &[Vec<u8>]) -> Option<Timestamp> {
    let message = DynamicMessage::decode(rpc.described.input(), messages.first()?.as_slice()).ok()?;
    let meta = message.get_field_by_name("meta")?;
    let at = meta.as_message()?.get_field_by_name("at")?;
    let seconds = at.as_message()?.get_field_by_name("seconds")?.as_i64()?;
    Timestamp::from_second(seconds).ok()
}

/// Whom a token names; nobody where there is none, or none that can be read.
fn who(bearer: &str) -> Option<Who> {
    let claims = BASE64_URL_SAFE_NO_PAD.decode(bearer.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&claims).ok()?;
    let text = |name: &str| claims[name].as_str().map(str::to_owned);
    let roles = claims["roles"].as_array()?.iter().filter_map(|role| role.as_str()?.parse().ok());
    Some(Who { subject: text("sub")?, agency: text("agency"), region: text("region")?, roles: roles.collect() })
}

/// The same request in another world, where every matter has another id.
pub(super) fn in_world(bytes: &[u8], world: u32) -> Vec<u8> {
    with_ids(bytes, |id| if world == 0 { id } else { Uuid::new_v5(&id, &world.to_be_bytes()) })
}

/// The same request with other ids, which are as long.
fn with_ids(bytes: &[u8], mut other: impl FnMut(Uuid) -> Uuid) -> Vec<u8> {
    const LENGTH: usize = 36;
    let mut there = bytes.to_vec();
    let mut at = 0;
    while let Some(text) = there.get(at..at + LENGTH) {
        let id = (text[8] == b'-').then(|| std::str::from_utf8(text).ok()?.parse::<Uuid>().ok()).flatten();
        match id {
            Some(id) => {
                there[at..at + LENGTH].copy_from_slice(other(id).to_string().as_bytes());
                at += LENGTH;
            }
            None => at += 1,
        }
    }
    there
}
