//! The `fazhi` binary.

use std::process::ExitCode;

/// Commands and views live on many small allocations, which the system's allocator is slow at (docs/performance.md).
/// SQLite takes its memory from it, too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    fazhi::main()
}
