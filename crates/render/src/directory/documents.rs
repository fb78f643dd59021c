//! The documents of a file as manifests.
//!
//! In: a file's text. Out: its manifests, lists unrolled, or problems with their lines. Folders hold
//! other YAML too, so a YAML file that never meant to be a manifest is passed over. Argo CD passes
//! over any broken one that lacks one of `apiVersion:`, `kind:` and `metadata:`; here a trace of
//! them makes it an error, since a file that was cut short must not look as if its objects had
//! been removed.

use crate::Problems;
use crate::manifests::{manifest, unroll};
use model::{Manifest, Origin, TreePath};
use serde_json::Value;
use std::sync::Arc;

/// Adds a file's manifests, or what is wrong with it.
pub(super) fn manifests(
    path: &TreePath,
    text: &[u8],
    manifests: &mut Vec<Manifest>,
    problems: &mut Problems,
    warnings: &mut Vec<String>,
) {
    let is_json = path.name().ends_with(".json");
    let mut file = File {
        path: path.as_str().into(),
        ..File::default()
    };
    match is_json {
        true => file.read_json(text),
        false => file.read_yaml(text),
    }
    let traced = has_a_trace(text);
    if file.wrong.is_empty() {
        manifests.append(&mut file.read);
    } else if is_json || file.claims || !file.read.is_empty() || (file.broken && traced) {
        file.wrong
            .into_iter()
            .for_each(|(origin, what)| problems.add(origin, what));
    } else if traced {
        warnings.push(format!(
            "{path} is left out: nothing in it has an apiVersion and a kind"
        ));
    }
}

#[derive(Default)]
struct File {
    path: Arc<str>,
    read: Vec<Manifest>,
    wrong: Vec<(Origin, String)>,
    /// It is no YAML.
    broken: bool,
    /// Something in it means to be a manifest, however incomplete.
    claims: bool,
}

impl File {
    fn read_yaml(&mut self, text: &[u8]) {
        let limits = yaml::Limits::default();
        for document in yaml::documents(text, &limits) {
            match document {
                Ok(document) => self.take(document.value, document.line),
                Err(error) => {
                    self.broken = true;
                    let what = format!("{}; {}", error.problem, error.next_step());
                    self.tell(error.line, what);
                }
            }
        }
    }

    /// A JSON file holds one object. An image manifest, as registries keep them, is passed over.
    fn read_json(&mut self, text: &[u8]) {
        let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
        let mut values = serde_json::Deserializer::from_slice(text).into_iter::<Value>();
        match values.next() {
            None => return self.tell(1, "the file is empty; a JSON file holds one object"),
            Some(Err(error)) => return self.tell(error.line(), format!("not JSON: {error}")),
            Some(Ok(value)) if is_image_manifest(&value) => return,
            Some(Ok(_)) => {}
        }
        let rest = &text[values.byte_offset()..];
        if !rest.iter().all(u8::is_ascii_whitespace) {
            let before = text.len() - rest.trim_ascii_start().len();
            let line = 1 + text[..before].iter().filter(|byte| **byte == b'\n').count();
            return self.tell(line, "a second value; a JSON file holds one object");
        }
        self.read_yaml(text);
    }

    fn take(&mut self, value: Value, line: usize) {
        self.claims |= claims(&value);
        let origin = Origin {
            path: Arc::clone(&self.path),
            line,
        };
        let mut wrong = Vec::new();
        unroll(
            value,
            &mut |value, prefix| match manifest(value, origin.clone()) {
                Ok(manifest) => self.read.push(manifest),
                Err(what) => wrong.push(format!("{prefix}{what}")),
            },
        );
        wrong.into_iter().for_each(|what| self.tell(line, what));
    }

    fn tell(&mut self, line: usize, what: impl Into<String>) {
        self.wrong.push((
            Origin {
                path: Arc::clone(&self.path),
                line,
            },
            what.into(),
        ));
    }
}

fn claims(document: &Value) -> bool {
    let has = |field: &str| document.get(field).is_some();
    has("apiVersion") || (has("kind") && has("metadata"))
}

fn has_a_trace(text: &[u8]) -> bool {
    let has = |word: &str| text.windows(word.len()).any(|part| part == word.as_bytes());
    [
        "apiVersion",
        "kind:",
        "\"kind\"",
        "metadata:",
        "\"metadata\"",
    ]
    .into_iter()
    .any(has)
}

fn is_image_manifest(value: &Value) -> bool {
    value.get("kind").is_none() && value.get("schemaVersion").is_some_and(Value::is_number)
}
