//! The world: carries the engine's requests out, in whatever order the seed says, and brings
//! answers and watch events back.

use crate::cluster::{Change, Cluster, Reason, Refusal, merge};
use crate::git::Git;
use crate::invariants::{Checks, Violation};
use crate::seed::Seed;
use argo::project::AppProject;
use engine::{
    Answer, Applied, ApplyMode, Engine, Event, Failure, Listing, Notice, Observer, Outbox,
    RenderedTarget, Report, Request, RequestId, Resolved, Settings, Work, build_target, hook_body,
    observe,
};
use live::{Record, Verdict};
use model::{App, AppId, ClusterId, ObjectKey, PropagationPolicy, Revision, SourceKey, Timestamp};
use plan::Desired;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

/// What goes wrong with a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It fails before it had any effect.
    Before,
    /// It has its effect, and the answer is a failure (a time-out, a cut connection).
    After,
}

/// The world.
pub struct World {
    /// The time.
    pub now: Timestamp,
    /// The cluster.
    pub cluster: Cluster,
    /// The repository.
    pub git: Git,
    /// The repository that kustomizations take bases from.
    pub shared: Git,
    /// What went wrong with the promises, if anything.
    pub violations: Vec<Violation>,
    /// What happened, a line each: the transcript.
    pub trace: Vec<String>,
    /// Faults for the next requests that touch the cluster.
    pub faults: VecDeque<Fault>,
    /// One request in this many fails (0: none).
    pub fault_rate: usize,
    /// Reports written to custom resources.
    pub reports: usize,
    /// Renders made.
    pub renders: usize,
    pub(crate) engine: Engine,
    pub(crate) resources: BTreeMap<AppId, Value>,
    pub(crate) project: Value,
    pub(crate) settings: argo::Settings,
    pub(crate) resolved: Option<Revision>,
    checks: Checks,
    engine_settings: Settings,
    snapshot: HashMap<ObjectKey, (Arc<Desired>, Arc<App>)>,
    rendered: RefCell<HashMap<String, Result<RenderedTarget, Failure>>>,
    requests: VecDeque<Request>,
    answers: VecDeque<(RequestId, Answer)>,
    watch: VecDeque<Change>,
    listed: bool,
    seed: Option<Seed>,
}

impl World {
    /// A world with an empty cluster and no commit. Without a seed everything happens in order.
    pub fn new(seed: Option<Seed>) -> Self {
        // So few steps at once that syncs of several apps wait for one another.
        let engine_settings = Settings {
            steps_at_once: 2,
            ..Settings::default()
        };
        let mut world = Self {
            now: Timestamp(1_000_000_000),
            cluster: Cluster::default(),
            git: Git::default(),
            shared: Git::default(),
            violations: Vec::new(),
            trace: Vec::new(),
            faults: VecDeque::new(),
            fault_rate: 0,
            reports: 0,
            renders: 0,
            engine: Engine::new(engine_settings.clone()),
            resources: BTreeMap::new(),
            project: json!({
                "apiVersion": "argoproj.io/v1alpha1", "kind": "AppProject",
                "metadata": {"name": "default", "namespace": "argocd"},
                "spec": {
                    "sourceRepos": ["*"],
                    "destinations": [{"server": "*", "namespace": "*"}],
                    "clusterResourceWhitelist": [{"group": "*", "kind": "*"}],
                },
            }),
            settings: argo::Settings::default(),
            resolved: None,
            checks: Checks::default(),
            engine_settings,
            snapshot: HashMap::new(),
            rendered: RefCell::default(),
            requests: VecDeque::new(),
            answers: VecDeque::new(),
            watch: VecDeque::new(),
            listed: false,
            seed,
        };
        world.pass_to(world.now);
        world.tell_project();
        world
    }

    /// Sets the project all apps belong to.
    pub fn set_project(&mut self, project: Value) {
        self.project = project;
        self.tell_project();
    }

    fn tell_project(&mut self) {
        let (project, _) = AppProject::from_resource(&self.project);
        self.handle(Event::Project("default".into(), Some(Arc::new(project))));
    }

