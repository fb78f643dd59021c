//! The engine's state and its one entry, [`Engine::handle`].

use crate::app_state::{AppState, Refresh};
use crate::event::{Answer, Event};
use crate::request::{Notice, Outbox, Priority, Request, RequestId, Work};
use crate::sources::SourceState;
use crate::timers::{Subject, Timers};
use live::{Inventory, Record};
use model::{App, AppId, ClusterId, ObjectKey, Project, SourceKey, Timestamp};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

/// Times the engine keeps to.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How often a source is resolved when nobody says that it changed (`timeout.reconciliation`).
    pub poll: Duration,
    /// Polls are spread over this much more.
    pub poll_jitter: Duration,
    /// A change of status waits this long for company.
    pub report_delay: Duration,
    /// Two writes of one app's status are at least this far apart.
    pub report_interval: Duration,
    /// How many times in a row an object is set back at once; then the waits grow.
    pub heal_burst: u32,
    /// A calm this long ends a burst.
    pub heal_calm: Duration,
    /// Automatic syncs begin only while fewer steps than this are on their way: with many apps to
    /// sync, the first are done early instead of all at the end.
    pub steps_at_once: usize,
    /// An operation that runs longer is stopped (`controller.sync.timeout.seconds`).
    pub sync_timeout: Option<Duration>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            poll: Duration::from_secs(120),
            poll_jitter: Duration::from_secs(60),
            report_delay: Duration::from_millis(100),
            report_interval: Duration::from_secs(1),
            heal_burst: 5,
            heal_calm: Duration::from_secs(60),
            steps_at_once: 96,
            sync_timeout: None,
        }
    }
}

/// What an answer belongs to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Pending {
    /// A source's resolution.
    Source(SourceKey),
    /// Something of an app; which, the app's state knows by id.
    App(AppId),
    /// A comparison of an app's object.
    Compare(AppId, ObjectKey),
    /// A step of an app's operation, by object.
    Step(AppId, ObjectKey),
    /// A deletion with the app.
    Cascade(AppId, ObjectKey),
    /// A hook that is let go.
    Release(AppId, ObjectKey),
}

/// The engine.
#[derive(Debug)]
pub struct Engine {
    pub(crate) settings: Settings,
    pub(crate) apps: HashMap<AppId, AppState>,
    pub(crate) by_instance: HashMap<(ClusterId, Arc<str>), AppId>,
    pub(crate) sources: BTreeMap<SourceKey, SourceState>,
    /// Rises whenever a source is taken up or let go.
    pub(crate) sources_version: u64,
    /// Who desires an object, in the order they came.
    pub(crate) claims: HashMap<ObjectKey, Vec<AppId>>,
    pub(crate) inventory: Inventory,
    pub(crate) ready: HashSet<ClusterId>,
    pub(crate) namespaces: HashSet<ObjectKey>,
    pub(crate) projects: HashMap<Arc<str>, Arc<dyn Project>>,
    pub(crate) timers: Timers,
    pub(crate) pending: HashMap<RequestId, Pending>,
    pub(crate) dirty: BTreeSet<AppId>,
    /// How many steps of operations are on their way.
    pub(crate) steps_asked: usize,
    /// Apps whose automatic sync waits until fewer steps are on their way.
    pub(crate) backlog: VecDeque<AppId>,
    next_request: u64,
}

