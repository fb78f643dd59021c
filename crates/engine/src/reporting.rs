//! What is said of an app, and when.
//!
//! A status is written once per change of meaning: changes wait a moment for company, and while
//! many applies are on their way statuses wait for them, up to a bound. Since building a status
//! costs a walk over the app's objects it is done when it is due, not at each event.

use crate::app_state::{AppState, Judged, Refresh, Standing};
use crate::deleting::is_the_app_itself;
use crate::drift_told;
use crate::engine::{Engine, Pending};
use crate::event::Failure;
use crate::request::{Notice, Outbox, Priority, Report, RequestId, Work};
use crate::timers::Subject;
use live::Verdict;
use model::{
    AppId, Condition, ConditionKind, Consent, DeletionDone, Outcome, ResourceStatus, SyncStatus,
    Timestamp,
};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

/// Since when each condition holds.
type Since = std::collections::BTreeMap<(ConditionKind, String), Timestamp>;

/// Statuses wait while more than this many steps are on their way ...
const BUSY_STEPS: usize = 32;
/// ... but no longer than this ...
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// ... or this, where nothing is known yet, as just after a start: what stands there from before
/// is not overwritten with Unknown just because we have not looked yet ...
const LONGEST_SILENCE: Duration = Duration::from_secs(60);
/// ... or this, where all there is to say is that work is under way.
const LONGEST_WAIT_AT_WORK: Duration = Duration::from_secs(120);
/// An automatic operation that ends sooner is told only when it is over.
const OPERATION_PATIENCE: Duration = Duration::from_secs(1);

impl Engine {
    /// Sees to it that a change of meaning is told.
    pub(crate) fn schedule_report(
        &mut self,
        state: &mut AppState,
        judged: &Judged,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let backs_off = state.report.failures > 0 && state.report.due.is_some_and(|due| due > now);
        if state.report.asked.is_some() || backs_off {
            return;
        }
        let urgent = is_urgent(state);
        let due = match (urgent, state.report.due) {
            (true, _) => now,
            (false, Some(due)) => due.min(self.wished(state, now)),
            (false, None) => self.wished(state, now),
        };
        let longest = match self.has_something_to_say(state) {
            true => LONGEST_WAIT,
            false => LONGEST_SILENCE,
        };
        let settled = judged.pending == 0 && self.has_something_to_say(state);
        let can_wait = !settled && now.since(due) < longest;
        if !urgent && (due > now || can_wait || self.is_busy(state, now, due)) {
            state.report.due = Some(due);
            if due <= now {
                let again = now + self.settings.report_delay * 5;
                self.timers.ask(Subject::App(state.app.id.clone()), again);
            }
            return;
        }
        state.report.due = None;
        self.report(state, judged, now, out);
    }

    fn wished(&self, state: &AppState, now: Timestamp) -> Timestamp {
        let patience = match &state.running {
            Some(running) if running.operation.initiated_by.automated && !running.told => {
                running.started_at + OPERATION_PATIENCE
            }
            _ => now + self.settings.report_delay,
        };
        patience.max(state.report.last + self.settings.report_interval)
    }

    /// Is there more to say than that the app has just been seen?
    fn has_something_to_say(&self, state: &AppState) -> bool {
        let known = state.desired.rendering.is_none()
            && state.desired.target.is_some()
            && self.ready.contains(&state.app.destination.cluster);
        known
            || state.desired.failed.is_some()
            || !state.app.invalid.is_empty()
            || self.staleness(state).is_some()
    }

    /// Are there so many steps on their way that this status had better wait?
    fn is_busy(&self, state: &AppState, now: Timestamp, due: Timestamp) -> bool {
        let at_work = state.running.as_ref().is_some_and(|running| {
            running.operation.initiated_by.automated && running.retry_count == 0
        });
        let longest = if at_work {
            LONGEST_WAIT_AT_WORK
        } else {
            LONGEST_WAIT
        };
        now.since(due) < longest && self.steps_asked > BUSY_STEPS
    }

    fn report(&mut self, state: &mut AppState, judged: &Judged, now: Timestamp, out: &mut Outbox) {
        let (outcome, since) = self.outcome_of(state, judged, now);
        tell_new_conditions(state, &since, out);
        state.report.since = since;
        state.report.health = outcome.health.clone();
        let meaning = meaning(&outcome, state);
        if state.report.written == Some(meaning) {
            return;
        }
        self.tell_change(state, &outcome, out);
        let report = Report {
            app: state.app.id.clone(),
            outcome,
            operation_taken: state.report.take_operation,
            refresh_done: state.refresh == Some(Refresh::Done) && state.app.refresh.is_some(),
            delete_hooks: target_hooks(state),
            deletion_done: state.report.deletion_done,
        };
        let priority = if is_urgent(state) {
            Priority::Interactive
        } else {
            Priority::Bulk
        };
        let pending = Pending::App(state.app.id.clone());
        let id = self.ask(priority, pending, Work::Report(Box::new(report)), out);
        state.note_hooks_in(meaning);
        state.report.asked = Some((id, meaning));
        state.report.last = now;
    }