    /// Makes or replaces an Application; its status stays.
    pub fn set_app(&mut self, mut resource: Value) {
        let app = argo::translate(&resource, &self.settings);
        if let Some(known) = self.resources.get(&app.id) {
            resource["status"] = known["status"].clone();
            resource["metadata"]["uid"] = known["metadata"]["uid"].clone();
        } else {
            resource["metadata"]["uid"] = json!(format!("app-{}-{}", app.id.name, self.now.0));
        }
        self.resources.insert(app.id.clone(), resource);
        self.tell_app(&app.id);
    }

    /// Merges a patch into an Application, as a user would.
    pub fn patch_app(&mut self, id: &AppId, patch: &Value) {
        if let Some(resource) = self.resources.get_mut(id) {
            merge(resource, patch);
            self.tell_app(id);
        }
    }

    /// Deletes an Application: at once, or marked while a finalizer holds it.
    pub fn delete_app(&mut self, id: &AppId) {
        let Some(resource) = self.resources.get_mut(id) else {
            return;
        };
        resource["metadata"]["deletionTimestamp"] = json!("1970-01-01T00:00:00Z");
        self.settle_deletion(id);
    }

    fn settle_deletion(&mut self, id: &AppId) {
        let Some(resource) = self.resources.get(id) else {
            return;
        };
        let metadata = &resource["metadata"];
        let held = metadata["finalizers"]
            .as_array()
            .is_some_and(|f| !f.is_empty());
        if metadata["deletionTimestamp"].is_null() || held {
            self.tell_app(id);
            return;
        }
        self.resources.remove(id);
        self.handle(Event::AppGone(id.clone()));
    }

    fn tell_app(&mut self, id: &AppId) {
        let Some(resource) = self.resources.get(id) else {
            return;
        };
        let app = argo::translate(resource, &self.settings);
        self.handle(Event::App(Box::new(app)));
    }

    /// Says that the repository has something new, as a webhook would.
    pub fn push(&mut self) {
        let sources: Vec<SourceKey> = self.engine.sources().cloned().collect();
        for source in sources {
            self.handle(Event::Pushed(source));
        }
    }

    /// The process dies and starts again: what it knew, asked and awaited is gone.
    pub fn crash(&mut self) {
        self.trace.push("crash".into());
        self.engine = Engine::new(self.engine_settings.clone());
        self.snapshot.clear();
        self.requests.clear();
        self.answers.clear();
        self.watch.clear();
        self.cluster.changes.clear();
        self.checks.forget_in_flight();
        self.listed = false;
        self.resolved = None;
        self.tell_project();
        for id in self.resources.keys().cloned().collect::<Vec<_>>() {
            self.tell_app(&id);
        }
    }

    /// The watch is lost: events on their way never arrive, and everything is listed again.
    pub fn lose_watch(&mut self) {
        self.watch.clear();
        self.cluster.changes.clear();
        self.listed = false;
    }

    /// Lets time pass, with everything that falls due in it.
    pub fn tick(&mut self, duration: Duration) {
        let end = self.now + duration;
        loop {
            let mut steps = 0;
            while self.step() {
                steps += 1;
                if steps > 100_000 {
                    self.violations
                        .push(Violation::new("I6", "the world never comes to rest"));
                    return;
                }
            }
            match self.engine.next_wake() {
                Some(wake) if wake <= end => {
                    self.pass_to(self.now.max(wake) + Duration::from_millis(1));
                    self.handle(Event::Tick);
                }
                _ => break,
            }
        }
        self.pass_to(self.now.max(end));
    }

    fn pass_to(&mut self, now: Timestamp) {
        self.now = now;
        self.cluster.set_clock(now.rfc3339());
    }

