//! The binary: composition of the services into one process, and the command line.
//!
//! Invariant: no rule and no query lives here.
//!
//! Open first: [`services`], the list of what the suite is made of; [`up`] for how it runs; [`demo`] for the year of invented
//! cases.

mod backup;
mod bar;
mod calendar;
pub mod cli;
mod client;
mod copy;
pub mod demo;
mod events;
mod export;
mod figures;
mod import;
mod law;
pub mod pki;
mod prepare;
mod restore;
pub mod rules;
pub mod serve;
mod server;
pub mod services;
mod token;
pub mod up;
pub mod vault_key;
mod verify;

use std::process::ExitCode;

use cli::Command;

/// Any failure of a command; its chain is printed once, on one line.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The program: reads the command line, runs one command, answers with an exit code.
pub fn main() -> ExitCode {
    let command = match cli::parse(std::env::args_os()) {
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
    match runtime.block_on(run(command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("fazhi: {}", kernel::error::chain(e.as_ref()));
            ExitCode::FAILURE
        }
    }
}

/// Runs one command.
///
/// # Errors
/// Whatever kept the command from being done.
pub async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Up(options) => up::run(options).await,
        Command::Serve(options) => serve::run(options).await,
        Command::Prepare(options) => prepare::run(&options).await,
        Command::Token(options) => token::run(&options),
        Command::Import(options) => import::run(options).await,
        Command::Export(options) => export::run(options).await,
        Command::Calendar(what) => calendar::run(what).await,
        Command::Law(what) => law::run(what).await,
        Command::Rules(options) => rules::run(&options),
        Command::Events(options) => events::run(options).await,
        Command::Verify(options) => verify::run(&options).await,
        Command::Backup(options) => backup::run(&options).await,
        Command::Restore(options) => restore::run(&options).await,
        Command::Pki(what) => pki::run(&what),
        Command::Vault(cli::Vault::Rewrap(options)) => vault_key::rewrap(&options).await,
    }
}
