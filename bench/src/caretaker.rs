//! The process that is measured.
//!
//! Comes in: the program and a kubeconfig. Goes out: a running `caretaker run` that can be asked for
//! its metrics, killed and started again; it ends when this is dropped.

use crate::http;
use crate::patience::within;
use crate::scene::CONTROL_NAMESPACE;
use anyhow::{Context, Result, bail};
use bench::processes::{self, Memory};
use bench::progress::say;
use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const READY_WITHIN: Duration = Duration::from_secs(60);
/// Lines of the log that are shown when something went wrong.
const TAIL: usize = 40;

/// A running Caretaker.
pub struct Caretaker {
    program: PathBuf,
    kubeconfig: PathBuf,
    folder: PathBuf,
    webhook: SocketAddr,
    metrics: SocketAddr,
    child: Child,
}

impl Caretaker {
    /// Starts it and waits until it is ready. Its log and its repositories go to `folder`.
    pub async fn start(program: PathBuf, kubeconfig: PathBuf, folder: PathBuf) -> Result<Self> {
        let (webhook, metrics) = (free_address()?, free_address()?);
        let child = spawn(&program, &kubeconfig, &folder, webhook, metrics)?;
        let mut caretaker = Self {
            program,
            kubeconfig,
            folder,
            webhook,
            metrics,
            child,
        };
        let ready = within(READY_WITHIN, "caretaker is ready", caretaker.ready()).await;
        if ready.is_err() {
            caretaker.show_log();
        }
        ready?;
        Ok(caretaker)
    }

    /// SIGKILL, and a new process at once; it is not waited for.
    pub fn kill_and_restart(&mut self) -> Result<()> {
        self.child.kill().context("caretaker cannot be killed")?;
        self.child.wait().context("caretaker did not end")?;
        self.child = spawn(
            &self.program,
            &self.kubeconfig,
            &self.folder,
            self.webhook,
            self.metrics,
        )?;
        Ok(())
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Where webhooks go.
    pub fn webhook(&self) -> SocketAddr {
        self.webhook
    }

    /// The memory it holds.
    pub fn memory(&self) -> Result<Memory> {
        processes::memory(self.process())
    }

    /// The sum of a counter's series whose labels contain `label`.
    pub async fn counter(&self, name: &str, label: &str) -> Result<f64> {
        let text = http::get(self.metrics, "/metrics").await?;
        let series = text
            .lines()
            .filter(|line| line.starts_with(name) && line.contains(label));
        Ok(series
            .filter_map(|line| line.rsplit_once(' ')?.1.parse::<f64>().ok())
            .sum())
    }

    /// Copies its log to another place.
    pub fn keep_log(&self, place: &Path) -> Result<()> {
        fs::create_dir_all(place.parent().unwrap_or(Path::new(".")))?;
        let copied = fs::copy(log_file(&self.folder), place);
        copied
            .map(drop)
            .with_context(|| format!("{} cannot be written", place.display()))
    }

    /// Shows the end of its log on stderr.
    pub fn show_log(&self) {
        let text = fs::read(log_file(&self.folder)).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        say(format!(
            "the end of caretaker's log ({} lines in all):",
            lines.len()
        ));
        let from = lines.len().saturating_sub(TAIL);
        lines
            .iter()
            .skip(from)
            .for_each(|line| eprintln!("    {line}"));
    }

    async fn ready(&mut self) -> Result<()> {
        while http::get(self.metrics, "/readyz").await.is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!("caretaker ended before it was ready ({status})");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }
}

impl Drop for Caretaker {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(
    program: &Path,
    kubeconfig: &Path,
    folder: &Path,
    webhook: SocketAddr,
    metrics: SocketAddr,
) -> Result<Child> {
    // One replica, as Argo CD's controller and the Flux that was measured: no lease is kept.
    let log = File::options()
        .create(true)
        .append(true)
        .open(log_file(folder))?;
    Command::new(program)
        .args([
            "run",
            "--no-leader-election",
            "--log-format",
            "text",
            "--namespace",
            CONTROL_NAMESPACE,
        ])
        .args([
            "--listen-webhook",
            &webhook.to_string(),
            "--listen-metrics",
            &metrics.to_string(),
        ])
        .arg("--kubeconfig")
        .arg(kubeconfig)
        .arg("--cache-dir")
        .arg(folder.join("cache"))
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .with_context(|| format!("{} cannot be started", program.display()))
}

fn log_file(folder: &Path) -> PathBuf {
    folder.join("caretaker.log")
}

/// A port that was free a moment ago; the same one serves after a restart.
fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}
