//! What was found of small overlays.

use serde::Serialize;

/// All of them.
#[derive(Serialize, Debug, Default)]
pub struct Found {
    /// How many there are.
    pub all: usize,
    /// Those that count.
    pub counted: Vec<Counted>,
    /// Those that neither program builds.
    pub built_by_none: Vec<String>,
    /// Those that only the real kustomize builds.
    pub built_by_kustomize: Vec<String>,
    /// Those that only Caretaker builds.
    pub built_by_caretaker: Vec<String>,
    /// Those of which they build different bytes.
    pub different: Vec<String>,
    /// Those that Caretaker builds otherwise in this process than as a command.
    pub different_in_process: Vec<String>,
    /// What the programs take to start, without anything to do.
    pub start: Seconds,
}

/// Seconds of both programs.
#[derive(Serialize, Clone, Copy, Debug, Default)]
pub struct Seconds {
    /// The real kustomize.
    pub kustomize: f64,
    /// Caretaker.
    pub caretaker: f64,
}

/// An overlay that counts.
#[derive(Serialize, Debug)]
pub struct Counted {
    /// What it is called.
    pub name: String,
    /// Bytes of what is built.
    pub bytes: usize,
    /// By a command each.
    #[serde(flatten)]
    pub command: Seconds,
    /// Caretaker in this process.
    pub in_process: f64,
}

impl Counted {
    /// How many times as fast as the real command ours is.
    pub fn by_command(&self) -> f64 {
        self.command.kustomize / self.command.caretaker
    }

    /// How many times as fast as the real command we are in this process.
    pub fn in_process(&self) -> f64 {
        self.command.kustomize / self.in_process
    }
}

impl Found {
    /// A figure of those that count, added up.
    pub fn total(&self, of: impl Fn(&Counted) -> f64) -> f64 {
        self.counted.iter().map(of).sum()
    }
}
