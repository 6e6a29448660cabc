//! All gRPC APIs: generated code and the descriptor set. The comments of the `.proto` files are the documentation.
#![allow(missing_docs, unreachable_pub, clippy::all)]

macro_rules! package {
    ($($name:ident = $package:literal)*) => {$(
        pub mod $name {
            pub mod v1 {
                tonic::include_proto!($package);
            }
        }
    )*};
}

package! {
    common = "fazhi.common.v1"
    powerlist = "fazhi.powerlist.v1"
    enforcement = "fazhi.enforcement.v1"
    projection = "fazhi.projection.v1"
}

/// The encoded `FileDescriptorSet` of every package, for reflection and for tests that compare it with the code.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
