//! `kustomize.buildOptions`: the flags an installation gives every `kustomize build`.
//!
//! In: one line of flags. Out: what they ask for, or the flag that cannot be followed. Source:
//! Kustomize 5.8.1, kustomize/commands/build.

/// What the flags ask for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct BuildOptions {
    /// Kustomizations may read files outside their folder.
    pub unrestricted: bool,
    /// `--reorder`, if given: `true` for `legacy`.
    pub reorder: Option<bool>,
    /// Adds the managed-by label.
    pub managed_by_label: bool,
    /// Charts may be rendered.
    pub enable_helm: bool,
    /// What charts are told of the cluster.
    pub helm_kube_version: String,
    /// What charts are told the cluster serves.
    pub helm_api_versions: Vec<String>,
}

/// A flag that cannot be followed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BuildOptionsError {
    /// Nobody knows it.
    #[error("{0:?} is not a flag of kustomize build")]
    Unknown(String),
    /// It needs a value, or another one.
    #[error("the flag {flag} must be given {expected}")]
    Value {
        /// The flag.
        flag: String,
        /// What it must be given.
        expected: &'static str,
    },
    /// It would write files.
    #[error("the flag {0} is refused: Caretaker writes no files to render")]
    Refused(String),
}

impl BuildOptions {
    /// Reads a line of flags.
    pub fn read(line: &str) -> Result<Self, BuildOptionsError> {
        let mut options = Self::default();
        let mut words = line.split_whitespace();
        while let Some(word) = words.next() {
            let (flag, value) = match word.split_once('=') {
                Some((flag, value)) => (flag, Some(value)),
                None => (word, None),
            };
            options.take(flag, value, &mut words)?;
        }
        Ok(options)
    }

    fn take<'a>(
        &mut self,
        flag: &str,
        given: Option<&'a str>,
        words: &mut impl Iterator<Item = &'a str>,
    ) -> Result<(), BuildOptionsError> {
        let mut value = |expected| {
            let value = given.or_else(|| words.next());
            value.ok_or_else(|| wrong(flag, expected))
        };
        match flag {
            "--load-restrictor" => match value(RESTRICTORS)? {
                "LoadRestrictionsNone" => self.unrestricted = true,
                "LoadRestrictionsRootOnly" | "" => self.unrestricted = false,
                _ => return Err(wrong(flag, RESTRICTORS)),
            },
            "--reorder" => match value("legacy or none")? {
                "legacy" => self.reorder = Some(true),
                "none" => self.reorder = Some(false),
                _ => return Err(wrong(flag, "legacy or none")),
            },
            "--enable-managedby-label" => self.managed_by_label = switch(flag, given)?,
            "--enable-helm" => self.enable_helm = switch(flag, given)?,
            "--helm-kube-version" => self.helm_kube_version = value("a version")?.to_owned(),
            "--helm-api-versions" => {
                let version = value("an API version")?.to_owned();
                self.helm_api_versions.push(version);
            }
            // They say how Helm or a plugin is run, which Caretaker does not do.
            "--helm-command" => {
                let command = value("the path of Helm")?;
                let name = command.rsplit('/').next().unwrap_or(command);
                if !name.starts_with("helm") {
                    return Err(wrong(flag, "the path of Helm"));
                }
            }
            "--network-name" | "--mount" | "--env" | "-e" => {
                value("a value")?;
            }
            // Plugins that are programs are refused where a kustomization names one.
            "--helm-debug"
            | "--network"
            | "--as-current-user"
            | "--stack-trace"
            | "--enable-alpha-plugins"
            | "--enable-exec"
            | "--enable-star" => {
                switch(flag, given)?;
            }
            "-o" | "--output" => return Err(BuildOptionsError::Refused(flag.to_owned())),
            _ => return Err(BuildOptionsError::Unknown(flag.to_owned())),
        }
        Ok(())
    }
}

const RESTRICTORS: &str = "LoadRestrictionsRootOnly or LoadRestrictionsNone";

fn wrong(flag: &str, expected: &'static str) -> BuildOptionsError {
    BuildOptionsError::Value {
        flag: flag.to_owned(),
        expected,
    }
}

fn switch(flag: &str, given: Option<&str>) -> Result<bool, BuildOptionsError> {
    match given {
        None | Some("true" | "1" | "t" | "T" | "TRUE" | "True") => Ok(true),
        Some("false" | "0" | "f" | "F" | "FALSE" | "False") => Ok(false),
        Some(_) => Err(wrong(flag, "true or false")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_read_in_both_spellings() {
        let line = "--enable-helm  --load-restrictor LoadRestrictionsNone --reorder=none \
                    --helm-api-versions a/v1 --helm-api-versions=b/v1 --helm-command helm3";
        assert_eq!(
            BuildOptions::read(line).unwrap(),
            BuildOptions {
                unrestricted: true,
                reorder: Some(false),
                enable_helm: true,
                helm_api_versions: vec!["a/v1".into(), "b/v1".into()],
                ..BuildOptions::default()
            }
        );
    }

    #[test]
    fn what_cannot_be_followed_is_refused_by_name() {
        let refused = |line: &str| BuildOptions::read(line).unwrap_err().to_string();
        assert_eq!(
            refused("--fast"),
            "\"--fast\" is not a flag of kustomize build"
        );
        assert_eq!(
            refused("--reorder"),
            "the flag --reorder must be given legacy or none"
        );
        assert!(refused("-o out.yaml").contains("writes no files"));
        assert!(refused("--enable-helm=maybe").contains("true or false"));
    }
}
