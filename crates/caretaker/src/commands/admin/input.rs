//! Files with objects, and the settings they are judged by.

use crate::exit_code;
use crate::failure::{Failure, Outcome};
use crate::screen::Screen;
use crate::user_scripts;
use anyhow::Context as _;
use argo::Settings;
use lua::Scripts;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Larger files are no objects of a cluster.
const LARGEST: u64 = 256 << 20;
/// What the settings that are asked here begin with.
const CONCERNED: &str = "resource.";

/// Whose scripts count.
#[derive(Debug, clap::Args)]
pub struct SettingsArgs {
    /// A file with the ConfigMap argocd-cm, or with its data alone: the health checks and actions in
    /// it count before those that are built in
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
}

impl SettingsArgs {
    /// The scripts; what is wrong with them is remarked.
    pub fn scripts(&self, screen: &Screen) -> Outcome<Scripts> {
        let Some(file) = &self.settings else {
            return Ok(Scripts::default());
        };
        let data = data(file)
            .with_context(|| format!("the settings in {} cannot be read", file.display()))
            .map_err(|error| Failure::from(error).with_code(exit_code::USAGE))?;
        let (settings, warnings) = Settings::from_config_maps(&data, &BTreeMap::new());
        let told = warnings
            .iter()
            .filter(|line| line.starts_with(CONCERNED) && !line.contains("is not acted on"));
        for warning in told {
            screen.remark("warning", warning);
        }
        let (scripts, broken) = user_scripts::compile(&settings.customizations);
        for error in broken {
            screen.remark("warning", &error.to_string());
        }
        Ok(scripts)
    }
}

/// The objects of a file, and why there are no more of them.
pub struct Objects {
    /// What could be read.
    pub found: Vec<Value>,
    /// What ended the reading.
    pub broken: Option<Failure>,
}

/// Reads a file's objects; a `List` is the objects in it.
pub fn objects(file: &Path) -> Objects {
    let mut found = Vec::new();
    let broken = read_into(file, &mut found)
        .with_context(|| format!("{} cannot be read", file.display()))
        .err();
    Objects {
        found,
        broken: broken.map(|error| Failure::from(error).with_code(exit_code::DIFFERS)),
    }
}

fn read_into(file: &Path, found: &mut Vec<Value>) -> anyhow::Result<()> {
    let bytes = bytes(file)?;
    for document in yaml::documents(&bytes, &yaml::Limits::default()) {
        match document?.value {
            Value::Null => {}
            Value::Object(list) if list.get("kind").is_some_and(|kind| kind == "List") => {
                found.extend(items(list));
            }
            object @ Value::Object(_) => found.push(object),
            _ => anyhow::bail!("a document in it is no object"),
        }
    }
    Ok(())
}

fn items(mut list: Map<String, Value>) -> Vec<Value> {
    match list.remove("items") {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

fn bytes(file: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().take(LARGEST).read_to_end(&mut bytes)?;
    } else {
        let file = std::fs::File::open(file)?;
        file.take(LARGEST).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The data of `argocd-cm`: of the ConfigMap of that name, of the only ConfigMap, or the file itself.
fn data(file: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut documents = Vec::new();
    read_into(file, &mut documents)?;
    let is_map = |value: &&Value| value.get("kind").is_some_and(|kind| kind == "ConfigMap");
    let is_named = |value: &&Value| {
        let name = value.pointer("/metadata/name");
        name.is_some_and(|name| name == "argocd-cm")
    };
    let maps = || documents.iter().filter(is_map);
    let chosen = maps().find(is_named).or_else(|| maps().next());
    let none = Value::Null;
    let data = match chosen {
        Some(map) => map.get("data").unwrap_or(&none),
        None => documents.first().context("it is empty")?,
    };
    let data = data.as_object().into_iter().flatten();
    Ok(data
        .map(|(key, value)| (key.clone(), text(value)))
        .collect())
}

/// A setting is text; where a file gives it as YAML of its own, it is that text.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => yaml::write(other).trim_end().to_owned(),
    }
}

/// How an object is called in errors.
pub fn name_of(object: &Value) -> String {
    let text = |path: &str| object.pointer(path).and_then(Value::as_str);
    let kind = text("/kind").unwrap_or("an object of no kind");
    match text("/metadata/name") {
        Some(name) => format!("{kind} {name}"),
        None => kind.to_owned(),
    }
}
