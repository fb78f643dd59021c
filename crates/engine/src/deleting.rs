//! Deleting an app: its PreDelete hooks, its objects one reverse wave at a time, its PostDelete
//! hooks, and what the hooks left.
//!
//! Each part has its finalizer on the custom resource, which goes once the part is done, so that a
//! restart goes on where it was. Kept are: what forbids its deletion (`Delete=false`,
//! `resource-policy: keep`), what waits for a confirmation, what another app desires, what other
//! objects own, what the project does not permit, and CRDs, which never carry our mark.
//! Source of the rules: Argo CD 3.5, controller/appcontroller.go finalizeApplicationDeletion,
//! controller/hook.go.

use crate::app_state::{AppState, OperationStage, StepState};
use crate::engine::{Engine, Pending};
use crate::event::Failure;
use crate::request::{ApplyMode, Outbox, Priority, RequestId, Work};
use crate::timers::Subject;
use live::{LiveHook, Record};
use model::{AppId, Consent, Deletion, ObjectKey, PropagationPolicy, Timestamp};
use plan::Hook;
use std::sync::Arc;
use std::time::Duration;

const RETRY: Duration = Duration::from_secs(5);

/// On which side of the deletion a hook runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

impl Side {
    fn is_of(self, hook: &Hook) -> bool {
        match self {
            Self::Before => hook.options.pre_delete,
            Self::After => hook.options.post_delete,
        }
    }

    fn is_of_live(self, hook: &LiveHook) -> bool {
        match self {
            Self::Before => hook.pre_delete,
            Self::After => hook.post_delete,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Before => "PreDelete",
            Self::After => "PostDelete",
        }
    }
}

impl Engine {
    pub(crate) fn advance_deletion(
        &mut self,
        state: &mut AppState,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let Some(deletion) = state.app.deletion else {
            return;
        };
        if operation_is_under_way(state) || !self.ready.contains(&state.app.destination.cluster) {
            return;
        }
        state.running = None;
        self.let_hooks_go(state, now, out);
        self.take_part(state, deletion, now, out);
        let judged = self.judge(state);
        self.schedule_report(state, &judged, now, out);
    }

    /// Works on the first part that is not done.
    fn take_part(
        &mut self,
        state: &mut AppState,
        deletion: Deletion,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let runs = |side: Side| match side {
            Side::Before => deletion.before.run,
            Side::After => deletion.after.run,
        };
        if runs(Side::Before) {
            if !self.run_hooks(state, Side::Before, now, out) {
                return;
            }
            state.report.deletion_done.before = true;
        }
        if let Some(propagation) = deletion.cascade {
            if !self.delete_objects(state, deletion, propagation, now, out) {
                return;
            }
            state.report.deletion_done.objects = true;
        }
        if runs(Side::After) {
            if !self.run_hooks(state, Side::After, now, out) {
                return;
            }
            state.report.deletion_done.after = true;
        }
        // What hooks left goes only once the resource says that all else is done: a hook that is
        // gone would be made anew.
        if deletion.before.run || deletion.cascade.is_some() || deletion.after.run {
            return;
        }
        let cleanups = [
            (deletion.before.cleanup, Side::Before),
            (deletion.after.cleanup, Side::After),
        ];
        for (wanted, side) in cleanups {
            if wanted && !self.clean_up(state, side, now, out) {
                return;
            }
            match side {
                Side::Before => state.report.deletion_done.before_cleanup = wanted,
                Side::After => state.report.deletion_done.after_cleanup = wanted,
            }
        }
        state.delete_failures.clear();
    }

    /// Runs the hooks of a side; true once all are over.
    fn run_hooks(
        &mut self,
        state: &mut AppState,
        side: Side,
        now: Timestamp,
        out: &mut Outbox,
    ) -> bool {
        self.advance_desired(state, now, out);
        let Some(target) = state.desired.target.clone() else {
            // Nothing is deleted before the hooks that guard it are known.
            return false;
        };
        let hooks = target.hooks.iter().filter(|hook| side.is_of(hook));
        let mut over = true;
        for hook in hooks {
            over &= self.run_hook(state, side, hook, now, out);
        }
        over
    }

