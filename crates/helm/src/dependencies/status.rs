//! How a named dependency stands, as `helm dependency list` says it.
//!
//! Source: Helm 4.2, pkg/action/dependency.go.

use super::enabled::is_compatible;
use crate::chart::{Chart, Dependency, File, Limits, load_archive};
use model::{Version, VersionRange};
use std::fmt;

/// The state of a dependency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Status {
    Ok,
    Unpacked,
    Missing,
    WrongVersion,
    InvalidVersion,
    Misnamed,
    Corrupt,
    TooManyMatches,
    BadPattern,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ok => "ok",
            Self::Unpacked => "unpacked",
            Self::Missing => "missing",
            Self::WrongVersion => "wrong version",
            Self::InvalidVersion => "invalid version",
            Self::Misnamed => "misnamed",
            Self::Corrupt => "corrupt",
            Self::TooManyMatches => "too many matches",
            Self::BadPattern => "bad pattern",
        })
    }
}

/// The state of a dependency of a chart that was loaded from a folder.
pub fn status(chart: &Chart, dependency: &Dependency, limits: &Limits) -> Status {
    let Some(pattern) = model::glob::Glob::file_path(&format!("{}-*.tgz", dependency.name)) else {
        return Status::BadPattern;
    };
    let archives = chart.raw.iter().filter(|file| {
        let name = file.name.strip_prefix("charts/");
        name.is_some_and(|name| !name.contains('/') && pattern.matches(name))
    });
    let archives: Vec<&File> = archives.collect();
    let archive = match archives[..] {
        [] => None,
        [archive] => Some(archive),
        _ => match versioned(&archives, dependency)[..] {
            [] => None,
            [archive] => Some(archive),
            _ => return Status::TooManyMatches,
        },
    };
    match archive {
        Some(archive) => archived(archive, dependency, limits),
        None => unpacked(chart, dependency),
    }
}

/// Those whose names end in a complete version.
fn versioned<'a>(archives: &[&'a File], dependency: &Dependency) -> Vec<&'a File> {
    let has_version = |file: &&&File| {
        let name = file.name.strip_prefix("charts/").unwrap_or(&file.name);
        let name = name.strip_suffix(".tgz").unwrap_or(name);
        let prefix = format!("{}-", dependency.name);
        Version::parse_strict(name.strip_prefix(&prefix).unwrap_or(name)).is_ok()
    };
    archives.iter().filter(has_version).copied().collect()
}

fn archived(archive: &File, dependency: &Dependency, limits: &Limits) -> Status {
    match load_archive(&archive.data, limits) {
        Err(_) => Status::Corrupt,
        Ok(chart) if chart.name() != dependency.name => Status::Misnamed,
        Ok(chart) => of_version(&chart, dependency).unwrap_or(Status::Ok),
    }
}

fn unpacked(chart: &Chart, dependency: &Dependency) -> Status {
    let below = chart
        .dependencies
        .iter()
        .rfind(|it| it.name() == dependency.name);
    match below {
        None => Status::Missing,
        Some(below) => of_version(below, dependency).unwrap_or(Status::Unpacked),
    }
}

/// What is wrong with the version of the chart that is there.
fn of_version(chart: &Chart, dependency: &Dependency) -> Option<Status> {
    let version = &chart.metadata.version;
    if *version == dependency.version {
        return None;
    }
    let readable =
        VersionRange::parse(&dependency.version).is_ok() && Version::parse(version).is_ok();
    match is_compatible(&dependency.version, version) {
        true => None,
        false if readable => Some(Status::WrongVersion),
        false => Some(Status::InvalidVersion),
    }
}