    /// Events for the changes people watch for.
    fn tell_change(&self, state: &mut AppState, outcome: &Outcome, out: &mut Outbox) {
        let before = state.report.told_sync.replace(outcome.sync);
        // That an app came into sync is what the operation's own event says.
        let is_news =
            |before: &SyncStatus| *before == SyncStatus::Synced && *before != outcome.sync;
        if let Some(before) = before.filter(is_news) {
            out.notices.push(Notice::Event {
                app: state.app.id.clone(),
                reason: "ResourceUpdated",
                message: format!(
                    "Updated sync status: {} -> {}",
                    before.as_str(),
                    outcome.sync.as_str()
                ),
                warning: outcome.sync == SyncStatus::Unknown,
            });
            // Where drift is set back, that is when it is told.
            if !state
                .app
                .automated
                .is_some_and(|automated| automated.self_heal)
            {
                let resources = outcome.resources.iter();
                let drifted = resources.filter(|resource| !resource.differences.is_empty());
                let drifted = drifted.map(|one| (one.key.clone(), one.differences.clone()));
                drift_told::tell(&state.app.id, &drifted.collect::<Vec<_>>(), out);
            }
        }
    }

    pub(crate) fn reported(
        &mut self,
        app: &AppId,
        id: RequestId,
        result: Result<(), Failure>,
        now: Timestamp,
    ) {
        let Some(state) = self.apps.get_mut(app) else {
            return;
        };
        let Some((_, meaning)) = state.report.asked.take_if(|(asked, _)| *asked == id) else {
            return;
        };
        match result {
            Ok(()) => {
                state.report.failures = 0;
                state.report.written = Some(meaning);
                if let Some(running) = &mut state.running {
                    running.told = true;
                }
                state.note_hooks_told(meaning);
                self.dirty.insert(app.clone());
            }
            Err(_) => {
                // Tried again until it works: the resource may be gone, but then we are told so.
                state.report.failures += 1;
                state.report.written = None;
                let wait = Duration::from_millis(500 << state.report.failures.min(6));
                state.report.last = now;
                state.report.due = Some(now + wait);
                self.dirty.insert(app.clone());
            }
        }
    }

    /// All that is to be said of an app now, and since when each condition holds.
    pub(crate) fn outcome_of(
        &self,
        state: &AppState,
        judged: &Judged,
        now: Timestamp,
    ) -> (Outcome, Since) {
        let mut messages = self.conditions(state, judged, now);
        messages.sort();
        messages.dedup();
        let since_of = |condition: &(ConditionKind, String)| {
            state.report.since.get(condition).copied().unwrap_or(now)
        };
        let since = messages.iter().map(|c| (c.clone(), since_of(c))).collect();
        let conditions = messages
            .iter()
            .map(|c| Condition {
                kind: c.0,
                message: c.1.clone(),
                since: since_of(c),
            })
            .collect();
        let target = state.desired.target.as_ref();
        let outcome = Outcome {
            sync: judged.sync,
            revision: state
                .desired
                .revision
                .clone()
                .or_else(|| self.newest(&state.app).cloned()),
            health: self.health(state, now),
            resources: self.resources(state, judged),
            conditions,
            operation: match &state.running {
                Some(running) => Some(running.progress()),
                None => state.last.clone(),
            },
            history: state.history.clone(),
            reconciled_at: state.report.reconciled_at.or(Some(now)),
            source_type: target
                .map(|t| t.source_type.clone())
                .unwrap_or_else(|| "".into()),
            images: target.map(|t| t.images.clone()).unwrap_or_default(),
            urls: self.urls(&state.app),
        };
        (outcome, since)
    }

    /// Links to what the app's live objects serve, each once, sorted.
    fn urls(&self, app: &model::App) -> Vec<String> {
        let cluster = &app.destination.cluster;
        let records = self.inventory.of_instance(cluster, &app.tracking.instance);
        let urls = records.filter_map(|record| record.urls.as_ref()).flatten();
        let urls: std::collections::BTreeSet<&Arc<str>> = urls.collect();
        urls.into_iter().map(ToString::to_string).collect()
    }

