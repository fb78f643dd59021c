//! Applies patches to an object.
//!
//! Comes in: an object, a line `-- patch --`, patches. Goes out: nothing, if all is well.

use kustomize::patch::json6902::{self, JsonPatch};
use kustomize::patch::strategic::{self, Growth};
use kustomize::resource::read_objects;
use kustomize::schema::Schema;
use yaml::{Limits, Node, read_node, write_node};

/// Applies the patches as each kind of patch there is.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split("-- patch --\n");
    let object = parts.next().unwrap_or_default();
    let Ok(Some(object)) = read_node(object, &Limits::default()) else {
        return;
    };
    for patch in parts {
        merge(&object, patch);
        operate(&object, patch);
    }
}

fn merge(object: &Node, patch: &str) {
    let schema = Schema::builtin();
    for patch in read_objects(patch.as_bytes()).unwrap_or_default() {
        let mut target = object.clone();
        match strategic::merge(&mut target, &patch, schema) {
            Ok(()) => look_at(&target),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    if let Ok(Some(patch)) = read_node(patch, &Limits::default()) {
        let merged = strategic::merge_values(object.clone(), &patch, schema, Growth::Behind);
        if let Ok(merged) = merged {
            look_at(&merged);
        }
    }
}

fn operate(object: &Node, patch: &str) {
    match JsonPatch::read(patch) {
        Ok(patch) => {
            let mut target = object.clone();
            match json6902::apply(&mut target, &patch) {
                Ok(()) => look_at(&target),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// What came of it can be written, if it is a value.
fn look_at(node: &Node) {
    write_node(node);
    if let Ok(value) = node.to_value() {
        yaml::write(&value);
    }
}
