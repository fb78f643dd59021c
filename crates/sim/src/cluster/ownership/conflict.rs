//! Fields that others own, and the words for it.

use super::{ManagerId, Managers, Operation};
use crate::cluster::fields::{Element, FieldSet, write_path};
use std::collections::BTreeMap;
use std::fmt;

/// Fields that an apply would change and others own, by owner.
#[derive(Clone, Debug, Default)]
pub struct Conflicts(pub BTreeMap<ManagerId, (Option<String>, FieldSet)>);

impl Conflicts {
    /// Who of the managers owns some of the fields.
    pub fn find(managers: &Managers, except: &ManagerId, fields: &FieldSet) -> Self {
        let owners = managers.0.iter().filter(|(id, _)| *id != except);
        let owners = owners.filter_map(|(id, owned)| {
            let theirs = owned.fields.intersection(fields);
            (!theirs.is_empty()).then(|| (id.clone(), (owned.time.clone(), theirs)))
        });
        Self(owners.collect())
    }

    /// None at all?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those that are not about some of the fields.
    pub fn without(&self, allowed: &FieldSet) -> Self {
        let left = self.0.iter().filter_map(|(id, (_, fields))| {
            let left = fields.difference(allowed);
            (!left.is_empty()).then(|| (id.clone(), (None, left)))
        });
        Self(left.collect())
    }

    /// Each with its owner in words and the field.
    pub fn causes(&self) -> Vec<(String, String)> {
        let mut causes = Vec::new();
        for (id, (_, fields)) in &self.0 {
            let owner = in_words(id);
            fields.each(&mut |path: &[Element]| causes.push((owner.clone(), write_path(path))));
        }
        causes
    }
}

fn in_words(id: &ManagerId) -> String {
    let mut words = format!("{:?}", id.name);
    if !id.subresource.is_empty() {
        words.push_str(&format!(" with subresource {:?}", id.subresource));
    }
    if id.operation == Operation::Update {
        words.push_str(&format!(" using {}", id.api_version));
    }
    words
}

impl fmt::Display for Conflicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let causes = self.causes();
        if let [(owner, field)] = causes.as_slice() {
            return write!(
                f,
                "Apply failed with 1 conflict: conflict with {owner}: {field}"
            );
        }
        let mut lines = Vec::new();
        let mut last = None;
        for (owner, field) in &causes {
            if last != Some(owner) {
                lines.push(format!("conflicts with {owner}:"));
                last = Some(owner);
            }
            lines.push(format!("- {field}"));
        }
        write!(
            f,
            "Apply failed with {} conflicts: {}",
            causes.len(),
            lines.join("\n")
        )
    }
}
