//! A Git repository to make commits in.
//!
//! In: files and messages. Out: commits in a bare repository `ROOT/NAME.git`, which the servers of this crate can serve. The
//! real git does the work, as a fixed person, deaf to the settings of whoever runs the tests.

use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A bare repository, and a work tree whose commits are pushed to it.
pub struct GitRepository {
    bare: PathBuf,
    work: TempDir,
}

impl GitRepository {
    /// Creates `root/name.git` (the name may contain `/`), empty, with the default branch `main`.
    ///
    /// # Panics
    /// If git fails, or the repository exists.
    #[track_caller]
    pub fn create(root: &Path, name: &str) -> GitRepository {
        let bare = root.join(format!("{name}.git"));
        assert!(
            !bare.exists(),
            "{} exists already: give each test's repository its own name",
            bare.display()
        );
        run(git_command()
            .args(["init", "--quiet", "--bare", "--initial-branch=main"])
            .arg(&bare));
        let work = tempfile::Builder::new()
            .prefix("testbed-work-")
            .tempdir()
            .expect("a temporary folder");
        run(git_command()
            .args(["init", "--quiet", "--initial-branch=main"])
            .arg(work.path()));
        let repository = GitRepository { bare, work };
        repository.git(&[
            "remote",
            "add",
            "origin",
            &repository.bare.display().to_string(),
        ]);
        repository
    }

    /// The bare repository: what a server serves.
    pub fn bare_path(&self) -> &Path {
        &self.bare
    }

    /// The work tree.
    pub fn work_path(&self) -> &Path {
        self.work.path()
    }

    /// Writes a file in the work tree, with the folders it needs.
    ///
    /// # Panics
    /// If it cannot be written.
    #[track_caller]
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let file = self.work_path().join(path);
        let folder = file.parent().expect("a path below the work tree");
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&file, content))
            .unwrap_or_else(|error| panic!("cannot write {}: {error}", file.display()));
    }

    /// Removes a file or a folder from the work tree.
    ///
    /// # Panics
    /// If git does not track it.
    #[track_caller]
    pub fn remove(&self, path: &str) {
        self.git(&["rm", "-r", "--quiet", "--force", "--", path]);
    }

    /// Commits everything in the work tree, changed or not, and returns the commit's id.
    ///
    /// # Panics
    /// If git fails.
    #[track_caller]
    pub fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
        self.head()
    }

    /// Pushes the current branch and all tags to the bare repository, over what is there.
    ///
    /// # Panics
    /// If git fails.
    #[track_caller]
    pub fn push(&self) {
        self.git(&["push", "--quiet", "--force", "origin", "HEAD"]);
        self.git(&["push", "--quiet", "--force", "origin", "--tags"]);
    }

    /// Commits and pushes; returns the commit's id.
    ///
    /// # Panics
    /// If git fails.
    #[track_caller]
    pub fn publish(&self, message: &str) -> String {
        let sha = self.commit(message);
        self.push();
        sha
    }

    /// Commits the opposite of the last commit, and returns the new commit's id.
    ///
    /// # Panics
    /// If git fails.
    #[track_caller]
    pub fn revert(&self) -> String {
        self.git(&["revert", "--no-edit", "HEAD"]);
        self.head()
    }

    /// Goes to a branch, which is created here if it does not exist.
    ///
    /// # Panics
    /// If git fails.
    #[track_caller]
    pub fn branch(&self, name: &str) {
        let exists = self
            .try_git(&[
                "rev-parse",
                "--quiet",
                "--verify",
                &format!("refs/heads/{name}"),
            ])
            .is_ok();
        if exists {
            self.git(&["checkout", "--quiet", name])
        } else {
            self.git(&["checkout", "--quiet", "-b", name])
        };
    }

    /// Puts a lightweight tag on the last commit, moving it if it exists.
    ///
    /// # Panics
    /// If git fails.
    #[track_caller]
    pub fn tag(&self, name: &str) {
        self.git(&["tag", "--force", name]);
    }

    /// Puts an annotated tag on the last commit, moving it if it exists.
    ///
    /// # Panics
    /// If git fails.
    #[track_caller]
    pub fn annotated_tag(&self, name: &str, message: &str) {
        self.git(&["tag", "--force", "--annotate", "--message", message, name]);
    }

    /// The id of the last commit.
    ///
    /// # Panics
    /// If there is none.
    #[track_caller]
    pub fn head(&self) -> String {
        self.git(&["rev-parse", "HEAD"])
    }

    /// Runs any git command in the work tree and returns what it printed, trimmed.
    ///
    /// # Panics
    /// If git fails.
    #[track_caller]
    pub fn git(&self, args: &[&str]) -> String {
        self.try_git(args).unwrap_or_else(|error| panic!("{error}"))
    }

    fn try_git(&self, args: &[&str]) -> Result<String, String> {
        try_run(git_command().current_dir(self.work_path()).args(args))
    }
}

/// The real git, as a fixed person and without the user's or the machine's settings; it never asks for a password.
pub fn git_command() -> Command {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_AUTHOR_NAME", "Ada Tester")
        .env("GIT_AUTHOR_EMAIL", "ada@example.com")
        .env("GIT_COMMITTER_NAME", "Ada Tester")
        .env("GIT_COMMITTER_EMAIL", "ada@example.com");
    command
}

#[track_caller]
fn run(command: &mut Command) -> String {
    try_run(command).unwrap_or_else(|error| panic!("{error}"))
}

fn try_run(command: &mut Command) -> Result<String, String> {
    let output = command
        .output()
        .map_err(|error| format!("cannot run {command:?}: {error}; is git installed?"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout)
            .trim_end()
            .to_owned())
    } else {
        let complaint = String::from_utf8_lossy(&output.stderr);
        Err(format!(
            "{command:?} failed ({}): {}",
            output.status,
            complaint.trim_end()
        ))
    }
}
