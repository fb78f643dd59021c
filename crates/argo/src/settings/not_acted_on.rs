//! Settings that matter but are not acted on yet.
//!
//! Comes in: both config maps' data. Goes out: a line for each setting that is there, would change
//! what is written to a cluster or how, and is not acted on. Settings of the web UI, of accounts
//! and of single sign-on are another component's and are not named here.

use std::collections::BTreeMap;

/// Keys of `argocd-cm`, as they are or as a beginning (with a dot at the end).
const SETTINGS: [(&str, &str); 12] = [
    (
        "application.sync.impersonation.enabled",
        "writes use Caretaker's own account",
    ),
    (
        "cluster.inClusterEnabled",
        "the cluster Caretaker runs in is always a destination",
    ),
    ("globalProjects", "projects inherit nothing"),
    ("helm.enable", "source types cannot be switched off"),
    ("jsonnet.enable", "source types cannot be switched off"),
    (
        "kustomize.buildOptions.",
        "kustomize.buildOptions holds for every version",
    ),
    ("kustomize.enable", "source types cannot be switched off"),
    ("kustomize.path.", "Kustomize 5.8.1 is built in"),
    ("kustomize.version.", "Kustomize 5.8.1 is built in"),
    (
        "resource.respectRBAC",
        "kinds that may not be listed are told as errors",
    ),
    (
        "timeout.hard.reconciliation",
        "caches are keyed by content and do not expire",
    ),
    (
        "webhook.refresh.jitter",
        "each push refreshes its apps at once",
    ),
];

/// Keys of `argocd-cmd-params-cm`.
const PARAMETERS: [(&str, &str); 7] = [
    (
        "controller.diff.server.side",
        "sameness is proved locally, the server is asked in doubt",
    ),
    (
        "controller.repo.error.grace.period.seconds",
        "the default holds",
    ),
    (
        "controller.self.heal.backoff.cap.seconds",
        "the default holds",
    ),
    ("controller.self.heal.backoff.factor", "the default holds"),
    (
        "controller.self.heal.backoff.timeout.seconds",
        "the default holds",
    ),
    ("controller.self.heal.timeout.seconds", "the default holds"),
    (
        "controller.sync.wave.delay.seconds",
        "waves follow one another without a pause",
    ),
];

/// A line for each of them that is set.
pub(super) fn among(
    cm: &BTreeMap<String, String>,
    params: &BTreeMap<String, String>,
) -> Vec<String> {
    let settings = found(cm, &SETTINGS, "argocd-cm");
    let parameters = found(params, &PARAMETERS, "argocd-cmd-params-cm");
    settings.chain(parameters).collect()
}

fn found<'a>(
    data: &'a BTreeMap<String, String>,
    known: &'a [(&str, &str)],
    map: &'a str,
) -> impl Iterator<Item = String> + 'a {
    data.keys().filter_map(move |key| {
        let (_, instead) = known.iter().find(|(name, _)| is_named(key, name))?;
        Some(format!("{key} in {map} is not acted on: {instead}"))
    })
}

fn is_named(key: &str, name: &str) -> bool {
    key == name || (name.ends_with('.') && key.starts_with(name))
}