    /// One thing happens; false when nothing is left to happen now.
    pub fn step(&mut self) -> bool {
        self.watch.extend(self.cluster.changes.drain(..));
        if !self.listed && self.engine.desired_is_known() {
            self.list();
            return true;
        }
        let mut choices = Vec::new();
        choices.extend((!self.requests.is_empty()).then_some(0));
        choices.extend((!self.answers.is_empty()).then_some(1));
        choices.extend((self.listed && !self.watch.is_empty()).then_some(2));
        if choices.is_empty() {
            return false;
        }
        let chosen = choices[self.choose(choices.len())];
        match chosen {
            0 => {
                let at = self.choose(self.requests.len());
                if let Some(request) = self.requests.remove(at) {
                    self.carry_out(request);
                }
            }
            1 => {
                let at = self.choose(self.answers.len());
                if let Some((id, answer)) = self.answers.remove(at) {
                    self.checks.answered(id);
                    if let Answer::Resolved(Ok(resolved)) = &answer {
                        self.resolved = Some(resolved.revision.clone());
                    }
                    self.handle(Event::Answered(id, Box::new(answer)));
                }
            }
            _ => {
                if let Some(change) = self.watch.pop_front() {
                    self.deliver(change);
                }
            }
        }
        true
    }

    fn choose(&mut self, among: usize) -> usize {
        self.seed.as_mut().map_or(0, |seed| seed.below(among))
    }

    /// What an app's resource says.
    pub fn status(&self, app: &AppId) -> Option<&Value> {
        self.resources.get(app).map(|resource| &resource["status"])
    }

    /// Checks what must hold once everything is calm.
    pub fn check_calm(&mut self) {
        let found = crate::invariants::check_calm(self);
        self.violations.extend(found);
    }

    fn handle(&mut self, event: Event) {
        let mut out = Outbox::default();
        self.engine.handle(event, self.now, &mut out);
        for notice in out.notices {
            self.take_notice(notice);
        }
        for request in out.requests {
            let found = self.checks.asked(&request);
            self.violations.extend(found);
            if let Work::Delete { key, uid, .. }
            | Work::ReleaseHook {
                key,
                uid,
                delete: Some(_),
                ..
            } = &request.work
            {
                let found = crate::invariants::check_delete(self, key, uid);
                self.violations.extend(found);
            }
            self.requests.push_back(request);
        }
    }

    fn take_notice(&mut self, notice: Notice) {
        match notice {
            Notice::Desired(changes) => {
                for (key, desired) in changes {
                    match desired {
                        Some(desired) => drop(self.snapshot.insert(key, desired)),
                        None => drop(self.snapshot.remove(&key)),
                    }
                }
            }
            Notice::Event {
                app,
                reason,
                message,
                ..
            } => {
                self.trace.push(format!("event {app} {reason}: {message}"));
            }
            Notice::Healed { app, key, .. } => self.trace.push(format!("healed {app}: {key}")),
        }
    }

    fn list(&mut self) {
        self.listed = true;
        self.watch.clear();
        let all: Vec<(ObjectKey, Value)> = self
            .cluster
            .objects()
            .map(|(key, object)| (key.clone(), object.clone()))
            .collect();
        let mut kinds: HashMap<model::GroupKind, HashSet<Arc<str>>> = HashMap::new();
        let known = self
            .engine
            .inventory()
            .records()
            .map(|r| r.key.group_kind.clone());
        for kind in known.collect::<Vec<_>>() {
            kinds.entry(kind).or_default();
        }
        for (key, object) in all {
            let uid = object["metadata"]["uid"]
                .as_str()
                .unwrap_or_default()
                .into();
            kinds.entry(key.group_kind.clone()).or_default().insert(uid);
            self.deliver(Change::Seen(key, object));
        }
        let (cluster, at) = (ClusterId::in_cluster(), self.cluster.version());
        for (kind, uids) in kinds {
            self.handle(Event::Listed(Box::new(Listing {
                cluster: cluster.clone(),
                kind,
                uids,
                at,
            })));
        }
        self.handle(Event::ClusterReady(cluster, true));
    }

