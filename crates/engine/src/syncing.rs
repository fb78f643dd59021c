//! Operations: when one starts by itself, and how it walks its plan.
//!
//! Source of the rules: Argo CD 3.5, controller/appcontroller.go (autoSync) and controller/sync.go.
//! No operation holds a worker: each wait is a state that an event or a timer ends.

use crate::app_state::{
    AppState, Judged, OperationStage, Refresh, Running, Standing, StepState, Walk,
};
use crate::engine::{Engine, Pending};
use crate::event::{Applied, Failure};
use crate::healing;
use crate::request::{Notice, Outbox, Priority, RequestId, Work};
use crate::timers::Subject;
use live::Verdict;
use model::{
    AppId, Automated, GroupKind, HistoryEntry, Initiator, ObjectKey, ObjectSelector, Operation,
    OperationPhase, OperationState, Reference, ResourceResult, ResultCode, Revision, SourceKey,
    SyncStatus, Timestamp,
};
use plan::{Action, Desired, Plan, PlanInput, PruneRule};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// How often a closed sync window is looked at again.
const WINDOW_POLL: Duration = Duration::from_secs(15);

/// So often a stage is begun again because what it applied was deleted by somebody.
const VANISHES: u32 = 5;

/// The longest wait between tries of a step that fails for a passing reason.
const LONGEST_STEP_WAIT: Duration = Duration::from_secs(15);

impl Engine {
    /// Takes in what users asked for on the custom resource.
    pub(crate) fn take_requests(&mut self, state: &mut AppState, now: Timestamp, out: &mut Outbox) {
        match (state.app.refresh, state.refresh) {
            (Some(hard), None) => {
                state.refresh = Some(Refresh::Resolving(hard));
                self.resolve(&state.app.source.clone(), now, out);
            }
            (None, Some(Refresh::Done)) => {
                state.refresh = None;
                state.report.written = None;
            }
            _ => {}
        }
        if state.app.requested.is_none() {
            state.report.take_operation = false;
        }
        let remembered = state.app.remembered.operation.as_ref();
        if let (Some(running), Some(told)) = (&mut state.running, remembered)
            && told.phase == OperationPhase::Terminating
            && told.started_at.seconds() == running.started_at.seconds()
        {
            running.terminate = true;
        }
    }

    /// Goes on with an operation that was under way when the process died.
    pub(crate) fn resume(&mut self, state: &mut AppState) {
        let Some(told) = &state.app.remembered.operation else {
            return;
        };
        if told.phase.is_finished() {
            return;
        }
        let mut running = Running::new(told.operation.clone(), told.started_at);
        running.retry_count = told.retry_count;
        running.terminate = told.phase == OperationPhase::Terminating;
        running.told = true;
        state.running = Some(running);
    }

    /// Moves the app's operation as far as it goes now. True if verdicts may have changed.
    pub(crate) fn advance_operation(
        &mut self,
        state: &mut AppState,
        judged: &Judged,
        now: Timestamp,
        out: &mut Outbox,
    ) -> bool {
        if state.running.is_none() {
            self.begin(state, judged, now, out);
        }
        let before = state.last.is_some();
        while let Some(running) = state.running.take() {
            let (running, go_on) = self.advance_running(state, running, judged, now, out);
            state.running = running;
            if !go_on {
                break;
            }
        }
        before != state.last.is_some()
    }

    fn begin(&mut self, state: &mut AppState, judged: &Judged, now: Timestamp, out: &mut Outbox) {
        if let Some(operation) = state.app.requested.clone()
            && !state.report.take_operation
        {
            state.report.take_operation = true;
            state.running = Some(self.requested(state, operation, now, out));
            return;
        }
        state.sync_error = None;
        if let Some(automated) = state.app.automated {
            self.consider_automatic(state, automated, judged, now);
        }
    }

