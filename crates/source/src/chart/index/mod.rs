//! The index of a Helm repository: which charts it has, in which versions, and where.
//!
//! Comes in: the file `index.yaml`, up to hundreds of megabytes. Goes out: the versions of the one
//! chart that is asked for. The file stays on disk; of one in the usual shape only an outline (where
//! each chart's part begins) is held, and a part is parsed when it is asked for. Stranger shapes are
//! read as a whole, and only what is needed is kept.
//!
//! Source: Helm 4.2, pkg/repo/v1/index.go.

mod entry;
mod error;
mod json;
mod outline;
mod whole;

pub(crate) use entry::Entry;
pub use error::IndexError;

use outline::Outline;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::{Arc, Mutex};

/// How many charts' parts are kept parsed.
const MAX_PARSED: usize = 256;

/// All charts, with their versions sorted.
type Charts = BTreeMap<Box<str>, Versions>;

/// The versions of one chart, the newest first.
pub(crate) type Versions = Arc<[Entry]>;

/// An index that was read.
pub(crate) struct Index(Shape);

enum Shape {
    Outlined {
        file: File,
        charts: BTreeMap<Box<str>, Range<u64>>,
        parsed: Mutex<HashMap<Box<str>, Versions>>,
    },
    Whole(Charts),
}

impl Index {
    /// Reads an index from its file, which it keeps.
    pub fn read(mut file: File) -> Result<Self, IndexError> {
        file.rewind()?;
        match outline::outline(&mut BufReader::with_capacity(64 << 10, &file))? {
            Some(outline) => Self::outlined(file, outline),
            None => {
                file.rewind()?;
                let mut text = Vec::new();
                file.read_to_end(&mut text)?;
                Self::of_text(&text)
            }
        }
    }

    fn outlined(file: File, outline: Outline) -> Result<Self, IndexError> {
        whole::check_head(&outline.head, !outline.charts.is_empty())?;
        Ok(Self(Shape::Outlined {
            file,
            charts: outline.charts,
            parsed: Mutex::default(),
        }))
    }

    fn of_text(text: &[u8]) -> Result<Self, IndexError> {
        let charts = match json::read(text) {
            Some(charts) => charts?,
            None => whole::read(text)?,
        };
        Ok(Self(Shape::Whole(charts)))
    }

    /// The versions of a chart; none if there is no chart of that name.
    pub fn versions(&self, chart: &str) -> Result<Option<Versions>, IndexError> {
        match &self.0 {
            Shape::Whole(charts) => Ok(charts.get(chart).cloned()),
            Shape::Outlined {
                file,
                charts,
                parsed,
            } => {
                let Some(range) = charts.get(chart) else {
                    return Ok(None);
                };
                let mut parsed = parsed.lock().expect("no panic while held");
                if let Some(versions) = parsed.get(chart) {
                    return Ok(Some(versions.clone()));
                }
                let versions = part(file, range, chart)?;
                if parsed.len() >= MAX_PARSED {
                    parsed.clear();
                }
                parsed.insert(chart.into(), versions.clone());
                Ok(Some(versions))
            }
        }
    }

    /// The names of all charts.
    pub fn names(&self) -> Vec<&str> {
        match &self.0 {
            Shape::Whole(charts) => charts.keys().map(|name| &**name).collect(),
            Shape::Outlined { charts, .. } => charts.keys().map(|name| &**name).collect(),
        }
    }
}

fn part(file: &File, range: &Range<u64>, chart: &str) -> Result<Versions, IndexError> {
    let length = usize::try_from(range.end - range.start).unwrap_or(usize::MAX);
    let mut text = vec![0; length];
    file.read_exact_at(&mut text, range.start)?;
    whole::part(&text, chart)
}

#[cfg(test)]
mod tests;