    fn deliver(&mut self, change: Change) {
        match change {
            Change::Seen(key, object) => {
                if &*key.group_kind.kind == "Namespace" {
                    self.handle(Event::Namespace(key.clone(), true));
                }
                if &*key.group_kind.kind == "CustomResourceDefinition" {
                    self.handle(Event::KindsChanged(key.cluster.clone()));
                }
                if let Some(record) = self.observe(&key, &object) {
                    self.handle(Event::Observed(Box::new(record)));
                } else if self.engine.inventory().get(&key).is_some() {
                    self.handle(Event::Unmarked(key));
                }
            }
            Change::Gone(key, object) => {
                if &*key.group_kind.kind == "Namespace" {
                    self.handle(Event::Namespace(key.clone(), false));
                }
                let uid = object["metadata"]["uid"].as_str().unwrap_or_default();
                self.handle(Event::Vanished(key, uid.into()));
            }
        }
    }

    fn observe(&self, key: &ObjectKey, object: &Value) -> Option<Record> {
        let desired = self.snapshot.get(key);
        self.reduce(object, desired.map(|(desired, app)| (&**desired, &**app)))
    }

    fn reduce(&self, object: &Value, desired: Option<(&Desired, &App)>) -> Option<Record> {
        let cluster = ClusterId::in_cluster();
        let owner =
            |object: &Value, key: &ObjectKey| argo::tracking::owner(object, key, &self.settings);
        let observer = Observer {
            cluster: &cluster,
            owner: &owner,
        };
        let ignore = desired.map(|(_, app)| diff::Ignore::compile(&app.ignore).0);
        let desired = desired.zip(ignore.as_ref());
        observe(
            object,
            desired.map(|((desired, app), ignore)| (desired, &*app.field_manager, ignore)),
            &observer,
        )
    }

    fn carry_out(&mut self, request: Request) {
        let fault = self.fault(&request.work);
        if fault == Some(Fault::Before) {
            self.answers
                .push_back((request.id, failed(&request.work, "connection refused")));
            return;
        }
        let line = describe(&request.work);
        let answer = self.perform(&request);
        if let Some(line) = line {
            self.trace.push(format!("{line}: {}", verdict(&answer)));
        }
        let answer = match fault {
            Some(_) => failed(&request.work, "the answer was lost"),
            None => answer,
        };
        self.answers.push_back((request.id, answer));
    }

    fn fault(&mut self, work: &Work) -> Option<Fault> {
        if matches!(work, Work::Render { .. }) {
            return None;
        }
        if let Some(fault) = self.faults.pop_front() {
            return Some(fault);
        }
        let rate = self.fault_rate;
        let seed = self.seed.as_mut().filter(|_| rate > 0)?;
        match (seed.once_in(rate), seed.once_in(2)) {
            (false, _) => None,
            (true, true) => Some(Fault::Before),
            (true, false) => Some(Fault::After),
        }
    }

    fn perform(&mut self, request: &Request) -> Answer {
        match &request.work {
            Work::Resolve { source, previous } => Answer::Resolved(self.resolve(source, previous)),
            Work::Render {
                app,
                revision,
                local,
                ..
            } => Answer::Rendered(self.render(app, revision, local.as_deref())),
            Work::Compare(desired, app) => Answer::Compared(self.compare(desired, app)),
            Work::Apply { desired, app, how } => Answer::Applied(self.apply(desired, app, *how)),
            Work::RunHook {
                hook,
                key,
                run,
                held,
                app,
                how,
            } => {
                let mark = |object: &mut Value, key: &ObjectKey, app: &App| {
                    argo::tracking::mark(object, key, app);
                };
                let body = hook_body(hook, key, (run, *held), app, &mark).unwrap_or_default();
                Answer::Applied(self.run_hook(key, run, &body, app, *how))
            }
            Work::ReleaseHook {
                key, uid, delete, ..
            } => Answer::Done(self.release_hook(key, uid, *delete)),
            Work::EnsureNamespace(key, _) => {
                self.cluster.create_namespace(&key.name);
                Answer::Done(Ok(()))
            }
            Work::Delete {
                key, prune: true, ..
            } if self.snapshot.contains_key(key) => {
                let message = format!("{key} is wanted again");
                Answer::Done(Err(Failure {
                    message,
                    transient: true,
                }))
            }
            Work::Delete {
                key,
                uid,
                propagation,
                ..
            } => match self.cluster.delete(key, Some(uid), *propagation) {
                Ok(())
                | Err(Refusal {
                    reason: Reason::NotFound | Reason::Conflict,
                    ..
                }) => Answer::Done(Ok(())),
                Err(refusal) => Answer::Done(Err(refused(&refusal))),
            },
            Work::Report(report) => {
                self.report(report);
                Answer::Reported(Ok(()))
            }
        }
    }

