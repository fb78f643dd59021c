//! What a build gives.
//!
//! Comes in: objects. Goes out: the objects, or the text `kustomize build` prints.

use crate::file::Warning;
use crate::resource::Place;
use serde_json::Value;

/// The objects of a build.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Built {
    /// In the order in which they are written.
    pub objects: Vec<Object>,
    /// What a reader of the kustomizations should know.
    pub warnings: Vec<Warning>,
}

/// One object.
#[derive(Clone, PartialEq, Debug)]
pub struct Object {
    /// The object.
    pub value: Value,
    /// The file and line it was read from, or the kustomization that generates it.
    pub place: Option<Place>,
}

impl Built {
    /// The text, byte for byte that of `kustomize build`.
    pub fn to_yaml(&self) -> String {
        let texts = self.objects.iter().map(|object| yaml::write(&object.value));
        texts.collect::<Vec<_>>().join("---\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn documents_stand_between_lines() {
        let object = |value| Object { value, place: None };
        let built = Built {
            objects: vec![object(json!({"b": 1, "a": "x"})), object(json!({"c": []}))],
            warnings: Vec::new(),
        };
        assert_eq!(built.to_yaml(), "a: x\nb: 1\n---\nc: []\n");
        assert_eq!(Built::default().to_yaml(), "");
    }
}
