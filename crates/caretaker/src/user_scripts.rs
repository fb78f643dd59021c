//! Users' health checks and actions, from the settings to what runs them.
//!
//! In: what `argocd-cm` says of kinds. Out: scripts ready to be asked, bounded in time by this
//! machine's clock, and what is wrong with those that are no Lua.

use argo::{Customization, Customizations};
use lua::{ActionScripts, Limits, Rule, ScriptError, Scripts};
use model::Timestamp;
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Compiles all scripts there are.
pub fn compile(customizations: &Customizations) -> (Scripts, Vec<ScriptError>) {
    let kinds = customizations.by_kind.iter();
    let limits = Limits {
        clock: Some(running_for),
        ..Limits::default()
    };
    Scripts::compile(kinds.map(|(kind, said)| rule(kind, said)).collect(), limits)
}

/// What time scripts are told.
pub fn now() -> Timestamp {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    Timestamp(now.map_or(0, |now| now.as_millis() as u64))
}

fn running_for() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

fn rule(kind: &str, said: &Customization) -> Rule {
    Rule {
        kind: kind.to_owned(),
        health: said.health.clone(),
        open_libraries: said.use_open_libs,
        actions: said.actions.as_ref().map(|actions| ActionScripts {
            discovery: actions.discovery.clone(),
            definitions: actions.definitions.clone(),
            merge_built_in: actions.merge_built_in,
        }),
    }
}
