//! The services of the suite: one entry each. A new one is one more.

use std::{collections::BTreeMap, future::Future, path::Path, pin::Pin, sync::Arc};

use complaints::Receiver;
use kernel::{Feed, Service, objects::Objects, server::Grpc};
use law::{
    Profile,
    calendar::{Calendar, Notices},
};
use lists::Replica;
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;
use vault::Vault;

use crate::{Failure, cli, copy::EVIDENCE, vault_key};

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One service: what it tells of itself, and how it is opened.
pub struct Procedure {
    /// Name, rules, words.
    pub profile: Profile,
    open: for<'a> fn(&'a Home) -> Boxed<'a, Result<Opened, Failure>>,
}

/// Every service, in the order they are opened: one that follows another comes behind it.
pub static PROCEDURES: [Procedure; 5] = [
    Procedure { profile: powerlist::PROFILE, open: |home| Box::pin(powerlist(home)) },
    Procedure { profile: enforcement::PROFILE, open: |home| Box::pin(enforcement(home)) },
    Procedure { profile: disclosure::PROFILE, open: |home| Box::pin(disclosure(home)) },
    Procedure { profile: complaints::PROFILE, open: |home| Box::pin(complaints(home)) },
    Procedure { profile: reconsideration::PROFILE, open: |home| Box::pin(reconsideration(home)) },
];

/// What every service tells of itself.
pub fn profiles() -> Vec<Profile> {
    PROCEDURES.iter().map(|procedure| procedure.profile).collect()
}

/// What services are opened with.
pub(crate) struct Home {
    /// Where the data lies.
    pub(crate) store: cli::Store,
    /// Under which citizens' id numbers are digested.
    pub(crate) digest_key: [u8; 32],
    /// The calendar to begin with; what the lists have on record comes to it.
    pub(crate) calendar: Arc<Calendar>,
    /// The services that run here, over their ledgers.
    pub(crate) services: BTreeMap<&'static str, Service>,
    /// The events of every service that is known here, of those that run elsewhere, too.
    pub(crate) feeds: BTreeMap<&'static str, Arc<dyn Feed>>,
    /// What the services here know of the power lists, folded once for all of them.
    pub(crate) lists: OnceCell<Replica>,
    /// Who receives what is brought over the web.
    pub(crate) receivers: Vec<Receiver>,
    /// The key that the vault is under, unless the folder has it.
    pub(crate) vault_key: Option<vault_key::Key>,
    /// What no record may hold: identities, and people's own words. Opened for those who need it: nobody else may.
    pub(crate) vault: OnceCell<Arc<Vault>>,
}

impl Home {
    fn service(&self, name: &'static str) -> Result<Service, Failure> {
        let service = self.services.get(name).ok_or_else(|| format!("{name} has no ledger"))?;
        Ok(service.clone().counting_by(Notices::of(self.calendar.clone())))
    }

    async fn lists(&self) -> Result<Replica, Failure> {
        let open = async || Ok(Replica::open(self.feed("powerlist")?, Notices::of(self.calendar.clone())).await?);
        self.lists.get_or_try_init(open).await.cloned()
    }

    async fn vault(&self) -> Result<Arc<Vault>, Failure> {
        let open = async || Ok(Arc::new(vault_key::open(&self.store, self.vault_key.as_ref()).await?));
        self.vault.get_or_try_init(open).await.cloned()
    }

