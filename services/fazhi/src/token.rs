//! `fazhi token`: a token of the development issuer.

use kernel::{Caller, SystemClock, auth::Issuer};

use crate::{Failure, cli::Token};

/// File name of the development issuer's key in the data folder.
pub(crate) const ISSUER_KEY: &str = "issuer.pem";

pub(crate) fn run(options: &Token) -> Result<(), Failure> {
    let path = options.data.join(ISSUER_KEY);
    if !path.exists() {
        return Err(format!(
            "{} does not exist; run `fazhi up --data {}` once",
            path.display(),
            options.data.display()
        )
        .into());
    }
    let caller = Caller {
        subject: options.subject.clone(),
        name: options.subject.clone(),
        agency: options.agency.clone(),
        region: options.region.clone(),
        roles: options.roles.iter().copied().collect(),
    };
    println!("{}", Issuer::open_or_create(&path)?.issue(&caller, &SystemClock, i64::from(options.hours) * 3600)?);
    Ok(())
}
