//! The demonstration, small, played once for all who look at it.

use std::path::{Path, PathBuf};

use stories::suite::{self, Engine, Running, copy_folder};
use tokio::sync::OnceCell;

/// Enough cases for every kind of number to be there.
const CASES: u32 = 120;

/// Plays it through a new suite.
pub(crate) async fn on(engine: Engine) -> Running {
    let mut running = suite::start(engine).await;
    Box::pin(running.suite.play(CASES)).await.expect("the demonstration");
    running
}

/// A suite on a copy of the one that whoever came first has played, on SQLite.
pub(crate) async fn once() -> Running {
    static PLAYED: OnceCell<PathBuf> = OnceCell::const_new();
    let play = async || {
        let (_, left) = on(Engine::Sqlite).await.stop().await;
        // Nobody is told when the last has looked: it stays until the tests run again.
        let played = Path::new(env!("CARGO_TARGET_TMPDIR")).join("played");
        if played.exists() {
            std::fs::remove_dir_all(&played).expect("an earlier one goes");
        }
        std::fs::create_dir(&played).expect("a folder");
        copy_folder(left.path(), &played);
        played
    };
    let played = PLAYED.get_or_init(play).await;
    let mut running = suite::start_with(None, |up| copy_folder(played, &up.store.data)).await;
    // It is there; what is left is to set the clock to its end.
    Box::pin(running.suite.play(CASES)).await.expect("the demonstration");
    running
}
