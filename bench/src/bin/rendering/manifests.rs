//! A large set of manifests as people keep them: definitions of resources with deep schemas, which
//! are most of what is read in a cluster of many operators; workloads; and texts in ConfigMaps.
//!
//! In: how many bytes. Out: documents, the same in every run.

use serde_json::{Map, Value, json};

/// The documents, about so many bytes of them.
pub fn documents(bytes: usize) -> Vec<String> {
    let mut prose = Prose(0x2545_F491_4F6C_DD1D);
    let (mut documents, mut written) = (Vec::new(), 0);
    while written < bytes {
        let number = documents.len();
        let round = [
            yaml::write(&definition(number, &mut prose)),
            workloads(number),
            yaml::write(&texts(number, &mut prose)),
        ];
        for document in round.iter().flat_map(|text| text.split("---\n")) {
            written += document.len();
            documents.push(document.to_owned());
        }
    }
    documents
}

/// A CustomResourceDefinition of two versions, as generators write them.
fn definition(number: usize, prose: &mut Prose) -> Value {
    let versions = ["v1alpha1", "v1"].map(|version| {
        let properties = json!({ "spec": schema(4, prose), "status": schema(2, prose) });
        let schema = json!({ "type": "object", "properties": properties });
        let stored = version == "v1";
        json!({ "name": version, "served": true, "storage": stored, "schema": { "openAPIV3Schema": schema } })
    });
    let names = json!({ "kind": "Widget", "listKind": "WidgetList", "plural": "widgets", "singular": "widget" });
    json!({
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {
            "name": format!("widgets.group-{number}.example.com"),
            "annotations": { "controller-gen.kubebuilder.io/version": "v0.16.1" },
        },
        "spec": { "group": format!("group-{number}.example.com"), "names": names, "scope": "Namespaced", "versions": versions },
    })
}

/// An object's schema, so many levels deep.
fn schema(depth: usize, prose: &mut Prose) -> Value {
    let mut properties = Map::new();
    for _ in 0..5 {
        let property = match (depth, prose.below(4)) {
            (0, _) | (_, 0) => scalar(prose),
            (_, 1) => {
                json!({ "type": "array", "items": schema(depth - 1, prose), "x-kubernetes-list-type": "atomic" })
            }
            _ => schema(depth - 1, prose),
        };
        properties.insert(prose.name(), property);
    }
    let required: Vec<String> = properties.keys().take(2).cloned().collect();
    json!({ "description": prose.text(3), "type": "object", "properties": properties, "required": required })
}

fn scalar(prose: &mut Prose) -> Value {
    let description = prose.text(2);
    match prose.below(4) {
        0 => {
            json!({ "description": description, "type": "string", "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "maxLength": 63 })
        }
        1 => {
            json!({ "description": description, "type": "integer", "format": "int32", "minimum": 0, "default": 10 })
        }
        2 => {
            json!({ "description": description, "type": "string", "enum": ["Always", "Never", "IfNotPresent", ""] })
        }
        _ => {
            json!({ "description": description, "anyOf": [{ "type": "integer" }, { "type": "string" }], "x-kubernetes-int-or-string": true })
        }
    }
}

/// Ten objects as people write them, with comments.
fn workloads(number: usize) -> String {
    include_str!("monorepo/base.yaml").replace("BASE", &format!("service-{number}"))
}

/// A ConfigMap of a long text, a short one, and one that must be quoted.
fn texts(number: usize, prose: &mut Prose) -> Value {
    let lines: Vec<String> = (0..120)
        .map(|line| format!("{line:03} {}", prose.text(1)))
        .collect();
    let data = json!({ "guide.txt": lines.join("\n") + "\n", "enabled": "true", "quote.txt": prose.text(1) + " # not a comment: this is text\t" });
    json!({ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": format!("texts-{number}") }, "data": data })
}

/// Words in an order that looks random and is not.
struct Prose(u64);

const WORDS: [&str; 24] = [
    "the",
    "controller",
    "of",
    "each",
    "replica",
    "field",
    "must",
    "be",
    "a",
    "label",
    "selector",
    "which",
    "when",
    "empty",
    "defaults",
    "to",
    "namespace",
    "in",
    "reconciled",
    "status",
    "template",
    "`spec`",
    "resource's",
    "set",
];

impl Prose {
    /// A number below the limit.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % limit
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }

    /// So many sentences.
    fn text(&mut self, sentences: usize) -> String {
        let sentence = |prose: &mut Self| {
            let words: Vec<&str> = (0..8 + prose.below(8)).map(|_| prose.word()).collect();
            format!("{}.", words.join(" "))
        };
        let sentences: Vec<String> = (0..sentences).map(|_| sentence(self)).collect();
        sentences.join(" ")
    }

    /// A field's name.
    fn name(&mut self) -> String {
        let word = |prose: &mut Self| prose.word().replace(['`', '\''], "");
        let (first, second) = (word(self), word(self));
        format!("{first}{}{}", second[..1].to_uppercase(), &second[1..])
    }
}
