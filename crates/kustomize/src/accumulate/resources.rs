//! The files, folders and addresses a kustomization builds from.
//!
//! Comes in: paths. Goes out: their resources, added to what is there: a path is tried as a file
//! first, then as a folder with a kustomization of its own. Source: Kustomize 5.8.1,
//! api/internal/target/kusttarget.go (accumulateResources).

use super::{Accumulator, Schemas, Session, Target};
use crate::error::{BuildError, Problem};
use crate::load::{LoadError, NoFolder as Why};
use crate::resource::{KnownIds, Place, ReadResourcesError, Resource};
use std::sync::Arc;

/// The ids of what is gathered, for as long as nothing but this list adds to it.
#[derive(Default)]
pub(super) struct Adding {
    known: Option<(Schemas, KnownIds)>,
}

impl Adding {
    /// The ids that are there. Which of them are the same depends on the schema, so another schema
    /// means to look again.
    pub(super) fn known(&mut self, all: &Accumulator, schema: &Schemas) -> &mut KnownIds {
        let fresh = || (schema.clone(), all.resources.known_ids(schema));
        let known = self.known.take().filter(|(of, _)| of.is(schema));
        &mut self.known.insert(known.unwrap_or_else(fresh)).1
    }
}

/// Why a path gives no resources as a file.
enum NoFile {
    Load(LoadError),
    Read(ReadResourcesError),
}

impl Target<'_> {
    /// Adds what lies at each path.
    pub(super) fn accumulate_paths(
        &self,
        session: &mut Session,
        all: &mut Accumulator,
        field: &str,
        paths: &[String],
    ) -> Result<(), BuildError> {
        let mut adding = Adding::default();
        for path in paths {
            self.accumulate_path(session, all, &mut adding, path)
                .map_err(|error| error.through(self.step(field, path)))?;
        }
        Ok(())
    }

    fn accumulate_path(
        &self,
        session: &mut Session,
        all: &mut Accumulator,
        adding: &mut Adding,
        path: &str,
    ) -> Result<(), BuildError> {
        let no_file = match self.resources_of(session, path) {
            Ok(found) => return self.add_file(session, all, adding, path, found),
            Err(NoFile::Load(error)) if error.is_http() => return Err(error.into()),
            Err(no_file) => no_file,
        };
        match self.loader.enter(path) {
            Ok(loader) => self.accumulate_folder(session, all, adding, loader, path),
            Err(no_folder) => Err(no_file.and(no_folder, path).into()),
        }
    }

    fn resources_of(&self, session: &Session, path: &str) -> Result<Vec<Resource>, NoFile> {
        let blob = self.loader.load_blob(path).map_err(NoFile::Load)?;
        let objects = session.objects(&blob).map_err(NoFile::Read)?;
        let file: Arc<str> = self.loader.place_of(path).into();
        let resource = |node: yaml::Node| {
            let place = Place {
                file: Arc::clone(&file),
                line: node.line,
            };
            Resource {
                place: Some(place),
                ..Resource::from(node)
            }
        };
        Ok(objects.into_iter().map(resource).collect())
    }

    fn add_file(
        &self,
        session: &mut Session,
        all: &mut Accumulator,
        adding: &mut Adding,
        path: &str,
        mut found: Vec<Resource>,
    ) -> Result<(), BuildError> {
        session.count_resources(&found)?;
        if let Some(origin) = &self.origin {
            let origin = origin.enter(path);
            for resource in &mut found {
                super::transformations::set_origin(resource, &origin, &session.schema())?;
            }
        }
        let schema = session.schema();
        let known = adding.known(all, &schema);
        all.append(found, known, &schema, path)
    }
}

impl NoFile {
    /// What to tell of a path that is no folder either: what is wrong with it as what it is.
    fn and(self, no_folder: LoadError, path: &str) -> Problem {
        use LoadError::{Elsewhere, IsRepository, Missing, NoFolder, NotAFile};
        match (self, no_folder) {
            (
                Self::Load(Missing(_)),
                NoFolder {
                    why: Why::Missing, ..
                },
            ) => Problem::NotThere(path.to_owned()),
            (Self::Load(Missing(_) | NotAFile(_) | IsRepository(_)), folder) => folder.into(),
            (Self::Load(Elsewhere { .. }), folder @ Elsewhere { .. }) => folder.into(),
            (Self::Load(file), NoFolder { .. }) => file.into(),
            (Self::Read(source), NoFolder { .. }) => resources(path, source),
            (Self::Read(source), _) if source.is_malformed() => resources(path, source),
            (file, folder) => Problem::Neither {
                path: path.to_owned(),
                file: match file {
                    Self::Load(error) => error.to_string(),
                    Self::Read(error) => error.to_string(),
                },
                folder,
            },
        }
    }
}

fn resources(path: &str, source: ReadResourcesError) -> Problem {
    Problem::Resources {
        file: path.to_owned(),
        source,
    }
}
