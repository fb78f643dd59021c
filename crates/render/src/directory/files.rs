//! Which files of a folder are read.
//!
//! In: listings. Out: the files that look like manifests by their name and are not left out, in
//! the order of names. Links are followed to files inside the repository, not to folders.

use crate::Problems;
use crate::recorder::Recorder;
use model::glob::Glob;
use model::{Entry, EntryKind, Origin, TreeError, TreePath};

/// A file to read.
pub(super) struct Selected {
    pub path: TreePath,
    pub entry: Entry,
}

/// The walk through a folder.
pub(super) struct Files<'a> {
    pub recorder: &'a Recorder<'a>,
    pub recurse: bool,
    pub include: Option<Glob>,
    pub exclude: Option<Glob>,
    pub selected: Vec<Selected>,
    pub problems: &'a mut Problems,
    pub warnings: &'a mut Vec<String>,
}

/// Folders nest no deeper.
const DEEPEST: usize = 100;

const ENDINGS: [&str; 4] = [".yaml", ".yml", ".json", ".jsonnet"];

impl Files<'_> {
    /// Selects files from the app's folder on.
    pub fn walk(&mut self) -> Result<(), TreeError> {
        if self.recurse {
            self.recorder.goes_deep();
        }
        let root = self.recorder.root().clone();
        let mut ahead = self.backwards(&root)?;
        while let Some((path, entry)) = ahead.pop() {
            match entry.kind {
                EntryKind::Folder if self.recurse && path.parts().count() > DEEPEST => {
                    self.tell(&path, "folders are nested too deeply here");
                }
                EntryKind::Folder if self.recurse => ahead.extend(self.backwards(&path)?),
                EntryKind::Folder => {}
                EntryKind::Submodule if self.recurse => {
                    self.tell(&path, "this is a submodule, whose files are not here");
                }
                EntryKind::Submodule => {}
                EntryKind::File => self.consider(path, entry),
                EntryKind::Symlink => self.consider_link(path, entry)?,
            }
        }
        Ok(())
    }

    fn backwards(&self, folder: &TreePath) -> Result<Vec<(TreePath, Entry)>, TreeError> {
        let entries = self.recorder.list(folder)?.into_iter().rev();
        Ok(entries
            .map(|entry| (folder.child(&entry.name), entry))
            .collect())
    }

    fn consider(&mut self, path: TreePath, entry: Entry) {
        if is_manifest_name(&entry.name) && self.is_chosen(&path) {
            self.selected.push(Selected { path, entry });
        }
    }

    fn consider_link(&mut self, path: TreePath, entry: Entry) -> Result<(), TreeError> {
        if !is_manifest_name(&entry.name) {
            return Ok(());
        }
        match self.recorder.follow(&path) {
            Ok(Some(EntryKind::File)) => self.consider(path, entry),
            Ok(Some(_)) => self
                .warnings
                .push(format!("{path} is a link to no file; left out")),
            Ok(None) => self
                .warnings
                .push(format!("{path} is a link to nothing; left out")),
            Err(error @ TreeError::Store { .. }) => return Err(error),
            Err(error) => self.tell(&path, &error.to_string()),
        }
        Ok(())
    }

    fn is_chosen(&self, path: &TreePath) -> bool {
        let root = self.recorder.root();
        let relative = path
            .as_str()
            .strip_prefix(root.as_str())
            .unwrap_or(path.as_str());
        let relative = relative.trim_start_matches('/');
        let matches = |glob: &Option<Glob>| glob.as_ref().map(|g| g.matches(relative));
        !matches(&self.exclude).unwrap_or(false) && matches(&self.include).unwrap_or(true)
    }

    fn tell(&mut self, path: &TreePath, what: &str) {
        self.problems.add(
            Origin {
                path: path.as_str().into(),
                line: 0,
            },
            what,
        );
    }
}

/// Overrides of the source are no manifests.
fn is_manifest_name(name: &str) -> bool {
    !name.starts_with(".argocd-source") && ENDINGS.iter().any(|ending| name.ends_with(ending))
}
