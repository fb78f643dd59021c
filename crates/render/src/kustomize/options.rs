//! The `kustomize` block of a source.
//!
//! In: the block as JSON. Out: what it asks to change in the kustomization. A field nobody knows,
//! or of another type than it must be, is refused by name. Source: Argo CD 3.5,
//! ApplicationSourceKustomize.

use crate::OptionsError;
use crate::fields::{Field, Fields};
use kustomize::file::{Patch, Replica, Selector, StringMap};
use kustomize::resource::{Gvk, ResId};
use serde_json::{Map, Value};

/// What an Application changes in its kustomization.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct KustomizeOptions {
    pub name_prefix: String,
    pub name_suffix: String,
    pub images: Vec<String>,
    pub replicas: Vec<Replica>,
    pub common_labels: StringMap,
    pub force_common_labels: bool,
    pub label_without_selector: bool,
    pub label_include_templates: bool,
    pub common_annotations: StringMap,
    pub force_common_annotations: bool,
    pub common_annotations_envsubst: bool,
    pub namespace: String,
    pub patches: Vec<Patch>,
    pub components: Vec<String>,
    pub ignore_missing_components: bool,
    pub version: String,
    pub kube_version: String,
    pub api_versions: Vec<String>,
}

impl KustomizeOptions {
    /// Reads the block of a source; a source without one asks for nothing.
    pub fn read(source: &Map<String, Value>) -> Result<Self, OptionsError> {
        let mut options = Self::default();
        let block = Fields::new("kustomize", source.get("kustomize"))?;
        for (name, value) in block.iter() {
            options.take(&value, name)?;
        }
        Ok(options)
    }

    fn take(&mut self, value: &Field<'_>, name: &str) -> Result<(), OptionsError> {
        match name {
            "namePrefix" => self.name_prefix = value.text()?,
            "nameSuffix" => self.name_suffix = value.text()?,
            "images" => self.images = value.texts()?,
            "replicas" => self.replicas = value.list(replica)?,
            "commonLabels" => self.common_labels = value.map()?,
            "forceCommonLabels" => self.force_common_labels = value.switch()?,
            "labelWithoutSelector" => self.label_without_selector = value.switch()?,
            "labelIncludeTemplates" => self.label_include_templates = value.switch()?,
            "commonAnnotations" => self.common_annotations = value.map()?,
            "forceCommonAnnotations" => self.force_common_annotations = value.switch()?,
            "commonAnnotationsEnvsubst" => self.common_annotations_envsubst = value.switch()?,
            "namespace" => self.namespace = value.text()?,
            "patches" => self.patches = value.list(patch)?,
            "components" => self.components = value.texts()?,
            "ignoreMissingComponents" => self.ignore_missing_components = value.switch()?,
            "version" => self.version = value.text()?,
            "kubeVersion" => self.kube_version = value.text()?,
            "apiVersions" => self.api_versions = value.texts()?,
            _ => return Err(OptionsError::Unknown(value.path.clone())),
        }
        Ok(())
    }
}

fn replica(field: &Field<'_>) -> Result<Replica, OptionsError> {
    let mut replica = Replica::default();
    for (name, value) in field.fields()?.iter() {
        match name {
            "name" => replica.name = value.text()?,
            "count" => replica.count = value.count()?,
            _ => return Err(OptionsError::Unknown(value.path)),
        }
    }
    Ok(replica)
}

fn patch(field: &Field<'_>) -> Result<Patch, OptionsError> {
    let mut patch = Patch::default();
    for (name, value) in field.fields()?.iter() {
        match name {
            "path" => patch.path = value.text()?,
            "patch" => patch.patch = value.text()?,
            "target" => patch.target = value.given().then(|| selector(&value)).transpose()?,
            "options" => {
                for (name, value) in value.fields()?.iter() {
                    patch.options.insert(name.to_owned(), value.switch()?);
                }
            }
            _ => return Err(OptionsError::Unknown(value.path)),
        }
    }
    Ok(patch)
}

fn selector(field: &Field<'_>) -> Result<Selector, OptionsError> {
    let mut selector = Selector::default();
    let (mut group, mut version, mut kind) = Default::default();
    let (mut object, mut namespace) = Default::default();
    for (name, value) in field.fields()?.iter() {
        match name {
            "group" => group = value.text()?,
            "version" => version = value.text()?,
            "kind" => kind = value.text()?,
            "name" => object = value.text()?,
            "namespace" => namespace = value.text()?,
            "annotationSelector" => selector.annotation_selector = value.text()?,
            "labelSelector" => selector.label_selector = value.text()?,
            _ => return Err(OptionsError::Unknown(value.path)),
        }
    }
    let (group, version, kind): (String, String, String) = (group, version, kind);
    let (object, namespace): (String, String) = (object, namespace);
    selector.id = ResId::new(Gvk::unscoped(&group, &version, &kind), &object, &namespace);
    Ok(selector)
}
