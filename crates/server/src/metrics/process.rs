//! What this process costs: memory and CPU, read from Linux when somebody looks. Elsewhere there
//! is nothing to read, and nothing is said.

use std::fmt;
use std::fs;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::DescriptorEncoder;
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::exemplar::Exemplar;

/// Linux counts CPU time for user space in hundredths of a second, whatever its own tick.
const TICKS_PER_SECOND: f64 = 100.0;

#[derive(Debug)]
pub(super) struct Process;

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        if let Some(bytes) = fs::read_to_string("/proc/self/status")
            .ok()
            .as_deref()
            .and_then(resident)
        {
            let (name, help) = ("caretaker_resident_memory_bytes", "Resident memory.");
            encoder
                .encode_descriptor(name, help, None, MetricType::Gauge)?
                .encode_gauge(&bytes)?;
        }
        if let Some(seconds) = fs::read_to_string("/proc/self/stat")
            .ok()
            .as_deref()
            .and_then(cpu)
        {
            let (name, help) = ("caretaker_cpu_seconds", "CPU time spent.");
            let exemplar: Option<&Exemplar<[(&str, &str); 0], f64>> = None;
            encoder
                .encode_descriptor(name, help, None, MetricType::Counter)?
                .encode_counter(&seconds, exemplar)?;
        }
        Ok(())
    }
}

/// `VmRSS:    1234 kB` -> bytes.
fn resident(status: &str) -> Option<i64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim()
        .strip_suffix("kB")?
        .trim()
        .parse::<i64>()
        .ok()?
        .checked_mul(1024)
}

/// The 14th and 15th fields; the second is the program's name, which may hold anything but ends
/// at the last bracket.
fn cpu(stat: &str) -> Option<f64> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut ticks = fields
        .split(' ')
        .skip(11)
        .map(|field| field.parse::<f64>().ok());
    Some((ticks.next()?? + ticks.next()??) / TICKS_PER_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linux_files_are_read() {
        assert_eq!(resident("VmPeak:\t 9 kB\nVmRSS:\t   12 kB\n"), Some(12_288));
        let stat = "7 (a) b) S 1 7 7 0 -1 4194560 1 0 0 0 150 50 0 0 20 0 1 0 5 6 7";
        assert_eq!(cpu(stat), Some(2.0));
        assert_eq!((resident(""), cpu("")), (None, None));
    }
}