    fn resolve(
        &mut self,
        source: &SourceKey,
        previous: &Option<Revision>,
    ) -> Result<Resolved, Failure> {
        let failure = |message: &str| Failure {
            message: message.into(),
            transient: true,
        };
        if self.git.unreachable {
            return Err(failure(
                "connecting to the repository failed: connection refused",
            ));
        }
        let named = Revision(source.reference.0.clone());
        let at = match self.git.index_of(&named) {
            Some(at) => at,
            None => self
                .git
                .len()
                .checked_sub(1)
                .ok_or_else(|| failure("no commit"))?,
        };
        let revision = match self.git.index_of(&named) {
            Some(_) => named,
            None => self.git.head().ok_or_else(|| failure("no commit"))?,
        };
        let from = previous
            .as_ref()
            .and_then(|previous| self.git.index_of(previous));
        let changed = from.map(|from| self.git.changed(from, at));
        Ok(Resolved { revision, changed })
    }

    pub(crate) fn render(
        &mut self,
        app: &App,
        revision: &Revision,
        local: Option<&[String]>,
    ) -> Result<RenderedTarget, Failure> {
        self.renders += 1;
        match local {
            Some(texts) => self.render_local(app, texts),
            None => self.render_from(app, revision, &self.shared),
        }
    }

    /// Manifests that came with an operation: a tree of their own, read as a directory.
    fn render_local(&self, app: &App, texts: &[String]) -> Result<RenderedTarget, Failure> {
        let mut local = Git::default();
        for (at, text) in texts.iter().enumerate() {
            let path = format!("local/{at}.yaml");
            local.files.insert(path, text.clone().into_bytes());
        }
        let revision = local.commit();
        let app = App {
            render: Arc::new(json!({"path": "local"})),
            ..app.clone()
        };
        Self::render_tree(&app, &revision, &local, &self.shared, &self.cluster)
    }

    /// What an app is at a revision, whoever may be out of reach. Checks ask this again and again,
    /// so it is kept for as long as nothing that it depends on changes.
    pub(crate) fn render_quietly(
        &self,
        app: &App,
        revision: &Revision,
    ) -> Result<RenderedTarget, Failure> {
        let kinds = &self.cluster.kinds;
        let depends = format!(
            "{revision} {} {:?} {:?} {} {} {:?}",
            app.render,
            app.destination,
            app.tracking,
            self.shared.len(),
            kinds.count(),
            kinds.failing
        );
        if let Some(known) = self.rendered.borrow().get(&depends) {
            return known.clone();
        }
        let shared = self.shared.within_reach();
        let rendered = self.render_from(app, revision, &shared);
        self.rendered.borrow_mut().insert(depends, rendered.clone());
        rendered
    }

    fn render_from(
        &self,
        app: &App,
        revision: &Revision,
        shared: &Git,
    ) -> Result<RenderedTarget, Failure> {
        Self::render_tree(app, revision, &self.git, shared, &self.cluster)
    }

    fn render_tree(
        app: &App,
        revision: &Revision,
        git: &Git,
        shared: &Git,
        cluster: &Cluster,
    ) -> Result<RenderedTarget, Failure> {
        let failure = |message: String, transient| Failure { message, transient };
        let tree = git.index_of(revision).and_then(|at| git.tree(at));
        let tree = tree.ok_or_else(|| failure("no such commit".into(), false))?;
        let request = render::Request::of(app, &revision.0, Default::default());
        let sources = render::Sources {
            remotes: shared,
            ..render::Sources::offline(&*tree)
        };
        let rendered = render::render(&request, sources)
            .map_err(|error| failure(error.to_string(), error.is_transient()))?;
        let target = build_target(app, &rendered, &cluster.kinds, &|object, key, app| {
            argo::tracking::mark(object, key, app)
        })
        .map_err(|error| failure(error.to_string(), true))?;
        Ok(RenderedTarget {
            target: Arc::new(target),
            inputs: Arc::new(rendered.inputs),
        })
    }

