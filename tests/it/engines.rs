//! One body of a test, both engines; of a story across services, all forms of the suite.

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

/// The same, and a third one on Postgres with every service behind an address of its own.
macro_rules! in_all_forms {
    ($($test:ident),* $(,)?) => {
        crate::engines::on_both_engines! { $($test),* }
        mod apart {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                Box::pin(super::$test(stories::suite::Engine::Apart)).await;
            })*
        }
    };
}
pub(crate) use in_all_forms;
