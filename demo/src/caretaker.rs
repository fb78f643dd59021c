//! Caretaker itself: the program that lies beside this one.
//!
//! In: a kubeconfig. Out: a running `caretaker run`, its log, and where it listens. It ends with
//! the demo, however that ends; being killed does it no harm, for it keeps nothing that it could
//! not find again.

use crate::http;
use crate::install::NAMESPACE;
use crate::interrupt;
use anyhow::{Context, Result, bail, ensure};
use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long it may take to be ready.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running Caretaker.
pub struct Caretaker {
    child: Child,
    log: PathBuf,
    /// Where it takes webhooks.
    pub webhook: SocketAddr,
    /// Where it serves metrics and probes.
    pub metrics: SocketAddr,
}

/// The program `caretaker`.
pub fn program() -> Result<PathBuf> {
    let ours = std::env::current_exe().context("cannot tell where this program is")?;
    let program = ours.with_file_name("caretaker");
    ensure!(
        program.is_file(),
        "there is no {}: run `make demo`, which builds it",
        program.display()
    );
    Ok(program)
}

impl Caretaker {
    /// Starts it, and waits until it is ready.
    pub fn start(kubeconfig: &Path, folder: &Path) -> Result<Caretaker> {
        let (webhook, metrics, log) = (
            free_address()?,
            free_address()?,
            folder.join("caretaker.log"),
        );
        let output = File::create(&log)?;
        // The kernel ends it should this process be killed.
        let mut command = Command::new("setpriv");
        command
            .args(["--pdeathsig", "TERM"])
            .arg(program()?)
            .arg("run");
        command
            .arg("--kubeconfig")
            .arg(kubeconfig)
            .args(["--namespace", NAMESPACE]);
        command.args(["--listen-webhook", &webhook.to_string()]);
        command.args(["--listen-metrics", &metrics.to_string()]);
        command.arg("--cache-dir").arg(folder.join("cache")).args([
            "--no-leader-election",
            "--log-format",
            "text",
        ]);
        let command = command
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output);
        let child = command
            .spawn()
            .context("cannot run setpriv, of the package util-linux")?;
        let mut caretaker = Caretaker {
            child,
            log,
            webhook,
            metrics,
        };
        caretaker.become_ready()?;
        Ok(caretaker)
    }

    fn become_ready(&mut self) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while !http::get(self.metrics, "/readyz").is_ok_and(|(status, _)| status == 200) {
            interrupt::check()?;
            if let Some(status) = self.ended() {
                bail!("Caretaker ended ({status}):\n{}", self.end_of_log());
            }
            if Instant::now() > deadline {
                bail!(
                    "Caretaker is not ready after {PATIENCE:?}:\n{}",
                    self.end_of_log()
                );
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// How it ended, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Where its log is.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// The last lines of its log.
    pub fn end_of_log(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = text.lines().collect();
        lines[lines.len().saturating_sub(40)..].join("\n")
    }

    /// The memory it holds now, in bytes.
    pub fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(kilobytes << 10)
    }
}

impl Drop for Caretaker {
    fn drop(&mut self) {
        // It has ended already if Ctrl-C reached it first.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address on this machine that nobody listens on.
fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").context("cannot listen on 127.0.0.1")?;
    Ok(listener.local_addr()?)
}
