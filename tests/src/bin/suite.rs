//! The `fazhi` program under another name, so that tests of this crate can start and kill the whole process.

use std::process::ExitCode;

fn main() -> ExitCode {
    let command = match fazhi::cli::parse(std::env::args_os()) {
        Ok(command) => command,
        Err(stop) => return stop.exit(),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("fazhi: cannot start the runtime: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(fazhi::run(command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fazhi: {}", kernel::error::chain(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}
