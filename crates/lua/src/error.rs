//! Why a user's script came to nothing, told to whoever wrote it.
//!
//! Comes in: a failure. Goes out: which script, in which line, what is wrong and what to do.

use crate::answer::Meaningless;
use crate::convert::Unsayable;
use crate::lend::CHUNK_NAME;
use crate::machine::Failure;
use health::{Health, HealthStatus};
use std::fmt;
use thiserror::Error;

/// A script that came to nothing.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{script}{}: {problem}; {}", at(*.line), .problem.advice())]
pub struct ScriptError {
    /// The script.
    pub script: ScriptName,
    /// The line, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: Box<Problem>,
}

/// Which script.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScriptName {
    /// Group and kind as they stand in the settings, wildcards and all.
    pub kind: String,
    /// What it is for.
    pub part: Part,
}

/// What a script is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// Judging health.
    Health,
    /// Offering actions.
    Discovery,
    /// Carrying out the action of this name.
    Action(String),
}

impl fmt::Display for ScriptName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            Part::Health => write!(f, "health.lua of {}", self.kind),
            Part::Discovery => write!(f, "discovery.lua of {}", self.kind),
            Part::Action(name) => write!(f, "action.lua of action {name} of {}", self.kind),
        }
    }
}

fn at(line: Option<usize>) -> String {
    line.map(|line| format!(", line {line}"))
        .unwrap_or_default()
}

/// What is wrong with a script.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum Problem {
    /// It is no Lua.
    #[error("{0}")]
    Syntax(String),
    /// It stopped with an error.
    #[error("{0}")]
    Stopped(String),
    /// It used up its instructions or its time.
    #[error("it does not end in the time it has")]
    Spent,
    /// It used up its memory.
    #[error("it needs more memory than it may use")]
    Memory,
    /// What it returned cannot be written down.
    #[error(transparent)]
    Unsayable(#[from] Unsayable),
    /// What it returned means nothing.
    #[error(transparent)]
    Meaningless(#[from] Meaningless),
    /// No Lua could be had.
    #[error("Lua could not be started: {0}")]
    NoMachine(String),
}

/// Libraries that are there only when asked for.
const OPEN_LIBRARIES: [&str; 4] = ["string", "math", "coroutine", "debug"];

impl Problem {
    /// What whoever wrote the script should do.
    fn advice(&self) -> &'static str {
        match self {
            Self::Stopped(message) if lacks(message, &["os"]) => {
                "begin with: local os = require(\"os\")"
            }
            Self::Stopped(message)
                if lacks(message, &OPEN_LIBRARIES) || message.contains("a string value") =>
            {
                "the standard library is there with useOpenLibs: true, for health checks alone"
            }
            Self::Stopped(message) if message.contains("(a nil value)") => {
                "check that a field is there before using it"
            }
            Self::Spent => "look for a loop that never ends",
            Self::Memory => "look for tables, text or calls that grow without end",
            Self::NoMachine(_) => "it is tried again",
            _ => "correct it in argocd-cm",
        }
    }
}

fn lacks(message: &str, libraries: &[&str]) -> bool {
    libraries
        .iter()
        .any(|name| message.contains(&format!("global '{name}' (a nil value)")))
}

impl ScriptError {
    pub(crate) fn new(script: &ScriptName, failure: Failure) -> Self {
        let (line, problem) = match failure {
            Failure::Syntax(message) => located(&message, Problem::Syntax),
            Failure::Error(message) => located(&message, Problem::Stopped),
            Failure::Spent => (None, Problem::Spent),
            Failure::Memory => (None, Problem::Memory),
            Failure::Unsayable(unsayable) => (None, unsayable.into()),
        };
        Self {
            script: script.clone(),
            line,
            problem: Box::new(problem),
        }
    }

    pub(crate) fn of_answer(script: &ScriptName, meaningless: Meaningless) -> Self {
        Self {
            script: script.clone(),
            line: None,
            problem: Box::new(meaningless.into()),
        }
    }

    /// The health of an object that a broken check was to judge.
    pub fn as_health(&self) -> Health {
        Health {
            status: HealthStatus::Unknown,
            message: self.to_string(),
        }
    }
}

/// The line a message begins with, and the rest. Lines of our own libraries are nobody's.
fn located(message: &str, problem: fn(String) -> Problem) -> (Option<usize>, Problem) {
    let mut parts = message.splitn(3, ':');
    if let (Some(chunk), Some(line), Some(rest)) = (parts.next(), parts.next(), parts.next())
        && let Ok(line) = line.parse()
    {
        let own = chunk == CHUNK_NAME.trim_start_matches('=');
        let rest = rest.trim_start().to_owned();
        return (own.then_some(line), problem(rest));
    }
    (None, problem(message.to_owned()))
}
