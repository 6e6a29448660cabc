//! The `fazhi` binary: reads the command line, runs one command, answers with an exit code.

use std::process::ExitCode;

/// Commands and views live on many small allocations, which the system's allocator is slow at (docs/performance.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let command = match fazhi::cli::parse(std::env::args_os()) {
        Ok(command) => command,
        Err(stop) => return stop.exit(),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => {
            eprintln!("fazhi: cannot start the runtime: {e}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(fazhi::run(command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("fazhi: {}", kernel::error::chain(e.as_ref()));
            ExitCode::FAILURE
        }
    }
}
