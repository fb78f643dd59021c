//! From an operation to its plan: what must be known first, and what forbids it.

use super::automatic::WINDOW_POLL;
use super::steps::acting;
use crate::app_state::{AppState, Judged, OperationStage, Running, Walk};
use crate::engine::{Engine, Pending};
use crate::request::{Outbox, Priority, Work};
use crate::timers::Subject;
use model::{
    App, GroupKind, ObjectKey, Operation, OperationPhase, Reference, Revision, SourceKey,
    SyncPhase, Timestamp,
};
use plan::{Plan, PlanInput, PruneRule};
use std::sync::Arc;

impl Engine {
    /// Makes the plan as soon as enough is known.
    pub(super) fn ready(
        &mut self,
        state: &mut AppState,
        mut running: Running,
        judged: &Judged,
        now: Timestamp,
        out: &mut Outbox,
    ) -> (Option<Running>, bool) {
        if running.terminate {
            self.terminated(state, running, now, out);
            return (None, true);
        }
        running.acting = acting_app(state, &running.operation);
        if let Some(work) = self.own_target(state, &mut running) {
            let pending = Pending::App(state.app.id.clone());
            let id = self.ask(Priority::Interactive, pending, work, out);
            running.stage = OperationStage::Preparing(id);
            return (Some(running), false);
        }
        let manual = !running.operation.initiated_by.automated;
        if let model::Verdict::Refused(_) =
            self.window_allows(state, manual, now, Some(running.started_at))
        {
            // The window opens by itself: the operation waits for it.
            running.blocked = true;
            running.stage = OperationStage::Ready;
            self.timers
                .ask(Subject::App(state.app.id.clone()), now + WINDOW_POLL);
            return (Some(running), false);
        }
        running.blocked = false;
        if let Some((phase, why)) = self.cannot_run(state, &running, judged) {
            self.finish(state, running, phase, why, now, out);
            return (None, true);
        }
        let own = running.has_own_target();
        let follows_newest = state.desired.revision.as_ref() == self.newest(&state.app);
        let known = self.ready.contains(&state.app.destination.cluster)
            && (own || (follows_newest && judged.pending == 0 && state.desired.target.is_some()));
        if !known {
            running.stage = OperationStage::Ready;
            return (Some(running), false);
        }
        let bulk = running.operation.initiated_by.automated && !running.heal;
        if bulk && self.steps_asked >= self.settings.steps_at_once {
            if !state.queued {
                state.queued = true;
                self.backlog.push_back(state.app.id.clone());
            }
            running.stage = OperationStage::Ready;
            return (Some(running), false);
        }
        if !own {
            running.revision = state.desired.revision.clone();
            running.target = state.desired.target.clone();
        }
        let plan = self.plan(state, &running);
        running.stage = OperationStage::Walking(Walk::new(plan));
        (Some(running), true)
    }

    /// Why an operation cannot run at all, if it cannot, and how it ends then.
    fn cannot_run(
        &self,
        state: &AppState,
        running: &Running,
        judged: &Judged,
    ) -> Option<(OperationPhase, String)> {
        if let Some(why) = self.lacks_definition(state, running) {
            return Some((OperationPhase::Error, why));
        }
        if acting(state, running).options.fail_on_shared
            && let Some((key, _)) = judged.shared.first()
        {
            return Some((OperationPhase::Failed, self.shared(state, key)));
        }
        let (_, why) = judged.refused.first()?;
        let why = format!("one or more synchronization tasks are not valid: {why}");
        Some((OperationPhase::Failed, why))
    }

    /// Why it is not known what to sync, or whether that may be.
    fn lacks_definition(&self, state: &AppState, running: &Running) -> Option<String> {
        let wrong = state.app.invalid.iter().chain(&running.operation.invalid);
        let wrong: Vec<&str> = wrong.map(String::as_str).collect();
        if !wrong.is_empty() {
            return Some(wrong.join("; "));
        }
        if let model::Verdict::Refused(why) = self.permits(state) {
            return Some(why);
        }
        if running.target.is_some() {
            return None;
        }
        match &state.desired.failed {
            Some((revision, failure)) if !failure.transient => {
                return Some(format!(
                    "revision {}: {}",
                    revision.short(),
                    failure.message
                ));
            }
            _ => {}
        }
        let stale = self
            .staleness(state)
            .filter(|_| state.desired.target.is_none());
        stale.map(|stale| stale.error.clone())
    }

    fn shared(&self, state: &AppState, key: &ObjectKey) -> String {
        let record = self.inventory.get(key);
        let other = record.and_then(|record| record.instance.as_deref());
        format!(
            "Shared resource found: {}/{} is part of applications {} and {}",
            key.group_kind.kind,
            key.name,
            state.app.id,
            other.unwrap_or_default()
        )
    }

