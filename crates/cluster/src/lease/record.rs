//! What a `Lease` says, and what a candidate makes of it. Pure: record and times in, verdict out.

use std::time::Duration;

use model::Timestamp;
use serde::{Deserialize, Serialize};

/// A `coordination.k8s.io/v1` Lease; labels and annotations of others pass through untouched.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct Lease {
    pub(super) api_version: String,
    pub(super) kind: String,
    pub(super) metadata: serde_json::Map<String, serde_json::Value>,
    #[serde(default)]
    pub(super) spec: Spec,
}

#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct Spec {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) holder_identity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lease_duration_seconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) acquire_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) renew_time: Option<String>,
    #[serde(default)]
    pub(super) lease_transitions: u64,
}

/// What to do about a lease.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// It is ours: renew it.
    Renew,
    /// It is nobody's, or its holder has been silent for too long: take it.
    Take,
    /// It is another's.
    Leave(String),
}

impl Spec {
    pub(super) fn holder(&self) -> &str {
        self.holder_identity.as_deref().unwrap_or_default()
    }

    /// `unchanged_for` is how long this very record has been seen.
    pub(super) fn verdict(&self, identity: &str, unchanged_for: Duration) -> Verdict {
        let duration = Duration::from_secs(self.lease_duration_seconds.unwrap_or_default());
        match self.holder() {
            holder if holder == identity => Verdict::Renew,
            "" => Verdict::Take,
            _ if unchanged_for > duration => Verdict::Take,
            holder => Verdict::Leave(holder.to_owned()),
        }
    }

    /// The record once we took or renewed it.
    pub(super) fn held_by(&self, identity: &str, duration: Duration, now: Timestamp) -> Self {
        let renewed = self.holder() == identity;
        let changed_hands = u64::from(!renewed && self.acquire_time.is_some());
        let acquired = self.acquire_time.clone().filter(|_| renewed);
        Self {
            holder_identity: Some(identity.to_owned()),
            lease_duration_seconds: Some(duration.as_secs().max(1)),
            acquire_time: acquired.or_else(|| Some(micro_time(now))),
            renew_time: Some(micro_time(now)),
            lease_transitions: self.lease_transitions + changed_hands,
        }
    }

    /// The record once we gave it up: whoever comes next need not wait.
    pub(super) fn released(&self, now: Timestamp) -> Self {
        Self {
            holder_identity: Some(String::new()),
            lease_duration_seconds: Some(1),
            renew_time: Some(micro_time(now)),
            ..self.clone()
        }
    }
}

/// Kubernetes' MicroTime.
fn micro_time(now: Timestamp) -> String {
    let seconds = now.rfc3339();
    format!("{}.{:03}000Z", seconds.trim_end_matches('Z'), now.0 % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(holder: &str) -> Spec {
        Spec::default().held_by(holder, Duration::from_secs(15), Timestamp(1500))
    }

    #[test]
    fn a_lease_is_taken_only_from_nobody_or_from_one_long_silent() {
        let lease = held("a");
        assert_eq!(lease.verdict("a", Duration::ZERO), Verdict::Renew);
        assert_eq!(
            lease.verdict("b", Duration::from_secs(15)),
            Verdict::Leave("a".into())
        );
        assert_eq!(lease.verdict("b", Duration::from_secs(16)), Verdict::Take);
        assert_eq!(Spec::default().verdict("b", Duration::ZERO), Verdict::Take);
        assert_eq!(
            lease.released(Timestamp(0)).verdict("b", Duration::ZERO),
            Verdict::Take
        );
    }

    #[test]
    fn renewing_keeps_the_acquire_time_and_taking_counts_a_transition() {
        let first = held("a");
        assert_eq!(
            first.acquire_time.as_deref(),
            Some("1970-01-01T00:00:01.500000Z")
        );
        let renewed = first.held_by("a", Duration::from_secs(15), Timestamp(9000));
        assert_eq!(
            (renewed.acquire_time.clone(), renewed.lease_transitions),
            (first.acquire_time, 0)
        );
        let taken = renewed.held_by("b", Duration::from_secs(15), Timestamp(9000));
        assert_eq!(
            (taken.lease_transitions, taken.acquire_time),
            (1, taken.renew_time)
        );
    }
}
