//! Charts that are kept outside the workspace, which `CARETAKER_CASES` names if they are not beside it.
//!
//! Out: every chart there, vendored charts included. Where there are none, none are measured.

use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};

/// A chart.
pub struct Kept {
    /// What it is called.
    pub name: String,
    /// Its folder.
    pub path: PathBuf,
}

/// All of them, by their names.
pub fn all() -> Result<Vec<Kept>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/cases");
    let cases = std::env::var_os("CARETAKER_CASES").map_or(beside, PathBuf::from);
    let mut all = Vec::new();
    let Ok(entries) = fs::read_dir(cases.join("charts")) else {
        return Ok(all);
    };
    for entry in entries {
        let folder = entry?.path();
        let path = folder.join("chart");
        if path.join("Chart.yaml").is_file() && folder.join("cases").is_dir() {
            let name = folder.file_name().unwrap_or_default();
            all.push(Kept {
                name: name.display().to_string(),
                path: fs::canonicalize(path)?,
            });
        }
    }
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}