    fn resources(&self, state: &AppState, judged: &Judged) -> Vec<ResourceStatus> {
        let options = &state.app.options;
        let asks = |prune: Option<Consent>, delete: Option<Consent>| {
            prune.unwrap_or(options.prune) == Consent::OnConfirmation
                || delete.unwrap_or(options.delete) == Consent::OnConfirmation
        };
        let objects = state
            .desired
            .target
            .iter()
            .flat_map(|target| &target.objects);
        let wanted = objects.map(|desired| {
            let (sync, differences) = match self.standing(state, desired) {
                Standing::Synced => (SyncStatus::Synced, Vec::new()),
                Standing::Missing | Standing::Shared(_) => (SyncStatus::OutOfSync, Vec::new()),
                Standing::Different(Verdict::Different { changes, .. }) => {
                    (SyncStatus::OutOfSync, changes)
                }
                Standing::Different(_) => (SyncStatus::OutOfSync, Vec::new()),
                Standing::Pending | Standing::Refused(_) => (SyncStatus::Unknown, Vec::new()),
            };
            let record = self.inventory.get(&desired.key);
            let health = match record {
                Some(record) => record
                    .health
                    .clone()
                    .map(|h| (h.status, h.message.to_string())),
                None => Some(("Missing".into(), String::new())),
            };
            ResourceStatus {
                key: desired.key.clone(),
                version: desired.version.clone(),
                sync,
                requires_pruning: false,
                requires_confirmation: asks(desired.options.prune, desired.options.delete),
                wave: desired.wave,
                health,
                differences,
            }
        });
        let extras = judged
            .extras
            .iter()
            .filter_map(|key| self.inventory.get(key));
        let surplus = extras.map(|record| ResourceStatus {
            key: record.key.clone(),
            version: record.version.clone(),
            sync: SyncStatus::OutOfSync,
            requires_pruning: true,
            requires_confirmation: asks(record.wishes.prune, record.wishes.delete),
            wave: record.wave,
            health: record
                .health
                .clone()
                .map(|h| (h.status, h.message.to_string())),
            differences: Vec::new(),
        });
        let mut resources: Vec<ResourceStatus> = wanted.chain(surplus).collect();
        resources.sort_by(|a, b| a.key.cmp(&b.key));
        resources
    }

    /// Worst of the managed objects. Missing ones count only when nothing is there
    /// (Argo CD 3.4 and later).
    fn health(&self, state: &AppState, now: Timestamp) -> Option<(Arc<str>, Timestamp)> {
        let target = state.desired.target.as_ref()?;
        if !self.ready.contains(&state.app.destination.cluster) {
            return None;
        }
        let itself = |desired: &&Arc<plan::Desired>| !is_the_app_itself(&state.app, &desired.key);
        let members = target
            .objects
            .iter()
            .filter(itself)
            .map(|desired| self.member(desired));
        let status: Arc<str> = health::worst(members).as_str().into();
        let known = state
            .report
            .health
            .as_ref()
            .filter(|(before, _)| *before == status);
        let since = known
            .map(|(_, since)| *since)
            .or(match &state.report.health {
                None => state.app.remembered.health_since,
                Some(_) => None,
            });
        Some((status, since.unwrap_or(now)))
    }

    fn member(&self, desired: &plan::Desired) -> health::Member {
        let Some(record) = self.inventory.get(&desired.key) else {
            return health::Member::Missing;
        };
        let status = record
            .health
            .as_ref()
            .and_then(|health| health.status.parse().ok());
        if record.wishes.ignore_health {
            return health::Member::Live(None);
        }
        let kind = &desired.key.group_kind;
        match (&*kind.group, &*kind.kind) {
            ("argoproj.io", "Application") => health::Member::ChildApplication(status),
            _ => health::Member::Live(status),
        }
    }

