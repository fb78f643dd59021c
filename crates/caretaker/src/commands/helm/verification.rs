//! `--verify` and `--keyring`: a chart is used only with a provenance file by a trusted key.
//!
//! Source: Helm 4.2, pkg/downloader (VerifyChart), pkg/cmd/dependency_build.go (defaultKeyring).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use source::{RequiredProof, check_archive};

use super::failed;
use crate::failure::Outcome;

/// Whether a chart must be signed, and by whom.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct VerificationFlags {
    /// Use the chart only if it brings a provenance file (.prov) that one of the keys signed
    #[arg(long)]
    pub verify: bool,
    /// Keys that may have signed it [default: pubring.gpg of GnuPG]
    #[arg(long, value_name = "FILE")]
    pub keyring: Option<PathBuf>,
}

impl VerificationFlags {
    /// What charts that are fetched must bring.
    pub fn required(&self) -> Outcome<Option<Arc<RequiredProof>>> {
        if !self.verify {
            return Ok(None);
        }
        let proof = RequiredProof::new("provenance", &self.keys()?);
        Ok(Some(Arc::new(proof)))
    }

    /// Checks an archive of this machine by the file beside it.
    pub fn check(&self, archive: &Path, bytes: &[u8]) -> Outcome<()> {
        if !self.verify {
            return Ok(());
        }
        let extension = archive.extension().unwrap_or_default();
        if !extension.eq_ignore_ascii_case("tgz") {
            return Err(failed(anyhow!("chart must be a tgz file")));
        }
        let beside = PathBuf::from(format!("{}.prov", archive.display()));
        let unread = || format!("could not load provenance file {}", beside.display());
        let provenance = std::fs::read(&beside).with_context(unread);
        let provenance = provenance.map_err(failed)?;
        let name = archive.file_name().unwrap_or_default().to_string_lossy();
        let checked = check_archive(bytes, &provenance, &name, &self.keys()?);
        let unproven = || format!("{} is not used", archive.display());
        checked.map(drop).with_context(unproven).map_err(failed)
    }

    /// A folder has no signature.
    pub fn refuse_folder(&self) -> Outcome<()> {
        match self.verify {
            true => Err(failed(anyhow!("unpacked charts cannot be verified"))),
            false => Ok(()),
        }
    }

    fn keys(&self) -> Outcome<Vec<u8>> {
        let place = self.keyring.clone().or_else(usual_keyring);
        let place = place.unwrap_or_else(|| PathBuf::from("pubring.gpg"));
        let unread = || format!("failed to load keyring: {}", place.display());
        std::fs::read(&place).with_context(unread).map_err(failed)
    }
}

fn usual_keyring() -> Option<PathBuf> {
    let folder = std::env::var_os("GNUPGHOME").map(PathBuf::from);
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".gnupg"));
    Some(folder.or_else(home)?.join("pubring.gpg"))
}
