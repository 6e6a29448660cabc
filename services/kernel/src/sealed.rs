//! Between persons and the vault, the same for every service: what of a request is sealed, who may read it again, and the
//! codes by which somebody without an account follows a matter.
//!
//! Invariant: what is sealed leaves a request before it is digested, read or logged, and comes back only to whoever opened it.

use jiff::Timestamp;
use law::{
    DomainEvent as _, Label, Refusal,
    sealed::{Openings, SealedText},
};
use prost::Message as _;
use proto::{
    common::v1::{Followed, Identity},
    limits::SEALED_TEXT_BYTES_MAX,
};
use tonic::Status;
use uuid::Uuid;
use vault::{Sealed, Unsealed, Vault, VaultError};
use zeroize::Zeroizing;

use crate::{
    citizen::{DigestKey, folded},
    clocks::timestamp,
    error::ExecuteError,
    fields::Fields,
    identity::Caller,
    procedure::{Edge, Procedure},
    text::{Form, NAME},
};

/// Parts of a person, as the vault tells them apart: who it is.
const IDENTITY: &str = "identity";
/// The person's own words.
const TEXT: &str = "text";
/// A file of the person's, with its name.
const FILE: &str = "file";
/// In the name of a pseudonym. All that a matter seals of the person whose matter it is stands under one, so that one
/// shredding ends it; anybody else in it has one made of the entry.
const PERSON: &str = "person";
/// A telephone number.
const PHONE: Form = Form::line(40);
/// An address.
const ADDRESS: Form = Form::lines(300);
/// The number of an identity document.
const ID_NUMBER: Form = Form::line(64);
/// A person's words; how long they may be is a matter of bytes.
const SAID: Form = Form::lines(SEALED_TEXT_BYTES_MAX);
/// Fewest characters of a telephone number that are looked for in texts: fewer may stand there by chance.
const PHONE_MIN: usize = 7;

/// What a person said, or who it is, on its way to the vault; wiped from memory when dropped.
pub struct Secret {
    path: String,
    part: &'static str,
    /// Of somebody beside the person whose matter it is.
    own: bool,
    plain: Zeroizing<Vec<u8>>,
}

/// Where a request names a citizen.
pub struct Citizen<'a> {
    /// Full name.
    pub name: &'a mut String,
    /// Number of the identity document.
    pub id_number: &'a mut String,
    /// Telephone number.
    pub phone: &'a mut String,
    /// Address.
    pub address: &'a mut String,
}

impl Secret {
    /// Takes a person's words out of a request and leaves a keyed digest in their place: so a repeat is known for one, and
    /// nothing can be tried out. `None` if nothing is said.
    pub fn text(f: &mut Fields, path: &str, text: &mut String, key: &DigestKey) -> Option<Self> {
        let said = Zeroizing::new(std::mem::take(text));
        let plain = Zeroizing::new(f.read(path, &said, SAID).unwrap_or_default().into_bytes());
        if plain.is_empty() {
            return None;
        }
        if plain.len() > SEALED_TEXT_BYTES_MAX {
            f.wrong(
                path,
                format!("有{}字节，最多{SEALED_TEXT_BYTES_MAX}字节", plain.len()),
                format!("has {} bytes, at most {SEALED_TEXT_BYTES_MAX}", plain.len()),
            );
        }
        *text = key.digest_bytes(&plain);
        Some(Self { path: path.to_owned(), part: TEXT, own: false, plain })
    }

    /// A file that was taken out of a request, with its name: a message of the API, encoded.
    pub fn file(path: &str, whole: Vec<u8>) -> Self {
        Self { path: path.to_owned(), part: FILE, own: false, plain: Zeroizing::new(whole) }
    }

    /// Takes who the person is whose matter it is, and leaves a keyed digest in place of the name.
    pub fn identity(f: &mut Fields, path: &str, person: &mut Identity, key: &DigestKey) -> Self {
        let Identity { name, id_number, phone, address } = person;
        tidy(f, path, [name, id_number, phone, address]);
        let secret = Self::of(path, person, false);
        *person = Identity { name: secret.digest(f, key), ..Identity::default() };
        secret
    }