    fn conditions(
        &self,
        state: &AppState,
        judged: &Judged,
        now: Timestamp,
    ) -> Vec<(ConditionKind, String)> {
        let mut all: Vec<(ConditionKind, String)> = Vec::new();
        let app = &state.app;
        let invalid = app.invalid.iter().cloned();
        all.extend(invalid.map(|message| (ConditionKind::InvalidSpecError, message)));
        if let model::Verdict::Refused(why) = self.permits(state) {
            all.push((ConditionKind::InvalidSpecError, why));
        }
        if let Some((revision, failure)) = &state.desired.failed {
            let message = format!(
                "revision {} cannot be rendered, what runs is left alone: {}",
                revision.short(),
                failure.message
            );
            all.push((ConditionKind::ComparisonError, message));
        }
        all.extend(self.stale_condition(state));
        let about = |(key, why): &(model::ObjectKey, Arc<str>)| {
            (
                ConditionKind::ComparisonError,
                format!("{key} could not be compared: {why}"),
            )
        };
        all.extend(judged.failures.iter().map(about));
        let refused = judged.refused.iter();
        all.extend(
            refused.map(|(key, why)| (ConditionKind::ComparisonError, format!("{key}: {why}"))),
        );
        all.extend(judged.shared.iter().map(|(key, other)| {
            let message = format!(
                "{key} is part of applications {} and {other}; the other one keeps it",
                app.id
            );
            (ConditionKind::SharedResourceWarning, message)
        }));
        all.extend(
            state
                .desired
                .target
                .iter()
                .flat_map(|target| target.notes.clone()),
        );
        all.extend(
            state
                .sync_error
                .clone()
                .map(|why| (ConditionKind::SyncError, why)),
        );
        all.extend(self.contested(state, now));
        let unsupported = app.not_acted_on.iter().cloned();
        all.extend(unsupported.map(|what| (ConditionKind::UnsupportedWarning, what)));
        all.extend(state.delete_failures.iter().map(|(key, (_, why))| {
            (
                ConditionKind::DeletionError,
                format!("{key} could not be deleted: {why}"),
            )
        }));
        all
    }

    fn stale_condition(&self, state: &AppState) -> Option<(ConditionKind, String)> {
        let stale = self.staleness(state)?;
        let since = match stale.last_success {
            Some(at) => format!("since {}", at.rfc3339()),
            None => "since Caretaker started".to_owned(),
        };
        let kept = match &state.desired.revision {
            Some(revision) => format!("; revision {} stays in force", revision.short()),
            None => "; nothing is changed until it answers".to_owned(),
        };
        let message = format!("source not reached {since}{kept}: {}", stale.error);
        Some((ConditionKind::ComparisonError, message))
    }

    fn contested(&self, state: &AppState, now: Timestamp) -> Vec<(ConditionKind, String)> {
        let contested = state
            .heals
            .iter()
            .filter(|(_, heals)| heals.is_contested(now, &self.settings));
        contested
            .map(|(key, heals)| {
                let writer = heals.writer.as_deref().unwrap_or("another writer");
                let message = format!(
                    "{key} keeps being changed by {writer}; it is set back ever more slowly: stop that writer, or list the field under ignoreDifferences"
                );
                (ConditionKind::ContestedWarning, message)
            })
            .collect()
    }
}

/// Conditions that were not there before are events too, so that logs and `kubectl describe` have
/// them; what is merely not acted on is not news.
fn tell_new_conditions(state: &AppState, now: &Since, out: &mut Outbox) {
    let is_news = |condition: &&(ConditionKind, String)| {
        condition.0 != ConditionKind::UnsupportedWarning
            && !state.report.since.contains_key(*condition)
    };
    for (kind, message) in now.keys().filter(is_news) {
        out.notices.push(Notice::Event {
            app: state.app.id.clone(),
            reason: kind.as_str(),
            message: message.clone(),
            warning: true,
        });
    }
}

/// Somebody waits for it.
fn is_urgent(state: &AppState) -> bool {
    (state.report.take_operation && state.app.requested.is_some())
        || (state.refresh == Some(Refresh::Done) && state.app.refresh.is_some())
        || state.report.deletion_done != DeletionDone::default()
}

/// Has the app hooks around its deletion? Unknown while it is not known what it wants.
fn target_hooks(state: &AppState) -> Option<(bool, bool)> {
    let target = state.desired.target.as_ref()?;
    let options = || target.hooks.iter().map(|hook| &hook.options);
    let before = options().any(|options| options.pre_delete);
    let after = options().any(|options| options.post_delete);
    state.app.deletion.is_none().then_some((before, after))
}

/// A digest of what is said, without the times that change by themselves.
fn meaning(outcome: &Outcome, state: &AppState) -> u64 {
    let mut hasher = DefaultHasher::new();
    let quiet = Outcome {
        reconciled_at: None,
        ..outcome.clone()
    };
    format!("{quiet:?}").hash(&mut hasher);
    let refreshed = (state.refresh == Some(Refresh::Done)).then_some(state.report.refreshes);
    let hooks = target_hooks(state);
    let deletion = state.report.deletion_done;
    (deletion, hooks, state.report.take_operation, refreshed).hash(&mut hasher);
    hasher.finish()
}
