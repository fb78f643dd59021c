//! Kustomizations that a kustomization names: bases, and components.
//!
//! Comes in: a folder. Goes out: what its kustomization gives. A base builds on its own and is added
//! as a whole; a component goes on with what is gathered already. Source: Kustomize 5.8.1,
//! api/internal/target/kusttarget.go (accumulateDirectory, accumulateComponents).

use super::resources::Adding;
use super::{Accumulator, Session, Target};
use crate::error::{BuildError, Problem};
use crate::load::Loader;

impl<'a> Target<'a> {
    /// Adds what the kustomization of a folder builds.
    pub(super) fn accumulate_folder(
        &self,
        session: &mut Session,
        all: &mut Accumulator,
        adding: &mut Adding,
        loader: Loader<'a>,
        path: &str,
    ) -> Result<(), BuildError> {
        let base = self.below(loader, path, session)?;
        base.check_kind(false)?;
        let mut built = Accumulator::default();
        base.accumulate(session, &mut built)?;
        let schema = session.schema();
        session.count_work(all.effort_of_merging(&built))?;
        let known = adding.known(all, &schema);
        all.merge(built, known, &schema, path)
    }

    /// Lets each component change what is gathered.
    pub(super) fn accumulate_components(
        &self,
        session: &mut Session,
        all: &mut Accumulator,
    ) -> Result<(), BuildError> {
        for path in &self.kustomization.components {
            self.accumulate_component(session, all, path)
                .map_err(|error| error.through(self.step("components", path)))?;
        }
        Ok(())
    }

    fn accumulate_component(
        &self,
        session: &mut Session,
        all: &mut Accumulator,
        path: &str,
    ) -> Result<(), BuildError> {
        session.count_work(all.resources.resources.len())?;
        let loader = self.loader.enter(path)?;
        let component = self.below(loader, path, session)?;
        component.check_kind(true)?;
        component.accumulate(session, all)?;
        let unique = all.resources.check_unique(&session.schema());
        unique.map_err(|source| {
            let from = path.to_owned();
            Problem::Merge { from, source }.into()
        })
    }
}