    /// Takes who a citizen is that a matter names, and leaves what the record may hold: the name masked, the id number
    /// digested, and of all of it together a keyed digest in place of the telephone number. None of the other texts of the
    /// request, by path, may hold any of it.
    pub fn citizen(f: &mut Fields, path: &str, citizen: Citizen<'_>, texts: &[(&str, &str)], key: &DigestKey) -> Self {
        let Citizen { name, id_number, phone, address } = citizen;
        tidy(f, path, [&mut *name, &mut *id_number, &mut *phone, &mut *address]);
        let digits = folded(phone);
        for (path, _) in texts.iter().filter(|(_, text)| digits.len() >= PHONE_MIN && folded(text).contains(&digits)) {
            f.wrong(
                path,
                "含有来件人的电话号码，不得记录，请删去",
                "holds the citizen's telephone number, which must not be recorded; take it out",
            );
        }
        let whole = Identity {
            name: name.clone(),
            id_number: id_number.clone(),
            phone: std::mem::take(phone),
            address: std::mem::take(address),
        };
        let secret = Self::of(path, &whole, true);
        *phone = secret.digest(f, key);
        key.protect(f, path, (name, id_number), texts);
        secret
    }

    /// One text, so that it is sealed and shredded as one.
    fn of(path: &str, person: &Identity, own: bool) -> Self {
        let plain = Zeroizing::new(hex::encode(&*Zeroizing::new(person.encode_to_vec())).into_bytes());
        Self { path: path.to_owned(), part: IDENTITY, own, plain }
    }

    fn digest(&self, f: &mut Fields, key: &DigestKey) -> String {
        if self.plain.len() > SEALED_TEXT_BYTES_MAX {
            f.wrong(
                &self.path,
                format!("有{}字节，最多{SEALED_TEXT_BYTES_MAX}字节", self.plain.len()),
                format!("has {} bytes, at most {SEALED_TEXT_BYTES_MAX}", self.plain.len()),
            );
        }
        key.digest_bytes(&self.plain)
    }
}

/// Writes who somebody is as it is kept: name, number of the document, telephone number, address.
fn tidy(f: &mut Fields, path: &str, [name, id_number, phone, address]: [&mut String; 4]) {
    let all = [
        ("name", name, NAME),
        ("id_number", id_number, ID_NUMBER),
        ("phone", phone, PHONE),
        ("address", address, ADDRESS),
    ];
    for (field, text, form) in all {
        *text = f.read(&format!("{path}.{field}"), text, form).unwrap_or_default();
    }
}

/// What the vault keeps of the fields of one request, by path.
#[derive(Debug, Default)]
pub struct Kept(Vec<(String, Sealed)>);

impl Kept {
    /// What a field was sealed as, as an event holds it.
    pub fn text(&self, path: &str) -> Option<SealedText> {
        let sealed = self.at(path)?;
        Some(SealedText { entry: sealed.id, sha256: sealed.sha256.clone() })
    }

    /// The pseudonym of whoever a field names.
    pub fn pseudonym(&self, path: &str) -> Option<Uuid> {
        Some(self.at(path)?.pseudonym)
    }

    fn at(&self, path: &str) -> Option<&Sealed> {
        self.0.iter().find(|(of, _)| of == path).map(|(_, sealed)| sealed)
    }
}

/// Whose a sealed entry is.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// Of the person whose matter this is.
    Matter(Uuid),
    /// Of somebody whom a matter names beside.
    Own,
}

impl Edge {
    /// Seals what a command brought. The same again seals nothing twice.
    ///
    /// # Errors
    /// When the vault refuses, cannot be reached, or there is none.
    pub async fn seal(&self, command_id: Uuid, matter: &str, secrets: Vec<Secret>) -> Result<Kept, Status> {
        let mut kept = Vec::with_capacity(secrets.len());
        let Ok(matter) = matter.parse::<Uuid>() else { return Ok(Kept(kept)) };
        for Secret { path, part, own, plain } in secrets {
            let vault = self.vault()?;
            let id = Uuid::new_v5(&command_id, path.as_bytes());
            let pseudonym = pseudonym(vault, if own { Whose::Own } else { Whose::Matter(matter) }, id);
            let sealed = vault.seal(pseudonym, part, id, &plain).await;
            let sealed = sealed.map_err(|e| not_sealed(e, command_id, &path))?;
            kept.push((path, sealed));
        }
        Ok(Kept(kept))
    }

    /// Takes what a command sealed out of the vault again, because the command was refused for good: unless it had been
    /// recorded before, when the record names it. What a failure leaves behind is named by no event, so nobody opens it.
    pub async fn unneeded(&self, (command_id, digest): (Uuid, [u8; 32]), kept: &Kept) {
        let (Ok(vault), false) = (self.vault(), kept.0.is_empty()) else { return };
        if !matches!(self.service.ledger().repeated(command_id, &digest).await, Ok(None)) {
            return;
        }
        for (_, sealed) in &kept.0 {
            _ = vault.discard(sealed.id).await;
        }
    }

