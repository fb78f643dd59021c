//! Automatic syncing.
//!
//! Comes in: `spec.syncPolicy.automated`. Goes out: the switches, or nothing where it is off:
//! absent, or `enabled: false`. An empty block is on with every switch off.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (IsAutomatedSyncEnabled).

use crate::fields::Object;
use model::Automated;

pub(super) fn read(block: &Object<'_>) -> Option<Automated> {
    let enabled = block.flag("enabled").unwrap_or(true);
    let switch = |field| block.flag(field).unwrap_or(false);
    let automated = Automated {
        prune: switch("prune"),
        self_heal: switch("selfHeal"),
        allow_empty: switch("allowEmpty"),
    };
    (block.exists() && enabled).then_some(automated)
}
