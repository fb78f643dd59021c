//! A span of time and what it cost: seconds, CPU seconds of processes, and what others took.
//!
//! "Outside" is the share of all cores taken by processes that are none of ours: with it a reader
//! can tell a slow run from a busy machine.

use crate::processes;
use anyhow::Result;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Instant;

/// An open window.
pub struct Window {
    begun: Instant,
    machine: f64,
    family: f64,
    processes: Vec<(&'static str, u32, f64)>,
}

/// What a window cost.
#[derive(Serialize, Clone, Debug, Default)]
pub struct Cost {
    /// How long it was.
    pub seconds: f64,
    /// CPU seconds, by process.
    pub cpu_seconds: BTreeMap<&'static str, f64>,
    /// Share of all cores that processes not ours took.
    pub outside: f64,
}

impl Window {
    /// Begins now, with an eye on these processes.
    pub fn open(processes: &[(&'static str, u32)]) -> Result<Self> {
        let with_cpu = |(name, pid): &(&'static str, u32)| {
            anyhow::Ok((*name, *pid, processes::cpu_seconds(*pid)?))
        };
        Ok(Self {
            processes: processes.iter().map(with_cpu).collect::<Result<_>>()?,
            machine: processes::machine_cpu_seconds()?,
            family: processes::family_cpu_seconds(),
            begun: Instant::now(),
        })
    }

    /// When it began.
    pub fn begun(&self) -> Instant {
        self.begun
    }

    /// Ends now.
    pub fn close(self) -> Result<Cost> {
        let seconds = self.begun.elapsed().as_secs_f64();
        let machine = processes::machine_cpu_seconds()? - self.machine;
        let family = processes::family_cpu_seconds() - self.family;
        let taken = |(name, pid, before): (&'static str, u32, f64)| {
            anyhow::Ok((name, processes::cpu_seconds(pid)? - before))
        };
        Ok(Cost {
            seconds,
            cpu_seconds: self
                .processes
                .into_iter()
                .map(taken)
                .collect::<Result<_>>()?,
            outside: ((machine - family) / (seconds * cores() as f64)).max(0.0),
        })
    }
}

impl Cost {
    /// CPU seconds of one of the processes.
    pub fn cpu(&self, process: &str) -> f64 {
        self.cpu_seconds.get(process).copied().unwrap_or(0.0)
    }
}

/// Cores of this machine that we may use.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
