//! The resources a patch is for.
//!
//! Comes in: resources, and the objects of a patch or a selector. Goes out: the resources that have an
//! object's id, or that the selector fits, with the patch in them.

use super::error::PatchError;
use super::near::Candidates;
use super::origin::{Origin, PatchPlace};
use super::resource::{Failure, fitted, merge};
use crate::file::Selector;
use crate::node;
use crate::resource::{Positions, ResId, ResMap, Resource};
use crate::schema::Schema;
use std::collections::HashSet;

/// Resources that are being patched.
pub struct Targets<'a> {
    resources: &'a mut ResMap,
    origin: &'a Origin,
    schema: &'a Schema,
    /// Where there are many objects to find resources for.
    positions: Option<Positions>,
    /// All ids are different.
    unique: bool,
    /// How many values there were in the resources that many objects were merged into.
    visited: usize,
}

/// How many values there may be in them, each counted again for each object.
const MOST_VISITED: usize = 500_000_000;

/// For so many objects it is no use to note where all resources are.
const FEW: usize = 8;

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
            positions: None,
            unique: false,
            visited: 0,
        }
    }

    /// Gets ready to find resources for so many objects.
    pub fn expect(&mut self, objects: usize) {
        if objects > FEW {
            self.positions = Some(Positions::of(self.resources, self.schema));
        }
    }

    /// Goes on with another patch.
    pub fn go_on(&mut self, origin: &'a Origin) {
        self.origin = origin;
    }

    /// Merges each object into the one resource that has or had its id.
    pub fn merge_each(&mut self, objects: Vec<Resource>) -> Result<(), PatchError> {
        self.expect(objects.len());
        for (at, object) in objects.into_iter().enumerate() {
            let place = place(self.origin, at, &object);
            let found = self.find(&object, &place)?;
            self.merge_one(found, object, &place)?;
        }
        self.resources.drop_gone();
        Ok(())
    }

    /// Merges each object, fitted, into the one resource that has or had its id, and into those that
    /// have the same id now. What is deleted stays until the end.
    pub fn merge_each_fitted(&mut self, objects: &[Resource]) -> Result<(), PatchError> {
        for (at, object) in objects.iter().enumerate() {
            let place = place(self.origin, at, object);
            let found = self.find(object, &place)?;
            for at in self.with_same_id(found) {
                self.merge_fitted(at, object, &place)?;
            }
            if !self.unique {
                self.check_unique()?;
                self.unique = true;
            }
        }
        Ok(())
    }

    /// All patches are in the resources.
    pub fn finish(self) {
        self.resources.drop_gone();
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
    fn find(&self, object: &Resource, place: &PatchPlace) -> Result<usize, PatchError> {
        let id = object.original_id(self.schema);
        let found = match &self.positions {
            Some(known) => self.resources.one_by_position(known, &id, self.schema),
            None => self.resources.one_by_any_id(&id, self.schema),
        };
        found.map_err(|source| PatchError::NoMatch {
            place: place.clone(),
            source: Box::new(source),
            near: Candidates::find(&id, self.resources, self.schema),
        })
    }

    /// Merges an object into these resources, and into those that have the same id.
    fn merge_all(
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
        self.check_unique()
    }

    fn check_unique(&self) -> Result<(), PatchError> {
        let unique = self.resources.check_unique(self.schema);
        unique.map_err(|source| PatchError::Ids {
            origin: self.origin.clone(),
            source: Box::new(source),
        })
    }

    /// Merges an object, fitted, into a resource. Ids hardly ever change by that.
    fn merge_fitted(
        &mut self,
        at: usize,
        object: &Resource,
        place: &PatchPlace,
    ) -> Result<(), PatchError> {
        let before = self.resources.resources[at].current_id(self.schema);
        let fitted = fitted(object, &self.resources.resources[at], self.schema);
        self.merge_one(at, fitted, place)?;
        let resource = &self.resources.resources[at];
        self.unique &= resource.is_gone() || resource.current_id(self.schema) == before;
        Ok(())
    }

    /// A resource, and those that have the same id. Ids may be double for a while.
    fn with_same_id(&self, found: usize) -> Vec<usize> {
        let Some(positions) = &self.positions else {
            return self.with_same_ids(&[found]);
        };
        let all = &self.resources.resources;
        let id = all[found].current_id(self.schema);
        let same = |at: &usize| !all[*at].is_gone() && all[*at].current_id(self.schema) == id;
        let mut same: Vec<usize> = positions.get(&id).iter().copied().filter(same).collect();
        same.sort_unstable();
        same
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
        self.visit(at)?;
        let resource = &mut self.resources.resources[at];
        let id = resource.current_id(self.schema);
        let merged = merge(resource, object, self.schema);
        merged.map_err(|failure| failure.of(place, id))?;
        if let Some(positions) = &mut self.positions {
            positions.add(at, &self.resources.resources[at], self.schema);
        }
        Ok(())
    }

    /// Merging looks at all of a resource. One object may do that with each, very many may not.
    fn visit(&mut self, at: usize) -> Result<(), PatchError> {
        if self.positions.is_none() {
            return Ok(());
        }
        let values = node::count(&self.resources.resources[at].node);
        self.visited = self.visited.saturating_add(values);
        match self.visited > MOST_VISITED {
            true => Err(PatchError::TooMuch(self.origin.clone(), MOST_VISITED)),
            false => Ok(()),
        }
    }

    fn select(&self, target: &Selector) -> Result<Vec<usize>, PatchError> {
        let selected = self.resources.select(target, self.schema);
        selected.map_err(|source| PatchError::Select {
            origin: self.origin.clone(),
            source: Box::new(source),
        })
    }
}