    /// The events of services that another one follows.
    fn feeds(&self, names: &[&'static str]) -> Result<Vec<Arc<dyn Feed>>, Failure> {
        names.iter().map(|name| self.feed(name)).collect()
    }

    /// The events of a service.
    pub(crate) fn feed(&self, name: &'static str) -> Result<Arc<dyn Feed>, Failure> {
        let missing = || format!("it is not known where {name} answers; say it with --peer {name}=URL");
        Ok(self.feeds.get(name).ok_or_else(missing)?.clone())
    }
}

/// A service, opened.
pub(crate) struct Opened {
    /// Adds its RPCs.
    pub(crate) serve: Box<dyn FnOnce(Grpc) -> Grpc + Send>,
    /// What the operator must know at the start.
    pub(crate) notice: Option<String>,
    /// What it does by itself until it is told to stop.
    pub(crate) run: Box<dyn FnOnce(CancellationToken) -> Boxed<'static, ()> + Send>,
}

impl Procedure {
    /// Opens it.
    pub(crate) async fn open(&self, home: &Home) -> Result<Opened, Failure> {
        (self.open)(home).await
    }
}

async fn powerlist(home: &Home) -> Result<Opened, Failure> {
    let parameters = PROCEDURES.iter().flat_map(|procedure| procedure.profile.parameters).copied().collect();
    let app = powerlist::App::open(home.service("powerlist")?, parameters).await?;
    let app = app.following(home.feeds(powerlist::FOLLOWED)?);
    let runs = app.clone();
    Ok(Opened {
        serve: Box::new(move |grpc| grpc.with(app.grpc())),
        notice: None,
        run: Box::new(move |shutdown| Box::pin(runs.run(shutdown))),
    })
}

async fn enforcement(home: &Home) -> Result<Opened, Failure> {
    let (service, lists) = (home.service("enforcement")?, home.lists().await?);
    let evidence = home.store.data.join(EVIDENCE);
    evidence_without_record(&evidence, &service).await?;
    let app = enforcement::App::open(service, lists, home.vault().await?, evidence, home.digest_key);
    let app = app.await?;
    let app = app.following(home.feeds(enforcement::FOLLOWED)?);
    let runs = app.clone();
    Ok(Opened {
        notice: app.notice(),
        serve: Box::new(move |grpc| grpc.with(app.grpc())),
        run: Box::new(move |shutdown| Box::pin(runs.run(shutdown))),
    })
}

/// Refuses evidence whose events are missing: a record begun anew would hide that the one before is lost.
async fn evidence_without_record(folder: &Path, service: &Service) -> Result<(), Failure> {
    match Objects::there(folder) {
        Some(objects) if service.ledger().head().size == 0 && objects.is_any().await? => Err(format!(
            "{} holds evidence, but the ledger has no event: restore it (fazhi restore); if nothing was ever recorded, move \
             the folder away",
            folder.display()
        )
        .into()),
        _ => Ok(()),
    }
}

async fn disclosure(home: &Home) -> Result<Opened, Failure> {
    let app = disclosure::App::new(home.service("disclosure")?, home.lists().await?, home.digest_key);
    let runs = app.clone();
    Ok(Opened {
        // What cannot be read of the power lists is told already.
        notice: None,
        serve: Box::new(move |grpc| grpc.with(app.grpc())),
        run: Box::new(move |shutdown| Box::pin(runs.run(shutdown))),
    })
}

async fn complaints(home: &Home) -> Result<Opened, Failure> {
    let app =
        complaints::App::new(home.service("complaints")?, home.lists().await?, home.vault().await?, home.digest_key)
            .following(home.feeds(complaints::FOLLOWED)?)
            .receiving(home.receivers.clone());
    let runs = app.clone();
    let nobody = "nobody receives what people bring over the web; say who does with --receiver REGION=USCC";
    Ok(Opened {
        notice: home.receivers.is_empty().then(|| nobody.to_owned()),
        serve: Box::new(move |grpc| grpc.with(app.grpc())),
        run: Box::new(move |shutdown| Box::pin(runs.run(shutdown))),
    })
}

async fn reconsideration(home: &Home) -> Result<Opened, Failure> {
    let (service, lists) = (home.service("reconsideration")?, home.lists().await?);
    let app = reconsideration::App::new(service, lists, home.vault().await?, home.digest_key)
        .following(home.feeds(reconsideration::FOLLOWED)?);
    let runs = app.clone();
    Ok(Opened {
        notice: None,
        serve: Box::new(move |grpc| grpc.with(app.grpc())),
        run: Box::new(move |shutdown| Box::pin(runs.run(shutdown))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_has_one_card_an_allowed_default_and_rules_of_its_service() {
        let mut ids = std::collections::BTreeSet::new();
        for profile in profiles() {
            for card in profile.parameters {
                assert!(ids.insert(card.id), "{} comes twice", card.id);
                let least = card.least.map_or(1, |least| least.count);
                assert!(card.default.is_none_or(|default| default >= least), "{}", card.id);
                assert!(!card.rules.is_empty(), "{} serves no rule", card.id);
                for rule in card.rules {
                    assert!(profile.rules.iter().any(|own| own.id == rule.id), "{}: {}", card.id, rule.id);
                }
            }
        }
        assert!(!ids.is_empty());
    }
}
