//! `fazhi prepare`: makes in Postgres what the services need and may not make themselves.
//!
//! A service's login may read and insert, so somebody else must own its tables. This is run as that owner, before the first
//! start and before the first start of a version that changed a schema.

use ledger::{Config, Ledger, Url};

use crate::{Failure, cli, server, services::profiles, vault_key};

pub(crate) async fn run(options: &cli::Prepare) -> Result<(), Failure> {
    let url = server::ledger_url(&options.store);
    if let Url::Sqlite(_) = url {
        return Err("on SQLite nothing has to be prepared; say which Postgres with --database-url".into());
    }
    for service in profiles().iter().map(|profile| profile.service) {
        let config = Config::new(service, options.store.region.as_str(), url.clone());
        let ledger = Ledger::open(config, server::system()).await;
        let ledger = ledger.map_err(|e| format!("{service}: {}", kernel::error::chain(&e)))?;
        println!("{service:15} {} events", ledger.head().size);
        ledger.close().await;
    }
    vault_key::open(&options.store, Some(&options.vault_key)).await?;
    println!("{:15} made, or there already", "vault");
    Ok(())
}
