//! Serves the pages from fixed data, to look at them: `cargo run -p projection --example pages_preview -- 127.0.0.1:8098`.
//! Sign in with `/?token=supervisor`, `auditor`, `officer` or `operator`.

use projection::{Services, model, pages, query};

#[path = "../src/pages/tests/fixture/mod.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod fixture;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8098".to_owned());
    let mode = std::env::args().nth(2).unwrap_or_default();
    let fixture = fixture::Fixture { empty: mode == "empty", broken: mode == "broken" };
    let listener = tokio::net::TcpListener::bind(&address).await?;
    println!("http://{}/?token=supervisor", listener.local_addr()?);
    Ok(axum::serve(listener, pages::router(fixture::state(fixture))).await?)
}
