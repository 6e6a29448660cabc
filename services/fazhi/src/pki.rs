//! `fazhi pki`: a small authority of one's own for the certificates that processes show each other.
//!
//! The authority is a folder: `ca.pem`, which everybody may have, and `ca.key.pem`, which nobody else may. A new authority
//! takes over without a stop because `ca.pem` holds the one before beside it until everybody knows the new one.

use std::{
    fs,
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use kernel::{
    Clock as _, SystemClock,
    auth::write_private,
    tls::{OWN_NAME, Tls},
};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P256_SHA256,
};
use rustls::pki_types::ServerName;
use sha2::{Digest as _, Sha256};

use crate::{Failure, cli};

const CA: &str = "ca.pem";
const CA_KEY: &str = "ca.key.pem";
const CERT: &str = "cert.pem";
const KEY: &str = "key.pem";
const CA_YEARS: i64 = 10;
/// Every process may speak to itself.
const OWN_NAMES: [&str; 3] = [OWN_NAME, "127.0.0.1", "::1"];
const END: &str = "-----END CERTIFICATE-----";

pub(crate) fn run(what: &cli::Pki) -> Result<(), Failure> {
    let now = SystemClock.now();
    match what {
        cli::Pki::Init { folder } => {
            init(folder, now)?;
            println!("{} is the authority; its key, {CA_KEY} beside it, stays where it is.", folder.join(CA).display());
        }
        cli::Pki::Issue(options) => {
            let end = issue(options, now)?;
            println!("{} holds {CA}, {CERT} and {KEY} of {}, valid to {end}.", options.out.display(), options.name);
        }
        cli::Pki::Rotate { folder } => {
            rotate(folder, now)?;
            println!("{} holds the new authority and the one before.", folder.join(CA).display());
            println!("  1. Put it into the folder of every process; nothing has to be started again.");
            println!("  2. Issue every certificate anew: fazhi pki issue.");
            println!(
                "  3. End the old one: fazhi pki retire {}, and put {CA} into every folder again.",
                folder.display()
            );
        }
        cli::Pki::Retire { folder } => {
            retire(folder)?;
            println!(
                "{} holds the newest authority alone; put it into the folder of every process.",
                folder.join(CA).display()
            );
        }
    }
    Ok(())
}

/// Makes an authority in a folder that has none.
///
/// # Errors
/// When there is one, or the folder cannot be written.
pub fn init(folder: &Path, now: Timestamp) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|e| format!("cannot use {}: {e}", folder.display()))?;
    for file in [CA, CA_KEY] {
        if folder.join(file).exists() {
            return Err(format!("{} exists already; it is not written over", folder.join(file).display()).into());
        }
    }
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
    let pem = authority(&key, now)?.self_signed(&key)?.pem();
    let path = folder.join(CA_KEY);
    write_private(&path, key.serialize_pem().as_bytes()).map_err(|e| cannot_write(&path, &e))?;
    replace(&folder.join(CA), pem.as_bytes(), 0o644)
}

/// Issues a certificate with a key of its own, into a folder as [`Tls`] reads it; answers the last day it is valid.
///
/// # Errors
/// When the authority cannot be used, a name is none, or the folder cannot be written.
pub fn issue(options: &cli::Issue, now: Timestamp) -> Result<Date, Failure> {
    let ca = read(&options.folder.join(CA))?;
    let path = options.folder.join(CA_KEY);
    let signer = KeyPair::from_pem(&read(&path)?).map_err(|e| format!("{}: {e}", path.display()))?;
    let issuer = Issuer::new(authority(&signer, now)?, signer);

    let mut names = vec![options.name.clone()];
    names.extend(options.dns.iter().cloned());
    names.extend(options.ips.iter().map(ToString::to_string));
    names.extend(OWN_NAMES.map(str::to_owned));
    names.sort_unstable();
    names.dedup();
    if let Some(none) = names.iter().find(|name| ServerName::try_from(name.as_str()).is_err()) {
        return Err(format!("{none:?} is neither a name nor an address of a machine").into());
    }
    let mut params = CertificateParams::new(names)?;
    let end = valid(&mut params, now, i64::from(options.days).days())?;
    params.distinguished_name = named(&options.name);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
    params.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
    let cert = params.signed_by(&key, &issuer)?.pem();

    let out = &options.out;
    fs::create_dir_all(out).map_err(|e| format!("cannot use {}: {e}", out.display()))?;
    replace(&out.join(CA), ca.as_bytes(), 0o644)?;
    replace(&out.join(KEY), key.serialize_pem().as_bytes(), 0o600)?;
    replace(&out.join(CERT), cert.as_bytes(), 0o644)?;
    // What the processes will say of it, said now.
    Tls::open(out)?;
    Ok(end)
}

/// Makes a new authority; the one before it is believed beside it until [`retire`].
///
/// # Errors
/// When there is no authority, or the folder cannot be written.
pub fn rotate(folder: &Path, now: Timestamp) -> Result<(), Failure> {
    let before = newest(folder)?;
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
    let new = authority(&key, now)?.self_signed(&key)?.pem();
    // In this order: stopped in between, the old key goes on with an authority that is still believed.
    replace(&folder.join(CA), format!("{new}{before}").as_bytes(), 0o644)?;
    replace(&folder.join(CA_KEY), key.serialize_pem().as_bytes(), 0o600)
}

/// Ends the authority before the newest.
///
/// # Errors
/// When there is no authority, or the folder cannot be written.
pub fn retire(folder: &Path) -> Result<(), Failure> {
    let newest = newest(folder)?;
    replace(&folder.join(CA), newest.as_bytes(), 0o644)
}

/// The first certificate of the folder's `ca.pem`.
fn newest(folder: &Path) -> Result<String, Failure> {
    let path = folder.join(CA);
    let pem = read(&path)?;
    let end = pem.find(END).ok_or_else(|| format!("{} holds no certificate", path.display()))?;
    Ok(format!("{}\n", &pem[..end + END.len()]))
}

/// An authority is named after its key, so that it can be written down again from the key alone, and two of them differ.
fn authority(key: &KeyPair, now: Timestamp) -> Result<CertificateParams, Failure> {
    let mut params = CertificateParams::default();
    valid(&mut params, now, CA_YEARS.years())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.distinguished_name = named(&format!("Fazhi {}", hex::encode(&Sha256::digest(key.public_key_raw())[..8])));
    Ok(params)
}

fn named(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}

/// Valid from yesterday, whatever the clocks of others say, for a span from today; answers the last day.
fn valid(params: &mut CertificateParams, now: Timestamp, span: jiff::Span) -> Result<Date, Failure> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let end = today.checked_add(span)?;
    let at_midnight = |day: Date| -> Result<_, Failure> {
        Ok(rcgen::date_time_ymd(day.year().into(), u8::try_from(day.month())?, u8::try_from(day.day())?))
    };
    params.not_before = at_midnight(today.yesterday()?)?;
    params.not_after = at_midnight(end)?;
    Ok(end.yesterday()?)
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()).into())
}

fn cannot_write(path: &Path, e: &io::Error) -> Failure {
    format!("cannot write {}: {e}", path.display()).into()
}

/// Puts a file in the place of another, whole or not at all.
fn replace(path: &Path, bytes: &[u8], mode: u32) -> Result<(), Failure> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let new = PathBuf::from(name);
    let written = (|| {
        _ = fs::remove_file(&new);
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(mode).open(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&new, path)
    })();
    written.map_err(|e| cannot_write(path, &e))
}
