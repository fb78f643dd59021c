//! While the audience plays: what becomes of the Applications.
//!
//! In: their watch. Out: a line whenever one of them has something new to say, until Ctrl-C.

use crate::application::Application;
use crate::interrupt;
use crate::stage::Stage;
use crate::transcript::Transcript;
use std::collections::HashMap;

/// Prints what changes.
pub fn until_interrupted(stage: &Stage, transcript: &Transcript) {
    let mut mark = stage.applications.mark();
    let current = stage.applications.current();
    let words = current.values().map(|object| (name(object), said(object)));
    let mut last: HashMap<_, _> = words.collect();
    while !interrupt::seen() {
        let Some((sighting, next)) = stage.applications.next(mark) else {
            continue;
        };
        mark = next;
        let words = if sighting.deleted {
            "deleted".to_owned()
        } else {
            said(&sighting.object)
        };
        let name = name(&sighting.object);
        if last.get(&name) != Some(&words) {
            transcript.quote(&format!("{name}: {words}"));
            last.insert(name, words);
        }
    }
}

fn name(object: &serde_json::Value) -> String {
    Application(object).name().to_owned()
}

fn said(object: &serde_json::Value) -> String {
    let application = Application(object);
    let commit = application.revision().get(..7).unwrap_or("no commit yet");
    let conditions: Vec<_> = application.conditions();
    let head = format!(
        "{}, {} at {commit}",
        application.sync(),
        application.health()
    );
    std::iter::once(head)
        .chain(conditions)
        .collect::<Vec<_>>()
        .join("; ")
}
