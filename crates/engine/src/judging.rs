//! Verdicts: does what is live match what is wanted?
//!
//! An object is in sync only if a comparison with this very desired text said so (I7). Where no
//! comparison is at hand one is asked for, and until it is answered the object is pending.
//! Cost: one look-up for each object of the app concerned.

use crate::app_state::{AppState, Judged, Standing};
use crate::engine::{Engine, Pending};
use crate::event::Failure;
use crate::request::{Outbox, Priority, RequestId, Work};
use crate::timers::Subject;
use live::{Judgement, Record, Verdict};
use model::{AppId, Digest, ObjectKey, SyncStatus, Timestamp, Verdict as Permission};
use plan::Desired;
use std::time::Duration;

impl Engine {
    /// Looks at every object of an app.
    pub(crate) fn judge(&self, state: &AppState) -> Judged {
        let mut judged = Judged::default();
        let Some(target) = &state.desired.target else {
            return judged;
        };
        for desired in &target.objects {
            match self.standing(state, desired) {
                Standing::Synced => {}
                Standing::Missing => judged.out_of_sync.push(desired.key.clone()),
                Standing::Different(verdict) => {
                    if let Verdict::Failed(reason) = verdict {
                        judged.failures.push((desired.key.clone(), reason));
                    }
                    judged.out_of_sync.push(desired.key.clone());
                }
                Standing::Pending => judged.pending += 1,
                Standing::Shared(other) => judged.shared.push((desired.key.clone(), other)),
                Standing::Refused(why) => judged.refused.push((desired.key.clone(), why)),
            }
        }
        judged.extras = self
            .extras(state)
            .map(|record| record.key.clone())
            .collect();
        judged.sync = self.overall(state, &judged);
        judged
    }

    fn overall(&self, state: &AppState, judged: &Judged) -> SyncStatus {
        let newest = self.newest(&state.app);
        let known = state.app.invalid.is_empty()
            && state.desired.failed.is_none()
            && state.desired.revision.as_ref() == newest
            && self.ready.contains(&state.app.destination.cluster)
            && judged.pending == 0
            && judged.refused.is_empty()
            && self.permits(state).is_permitted();
        let extraneous = |key: &ObjectKey| {
            !self
                .inventory
                .get(key)
                .is_some_and(|r| r.wishes.ignore_extraneous)
        };
        match known {
            false => SyncStatus::Unknown,
            true if judged.out_of_sync.is_empty()
                && judged.shared.is_empty()
                && !judged.extras.iter().any(extraneous) =>
            {
                SyncStatus::Synced
            }
            true => SyncStatus::OutOfSync,
        }
    }

    /// How one desired object stands.
    pub(crate) fn standing(&self, state: &AppState, desired: &Desired) -> Standing {
        if let Some(why) = self.refusal(state, desired) {
            return Standing::Refused(why);
        }
        if let Some(other) = self.other_holder(state, &desired.key) {
            return Standing::Shared(other);
        }
        let Some(record) = self.inventory.get(&desired.key) else {
            return match self.ready.contains(&desired.key.cluster) {
                true => Standing::Missing,
                false => Standing::Pending,
            };
        };
        match &record.judgement {
            Some(judgement) if judgement.desired == desired.digest => match &judgement.verdict {
                Verdict::Same => Standing::Synced,
                Verdict::Doubtful => Standing::Pending,
                verdict => Standing::Different(verdict.clone()),
            },
            _ => Standing::Pending,
        }
    }

    /// May this app write at all?
    pub(crate) fn permits(&self, state: &AppState) -> Permission {
        match self.projects.get(&state.app.project) {
            Some(project) => project.permits_app(&state.app),
            None => Permission::Refused(format!(
                "Application referencing project {} which does not exist",
                state.app.project
            )),
        }
    }

    fn refusal(&self, state: &AppState, desired: &Desired) -> Option<String> {
        let project = self.projects.get(&state.app.project)?;
        match project.permits_object(&desired.key, desired.namespaced) {
            Permission::Permitted => None,
            Permission::Refused(why) => Some(why),
        }
    }

    /// Another app that both marks and desires this object, if there is one: taking it over would
    /// start a fight between two apps.
    fn other_holder(&self, state: &AppState, key: &ObjectKey) -> Option<String> {
        let claims = self.claims.get(key)?;
        let marked = self.inventory.get(key)?.instance.clone()?;
        let holder = self.by_instance.get(&(key.cluster.clone(), marked));
        let holder = holder.filter(|holder| claims.contains(holder))?;
        (*holder != state.app.id).then(|| holder.to_string())
    }

    /// Live objects that carry the app's mark and are not desired by it: what a prune would take.
    /// Not among them: objects owned by others, hooks, what another app desires (it moved), what
    /// the project does not permit, and what is going away already.
    pub(crate) fn extras<'a>(&'a self, state: &'a AppState) -> impl Iterator<Item = &'a Record> {
        let app = &state.app;
        let target = state.desired.target.as_deref();
        let of_app = self
            .inventory
            .of_instance(&app.destination.cluster, &app.tracking.instance);
        of_app.filter(move |record| {
            target.is_some_and(|target| target.get(&record.key).is_none())
                && !record.owned
                && record.hook.is_none()
                && !record.deleting
                && self.claims.get(&record.key).is_none_or(Vec::is_empty)
                && self.permits_live(state, record)
        })
    }

