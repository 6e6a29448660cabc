//! Requests made odd: in what they say, in how they are written down, and in how they are sent.

use prost::Message as _;
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, ReflectMessage as _, Value};
use uuid::Uuid;

use super::{odd, sample::Corpus, send::framed};
use crate::dice::Dice;

/// Messages within messages, of those that are made from nothing.
const DEPTH_MAX: usize = 5;

/// Changes one field of a message, however deep; answers its path.
pub(super) fn one_field(dice: &mut Dice, corpus: &Corpus, message: &mut DynamicMessage) -> String {
    let all: Vec<FieldDescriptor> = message.descriptor().fields().collect();
    let set: Vec<FieldDescriptor> = all.iter().filter(|field| message.has_field(field)).cloned().collect();
    let from = if set.is_empty() || dice.below(10) < 3 { &all } else { &set };
    if from.is_empty() {
        return String::new();
    }
    let mut field = dice.of(from).clone();
    // What all requests have in common is spoilt less often than what each says.
    if field.name() == "meta" && dice.below(8) > 0 {
        field = dice.of(from).clone();
    }
    let path = |rest: &str| if rest.is_empty() { field.name().to_owned() } else { format!("{}.{rest}", field.name()) };
    if dice.below(16) == 0 {
        message.clear_field(&field);
        return path("(none)");
    }
    // Ahead of everybody else one waits long, and nothing else comes of it.
    if field.name() == "seen" {
        return path("(as it was)");
    }
    if !message.has_field(&field) && dice.below(2) == 0 {
        let grown = grown(dice, corpus, &field, 1);
        message.set_field(&field, grown);
        return path("(grown)");
    }
    match message.get_field_mut(&field) {
        Value::Message(part) => {
            let rest = one_field(dice, corpus, part);
            path(&rest)
        }
        Value::List(list) => match dice.below(if list.is_empty() { 2 } else { 9 }) {
            0 => {
                let one = one(dice, corpus, &field, 1);
                let times = *dice.of(&[1, 1, 1, 2, 64, 65, 2_000]);
                list.extend(std::iter::repeat_n(one, times));
                path("(more)")
            }
            1 => {
                let again = list.clone();
                list.extend(again);
                path("(twice)")
            }
            2 => {
                dice.shuffle(list);
                path("(shuffled)")
            }
            3 => {
                let at = dice.below(list.len());
                list.remove(at);
                path("(less)")
            }
            _ => {
                let at = dice.below(list.len());
                let rest = match &mut list[at] {
                    Value::Message(part) => one_field(dice, corpus, part),
                    value => {
                        if let Some(odd) = odd::value(dice, corpus, &field, value) {
                            *value = odd;
                        }
                        String::new()
                    }
                };
                path(&format!("[{at}]{rest}"))
            }
        },
        value => {
            if let Some(odd) = odd::value(dice, corpus, &field, value) {
                *value = odd;
            }
            path("")
        }
    }
}

/// A whole message out of what is known of its fields.
pub(super) fn message(dice: &mut Dice, corpus: &Corpus, of: &MessageDescriptor, depth: usize) -> DynamicMessage {
    let mut message = DynamicMessage::new(of.clone());
    if depth > DEPTH_MAX {
        return message;
    }
    // Many fields are refused together that would be taken alone.
    let left_out = dice.below(6);
    for field in of.fields() {
        let chosen = match field.containing_oneof() {
            // The last one set is the one that holds.
            Some(oneof) => dice.below(oneof.fields().len() + 1) > 0,
            None => dice.below(6) >= left_out,
        };
        if chosen && field.name() != "seen" {
            let value = grown(dice, corpus, &field, depth);
            message.set_field(&field, value);
        }
    }
    message
}

