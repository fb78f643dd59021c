//! Upbound: managed resources of its providers, `*.upbound.io`. Crossplane's rule.

use super::check::Check;
use super::crossplane_io::family;

pub fn check(_: &str) -> Option<Check> {
    Some(Check::Code(|object| family(object, DESCRIBING, &["Ready"])))
}

/// Kinds whose status stays empty.
const DESCRIBING: &[&str] = &[
    "ClusterProviderConfig",
    "ProviderConfig",
    "ProviderConfigUsage",
];
