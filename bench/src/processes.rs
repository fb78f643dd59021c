//! What processes cost, as Linux counts it: CPU seconds and resident memory, from `/proc`.

use anyhow::{Context, Result};
use serde::Serialize;
use std::collections::HashMap;
use std::fs;

/// Linux counts in hundredths of a second for user space, whatever its own tick.
const TICKS_PER_SECOND: f64 = 100.0;

/// Resident memory, in MiB.
#[derive(Serialize, Clone, Copy, Debug)]
pub struct Memory {
    /// Now.
    pub now: f64,
    /// The most it ever was.
    pub peak: f64,
}

/// CPU seconds a process has taken so far.
pub fn cpu_seconds(pid: u32) -> Result<f64> {
    let stat = read(pid, "stat")?;
    let stat = Stat::parse(&stat).with_context(|| format!("/proc/{pid}/stat cannot be read"))?;
    Ok(stat.own)
}

/// The memory a process holds.
pub fn memory(pid: u32) -> Result<Memory> {
    let status = read(pid, "status")?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kib: Option<f64> =
            line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
        kib.map(|kib| kib / 1024.0)
            .with_context(|| format!("process {pid} has no {name}"))
    };
    Ok(Memory {
        now: field("VmRSS:")?,
        peak: field("VmHWM:")?,
    })
}

/// CPU seconds of this process and all that descend from it, ended ones included.
pub fn family_cpu_seconds() -> f64 {
    let all = all();
    let own = std::process::id();
    let descends = |mut pid: u32| loop {
        match all.get(&pid) {
            _ if pid == own => return true,
            Some(stat) if stat.parent != 0 => pid = stat.parent,
            _ => return false,
        }
    };
    let ours = all.iter().filter(|(pid, _)| descends(**pid));
    ours.map(|(_, stat)| stat.own + stat.ended_children).sum()
}

/// CPU seconds the whole machine was busy; what the host took from it counts as busy.
pub fn machine_cpu_seconds() -> Result<f64> {
    let stat = fs::read_to_string("/proc/stat").context("/proc/stat cannot be read")?;
    let line = stat.lines().next().unwrap_or_default();
    let ticks: Vec<f64> = line
        .split_whitespace()
        .skip(1)
        .flat_map(str::parse)
        .collect();
    // user, nice, system, (idle, iowait,) irq, softirq, steal; guests are in user already.
    let busy = [0, 1, 2, 5, 6, 7].map(|field| ticks.get(field).copied().unwrap_or(0.0));
    Ok(busy.iter().sum::<f64>() / TICKS_PER_SECOND)
}

struct Stat {
    parent: u32,
    own: f64,
    ended_children: f64,
}

impl Stat {
    /// The second field is the program's name, which may hold anything but ends at the last bracket.
    fn parse(stat: &str) -> Option<Self> {
        let (_, fields) = stat.rsplit_once(") ")?;
        let fields: Vec<&str> = fields.split(' ').collect();
        let ticks = |field: usize| fields.get(field)?.parse::<f64>().ok();
        Some(Self {
            parent: fields.get(1)?.parse().ok()?,
            own: (ticks(11)? + ticks(12)?) / TICKS_PER_SECOND,
            ended_children: (ticks(13)? + ticks(14)?) / TICKS_PER_SECOND,
        })
    }
}

fn all() -> HashMap<u32, Stat> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    // Processes that end meanwhile are left out.
    pids.filter_map(|pid| Some((pid, Stat::parse(&read(pid, "stat").ok()?)?)))
        .collect()
}

fn read(pid: u32, file: &str) -> Result<String> {
    let path = format!("/proc/{pid}/{file}");
    fs::read_to_string(&path)
        .with_context(|| format!("{path} cannot be read; has the process ended?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_may_have_any_name() {
        let stat = Stat::parse("7 (a) b) S 1 7 7 0 -1 4194560 1 0 0 0 150 50 30 20 20 0 1 0 5 6 7");
        let stat = stat.expect("it is complete");
        assert_eq!((stat.parent, stat.own, stat.ended_children), (1, 2.0, 0.5));
    }

    #[test]
    fn we_are_of_our_own_family() {
        assert!(memory(std::process::id()).expect("we live").now > 0.0);
        assert!(machine_cpu_seconds().expect("Linux tells") >= family_cpu_seconds());
    }
}
