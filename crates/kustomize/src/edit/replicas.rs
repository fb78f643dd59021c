//! Numbers of replicas.
//!
//! Comes in: workloads with their numbers. Goes out: one entry for each, sorted by name; a new
//! number takes the place of the one that is there.

use crate::file::{Kustomization, Replica};
use std::collections::BTreeMap;

/// Sets numbers of replicas.
pub fn set_replicas(
    kustomization: &mut Kustomization,
    replicas: impl IntoIterator<Item = Replica>,
) {
    let there = std::mem::take(&mut kustomization.replicas);
    let mut all: BTreeMap<String, Replica> = BTreeMap::new();
    for replica in there.into_iter().chain(replicas) {
        all.insert(replica.name.clone(), replica);
    }
    kustomization.replicas = all.into_values().collect();
}
