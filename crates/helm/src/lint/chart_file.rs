//! Chart.yaml. Source: Helm 4.2, pkg/chart/v2/lint/rules/chartfile.go.

use super::Linter;
use super::addresses::{is_email, is_request_url, is_url};
use crate::chart::{Draft, METADATA_FIELDS, Maintainer, Metadata, read_metadata};
use crate::quote::quote;
use model::{EntryKind, Version};
use serde_json::Value;

const FILE: &str = "Chart.yaml";

type Found = Result<(), String>;

pub fn check(linter: &mut Linter<'_>) {
    let is_folder = linter.request.kind(FILE) == Some(EntryKind::Folder);
    let found = refuse_if(is_folder, || "should be a file, not a directory".to_owned());
    linter.error(FILE, found);
    let bytes = linter.request.read(FILE).unwrap_or_default();
    let mut draft = Draft::default();
    let read = read_metadata(&bytes, &mut draft);
    let read =
        read.map_err(|error| format!("unable to parse YAML\n\t{}", crate::failure::joined(&error)));
    if !linter.error(FILE, read) {
        return;
    }
    let strict = strictly(&bytes);
    linter.warning(FILE, strict);
    let raw = yaml::read_first(&bytes, &yaml::Limits::default()).unwrap_or_default();
    check_fields(linter, &draft, &raw);
}

fn check_fields(linter: &mut Linter<'_>, draft: &Draft, raw: &Value) {
    let fields = &draft.fields;
    linter.error(FILE, name(&fields.name));
    linter.error(FILE, api_version(&fields.api_version));
    linter.error(FILE, is_text(raw, "version"));
    linter.error(FILE, version(&fields.version));
    linter.error(FILE, is_text(raw, "appVersion"));
    linter.error(FILE, maintainers(&draft.maintainers));
    linter.error(FILE, sources(&fields.sources));
    let has_no_icon = fields.icon.is_empty();
    linter.info(
        FILE,
        refuse_if(has_no_icon, || "icon is recommended".to_owned()),
    );
    let bad_icon = !has_no_icon && !is_request_url(&fields.icon);
    linter.error(
        FILE,
        refuse_if(bad_icon, || format!("invalid icon URL '{}'", fields.icon)),
    );
    linter.error(FILE, kind(fields));
    linter.error(FILE, dependencies(draft));
    let odd_version = Version::parse_strict(&fields.version).is_err();
    let text = || format!("version '{}' is not a valid SemVerV2", fields.version);
    linter.warning(FILE, refuse_if(odd_version, text));
}

fn refuse_if(is_wrong: bool, text: impl FnOnce() -> String) -> Found {
    match is_wrong {
        true => Err(text()),
        false => Ok(()),
    }
}

/// Fields nobody knows, and keys that stand twice.
fn strictly(bytes: &[u8]) -> Found {
    let limits = yaml::Limits {
        duplicate_keys: yaml::DuplicateKeys::Refuse,
        ..yaml::Limits::default()
    };
    let failed = |why: String| format!("failed to strictly parse chart metadata file\n\t{why}");
    let value = yaml::read_first(bytes, &limits).map_err(|error| {
        failed(format!(
            "error converting YAML to JSON: {}",
            error.go_message()
        ))
    })?;
    let keys = value
        .as_object()
        .into_iter()
        .flat_map(|fields| fields.keys());
    let is_known = |key: &str| {
        METADATA_FIELDS
            .iter()
            .any(|field| field.eq_ignore_ascii_case(key))
    };
    match keys.into_iter().find(|key| !is_known(key)) {
        Some(key) => Err(failed(format!(
            "error unmarshaling JSON: while decoding JSON: json: unknown field {}",
            quote(key)
        ))),
        None => Ok(()),
    }
}

fn name(name: &str) -> Found {
    refuse_if(name.is_empty(), || "name is required".to_owned())?;
    let is_path = name.contains('/');
    refuse_if(is_path, || format!("chart name {} is invalid", quote(name)))
}

fn api_version(version: &str) -> Found {
    match version {
        "v1" | "v2" => Ok(()),
        "" => Err("apiVersion is required. The value must be either \"v1\" or \"v2\"".to_owned()),
        other => Err(format!(
            "apiVersion '{other}' is not valid. The value must be either \"v1\" or \"v2\""
        )),
    }
}

fn is_text(raw: &Value, key: &str) -> Found {
    let found = match raw.get(key) {
        None | Some(Value::String(_)) => return Ok(()),
        Some(Value::Null) => "<nil>",
        Some(Value::Bool(_)) => "bool",
        Some(Value::Number(_)) => "float64",
        Some(Value::Array(_)) => "[]interface {}",
        Some(Value::Object(_)) => "map[string]interface {}",
    };
    Err(format!(
        "{key} should be of type string but it's of type {found}"
    ))
}

fn version(version: &str) -> Found {
    refuse_if(version.is_empty(), || "version is required".to_owned())?;
    let parsed = Version::parse(version);
    let parsed = parsed.map_err(|_| format!("version '{version}' is not a valid SemVer"))?;
    let least = Version::parse("0.0.0-0");
    let is_least = least.is_ok_and(|least| parsed <= least);
    refuse_if(is_least, || {
        format!("version \"{parsed}\" is less than or equal to \"0.0.0-0\"")
    })
}

fn maintainers(maintainers: &[Option<Maintainer>]) -> Found {
    for maintainer in maintainers {
        let Some(Maintainer { name, email, url }) = maintainer else {
            return Err("a maintainer entry is empty".to_owned());
        };
        if name.is_empty() {
            return Err("each maintainer requires a name".to_owned());
        }
        if !email.is_empty() && !is_email(email) {
            return Err(format!("invalid email '{email}' for maintainer '{name}'"));
        }
        if !url.is_empty() && !is_url(url) {
            return Err(format!("invalid url '{url}' for maintainer '{name}'"));
        }
    }
    Ok(())
}

fn sources(sources: &[String]) -> Found {
    match sources.iter().find(|source| !is_request_url(source)) {
        Some(source) => Err(format!("invalid source URL '{source}'")),
        None => Ok(()),
    }
}

fn kind(fields: &Metadata) -> Found {
    let is_odd = !fields.kind.is_empty() && fields.api_version != "v2";
    refuse_if(is_odd, || {
        format!(
            "chart type is not valid in apiVersion '{}'. It is valid in apiVersion 'v2'",
            fields.api_version
        )
    })
}

fn dependencies(draft: &Draft) -> Found {
    let any = draft
        .dependencies
        .as_ref()
        .is_some_and(|list| !list.is_empty());
    let version = &draft.fields.api_version;
    refuse_if(any && version != "v2", || {
        format!(
            "dependencies are not valid in the Chart file with apiVersion '{version}'. They are \
             valid in apiVersion 'v2'"
        )
    })
}
