//! When did a watch show a value?
//!
//! Comes in: an object, a place in it, and the values it is to have one after the other. Goes out:
//! the moment the last of them was seen. Values must come in order, so that an event from before
//! is never taken for the one that is waited for.

use anyhow::{Context, Result};
use cluster::{ApiResource, Connection, WatchEvent, WatchHandle, WatchRequest};
use serde_json::Value;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// First lists take their time where there are many objects.
const LISTED_WITHIN: Duration = Duration::from_secs(60);

type Place = (String, String);
type Wishes = Arc<Mutex<HashMap<Place, Wish>>>;

/// A watch that is asked for values.
pub struct Sightings {
    wishes: Wishes,
    _watch: WatchHandle,
}

struct Wish {
    pointer: &'static str,
    values: VecDeque<Value>,
    tell: oneshot::Sender<Instant>,
}

impl Sightings {
    /// Watches the objects of a kind that bear a label; returns when their first list is complete.
    pub async fn start(connection: &Connection, kind: ApiResource, label: &str) -> Result<Self> {
        let wishes = Wishes::default();
        let request = WatchRequest {
            label_selector: Some(label.to_owned()),
            ..WatchRequest::all(kind)
        };
        let (told, listed) = oneshot::channel();
        let (shared, told) = (wishes.clone(), Mutex::new(Some(told)));
        let watch = connection.watch(request, move |event| match event {
            WatchEvent::Applied(object) => look(&shared, &object),
            WatchEvent::Listed { .. } => {
                let told = told.lock().unwrap_or_else(PoisonError::into_inner).take();
                // Nobody may be waiting any more.
                let _ = told.map(|told| told.send(()));
            }
            _ => {}
        });
        let waited = tokio::time::timeout(LISTED_WITHIN, listed).await;
        waited
            .context("the first list takes too long")?
            .context("the watch ended")?;
        Ok(Self {
            wishes,
            _watch: watch,
        })
    }

    /// Asks for values of a place (a JSON pointer) in an object; a later wish for the same object
    /// replaces this one.
    pub fn expect(
        &self,
        namespace: &str,
        name: &str,
        pointer: &'static str,
        values: impl IntoIterator<Item = Value>,
    ) -> oneshot::Receiver<Instant> {
        let (tell, seen) = oneshot::channel();
        let wish = Wish {
            pointer,
            values: values.into_iter().collect(),
            tell,
        };
        let place = (namespace.to_owned(), name.to_owned());
        self.wishes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(place, wish);
        seen
    }
}

fn look(wishes: &Wishes, object: &[u8]) {
    let now = Instant::now();
    let mut wishes = wishes.lock().unwrap_or_else(PoisonError::into_inner);
    if wishes.is_empty() {
        return;
    }
    let Ok(object) = serde_json::from_slice::<Value>(object) else {
        return;
    };
    let text = |field: &str| {
        object["metadata"][field]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let place = (text("namespace"), text("name"));
    let Some(wish) = wishes.get_mut(&place) else {
        return;
    };
    if object.pointer(wish.pointer) == wish.values.front() {
        wish.values.pop_front();
    }
    if wish.values.is_empty()
        && let Some(wish) = wishes.remove(&place)
    {
        // Who gave up waiting does not mind.
        let _ = wish.tell.send(now);
    }
}
