//! Overlays that are kept with what the real kustomize makes of them.
//!
//! In: the folders of the tests: our own overlays, and upstream's cases outside the workspace, which
//! `CARETAKER_CASES` names if they are not beside it. Out: those that build. Folders that are not
//! there hold none.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// An overlay.
pub struct Kept {
    /// What it is called.
    pub name: String,
    /// The folder that holds all it reads.
    pub root: PathBuf,
    /// The folder to build, from there.
    pub folder: String,
    /// The flags to build it with.
    pub flags: Vec<String>,
}

impl Kept {
    /// The folder to build.
    pub fn path(&self) -> PathBuf {
        self.root.join(&self.folder)
    }

    /// Whether files may be read that lie outside the kustomizations' folders.
    pub fn is_unrestricted(&self) -> bool {
        self.flags.iter().any(|flag| flag.ends_with(UNRESTRICTED))
    }

    /// Whether objects stay in the order in which they are read.
    pub fn is_as_read(&self) -> bool {
        self.flags.iter().any(|flag| flag == "none")
    }
}

const UNRESTRICTED: &str = "LoadRestrictionsNone";

/// All of them.
pub fn all() -> Result<Vec<Kept>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = here.join("../../shared/cases");
    let cases = std::env::var_os("CARETAKER_CASES").map_or(beside, PathBuf::from);
    let mut all = ours(&here.join("../crates/kustomize/tests/overlays"))?;
    all.extend(upstream(&cases.join("kustomize"))?);
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

/// Our own: `NAME/input`, its folder `top` if it has one, under the flags of the file `flags`.
fn ours(folder: &Path) -> Result<Vec<Kept>> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for entry in entries {
        let overlay = entry?.path();
        let root = overlay.join("input");
        if !overlay.join("expected.yaml").is_file() {
            continue;
        }
        let flags = fs::read_to_string(overlay.join("flags")).unwrap_or_default();
        found.push(Kept {
            name: overlay
                .file_name()
                .unwrap_or_default()
                .display()
                .to_string(),
            folder: if root.join("top").is_dir() { "top" } else { "" }.to_owned(),
            root: fs::canonicalize(root)?,
            flags: flags.split_whitespace().map(str::to_owned).collect(),
        });
    }
    Ok(found)
}

/// What a case of upstream's says of itself.
#[derive(Deserialize)]
struct Case {
    kind: String,
    path: String,
    needs: Vec<String>,
    options: Value,
}

/// Upstream's that were verified, are builds, and need neither a network nor other programs.
fn upstream(folder: &Path) -> Result<Vec<Kept>> {
    let list = fs::read_to_string(folder.join("VERIFIED.txt")).unwrap_or_default();
    let mut found = Vec::new();
    for name in list.lines().map(str::trim).filter(|name| !name.is_empty()) {
        let (root, file) = (
            folder.join(name).join("input"),
            folder.join(name).join("case.json"),
        );
        let Ok(text) = fs::read(&file) else { continue };
        let case: Case = serde_json::from_slice(&text)
            .with_context(|| format!("{} cannot be read", file.display()))?;
        if case.kind == "build" && case.needs.is_empty() && root.is_dir() {
            found.push(Kept {
                name: name.to_owned(),
                root: fs::canonicalize(root)?,
                folder: case.path.trim_start_matches('/').to_owned(),
                flags: flags(&case.options),
            });
        }
    }
    Ok(found)
}

fn flags(options: &Value) -> Vec<String> {
    let restrictions = options.get("LoadRestrictions").and_then(Value::as_str);
    match restrictions.is_some_and(|which| which.ends_with(UNRESTRICTED)) {
        true => vec!["--load-restrictor".to_owned(), UNRESTRICTED.to_owned()],
        false => Vec::new(),
    }
}
