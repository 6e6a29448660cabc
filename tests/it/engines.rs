//! One body of a test, both engines.

/// Makes two tests of each body: one on SQLite, one on Postgres.
macro_rules! on_both_engines {
    ($($test:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                Box::pin(super::$test(stories::suite::Engine::Sqlite)).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                Box::pin(super::$test(stories::suite::Engine::Postgres)).await;
            })*
        }
    };
}
pub(crate) use on_both_engines;
