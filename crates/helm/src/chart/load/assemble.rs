//! Files become a chart.
//!
//! Comes in: names and bytes. Goes out: the chart, with those in charts/ loaded the same way, one
//! after another by name. Source: LoadFiles in pkg/chart/v2/loader/load.go.

use super::archive;
use super::budget::Budget;
use crate::Warning;
use crate::chart::decode::{Draft, read_lock, read_metadata};
use crate::chart::validate::validate;
use crate::chart::{Chart, File, LoadError, Lock};
use crate::schema::Schema;
use crate::values::{Defaults, files};
use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;

/// Makes a chart of its files. `depth` tells how many charts it stands in.
pub(super) fn assemble(
    files: Vec<File>,
    budget: &mut Budget<'_>,
    depth: usize,
) -> Result<Chart, LoadError> {
    budget.charts_deep(depth)?;
    let mut parts = Parts::default();
    for file in files.iter().filter(|file| &*file.name == "Chart.yaml") {
        parts.chart_yaml(file)?;
    }
    for file in &files {
        parts.sort(file)?;
    }
    let vendored = std::mem::take(&mut parts.vendored);
    let mut chart = parts.finish(files)?;
    for (name, files) in vendored {
        if !name.starts_with(['_', '.']) {
            let below = subchart(&name, files, chart.name(), budget, depth)?;
            chart.warnings.extend(below.warnings.iter().cloned());
            chart.dependencies.push(Arc::new(below));
        }
    }
    Ok(chart)
}

/// What the files of a chart are, one after another.
#[derive(Default)]
struct Parts {
    draft: Option<Draft>,
    lock: Option<Lock>,
    values: Defaults,
    schema: Option<Arc<Schema>>,
    templates: Vec<File>,
    others: Vec<File>,
    vendored: BTreeMap<String, Vec<File>>,
    warnings: Vec<Warning>,
}

impl Parts {
    fn chart_yaml(&mut self, file: &File) -> Result<(), LoadError> {
        let draft = self.draft.get_or_insert_default();
        read_metadata(&file.data, draft).map_err(unreadable("Chart.yaml"))?;
        if draft.fields.api_version.is_empty() {
            draft.fields.api_version = "v1".to_owned();
        }
        Ok(())
    }

    fn sort(&mut self, file: &File) -> Result<(), LoadError> {
        match &*file.name {
            "Chart.yaml" => {}
            "Chart.lock" => {
                self.lock = read_lock(&file.data).map_err(unreadable("Chart.lock"))?;
            }
            "values.yaml" => {
                let values = files::read(&file.data).map_err(unreadable("values.yaml"))?;
                self.values = Defaults::from_json(&values);
            }
            "values.schema.json" => self.schema = Some(Arc::new(Schema::new(file.data.clone()))),
            "requirements.yaml" => self.requirements(file)?,
            "requirements.lock" => self.requirements_lock(file)?,
            name if name.starts_with("templates/") => self.templates.push(file.clone()),
            name => match name.strip_prefix("charts/") {
                Some(inner) if extension(inner) != ".prov" => self.vendor(inner, file),
                _ => self.others.push(file.clone()),
            },
        }
        Ok(())
    }

    fn requirements(&mut self, file: &File) -> Result<(), LoadError> {
        let is_v1 = self.is_v1();
        if !is_v1 {
            self.warnings.push(Warning::info(
                "Warning: Dependencies are handled in Chart.yaml since apiVersion \"v2\". We \
                 recommend migrating dependencies to Chart.yaml.",
            ));
        }
        let draft = self.draft.get_or_insert_default();
        read_metadata(&file.data, draft).map_err(unreadable("requirements.yaml"))?;
        if self.is_v1() {
            self.others.push(file.clone());
        }
        Ok(())
    }

    fn requirements_lock(&mut self, file: &File) -> Result<(), LoadError> {
        self.lock = read_lock(&file.data).map_err(unreadable("requirements.lock"))?;
        self.draft.get_or_insert_default();
        match self.is_v1() {
            true => self.others.push(file.clone()),
            false => self.warnings.push(Warning::info(
                "Warning: Dependency locking is handled in Chart.lock since apiVersion \"v2\". We \
                 recommend migrating to Chart.lock.",
            )),
        }
        Ok(())
    }

    fn is_v1(&self) -> bool {
        let draft = self.draft.as_ref();
        draft.is_some_and(|draft| draft.fields.api_version == "v1")
    }

    fn vendor(&mut self, inner: &str, file: &File) {
        let chart = inner.split('/').next().unwrap_or(inner).to_owned();
        self.vendored.entry(chart).or_default().push(File {
            name: inner.into(),
            data: file.data.clone(),
        });
    }

    fn finish(self, raw: Vec<File>) -> Result<Chart, LoadError> {
        let metadata = validate(self.draft.ok_or(LoadError::MissingChartYaml)?)?;
        Ok(Chart {
            metadata: Arc::new(metadata),
            lock: self.lock.map(Arc::new),
            templates: self.templates.into(),
            values: Arc::new(self.values),
            schema: self.schema,
            files: self.others.into(),
            raw: raw.into(),
            dependencies: Vec::new(),
            warnings: self.warnings,
        })
    }
}

fn subchart(
    name: &str,
    files: Vec<File>,
    parent: &str,
    budget: &mut Budget<'_>,
    depth: usize,
) -> Result<Chart, LoadError> {
    let files = match extension(name) {
        ".tgz" => archive::read(&packed(name, &files, parent)?.data, budget),
        _ => Ok(files.iter().filter_map(inner).collect()),
    };
    let loaded = files.and_then(|files| assemble(files, budget, depth + 1));
    loaded.map_err(|source| LoadError::Subchart {
        name: name.to_owned(),
        parent: parent.to_owned(),
        source: Box::new(source),
    })
}

/// The archive of that name, which may turn out to be a folder.
fn packed<'a>(name: &str, files: &'a [File], parent: &str) -> Result<&'a File, LoadError> {
    match files.first() {
        Some(file) if &*file.name == name => Ok(file),
        first => Err(LoadError::SubchartFolder {
            parent: parent.to_owned(),
            expected: name.to_owned(),
            found: first.map_or(String::new(), |file| file.name.to_string()),
        }),
    }
}

/// A file below a chart's own folder; a file that stands beside the charts belongs to none.
fn inner(file: &File) -> Option<File> {
    let (_, name) = file.name.split_once('/')?;
    Some(File {
        name: name.into(),
        data: file.data.clone(),
    })
}

/// What Go's `filepath.Ext` gives: from the last dot of the last part.
fn extension(name: &str) -> &str {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.rfind('.').map_or("", |at| &last[at..])
}

fn unreadable<E: Error + Send + Sync + 'static>(file: &'static str) -> impl FnOnce(E) -> LoadError {
    move |source| LoadError::Unreadable {
        file,
        source: Box::new(source),
    }
}
