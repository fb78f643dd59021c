//! One case: what is built, and what comes of it.

use crate::tree::tree_of;
use model::{MemoryTree, TreePath};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// What is built, and what comes of it.
pub struct Case {
    /// `FOLDER/TEST`, or `TABLE#ROW`.
    pub name: String,
    /// What is read.
    pub tree: MemoryTree,
    /// The folder that is built.
    pub folder: TreePath,
    /// What is not as by default.
    pub options: Value,
    /// What comes of it.
    pub outcome: Outcome,
}

/// What comes of a build.
pub enum Outcome {
    /// This text.
    Text(String),
    /// An error that says this.
    Error(String),
}

impl Case {
    /// Reads all cases.
    pub fn all(folder: &Path) -> Vec<Self> {
        let groups = names(folder).into_iter().filter(|group| group != "tables");
        let cases = groups.flat_map(|group| {
            let tests = names(&folder.join(&group)).into_iter();
            tests.map(move |test| format!("{group}/{test}"))
        });
        cases
            .map(|name| Self::read(&folder.join(&name), name))
            .collect()
    }

    fn read(folder: &Path, name: String) -> Self {
        let text = fs::read(folder.join("case.json")).expect("a case has a case.json");
        let about: Value = serde_json::from_slice(&text).expect("case.json is JSON");
        let input = folder.join("input");
        let mut tree = match input.is_dir() {
            true => tree_of(&input),
            false => MemoryTree::new(),
        };
        let mut path = about["path"].as_str().unwrap_or(".");
        if let "transformer" | "generator" = about["kind"].as_str().unwrap_or_default() {
            wrap(&mut tree, &about["plugin"][0]);
            path = ".";
        }
        let outcome = match fs::read_to_string(folder.join("expected.yaml")) {
            Ok(text) => Outcome::Text(without_notes(&text)),
            Err(_) => Outcome::Error(about["message"].as_str().unwrap_or_default().to_owned()),
        };
        Self {
            name,
            tree,
            folder: TreePath::parse(path.trim_start_matches('/')).expect("a path in the tree"),
            options: about["options"].clone(),
            outcome,
        }
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry"));
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = folders
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// A kustomization around a single plugin. What upstream's test of the plugin cannot have, as there
/// is no build around it, is turned off.
pub fn wrap(tree: &mut MemoryTree, plugin: &Value) {
    let config = read(tree, "config.yaml");
    let has_resources = !read(tree, "resources.yaml").is_empty();
    let kustomization = match plugin.as_str().unwrap_or_default() {
        "SortOrderTransformer" => {
            let own = config.split_once("sortOptions:").map_or("", |(_, own)| own);
            format!("resources: [resources.yaml]\nsortOptions:{own}")
        }
        _ if has_resources => "resources: [resources.yaml]\ntransformers: [config.yaml]\n".into(),
        _ => "generators: [config.yaml]\n".into(),
    };
    if !has_resources {
        let config = config.replace("behavior: merge\n", "");
        let config = format!("{config}\noptions: {{disableNameSuffixHash: true}}\n");
        write(tree, "config.yaml", &config);
    }
    write(tree, "kustomization.yaml", &kustomization);
}

/// Writes a file of a case.
pub fn write(tree: &mut MemoryTree, path: &str, text: &str) {
    tree.write(
        &TreePath::parse(path).expect("a path in the tree"),
        text.as_bytes(),
    );
}

fn read(tree: &MemoryTree, path: &str) -> String {
    let path = TreePath::parse(path).expect("a path in the tree");
    let blob = model::SourceTree::read(tree, &path);
    blob.map_or(String::new(), |blob| {
        String::from_utf8_lossy(&blob.bytes).into_owned()
    })
}

/// What a single transformer leaves to the build to take off.
fn without_notes(text: &str) -> String {
    let is_note = |line: &&str| {
        line.trim_start()
            .starts_with("internal.config.kubernetes.io/")
    };
    let lines: Vec<&str> = text.lines().filter(|line| !is_note(line)).collect();
    let empty = |at: usize| {
        let deeper = lines
            .get(at + 1)
            .is_some_and(|next| next.starts_with("    "));
        lines[at] == "  annotations:" && !deeper
    };
    let kept = (0..lines.len()).filter(|at| !empty(*at));
    kept.map(|at| format!("{}\n", lines[at])).collect()
}