    fn run_hook(
        &mut self,
        state: &mut AppState,
        side: Side,
        hook: &Arc<Hook>,
        now: Timestamp,
        out: &mut Outbox,
    ) -> bool {
        let key = key_of(hook, side, state);
        let record = self.inventory.get(&key);
        let health =
            record.map(|record| record.health.as_ref().map(|health| health.status.clone()));
        match health {
            Some(None) => true,
            Some(Some(status)) if &*status == "Healthy" => true,
            Some(Some(status)) if &*status == "Degraded" => {
                let why = format!("{} hook failed and is run again", side.as_str());
                state
                    .delete_failures
                    .insert(key.clone(), (now + RETRY, why));
                if let Some(record) = record.filter(|record| !record.deleting).cloned() {
                    self.delete(state, &record, PropagationPolicy::Foreground, now, out);
                }
                false
            }
            Some(Some(_)) => false,
            None => {
                self.make_hook(state, side, hook, key, now, out);
                false
            }
        }
    }

    fn make_hook(
        &mut self,
        state: &mut AppState,
        side: Side,
        hook: &Arc<Hook>,
        key: ObjectKey,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        if state.deleting.contains_key(&key) || waits(state, &key, now) {
            return;
        }
        let work = Work::RunHook {
            hook: hook.clone(),
            key: key.clone(),
            run: side.as_str().into(),
            held: false,
            app: state.app.clone(),
            how: ApplyMode::default(),
        };
        let pending = Pending::Cascade(state.app.id.clone(), key.clone());
        let id = self.ask(Priority::Bulk, pending, work, out);
        state.deleting.insert(key, (id, "".into()));
    }

    /// Deletes what hooks left, as their policies say; true once it is gone.
    fn clean_up(
        &mut self,
        state: &mut AppState,
        side: Side,
        now: Timestamp,
        out: &mut Outbox,
    ) -> bool {
        let app = &state.app;
        let hooks = self
            .inventory
            .hooks_of_instance(&app.destination.cluster, &app.tracking.instance);
        let hooks: Vec<Record> = hooks
            .filter(|record| {
                record
                    .hook
                    .as_ref()
                    .is_some_and(|hook| side.is_of_live(hook))
            })
            .cloned()
            .collect();
        let is = |status: &str| {
            let says = |record: &Record| {
                record
                    .health
                    .as_ref()
                    .is_some_and(|health| &*health.status == status)
            };
            hooks.iter().any(says)
        };
        let (failed, healthy) = (is("Degraded"), !is("Degraded") && !is("Progressing"));
        let mut gone = true;
        for record in &hooks {
            let Some(hook) = &record.hook else { continue };
            let goes = (failed && hook.delete_on_failure) || (healthy && hook.delete_on_success);
            // One that is on its way out is waited for, whatever it says of its health by then.
            if goes || record.deleting {
                gone = false;
                self.delete(state, record, PropagationPolicy::Background, now, out);
            }
        }
        gone
    }

    /// Deletes the app's objects; true once there are none.
    fn delete_objects(
        &mut self,
        state: &mut AppState,
        deletion: Deletion,
        propagation: PropagationPolicy,
        now: Timestamp,
        out: &mut Outbox,
    ) -> bool {
        if !self.projects.contains_key(&state.app.project) {
            // What it permits is not known: nothing goes, and nothing is let go.
            return false;
        }
        let doomed: Vec<Record> = self.doomed(state).cloned().collect();
        let approved = state.app.approved_at;
        let approved = approved.is_some_and(|at| at.seconds() >= deletion.since.seconds());
        let asks = |record: &&Record| consent(state, record) == Consent::OnConfirmation;
        if let Some(record) = doomed.iter().find(asks).filter(|_| !approved) {
            let why = "it waits for a confirmation: set the annotation argocd.argoproj.io/deletion-approved to the time of the approval";
            state
                .delete_failures
                .insert(record.key.clone(), (now, why.to_owned()));
            return false;
        }
        let wave = doomed.iter().map(|record| record.wave).max();
        let last = |record: &&Record| Some(record.wave) == wave && !record.deleting;
        for record in doomed.iter().filter(last) {
            self.delete(state, record, propagation, now, out);
        }
        if doomed.is_empty() {
            state.delete_failures.clear();
        }
        doomed.is_empty()
    }

