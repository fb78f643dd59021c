//! Renders, remembered by the content of all their inputs.
//!
//! In: requests and trees. Out: a render of this tree, made now or before: a remembered one counts
//! if everything it read is unchanged, whatever else a push has changed. Bounded by bytes; what was
//! asked for longest ago goes first. No lock is held while rendering.

use crate::{Charts, Remotes, RenderError, Rendered, Request, Sources, render};
use ::kustomize::ParsedFiles;
use model::{Digest, SourceTree};
use serde_json::Value;
use sprig::Clock;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How a cache did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CacheCounters {
    /// Answered without rendering.
    pub hits: u64,
    /// Rendered.
    pub misses: u64,
    /// Dropped to stay within the bound.
    pub evicted: u64,
    /// Bytes held now, as estimated.
    pub bytes: u64,
}

/// Renders, remembered.
#[derive(Debug)]
pub struct Cache {
    limit: u64,
    /// Bases are shared by overlays, apps and commits.
    parsed: ParsedFiles,
    charts: Charts,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    renders: HashMap<Digest, Vec<Kept>>,
    counters: CacheCounters,
    /// Counts questions; tells what was asked for longest ago.
    time: u64,
}

#[derive(Debug)]
struct Kept {
    rendered: Arc<Rendered>,
    bytes: u64,
    used: u64,
}

/// So many renders of one request are kept: branches and a revert find theirs again.
const PER_REQUEST: usize = 4;

impl Cache {
    /// A cache of at most about so many bytes, and half as many of parsed files.
    pub fn new(limit: u64) -> Self {
        Self {
            limit,
            parsed: ParsedFiles::new(usize::try_from(limit / 2).unwrap_or(usize::MAX)),
            charts: Charts::default(),
            state: Mutex::default(),
        }
    }

    /// The same with another time for charts.
    pub fn with_clock(self, clock: Clock) -> Self {
        let charts = Charts {
            clock,
            ..self.charts
        };
        Self { charts, ..self }
    }

    /// From now on charts draw passwords and keys from this.
    pub fn set_secret(&self, secret: &[u8]) {
        let kept = self.charts.secret.write();
        *kept.unwrap_or_else(PoisonError::into_inner) = secret.into();
    }

    /// A remembered render whose inputs are unchanged, or a new one; and whether it was remembered.
    pub fn get_or_render(
        &self,
        request: &Request,
        tree: &dyn SourceTree,
        remotes: &dyn Remotes,
    ) -> Result<(Arc<Rendered>, bool), RenderError> {
        let key = request.digest();
        let candidates = self.lock().candidates(&key);
        let known = candidates
            .into_iter()
            .find(|rendered| rendered.inputs.unchanged(request, tree, remotes));
        if let Some(rendered) = known {
            self.lock().hit(&key, &rendered);
            return Ok((rendered, true));
        }
        let rendered = self.render(request, tree, remotes);
        let mut state = self.lock();
        state.counters.misses += 1;
        let rendered = rendered?;
        state.keep(key, &rendered, self.limit);
        Ok((rendered, false))
    }

    /// A new render that is not remembered, for when what is remembered must not count.
    pub fn render(
        &self,
        request: &Request,
        tree: &dyn SourceTree,
        remotes: &dyn Remotes,
    ) -> Result<Arc<Rendered>, RenderError> {
        let sources = Sources {
            tree,
            remotes,
            parsed: Some(&self.parsed),
            charts: Some(&self.charts),
        };
        render(request, sources).map(Arc::new)
    }

    /// How it did so far.
    pub fn counters(&self) -> CacheCounters {
        self.lock().counters
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The renders of a request, the one used last first.
    fn candidates(&self, key: &Digest) -> Vec<Arc<Rendered>> {
        let mut kept: Vec<&Kept> = self.renders.get(key).into_iter().flatten().collect();
        kept.sort_by_key(|kept| std::cmp::Reverse(kept.used));
        kept.into_iter()
            .map(|kept| Arc::clone(&kept.rendered))
            .collect()
    }

    fn hit(&mut self, key: &Digest, rendered: &Arc<Rendered>) {
        self.counters.hits += 1;
        self.time += 1;
        let kept = self.renders.get_mut(key).into_iter().flatten();
        let mut kept = kept.filter(|kept| Arc::ptr_eq(&kept.rendered, rendered));
        if let Some(kept) = kept.next() {
            kept.used = self.time;
        }
    }

    fn keep(&mut self, key: Digest, rendered: &Arc<Rendered>, limit: u64) {
        let bytes = weight(rendered) as u64;
        if bytes > limit {
            return;
        }
        self.time += 1;
        let kept = Kept {
            rendered: Arc::clone(rendered),
            bytes,
            used: self.time,
        };
        self.renders.entry(key).or_default().push(kept);
        self.counters.bytes += bytes;
        if self
            .renders
            .get(&key)
            .is_some_and(|kept| kept.len() > PER_REQUEST)
        {
            self.drop_oldest_of(&key);
        }
        while self.counters.bytes > limit {
            let oldest = self
                .renders
                .iter()
                .flat_map(|(key, kept)| kept.iter().map(move |kept| (kept.used, *key)));
            let Some((_, key)) = oldest.min_by_key(|(used, _)| *used) else {
                break;
            };
            self.drop_oldest_of(&key);
        }
    }

    fn drop_oldest_of(&mut self, key: &Digest) {
        let Some(kept) = self.renders.get_mut(key) else {
            return;
        };
        let oldest = (0..kept.len()).min_by_key(|at| kept[*at].used);
        if let Some(dropped) = oldest.map(|at| kept.swap_remove(at)) {
            self.counters.bytes -= dropped.bytes;
            self.counters.evicted += 1;
        }
        if kept.is_empty() {
            self.renders.remove(key);
        }
    }
}

/// About how many bytes a render takes.
fn weight(rendered: &Rendered) -> usize {
    let manifests = rendered
        .manifests
        .iter()
        .map(|manifest| 256 + value_weight(&manifest.value));
    manifests.sum::<usize>() + rendered.inputs.weight() + 512
}

fn value_weight(value: &Value) -> usize {
    size_of::<Value>()
        + match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(value_weight).sum(),
            Value::Object(fields) => {
                let field =
                    |(name, value): (&String, &Value)| 48 + name.len() + value_weight(value);
                fields.iter().map(field).sum()
            }
        }
}
