//! A chart: what its files say once they are read, and the charts it brings along.
//!
//! Comes in: a folder of a source tree, or an archive. Goes out: a [`Chart`] that never changes and
//! can be shared between threads and renders. What depends on the user's values (which dependencies
//! are on, what they are called, what the parent imports) happens on a copy, which is cheap: all big
//! parts are shared. Source: Helm 4.2, pkg/chart/v2.

mod decode;
mod dependency;
mod error;
mod file;
mod limits;
mod load;
mod lock;
mod metadata;
mod pack;
mod validate;
mod value;

pub(crate) use decode::{Draft, METADATA_FIELDS, read_metadata};
pub use dependency::Dependency;
pub use error::LoadError;
pub use file::File;
pub use limits::Limits;
pub(crate) use load::load_any_format;
pub use load::{load, load_archive, unpack};
pub use lock::Lock;
pub use metadata::{Maintainer, Metadata};
pub use pack::pack;

use crate::schema::Schema;
use crate::values::Defaults;
use std::sync::Arc;

/// A chart.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// What Chart.yaml says (and requirements.yaml, for charts of version 1).
    pub metadata: Arc<Metadata>,
    /// What Chart.lock or requirements.lock says.
    pub lock: Option<Arc<Lock>>,
    /// The files of templates/, in the order they were found.
    pub templates: Arc<[File]>,
    /// Default values.
    pub values: Arc<Defaults>,
    /// What values.schema.json demands.
    pub schema: Option<Arc<Schema>>,
    /// All other files, crds/ among them.
    pub files: Arc<[File]>,
    /// Every file of the chart and of its vendored charts, as it was found.
    pub raw: Arc<[File]>,
    /// The charts of charts/, in the order of their names there.
    pub dependencies: Vec<Arc<Chart>>,
    /// What Helm says on the way, such as about a file of an older format.
    pub warnings: Vec<crate::Warning>,
}

/// A file of crds/ that holds manifests.
#[derive(Clone, Debug)]
pub struct Crd {
    /// Its path below all charts: `parent/charts/child/crds/x.yaml`.
    pub path: String,
    /// The file; its name starts with `crds/`.
    pub file: File,
}

impl Chart {
    /// Its name: after dependencies were processed, its alias.
    pub fn name(&self) -> &str {
        &self.metadata.name
    }

    /// Does it only bring `_*` templates?
    pub fn is_library(&self) -> bool {
        self.metadata.kind.eq_ignore_ascii_case("library")
    }

    /// Where it stands: its name, below `PARENT/charts/` if it has a parent.
    pub fn full_path(&self, parent: Option<&str>) -> String {
        match parent {
            Some(parent) => format!("{parent}/charts/{}", self.name()),
            None => self.name().to_owned(),
        }
    }

    /// The CRDs of this chart and then of its dependencies.
    pub fn crds(&self) -> Vec<Crd> {
        let mut found = Vec::new();
        self.collect_crds(&self.full_path(None), &mut found);
        found
    }

    fn collect_crds(&self, path: &str, found: &mut Vec<Crd>) {
        for file in self.files.iter() {
            if file.name.starts_with("crds/") && is_manifest(&file.name) {
                found.push(Crd {
                    path: format!("{path}/{}", file.name),
                    file: file.clone(),
                });
            }
        }
        for dependency in &self.dependencies {
            dependency.collect_crds(&dependency.full_path(Some(path)), found);
        }
    }
}

fn is_manifest(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    let extension = last.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["yaml", "yml", "json"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}