    fn doomed<'a>(&'a self, state: &'a AppState) -> impl Iterator<Item = &'a Record> {
        let app = &state.app;
        let of_app = self
            .inventory
            .of_instance(&app.destination.cluster, &app.tracking.instance);
        of_app.filter(move |record| {
            let others = self.claims.get(&record.key).into_iter().flatten();
            let hook = record.hook.as_ref();
            !record.owned
                && consent(state, record) != Consent::Never
                && self.permits_live(state, record)
                && !hook.is_some_and(|hook| hook.pre_delete || hook.post_delete)
                && !is_the_app_itself(app, &record.key)
                && others.filter(|claimant| **claimant != app.id).count() == 0
        })
    }

    /// Asks for a deletion, unless that was asked for or has to wait.
    fn delete(
        &mut self,
        state: &mut AppState,
        record: &Record,
        propagation: PropagationPolicy,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let key = &record.key;
        let under_way = state.deleting.contains_key(key) || state.releasing.contains_key(key);
        if record.deleting || under_way || waits(state, key, now) {
            return;
        }
        let work = Work::Delete {
            key: key.clone(),
            version: record.version.clone(),
            uid: record.uid.clone(),
            propagation,
            prune: false,
        };
        let pending = Pending::Cascade(state.app.id.clone(), key.clone());
        let id = self.ask(Priority::Bulk, pending, work, out);
        state.deleting.insert(key.clone(), (id, record.uid.clone()));
    }

    pub(crate) fn cascade_answered(
        &mut self,
        app: &AppId,
        key: &ObjectKey,
        id: RequestId,
        result: Result<(), Failure>,
        now: Timestamp,
    ) {
        let Some(state) = self.apps.get_mut(app) else {
            return;
        };
        let asked = state.deleting.get(key);
        if asked.is_none_or(|(asked, _)| *asked != id) {
            return;
        }
        let uid = state.deleting.remove(key).map(|(_, uid)| uid);
        match result {
            Ok(()) => {
                state.delete_failures.remove(key);
                if let Some(record) = self.inventory.get_mut(key)
                    && Some(&record.uid) == uid.as_ref()
                {
                    record.deleting = true;
                }
            }
            Err(failure) => {
                state
                    .delete_failures
                    .insert(key.clone(), (now + RETRY, failure.message));
                self.timers.ask(Subject::App(app.clone()), now + RETRY);
            }
        }
        self.dirty.insert(app.clone());
    }
}

/// A failure that is not to be tried again yet.
fn waits(state: &AppState, key: &ObjectKey, now: Timestamp) -> bool {
    state
        .delete_failures
        .get(key)
        .is_some_and(|(at, _)| *at > now)
}

/// May it be deleted with the app?
fn consent(state: &AppState, record: &Record) -> Consent {
    record.wishes.delete.unwrap_or(state.app.options.delete)
}

/// A hook that leaves its name open has one for the whole deletion.
fn key_of(hook: &Hook, side: Side, state: &AppState) -> ObjectKey {
    let key = hook.object.key.clone();
    let since = state
        .app
        .deletion
        .map_or(0, |deletion| deletion.since.seconds());
    match hook.is_named_by_run {
        true => ObjectKey {
            name: format!("{}{}-{since}", key.name, side.as_str().to_lowercase()).into(),
            ..key
        },
        false => key,
    }
}

/// Answers of a running operation are waited for, so that nothing is applied after its deletion.
fn operation_is_under_way(state: &AppState) -> bool {
    let Some(running) = &state.running else {
        return false;
    };
    let OperationStage::Walking(walk) = &running.stage else {
        return false;
    };
    let asked = |step: &StepState| matches!(step, StepState::Asked { .. });
    walk.steps.iter().any(asked)
}

/// An app may be among its own objects: it neither goes with itself nor counts for itself.
pub(crate) fn is_the_app_itself(app: &model::App, key: &ObjectKey) -> bool {
    &*key.group_kind.kind == "Application"
        && &*key.group_kind.group == "argoproj.io"
        && key.namespace == app.id.namespace
        && key.name == app.id.name
}