    fn plan(&self, state: &AppState, running: &Running) -> Plan {
        let app = acting(state, running);
        let Some(target) = &running.target else {
            return Plan::default();
        };
        let wipes_out = target.objects.is_empty()
            && running.operation.initiated_by.automated
            && !app.automated.is_some_and(|automated| automated.allow_empty);
        let extras = match wipes_out {
            true => Vec::new(),
            false => self
                .extras(state)
                .filter(|record| target.get(&record.key).is_none())
                .collect(),
        };
        let ending = |phase| ending_of_name(running, phase);
        let hooks = running.operation.only.is_empty() && !running.operation.skip_hooks;
        Plan::build(&PlanInput {
            target,
            extras,
            namespace: self.namespace_to_make(&app, running),
            prune: match running.operation.prune {
                true => PruneRule::Allowed,
                false => PruneRule::NotAsked,
            },
            consent: app.options.prune,
            prune_last: app.options.prune_last,
            propagation: app.options.propagation,
            only: &running.operation.only,
            hook_run: (hooks && !running.heal).then_some(&ending),
        })
    }

    /// The destination's namespace, where the app makes it: if it is not there, and to keep its
    /// metadata as the app says.
    fn namespace_to_make(&self, app: &App, running: &Running) -> Option<ObjectKey> {
        let destination = &app.destination;
        if !app.options.create_namespace || destination.namespace.is_empty() {
            return None;
        }
        let key = ObjectKey {
            cluster: destination.cluster.clone(),
            group_kind: GroupKind::new("", "Namespace"),
            namespace: "".into(),
            name: destination.namespace.clone(),
        };
        let keeps_metadata = app.namespace_metadata.is_some() && running.operation.only.is_empty();
        (keeps_metadata || !self.namespaces.contains(&key)).then_some(key)
    }

    /// What must be asked for before an operation has its own target, if it has one: another
    /// revision than the app stands at (perhaps named before a restart), another source, or
    /// manifests that came with it.
    fn own_target(&self, state: &AppState, running: &mut Running) -> Option<Work> {
        if running.own_revision {
            return None;
        }
        let app = acting(state, running);
        let operation = &running.operation;
        if operation.manifests.is_some() {
            let revision = state.desired.revision.clone()?;
            running.own_revision = true;
            running.revision = Some(revision.clone());
            return Some(Work::Render {
                source: app.source.clone(),
                local: operation.manifests.clone(),
                fresh: false,
                revision,
                app,
            });
        }
        let named = own_revision(state, running);
        if named.is_none() && operation.source.is_none() {
            return None;
        }
        running.own_revision = true;
        let reference = named.map(|revision| Reference(revision.0));
        let source = SourceKey {
            reference: reference.unwrap_or_else(|| app.source.reference.clone()),
            ..app.source.clone()
        };
        Some(Work::Resolve {
            source,
            previous: None,
        })
    }

    /// Did a newer revision change what an automatic operation is applying?
    pub(super) fn is_superseded(&self, state: &AppState, running: &Running) -> bool {
        let applying = running.target.as_ref().map(|target| target.digest);
        let wanted = state.desired.target.as_ref().map(|target| target.digest);
        let newest = state.desired.revision.as_ref() == self.newest(&state.app);
        running.operation.initiated_by.automated
            && !running.has_run_hooks()
            && running.target.is_some()
            && applying != wanted
            && newest
            && state.desired.failed.is_none()
    }
}

/// The revision an operation names, if it is another than the app stands at.
fn own_revision(state: &AppState, running: &Running) -> Option<Revision> {
    let named = running.operation.revision.clone()?;
    let stands_there = state.desired.revision.as_ref() == Some(&named);
    let follows = running.operation.source.is_none() && stands_there;
    (!running.operation.initiated_by.automated && !follows).then_some(named)
}

/// The app as an operation with its own options or source sees it; none when it has neither.
fn acting_app(state: &AppState, operation: &Operation) -> Option<Arc<App>> {
    if operation.options.is_none() && operation.source.is_none() {
        return None;
    }
    let mut app = (*state.app).clone();
    if let Some(options) = &operation.options {
        app.options = options.clone();
    }
    if let Some(source) = &operation.source {
        app.source = source.key.clone();
        app.render = Arc::new(source.render.clone());
        app.written_source = Arc::new(source.written.clone());
    }
    Some(Arc::new(app))
}

/// What a hook that leaves its name open has at the end of it: the same for the whole operation.
/// Source: Argo CD 3.5, gitops-engine/pkg/sync/sync_context.go (getSyncTasks).
fn ending_of_name(running: &Running, phase: SyncPhase) -> String {
    let revision = running
        .revision
        .as_ref()
        .map_or("", |revision| &*revision.0);
    let short = match revision.len() >= 8 && revision.is_char_boundary(7) {
        true => &revision[..7],
        false => revision,
    };
    format!("{short}-{phase}-{}", running.started_at.seconds()).to_lowercase()
}