impl Engine {
    /// An engine that knows nothing yet.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            apps: HashMap::new(),
            by_instance: HashMap::new(),
            sources: BTreeMap::new(),
            sources_version: 0,
            claims: HashMap::new(),
            inventory: Inventory::default(),
            ready: HashSet::new(),
            namespaces: HashSet::new(),
            projects: HashMap::new(),
            timers: Timers::default(),
            pending: HashMap::new(),
            dirty: BTreeSet::new(),
            steps_asked: 0,
            backlog: VecDeque::new(),
            next_request: 0,
        }
    }

    /// Takes one event in and says what is to be done.
    pub fn handle(&mut self, event: Event, now: Timestamp, out: &mut Outbox) {
        match event {
            Event::App(app) => self.app_changed(Arc::new(*app), now, out),
            Event::AppGone(id) => self.app_gone(&id, out),
            Event::Project(name, project) => self.project_changed(name, project),
            Event::Pushed(source) => self.source_pushed(&source, now, out),
            Event::Observed(record) => self.observed(*record),
            Event::Vanished(key, uid) => {
                let gone = self.inventory.vanish(&key, &uid);
                self.touch_holders(&key, gone.as_ref());
            }
            Event::Unmarked(key) => {
                let before = self.inventory.get(&key).cloned();
                self.inventory.forget(&key);
                self.touch_holders(&key, before.as_ref());
            }
            Event::Listed(all) => {
                for gone in self
                    .inventory
                    .listed(&all.cluster, &all.kind, &all.uids, all.at)
                {
                    self.touch_holders(&gone.key.clone(), Some(&gone));
                }
            }
            Event::Namespace(key, true) => drop(self.namespaces.insert(key)),
            Event::Namespace(key, false) => drop(self.namespaces.remove(&key)),
            Event::ClusterReady(cluster, ready) => self.cluster_ready(cluster, ready),
            Event::KindsChanged(cluster) => self.kinds_changed(&cluster),
            Event::RulesChanged => self.rules_changed(out),
            Event::Answered(id, answer) => self.answered(id, *answer, now, out),
            Event::Tick => self.tick(now, out),
        }
        self.settle(now, out);
    }

    /// When `Event::Tick` is wanted next.
    pub fn next_wake(&self) -> Option<Timestamp> {
        self.timers.next()
    }

    /// The sources that apps follow.
    pub fn sources(&self) -> impl Iterator<Item = &SourceKey> {
        self.sources.keys()
    }

    /// Differs from what it was before whenever [`Self::sources`] does.
    pub fn sources_version(&self) -> u64 {
        self.sources_version
    }

    /// The apps.
    pub fn apps(&self) -> impl Iterator<Item = &Arc<App>> {
        self.apps.values().map(|state| &state.app)
    }

    /// The index of live objects.
    pub fn inventory(&self) -> &Inventory {
        &self.inventory
    }

    /// Has every app either a target or a reason why not? Watches are best begun then, so that
    /// each object is compared as its first event arrives.
    pub fn desired_is_known(&self) -> bool {
        self.apps.values().all(|state| {
            state.desired.target.is_some()
                || state.desired.failed.is_some()
                || !state.app.invalid.is_empty()
                || state.app.deletion.is_some()
                || self
                    .sources
                    .get(&state.app.source)
                    .is_some_and(|s| s.failure().is_some())
        })
    }

    /// Does the engine wait for nothing and nobody?
    pub fn is_idle(&self) -> bool {
        self.pending.is_empty()
    }

    /// What the engine would report of an app now; for checks.
    pub fn outcome(&self, id: &AppId, now: Timestamp) -> Option<model::Outcome> {
        let state = self.apps.get(id)?;
        Some(self.outcome_of(state, &self.judge(state), now).0)
    }

    pub(crate) fn ask(
        &mut self,
        priority: Priority,
        pending: Pending,
        work: Work,
        out: &mut Outbox,
    ) -> RequestId {
        self.next_request += 1;
        let id = RequestId(self.next_request);
        self.steps_asked += usize::from(matches!(pending, Pending::Step(..)));
        self.pending.insert(id, pending);
        out.requests.push(Request { id, priority, work });
        id
    }

    /// Works off every app that something happened to.
    fn settle(&mut self, now: Timestamp, out: &mut Outbox) {
        loop {
            while let Some(id) = self.dirty.pop_first() {
                let Some(mut state) = self.apps.remove(&id) else {
                    continue;
                };
                self.advance(&mut state, now, out);
                self.ask_to_be_woken(&state, now);
                self.apps.insert(id, state);
            }
            self.admit_next();
            if self.dirty.is_empty() && !self.can_admit() {
                return;
            }
        }
    }

    fn can_admit(&self) -> bool {
        !self.backlog.is_empty() && self.steps_asked < self.settings.steps_at_once
    }

    /// One look at an app: desired state, verdicts, operation, status.
    fn advance(&mut self, state: &mut AppState, now: Timestamp, out: &mut Outbox) {
        if state.app.deletion.is_some() {
            self.advance_deletion(state, now, out);
            return;
        }
        self.advance_desired(state, now, out);
        let judged = self.judge(state);
        self.ask_comparisons(state, now, out);
        self.advance_operation(state, &judged, now, out);
        self.let_hooks_go(state, now, out);
        self.advance_refresh(state, &judged, now);
        self.schedule_report(state, &judged, now, out);
    }

    /// Asks for the next moment at which something of the app falls due. All of it is asked for
    /// anew each time, so that no wish is lost behind an earlier one.
    fn ask_to_be_woken(&mut self, state: &AppState, now: Timestamp) {
        let wishes = state.due_times(&self.settings).filter(|at| *at > now).min();
        if let Some(at) = wishes {
            self.timers.ask(Subject::App(state.app.id.clone()), at);
        }
    }

    fn advance_refresh(
        &self,
        state: &mut AppState,
        judged: &crate::app_state::Judged,
        now: Timestamp,
    ) {
        let rendering = state.desired.rendering.is_some();
        if state.refresh == Some(Refresh::Comparing) && !rendering && judged.pending == 0 {
            // Nobody waits any more for a request that was taken back meanwhile.
            state.refresh = state.app.refresh.map(|_| Refresh::Done);
            state.report.reconciled_at = Some(now);
        }
    }

    fn app_changed(&mut self, app: Arc<App>, now: Timestamp, out: &mut Outbox) {
        let id = app.id.clone();
        let Some(mut state) = self.apps.remove(&id) else {
            self.add_app(app, now, out);
            return;
        };
        if state.app.uid != app.uid {
            // Deleted and made again under the same name: nothing of the old one counts.
            self.apps.insert(id.clone(), state);
            self.app_gone(&id, out);
            self.add_app(app, now, out);
            return;
        }
        self.redefine(&mut state, app, out);
        self.take_requests(&mut state, now, out);
        self.apps.insert(id.clone(), state);
        self.dirty.insert(id);
    }

    fn add_app(&mut self, app: Arc<App>, now: Timestamp, out: &mut Outbox) {
        let id = app.id.clone();
        let mut state = AppState::new(app);
        self.enroll(&state.app);
        self.resume(&mut state);
        self.follow(&state.app, now, out);
        self.take_requests(&mut state, now, out);
        self.apps.insert(id.clone(), state);
        self.dirty.insert(id);
    }

    fn enroll(&mut self, app: &App) {
        let instance = (
            app.destination.cluster.clone(),
            app.tracking.instance.clone(),
        );
        self.by_instance.insert(instance, app.id.clone());
    }

    /// Puts a changed definition in place of the old one.
    fn redefine(&mut self, state: &mut AppState, app: Arc<App>, out: &mut Outbox) {
        let old = std::mem::replace(&mut state.app, app);
        if changes_target(&old, &state.app) {
            self.by_instance.remove(&(
                old.destination.cluster.clone(),
                old.tracking.instance.clone(),
            ));
            self.unfollow(&old);
            self.enroll(&state.app);
            state.desired.rendering = None;
            state.desired.revision = None;
            state.desired.failed = None;
            state.desired.inputs = None;
            state.desired.elsewhere_stale = None;
            state.compare_again.clear();
            self.follow_later(&state.app);
        } else if old.ignore != state.app.ignore {
            self.rejudge(state, out);
        }
    }

    /// The rules of comparing changed: no old verdict counts.
    fn rejudge(&mut self, state: &mut AppState, out: &mut Outbox) {
        let Some(target) = state.desired.target.clone() else {
            return;
        };
        for desired in &target.objects {
            if let Some(record) = self.inventory.get_mut(&desired.key) {
                record.judgement = None;
            }
        }
        state.comparing.clear();
        self.publish(&state.app, None, Some(&target), out);
    }

    fn rules_changed(&mut self, out: &mut Outbox) {
        let ids: Vec<AppId> = self.apps.keys().cloned().collect();
        for id in ids {
            if let Some(mut state) = self.apps.remove(&id) {
                self.rejudge(&mut state, out);
                self.apps.insert(id.clone(), state);
                self.dirty.insert(id);
            }
        }
    }

    fn app_gone(&mut self, id: &AppId, out: &mut Outbox) {
        let Some(state) = self.apps.remove(id) else {
            return;
        };
        self.unfollow(&state.app);
        self.publish(&state.app, state.desired.target.as_ref(), None, out);
        let instance = (
            state.app.destination.cluster.clone(),
            state.app.tracking.instance.clone(),
        );
        if self.by_instance.get(&instance) == Some(id) {
            self.by_instance.remove(&instance);
        }
        self.timers.forget(&Subject::App(id.clone()));
        self.dirty.remove(id);
    }

    fn project_changed(&mut self, name: Arc<str>, project: Option<Arc<dyn Project>>) {
        match project {
            Some(project) => self.projects.insert(name.clone(), project),
            None => self.projects.remove(&name),
        };
        let affected = self.apps.values().filter(|state| state.app.project == name);
        self.dirty
            .extend(affected.map(|state| state.app.id.clone()));
    }

    fn observed(&mut self, mut record: Record) {
        let key = record.key.clone();
        self.keep_settled(&mut record);
        let before = self
            .inventory
            .get(&key)
            .and_then(|known| known.instance.clone());
        let after = record.instance.clone();
        if !self.inventory.observe(record) {
            return;
        }
        if before != after
            && let Some(instance) = before
        {
            self.touch_instance(&key.cluster, &instance);
        }
        self.touch_holders(&key, None);
    }

    /// Marks the apps that desire an object or whose mark it carries.
    pub(crate) fn touch_holders(&mut self, key: &ObjectKey, gone: Option<&Record>) {
        self.dirty
            .extend(self.claims.get(key).into_iter().flatten().cloned());
        let instance = gone
            .or_else(|| self.inventory.get(key))
            .and_then(|r| r.instance.clone());
        if let Some(instance) = instance {
            self.touch_instance(&key.cluster, &instance);
        }
    }

    fn touch_instance(&mut self, cluster: &ClusterId, instance: &Arc<str>) {
        let owner = self.by_instance.get(&(cluster.clone(), instance.clone()));
        self.dirty.extend(owner.cloned());
    }

    fn cluster_ready(&mut self, cluster: ClusterId, ready: bool) {
        match ready {
            true => self.ready.insert(cluster.clone()),
            false => self.ready.remove(&cluster),
        };
        self.touch_cluster(&cluster);
    }

    fn kinds_changed(&mut self, cluster: &ClusterId) {
        for state in self.apps.values_mut() {
            let unknown = state
                .desired
                .target
                .as_ref()
                .is_some_and(|t| t.has_unknown_kinds);
            let failed = state.desired.failed.is_some();
            let asked =
                (state.desired.inputs.as_ref()).is_some_and(|inputs| inputs.follows_the_cluster());
            if state.app.destination.cluster != *cluster {
                continue;
            }
            if unknown || failed {
                state.desired.revision = None;
                state.desired.failed = None;
                self.dirty.insert(state.app.id.clone());
            } else if asked {
                state.desired.look_again = true;
                self.dirty.insert(state.app.id.clone());
            }
        }
    }

    fn touch_cluster(&mut self, cluster: &ClusterId) {
        let there = self
            .apps
            .values()
            .filter(|s| s.app.destination.cluster == *cluster);
        self.dirty.extend(there.map(|state| state.app.id.clone()));
    }

    fn answered(&mut self, id: RequestId, answer: Answer, now: Timestamp, out: &mut Outbox) {
        let Some(pending) = self.pending.remove(&id) else {
            return;
        };
        if matches!(pending, Pending::Step(..)) {
            self.steps_asked -= 1;
        }
        match (pending, answer) {
            (Pending::Source(source), Answer::Resolved(result)) => {
                self.source_resolved(&source, id, result, now, out);
            }
            (Pending::App(app), Answer::Resolved(result)) => {
                self.own_revision_resolved(&app, id, result, out);
            }
            (Pending::App(app), Answer::Rendered(result)) => {
                self.rendered(&app, id, result, now, out);
            }
            (Pending::App(app), Answer::Reported(result)) => self.reported(&app, id, result, now),
            (Pending::Compare(app, key), Answer::Compared(result)) => {
                self.compared(&app, &key, id, result, now);
            }
            (Pending::Step(app, key), Answer::Applied(result)) => {
                self.step_applied(&app, &key, id, result, now, out);
            }
            (Pending::Step(app, key), Answer::Done(result)) => {
                self.step_done(&app, &key, id, result, now);
            }
            (Pending::Release(app, key), Answer::Done(result)) => {
                self.hook_released(&app, &key, id, result, now);
            }
            (Pending::Cascade(app, key), Answer::Applied(result)) => {
                let made = result.map(|applied| applied.record);
                if let Ok(Some(record)) = &made {
                    self.take_answered(record.clone());
                }
                self.cascade_answered(&app, &key, id, made.map(drop), now);
            }
            (Pending::Cascade(app, key), Answer::Done(result)) => {
                self.cascade_answered(&app, &key, id, result, now);
            }
            // An answer of another sort than its request: the driver is wrong; the request is
            // dropped and its timer asks again.
            _ => {}
        }
    }

    /// Where there is room for steps, the app that waits longest goes on.
    fn admit_next(&mut self) {
        if self.steps_asked >= self.settings.steps_at_once {
            return;
        }
        let Some(id) = self.backlog.pop_front() else {
            return;
        };
        if let Some(state) = self.apps.get_mut(&id) {
            state.queued = false;
            self.dirty.insert(id);
        }
    }

    fn tick(&mut self, now: Timestamp, out: &mut Outbox) {
        while let Some(subject) = self.timers.take_due(now) {
            match subject {
                Subject::App(id) => drop(self.dirty.insert(id)),
                Subject::Source(source) => self.resolve(&source, now, out),
            }
        }
    }

    /// Tells the watches what to compare against, and keeps the claims.
    pub(crate) fn publish(
        &mut self,
        app: &Arc<App>,
        old: Option<&Arc<plan::Target>>,
        new: Option<&Arc<plan::Target>>,
        out: &mut Outbox,
    ) {
        let mut changes = Vec::new();
        for gone in old.into_iter().flat_map(|target| &target.objects) {
            if new.is_none_or(|target| target.get(&gone.key).is_none()) {
                self.release_claim(&gone.key, &app.id);
                changes.push((gone.key.clone(), self.rightful(&gone.key)));
            }
        }
        for desired in new.into_iter().flat_map(|target| &target.objects) {
            let claims = self.claims.entry(desired.key.clone()).or_default();
            if !claims.contains(&app.id) {
                claims.push(app.id.clone());
            }
            if claims.first() == Some(&app.id) {
                changes.push((desired.key.clone(), Some((desired.clone(), app.clone()))));
            }
        }
        if !changes.is_empty() {
            out.notices.push(Notice::Desired(changes));
        }
    }

    fn release_claim(&mut self, key: &ObjectKey, app: &AppId) {
        let Some(claims) = self.claims.get_mut(key) else {
            return;
        };
        claims.retain(|claimant| claimant != app);
        if claims.is_empty() {
            self.claims.remove(key);
        }
        self.dirty
            .extend(self.claims.get(key).into_iter().flatten().cloned());
        let unmarked = self
            .inventory
            .get(key)
            .is_some_and(|record| record.instance.is_none());
        if unmarked && !self.claims.contains_key(key) {
            self.inventory.forget(key);
        }
    }

    /// What is desired of an object by the app that came first.
    fn rightful(&self, key: &ObjectKey) -> Option<(Arc<plan::Desired>, Arc<App>)> {
        let state = self.apps.get(self.claims.get(key)?.first()?)?;
        let desired = state.desired.target.as_ref()?.get(key)?;
        Some((desired.clone(), state.app.clone()))
    }
}

/// Must the app be rendered anew?
fn changes_target(old: &App, new: &App) -> bool {
    old.source != new.source
        || old.render != new.render
        || old.render_settings != new.render_settings
        || old.destination != new.destination
        || old.tracking != new.tracking
        || old.field_manager != new.field_manager
        || old.invalid.is_empty() != new.invalid.is_empty()
}
