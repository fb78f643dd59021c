//! Charts packaged by the real Helm, and a place to keep what is fetched.

use super::nobody;
use super::signing::Signer;
use source::{ChartAddress, ChartError, ChartLimits, ChartVersion, Charts, Credentials};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// A folder of packaged charts, and our own folder.
pub struct ChartWorld {
    pub folder: TempDir,
}

impl ChartWorld {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        for name in ["packages", "sources"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        Self { folder }
    }

    /// Packages a chart; gives the archive's path.
    pub fn package(&self, name: &str, version: &str) -> PathBuf {
        self.package_with(name, version, &[])
    }

    /// Packages a chart and signs it.
    pub fn package_signed(&self, name: &str, version: &str, signer: &Signer) -> PathBuf {
        let keyring = self.folder.path().join("keyring.gpg");
        std::fs::write(&keyring, signer.private()).unwrap();
        let keyring = keyring.to_string_lossy();
        let flags = ["--sign", "--key", signer.name, "--keyring", &keyring];
        self.package_with(name, version, &flags)
    }

    fn package_with(&self, name: &str, version: &str, flags: &[&str]) -> PathBuf {
        let source = self.folder.path().join("sources").join(name);
        std::fs::create_dir_all(source.join("templates")).unwrap();
        let chart = format!("apiVersion: v2\nname: {name}\nversion: {version}\n");
        std::fs::write(source.join("Chart.yaml"), chart).unwrap();
        std::fs::write(source.join("templates/a.yaml"), "kind: A\n").unwrap();
        let (source, packages) = (source.to_string_lossy(), self.packages());
        let packages = packages.to_string_lossy();
        self.helm(&[&["package", &source, "-d", &packages], flags].concat());
        self.packages().join(format!("{name}-{version}.tgz"))
    }

    pub fn packages(&self) -> PathBuf {
        self.folder.path().join("packages")
    }

    /// The index the real Helm makes of all packages.
    pub fn index(&self) -> String {
        self.helm(&["repo", "index", &self.packages().to_string_lossy()]);
        std::fs::read_to_string(self.packages().join("index.yaml")).unwrap()
    }

    /// Pushes an archive to a registry.
    pub fn push(&self, archive: &Path, repository: &str, more: &[&str]) {
        let archive = archive.to_string_lossy();
        self.helm(&[&["push", &archive, repository, "--plain-http"], more].concat());
    }

    /// Runs the real Helm, in a home of its own; gives what it prints.
    pub fn helm(&self, arguments: &[&str]) -> String {
        self.try_helm(arguments)
            .unwrap_or_else(|said| panic!("helm {arguments:?}: {said}"))
    }

    /// Runs the real Helm; gives what it prints, or else what it complains of.
    pub fn try_helm(&self, arguments: &[&str]) -> Result<String, String> {
        let output = Command::new(testbed::program("helm"))
            .args(arguments)
            .env_clear()
            .env("HOME", self.folder.path())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        match output.status.success() {
            true => Ok(text(output.stdout)),
            false => Err(text(output.stderr)),
        }
    }

    /// The version the real Helm finds, if any.
    pub fn helms_choice(&self, arguments: &[&str], wish: &str) -> Option<String> {
        let shown = self.try_helm(&[&["show", "chart", "--version", wish], arguments].concat());
        let shown = shown.ok()?;
        let line = shown
            .lines()
            .find_map(|line| line.strip_prefix("version: "));
        Some(line.unwrap().to_owned())
    }

    pub fn open(&self) -> Charts {
        self.open_with(chart_limits())
    }

    pub fn open_with(&self, limits: ChartLimits) -> Charts {
        Charts::new(self.folder.path().join("cache"), limits).unwrap()
    }
}

/// Every question is asked, and none waits long.
pub fn chart_limits() -> ChartLimits {
    ChartLimits {
        index_freshness: Duration::ZERO,
        timeout: Duration::from_secs(20),
        ..ChartLimits::default()
    }
}

pub fn chart(repository: &str, chart: &str, version: &str) -> ChartAddress {
    ChartAddress {
        repository: repository.to_owned(),
        chart: chart.to_owned(),
        version: version.to_owned(),
    }
}

/// HTTP without TLS, and no login.
pub fn plain() -> Credentials {
    Credentials {
        plain_http: true,
        ..nobody()
    }
}

pub fn plain_as(user: &str, password: &str) -> Credentials {
    Credentials {
        plain_http: true,
        proxy: nobody().proxy,
        ..Credentials::basic(user, password)
    }
}

/// The version found, or the error's words.
pub fn found(result: Result<ChartVersion, ChartError>) -> String {
    match result {
        Ok(version) => version.version.to_string(),
        Err(error) => super::chain(&error),
    }
}

/// The error's words of a fetch that fails.
pub fn failure(result: Result<(ChartVersion, Arc<[u8]>), ChartError>) -> String {
    match result {
        Ok((version, _)) => panic!("{} {} was fetched", version.chart, version.version),
        Err(error) => super::chain(&error),
    }
}
