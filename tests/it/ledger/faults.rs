//! The database goes away; the process lives, nothing acknowledged is lost, and what is unknown can be asked again.

use std::sync::Arc;
use std::time::Duration;

use ledger::{AppendError, Config, Ledger, SystemClock, Url};
use stories::postgres::Server;
use uuid::Uuid;

use super::engine::{Engine, append, command, n_of, whole_log, write};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lives_through_the_death_of_postgres() {
    let mut server = Server::start();
    let config = Config::new("trial", "230883", Url::Postgres(server.database()));
    let ledger = Ledger::open(config.clone(), Arc::new(SystemClock)).await.unwrap();
    ledger.append(append(vec![write("case/1", 0, &[1])])).await.unwrap();
    let id = Uuid::now_v7();
    let second = command(id, 1, vec![write("case/1", 1, &[2])]);
    for _ in 0..2 {
        server.stop();
        let error = ledger.append(second.clone()).await.unwrap_err();
        assert!(matches!(error, AppendError::Unavailable(_)), "{error}");
        assert_eq!(error.to_string(), "the ledger's database is unavailable");
        assert!(ledger.stream("case/1", 0).await.is_err());
        server.resume();
    }
    // The same handle goes on by itself, and the retry lands once.
    assert_eq!(ledger.append(second.clone()).await.unwrap().records[0].log_index, 1);
    assert!(ledger.append(second).await.unwrap().repeated);
    assert_eq!(whole_log(&ledger).await.iter().map(n_of).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lives_through_lost_connections_under_load() {
    let engine = Engine::postgres();
    let ledger = engine.open().await;
    let write_on = |stream: u64, ledger: Ledger| async move {
        for n in 0..100 {
            let proposal =
                command(Uuid::from_u64_pair(stream, n + 1), 1, vec![write(&format!("case/{stream}"), n, &[n])]);
            // The outcome of a commit whose connection broke is unknown; the retry finds out.
            while let Err(error) = ledger.append(proposal.clone()).await {
                assert!(matches!(error, AppendError::Unavailable(_)), "{error}");
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    };
    let writers: Vec<_> = (0..8).map(|stream| tokio::spawn(write_on(stream, ledger.clone()))).collect();
    let mut kills = 0;
    while !writers.iter().all(tokio::task::JoinHandle::is_finished) {
        let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                    WHERE application_name = 'fazhi-trial' AND datname = current_database()";
        engine.sql(kill).await;
        kills += 1;
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert!(kills > 1, "the load was over before anything was cut");
    for stream in 0..8 {
        let events = loop {
            // A read may meet a connection that was cut as well.
            if let Ok(events) = ledger.stream(&format!("case/{stream}"), 0).await {
                break events;
            }
        };
        assert_eq!(events.iter().map(n_of).collect::<Vec<_>>(), (0..100).collect::<Vec<_>>());
    }
    let report = ledger::verify(&engine.config(), &mut |_, _| {}).await.unwrap();
    assert_eq!((report.problems, report.events), (vec![], 800));
}

/// A process that is stopped while it holds the lock must not stop the others for ever.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn gives_up_a_batch_that_takes_too_long() {
    let engine = Engine::postgres();
    let config = Config { batch_timeout: Duration::from_millis(300), ..engine.config() };
    let ledger = Ledger::open(config, Arc::new(SystemClock)).await.unwrap();
    ledger.append(append(vec![write("case/1", 0, &[1])])).await.unwrap();
    let id = Uuid::now_v7();
    let held = engine.try_sql("BEGIN; LOCK TABLE heads IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(1); ROLLBACK");
    let appended = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        ledger.append(command(id, 1, vec![write("case/1", 1, &[2])])).await
    };
    let (held, appended) = tokio::join!(held, appended);
    held.unwrap();
    assert!(matches!(appended, Err(AppendError::Unavailable(_))), "{appended:?}");
    let retried = loop {
        match ledger.append(command(id, 1, vec![write("case/1", 1, &[2])])).await {
            Ok(receipt) => break receipt,
            Err(AppendError::Unavailable(_)) => {}
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(retried.records[0].log_index, 1);
}
