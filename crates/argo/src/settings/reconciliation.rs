//! How often an app is looked at again when nothing happens.
//!
//! Comes in: `argocd-cm`. Goes out: the interval and its jitter; zero switches the looking off.
//! Source: Argo CD 3.5: cmd/argocd-application-controller (120 s, 60 s jitter).

use std::collections::BTreeMap;
use std::time::Duration;

/// The interval between two looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reconciliation {
    /// The interval; zero means never.
    pub every: Duration,
    /// Up to this much is added, so that apps do not all come at once.
    pub jitter: Duration,
}

impl Default for Reconciliation {
    fn default() -> Self {
        Self {
            every: Duration::from_secs(120),
            jitter: Duration::from_secs(60),
        }
    }
}

impl Reconciliation {
    pub(super) fn read(cm: &BTreeMap<String, String>, warnings: &mut Vec<String>) -> Self {
        let default = Self::default();
        let mut read = |key: &str, default: Duration| match super::text(cm, key) {
            None => default,
            Some(text) => crate::go_duration::parse_setting(text).unwrap_or_else(|| {
                warnings.push(format!(
                    "{key}: found {text:?}, expected a duration such as \"120s\"; {}s is used",
                    default.as_secs()
                ));
                default
            }),
        };
        Self {
            every: read("timeout.reconciliation", default.every),
            jitter: read("timeout.reconciliation.jitter", default.jitter),
        }
    }
}