fn grown(dice: &mut Dice, corpus: &Corpus, field: &FieldDescriptor, depth: usize) -> Value {
    if field.is_map() {
        return Value::default_value_for_field(field);
    }
    if field.is_list() {
        let count = *dice.of(&[0, 1, 1, 2, 3]);
        return Value::List((0..count).map(|_| one(dice, corpus, field, depth)).collect());
    }
    one(dice, corpus, field, depth)
}

/// One entry of a field: most often a value that somebody sent in a field of this name.
fn one(dice: &mut Dice, corpus: &Corpus, field: &FieldDescriptor, depth: usize) -> Value {
    let kind = field.kind();
    if let Kind::Message(of) = &kind {
        return Value::Message(message(dice, corpus, of, depth + 1));
    }
    let plain = Value::default_value(&kind);
    let known = corpus.values.get(field.name()).map(|values| dice.of(values).clone());
    match known.filter(|known| known.is_valid(&kind)) {
        Some(known) if dice.below(12) > 0 => known,
        _ => odd::value(dice, corpus, field, &plain).unwrap_or(plain),
    }
}

/// Gives a command a frame of its own.
pub(super) fn frame(message: &mut DynamicMessage, id: Uuid, at: jiff::Timestamp, reported: bool) {
    let Some(field) = message.descriptor().get_field_by_name("meta") else { return };
    let Kind::Message(meta) = field.kind() else { return };
    let mut frame = DynamicMessage::new(meta.clone());
    frame.set_field_by_name("command_id", Value::String(id.to_string()));
    frame.set_field_by_name("mode", Value::EnumNumber(if reported { 2 } else { 1 }));
    if let Some(Kind::Message(moment)) = meta.get_field_by_name("at").map(|at| at.kind()) {
        let mut moment = DynamicMessage::new(moment);
        moment.set_field_by_name("seconds", Value::I64(at.as_second()));
        frame.set_field_by_name("at", Value::Message(moment));
    }
    message.set_field(&field, Value::Message(frame));
}

/// Says of what a client has seen elsewhere that it is this much.
pub(super) fn having_seen(message: &mut DynamicMessage, index: u64) {
    let meta = message.get_field_by_name_mut("meta").and_then(Value::as_message_mut);
    let seen = meta.and_then(|meta| meta.get_field_by_name_mut("seen")).and_then(Value::as_list_mut);
    for seen in seen.into_iter().flatten() {
        if let Some(seen) = seen.as_message_mut() {
            seen.set_field_by_name("log_index", Value::U64(index));
        }
    }
}

/// Another id for a command, so that it is no repeat.
pub(super) fn rename(message: &mut DynamicMessage, id: Uuid) {
    let meta = message.get_field_by_name_mut("meta").and_then(Value::as_message_mut);
    if let Some(meta) = meta {
        meta.set_field_by_name("command_id", Value::String(id.to_string()));
    }
}

