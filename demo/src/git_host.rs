//! The place where the team's repository lives.
//!
//! In: the files of `demo/repository`. Out: a Git server, a clone to work in, and a webhook after
//! every push, whoever makes it: the server's `post-receive` hook runs this very program (see
//! [`crate::announce`]).

use crate::announce::PUSHED_AT;
use crate::transcript::Transcript;
use anyhow::{Context, Result};
use std::net::SocketAddr;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use testbed::{GitRepository, GitServer, GitServerOptions};

/// What stands in the files for the repository's address.
pub const PLACEHOLDER: &str = "https://git.example.com/platform.git";
const NAME: &str = "platform";

/// The host, with its one repository.
pub struct GitHost {
    server: GitServer,
    repository: GitRepository,
    clone: PathBuf,
}

/// A commit that the server has.
pub struct Pushed {
    /// Its id.
    pub commit: String,
    /// Since when.
    pub at: SystemTime,
}

impl GitHost {
    /// Starts the server in a folder and fills the repository with the files below `seed`.
    pub fn open(folder: &Path, seed: &Path) -> Result<GitHost> {
        let root = folder.join("git");
        std::fs::create_dir(&root)?;
        let server = GitServer::start(&root, GitServerOptions::default());
        let repository = GitRepository::create(&root, NAME);
        let clone = folder.join(NAME);
        symlink(repository.work_path(), &clone)?;
        let url = server.url_of(NAME);
        copy(seed, &clone, &url)?;
        repository.git(&["remote", "set-url", "origin", &url]);
        repository.git(&["config", "user.name", "Ada"]);
        repository.git(&["config", "user.email", "ada@example.com"]);
        repository.publish("Everything the shop runs");
        repository.git(&["branch", "--quiet", "--set-upstream-to=origin/main"]);
        Ok(GitHost {
            server,
            repository,
            clone,
        })
    }

    /// The repository's address.
    pub fn url(&self) -> String {
        self.server.url_of(NAME)
    }

    /// Where the clone lies.
    pub fn clone_path(&self) -> &Path {
        &self.clone
    }

    /// From now on, tells of every push.
    pub fn announce_to(&self, webhook: SocketAddr, secret_file: &Path) -> Result<()> {
        let program = std::env::current_exe()?;
        let page = format!("{}/{NAME}", self.server.url());
        let script = format!(
            "#!/bin/sh\nexec '{}' announce --webhook {webhook} --secret-file '{}' --page '{page}'\n",
            program.display(),
            secret_file.display()
        );
        let hook = self.repository.bare_path().join("hooks/post-receive");
        std::fs::create_dir_all(hook.parent().context("a hook lies in a folder")?)?;
        std::fs::write(&hook, script)?;
        std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755))?;
        Ok(())
    }

    /// The text of a file in the clone.
    pub fn read(&self, path: &str) -> Result<String> {
        std::fs::read_to_string(self.clone.join(path))
            .with_context(|| format!("cannot read {path}"))
    }

    /// Puts something else in the place of a text in a file of the clone.
    pub fn replace(&self, path: &str, old: &str, new: &str) -> Result<()> {
        let text = self.read(path)?;
        anyhow::ensure!(text.contains(old), "{path} holds no {old:?}");
        self.repository.write(path, text.replace(old, new));
        Ok(())
    }

    /// Removes a file from the clone.
    pub fn remove(&self, path: &str) {
        self.repository.remove(path);
    }

    /// Commits what was changed, and pushes it.
    pub fn publish(&self, transcript: &Transcript, message: &str) -> Result<Pushed> {
        transcript.command(&format!("git commit --all -m '{message}' && git push"));
        self.repository.commit(message);
        self.push()
    }

    /// Takes the last commit back, and pushes that.
    pub fn revert(&self, transcript: &Transcript) -> Result<Pushed> {
        transcript.command("git revert --no-edit HEAD && git push");
        self.repository.revert();
        self.push()
    }

    /// No longer answers.
    pub fn stop(&mut self) {
        self.server.stop();
    }

    /// Answers again.
    pub fn start_again(&mut self) {
        self.server.start_again();
    }

    fn push(&self) -> Result<Pushed> {
        self.repository.git(&["push", "--quiet"]);
        let at = std::fs::read_to_string(self.repository.bare_path().join(PUSHED_AT));
        let nanos = at.context("the server did not note the push")?.parse()?;
        let at = UNIX_EPOCH + Duration::from_nanos(nanos);
        Ok(Pushed {
            commit: self.repository.head(),
            at,
        })
    }
}

/// Copies all files, with the repository's address in the placeholder's place.
fn copy(from: &Path, to: &Path, url: &str) -> Result<()> {
    for entry in
        std::fs::read_dir(from).with_context(|| format!("cannot list {}", from.display()))?
    {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir(&target)?;
            copy(&entry.path(), &target, url)?;
        } else {
            let text = std::fs::read_to_string(entry.path())?;
            std::fs::write(&target, text.replace(PLACEHOLDER, url))?;
        }
    }
    Ok(())
}
