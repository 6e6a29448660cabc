//! What is written goes to the disc as it comes.
//!
//! On one disc, who syncs a little waits for all that others have written and not synced. A commit or a checkpoint of a hundred
//! megabytes that syncs at its end alone has every other service of the machine stand for as long as that takes.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

/// Syncs again and again, with a pause, until it is dropped. What fails here fails at the end, too, and is told there.
pub async fn carry(pause: Duration, sync: impl Fn() -> io::Result<()> + Clone + Send + 'static) -> Infallible {
    loop {
        tokio::time::sleep(pause).await;
        _ = tokio::task::spawn_blocking(sync.clone()).await;
    }
}
