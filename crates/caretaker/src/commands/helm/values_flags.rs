//! The flags that set values: `-f` and the family of `--set`.
//!
//! In: the flags as Helm takes them. Out: what they say; the library weighs the kinds. Source: Helm
//! 4.2, pkg/cli/values/options.go.

use std::io::Read as _;

use anyhow::Context as _;
use helm::values::{ValueFile, ValueInputs};
use render::Remotes as _;

use super::failed;
use crate::failure::Outcome;
use crate::late_remotes::LateRemotes;

/// Flags that set values.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Values")]
pub struct ValuesFlags {
    /// Values from a YAML file, an address on the web, or - for standard input; may be repeated
    #[arg(short = 'f', long, value_name = "FILE", value_delimiter = ',')]
    values: Vec<String>,
    /// Values by their paths: key1=val1,key2=val2
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// The same, and every value is a text
    #[arg(long, value_name = "KEY=VALUE")]
    set_string: Vec<String>,
    /// Values that are JSON: key1=json1, or one object for all
    #[arg(long, value_name = "KEY=JSON")]
    set_json: Vec<String>,
    /// Values that are the contents of files: key1=path1
    #[arg(long, value_name = "KEY=FILE")]
    set_file: Vec<String>,
    /// One text, taken as it stands
    #[arg(long, value_name = "KEY=TEXT")]
    set_literal: Vec<String>,
}

impl ValuesFlags {
    /// What they say, their files read.
    pub fn inputs(&self, remotes: &LateRemotes) -> Outcome<ValueInputs<'static>> {
        let read = |name: &String| -> Outcome<ValueFile> {
            Ok(ValueFile::Text {
                name: name.clone(),
                bytes: content(name, remotes).map_err(failed)?,
            })
        };
        Ok(ValueInputs {
            files: self.values.iter().map(read).collect::<Outcome<_>>()?,
            set_json: self.set_json.clone(),
            set: self.set.clone(),
            set_string: self.set_string.clone(),
            set_file: self.set_file.clone(),
            set_literal: self.set_literal.clone(),
            read_file: None,
        })
    }
}

/// What a file holds, wherever it is.
pub fn content(name: &str, remotes: &LateRemotes) -> anyhow::Result<Vec<u8>> {
    if name.trim() == "-" {
        let mut text = Vec::new();
        std::io::stdin().read_to_end(&mut text)?;
        return Ok(text);
    }
    if name.starts_with("http://") || name.starts_with("https://") {
        let fetched = remotes.file(name);
        return Ok(fetched.with_context(|| name.to_owned())?.to_vec());
    }
    std::fs::read(name).with_context(|| format!("open {name}"))
}
