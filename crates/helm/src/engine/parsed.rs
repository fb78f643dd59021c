//! Parsed templates, kept from render to render.
//!
//! Comes in: the name and text of a template. Goes out: what it parses to, parsed only the first
//! time. Helm parses every file of a chart anew for each render, and every text given to `tpl` anew
//! for each call; that is most of its time. The name is part of what is remembered, because it
//! shows in errors.

use super::functions;
use gotemplate::{ParseError, Parsed, parse};
use sprig::KeyStore;
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

/// Templates that were parsed before, to be shared by all renders, on any thread.
pub struct ParsedTemplates {
    generations: Mutex<Generations>,
    /// How many bytes of text one generation may hold.
    most: usize,
    keys: Arc<KeyStore>,
}

/// What is used moves to the new generation; once that is full, the old one is forgotten.
#[derive(Default)]
struct Generations {
    new: HashMap<Key, Parsed>,
    old: HashMap<Key, Parsed>,
    held: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    name: Arc<str>,
    text: Arc<[u8]>,
}

impl Hash for Key {
    /// Equal names with texts of one length are rare enough; hashing all text would cost more than
    /// comparing it once.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
        self.text.len().hash(state);
        let tail = self.text.len().saturating_sub(64);
        self.text[tail..].hash(state);
    }
}

impl ParsedTemplates {
    /// Nothing yet; about twice so many bytes of text are remembered at most.
    pub fn new(most: usize) -> Self {
        Self {
            generations: Mutex::default(),
            most,
            keys: Arc::default(),
        }
    }

    /// Keys that renders made, each of which takes longer than all templates together.
    pub fn keys(&self) -> &Arc<KeyStore> {
        &self.keys
    }

    /// What a template parses to.
    pub fn get(&self, name: &str, text: &Arc<[u8]>) -> Result<Parsed, ParseError> {
        let key = Key {
            name: name.into(),
            text: text.clone(),
        };
        if let Some(parsed) = self.find(&key) {
            return Ok(parsed);
        }
        let parsed = parse(name, text, functions::all())?;
        self.remember(key, parsed.clone());
        Ok(parsed)
    }

    fn find(&self, key: &Key) -> Option<Parsed> {
        let mut generations = self.lock();
        if let Some(parsed) = generations.new.get(key) {
            return Some(parsed.clone());
        }
        let (key, parsed) = generations.old.remove_entry(key)?;
        generations.insert(key, parsed.clone(), self.most);
        Some(parsed)
    }

    fn remember(&self, key: Key, parsed: Parsed) {
        self.lock().insert(key, parsed, self.most);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Generations> {
        // What another thread left behind is whole: nothing in between can fail.
        let lock = self.generations.lock();
        lock.unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for ParsedTemplates {
    /// Not what it holds: keys are secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParsedTemplates").finish_non_exhaustive()
    }
}

impl Generations {
    fn insert(&mut self, key: Key, parsed: Parsed, most: usize) {
        // A parsed template is several times as large as its text.
        self.held += key.name.len() + key.text.len() + 512;
        self.new.insert(key, parsed);
        if self.held > most {
            self.old = std::mem::take(&mut self.new);
            self.held = 0;
        }
    }
}

impl Default for ParsedTemplates {
    /// Enough for some hundred large charts.
    fn default() -> Self {
        Self::new(32 << 20)
    }
}
