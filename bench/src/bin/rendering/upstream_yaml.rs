//! The YAML libraries of Kubernetes and Kustomize, in a process of their own.
//!
//! In: a text. Out: how long they take to read it or to write it, on one core, by the process's own
//! clock. The program is `yaml-speed`, a few lines of Go, built for the run.

use crate::go_program;
use crate::measures::yaml::Act;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// The process; it ends when this is dropped.
pub struct UpstreamYaml {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    _folder: TempDir,
}

impl UpstreamYaml {
    /// Builds and starts it with a text of several documents.
    pub fn build(text: &str) -> Result<Self> {
        let folder = bench::fast_folder::create()?;
        let (program, file) = (
            folder.path().join("yaml-speed"),
            folder.path().join("all.yaml"),
        );
        std::fs::write(&file, text)?;
        go_program::build("yaml-speed", &program)?;
        let mut child = Command::new(&program)
            .arg(&file)
            .env("GOMAXPROCS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("yaml-speed cannot be started")?;
        let input = child.stdin.take().context("yaml-speed has no stdin")?;
        let output = child.stdout.take().context("yaml-speed has no stdout")?;
        Ok(Self {
            child,
            input,
            output: BufReader::new(output),
            _folder: folder,
        })
    }

    /// How long it takes, and the digest of what was written.
    pub fn time(&mut self, act: Act) -> Result<(Duration, String)> {
        let word = match act {
            Act::Read => "read",
            Act::Nodes => "nodes",
            Act::Write => "write",
        };
        writeln!(self.input, "{word}").context("yaml-speed has ended")?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        let Some((nanoseconds, digest)) = line.trim_end().split_once(' ') else {
            bail!("yaml-speed failed at {word:?}: {line:?}");
        };
        let took = Duration::from_nanos(nanoseconds.parse()?);
        Ok((took, digest.to_owned()))
    }
}

impl Drop for UpstreamYaml {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