    /// Does the app's project permit this object?
    pub(crate) fn permits_live(&self, state: &AppState, record: &Record) -> bool {
        let namespaced = !record.key.namespace.is_empty();
        let project = self.projects.get(&state.app.project);
        project.is_some_and(|p| p.permits_object(&record.key, namespaced).is_permitted())
    }

    /// Asks for the comparisons that are missing. None is asked for an object that a step of the
    /// running operation is about: its answer brings the verdict.
    pub(crate) fn ask_comparisons(
        &mut self,
        state: &mut AppState,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let Some(target) = state.desired.target.clone() else {
            return;
        };
        if !self.ready.contains(&state.app.destination.cluster) {
            return;
        }
        for desired in &target.objects {
            let wanted = matches!(self.standing(state, desired), Standing::Pending)
                && !state.comparing.contains_key(&desired.key)
                && !is_being_applied(state, &desired.key)
                && state
                    .compare_again
                    .get(&desired.key)
                    .is_none_or(|(at, _)| *at <= now);
            if !wanted {
                continue;
            }
            let pending = Pending::Compare(state.app.id.clone(), desired.key.clone());
            let work = Work::Compare(desired.clone(), state.app.clone());
            let id = self.ask(Priority::Interactive, pending, work, out);
            state.comparing.insert(desired.key.clone(), id);
        }
    }

    pub(crate) fn compared(
        &mut self,
        app: &AppId,
        key: &ObjectKey,
        id: RequestId,
        result: Result<Option<Record>, Failure>,
        now: Timestamp,
    ) {
        let Some(state) = self.apps.get_mut(app) else {
            return;
        };
        if state.comparing.get(key) != Some(&id) {
            return;
        }
        state.comparing.remove(key);
        self.dirty.insert(app.clone());
        match result {
            Ok(found) => {
                state.compare_again.remove(key);
                self.take_comparison(key, found);
            }
            Err(failure) => self.put_off_comparison(app, key, &failure, now),
        }
    }

    fn take_comparison(&mut self, key: &ObjectKey, found: Option<Record>) {
        let Some(record) = found else {
            // Not there, although a record says so: the watch's own news is on its way.
            if let Some(uid) = self.inventory.get(key).map(|record| record.uid.clone()) {
                let gone = self.inventory.vanish(key, &uid);
                self.touch_holders(key, gone.as_ref());
            }
            return;
        };
        self.take_answered(record);
    }

    /// Takes in an object that came with an answer. Where a watch was faster, the answer's verdict
    /// is carried over to what the watch saw.
    pub(crate) fn take_answered(&mut self, record: Record) {
        let (key, judgement) = (record.key.clone(), record.judgement.clone());
        if !self.inventory.observe(record)
            && let Some(judgement) = judgement
        {
            self.settle_judgement(&key, judgement);
        }
        self.touch_holders(&key, None);
    }

    fn put_off_comparison(
        &mut self,
        app: &AppId,
        key: &ObjectKey,
        failure: &Failure,
        now: Timestamp,
    ) {
        let Some(state) = self.apps.get_mut(app) else {
            return;
        };
        let tries = state.compare_again.get(key).map_or(0, |(_, tries)| *tries);
        let wait = Duration::from_millis(500 << tries.min(6));
        state
            .compare_again
            .insert(key.clone(), (now + wait, tries + 1));
        self.timers.ask(Subject::App(app.clone()), now + wait);
        let desired = state
            .desired
            .target
            .as_ref()
            .and_then(|target| target.get(key));
        let digest = desired.map(|desired| desired.digest);
        if let (Some(digest), Some(record)) = (digest, self.inventory.get_mut(key))
            && !failure.transient
        {
            record.judgement = Some(Judgement {
                desired: digest,
                projection: Digest::of(b""),
                verdict: Verdict::Failed(failure.message.as_str().into()),
            });
        }
    }

    /// A verdict holds for as long as the fields it was about stay the same: what the server made
    /// of our own apply is what our manifest comes to, however it is spelled.
    pub(crate) fn keep_settled(&self, record: &mut Record) {
        let Some(new) = &mut record.judgement else {
            return;
        };
        let known = self
            .inventory
            .get(&record.key)
            .and_then(|known| known.judgement.as_ref());
        if let Some(known) = known
            && known.verdict != Verdict::Doubtful
            && known.desired == new.desired
            && known.projection == new.projection
        {
            new.verdict = known.verdict.clone();
        }
    }

    /// Carries a verdict over to a newer sighting of the same object, if that looks the same.
    fn settle_judgement(&mut self, key: &ObjectKey, settled: Judgement) {
        let Some(record) = self.inventory.get_mut(key) else {
            return;
        };
        if let Some(current) = &mut record.judgement
            && current.desired == settled.desired
            && current.projection == settled.projection
        {
            current.verdict = settled.verdict;
        }
    }
}

/// Is a step of the running operation about this object under way?
pub(crate) fn is_being_applied(state: &AppState, key: &ObjectKey) -> bool {
    let Some(running) = &state.running else {
        return false;
    };
    let crate::app_state::OperationStage::Walking(walk) = &running.stage else {
        return false;
    };
    let steps = walk
        .current()
        .into_iter()
        .flat_map(|stage| &stage.steps)
        .zip(&walk.steps);
    steps
        .filter(|(_, state)| matches!(state, crate::app_state::StepState::Asked { .. }))
        .any(|(step, _)| step.action.key() == key)
}
