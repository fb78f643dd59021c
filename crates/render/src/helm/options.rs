//! The `helm` block of a source.
//!
//! In: the block as JSON. Out: what it tells Helm. A field nobody knows, or of another type than it
//! must be, is refused by name. Source: Argo CD 3.5, ApplicationSourceHelm.

use crate::OptionsError;
use crate::fields::{Field, Fields};
use serde_json::{Map, Value};

/// What an Application tells Helm.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct HelmOptions {
    pub value_files: Vec<String>,
    pub parameters: Vec<Parameter>,
    pub release_name: String,
    pub values: String,
    pub values_object: Option<Value>,
    pub file_parameters: Vec<FileParameter>,
    pub version: String,
    pub pass_credentials: bool,
    pub ignore_missing_value_files: bool,
    pub skip_crds: bool,
    pub skip_tests: bool,
    pub skip_schema_validation: bool,
    pub namespace: String,
    pub kube_version: String,
    pub api_versions: Vec<String>,
}

/// A value set by its path.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Parameter {
    pub name: String,
    pub value: String,
    /// The value is a text, whatever it looks like.
    pub force_string: bool,
}

/// A value that is the content of a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct FileParameter {
    pub name: String,
    pub path: String,
}

impl HelmOptions {
    /// Reads the block of a source; a source without one asks for nothing.
    pub fn read(source: &Map<String, Value>) -> Result<Self, OptionsError> {
        let mut options = Self::default();
        let block = Fields::new("helm", source.get("helm"))?;
        for (name, value) in block.iter() {
            options.take(&value, name)?;
        }
        Ok(options)
    }

    fn take(&mut self, value: &Field<'_>, name: &str) -> Result<(), OptionsError> {
        match name {
            "valueFiles" => self.value_files = value.texts()?,
            "parameters" => self.parameters = value.list(parameter)?,
            "releaseName" => self.release_name = value.text()?,
            "values" => self.values = value.text()?,
            "valuesObject" => self.values_object = value.given().then(|| value.value.clone()),
            "fileParameters" => self.file_parameters = value.list(file_parameter)?,
            "version" => self.version = value.text()?,
            "passCredentials" => self.pass_credentials = value.switch()?,
            "ignoreMissingValueFiles" => self.ignore_missing_value_files = value.switch()?,
            "skipCrds" => self.skip_crds = value.switch()?,
            "skipTests" => self.skip_tests = value.switch()?,
            "skipSchemaValidation" => self.skip_schema_validation = value.switch()?,
            "namespace" => self.namespace = value.text()?,
            "kubeVersion" => self.kube_version = value.text()?,
            "apiVersions" => self.api_versions = value.texts()?,
            _ => return Err(OptionsError::Unknown(value.path.clone())),
        }
        Ok(())
    }
}

fn parameter(field: &Field<'_>) -> Result<Parameter, OptionsError> {
    let mut parameter = Parameter::default();
    for (name, value) in field.fields()?.iter() {
        match name {
            "name" => parameter.name = value.text()?,
            "value" => parameter.value = value.text()?,
            "forceString" => parameter.force_string = value.switch()?,
            _ => return Err(OptionsError::Unknown(value.path)),
        }
    }
    Ok(parameter)
}

fn file_parameter(field: &Field<'_>) -> Result<FileParameter, OptionsError> {
    let mut parameter = FileParameter::default();
    for (name, value) in field.fields()?.iter() {
        match name {
            "name" => parameter.name = value.text()?,
            "path" => parameter.path = value.text()?,
            _ => return Err(OptionsError::Unknown(value.path)),
        }
    }
    Ok(parameter)
}
