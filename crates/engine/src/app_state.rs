//! What the engine knows of one app. All of it could be rebuilt from Git, the custom resource and
//! the live objects.

use crate::hooks::HookOutcome;
use crate::{Failure, RequestId, Settings};
use live::Verdict;
use model::{
    App, ConditionKind, DeletionDone, Digest, HistoryEntry, ObjectKey, Operation, OperationState,
    ResourceResult, Revision, Staleness, SyncPhase, Timestamp,
};
use plan::{Plan, Stage, Step, Target};
use render::Inputs;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// One app.
#[derive(Debug)]
pub struct AppState {
    /// The definition.
    pub app: Arc<App>,
    /// What it wants.
    pub desired: DesiredState,
    /// Comparisons that were asked for, with the desired digest they are about.
    pub comparing: HashMap<ObjectKey, RequestId>,
    /// Comparisons that failed for now: when to ask again.
    pub compare_again: HashMap<ObjectKey, (Timestamp, u32)>,
    /// The running operation.
    pub running: Option<Running>,
    /// Its automatic sync waits until fewer steps are on their way.
    pub queued: bool,
    /// The last finished operation.
    pub last: Option<OperationState>,
    /// The target of the last full sync that succeeded; unknown after a restart.
    pub brought_out: Option<Digest>,
    /// What the definition was when it ran; unknown after a restart.
    pub last_definition: Option<Digest>,
    /// Past deployments, oldest first.
    pub history: Vec<HistoryEntry>,
    /// How often each object was set back lately.
    pub heals: HashMap<ObjectKey, Heals>,
    /// Why automatic sync holds back, if it does and users should know.
    pub sync_error: Option<String>,
    /// How the last operation with hooks ended: what becomes of them.
    pub hook_outcome: Option<HookOutcome>,
    /// Hooks that are being let go, outside of an operation's steps: the request, and whether it
    /// deletes them too.
    pub releasing: HashMap<ObjectKey, (RequestId, bool)>,
    /// Hooks that could not be let go: when to try again.
    pub release_again: HashMap<ObjectKey, Timestamp>,
    /// Deletion in progress: the requests, and the UIDs they are about.
    pub deleting: HashMap<ObjectKey, (RequestId, Arc<str>)>,
    /// Objects whose deletion failed: why, and when to try again.
    pub delete_failures: BTreeMap<ObjectKey, (Timestamp, String)>,
    /// A refresh was asked for and is not done.
    pub refresh: Option<Refresh>,
    /// How its status stands.
    pub report: ReportState,
}

/// Progress of a refresh somebody waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refresh {
    /// The source is being resolved; `true` when caches must not be used.
    Resolving(bool),
    /// Resolved; rendering and comparing follow.
    Comparing,
    /// Done; the request can be taken off the resource.
    Done,
}

/// The desired side.
#[derive(Debug, Default)]
pub struct DesiredState {
    /// What it wants, of the last revision that could be rendered.
    pub target: Option<Arc<Target>>,
    /// What the target was rendered from.
    pub inputs: Option<Arc<Inputs>>,
    /// The revision the target stands for.
    pub revision: Option<Revision>,
    /// The render that was asked for.
    pub rendering: Option<(RequestId, Revision)>,
    /// Why a revision could not be rendered.
    pub failed: Option<(Revision, Failure)>,
    /// When to try again a render that failed for a passing reason.
    pub again_at: Option<Timestamp>,
    /// The next render must not use caches.
    pub fresh: bool,
    /// What the target takes from elsewhere may have changed: a render tells.
    pub look_again: bool,
    /// When the target was last known to be what its inputs give.
    pub known_at: Option<Timestamp>,
    /// What the target takes from elsewhere cannot be reached; the target stays in force.
    pub elsewhere_stale: Option<Staleness>,
}

/// A running operation.
#[derive(Debug)]
pub struct Running {
    /// What was asked.
    pub operation: Operation,
    /// It only sets drift back.
    pub heal: bool,
    /// When it began.
    pub started_at: Timestamp,
    /// Where it stands.
    pub stage: OperationStage,
    /// What became of each object so far, by the phase it was handled in.
    pub results: BTreeMap<(SyncPhase, ObjectKey), ResourceResult>,
    /// Retries so far.
    pub retry_count: u32,
    /// The revision it syncs to, once known.
    pub revision: Option<Revision>,
    /// What it syncs to, once known.
    pub target: Option<Arc<Target>>,
    /// It names its own revision rather than following the app's.
    pub own_revision: bool,
    /// The app as this operation sees it: with the operation's own options and source.
    pub acting: Option<Arc<App>>,
    /// Hooks whose outcome is written down.
    pub told_hooks: BTreeSet<(SyncPhase, ObjectKey)>,
    /// Those that the report under way, known by its digest, writes down.
    pub telling_hooks: Option<(u64, BTreeSet<(SyncPhase, ObjectKey)>)>,
    /// Somebody asked to stop it.
    pub terminate: bool,
    /// It is stopped because it took too long.
    pub timed_out: bool,
    /// It waits for a sync window.
    pub blocked: bool,
    /// The start was told in status (a crash after that resumes it).
    pub told: bool,
}

