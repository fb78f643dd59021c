//! One case: a command of `helm`, and what came of it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// A command, and what came of it.
pub struct Case {
    /// `GROUP/NAME`.
    pub name: String,
    /// The words behind `helm`.
    pub arguments: Vec<String>,
    /// The chart.
    pub chart: Arc<model::MemoryTree>,
    /// Where files are that the command names.
    pub files: Files,
    /// Its exit code.
    pub exit: i64,
    /// What it printed, where that is compared.
    pub stdout: Vec<u8>,
    /// What it printed to standard error.
    pub stderr: String,
    /// What differs from run to run of the real program.
    pub varies: Varies,
    /// The notes are what was printed.
    pub notes: bool,
}

/// What differs from run to run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Varies {
    /// Nothing.
    #[default]
    Nothing,
    /// Parts of what is printed.
    Output,
    /// The order of what is printed to standard error.
    Errors,
}

/// Files a command names.
pub enum Files {
    /// Below a folder.
    Folder(PathBuf),
    /// By their names.
    Memory(BTreeMap<String, Vec<u8>>),
}

impl Files {
    /// A file's bytes, or why it cannot be read.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let missing = || format!("open {path}: no such file or directory");
        match self {
            Self::Folder(folder) if folder.join(path).is_dir() => {
                Err(format!("read {path}: is a directory"))
            }
            Self::Folder(folder) => std::fs::read(folder.join(path)).map_err(|_| missing()),
            Self::Memory(files) => files.get(path).cloned().ok_or_else(missing),
        }
    }
}

impl Varies {
    /// By what a case says of itself.
    pub fn of(about: &serde_json::Value) -> Self {
        match (
            about["nondeterministic"].as_bool(),
            about["nondeterministic_part"].as_str(),
        ) {
            (Some(true), Some("stderr")) => Self::Errors,
            (Some(true), None) if about["exit"] != 0 => Self::Errors,
            (Some(true), _) => Self::Output,
            _ => Self::Nothing,
        }
    }
}