    /// Opens what the record says was sealed of somebody's words; empty once they were shredded.
    ///
    /// # Errors
    /// When the vault cannot be reached, or does not hold what the record says.
    pub async fn words(&self, whose: Whose, sealed: &SealedText) -> Result<String, Status> {
        let Some(plain) = self.unseal(whose, TEXT, sealed).await? else { return Ok(String::new()) };
        String::from_utf8(plain.to_vec()).map_err(|e| ExecuteError::internal(e).into())
    }

    /// Opens a file; `None` once it was shredded.
    ///
    /// # Errors
    /// As [`Edge::words`].
    pub async fn file(&self, whose: Whose, sealed: &SealedText) -> Result<Option<Zeroizing<Vec<u8>>>, Status> {
        self.unseal(whose, FILE, sealed).await
    }

    /// Who somebody is, for whoever opened it within a day; `None` once it was shredded.
    ///
    /// # Errors
    /// PERMISSION_DENIED where the caller has not opened it, or nothing is sealed; and as [`Edge::words`].
    pub async fn identity(
        &self,
        caller: &Caller,
        openings: &Openings,
        whose: Whose,
        sealed: Option<&SealedText>,
    ) -> Result<Option<Identity>, Status> {
        let now = self.service.clock().now();
        let Some(sealed) = sealed.filter(|sealed| openings.is_open(sealed.entry, &caller.subject, now)) else {
            return Err(Status::permission_denied(
                "it is sealed: open it first, with a reason (OpenIdentity, OpenParty); whoever opened it may read it for a day",
            ));
        };
        let Some(plain) = self.unseal(whose, IDENTITY, sealed).await? else { return Ok(None) };
        let bytes = Zeroizing::new(hex::decode(&*plain).map_err(ExecuteError::internal)?);
        Ok(Some(Identity::decode(&bytes[..]).map_err(ExecuteError::internal)?))
    }

    async fn unseal(
        &self,
        whose: Whose,
        part: &str,
        SealedText { entry, sha256 }: &SealedText,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, Status> {
        let vault = self.vault()?;
        let pseudonym = pseudonym(vault, whose, *entry);
        let sealed = Sealed { id: *entry, pseudonym, part: part.to_owned(), sha256: sha256.clone() };
        match vault.unseal(&sealed).await.map_err(ExecuteError::internal)? {
            Unsealed::Plain(plain) => Ok(Some(plain)),
            Unsealed::Shredded => Ok(None),
            Unsealed::Unknown => Err(ExecuteError::internal(format!("{entry} is not in the vault")).into()),
        }
    }

    /// Shreds the key of the person whose matter it is: all that was sealed under it is unreadable from now on, and nothing can be
    /// sealed under it any more. Again, it is quiet.
    ///
    /// # Errors
    /// UNAVAILABLE until the key is gone from the vault's log, too.
    pub async fn shred(&self, matter: &str) -> Result<(), Status> {
        let matter: Uuid = matter.parse().map_err(ExecuteError::internal)?;
        let vault = self.vault()?;
        match vault.shred(pseudonym(vault, Whose::Matter(matter), matter)).await {
            Ok(()) => Ok(()),
            Err(VaultError::Lingers) => Err(Status::unavailable(
                "the key is gone, but not from the vault's log, which somebody is reading; try again with the same command_id",
            )),
            Err(other) => Err(ExecuteError::Unavailable(other.into()).into()),
        }
    }

    /// A code to follow a matter by. The one before is worth nothing any more: whoever asks again has not seen it.
    ///
    /// # Errors
    /// When the vault cannot be reached, or there is none.
    pub async fn receipt_code<P: Procedure>(&self, matter: Uuid) -> Result<String, Status> {
        let vault = self.vault()?;
        vault.revoke_receipts(P::NOUN, matter).await.map_err(ExecuteError::internal)?;
        let code = vault.issue_receipt(P::NOUN, matter).await.map_err(ExecuteError::internal)?;
        Ok(code.to_text().to_string())
    }

    /// The matter that a receipt code opens. One that is mistyped, that nobody was given, or whose matter was shredded since
    /// is answered alike and takes alike long: for all of them the same is looked up, under a name that nothing has where
    /// there is none, and a code that proves right costs no more than one that does not.
    ///
    /// # Errors
    /// NOT_FOUND for a code that opens nothing, whatever the reason.
    pub async fn by_code<P: Procedure<Id = Uuid>>(&self, text: &str) -> Result<Uuid, Status> {
        let vault = self.vault()?;
        let found = vault.follow(P::NOUN, text).await.map_err(ExecuteError::internal)?;
        let id = found.unwrap_or_else(Uuid::now_v7);
        let shredded = vault.is_shredded(pseudonym(vault, Whose::Matter(id), id)).await;
        let shredded = shredded.map_err(|e| ExecuteError::Unavailable(e.into()))?;
        let state = self.service.load::<P>(&P::stream(&id)).await?.1;
        match found {
            Some(id) if !shredded && P::owner(&state).is_some() => Ok(id),
            _ => Err(Status::not_found(
                "no matter can be followed by this receipt code; look at it again, character by character",
            )),
        }
    }
}

fn pseudonym(vault: &Vault, whose: Whose, entry: Uuid) -> Uuid {
    let of = match whose {
        Whose::Matter(matter) => matter,
        Whose::Own => entry,
    };
    vault.pseudonym(of, PERSON)
}

fn not_sealed(e: VaultError, command_id: Uuid, path: &str) -> ExecuteError {
    match e {
        VaultError::Reused { .. } => ExecuteError::Reused(command_id),
        VaultError::Invalid(what) => Refusal::invalid(path, what).into(),
        VaultError::Shredded { .. } => Refusal::state(
            "IDENTITY_SHREDDED",
            "该人的身份已经粉碎，不能再封存其内容",
            "this person's key was shredded: nothing more can be sealed for them",
        )
        .into(),
        other => ExecuteError::Unavailable(other.into()),
    }
}

/// The events of a matter with their times, oldest first.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn happened<P: Procedure>(edge: &Edge, id: &P::Id) -> Result<Vec<(Timestamp, P::Event)>, Status> {
    let records = edge.service.ledger().stream(&P::stream(id), 0).await.map_err(ExecuteError::from)?;
    let read = |record: &ledger::Record| {
        let envelope = record.envelope().map_err(ExecuteError::internal)?;
        let event = P::Event::from_data(envelope.kind, envelope.data.get()).map_err(ExecuteError::internal)?;
        Ok((envelope.time, event))
    };
    records.iter().map(read).collect()
}

