//! From an operation to its plan: what must be known first, and what forbids it.

use super::automatic::WINDOW_POLL;
use crate::app_state::{AppState, Judged, OperationStage, Running, Walk};
use crate::engine::{Engine, Pending};
use crate::request::{Outbox, Priority, Work};
use crate::timers::Subject;
use model::{GroupKind, ObjectKey, OperationPhase, Reference, Revision, SourceKey, Timestamp};
use plan::{Plan, PlanInput, PruneRule};

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
        if let Some(own) = own_revision(state, &running) {
            // Somebody named another revision than the app stands at, perhaps before a restart.
            let reference = Reference(own.0);
            let source = SourceKey {
                reference,
                ..state.app.source.clone()
            };
            let work = Work::Resolve {
                source,
                previous: None,
            };
            let pending = Pending::App(state.app.id.clone());
            running.stage =
                OperationStage::Preparing(self.ask(Priority::Interactive, pending, work, out));
            running.own_revision = true;
            return (Some(running), false);
        }
        let manual = !running.operation.initiated_by.automated;
        if let model::Verdict::Refused(_) =
            self.window_allows(state, manual, now, Some(running.started_at))
        {
            // The window opens by itself: the operation waits for it.
            running.stage = OperationStage::Ready;
            self.timers
                .ask(Subject::App(state.app.id.clone()), now + WINDOW_POLL);
            return (Some(running), false);
        }
        if let Some(why) = self.cannot_run(state, &running, judged) {
            self.finish(state, running, OperationPhase::Error, why, now, out);
            return (None, true);
        }
        let own = running.own_revision && running.target.is_some();
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

    /// Why an operation cannot run at all, if it cannot.
    fn cannot_run(&self, state: &AppState, running: &Running, judged: &Judged) -> Option<String> {
        let wrong = state.app.invalid.iter().chain(&running.operation.invalid);
        let wrong: Vec<&str> = wrong.map(String::as_str).collect();
        if !wrong.is_empty() {
            return Some(wrong.join("; "));
        }
        if let model::Verdict::Refused(why) = self.permits(state) {
            return Some(why);
        }
        if let Some((revision, failure)) = &state.desired.failed
            && running.target.is_none()
            && !failure.transient
        {
            return Some(format!(
                "revision {}: {}",
                revision.short(),
                failure.message
            ));
        }
        if state.desired.target.is_none()
            && running.target.is_none()
            && let Some(stale) = self.staleness(state)
        {
            return Some(stale.error.clone());
        }
        if state.app.options.fail_on_shared
            && let Some((key, other)) = judged.shared.first()
        {
            return Some(format!(
                "Shared resource found: {key} is part of application {other}"
            ));
        }
        let (key, why) = judged.refused.first()?;
        Some(format!(
            "one or more synchronization tasks are not valid: {key}: {why}"
        ))
    }

    fn plan(&self, state: &AppState, running: &Running) -> Plan {
        let app = &state.app;
        let Some(target) = &running.target else {
            return Plan::default();
        };
        let prune = match (app.options.never_prune, running.operation.prune) {
            (true, _) => PruneRule::Forbidden,
            (false, true) => PruneRule::Allowed,
            (false, false) => PruneRule::NotAsked,
        };
        let wipes_out = target.objects.is_empty()
            && running.operation.initiated_by.automated
            && !app.automated.is_some_and(|automated| automated.allow_empty);
        Plan::build(&PlanInput {
            target,
            extras: match wipes_out {
                true => Vec::new(),
                false => self
                    .extras(state)
                    .filter(|record| target.get(&record.key).is_none())
                    .collect(),
            },
            namespace: self.namespace_to_make(state),
            prune,
            prune_last: app.options.prune_last,
            propagation: app.options.propagation,
            only: &running.operation.only,
        })
    }

    fn namespace_to_make(&self, state: &AppState) -> Option<ObjectKey> {
        let destination = &state.app.destination;
        if !state.app.options.create_namespace || destination.namespace.is_empty() {
            return None;
        }
        let key = ObjectKey {
            cluster: destination.cluster.clone(),
            group_kind: GroupKind::new("", "Namespace"),
            namespace: "".into(),
            name: destination.namespace.clone(),
        };
        (!self.namespaces.contains(&key)).then_some(key)
    }

    /// Did a newer revision change what an automatic operation is applying?
    pub(super) fn is_superseded(&self, state: &AppState, running: &Running) -> bool {
        let applying = running.target.as_ref().map(|target| target.digest);
        let wanted = state.desired.target.as_ref().map(|target| target.digest);
        let newest = state.desired.revision.as_ref() == self.newest(&state.app);
        running.operation.initiated_by.automated
            && running.target.is_some()
            && applying != wanted
            && newest
            && state.desired.failed.is_none()
    }
}

/// The revision an operation names, if it has yet to be had.
fn own_revision(state: &AppState, running: &Running) -> Option<Revision> {
    let named = running.operation.revision.clone()?;
    let follows = running.operation.initiated_by.automated
        || running.own_revision
        || state.desired.revision.as_ref() == Some(&named);
    (!follows).then_some(named)
}
