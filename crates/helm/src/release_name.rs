//! Names a release may have. Source: Helm 4.2, pkg/chart/v2/util/validate_name.go.

use crate::quote::quote;
use thiserror::Error;

/// Longer names leave no room for what charts append.
const LONGEST: usize = 53;

/// A name no release may have.
#[derive(Debug, Error)]
#[error("release name {}: {reason}", quote(.name))]
pub struct NameError {
    name: String,
    reason: &'static str,
}

/// Checks a name.
pub fn check(name: &str) -> Result<(), NameError> {
    let reason = if name.is_empty() {
        "no name provided"
    } else if name.len() > LONGEST || !name.split('.').all(is_label) {
        "invalid release name, must match regex \
         ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must \
         not be longer than 53"
    } else {
        return Ok(());
    };
    let name = name.to_owned();
    Err(NameError { name, reason })
}

fn is_label(label: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = label.as_bytes();
    let ends = [bytes.first(), bytes.last()];
    ends.into_iter()
        .all(|end| end.copied().is_some_and(is_plain))
        && bytes.iter().all(|byte| is_plain(*byte) || *byte == b'-')
}
