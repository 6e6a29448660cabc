//! What servers and clients of all APIs do with a call.
//!
//! For each message only reading and writing it is made; everything between is made once. The stubs that tonic generates
//! are made anew for each RPC, which was more than half of the program (docs/adr/0031-one-machine-for-calls.md).

mod client;
mod server;

use prost::DecodeError;
use tonic::{
    Response, Status,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    codegen::{Bytes, Pin},
};

pub use client::{Client, Transport};
pub use server::{Answer, Answers, Call, Server};

/// A message that comes or goes alone, not in a stream.
pub trait Alone: Send + Sync + 'static {
    /// Of its bytes.
    fn read(bytes: Bytes) -> Result<Self, DecodeError>
    where
        Self: Sized;

    /// Writes its bytes.
    fn write(&self, to: &mut EncodeBuf<'_>);
}

/// Makes a message one that comes or goes alone, here, where it is made once for all that use it.
macro_rules! alone {
    ($message:ty) => {
        impl $crate::rpc::Alone for $message {
            fn read(bytes: tonic::codegen::Bytes) -> Result<Self, prost::DecodeError> {
                prost::Message::decode(bytes)
            }

            fn write(&self, to: &mut tonic::codec::EncodeBuf<'_>) {
                prost::Message::encode(self, to).expect("a buffer that grows takes it");
            }
        }
    };
}
pub(crate) use alone;

type Outgoing = Box<dyn Alone>;

/// Bytes in, any message out.
struct Bare;

impl Codec for Bare {
    type Encode = Outgoing;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Bare {
    type Item = Outgoing;
    type Error = Status;

    fn encode(&mut self, message: Outgoing, to: &mut EncodeBuf<'_>) -> Result<(), Status> {
        message.write(to);
        Ok(())
    }
}

impl Decoder for Bare {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        use prost::bytes::Buf as _;
        Ok(Some(from.copy_to_bytes(from.remaining())))
    }
}

/// A message of its bytes; the error is the one that gRPC names for it.
fn read<M: Alone>(bytes: Bytes) -> Result<M, Status> {
    M::read(bytes).map_err(|error| Status::internal(error.to_string()))
}

/// A service of an API.
pub trait Named {
    /// Its full name, e.g. `fazhi.enforcement.v1.Enforcement`.
    const NAME: &'static str;
}

/// What a method of an API gives.
type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<Response<T>, Status>> + Send + 'a>>;