/// One thing that happened, as the person may know it.
pub fn followed(at: Timestamp, title: Label, text: String) -> Followed {
    Followed { at: Some(timestamp(at)), zh: title.zh.to_owned(), en: title.en.to_owned(), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> DigestKey {
        DigestKey::new([7; 32])
    }

    fn citizen(texts: &[(&str, &str)]) -> (Result<(), Status>, [String; 4]) {
        let mut all = ["王小明", "23088319900101001x", "13900001234", "抚远市正阳路1号"].map(str::to_owned);
        let [name, id_number, phone, address] = &mut all;
        let mut f = Fields::new();
        let secret = Secret::citizen(&mut f, "party", Citizen { name, id_number, phone, address }, texts, &key());
        assert!(secret.own && secret.path == "party" && secret.part == IDENTITY);
        let bytes = hex::decode(&*secret.plain).unwrap();
        let kept = Identity::decode(&bytes[..]).unwrap();
        assert_eq!((kept.name.as_str(), kept.phone.as_str()), ("王小明", "13900001234"));
        (f.finish(), all)
    }

    #[test]
    fn of_a_citizen_a_request_keeps_what_the_record_may_hold() {
        let (read, [name, id_number, phone, address]) = citizen(&[("reason", "当事人无证经营")]);
        read.unwrap();
        assert_eq!((name.as_str(), address.as_str()), ("王**", ""));
        assert_eq!(id_number, key().digest("23088319900101001X"));
        // Of all of it, so that the same command with another address is another one.
        assert_eq!(phone.len(), 64);
        assert_ne!(phone, key().digest("13900001234"));
    }

    #[test]
    fn refuses_a_text_that_tells_who_it_is() {
        for text in ["王小明无证经营", "电话13900001234", "身份证23088319900101001X"] {
            let status = citizen(&[("reason", text)]).0.unwrap_err();
            assert!(status.message().starts_with("reason"), "{}", status.message());
        }
    }

    #[test]
    fn words_that_are_none_are_not_sealed() {
        let (mut f, mut text) = (Fields::new(), " \n".to_owned());
        assert!(Secret::text(&mut f, "text", &mut text, &key()).is_none());
        let mut said = "正阳街那家饭店".to_owned();
        assert!(Secret::text(&mut f, "text", &mut said, &key()).is_some());
        assert_eq!(said, key().digest("正阳街那家饭店"));
        let mut long = "字".repeat(SEALED_TEXT_BYTES_MAX / 3 + 1);
        _ = Secret::text(&mut f, "text", &mut long, &key());
        assert!(f.finish().unwrap_err().message().contains("at most"));
    }
}