    fn compare(&self, desired: &Desired, app: &App) -> Result<Option<Record>, Failure> {
        let Some(object) = self.cluster.get(&desired.key) else {
            return Ok(None);
        };
        let Some(mut record) = self.reduce(object, Some((desired, app))) else {
            return Ok(None);
        };
        let doubtful = record
            .judgement
            .as_ref()
            .is_some_and(|judgement| judgement.verdict == Verdict::Doubtful);
        if doubtful {
            let verdict = self.dry_run(object, desired, app)?;
            if let Some(judgement) = &mut record.judgement {
                judgement.verdict = verdict;
            }
        }
        Ok(Some(record))
    }

    fn dry_run(&self, live: &Value, desired: &Desired, app: &App) -> Result<Verdict, Failure> {
        let wanted: Value = serde_json::from_slice(&desired.body).unwrap_or_default();
        let predicted = self
            .cluster
            .predict(&desired.key, &wanted, &app.field_manager)
            .map_err(|refusal| refused(&refusal))?;
        let (ignore, _) = diff::Ignore::compile(&app.ignore);
        let changes =
            diff::compare_predicted(&predicted, live, &app.field_manager, &ignore, &desired.key)
                .map_err(|error| Failure {
                    message: error.to_string(),
                    transient: false,
                })?;
        if changes.is_empty() {
            return Ok(Verdict::Same);
        }
        let changes = changes
            .iter()
            .map(|change| diff::describe(change, &desired.key))
            .collect();
        Ok(Verdict::Different {
            changes,
            writer: None,
        })
    }

    fn apply(&mut self, desired: &Desired, app: &App, how: ApplyMode) -> Result<Applied, Failure> {
        let found = crate::invariants::check_apply(self, desired, app);
        self.violations.extend(found);
        let wanted: Value = serde_json::from_slice(&desired.body).unwrap_or_default();
        let object = self.write(&desired.key, &wanted, app, how)?;
        let record = (!how.dry_run)
            .then(|| self.reduce(&object, Some((desired, app))))
            .flatten();
        Ok(Applied {
            record,
            message: "serverside-applied".into(),
        })
    }

    /// One write, by whichever way was asked for.
    fn write(
        &mut self,
        key: &ObjectKey,
        wanted: &Value,
        app: &App,
        how: ApplyMode,
    ) -> Result<Value, Failure> {
        let manager = &app.field_manager;
        let written = match how.replace {
            true => self.cluster.replace(key, wanted, manager, how.dry_run),
            false => self.cluster.apply(key, wanted, manager, how.dry_run),
        };
        match written {
            Err(refusal) if how.force && is_unchangeable(&refusal) => {
                let _ = self
                    .cluster
                    .delete(key, None, PropagationPolicy::Background);
                Err(Failure {
                    message: format!("{key} is being deleted, to be made anew"),
                    transient: true,
                })
            }
            written => written.map_err(|refusal| refused(&refusal)),
        }
    }

    fn run_hook(
        &mut self,
        key: &ObjectKey,
        run: &str,
        body: &Value,
        app: &App,
        how: ApplyMode,
    ) -> Result<Applied, Failure> {
        let found = crate::invariants::check_hook(self, key, run, how.dry_run);
        self.violations.extend(found);
        let object = self.write(key, body, app, how)?;
        let record = (!how.dry_run).then(|| self.reduce(&object, None)).flatten();
        Ok(Applied {
            record,
            message: "serverside-applied".into(),
        })
    }

