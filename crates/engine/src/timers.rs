//! When to look again, and at what. A subject has at most one timer: the earliest asked for.

use model::{AppId, SourceKey, Timestamp};
use std::collections::{BTreeSet, HashMap};

/// What a timer is about.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Subject {
    /// An app has something due.
    App(AppId),
    /// A source is to be resolved again.
    Source(SourceKey),
}

/// Timers in order. Asking and taking cost the logarithm of their number.
#[derive(Debug, Default)]
pub struct Timers {
    due: BTreeSet<(Timestamp, Subject)>,
    of: HashMap<Subject, Timestamp>,
}

impl Timers {
    /// Asks to be woken at a time; an earlier wish stands.
    pub fn ask(&mut self, subject: Subject, at: Timestamp) {
        if let Some(known) = self.of.get(&subject) {
            if *known <= at {
                return;
            }
            self.due.remove(&(*known, subject.clone()));
        }
        self.of.insert(subject.clone(), at);
        self.due.insert((at, subject));
    }

    /// Takes a subject whose time has come.
    pub fn take_due(&mut self, now: Timestamp) -> Option<Subject> {
        if self.due.first().is_none_or(|(at, _)| *at > now) {
            return None;
        }
        let (_, subject) = self.due.pop_first()?;
        self.of.remove(&subject);
        Some(subject)
    }

    /// Forgets a subject.
    pub fn forget(&mut self, subject: &Subject) {
        if let Some(at) = self.of.remove(subject) {
            self.due.remove(&(at, subject.clone()));
        }
    }

    /// The earliest wish.
    pub fn next(&self) -> Option<Timestamp> {
        self.due.first().map(|(at, _)| *at)
    }
}
