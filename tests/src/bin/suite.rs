//! The `fazhi` program under another name, so that tests of this crate can start and kill the whole process.

use std::process::ExitCode;

fn main() -> ExitCode {
    fazhi::main()
}
