//! A retry block, as Argo CD writes one.

use super::Fields;
use model::{Backoff, Retry};
use serde_json::Value;
use std::time::Duration;

pub(super) fn block(retry: &Retry) -> Value {
    Fields::new()
        .count("limit", retry.limit.map_or(-1, i64::from))
        .set("backoff", backoff(&retry.backoff))
        .flag("refresh", retry.refresh)
        .done()
}

fn backoff(backoff: &Backoff) -> Value {
    Fields::new()
        .set("duration", text(backoff.duration))
        .set("factor", backoff.factor)
        .set(
            "maxDuration",
            if backoff.maximum == Duration::MAX {
                "0s".to_owned()
            } else {
                text(backoff.maximum)
            },
        )
        .done()
}

/// In Go's notation.
fn text(duration: Duration) -> String {
    match duration.subsec_nanos() {
        0 => format!("{}s", duration.as_secs()),
        _ => format!("{}ms", duration.as_millis()),
    }
}
