//! All gRPC APIs: generated code and the descriptor set. The comments of the `.proto` files are the documentation.
//!
//! Open first: `fazhi/common/v1/common.proto`, the frame of every command and what each RPC declares; `build/` for what
//! is made of it, `rpc` for what is done with every call.
#![allow(missing_docs, unreachable_pub, clippy::all)]

pub mod rpc;

macro_rules! package {
    ($($name:ident = $package:literal)*) => {$(
        pub mod $name {
            pub mod v1 {
                tonic::include_proto!($package);
                #[allow(unused_imports, reason = "what all APIs share can be named from any of them")]
                pub use crate::common::v1::*;
            }
        }
    )*};
}

pub mod common {
    pub mod v1 {
        tonic::include_proto!("fazhi.common.v1");
    }
}

package! {
    powerlist = "fazhi.powerlist.v1"
    enforcement = "fazhi.enforcement.v1"
    disclosure = "fazhi.disclosure.v1"
    complaints = "fazhi.complaints.v1"
    reconsideration = "fazhi.reconsideration.v1"
    projection = "fazhi.projection.v1"
    events = "fazhi.events.v1"
}

/// Limits that the comments of the APIs name, for those who hold to them and those who tell people of them.
pub mod limits {
    /// Most files of a matter that is brought over the web.
    pub const ATTACHMENTS_MAX: usize = 5;
    /// Most bytes of a file.
    pub const ATTACHMENT_BYTES_MAX: usize = 4 * 1024 * 1024;
    /// Most characters of a file's name.
    pub const ATTACHMENT_NAME_MAX: usize = 200;
    /// What a file may be, by its bytes.
    pub const ATTACHMENT_TYPES: [&str; 3] = ["image/jpeg", "image/png", "application/pdf"];
    /// Most bytes of a text that is sealed.
    pub const SEALED_TEXT_BYTES_MAX: usize = 64 * 1024;
    /// Most bytes of a request with files: these, and all that is said beside.
    pub const WITH_ATTACHMENTS_BYTES_MAX: usize = ATTACHMENTS_MAX * ATTACHMENT_BYTES_MAX + 1024 * 1024;
    /// Most bytes of any message; many take less.
    pub const MESSAGE_BYTES_MAX: usize = 32 * 1024 * 1024;
}

/// The encoded `FileDescriptorSet` of every package, for reflection and for tests that compare it with the code.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));

/// One RPC, as its API declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method {
    /// Full name of the service, e.g. `fazhi.enforcement.v1.Enforcement`.
    pub service: &'static str,
    /// Its own name.
    pub name: &'static str,
    /// `/<service>/<name>`.
    pub path: &'static str,
    /// Who may call it, in the words of tokens.
    pub roles: &'static [&'static str],
    /// Stored type of the event that it asks for; empty where it is no step of a matter.
    pub event: &'static str,
    /// Whether the client sends a stream of messages.
    pub streams: bool,
}

/// The answer to a step.
pub trait Answer {
    /// What was recorded.
    fn receipt(&self) -> Option<&common::v1::Receipt>;
}

// `METHODS`, every RPC; and for each service a macro `<package>_steps!` that hands the RPCs which ask for an event to
// another macro, so that everything with a line per step is made of the API.
include!(concat!(env!("OUT_DIR"), "/methods.rs"));
