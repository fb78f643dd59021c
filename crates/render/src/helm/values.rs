//! What an Application says about values.
//!
//! In: the options of `source.helm`. Out: values files, `values` over them, and parameters, each kind
//! as Argo CD hands it to Helm. Source: Argo CD 3.5, util/helm/cmd.go.

use super::HelmError;
use super::options::HelmOptions;
use super::value_files::{Lookup, Place, ValueFileError};
use crate::environment::Expander;
use crate::recorder::Recorder;
use crate::remotes::RecordedRemotes;
use ::helm::values::{ValueFile, ValueInputs};
use kustomize::load::Elsewhere as _;
use model::{SourceTree, TreePath};
use serde_json::Value;
use std::collections::BTreeMap;

/// Where files are read, and what variables stand for.
pub(super) struct Context<'a> {
    pub recorder: &'a Recorder<'a>,
    pub remotes: &'a RecordedRemotes<'a>,
    pub variables: &'a Expander<'a>,
    /// Schemes of addresses that may be fetched.
    pub schemes: Vec<&'a str>,
}

/// Files first, then `values`, then parameters. Of parameters with one name the last counts.
pub(super) fn inputs(
    options: &HelmOptions,
    context: &Context<'_>,
) -> Result<ValueInputs<'static>, HelmError> {
    let lookup = context.lookup(options.ignore_missing_value_files);
    let expanded = expanded(&options.value_files, context)?;
    let mut files = Vec::new();
    for place in lookup.all(&expanded)? {
        files.push(context.values_file(place)?);
    }
    files.extend(own_values(options)?);
    let (mut set, mut set_string) = (BTreeMap::new(), BTreeMap::new());
    for parameter in &options.parameters {
        let value = escaped(&context.variables.expand(&parameter.value));
        match parameter.force_string {
            true => set_string.insert(&parameter.name, value),
            false => set.insert(&parameter.name, value),
        };
    }
    let mut set_file = BTreeMap::new();
    for parameter in &options.file_parameters {
        let path = expanded_one(&parameter.path, context)?;
        let place = lookup.one(&path)?;
        set_file.insert(&parameter.name, escaped(&named(&place)));
    }
    Ok(ValueInputs {
        files,
        set: arguments(set),
        set_string: arguments(set_string),
        set_file: arguments(set_file),
        ..ValueInputs::default()
    })
}

fn own_values(options: &HelmOptions) -> Result<Option<ValueFile>, HelmError> {
    match &options.values_object {
        Some(Value::Object(fields)) => return Ok(Some(ValueFile::Read(fields.clone()))),
        Some(_) => return Err(HelmError::ValuesObject),
        None => {}
    }
    Ok((!options.values.is_empty()).then(|| ValueFile::Text {
        name: "source.helm.values".to_owned(),
        bytes: options.values.clone().into_bytes(),
    }))
}

fn arguments(pairs: BTreeMap<&String, String>) -> Vec<String> {
    let pairs = pairs.into_iter();
    pairs
        .map(|(name, value)| format!("{name}={value}"))
        .collect()
}

fn expanded(files: &[String], context: &Context<'_>) -> Result<Vec<String>, ValueFileError> {
    let files = files.iter();
    files.map(|file| expanded_one(file, context)).collect()
}

/// `$name/...` is a file of another source; only Argo CD's own variables stand for something.
fn expanded_one(file: &str, context: &Context<'_>) -> Result<String, ValueFileError> {
    let is_variable = file.starts_with("$ARGOCD_") || file.starts_with("${");
    match file.starts_with('$') && !is_variable {
        true => Err(ValueFileError::OtherSource(file.to_owned())),
        false => Ok(context.variables.expand(file)),
    }
}

/// A comma belongs to the value, unless the value is a list in braces or escapes it itself.
fn escaped(value: &str) -> String {
    if value.starts_with('{') && value.ends_with('}') {
        return value.to_owned();
    }
    let mut out = String::with_capacity(value.len());
    let mut before = '\0';
    for character in value.chars() {
        if character == ',' && before != '\\' {
            out.push('\\');
        }
        out.push(character);
        before = character;
    }
    out
}

fn named(place: &Place) -> String {
    match place {
        Place::File(path) => path.to_string(),
        Place::Web(url) => url.clone(),
    }
}

impl<'a> Context<'a> {
    fn lookup(&self, ignore_missing: bool) -> Lookup<'_> {
        Lookup {
            recorder: self.recorder,
            schemes: self.schemes.clone(),
            ignore_missing,
        }
    }

    fn values_file(&self, place: Place) -> Result<ValueFile, HelmError> {
        let name = named(&place);
        let bytes = match place {
            Place::File(path) => {
                let read = SourceTree::read(self.recorder, &path);
                let file = name.clone();
                read.map_err(|source| ValueFileError::Read { file, source })?
                    .bytes
                    .to_vec()
            }
            Place::Web(url) => {
                let fetched = self.remotes.file(&url);
                fetched
                    .map_err(|source| HelmError::Web { url, source })?
                    .to_vec()
            }
        };
        Ok(ValueFile::Text { name, bytes })
    }

    /// The content of a file that a file parameter names; its path was resolved before.
    pub fn content(&self, name: &str) -> Result<Vec<u8>, String> {
        if name.contains("://") {
            let fetched = self.remotes.file(name);
            return fetched
                .map(|bytes| bytes.to_vec())
                .map_err(|error| error.to_string());
        }
        let path = TreePath::parse(name).map_err(|error| error.to_string())?;
        let read = SourceTree::read(self.recorder, &path);
        read.map(|blob| blob.bytes.to_vec())
            .map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_of_a_parameter_belong_to_its_value() {
        let rows = [
            ("a,b", "a\\,b"),
            ("a\\,b", "a\\,b"),
            ("{a,b}", "{a,b}"),
            ("{a,b", "{a\\,b"),
            ("plain", "plain"),
        ];
        for (value, expected) in rows {
            assert_eq!(escaped(value), expected, "{value}");
        }
    }
}
