//! Kinds that Kubernetes is about to drop, or has dropped.
//!
//! The table has a line for each of them: API version, kind, the version since which it is
//! deprecated, and what Kubernetes says about it. It was made from the types of k8s.io/client-go
//! 0.36 and their lifecycles.

use super::documents::Head;
use crate::capabilities::KubeVersion;

const TABLE: &str = include_str!("deprecated.tsv");

/// What there is to say about an object in a version of Kubernetes.
pub fn check(head: &Head, version: &KubeVersion) -> Result<(), String> {
    let mut rows = TABLE.lines().map(|line| line.splitn(4, '\t'));
    let row = rows.find_map(|mut row| {
        let is_it = row.next()? == head.api_version && row.next()? == head.kind;
        is_it.then(|| Some((row.next()?, row.next()?)))?
    });
    let Some((since, words)) = row else {
        return Ok(());
    };
    match version_of(&version.major, &version.minor) >= since.split_once('.').and_then(pair) {
        true => Err(words.to_owned()),
        false => Ok(()),
    }
}

fn pair((major, minor): (&str, &str)) -> Option<(u32, u32)> {
    version_of(major, minor)
}

fn version_of(major: &str, minor: &str) -> Option<(u32, u32)> {
    Some((major.parse().ok()?, minor.parse().ok()?))
}
