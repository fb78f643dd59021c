//! The resources a patch is for.
//!
//! Comes in: resources, and the objects of a patch or a selector. Goes out: the resources that have an
//! object's id, or that the selector fits, with the patch in them.

use super::error::PatchError;
use super::near::Candidates;
use super::origin::{Origin, PatchPlace};
use super::resource::{Failure, fitted, merge};
use crate::file::Selector;
use crate::resource::{ResId, ResMap, Resource};
use crate::schema::Schema;
use std::collections::HashSet;

/// Resources that are being patched.
pub struct Targets<'a> {
    resources: &'a mut ResMap,
    origin: &'a Origin,
    schema: &'a Schema,
}

/// Where an object of a patch stands.
pub fn place(origin: &Origin, at: usize, object: &Resource) -> PatchPlace {
    PatchPlace {
        origin: origin.clone(),
        object: at + 1,
        line: object.node.line,
    }
}

impl<'a> Targets<'a> {
    pub fn new(resources: &'a mut ResMap, origin: &'a Origin, schema: &'a Schema) -> Self {
        Self {
            resources,
            origin,
            schema,
        }
    }

    /// Merges each object into the one resource that has or had its id.
    pub fn merge_each(&mut self, objects: Vec<Resource>) -> Result<(), PatchError> {
        for (at, object) in objects.into_iter().enumerate() {
            let place = place(self.origin, at, &object);
            let found = self.find(&object, &place)?;
            self.merge_one(found, object, &place)?;
        }
        self.resources.drop_gone();
        Ok(())
    }

    /// Merges the one object of a patch into all resources that a selector fits.
    pub fn merge_selected(
        &mut self,
        objects: &[Resource],
        target: &Selector,
    ) -> Result<(), PatchError> {
        match objects {
            [] => Ok(()),
            [object] => {
                let selected = self.select(target)?;
                self.merge_all(object, &selected, &place(self.origin, 0, object))
            }
            _ => Err(PatchError::ManyForTarget(self.origin.clone())),
        }
    }

    /// Changes all resources that a selector fits.
    pub fn change_selected(
        &mut self,
        target: &Selector,
        change: impl Fn(&mut Resource) -> Result<(), Failure>,
    ) -> Result<(), PatchError> {
        let place = PatchPlace::whole(self.origin.clone());
        for at in self.select(target)? {
            let resource = &mut self.resources.resources[at];
            let id = resource.current_id(self.schema);
            change(resource).map_err(|failure| failure.of(&place, id))?;
        }
        Ok(())
    }

    /// The one resource that has or had the id of an object.
    pub fn find(&self, object: &Resource, place: &PatchPlace) -> Result<usize, PatchError> {
        let id = object.original_id(self.schema);
        let found = self.resources.one_by_any_id(&id, self.schema);
        found.map_err(|source| PatchError::NoMatch {
            place: place.clone(),
            source: Box::new(source),
            near: Candidates::find(&id, self.resources, self.schema),
        })
    }

    /// Merges an object into these resources, and into those that have the same id.
    pub fn merge_all(
        &mut self,
        object: &Resource,
        selected: &[usize],
        place: &PatchPlace,
    ) -> Result<(), PatchError> {
        for at in self.with_same_ids(selected) {
            let fitted = fitted(object, &self.resources.resources[at], self.schema);
            self.merge_one(at, fitted, place)?;
        }
        self.resources.drop_gone();
        let unique = self.resources.check_unique(self.schema);
        unique.map_err(|source| PatchError::Ids {
            origin: self.origin.clone(),
            source: Box::new(source),
        })
    }

    /// These resources, and those that have the same id. Ids may be double for a while.
    fn with_same_ids(&self, selected: &[usize]) -> Vec<usize> {
        let all = &self.resources.resources;
        let names: HashSet<&str> = selected.iter().map(|at| all[*at].name()).collect();
        let ids = selected.iter().map(|at| all[*at].current_id(self.schema));
        let ids: HashSet<ResId> = ids.collect();
        let same = |resource: &Resource| {
            names.contains(resource.name()) && ids.contains(&resource.current_id(self.schema))
        };
        (0..all.len()).filter(|at| same(&all[*at])).collect()
    }

    fn merge_one(
        &mut self,
        at: usize,
        object: Resource,
        place: &PatchPlace,
    ) -> Result<(), PatchError> {
        let resource = &mut self.resources.resources[at];
        let id = resource.current_id(self.schema);
        let merged = merge(resource, object, self.schema);
        merged.map_err(|failure| failure.of(place, id))
    }

    fn select(&self, target: &Selector) -> Result<Vec<usize>, PatchError> {
        let selected = self.resources.select(target, self.schema);
        selected.map_err(|source| PatchError::Select {
            origin: self.origin.clone(),
            source: Box::new(source),
        })
    }
}
