//! When a sync starts by itself, and of what.
//!
//! Source of the rules: Argo CD 3.5, controller/appcontroller.go (autoSync): one attempt a revision,
//! nothing that would wipe an app out unless allowed, and self-heal of just what drifted.

use crate::app_state::{AppState, Judged, Running};
use crate::drift_told;
use crate::engine::Engine;
use crate::healing;
use crate::request::Outbox;
use crate::timers::Subject;
use live::Verdict;
use model::{
    Automated, Consent, Initiator, ObjectKey, ObjectSelector, Operation, OperationPhase,
    OperationState, SyncStatus, Timestamp,
};
use std::time::Duration;

/// How often a closed sync window is looked at again.
pub(super) const WINDOW_POLL: Duration = Duration::from_secs(15);

impl Engine {
    pub(super) fn consider_automatic(
        &mut self,
        state: &mut AppState,
        automated: Automated,
        judged: &Judged,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        if state.app.paused || judged.sync != SyncStatus::OutOfSync || judged.pending > 0 {
            return;
        }
        if !self.window_allows(state, false, now, None).is_permitted() {
            self.timers
                .ask(Subject::App(state.app.id.clone()), now + WINDOW_POLL);
            return;
        }
        let prune = automated.prune;
        let prunable = prune && judged.extras.iter().any(|key| self.may_prune(state, key));
        if judged.out_of_sync.is_empty() && !prunable {
            return;
        }
        let revision = state.desired.revision.clone();
        let short = revision
            .as_ref()
            .map(|r| r.0.to_string())
            .unwrap_or_default();
        let wants_nothing = state
            .desired
            .target
            .as_ref()
            .is_some_and(|t| t.objects.is_empty());
        if prune && wants_nothing && !automated.allow_empty {
            state.sync_error = Some(format!(
                "Skipping sync attempt to {short}: auto-sync will wipe out all resources; set syncPolicy.automated.allowEmpty if that is meant"
            ));
            return;
        }
        let definition = state.definition();
        let same_definition = state
            .last_definition
            .is_none_or(|before| before == definition);
        let attempt = |last: &&OperationState| {
            last.revision == revision && !last.operation.dry_run && same_definition
        };
        // Nothing to bring out that was not brought out before: what differs is drift.
        let only_drifted = automated.self_heal
            && state.brought_out.is_some()
            && state.brought_out == state.desired.target.as_ref().map(|target| target.digest);
        match state.last.as_ref().filter(attempt) {
            None if only_drifted => self.heal(state, judged, prune, now, out),
            None => {
                let operation = automatic(state, prune, Vec::new());
                state.running = Some(Running::new(operation, now));
            }
            Some(last) if !automated.self_heal => {
                if last.phase != OperationPhase::Succeeded {
                    state.sync_error = Some(will_not_retry(&short, last));
                }
            }
            Some(last) => {
                let failed_sync = last.phase != OperationPhase::Succeeded
                    && last.operation.self_heal_attempts == 0;
                match failed_sync {
                    true => state.sync_error = Some(will_not_retry(&short, last)),
                    false => self.heal(state, judged, prune, now, out),
                }
            }
        }
    }

    /// May a sync run now, by the project's windows?
    pub(super) fn window_allows(
        &self,
        state: &AppState,
        manual: bool,
        now: Timestamp,
        started_at: Option<Timestamp>,
    ) -> model::Verdict {
        match self.projects.get(&state.app.project) {
            Some(project) => project.permits_sync(&state.app, manual, now, started_at),
            None => model::Verdict::Permitted,
        }
    }

    fn may_prune(&self, state: &AppState, key: &ObjectKey) -> bool {
        let app = state.app.options.prune;
        let record = self.inventory.get(key);
        record.is_some_and(|record| record.wishes.prune.unwrap_or(app) != Consent::Never)
    }

    /// Starts a sync of just the objects that drifted and whose time has come.
    fn heal(
        &mut self,
        state: &mut AppState,
        judged: &Judged,
        prune: bool,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let extras = judged
            .extras
            .iter()
            .filter(|key| prune && self.may_prune(state, key));
        let drifted = judged.out_of_sync.iter().chain(extras);
        let allowed =
            |key: &&ObjectKey| healing::allowed_at(state, key, now, &self.settings) <= now;
        let due: Vec<ObjectKey> = drifted.filter(allowed).cloned().collect();
        if due.is_empty() {
            return;
        }
        drift_told::tell(&state.app.id, &self.differences(&due), out);
        healing::note(state, &due, &self.inventory, now, &self.settings);
        let attempts = due
            .iter()
            .filter_map(|key| state.heals.get(key))
            .map(|h| h.count)
            .max();
        let mut operation = automatic(state, prune, due.iter().map(selector).collect());
        operation.self_heal_attempts = attempts.unwrap_or(1);
        let mut running = Running::new(operation, now);
        running.heal = true;
        state.running = Some(running);
    }
}

impl Engine {
    /// What differs of each of these objects; those that are missing or surplus have no such lines.
    fn differences(&self, keys: &[ObjectKey]) -> Vec<(ObjectKey, Vec<String>)> {
        let of = |key: &ObjectKey| {
            let judgement = self.inventory.get(key)?.judgement.as_ref()?;
            match &judgement.verdict {
                Verdict::Different { changes, .. } => Some((key.clone(), changes.clone())),
                _ => None,
            }
        };
        keys.iter().filter_map(of).collect()
    }
}

fn automatic(state: &AppState, prune: bool, only: Vec<ObjectSelector>) -> Operation {
    Operation {
        revision: state.desired.revision.clone(),
        retry: state.app.retry,
        prune,
        only,
        initiated_by: Initiator {
            username: String::new(),
            automated: true,
        },
        ..Operation::default()
    }
}

fn selector(key: &ObjectKey) -> ObjectSelector {
    ObjectSelector {
        group: key.group_kind.group.to_string(),
        kind: key.group_kind.kind.to_string(),
        name: key.name.to_string(),
        namespace: key.namespace.to_string(),
    }
}

fn will_not_retry(revision: &str, last: &OperationState) -> String {
    format!(
        "Failed last sync attempt to [{revision}]: {}; it is not tried again at this revision: mend the cause and sync by hand, or push a new commit",
        last.message
    )
}