    fn requested(
        &self,
        state: &AppState,
        operation: Operation,
        now: Timestamp,
        out: &mut Outbox,
    ) -> Running {
        let running = Running::new(operation, now);
        out.notices.push(Notice::Event {
            app: state.app.id.clone(),
            reason: "OperationStarted",
            message: format!(
                "{} initiated sync",
                initiator(&running.operation.initiated_by)
            ),
            warning: false,
        });
        running
    }

    fn consider_automatic(
        &mut self,
        state: &mut AppState,
        automated: Automated,
        judged: &Judged,
        now: Timestamp,
    ) {
        if state.app.paused || judged.sync != SyncStatus::OutOfSync || judged.pending > 0 {
            return;
        }
        if !self.window_allows(state, false, now, None).is_permitted() {
            self.timers
                .ask(Subject::App(state.app.id.clone()), now + WINDOW_POLL);
            return;
        }
        let prune = automated.prune && !state.app.options.never_prune;
        let prunable = prune && judged.extras.iter().any(|key| self.may_prune(key));
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
            None if only_drifted => self.heal(state, judged, prune, now),
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
                    false => self.heal(state, judged, prune, now),
                }
            }
        }
    }

    /// May a sync run now, by the project's windows?
    fn window_allows(
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

    fn may_prune(&self, key: &ObjectKey) -> bool {
        self.inventory
            .get(key)
            .is_some_and(|record| !record.protection.prune)
    }

    /// Starts a sync of just the objects that drifted and whose time has come.
    fn heal(&mut self, state: &mut AppState, judged: &Judged, prune: bool, now: Timestamp) {
        let extras = judged
            .extras
            .iter()
            .filter(|key| prune && self.may_prune(key));
        let drifted = judged.out_of_sync.iter().chain(extras);
        let allowed =
            |key: &&ObjectKey| healing::allowed_at(state, key, now, &self.settings) <= now;
        let due: Vec<ObjectKey> = drifted.filter(allowed).cloned().collect();
        if due.is_empty() {
            return;
        }
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

    fn advance_running(
        &mut self,
        state: &mut AppState,
        mut running: Running,
        judged: &Judged,
        now: Timestamp,
        out: &mut Outbox,
    ) -> (Option<Running>, bool) {
        match std::mem::replace(&mut running.stage, OperationStage::Ready) {
            OperationStage::Preparing(id) => {
                running.stage = OperationStage::Preparing(id);
                match running.terminate {
                    true => self.finish(
                        state,
                        running,
                        OperationPhase::Failed,
                        "Operation terminated".into(),
                        now,
                        out,
                    ),
                    false => return (Some(running), false),
                }
            }
            OperationStage::Broken(message) => {
                self.finish(state, running, OperationPhase::Error, message, now, out);
            }
            OperationStage::Waiting {
                until,
                failed_at,
                message,
            } => {
                if running.terminate {
                    self.finish(
                        state,
                        running,
                        OperationPhase::Failed,
                        "Operation terminated".into(),
                        now,
                        out,
                    );
                    return (None, true);
                }
                if until > now && !self.is_superseded(state, &running) {
                    running.stage = OperationStage::Waiting {
                        until,
                        failed_at,
                        message,
                    };
                    return (Some(running), false);
                }
                running.retry_count += 1;
                return (Some(running), true);
            }
            OperationStage::Ready => return self.ready(state, running, judged, now, out),
            OperationStage::Walking(walk) => {
                return self.walk(state, running, walk, now, out);
            }
        }
        (None, true)
    }

    /// Makes the plan as soon as enough is known.
    fn ready(
        &mut self,
        state: &mut AppState,
        mut running: Running,
        judged: &Judged,
        now: Timestamp,
        out: &mut Outbox,
    ) -> (Option<Running>, bool) {
        if running.terminate {
            self.finish(
                state,
                running,
                OperationPhase::Failed,
                "Operation terminated".into(),
                now,
                out,
            );
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
            && let Some(stale) = self.staleness(&state.app)
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
    fn is_superseded(&self, state: &AppState, running: &Running) -> bool {
        let applying = running.target.as_ref().map(|target| target.digest);
        let wanted = state.desired.target.as_ref().map(|target| target.digest);
        let newest = state.desired.revision.as_ref() == self.newest(&state.app);
        running.operation.initiated_by.automated
            && running.target.is_some()
            && applying != wanted
            && newest
            && state.desired.failed.is_none()
    }

    fn walk(
        &mut self,
        state: &mut AppState,
        mut running: Running,
        mut walk: Walk,
        now: Timestamp,
        out: &mut Outbox,
    ) -> (Option<Running>, bool) {
        let superseded = self.is_superseded(state, &running);
        if running.terminate || superseded {
            // What is under way is waited for, so that old and new never overtake each other.
            if walk
                .steps
                .iter()
                .any(|step| matches!(step, StepState::Asked { .. }))
            {
                running.stage = OperationStage::Walking(walk);
                return (Some(running), false);
            }
            if running.terminate {
                self.finish(
                    state,
                    running,
                    OperationPhase::Failed,
                    "Operation terminated".into(),
                    now,
                    out,
                );
                return (None, true);
            }
            running.operation.revision = None;
            running.operation.only.clear();
            running.heal = false;
            running.operation.self_heal_attempts = 0;
            running.results.clear();
            return (Some(running), true);
        }
        if state.desired.revision.is_none() && !running.own_revision {
            // The definition changed: what it comes to is not known yet.
            running.stage = OperationStage::Walking(walk);
            return (Some(running), false);
        }
        loop {
            self.issue_steps(state, &mut running, &mut walk, now, out);
            if !walk.stage_is_over() {
                running.stage = OperationStage::Walking(walk);
                return (Some(running), false);
            }
            match self.leave_stage(state, &walk, &running) {
                Leave::Wait => {
                    running.stage = OperationStage::Walking(walk);
                    return (Some(running), false);
                }
                Leave::Fail(why) => {
                    self.attempt_failed(state, running, why, now, out);
                    return (state.running.take(), false);
                }
                Leave::Again(key) if walk.begun_again >= VANISHES => {
                    let why = format!("{key} keeps vanishing while its wave waits to be healthy");
                    self.attempt_failed(state, running, why, now, out);
                    return (state.running.take(), false);
                }
                Leave::Again(key) => {
                    walk.begin_again_at(&key);
                }
                Leave::Next => {
                    walk.stage += 1;
                    walk.enter();
                }
                Leave::Finish => {
                    let message = match walk.plan.is_empty() {
                        true => "successfully synced (no more tasks)",
                        false => "successfully synced (all tasks run)",
                    };
                    self.finish(
                        state,
                        running,
                        OperationPhase::Succeeded,
                        message.into(),
                        now,
                        out,
                    );
                    return (None, true);
                }
            }
        }
    }

    fn issue_steps(
        &mut self,
        state: &AppState,
        running: &mut Running,
        walk: &mut Walk,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        for at in 0..walk.steps.len() {
            let tries = match &walk.steps[at] {
                StepState::Todo { tries } => *tries,
                StepState::Later { at, tries, .. } if *at <= now => *tries,
                StepState::Later { at, .. } => {
                    self.timers.ask(Subject::App(state.app.id.clone()), *at);
                    continue;
                }
                _ => continue,
            };
            let Some(step) = walk.step(at).cloned() else {
                continue;
            };
            walk.steps[at] = match self.work_of(state, running, &step.action) {
                Some(work) => {
                    let interactive = running.heal || !running.operation.initiated_by.automated;
                    let priority = if interactive {
                        Priority::Interactive
                    } else {
                        Priority::Bulk
                    };
                    let pending = Pending::Step(state.app.id.clone(), step.action.key().clone());
                    StepState::Asked {
                        id: self.ask(priority, pending, work, out),
                        tries,
                    }
                }
                None => StepState::Over,
            };
        }
    }

    /// The request a step makes; none where nothing needs to be asked, and the result is noted.
    fn work_of(&self, state: &AppState, running: &mut Running, action: &Action) -> Option<Work> {
        match action {
            Action::EnsureNamespace(_) if running.operation.dry_run => None,
            Action::EnsureNamespace(key) => {
                Some(Work::EnsureNamespace(key.clone(), state.app.clone()))
            }
            Action::Apply(desired) => self.apply_work(state, running, desired),
            Action::Prune { key, version, .. } if running.operation.dry_run => {
                note(
                    running,
                    key,
                    version,
                    ResultCode::Pruned,
                    "pruned (dry run)",
                );
                None
            }
            Action::Prune {
                key,
                version,
                uid,
                propagation,
            } => {
                // Only what still is what was seen, still is nobody's wish, and is known to be so
                // at the newest revision, goes.
                let still = self
                    .inventory
                    .get(key)
                    .is_some_and(|r| r.uid == *uid && !r.deleting);
                let wanted = self
                    .claims
                    .get(key)
                    .is_some_and(|claims| !claims.is_empty());
                let known = running.own_revision
                    || (state.desired.failed.is_none()
                        && state.desired.revision.as_ref() == self.newest(&state.app));
                (still && !wanted && known).then(|| Work::Delete {
                    key: key.clone(),
                    version: version.clone(),
                    uid: uid.clone(),
                    propagation: *propagation,
                    prune: true,
                })
            }
            Action::KeepExtra {
                key,
                version,
                reason,
            } => {
                note(running, key, version, ResultCode::PruneSkipped, reason);
                None
            }
        }
    }

    fn apply_work(
        &self,
        state: &AppState,
        running: &mut Running,
        desired: &Arc<Desired>,
    ) -> Option<Work> {
        let only_differing =
            running.operation.initiated_by.automated || state.app.options.only_out_of_sync;
        match self.standing(state, desired) {
            Standing::Synced if only_differing => {
                note(
                    running,
                    &desired.key,
                    &desired.version,
                    ResultCode::Synced,
                    "unchanged",
                );
                return None;
            }
            Standing::Shared(other) => {
                let message = format!("left alone: it is part of application {other}");
                note(
                    running,
                    &desired.key,
                    &desired.version,
                    ResultCode::SyncFailed,
                    &message,
                );
                return None;
            }
            _ => {}
        }
        Some(Work::Apply {
            desired: desired.clone(),
            app: state.app.clone(),
            dry_run: running.operation.dry_run,
        })
    }

    /// May the walk go on after a stage whose steps are all over?
    fn leave_stage(&self, state: &AppState, walk: &Walk, running: &Running) -> Leave {
        let Some(stage) = walk.plan.stages.get(walk.stage) else {
            return Leave::Finish;
        };
        let next = walk.plan.stages.get(walk.stage + 1);
        let ends_wave = next.is_none_or(|next| next.wave != stage.wave);
        if ends_wave && walk.failed {
            return Leave::Fail(first_failure(running));
        }
        if stage.gate && ends_wave && !running.operation.dry_run {
            let of_wave = walk
                .plan
                .stages
                .iter()
                .filter(|other| other.wave == stage.wave);
            for step in of_wave.flat_map(|stage| &stage.steps) {
                match self.gate(state, &step.action) {
                    Gate::Open => {}
                    Gate::Wait => return Leave::Wait,
                    Gate::Failed(why) => return Leave::Fail(why),
                    Gate::Vanished => return Leave::Again(step.action.key().clone()),
                }
            }
        }
        if next.is_none() {
            Leave::Finish
        } else {
            Leave::Next
        }
    }

    fn gate(&self, state: &AppState, action: &Action) -> Gate {
        let Some(record) = self.inventory.get(action.key()) else {
            // A pruned object is gone, as it should; an applied one was deleted by somebody.
            return match action {
                Action::Apply(desired)
                    if matches!(self.standing(state, desired), Standing::Missing) =>
                {
                    Gate::Vanished
                }
                _ => Gate::Open,
            };
        };
        match (action, &record.health) {
            (Action::Apply(_), Some(health)) => match &*health.status {
                "Degraded" => {
                    Gate::Failed(format!("{} is Degraded: {}", record.key, health.message))
                }
                "Healthy" => Gate::Open,
                _ => Gate::Wait,
            },
            _ => Gate::Open,
        }
    }

    fn attempt_failed(
        &mut self,
        state: &mut AppState,
        mut running: Running,
        why: String,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let retry = running
            .operation
            .retry
            .filter(|_| !running.operation.dry_run);
        let left = retry.is_some_and(|r| r.limit.is_none_or(|limit| running.retry_count < limit));
        let (true, Some(retry)) = (left, retry) else {
            let retried = match running.retry_count {
                0 => String::new(),
                times => format!(" (retried {times} times)."),
            };
            self.finish(
                state,
                running,
                OperationPhase::Failed,
                format!("{why}{retried}"),
                now,
                out,
            );
            return;
        };
        let until = now + retry.backoff.wait(running.retry_count);
        self.timers.ask(Subject::App(state.app.id.clone()), until);
        let attempt = running.retry_count + 1;
        let message = format!("{why}. Retrying attempt #{attempt} at {}.", until.rfc3339());
        running.stage = OperationStage::Waiting {
            until,
            failed_at: now,
            message,
        };
        state.running = Some(running);
    }

    fn finish(
        &mut self,
        state: &mut AppState,
        running: Running,
        phase: OperationPhase,
        message: String,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        if !running.operation.initiated_by.automated {
            // Somebody waits for it: it is told without regard to the last report.
            state.report.last = Timestamp(0);
        }
        let heal = running.heal;
        let finished = running.state(phase, message, Some(now));
        if phase == OperationPhase::Succeeded && running.is_full() {
            self.add_history(state, &finished, now);
            state.brought_out = running.target.as_ref().map(|target| target.digest);
        }
        out.notices.push(Notice::Event {
            app: state.app.id.clone(),
            reason: "OperationCompleted",
            message: completion(&finished, heal),
            warning: phase != OperationPhase::Succeeded,
        });
        state.last = Some(finished);
        state.last_definition = Some(state.definition());
    }

    fn add_history(&self, state: &mut AppState, finished: &OperationState, now: Timestamp) {
        let Some(revision) = finished.revision.clone() else {
            return;
        };
        if state.app.history_limit == 0 {
            return;
        }
        state.history.push(HistoryEntry {
            id: state.history.last().map_or(0, |last| last.id + 1),
            revision,
            started_at: finished.started_at,
            deployed_at: now,
            initiated_by: finished.operation.initiated_by.clone(),
            source: state.app.written_source.clone(),
        });
        let surplus = state.history.len().saturating_sub(state.app.history_limit);
        state.history.drain(..surplus);
    }

    pub(crate) fn step_applied(
        &mut self,
        app: &AppId,
        key: &ObjectKey,
        id: RequestId,
        result: Result<Applied, Failure>,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        self.dirty.insert(app.clone());
        let version = self.version_of(app, key);
        let ok = match &result {
            Ok(applied) => Ok(applied.message.clone()),
            Err(failure) => Err(failure.clone()),
        };
        // What the server did counts, whether or not the step is still wanted.
        if let Ok(Applied {
            record: Some(record),
            ..
        }) = result
        {
            self.take_applied(record);
        }
        let Some(state) = self.apps.get_mut(app) else {
            return;
        };
        let healing = state.running.as_ref().filter(|running| running.heal);
        let healing = healing.map(|running| running.started_at);
        let done = answer_step(state, key, id, ok, version, ResultCode::Synced, now);
        if let Some(since) = healing.filter(|_| done) {
            out.notices.push(Notice::Healed {
                app: app.clone(),
                key: key.clone(),
                since,
            });
        }
    }

    fn version_of(&self, app: &AppId, key: &ObjectKey) -> Arc<str> {
        let target = self.apps.get(app).and_then(|state| {
            state
                .running
                .as_ref()
                .and_then(|r| r.target.as_ref())
                .or(state.desired.target.as_ref())
        });
        let desired = target
            .and_then(|target| target.get(key))
            .map(|d| d.version.clone());
        desired
            .or_else(|| self.inventory.get(key).map(|record| record.version.clone()))
            .unwrap_or_else(|| "".into())
    }

    /// The server's answer to our own apply is, by definition, what our manifest comes to.
    fn take_applied(&mut self, mut record: live::Record) {
        if let Some(judgement) = &mut record.judgement {
            judgement.verdict = Verdict::Same;
        }
        let key = record.key.clone();
        let judgement = record.judgement.clone();
        if !self.inventory.observe(record)
            && let Some(judgement) = judgement
        {
            self.settle_judgement(&key, judgement);
        }
        self.touch_holders(&key, None);
    }

    pub(crate) fn step_done(
        &mut self,
        app: &AppId,
        key: &ObjectKey,
        id: RequestId,
        result: Result<(), Failure>,
        now: Timestamp,
    ) {
        self.dirty.insert(app.clone());
        let version = self.version_of(app, key);
        let Some(state) = self.apps.get_mut(app) else {
            return;
        };
        let (namespace, doomed) = step_kind(state, id);
        let ok = result.map(|()| {
            if namespace {
                "created".to_owned()
            } else {
                "pruned".to_owned()
            }
        });
        if ok.is_ok() {
            match (namespace, self.inventory.get_mut(key)) {
                (true, _) => drop(self.namespaces.insert(key.clone())),
                (false, Some(record)) if doomed.as_ref() == Some(&record.uid) => {
                    record.deleting = true;
                }
                (false, _) => {}
            }
        }
        let code = if namespace {
            ResultCode::Synced
        } else {
            ResultCode::Pruned
        };
        let version = if namespace { "v1".into() } else { version };
        answer_step(state, key, id, ok, version, code, now);
    }
}

enum Leave {
    Wait,
    Again(ObjectKey),
    Next,
    Finish,
    Fail(String),
}

enum Gate {
    Open,
    Vanished,
    Wait,
    Failed(String),
}

impl Running {
    /// An operation at its beginning.
    pub(crate) fn new(operation: Operation, now: Timestamp) -> Self {
        Self {
            heal: operation.self_heal_attempts > 0,
            operation,
            started_at: now,
            stage: OperationStage::Ready,
            results: BTreeMap::new(),
            retry_count: 0,
            revision: None,
            target: None,
            own_revision: false,
            terminate: false,
            told: false,
        }
    }

    /// Syncs everything, for real.
    fn is_full(&self) -> bool {
        self.operation.only.is_empty() && !self.operation.dry_run && !self.heal
    }

    /// As it is told.
    pub(crate) fn state(
        &self,
        phase: OperationPhase,
        message: String,
        finished_at: Option<Timestamp>,
    ) -> OperationState {
        OperationState {
            operation: self.operation.clone(),
            phase,
            message,
            started_at: self.started_at,
            finished_at,
            retry_count: self.retry_count,
            revision: self
                .revision
                .clone()
                .or_else(|| self.operation.revision.clone()),
            results: self.results.values().cloned().collect(),
        }
    }

    /// As it is told while it runs.
    pub(crate) fn progress(&self) -> OperationState {
        let phase = match self.terminate {
            true => OperationPhase::Terminating,
            false => OperationPhase::Running,
        };
        let (message, finished_at) = match &self.stage {
            OperationStage::Preparing(_) | OperationStage::Ready => {
                ("waiting for the desired and live state".to_owned(), None)
            }
            OperationStage::Walking(walk) => (waiting_for(walk), None),
            OperationStage::Waiting {
                failed_at, message, ..
            } => (message.clone(), Some(*failed_at)),
            OperationStage::Broken(message) => (message.clone(), None),
        };
        self.state(phase, message, finished_at)
    }
}

/// What a walk waits for, naming one object and how many more.
fn waiting_for(walk: &Walk) -> String {
    let open = walk
        .steps
        .iter()
        .enumerate()
        .filter(|(_, step)| **step != StepState::Over);
    let names: Vec<String> = open
        .filter_map(|(at, state)| {
            let key = walk.step(at)?.action.key().to_string();
            Some(match state {
                StepState::Later { reason, .. } => format!("{key} (failed for now: {reason})"),
                _ => key,
            })
        })
        .collect();
    match names.split_first() {
        None => match walk.plan.stages.get(walk.stage) {
            Some(stage) => format!("waiting for healthy state of wave {}", stage.wave),
            None => "finishing".to_owned(),
        },
        Some((first, [])) => format!("waiting for completion of {first}"),
        Some((first, more)) => format!("waiting for completion of {first} and {} more", more.len()),
    }
}

/// Takes an answer to its step; true if the step is over and went well.
fn answer_step(
    state: &mut AppState,
    key: &ObjectKey,
    id: RequestId,
    result: Result<String, Failure>,
    version: Arc<str>,
    code: ResultCode,
    now: Timestamp,
) -> bool {
    let Some(running) = &mut state.running else {
        return false;
    };
    let OperationStage::Walking(walk) = &mut running.stage else {
        return false;
    };
    let asked =
        |step: &StepState| matches!(step, StepState::Asked { id: asked, .. } if *asked == id);
    let Some(at) = walk.steps.iter().position(asked) else {
        return false;
    };
    let StepState::Asked { tries, .. } = walk.steps[at] else {
        return false;
    };
    let (over, code, message) = match result {
        Ok(message) => (true, code, message),
        Err(failure) if failure.transient => {
            let wait = Duration::from_millis(200 << tries.min(7)).min(LONGEST_STEP_WAIT);
            walk.steps[at] = StepState::Later {
                at: now + wait,
                tries: tries + 1,
                reason: failure.message,
            };
            return false;
        }
        Err(failure) => (false, ResultCode::SyncFailed, failure.message),
    };
    walk.failed |= !over;
    walk.steps[at] = StepState::Over;
    note(running, key, &version, code, &message);
    over
}

/// Does a request make a namespace, and if not, which UID does it delete?
fn step_kind(state: &AppState, id: RequestId) -> (bool, Option<Arc<str>>) {
    let Some(running) = &state.running else {
        return (false, None);
    };
    let OperationStage::Walking(walk) = &running.stage else {
        return (false, None);
    };
    let asked =
        |step: &StepState| matches!(step, StepState::Asked { id: asked, .. } if *asked == id);
    let at = walk.steps.iter().position(asked);
    match at.and_then(|at| walk.step(at)).map(|step| &step.action) {
        Some(Action::EnsureNamespace(_)) => (true, None),
        Some(Action::Prune { uid, .. }) => (false, Some(uid.clone())),
        _ => (false, None),
    }
}

fn note(
    running: &mut Running,
    key: &ObjectKey,
    version: &Arc<str>,
    code: ResultCode,
    message: &str,
) {
    let (key, version, message) = (key.clone(), version.clone(), message.to_owned());
    running.results.insert(
        key.clone(),
        ResourceResult {
            key,
            version,
            code,
            message,
        },
    );
}

fn first_failure(running: &Running) -> String {
    let failed = |result: &&ResourceResult| result.code == ResultCode::SyncFailed;
    match running.results.values().find(failed) {
        Some(result) => format!(
            "one or more objects failed to apply, reason: {}: {}",
            result.key, result.message
        ),
        None => "one or more objects failed to apply".to_owned(),
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

fn initiator(by: &Initiator) -> &str {
    match by.username.as_str() {
        "" if by.automated => "automated sync policy",
        "" => "unknown user",
        name => name,
    }
}

fn completion(state: &OperationState, heal: bool) -> String {
    let what = if heal { "Self-heal" } else { "Sync operation" };
    let to = state
        .revision
        .as_ref()
        .map(|r| format!(" to {}", r.short()))
        .unwrap_or_default();
    match state.phase {
        OperationPhase::Succeeded => format!("{what}{to} succeeded"),
        _ => format!("{what}{to} failed: {}", state.message),
    }
}
