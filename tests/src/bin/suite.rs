//! The `fazhi` program under another name, so that tests of this crate can start and kill the whole process.

use std::process::ExitCode;

// Takes its memory as the program does.
use stories as _;

fn main() -> ExitCode {
    fazhi::main()
}
