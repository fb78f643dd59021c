//! Two configurations made one.
//!
//! Comes in: a configuration and another. Goes out: the first, with the fields that only the second
//! has behind its own, sorted again. Source: Kustomize 5.8.1, api/types/fieldspec.go and
//! api/internal/plugins/builtinconfig/{namebackreferences,transformerconfig}.go.

use super::{NameReference, TransformerConfig};
use crate::file::FieldSpec;

/// The same field is to be made in one rule and not in another.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "conflicting fieldspecs: {list} has the path {path} with create: {here} already, \
     which is not to be mixed with create: {there}; give both the same"
)]
pub struct Conflict {
    /// Which list they are in.
    pub list: &'static str,
    /// The path of both.
    pub path: String,
    /// What the rule that was there says.
    pub here: bool,
    /// What the new rule says.
    pub there: bool,
}

impl TransformerConfig {
    /// Adds what another configuration has. A field counts as there if a rule has its path and is of
    /// its kind, or of a narrower one.
    pub fn merge(mut self, other: &Self) -> Result<Self, Conflict> {
        // As in almost every kustomization.
        let is_built_in = std::ptr::eq(other, Self::built_in());
        if is_built_in && (self == Self::default() || self == *other) {
            return Ok(other.clone());
        }
        let ours = self.lists_mut().into_iter();
        for (ours, (list, theirs)) in ours.zip(other.lists()) {
            merge_specs(list, ours, theirs)?;
        }
        for rule in &other.name_references {
            merge_reference(&mut self.name_references, rule)?;
        }
        self.sort();
        Ok(self)
    }
}

/// Adds a rule about one kind to those there are. One about a new kind is taken as it is.
pub(super) fn merge_reference(
    rules: &mut Vec<NameReference>,
    new: &NameReference,
) -> Result<(), Conflict> {
    let mut known = false;
    for rule in rules.iter_mut() {
        if rule.target.same(&new.target) {
            merge_specs("nameReference", &mut rule.referrers, &new.referrers)?;
            known = true;
        }
    }
    if !known {
        rules.push(new.clone());
    }
    Ok(())
}

/// Adds fields to a list.
pub(super) fn merge_specs(
    list: &'static str,
    specs: &mut Vec<FieldSpec>,
    more: &[FieldSpec],
) -> Result<(), Conflict> {
    more.iter().try_for_each(|new| merge_spec(list, specs, new))
}

/// Adds a field to a list, unless it is there.
pub(super) fn merge_spec(
    list: &'static str,
    specs: &mut Vec<FieldSpec>,
    new: &FieldSpec,
) -> Result<(), Conflict> {
    let there = specs
        .iter()
        .find(|spec| spec.path == new.path && spec.gvk.is_selected(&new.gvk));
    match there {
        Some(spec) if spec.create != new.create => Err(Conflict {
            list,
            path: new.path.clone(),
            here: spec.create,
            there: new.create,
        }),
        Some(_) => Ok(()),
        None => {
            specs.push(new.clone());
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::Gvk;

    fn spec(kind: &str, path: &str, create: bool) -> FieldSpec {
        FieldSpec {
            gvk: Gvk::unscoped("", "", kind),
            path: path.to_owned(),
            create,
        }
    }

    fn reference(kind: &str, referrers: &[FieldSpec]) -> NameReference {
        NameReference {
            target: Gvk::unscoped("", "", kind),
            referrers: referrers.to_vec(),
        }
    }

    #[test]
    fn the_built_in_table_merges_with_nothing_and_with_itself() {
        let table = TransformerConfig::built_in();
        let mut merged = TransformerConfig::default();
        for rule in &table.name_references {
            assert_eq!(merge_reference(&mut merged.name_references, rule), Ok(()));
        }
        assert_eq!(merged.name_references, table.name_references);
        for list in [&table.common_labels, &table.var_references, &table.images] {
            let mut once = Vec::new();
            assert_eq!(merge_specs("", &mut once, list), Ok(()));
            assert_eq!(once, *list);
        }
        let merged = TransformerConfig::default().merge(table);
        assert_eq!(merged.as_ref(), Ok(table));
        assert_eq!(table.clone().merge(table).as_ref(), Ok(table));
        // Nothing to add, though the two are not the same.
        let mut longer = table.clone();
        longer.labels.push(spec("Queue", "spec/labels", true));
        assert_eq!(longer.clone().merge(table), Ok(longer));
    }

    #[test]
    fn fields_are_added_once_and_sorted() {
        let ours = TransformerConfig {
            images: vec![spec("Pod", "a", true), spec("Zoo", "z", false)],
            ..TransformerConfig::default()
        };
        let theirs = TransformerConfig {
            // Any kind: `Pod` is narrower, so the path counts as there.
            images: vec![spec("", "a", true), spec("Namespace", "z", false)],
            ..TransformerConfig::default()
        };
        let merged = ours.clone().merge(&theirs).expect("no conflict");
        let expected = [
            spec("Namespace", "z", false),
            spec("Pod", "a", true),
            spec("Zoo", "z", false),
        ];
        assert_eq!(merged.images, expected);
        // The other way round both stay: any kind is wider than `Pod`.
        let merged = theirs.merge(&ours).expect("no conflict");
        assert_eq!(merged.images.len(), 4);
    }

    #[test]
    fn rules_that_contradict_each_other_are_refused() {
        let ours = TransformerConfig {
            common_labels: vec![spec("Pod", "a/b", true)],
            ..TransformerConfig::default()
        };
        let mut theirs = ours.clone();
        theirs.common_labels[0].create = false;
        let conflict = ours.merge(&theirs).expect_err("they contradict each other");
        assert_eq!(
            conflict.to_string(),
            "conflicting fieldspecs: commonLabels has the path a/b with create: true already, \
             which is not to be mixed with create: false; give both the same"
        );
    }

    #[test]
    fn references_to_one_kind_are_one_rule_in_the_order_given() {
        let config = |references: &[NameReference]| TransformerConfig {
            name_references: references.to_vec(),
            ..TransformerConfig::default()
        };
        let (a, b) = (spec("A", "a", false), spec("B", "b", false));
        let ours = config(&[reference("Zoo", std::slice::from_ref(&b))]);
        let theirs = config(&[
            reference("Zoo", &[a.clone(), b.clone()]),
            reference("Secret", &[a.clone(), a.clone()]),
        ]);
        let merged = ours.merge(&theirs).expect("no conflict");
        let expected = config(&[
            // Taken as it is: what is there twice stays twice.
            reference("Secret", &[a.clone(), a.clone()]),
            reference("Zoo", &[b, a]),
        ]);
        assert_eq!(merged, expected);
    }
}
