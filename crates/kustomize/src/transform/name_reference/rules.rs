//! The rules for one kind of referring resource.
//!
//! Comes in: all name references of a configuration. Goes out: those that may hold for a resource,
//! in the order of the configuration, found by its kind.

use crate::config::NameReference;
use crate::file::FieldSpec;
use crate::resource::{Gvk, ResId};
use crate::transform::field_spec::FieldPath;
use std::collections::HashMap;

/// A field of one kind that may name a resource of another.
pub(super) struct Rule<'a> {
    /// The kind that is named.
    pub target: &'a Gvk,
    /// The way to the field, for whatever kind: whether the rule holds is asked of the id a resource
    /// was read with, and its kind may have changed since.
    pub field: FieldPath<'a>,
    referrer: &'a Gvk,
}

/// The field specs of all rules, in their order, for any kind.
pub(super) fn fields_for_any_kind(references: &[NameReference]) -> Vec<FieldSpec> {
    let specs = references.iter().flat_map(|rule| &rule.referrers);
    specs
        .map(|spec| FieldSpec {
            gvk: Gvk::default(),
            ..spec.clone()
        })
        .collect()
}

/// Rules, by the kind of the referring resource.
pub(super) struct Rules<'a> {
    all: Vec<Rule<'a>>,
    by_kind: HashMap<&'a str, Vec<usize>>,
    /// Those for any kind.
    others: Vec<usize>,
}

impl<'a> Rules<'a> {
    /// Makes rules of name references and what [`fields_for_any_kind`] gave for them.
    pub fn new(references: &'a [NameReference], fields: &'a [FieldSpec]) -> Self {
        let kinds = references.iter().flat_map(|reference| {
            let referrers = reference.referrers.iter();
            referrers.map(|referrer| (&reference.target, &referrer.gvk))
        });
        let fields = FieldPath::all(fields);
        let rules = kinds.zip(fields).map(|((target, referrer), field)| Rule {
            target,
            field,
            referrer,
        });
        Self::filed(rules.collect())
    }

    fn filed(all: Vec<Rule<'a>>) -> Self {
        let kinds = all.iter().map(|rule| rule.referrer.kind.as_str());
        let mut by_kind: HashMap<_, _> = kinds.map(|kind| (kind, Vec::new())).collect();
        let mut others = by_kind.remove("").unwrap_or_default();
        for (index, rule) in all.iter().enumerate() {
            match by_kind.get_mut(rule.referrer.kind.as_str()) {
                Some(list) => list.push(index),
                None => {
                    others.push(index);
                    by_kind.values_mut().for_each(|list| list.push(index));
                }
            }
        }
        Self {
            all,
            by_kind,
            others,
        }
    }

    /// The rules for a resource that was read with this id.
    pub fn of<'b>(&'b self, id: &'b ResId) -> impl Iterator<Item = &'b Rule<'a>> {
        let list = self.by_kind.get(id.gvk.kind.as_str());
        let rules = list.unwrap_or(&self.others).iter();
        rules
            .map(|index| &self.all[*index])
            .filter(|rule| id.gvk.is_selected(rule.referrer))
    }
}
