//! `fazhi verify`: re-hash every stored event, rebuild every tree, compare.

use ledger::{Config, VerifyError};

use crate::{Failure, bar, cli, services::profiles, up};

pub(crate) async fn run(options: &cli::Verify) -> Result<(), Failure> {
    let mut problems = 0;
    for service in profiles().iter().map(|profile| profile.service) {
        let config = Config::new(service, options.store.region.as_str(), up::ledger_url(&options.store));
        let bar = bar::events(service);
        let report = ledger::verify(&config, &mut |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        })
        .await
        .map_err(|e: VerifyError| Failure::from(format!("{service}: {}", kernel::error::chain(&e))))?;
        bar.finish_and_clear();
        let verdict = if report.is_sound() { "sound" } else { "DAMAGED" };
        println!(
            "{service:12} {verdict}: {} events, {} heads, root {}",
            report.events,
            report.heads,
            hex::encode(report.root)
        );
        for problem in &report.problems {
            println!("{service:12} {problem}");
        }
        let listed = report.problems.len() as u64;
        if report.problems_total > listed {
            println!("{service:12} and {} more", report.problems_total - listed);
        }
        problems += report.problems_total;
    }
    if problems > 0 {
        return Err(format!("{problems} problems found; do not use this data, restore it from a copy").into());
    }
    Ok(())
}
