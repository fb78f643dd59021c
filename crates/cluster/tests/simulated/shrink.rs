//! The shortest list of requests that still makes answers differ.

use crate::ask::Ask;
use crate::play::{Difference, Stage};
use std::fmt::Write;

/// Leaves out requests, in ever smaller pieces, as long as the last answers still differ.
pub fn shortest(
    stage: &mut Stage,
    asks: &[Ask],
    mut difference: Difference,
) -> (Vec<Ask>, Difference) {
    let mut asks = relevant(asks);
    match stage.play(&asks) {
        Some(found) => difference = found,
        None => return (asks, difference),
    }
    asks.truncate(difference.at + 1);
    let mut piece = asks.len() / 2;
    while piece > 0 {
        let mut start = 0;
        while start + piece < asks.len() {
            let mut fewer = asks.clone();
            fewer.drain(start..start + piece);
            match stage.play(&fewer) {
                Some(found) => {
                    fewer.truncate(found.at + 1);
                    difference = found;
                    asks = fewer;
                }
                None => start += piece,
            }
        }
        piece /= 2;
    }
    (asks, difference)
}

/// Only what is about the object of the last request.
fn relevant(asks: &[Ask]) -> Vec<Ask> {
    let Some(last) = asks.last() else {
        return Vec::new();
    };
    let same = |ask: &&Ask| {
        ask.kind == last.kind && ask.namespace == last.namespace && ask.name == last.name
    };
    asks.iter().filter(same).cloned().collect()
}

/// In words.
pub fn report(seed: u64, asks: &[Ask], difference: &Difference) -> String {
    let mut text = format!("CARETAKER_SEED={seed}: the last answers differ:\n");
    for ask in asks {
        let status = if ask.status { "/status" } else { "" };
        let dry_run = if ask.dry_run { " (dry run)" } else { "" };
        let (kind, name, manager) = (ask.kind().kind, &ask.name, ask.manager);
        let _ = writeln!(
            text,
            "  {manager} {kind}/{name}{status}{dry_run}: {}",
            verb(ask)
        );
    }
    for place in &difference.places {
        let _ = writeln!(text, "  {place}");
    }
    let _ = writeln!(
        text,
        "  real: {}\n  simulated: {}",
        difference.real, difference.simulated
    );
    text
}

fn verb(ask: &Ask) -> String {
    use crate::ask::Verb::{
        Apply, Create, Delete, Edit, Get, Json, List, Merge, Migrate, Replace, Strategic,
    };
    match &ask.verb {
        Create(object) => format!("create {object}"),
        Replace(object, version, uid) => {
            format!("replace {object} version {version:?} uid {uid:?}")
        }
        Edit(change) => format!("edit {change}"),
        Apply(config, force) => {
            format!("apply{} {config}", if *force { " with force" } else { "" })
        }
        Merge(patch, version) => format!("merge {patch} version {version:?}"),
        Json(patch) => format!("json patch {patch}"),
        Strategic(patch) => format!("strategic {patch}"),
        Delete {
            uid,
            version,
            propagation,
            ..
        } => {
            format!("delete uid {uid:?} version {version:?} {propagation:?}")
        }
        Migrate => "migrate".into(),
        Get => "get".into(),
        List => "list".into(),
    }
}