/// Writes a message down as no client library does.
pub(super) fn written_down(dice: &mut Dice, message: &DynamicMessage) -> (Vec<u8>, &'static str) {
    let mut bytes = message.encode_to_vec();
    let numbers: Vec<u32> = message.descriptor().fields().map(|field| field.number()).collect();
    let number = if numbers.is_empty() { 1 } else { *dice.of(&numbers) };
    let what = match dice.below(13) {
        0 => {
            bytes.truncate(dice.below(bytes.len().max(1)));
            "cut off"
        }
        1 if !bytes.is_empty() => {
            let at = dice.below(bytes.len());
            bytes[at] ^= 1 << dice.below(8);
            "a bit turned"
        }
        2 => {
            for wire in [0, 1, 2, 5] {
                key(&mut bytes, 15_000 + wire, wire);
                bytes.extend([7, 0, 0, 0, 0, 0, 0, 0].iter().take(match wire {
                    0 => 1,
                    1 => 8,
                    2 => 8,
                    _ => 4,
                }));
            }
            "unknown fields"
        }
        3 => {
            let depth = *dice.of(&[1, 50, 99, 100, 101, 10_000]);
            (0..depth).for_each(|_| key(&mut bytes, 15_000, 3));
            (0..depth).for_each(|_| key(&mut bytes, 15_000, 4));
            "groups within groups"
        }
        4 => {
            key(&mut bytes, number, *dice.of(&[0, 1, 2, 3, 4, 5, 6, 7]));
            bytes.extend([1, 0, 0, 0, 0, 0, 0, 0]);
            "another wire type"
        }
        5 => {
            let again = bytes.clone();
            bytes.extend(again);
            "said twice"
        }
        6 => {
            // A text that is none, wherever the field holds one.
            key(&mut bytes, number, 2);
            bytes.extend([4, 0xff, 0xfe, 0xc0, 0x80]);
            "no UTF-8"
        }
        7 => {
            key(&mut bytes, number, 2);
            bytes.extend([0xff, 0xff, 0xff, 0xff, 0x0f]);
            "longer than it is"
        }
        8 => {
            key(&mut bytes, number, 0);
            bytes.extend([0xff; 11]);
            "a number without end"
        }
        9 => {
            bytes = (0..dice.below(400)).map(|_| u8::try_from(dice.below(256)).expect("a byte")).collect();
            "noise"
        }
        10 => {
            // As many parts within parts as there is room for.
            let mut deep = Vec::new();
            for _ in 0..*dice.of(&[50, 99, 100, 101, 3_000]) {
                let mut outer = Vec::new();
                key(&mut outer, number, 2);
                length(&mut outer, deep.len());
                outer.extend(deep);
                deep = outer;
            }
            bytes.extend(deep);
            "parts within parts"
        }
        11 => {
            // Surrogates, written as UTF-8 knows none.
            key(&mut bytes, number, 2);
            bytes.extend([3, 0xed, 0xa0, 0x80]);
            "half a character"
        }
        _ => {
            bytes = Vec::new();
            "nothing"
        }
    };
    (bytes, what)
}

fn key(bytes: &mut Vec<u8>, number: u32, wire: u32) {
    length(bytes, (number << 3 | wire) as usize);
}

fn length(bytes: &mut Vec<u8>, mut rest: usize) {
    while rest >= 0x80 {
        bytes.push(u8::try_from(rest & 0x7f).expect("seven bits") | 0x80);
        rest >>= 7;
    }
    bytes.push(u8::try_from(rest).expect("seven bits"));
}

/// How a call is sent as no client library sends it: its body, and what stands beside it.
pub(super) fn sent(dice: &mut Dice, message: &[u8]) -> (Vec<u8>, Vec<(&'static str, String)>, &'static str) {
    let header = |name, value: &&str| vec![(name, (*value).to_owned())];
    let whole = framed(message);
    match dice.below(11) {
        0 => (Vec::new(), Vec::new(), "no message"),
        1 => ([whole.clone(), whole].concat(), Vec::new(), "two messages"),
        2 => (whole[..whole.len() - whole.len().min(2)].to_vec(), Vec::new(), "half a message"),
        3 => ([&[1], &whole[1..]].concat(), Vec::new(), "compressed, as it says"),
        4 => ([&[1], &whole[1..]].concat(), header("grpc-encoding", &"gzip"), "no gzip"),
        5 => ([&[7], &whole[1..]].concat(), Vec::new(), "an unknown flag"),
        6 => (vec![0, 0xff, 0xff, 0xff, 0xff, 1], Vec::new(), "a message of 4 GiB"),
        7 => (whole, header("grpc-encoding", &"snappy"), "an unknown encoding"),
        8 => (whole, header("grpc-timeout", dice.of(&["1n", "0S", "5", "x", "99999999H", "-1S"])), "a deadline"),
        9 => (
            whole,
            header(
                "traceparent",
                dice.of(&["x", "00-0-0-0", "00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-ff"]),
            ),
            "a trace",
        ),
        _ => {
            (whole, header("content-type", dice.of(&["application/json", "application/grpc+json", ""])), "another type")
        }
    }
}
