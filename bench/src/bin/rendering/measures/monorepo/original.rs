//! A few of the overlays by the real kustomize, from files on disk.

use super::plain::build;
use crate::counted_tree::CountedTree;
use crate::kept::Kept;
use crate::monorepo::Monorepo;
use crate::shortest::Shortest;
use crate::tool::Tool;
use anyhow::{Result, ensure};
use bench::fast_folder;
use model::{MemoryTree, SourceTree, TreePath};
use std::fs;
use std::path::Path;

/// How many it builds.
const SAMPLE: usize = 20;

/// The mean of each one's shortest time in seconds; its bytes must be ours.
pub fn measure(monorepo: &Monorepo, runs: u32, real: &Tool) -> Result<f64> {
    let folder = fast_folder::create()?;
    write(&monorepo.files, folder.path())?;
    let tree = CountedTree::of(&monorepo.files)?;
    let mut seconds = Vec::new();
    for overlay in monorepo.overlays.iter().take(SAMPLE) {
        let ours = build(&tree, overlay, None)?.to_yaml();
        let mut shortest = Shortest::NONE;
        for _ in 0..runs {
            let (took, text) = real.build(&kept(overlay, folder.path()))?;
            let same = text.is_some_and(|text| text == ours.as_bytes());
            ensure!(same, "kustomize builds {overlay} otherwise than Caretaker");
            shortest.take(took);
        }
        seconds.push(shortest.seconds());
    }
    Ok(seconds.iter().sum::<f64>() / seconds.len() as f64)
}

fn kept(overlay: &TreePath, root: &Path) -> Kept {
    Kept {
        name: overlay.to_string(),
        root: root.to_owned(),
        folder: overlay.as_str().to_owned(),
        flags: Vec::new(),
    }
}

fn write(files: &MemoryTree, folder: &Path) -> Result<()> {
    for path in files.paths() {
        let place = folder.join(path);
        fs::create_dir_all(place.parent().unwrap_or(folder))?;
        fs::write(place, &files.read(&TreePath::parse(path)?)?.bytes)?;
    }
    Ok(())
}
