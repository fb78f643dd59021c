//! Helm's own engine, in a process of its own.
//!
//! In: the folder of a chart. Out: how long the engine takes, on one core, by the process's own
//! clock: alone, and with all that `helm template` does around it. The program is `chart-speed`, a few
//! lines of Go, built for the run.

use crate::go_program;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// The process; it ends when this is dropped.
pub struct UpstreamCharts {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    _folder: TempDir,
}

/// The shortest times for a chart that is loaded.
pub struct Times {
    /// Of templates that are parsed and executed, their values ready.
    pub engine: Duration,
    /// Of all that `helm template` does.
    pub whole: Duration,
    /// Of what is printed.
    pub digest: String,
}

impl UpstreamCharts {
    /// Builds and starts it; it renders each chart so many times.
    pub fn build(rounds: u32) -> Result<Self> {
        let folder = bench::fast_folder::create()?;
        let program = folder.path().join("chart-speed");
        go_program::build("chart-speed", &program)?;
        let mut child = Command::new(&program)
            .arg(rounds.to_string())
            .env("GOMAXPROCS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("chart-speed cannot be started")?;
        let input = child.stdin.take().context("chart-speed has no stdin")?;
        let output = child.stdout.take().context("chart-speed has no stdout")?;
        Ok(Self {
            child,
            input,
            output: BufReader::new(output),
            _folder: folder,
        })
    }

    /// How long a chart takes; nothing if it cannot be rendered.
    pub fn time(&mut self, chart: &Path) -> Result<Option<Times>> {
        writeln!(self.input, "{}", chart.display()).context("chart-speed has ended")?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        let fields: Vec<&str> = line.split_whitespace().collect();
        match fields[..] {
            ["-"] => Ok(None),
            [engine, whole, digest] => Ok(Some(Times {
                engine: Duration::from_nanos(engine.parse()?),
                whole: Duration::from_nanos(whole.parse()?),
                digest: digest.to_owned(),
            })),
            _ => bail!("chart-speed failed at {}: {line:?}", chart.display()),
        }
    }
}

impl Drop for UpstreamCharts {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
