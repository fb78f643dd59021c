//! One kustomization.
//!
//! Comes in: a folder. Goes out: what its kustomization makes of it and of what has been gathered
//! above it. Source: Kustomize 5.8.1, api/internal/target/kusttarget.go.

use super::{Accumulator, Session};
use crate::config::{self, ConfigError, TransformerConfig};
use crate::error::{BuildError, Problem};
use crate::file::{self, Kustomization};
use crate::load::{LoadError, Loader};
use crate::resource::{Origin, Place};
use crate::step::Step;
use std::sync::Arc;

/// The names a kustomization file may have.
const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
const COMPONENT: &str = "Component";

/// One kustomization and where it stands.
pub(crate) struct Target<'a> {
    /// What it says.
    pub(crate) kustomization: Kustomization,
    /// Reads what it names.
    pub(super) loader: Loader<'a>,
    /// The name of its file.
    pub(super) name: &'static str,
    /// What the origin of everything in it starts with, if origins are wanted.
    pub(super) origin: Option<Origin>,
    /// The namespace that kustomizations above give to charts.
    pub(super) helm_namespace: String,
    content: Arc<[u8]>,
}

impl<'a> Target<'a> {
    /// Reads the kustomization of a folder.
    pub(crate) fn read(loader: Loader<'a>, session: &mut Session) -> Result<Self, BuildError> {
        let (name, content) = find(&loader)?;
        let path = loader.place_of(name);
        let (kustomization, warnings) = file::read(&content, &path)?;
        session.warn(warnings);
        Ok(Self {
            kustomization,
            loader,
            name,
            origin: None,
            helm_namespace: String::new(),
            content,
        })
    }

    /// The kustomization at which a build starts.
    pub(crate) fn start(
        loader: Loader<'a>,
        session: &mut Session,
        edit: impl FnOnce(&mut Kustomization) -> Result<(), BuildError>,
    ) -> Result<Self, BuildError> {
        let mut target = Self::read(loader, session)?;
        edit(&mut target.kustomization)?;
        target.choose_schema(session)?;
        if !target.kustomization.build_metadata.is_empty() {
            target.origin = Some(Origin::default());
        }
        Ok(target)
    }

    /// The kustomization of a folder that this one names by a path. On the heap: folders may name
    /// folders for a long time, and each of them is on the stack until the last is built.
    pub(super) fn below(
        &self,
        loader: Loader<'a>,
        path: &str,
        session: &mut Session,
    ) -> Result<Box<Self>, BuildError> {
        let mut below = Box::new(Self::read(loader, session)?);
        let ours = &self.kustomization;
        below
            .kustomization
            .build_metadata
            .clone_from(&ours.build_metadata);
        below.origin = self.origin.as_ref().map(|origin| origin.enter(path));
        below.helm_namespace = match ours.namespace.is_empty() {
            true => self.helm_namespace.clone(),
            false => ours.namespace.clone(),
        };
        below.choose_schema(session)?;
        Ok(below)
    }

    fn choose_schema(&self, session: &mut Session) -> Result<(), BuildError> {
        session
            .choose_schema(&self.kustomization.openapi, &self.loader)
            .map_err(|error| error.through(self.step("openapi", "")))
    }

    /// Refuses a component where a kustomization is wanted, and the other way round.
    pub(super) fn check_kind(&self, component: bool) -> Result<(), BuildError> {
        let found = &self.kustomization.kind;
        let folder = || self.loader.place();
        match (component, found == COMPONENT) {
            (true, false) => Err(Problem::NoComponent {
                folder: folder(),
                found: found.clone(),
            }
            .into()),
            (false, true) => Err(Problem::Component(folder()).into()),
            _ => Ok(()),
        }
    }

    /// Gathers what this kustomization names and changes it as it says. A component goes on with what
    /// its parent has gathered; others start with nothing.
    pub(crate) fn accumulate(
        &self,
        session: &mut Session,
        all: &mut Accumulator,
    ) -> Result<(), BuildError> {
        let ours = &self.kustomization;
        self.accumulate_paths(session, all, "resources", &ours.resources)?;
        self.merge_config(session, all)?;
        self.generate(session, all)?;
        self.accumulate_components(session, all)?;
        self.transform(session, all)?;
        self.validate(session, all)?;
        all.variables
            .declare(&ours.vars, &mut all.resources, &session.schema())
            .map_err(|error| BuildError::from(error).through(self.step("vars", "")))
    }

    fn merge_config(&self, session: &mut Session, all: &mut Accumulator) -> Result<(), BuildError> {
        let Kustomization {
            configurations,
            crds,
            ..
        } = &self.kustomization;
        let configured = match configurations.is_empty() {
            true => all.merge_built_in_config().map_err(BuildError::from),
            false => own(
                session,
                all,
                config::from_files(configurations, &self.loader),
            ),
        };
        configured.map_err(|error| error.through(self.step("configurations", "")))?;
        match crds.is_empty() {
            true => Ok(()),
            false => own(session, all, config::from_crds(crds, &self.loader))
                .map_err(|error| error.through(self.step("crds", ""))),
        }
    }

    /// The path of its file, for messages.
    pub(super) fn file(&self) -> String {
        self.loader.place_of(self.name)
    }

    /// Where what it generates is written.
    pub(super) fn place(&self) -> Place {
        Place {
            file: self.file().into(),
            line: 0,
        }
    }

    /// A field of it, as a step on the way to an error.
    pub(super) fn step(&self, field: &str, value: &str) -> Step {
        Step::find(&self.file(), &self.content, field, None, value)
    }

    /// An entry of a list in it, as a step on the way to an error.
    pub(super) fn step_at(&self, field: &str, index: usize, value: &str) -> Step {
        Step::find(&self.file(), &self.content, field, Some(index), value)
    }

    /// All of it, as a step on the way to an error.
    pub(crate) fn itself(&self) -> Step {
        self.step("", "")
    }
}

fn own(
    session: &mut Session,
    all: &mut Accumulator,
    read: Result<TransformerConfig, ConfigError>,
) -> Result<(), BuildError> {
    let read = read?;
    session.count_work(all.effort_of_fields(&read))?;
    Ok(all.merge_own_config(read)?)
}

/// The one kustomization file of a folder. One that is there and cannot be read matters only where
/// there is no other.
fn find(loader: &Loader<'_>) -> Result<(&'static str, Arc<[u8]>), BuildError> {
    let (mut found, mut unreadable) = (Vec::new(), None);
    for name in NAMES {
        match loader.load(name) {
            Ok(content) => found.push((name, content)),
            Err(LoadError::Missing(_) | LoadError::NotAFile(_)) => {}
            Err(error) => unreadable = unreadable.or(Some(error)),
        }
    }
    let folder = loader.place();
    match (&found[..], unreadable) {
        ([], None) => Err(Problem::NoKustomization(folder).into()),
        ([], Some(error)) => Err(error.into()),
        ([_], _) => Ok(found.remove(0)),
        ([(one, _), (other, _), ..], _) => {
            let files = format!("{one} and {other}");
            Err(Problem::ManyKustomizations { folder, files }.into())
        }
    }
}
