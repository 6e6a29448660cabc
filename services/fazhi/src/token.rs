//! `fazhi token`: a token of the development issuer.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use kernel::{Caller, Clock as _, SystemClock, auth::Issuer, peer::Token as Given};

use crate::{Failure, cli::Token};

/// File name of the development issuer's key in the data folder.
pub(crate) const ISSUER_KEY: &str = "issuer.pem";

/// Validity of a token that a process gives itself; it makes the next one when half of it is gone.
const OWN_SECONDS: i64 = 600;
/// How often a token's file is looked at.
const READ_EVERY: Duration = Duration::from_secs(10);

/// The token that a process shows for itself, made anew before it runs out.
pub(crate) fn of_process(issuer: Arc<Issuer>, caller: Caller) -> Given {
    let made: Mutex<Option<(i64, String)>> = Mutex::default();
    Arc::new(move || {
        let now = SystemClock.now().as_second();
        let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.as_ref().is_none_or(|(at, _)| now - at > OWN_SECONDS / 2) {
            *made = issuer.issue(&caller, &SystemClock, OWN_SECONDS).ok().map(|token| (now, token));
        }
        made.as_ref().map(|(_, token)| token.clone())
    })
}

/// The token that stands in a file, as it stands there at the moment: whoever renews it writes the file anew.
///
/// # Errors
/// When the file cannot be read at the start.
pub(crate) fn of_file(file: &Path) -> Result<Given, Failure> {
    let read = |file: &Path| fs::read_to_string(file).map(|text| text.trim().to_owned());
    let first = read(file).map_err(|e| format!("cannot read the token in {}: {e}", file.display()))?;
    let known = Mutex::new((Instant::now(), first));
    let file = file.to_owned();
    Ok(Arc::new(move || {
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0.elapsed() > READ_EVERY {
            // Where it cannot be read, the last one may still hold.
            let text = read(&file).unwrap_or_else(|_| known.1.clone());
            *known = (Instant::now(), text);
        }
        Some(known.1.clone())
    }))
}

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
