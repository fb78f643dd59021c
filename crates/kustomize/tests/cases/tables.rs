//! Tables of upstream's tests, a case for each row that holds all it needs.

use crate::case::{Case, Outcome, wrap, write};
use crate::tree::tree_of;
use model::{MemoryTree, TreePath};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

type ReadRow = fn(&Path, &Value) -> Option<Case>;

const TABLES: [(&str, ReadRow); 4] = [
    ("api_krusty.TestLabelTransformerConfig", label_config),
    (
        "plugin_builtin_namespacetransformer.TestNamespaceTransformer_RoleBindingSubjectMode",
        subjects,
    ),
    (
        "plugin_builtin_patchstrategicmergetransformer.TestMultiplePatches",
        merges,
    ),
    (
        "plugin_builtin_patchstrategicmergetransformer.TestSinglePatch",
        merges,
    ),
];

/// The rows of the tables that can be played, from the folder of all cases.
pub fn cases(root: &Path) -> Vec<Case> {
    let mut cases = Vec::new();
    for (table, read) in TABLES {
        let file = root.join(format!("tables/{table}.0.json"));
        let text = fs::read(file).expect("the table is there");
        let rows: Vec<Value> = serde_json::from_slice(&text).expect("a table is JSON");
        for (at, row) in rows.iter().enumerate() {
            let case = read(root, row).expect("a row has what its table needs");
            let name = format!("{table}#{at}");
            cases.push(Case { name, ..case });
        }
    }
    cases
}

/// Around these rows stands what the first one's case has.
fn label_config(root: &Path, row: &Value) -> Option<Case> {
    let mut tree = tree_of(&root.join("api_krusty/TestLabelTransformerConfig/input"));
    write(
        &mut tree,
        "kustomization.yaml",
        row["kustomization"].as_str()?,
    );
    let config = row["transformerConfig"].as_str().unwrap_or_default();
    write(&mut tree, "config/configurations.yaml", config);
    case(tree, row["expectedResult"].as_str()?)
}

fn subjects(_: &Path, row: &Value) -> Option<Case> {
    let mut tree = MemoryTree::new();
    write(&mut tree, "resources.yaml", row["input"].as_str()?);
    write(&mut tree, "config.yaml", row["transformerConfig"].as_str()?);
    wrap(&mut tree, &Value::Null);
    case(tree, row["expected"].as_str()?)
}

fn merges(_: &Path, row: &Value) -> Option<Case> {
    let mut tree = MemoryTree::new();
    write(&mut tree, "resources.yaml", row["base"].as_str()?);
    let patches = match &row["patch"] {
        Value::String(_) => vec![&row["patch"]],
        patches => patches.as_array()?.iter().collect(),
    };
    let kustomization = json!({"resources": ["resources.yaml"], "patchesStrategicMerge": patches});
    write(&mut tree, "kustomization.yaml", &kustomization.to_string());
    case(tree, row["expected"].as_str()?)
}

fn case(tree: MemoryTree, expected: &str) -> Option<Case> {
    Some(Case {
        name: String::new(),
        tree,
        folder: TreePath::root(),
        options: Value::Null,
        outcome: Outcome::Text(expected.trim_start().to_owned()),
    })
}
