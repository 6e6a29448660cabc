//! The stylesheet and the icon: compiled in, named by their content, kept by browsers for ever.

use std::{fmt::Write as _, sync::LazyLock};

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest as _, Sha256};

/// A file that never changes under its name.
pub(crate) struct Asset {
    name: &'static str,
    extension: &'static str,
    media_type: &'static str,
    content: &'static str,
    hash: LazyLock<String>,
}

static CSS: &str = include_str!("../../assets/fazhi.css");
static SVG: &str = include_str!("../../assets/icon.svg");

pub(crate) static STYLESHEET: Asset = Asset {
    name: "fazhi",
    extension: "css",
    media_type: "text/css; charset=utf-8",
    content: CSS,
    hash: LazyLock::new(|| hash(CSS)),
};
pub(crate) static ICON: Asset = Asset {
    name: "icon",
    extension: "svg",
    media_type: "image/svg+xml",
    content: SVG,
    hash: LazyLock::new(|| hash(SVG)),
};

fn hash(content: &str) -> String {
    Sha256::digest(content).iter().take(8).fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

impl Asset {
    pub(crate) fn href(&self) -> String {
        format!("/assets/{}.{}.{}", self.name, *self.hash, self.extension)
    }

    fn response(&self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(self.media_type)),
            (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        ];
        (headers, self.content).into_response()
    }
}

/// The asset with this file name.
pub(crate) fn find(file: &str) -> Option<Response> {
    [&STYLESHEET, &ICON]
        .into_iter()
        .find(|asset| asset.href().strip_prefix("/assets/") == Some(file))
        .map(Asset::response)
}
