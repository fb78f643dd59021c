//! A repository with a folder an app, written without a work tree.
//!
//! Comes in: files. Goes out: commits in a bare repository. `git fast-import` takes ten thousand
//! files in one go and one changed file in milliseconds, where a work tree would cost the disk
//! thousands of small files that no engine under test is to pay for.

use anyhow::{Context, Result, ensure};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;
use testbed::git_command;

/// A bare repository with one branch, `main`.
pub struct Monorepo {
    bare: PathBuf,
    /// As in `NAME.git`.
    pub name: &'static str,
}

impl Monorepo {
    /// Creates `root/name.git` with these files (path and text) in one commit.
    pub fn create(
        root: &Path,
        name: &'static str,
        files: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self> {
        let bare = root.join(format!("{name}.git"));
        let mut init = git_command();
        init.args(["init", "--quiet", "--bare", "--initial-branch=main"])
            .arg(&bare);
        run(&mut init)?;
        let repository = Self { bare, name };
        repository.import(commit("all apps", false, files))?;
        Ok(repository)
    }

    /// Commits one changed file; the commit's id.
    pub fn change(&self, path: &str, text: String) -> Result<String> {
        self.import(commit(
            &format!("change {path}"),
            true,
            [(path.to_owned(), text)],
        ))?;
        run(self.git().args(["rev-parse", "refs/heads/main"]))
    }

    fn git(&self) -> Command {
        let mut command = git_command();
        command.arg("--git-dir").arg(&self.bare);
        command
    }

    fn import(&self, stream: String) -> Result<()> {
        let mut import = self.git();
        import.args(["fast-import", "--quiet", "--done", "--date-format=raw"]);
        let mut child = import
            .stdin(Stdio::piped())
            .spawn()
            .context("git cannot be started")?;
        let mut input = child.stdin.take().context("git has no stdin")?;
        let written = input.write_all(stream.as_bytes());
        drop(input);
        let status = child.wait().context("git fast-import did not end")?;
        ensure!(status.success(), "git fast-import failed ({status})");
        written.context("git fast-import did not read it all")
    }
}

/// One commit in fast-import's language.
fn commit(
    message: &str,
    onward: bool,
    files: impl IntoIterator<Item = (String, String)>,
) -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seconds = now.map_or(0, |now| now.as_secs());
    let mut stream = format!(
        "commit refs/heads/main\ncommitter Ada Tester <ada@example.com> {seconds} +0000\ndata {}\n{message}\n",
        message.len()
    );
    if onward {
        stream.push_str("from refs/heads/main^0\n");
    }
    for (path, text) in files {
        // Writing to a String cannot fail.
        let _ = write!(
            stream,
            "M 100644 inline {path}\ndata {}\n{text}\n",
            text.len()
        );
    }
    stream.push_str("done\n");
    stream
}

fn run(command: &mut Command) -> Result<String> {
    let output = command.output().context("git cannot be started")?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?} failed: {complaint}");
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
