//! Deleting an app with its objects: one reverse wave at a time, waiting for each.
//!
//! Source of the rules: Argo CD 3.5, controller/appcontroller.go finalizeApplicationDeletion. Kept
//! are: what forbids it (`Delete=false`, `resource-policy: keep`), what another app desires,
//! what other objects own, and CRDs, which never carry our mark.

use crate::app_state::{AppState, StepState};
use crate::engine::{Engine, Pending};
use crate::event::Failure;
use crate::request::{Outbox, Priority, RequestId, Work};
use crate::timers::Subject;
use live::Record;
use model::{AppId, Deletion, ObjectKey, PropagationPolicy, Timestamp};
use std::time::Duration;

const RETRY: Duration = Duration::from_secs(5);

impl Engine {
    pub(crate) fn advance_deletion(
        &mut self,
        state: &mut AppState,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let Some(Deletion::Cascade(propagation)) = state.app.deletion else {
            return;
        };
        if operation_is_under_way(state) || !self.ready.contains(&state.app.destination.cluster) {
            return;
        }
        state.running = None;
        let doomed: Vec<Record> = self.doomed(state).cloned().collect();
        if doomed.is_empty() {
            state.delete_failures.clear();
            state.report.release = true;
        } else {
            self.delete_last_wave(state, &doomed, propagation, now, out);
        }
        let judged = self.judge(state);
        self.schedule_report(state, &judged, now, out);
    }

    fn doomed<'a>(&'a self, state: &'a AppState) -> impl Iterator<Item = &'a Record> {
        let app = &state.app;
        let of_app = self
            .inventory
            .of_instance(&app.destination.cluster, &app.tracking.instance);
        of_app.filter(move |record| {
            let others = self.claims.get(&record.key).into_iter().flatten();
            !record.owned
                && !record.protection.delete
                && !app.options.never_delete
                && !is_the_app_itself(app, &record.key)
                && others.filter(|claimant| **claimant != app.id).count() == 0
        })
    }

    fn delete_last_wave(
        &mut self,
        state: &mut AppState,
        doomed: &[Record],
        propagation: PropagationPolicy,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let wave = doomed.iter().map(|record| record.wave).max().unwrap_or(0);
        for record in doomed
            .iter()
            .filter(|record| record.wave == wave && !record.deleting)
        {
            let key = &record.key;
            let waits = state
                .delete_failures
                .get(key)
                .is_some_and(|(at, _)| *at > now);
            if waits || state.deleting.contains_key(key) {
                continue;
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
        if state
            .deleting
            .get(key)
            .is_none_or(|(asked, _)| *asked != id)
        {
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

/// Answers of a running operation are waited for, so that nothing is applied after its deletion.
fn operation_is_under_way(state: &AppState) -> bool {
    let Some(running) = &state.running else {
        return false;
    };
    let crate::app_state::OperationStage::Walking(walk) = &running.stage else {
        return false;
    };
    walk.steps
        .iter()
        .any(|step| matches!(step, StepState::Asked { .. }))
}

fn is_the_app_itself(app: &model::App, key: &ObjectKey) -> bool {
    &*key.group_kind.kind == "Application"
        && &*key.group_kind.group == "argoproj.io"
        && key.namespace == app.id.namespace
        && key.name == app.id.name
}
