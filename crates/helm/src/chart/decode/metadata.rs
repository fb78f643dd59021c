//! The fields of Chart.yaml.

use super::reader::{Place, Reader, field};
use super::{DecodeError, dependency, read_fields};
use crate::chart::{Dependency, Maintainer, Metadata};
use serde_json::{Map, Value};

/// The names of them all.
pub(crate) const METADATA_FIELDS: &[&str] = &[
    "name",
    "home",
    "sources",
    "version",
    "description",
    "keywords",
    "maintainers",
    "icon",
    "apiVersion",
    "condition",
    "tags",
    "appVersion",
    "deprecated",
    "annotations",
    "kubeVersion",
    "dependencies",
    "type",
];

/// What the files say, before it is checked: lists may have holes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub fields: Metadata,
    pub maintainers: Vec<Option<Maintainer>>,
    pub dependencies: Option<Vec<Option<Dependency>>>,
}

/// Reads Chart.yaml or requirements.yaml into what is known already.
pub(crate) fn read_metadata(bytes: &[u8], draft: &mut Draft) -> Result<(), DecodeError> {
    let fields = read_fields(bytes, "v2.Metadata")?.unwrap_or_default();
    let mut reader = Reader::default();
    for (key, value) in &fields {
        if let Some(name) = field(key, METADATA_FIELDS) {
            read_field(&mut reader, name, value, draft);
        }
    }
    reader.finish()
}

/// The format Chart.yaml claims, which is looked at before all else.
pub(crate) fn read_api_version(bytes: &[u8]) -> Result<String, DecodeError> {
    let fields = read_fields(bytes, "loader.chartBase")?.unwrap_or_default();
    let (mut reader, mut version) = (Reader::default(), String::new());
    for (key, value) in &fields {
        if let Some(name) = field(key, &["apiVersion"]) {
            let (of, above) = ("chartBase", &[][..]);
            reader.text(value, Place { of, above, name }, &mut version);
        }
    }
    reader.finish()?;
    Ok(version)
}

fn read_field(reader: &mut Reader, name: &'static str, value: &Value, draft: &mut Draft) {
    let (of, above) = ("Metadata", &[][..]);
    let place = Place { of, above, name };
    let fields = &mut draft.fields;
    match name {
        "name" => reader.text(value, place, &mut fields.name),
        "home" => reader.text(value, place, &mut fields.home),
        "sources" => reader.texts(value, place, &mut fields.sources),
        "version" => reader.text(value, place, &mut fields.version),
        "description" => reader.text(value, place, &mut fields.description),
        "keywords" => reader.texts(value, place, &mut fields.keywords),
        "maintainers" => read_maintainers(reader, value, place, &mut draft.maintainers),
        "icon" => reader.text(value, place, &mut fields.icon),
        "apiVersion" => reader.text(value, place, &mut fields.api_version),
        "condition" => reader.text(value, place, &mut fields.condition),
        "tags" => reader.text(value, place, &mut fields.tags),
        "appVersion" => reader.text(value, place, &mut fields.app_version),
        "deprecated" => reader.flag(value, place, &mut fields.deprecated),
        "annotations" => reader.text_map(value, place, &mut fields.annotations),
        "kubeVersion" => reader.text(value, place, &mut fields.kube_version),
        "type" => reader.text(value, place, &mut fields.kind),
        _ => read_dependencies(reader, value, place, &mut draft.dependencies),
    }
}

pub(super) fn read_dependencies(
    reader: &mut Reader,
    value: &Value,
    place: Place<'_>,
    target: &mut Option<Vec<Option<Dependency>>>,
) {
    if value.is_null() {
        *target = None;
        return;
    }
    let mut dependencies = target.take().unwrap_or_default();
    reader.structs(
        value,
        place,
        dependency::TYPES,
        &mut dependencies,
        dependency::read,
    );
    *target = Some(dependencies);
}

fn read_maintainers(
    reader: &mut Reader,
    value: &Value,
    place: Place<'_>,
    target: &mut Vec<Option<Maintainer>>,
) {
    if value.is_null() {
        target.clear();
        return;
    }
    let types = ("[]*v2.Maintainer", "v2.Maintainer");
    reader.structs(value, place, types, target, read_maintainer);
}

fn read_maintainer(reader: &mut Reader, fields: &Map<String, Value>, target: &mut Maintainer) {
    for (key, value) in fields {
        let Some(name) = field(key, &["name", "email", "url"]) else {
            continue;
        };
        let (of, above) = ("Maintainer", &["maintainers"][..]);
        let place = Place { of, above, name };
        match name {
            "name" => reader.text(value, place, &mut target.name),
            "email" => reader.text(value, place, &mut target.email),
            _ => reader.text(value, place, &mut target.url),
        }
    }
}