    /// Takes the finalizer off, and deletes where that is asked for.
    fn release_hook(
        &mut self,
        key: &ObjectKey,
        uid: &str,
        delete: Option<PropagationPolicy>,
    ) -> Result<(), Failure> {
        let Some(live) = self.cluster.get(key).cloned() else {
            return Ok(());
        };
        if live["metadata"]["uid"] != uid {
            return Ok(());
        }
        let all = live["metadata"]["finalizers"].as_array();
        let kept: Vec<&Value> = all
            .into_iter()
            .flatten()
            .filter(|finalizer| **finalizer != plan::HOOK_FINALIZER)
            .collect();
        let patch = match kept.is_empty() {
            true => json!({"metadata": {"finalizers": null}}),
            false => json!({"metadata": {"finalizers": kept}}),
        };
        let _ = self.cluster.edit(key, &patch, "argocd-controller");
        let deleting = !live["metadata"]["deletionTimestamp"].is_null();
        if delete.is_some() || deleting {
            let _ = self
                .cluster
                .delete(key, Some(uid), delete.unwrap_or_default());
        }
        Ok(())
    }

    fn report(&mut self, report: &Report) {
        let found = crate::invariants::check_report(self, report);
        self.violations.extend(found);
        let Some(resource) = self.resources.get_mut(&report.app) else {
            return;
        };
        let done = argo::Done {
            operation: report.operation_taken,
            refresh: report.refresh_done,
            deletion: report.deletion_done,
            delete_hooks: report.delete_hooks,
        };
        let Some(patch) = argo::resource_patch(&report.outcome, resource, done, &self.settings)
        else {
            return;
        };
        self.reports += 1;
        merge(resource, &patch);
        let id = report.app.clone();
        self.settle_deletion(&id);
    }

    pub(crate) fn checks(&mut self) -> &mut Checks {
        &mut self.checks
    }
}

/// Refused because it cannot be changed in place.
fn is_unchangeable(refusal: &Refusal) -> bool {
    matches!(refusal.reason, Reason::Conflict | Reason::Invalid)
}

fn refused(refusal: &Refusal) -> Failure {
    Failure {
        message: refusal.to_string(),
        transient: false,
    }
}

fn failed(work: &Work, why: &str) -> Answer {
    let failure = Failure {
        message: why.to_owned(),
        transient: true,
    };
    match work {
        Work::Resolve { .. } => Answer::Resolved(Err(failure)),
        Work::Render { .. } => Answer::Rendered(Err(failure)),
        Work::Compare(..) => Answer::Compared(Err(failure)),
        Work::Apply { .. } | Work::RunHook { .. } => Answer::Applied(Err(failure)),
        Work::EnsureNamespace(..) | Work::Delete { .. } | Work::ReleaseHook { .. } => {
            Answer::Done(Err(failure))
        }
        Work::Report(_) => Answer::Reported(Err(failure)),
    }
}

fn describe(work: &Work) -> Option<String> {
    match work {
        Work::Apply { desired, how, .. } => {
            Some(format!("apply {}{}", desired.key, in_words(*how)))
        }
        Work::RunHook { key, run, how, .. } => {
            Some(format!("run hook {key} as {run}{}", in_words(*how)))
        }
        Work::ReleaseHook { key, delete, .. } => Some(match delete {
            Some(_) => format!("delete hook {key}"),
            None => format!("let hook {key} go"),
        }),
        Work::EnsureNamespace(key, _) => Some(format!("ensure {key}")),
        Work::Delete {
            key, propagation, ..
        } => Some(format!("delete {key} ({propagation})")),
        _ => None,
    }
}

fn in_words(how: ApplyMode) -> String {
    let words = [
        (how.dry_run, " (dry run)"),
        (how.replace, " (replace)"),
        (how.force, " (force)"),
    ];
    let said = words.into_iter().filter(|(said, _)| *said);
    said.map(|(_, word)| word).collect()
}

fn verdict(answer: &Answer) -> String {
    match answer {
        Answer::Applied(Err(failure)) | Answer::Done(Err(failure)) => failure.message.clone(),
        _ => "ok".into(),
    }
}
