//! `.Files`: the files of a chart that are neither templates nor charts.
//!
//! Comes in: the files of one chart. Goes out: an object with the methods templates call, and the
//! map it is for `range` and `index`. Source: Helm 4.2, pkg/engine/files.go.

mod methods;

use crate::chart::File;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Files by their names; of two with one name the last.
#[derive(Clone, Debug, Default)]
pub struct Files(BTreeMap<Arc<str>, Arc<[u8]>>);

impl Files {
    /// The files of a chart.
    pub fn new(files: &[File]) -> Self {
        let pairs = files.iter();
        Self(
            pairs
                .map(|file| (file.name.clone(), file.data.clone()))
                .collect(),
        )
    }

    /// The bytes of a file, none if there is no such file.
    pub fn get(&self, name: &str) -> &[u8] {
        self.0.get(name).map_or(&[], |data| data)
    }

    /// The files whose names match a gobwas pattern in which `*` stops at slashes; all of them if
    /// the pattern is none.
    pub fn glob(&self, pattern: &str) -> Self {
        let Some(glob) = model::glob::Glob::gobwas(pattern, Some('/')) else {
            return self.clone();
        };
        let matching = self.0.iter().filter(|(name, _)| glob.matches(name));
        Self(
            matching
                .map(|(name, data)| (name.clone(), data.clone()))
                .collect(),
        )
    }

    /// The lines of a file, without the empty one behind its last line break.
    pub fn lines(&self, name: &str) -> Vec<&[u8]> {
        let data = match self.0.get(name) {
            Some(data) => &data[..],
            None => return Vec::new(),
        };
        let data = data.strip_suffix(b"\n").unwrap_or(data);
        data.split(|byte| *byte == b'\n').collect()
    }

    /// Base names and contents as the `data` of a ConfigMap, in YAML.
    pub fn as_config(&self) -> String {
        self.as_yaml(|data| String::from_utf8_lossy(data).into_owned())
    }

    /// Base names and contents in base64 as the `data` of a Secret, in YAML.
    pub fn as_secrets(&self) -> String {
        use base64::{Engine, engine::general_purpose::STANDARD};
        self.as_yaml(|data| STANDARD.encode(data))
    }

    fn as_yaml(&self, text: impl Fn(&[u8]) -> String) -> String {
        let mut fields = serde_json::Map::new();
        for (path, data) in &self.0 {
            let name = path.trim_end_matches('/').rsplit('/').next();
            let name = name.unwrap_or(path).to_owned();
            fields.insert(name, text(data).into());
        }
        let yaml = yaml::write(&serde_json::Value::Object(fields));
        yaml.strip_suffix('\n').unwrap_or(&yaml).to_owned()
    }
}