impl Running {
    /// Does it sync something of its own, which is at hand?
    pub fn has_own_target(&self) -> bool {
        self.own_revision && self.target.is_some()
    }
}

/// Where an operation stands.
#[derive(Debug)]
pub enum OperationStage {
    /// Its own revision is being resolved or rendered.
    Preparing(RequestId),
    /// The plan can be made as soon as the app's state is known.
    Ready,
    /// Walking the plan.
    Walking(Walk),
    /// What it needs could not be had, and why.
    Broken(String),
    /// Waiting to be tried again.
    Waiting {
        /// Until when.
        until: Timestamp,
        /// When the failed attempt ended.
        failed_at: Timestamp,
        /// Why it failed.
        message: String,
    },
}

impl OperationStage {
    fn due_times(&self) -> Vec<Timestamp> {
        match self {
            Self::Waiting { until, .. } => vec![*until],
            Self::Walking(walk) => {
                let later = |step: &StepState| match step {
                    StepState::Later { at, .. } => Some(*at),
                    _ => None,
                };
                walk.steps.iter().filter_map(later).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Progress through a plan.
#[derive(Debug)]
pub struct Walk {
    /// The plan.
    pub plan: Plan,
    /// Something failed, and what runs on a failure is walked instead of the rest.
    pub on_failure: bool,
    /// The current stage.
    pub stage: usize,
    /// Its steps, in the plan's order.
    pub steps: Vec<StepState>,
    /// Some object of the current wave failed.
    pub failed: bool,
    /// How often a stage was begun again because what it applied had vanished.
    pub begun_again: u32,
    /// What it waits for, in words.
    pub waits_for: String,
}

/// Progress of one step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StepState {
    /// Not begun; how often it was tried before.
    Todo {
        /// Earlier tries that failed for a passing reason.
        tries: u32,
    },
    /// Asked for.
    Asked {
        /// The request.
        id: RequestId,
        /// Earlier tries.
        tries: u32,
    },
    /// To be tried again at a time.
    Later {
        /// When.
        at: Timestamp,
        /// Tries so far.
        tries: u32,
        /// Why it failed.
        reason: String,
    },
    /// Over, well or badly.
    Over,
}

impl Walk {
    /// Starts at the first stage.
    pub fn new(plan: Plan) -> Self {
        let mut walk = Self {
            plan,
            on_failure: false,
            stage: 0,
            steps: Vec::new(),
            failed: false,
            begun_again: 0,
            waits_for: String::new(),
        };
        walk.enter();
        walk
    }

    /// The stages that are walked.
    pub fn stages(&self) -> &[Stage] {
        match self.on_failure {
            true => &self.plan.on_failure,
            false => &self.plan.stages,
        }
    }

    /// The current stage; none when there is nothing to do.
    pub fn current(&self) -> Option<&Stage> {
        self.stages().get(self.stage)
    }

    /// The stages of the current wave that were begun.
    pub fn begun_of_wave(&self) -> impl Iterator<Item = &Stage> {
        let current = self.current();
        let begun = self.stages().iter().take(self.stage + 1);
        begun.filter(move |stage| current.is_some_and(|current| stage.is_of_wave_of(current)))
    }

    /// Does the current wave end with the current stage?
    pub fn ends_wave(&self) -> bool {
        let next = self.stages().get(self.stage + 1);
        match (self.current(), next) {
            (Some(current), Some(next)) => !next.is_of_wave_of(current),
            _ => true,
        }
    }

    /// Is this the last stage?
    pub fn is_last(&self) -> bool {
        self.stage + 1 >= self.stages().len()
    }

    /// Leaves the rest for what runs on a failure.
    pub fn turn_to_failure(&mut self) {
        self.on_failure = true;
        self.stage = 0;
        self.enter();
    }

    /// Readies the steps of the current stage.
    pub fn enter(&mut self) {
        let count = self.current().map_or(0, |stage| stage.steps.len());
        self.steps = vec![StepState::Todo { tries: 0 }; count];
    }

    /// Goes back to the stage that applies an object.
    pub fn begin_again_at(&mut self, key: &ObjectKey) {
        let holds = |stage: &Stage| stage.steps.iter().any(|step| step.action.key() == key);
        self.stage = self.stages().iter().position(holds).unwrap_or(0);
        self.begun_again += 1;
        self.enter();
    }

    /// A step of the current stage.
    pub fn step(&self, at: usize) -> Option<&Step> {
        self.current().and_then(|stage| stage.steps.get(at))
    }

    /// Is every step of the stage over?
    pub fn stage_is_over(&self) -> bool {
        self.steps.iter().all(|step| *step == StepState::Over)
    }
}

/// How often an object was set back.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Heals {
    /// In the current burst.
    pub count: u32,
    /// The last time.
    pub last: Timestamp,
    /// Who keeps writing, if the object says.
    pub writer: Option<Arc<str>>,
}

/// How the status stands.
#[derive(Debug, Default)]
pub struct ReportState {
    /// What was last written, by its digest.
    pub written: Option<u64>,
    /// The write under way, and what it says.
    pub asked: Option<(RequestId, u64)>,
    /// When the next write is due.
    pub due: Option<Timestamp>,
    /// When the last one went out.
    pub last: Timestamp,
    /// Writes that failed in a row.
    pub failures: u32,
    /// Since when each condition holds.
    pub since: BTreeMap<(ConditionKind, String), Timestamp>,
    /// Health and since when.
    pub health: Option<(Arc<str>, Timestamp)>,
    /// When a fresh source was last compared.
    pub reconciled_at: Option<Timestamp>,
    /// How many refreshes were asked for: that one is done is news, though all else is as before.
    pub refreshes: u64,
    /// A requested operation was taken in and is still on the resource.
    pub take_operation: bool,
    /// What of its deletion is done.
    pub deletion_done: DeletionDone,
    /// The last sync status told in an event.
    pub told_sync: Option<model::SyncStatus>,
}

/// What is known of an app right now.
#[derive(Debug, Default)]
pub struct Judged {
    /// The overall verdict.
    pub sync: model::SyncStatus,
    /// Desired objects that are missing or differ.
    pub out_of_sync: Vec<ObjectKey>,
    /// Marked objects that are not desired, and may be pruned.
    pub extras: Vec<ObjectKey>,
    /// Objects whose comparison is not known yet.
    pub pending: usize,
    /// Desired objects that another app holds.
    pub shared: Vec<(ObjectKey, String)>,
    /// Comparisons that failed.
    pub failures: Vec<(ObjectKey, Arc<str>)>,
    /// Objects the project does not permit.
    pub refused: Vec<(ObjectKey, String)>,
}

/// The verdict on one desired object.
#[derive(Clone, Debug)]
pub enum Standing {
    /// It is as desired.
    Synced,
    /// It is not there.
    Missing,
    /// It differs.
    Different(Verdict),
    /// Not known yet.
    Pending,
    /// Another app holds it.
    Shared(String),
    /// The project forbids it.
    Refused(String),
}

impl AppState {
    /// Every moment at which something falls due.
    pub fn due_times(&self, settings: &Settings) -> impl Iterator<Item = Timestamp> {
        let compares = self.compare_again.values().map(|(at, _)| *at);
        let deletions = self.delete_failures.values().map(|(at, _)| *at);
        let heals = self
            .heals
            .values()
            .flat_map(|heals| heals.due_times(settings));
        let stage = self
            .running
            .as_ref()
            .map(|running| running.stage.due_times());
        let timeout = self.running.as_ref().zip(settings.sync_timeout);
        let timeout = timeout.map(|(running, timeout)| running.started_at + timeout);
        let releases = self.release_again.values().copied();
        compares
            .chain(timeout)
            .chain(releases)
            .chain(deletions)
            .chain(heals)
            .chain(stage.into_iter().flatten())
            .chain(self.desired.again_at)
            .chain(self.report.due)
    }

    /// A digest of what decides where the app's objects come from and go to.
    pub fn definition(&self) -> Digest {
        let app = &self.app;
        let (source, destination) = (app.source.to_string(), &app.destination);
        Digest::of_parts([
            source.as_bytes(),
            app.render.to_string().as_bytes(),
            destination.cluster.0.as_bytes(),
            destination.namespace.as_bytes(),
        ])
    }

    /// A new app, with what its status remembers.
    pub fn new(app: Arc<App>) -> Self {
        let remembered = app.remembered.clone();
        let finished = |state: &OperationState| state.phase.is_finished();
        let hook_outcome = HookOutcome::of_remembered(remembered.operation.as_ref());
        Self {
            hook_outcome,
            releasing: HashMap::new(),
            release_again: HashMap::new(),
            desired: DesiredState::default(),
            comparing: HashMap::new(),
            compare_again: HashMap::new(),
            running: None,
            queued: false,
            last: remembered.operation.filter(finished),
            brought_out: None,
            last_definition: None,
            history: remembered.history,
            heals: HashMap::new(),
            sync_error: None,
            deleting: HashMap::new(),
            delete_failures: BTreeMap::new(),
            refresh: None,
            report: ReportState::default(),
            app,
        }
    }
}
