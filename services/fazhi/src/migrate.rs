//! `fazhi migrate`: from a folder of SQLite files into Postgres, byte for byte.

use std::path::Path;

use ledger::{Config, Url};

use crate::{Failure, bar, cli, services::profiles};

pub(crate) async fn run(options: &cli::Migrate) -> Result<(), Failure> {
    let (from, to) = (Url::Sqlite(options.from.clone()), Url::Postgres(options.to.clone()));
    let told = |what: &str, e: &(dyn std::error::Error + 'static)| format!("{what}: {}", kernel::error::chain(e));
    for service in profiles().iter().map(|profile| profile.service) {
        let config = |url: &Url| Config::new(service, options.region.as_str(), url.clone());
        if !there(&options.from, service) {
            println!("{service:16} nothing to copy");
            continue;
        }
        let bar = bar::events(service);
        let head = ledger::copy(&config(&from), &config(&to), &mut |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        })
        .await
        .map_err(|e| told(service, &e))?;
        bar.finish_and_clear();
        let copied = ledger::verify(&config(&to), &mut |_, _| {}).await.map_err(|e| told(service, &e))?;
        if !copied.is_sound() || copied.root != head.root || copied.events != head.size {
            return Err(format!("{service}: the copy is not what was copied; run `fazhi verify` on both").into());
        }
        println!("{service:16} {} events, root {}", head.size, hex::encode(head.root));
    }
    let rows = vault::copy(&from, &to).await.map_err(|e| told("vault", &e))?;
    println!("{:16} {rows} rows", "vault");
    println!(
        "Keys and evidence stay in {}: take the folder along. The views are folded anew at the first start.",
        options.from.display()
    );
    Ok(())
}

fn there(folder: &Path, service: &str) -> bool {
    folder.join(format!("{service}.sqlite")).exists()
}
