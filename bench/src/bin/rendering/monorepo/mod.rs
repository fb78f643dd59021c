//! A repository of many overlays over ten bases of ten objects each.
//!
//! In: how many overlays. Out: its files in memory: an overlay sets a namespace, a name prefix, labels
//! and an image's tag, patches two objects and generates a ConfigMap.

use anyhow::Result;
use model::{MemoryTree, SourceTree, TreePath};

const BASES: u32 = 10;
const BASE: &str = include_str!("base.yaml");
const OVERLAY: [(&str, &str); 3] = [
    ("kustomization.yaml", include_str!("overlay.yaml")),
    ("deployment.yaml", include_str!("deployment.yaml")),
    ("settings.env", include_str!("settings.env")),
];

/// The repository.
pub struct Monorepo {
    /// Its files.
    pub files: MemoryTree,
    /// The folders of its overlays; the bases take turns.
    pub overlays: Vec<TreePath>,
}

impl Monorepo {
    /// Makes one.
    pub fn of(overlays: u32) -> Result<Self> {
        let mut monorepo = Self {
            files: MemoryTree::new(),
            overlays: Vec::new(),
        };
        for number in 0..BASES {
            monorepo.base(&base_name(number))?;
        }
        for number in 0..overlays {
            monorepo.overlay(number)?;
        }
        Ok(monorepo)
    }

    /// Changes a file of the first base; how many overlays stand on that.
    pub fn change_a_base(&mut self) -> Result<usize> {
        let name = base_name(0);
        let path = TreePath::parse(&format!("bases/{name}/object-3.yaml"))?;
        let mut text = self.files.read(&path)?.bytes.to_vec();
        text.extend_from_slice(b"  motto.txt: changed\n");
        self.files.write(&path, &text);
        Ok(self.overlays.len().div_ceil(BASES as usize))
    }

    /// Is it a file of a base?
    pub fn is_of_base(path: &TreePath) -> bool {
        path.parts().next() == Some("bases")
    }

    fn base(&mut self, name: &str) -> Result<()> {
        let folder = TreePath::parse(&format!("bases/{name}"))?;
        let mut kustomization = String::from("resources:\n");
        for (at, object) in BASE.split("---\n").enumerate() {
            let file = format!("object-{at}.yaml");
            kustomization.push_str(&format!("  - {file}\n"));
            let text = object.replace("BASE", name);
            self.files.write(&folder.child(&file), text.as_bytes());
        }
        let file = folder.child("kustomization.yaml");
        self.files.write(&file, kustomization.as_bytes());
        Ok(())
    }

    fn overlay(&mut self, number: u32) -> Result<()> {
        let name = format!("team-{number:04}");
        let folder = TreePath::parse(&format!("overlays/{name}"))?;
        for (file, text) in OVERLAY {
            let text = text
                .replace("OVERLAY", &name)
                .replace("BASE", &base_name(number % BASES))
                .replace("NUMBER", &number.to_string());
            self.files.write(&folder.child(file), text.as_bytes());
        }
        self.overlays.push(folder);
        Ok(())
    }
}

fn base_name(number: u32) -> String {
    format!("service-{number}")
}
