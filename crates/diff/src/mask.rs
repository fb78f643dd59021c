//! Secret values, hidden.
//!
//! In: a Secret as it is wanted and as it is live, and names of annotations that are secret too.
//! Out: both with masks for values. Equal values have equal masks and differing ones masks of
//! differing length, so that a reader sees that something changed and nothing else. The
//! annotation that keeps the last manifest is masked inside, or as a whole if it is unreadable.

use crate::forgotten::LAST_APPLIED;
use crate::secret;
use serde_json::{Map, Value};

/// Length of the first mask, and of the step to the next.
const FIRST: usize = 8;
const STEP: usize = 4;

/// Hides the values of a Secret, on both sides. `annotations` names those to hide beside.
pub fn hide_secret(desired: Option<&mut Value>, live: Option<&mut Value>, annotations: &[String]) {
    let mut sides: Vec<&mut Value> = desired.into_iter().chain(live).collect();
    sides.iter_mut().for_each(|side| secret::fold(side));
    let mut last: Vec<Option<LastApplied>> =
        sides.iter().map(|side| LastApplied::of(side)).collect();
    {
        let readable = last
            .iter_mut()
            .rev()
            .flatten()
            .filter_map(|last| last.read.as_mut());
        let mut all: Vec<&mut Value> = sides
            .iter_mut()
            .map(|side| &mut **side)
            .chain(readable)
            .collect();
        hide_map(&mut all, &["data"], |_| true);
        let named = |name: &str| annotations.iter().any(|hidden| hidden == name);
        hide_map(&mut all, &["metadata", "annotations"], named);
    }
    for (side, last) in sides.into_iter().zip(last) {
        if let Some(last) = last {
            last.put_back(
                side,
                annotations.iter().any(|hidden| hidden == LAST_APPLIED),
            );
        }
    }
}

/// A mask for the nth distinct value.
pub(crate) fn mask(nth: usize) -> String {
    "+".repeat(FIRST + STEP * nth)
}

/// Masks the values of one map of all objects, each key by itself.
fn hide_map(objects: &mut [&mut Value], at: &[&str], hidden: impl Fn(&str) -> bool) {
    let mut seen: Map<String, Value> = Map::new();
    for object in objects {
        let map = at
            .iter()
            .try_fold(&mut **object, |value, name| value.get_mut(*name));
        let Some(Value::Object(fields)) = map else {
            continue;
        };
        for (name, value) in fields.iter_mut().filter(|(name, _)| hidden(name)) {
            let values = seen
                .entry(name.clone())
                .or_insert_with(|| Value::Array(Vec::new()));
            let Value::Array(values) = values else {
                continue;
            };
            let nth = values
                .iter()
                .position(|other| other == value)
                .unwrap_or_else(|| {
                    values.push(value.clone());
                    values.len() - 1
                });
            *value = Value::String(mask(nth));
        }
    }
}

/// The annotation with the last manifest.
struct LastApplied {
    read: Option<Value>,
}

impl LastApplied {
    fn of(object: &Value) -> Option<Self> {
        let text = object
            .get("metadata")?
            .get("annotations")?
            .get(LAST_APPLIED)?;
        let mut read = text
            .as_str()
            .and_then(|text| serde_json::from_str(text).ok());
        if let Some(read) = &mut read {
            secret::fold(read);
        }
        Some(Self {
            read: read.filter(Value::is_object),
        })
    }

    fn put_back(self, object: &mut Value, hide_whole: bool) {
        let at = object
            .get_mut("metadata")
            .and_then(|metadata| metadata.get_mut("annotations"));
        if let Some(text) = at.and_then(|annotations| annotations.get_mut(LAST_APPLIED)) {
            *text = Value::String(match self.read {
                Some(read) if !hide_whole => read.to_string(),
                _ => mask(0),
            });
        }
    }
}
