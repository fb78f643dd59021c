//! How many requests of each verb ended in each way. Comes in: one call per answer. Goes out:
//! numbers for whoever prints metrics. Plain atomics: counting costs nothing worth counting.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What was asked of the server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the names are Kubernetes' own")]
pub enum Verb {
    Get,
    List,
    Watch,
    Apply,
    Create,
    Patch,
    Replace,
    Delete,
    Discover,
}

impl Verb {
    /// Every verb, in the order they are counted.
    pub const ALL: [Verb; 9] = [
        Verb::Get,
        Verb::List,
        Verb::Watch,
        Verb::Apply,
        Verb::Create,
        Verb::Patch,
        Verb::Replace,
        Verb::Delete,
        Verb::Discover,
    ];

    /// The word for a metric label.
    pub fn as_str(self) -> &'static str {
        match self {
            Verb::Get => "get",
            Verb::List => "list",
            Verb::Watch => "watch",
            Verb::Apply => "apply",
            Verb::Create => "create",
            Verb::Patch => "patch",
            Verb::Replace => "replace",
            Verb::Delete => "delete",
            Verb::Discover => "discover",
        }
    }
}

/// How a request ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// 2xx.
    Done,
    /// 409.
    Conflict,
    /// 429.
    Throttled,
    /// Any other 4xx.
    Refused,
    /// 5xx.
    ServerFault,
    /// No answer: the connection failed.
    Unreachable,
    /// No answer in time.
    TimedOut,
}

impl Outcome {
    /// Every outcome, in the order they are counted.
    pub const ALL: [Outcome; 7] = [
        Outcome::Done,
        Outcome::Conflict,
        Outcome::Throttled,
        Outcome::Refused,
        Outcome::ServerFault,
        Outcome::Unreachable,
        Outcome::TimedOut,
    ];

    /// The word for a metric label.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Conflict => "conflict",
            Outcome::Throttled => "throttled",
            Outcome::Refused => "refused",
            Outcome::ServerFault => "server_fault",
            Outcome::Unreachable => "unreachable",
            Outcome::TimedOut => "timed_out",
        }
    }

    pub(crate) fn of_status(status: u16) -> Self {
        match status {
            200..=299 => Outcome::Done,
            409 => Outcome::Conflict,
            429 => Outcome::Throttled,
            500.. => Outcome::ServerFault,
            _ => Outcome::Refused,
        }
    }
}

/// Requests sent to one cluster since the connection was made.
#[derive(Default, Debug)]
pub struct RequestCounters {
    cells: [[AtomicU64; Outcome::ALL.len()]; Verb::ALL.len()],
}

impl RequestCounters {
    pub(crate) fn count(&self, verb: Verb, outcome: Outcome) {
        self.cells[verb as usize][outcome as usize].fetch_add(1, Relaxed);
    }

    /// How often `verb` ended in `outcome`.
    pub fn get(&self, verb: Verb, outcome: Outcome) -> u64 {
        self.cells[verb as usize][outcome as usize].load(Relaxed)
    }

    /// All that were counted at least once.
    pub fn iter(&self) -> impl Iterator<Item = (Verb, Outcome, u64)> + '_ {
        let pairs = Verb::ALL
            .into_iter()
            .flat_map(|verb| Outcome::ALL.map(|end| (verb, end)));
        pairs
            .map(|(verb, end)| (verb, end, self.get(verb, end)))
            .filter(|(_, _, count)| *count > 0)
    }

    /// All requests of all verbs.
    pub fn total(&self) -> u64 {
        self.iter().map(|(_, _, count)| count).sum()
    }
}
