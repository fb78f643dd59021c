//! A project: the limits its apps live within.
//!
//! Comes in: an AppProject. Goes out: answers to what an app may follow and write. A project that
//! cannot be read whole, or that asks for a guard we do not have, permits nothing: a limit that is
//! not understood is not a limit that is absent.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/app_project_types.go.

mod cron;
mod destinations;
mod groups;
mod guards;
mod kinds;
mod policies;
mod service_accounts;
mod sources;
mod validity;
mod windows;

pub use destinations::{DestinationRule, is_destination_permitted};
pub use groups::is_valid_group_name;
pub use policies::{PolicyError, PolicyFault, check_policy, is_policy_action, is_policy_object};
pub use service_accounts::{ServiceAccountError, check_service_account};
pub use sources::is_source_permitted;
pub use windows::{CanSyncError, SyncWindow, SyncWindows, WindowError, WindowKind};

use crate::application::DEFAULT_PROJECT;
use crate::fields::{Object, Problems};
use kinds::{KindRule, KindRules};
use model::glob;
use model::{App, GroupKind, ObjectKey, Project, Timestamp, Verdict};
use serde_json::Value;

/// An AppProject.
#[derive(Clone, PartialEq, Debug)]
pub struct AppProject {
    /// Its name.
    pub name: String,
    /// Its namespace: the installation's. Apps of other namespaces need to be let in.
    pub namespace: String,
    /// When syncs may run.
    pub windows: SyncWindows,
    source_repos: Vec<String>,
    destinations: Vec<DestinationRule>,
    kinds: KindRules,
    source_namespaces: Vec<String>,
    refusals: Vec<String>,
}

/// What Argo CD says of an app whose project is not there.
pub fn missing(project: &str) -> String {
    let project = if project.is_empty() {
        DEFAULT_PROJECT
    } else {
        project
    };
    format!("Application referencing project {project} which does not exist")
}

impl AppProject {
    /// Reads an AppProject. The second part says what is wrong with it or not acted on.
    pub fn from_resource(resource: &Value) -> (Self, Vec<String>) {
        let problems = Problems::default();
        let root = Object::root(resource, &problems);
        let (metadata, spec) = (root.object("metadata"), root.object("spec"));
        let mut told = Vec::new();
        let mut project = Self {
            name: metadata.text("name").to_owned(),
            namespace: metadata.text("namespace").to_owned(),
            windows: SyncWindows::read(&spec, &mut told),
            source_repos: owned(spec.texts("sourceRepos")),
            destinations: destinations::read(&spec),
            kinds: KindRules::read(&spec),
            source_namespaces: owned(spec.texts("sourceNamespaces")),
            refusals: guards::refusals(&spec),
        };
        told.extend(guards::not_acted_on(&spec));
        // What only Argo CD's API minds must not make a project permit nothing.
        let minded_by_nobody = Problems::default();
        let spec = Object::root(resource, &minded_by_nobody).object("spec");
        told.extend(validity::faults(&project.name, &spec));
        project.refusals.extend(problems.into_vec());
        told.extend(project.refusals.iter().cloned());
        (project, told)
    }

    fn permits_definition(&self) -> Verdict {
        match self.refusals.first() {
            None => Verdict::Permitted,
            Some(refusal) => Verdict::Refused(format!("project '{}': {refusal}", self.name)),
        }
    }

    fn permits_namespace_of(&self, app: &App) -> Verdict {
        let namespace = &*app.id.namespace;
        let here = namespace.is_empty() || namespace == self.namespace;
        if here
            || self
                .source_namespaces
                .iter()
                .any(|pattern| glob::matches(pattern, namespace))
        {
            return Verdict::Permitted;
        }
        Verdict::Refused(format!(
            "application '{}' in namespace '{namespace}' is not permitted to use project '{}'",
            app.id.name, self.name
        ))
    }

    fn permits_source(&self, app: &App) -> Verdict {
        let repository = &app.source.repository;
        if is_source_permitted(&self.source_repos, repository) {
            return Verdict::Permitted;
        }
        Verdict::Refused(format!(
            "application repo {repository} is not permitted in project '{}'",
            self.name
        ))
    }

    fn permits_destination(&self, app: &App) -> Verdict {
        let destination = &app.destination;
        if self.is_destination(&destination.cluster.0, &destination.namespace) {
            return Verdict::Permitted;
        }
        Verdict::Refused(format!(
            "application destination server '{}' and namespace '{}' do not match any of the \
             allowed destinations in project '{}'",
            destination.cluster, destination.namespace, self.name
        ))
    }

    fn is_destination(&self, server: &str, namespace: &str) -> bool {
        let name = destinations::name_of(server);
        is_destination_permitted(&self.destinations, server, name, namespace)
    }

    fn permits(&self, kind: &GroupKind, name: Option<&str>, namespaced: bool) -> Verdict {
        if let refused @ Verdict::Refused(_) = self.permits_definition() {
            return refused;
        }
        if self.kinds.permits(kind, name, namespaced) {
            return Verdict::Permitted;
        }
        Verdict::Refused(format!(
            "resource {}:{} is not permitted in project {}",
            kind.group, kind.kind, self.name
        ))
    }
}

impl Project for AppProject {
    fn permits_app(&self, app: &App) -> Verdict {
        let checks = [
            Self::permits_namespace_of,
            Self::permits_source,
            Self::permits_destination,
        ];
        let verdicts = checks.iter().map(|check| check(self, app));
        let mut verdicts = std::iter::once(self.permits_definition()).chain(verdicts);
        verdicts
            .find(|verdict| !verdict.is_permitted())
            .unwrap_or(Verdict::Permitted)
    }

    fn permits_object(&self, key: &ObjectKey, namespaced: bool) -> Verdict {
        let verdict = self.permits(&key.group_kind, Some(&key.name), namespaced);
        if !verdict.is_permitted() {
            return verdict;
        }
        if namespaced && !self.is_destination(&key.cluster.0, &key.namespace) {
            return Verdict::Refused(format!(
                "namespace {} is not permitted in project '{}'",
                key.namespace, self.name
            ));
        }
        Verdict::Permitted
    }

    fn permits_kind(&self, kind: &GroupKind, namespaced: bool) -> Verdict {
        self.permits(kind, None, namespaced)
    }

    fn permits_sync(
        &self,
        app: &App,
        manual: bool,
        now: Timestamp,
        started_at: Option<Timestamp>,
    ) -> Verdict {
        match self.windows.of(app).can_sync(manual, now, started_at) {
            Ok(true) => Verdict::Permitted,
            Ok(false) => Verdict::Refused("Sync operation blocked by sync window".to_owned()),
            Err(error) => Verdict::Refused(format!("{error}: {}", error.0)),
        }
    }
}

fn owned(texts: Vec<&str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

/// Does a name fit a pattern? Where `!` has its meaning, a pattern that begins with it fits all
/// names but those it goes on to describe.
pub fn fits_pattern(pattern: &str, name: &str, negation: bool) -> bool {
    match pattern.strip_prefix('!').filter(|_| negation) {
        Some(denied) => !glob::Glob::gobwas(denied, None).is_some_and(|glob| glob.matches(name)),
        None => glob::matches(pattern, name),
    }
}

fn is_deny(pattern: &str) -> bool {
    pattern.starts_with('!')
}

impl KindRule {
    fn read(object: &Object<'_>) -> Self {
        Self {
            group: object.text("group").to_owned(),
            kind: object.text("kind").to_owned(),
            name: object.text("name").to_owned(),
        }
    }
}
