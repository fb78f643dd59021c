//! What all kustomizations of one build share.
//!
//! Comes in: the caller's options. Goes out: the same for everybody, the schema in force, which the
//! outermost kustomization that names one decides, and a count of what was done, so that no
//! repository keeps a build busy without end.

use super::known_versions::KnownVersions;
use crate::build::Options;
use crate::error::{BuildError, Problem};
use crate::file::{StringMap, Warning};
use crate::load::Loader;
use crate::node;
use crate::parsed::ParsedFiles;
use crate::resource::{ReadResourcesError, Resource, read_objects};
use crate::schema::{BuiltIn, Schema};
use model::Blob;
use std::ops::Deref;
use std::sync::Arc;
use yaml::Node;

/// One build.
pub(crate) struct Session<'a> {
    pub(crate) options: &'a Options,
    pub(crate) warnings: Vec<Warning>,
    pub(super) known_versions: KnownVersions,
    parsed: Option<&'a ParsedFiles>,
    schema: Schemas,
    schema_is_chosen: bool,
    built_in: BuiltIn,
    resources: usize,
    nodes: usize,
    work: usize,
    charts: usize,
    text: usize,
}

/// The schema in force: a kustomization's own, or else the built-in one. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Schemas(Option<Arc<Schema>>);

impl Deref for Schemas {
    type Target = Schema;

    fn deref(&self) -> &Schema {
        self.0.as_deref().unwrap_or_else(|| Schema::builtin())
    }
}

impl Schemas {
    /// Are both the very same?
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        }
    }
}

/// The one version of Kubernetes whose schema is built in.
const BUILT_IN_VERSION: &str = "v1.21.2";

impl<'a> Session<'a> {
    /// A build that has not begun.
    pub(crate) fn new(options: &'a Options, parsed: Option<&'a ParsedFiles>) -> Self {
        Self {
            options,
            warnings: Vec::new(),
            known_versions: KnownVersions::new(&options.helm.api_versions),
            parsed,
            schema: Schemas::default(),
            schema_is_chosen: false,
            built_in: BuiltIn::Gone,
            resources: 0,
            nodes: 0,
            work: 0,
            charts: 0,
            text: 0,
        }
    }

    /// The schema in force.
    pub(crate) fn schema(&self) -> Schemas {
        self.schema.clone()
    }

    /// Takes the schema a kustomization names, unless one above it has named one. The file is loaded
    /// in any case.
    pub(crate) fn choose_schema(
        &mut self,
        openapi: &StringMap,
        loader: &Loader<'_>,
    ) -> Result<(), BuildError> {
        let file = openapi.get("path");
        let file = file.map(|path| loader.load(path)).transpose()?;
        let version = openapi.get("version").map_or("", String::as_str);
        match file {
            _ if self.schema_is_chosen => return Ok(()),
            Some(_) if openapi.contains_key("version") => return Err(Problem::TwoSchemas.into()),
            Some(bytes) => {
                self.schema = Schemas(Some(Arc::new(Schema::from_openapi(&bytes, self.built_in)?)))
            }
            None if version.is_empty() => return Ok(()),
            None if version == BUILT_IN_VERSION => self.schema = Schemas::default(),
            None => return Err(Problem::NoSuchSchema(version.to_owned()).into()),
        }
        self.schema_is_chosen = true;
        Ok(())
    }

    /// Notes that the built-in schema is needed, by a strategic merge. A schema that is chosen later
    /// goes over it, instead of in its place.
    pub(crate) fn merges(&mut self) {
        self.built_in = BuiltIn::Yields;
    }

    /// Notes kinds whose scope is asked for. Upstream needs the built-in schema for those it does not
    /// know by heart; then it goes over one that is chosen later.
    fn asks_scopes(&mut self, resources: &[Resource]) {
        let unknown = |resource: &Resource| {
            let api_version = node::api_version(&resource.node);
            !Schema::builtin().knows_scope(api_version, resource.kind())
        };
        if self.built_in == BuiltIn::Gone && resources.iter().any(unknown) {
            self.built_in = BuiltIn::Wins;
        }
    }

    /// The objects of a file, from memory if another build or kustomization has read them.
    pub(crate) fn objects(&self, blob: &Blob) -> Result<Vec<Node>, ReadResourcesError> {
        match self.parsed {
            Some(parsed) => Ok(parsed.objects(blob)?.to_vec()),
            None => read_objects(&blob.bytes),
        }
    }

    /// Keeps warnings, each once: a base may be read many times.
    pub(crate) fn warn(&mut self, more: Vec<Warning>) {
        for warning in more {
            let known = |one: &Warning| one.file == warning.file && one.field == warning.field;
            if !self.warnings.iter().any(known) {
                self.warnings.push(warning);
            }
        }
    }

    /// Notes that resources were read or made.
    pub(crate) fn count_resources(&mut self, more: &[Resource]) -> Result<(), BuildError> {
        self.asks_scopes(more);
        let bounds = &self.options.bounds;
        self.resources = self.resources.saturating_add(more.len());
        let nodes = more.iter().map(|resource| node::count(&resource.node));
        self.nodes = self.nodes.saturating_add(nodes.sum());
        for (found, limit, what) in [
            (self.resources, bounds.resources, "resources"),
            (self.nodes, bounds.nodes, "values in resources"),
        ] {
            if found > limit {
                return Err(Problem::TooMuch(format!("read more than {limit} {what}")).into());
            }
        }
        Ok(())
    }

    /// Refuses resources that have grown to so many values.
    pub(crate) fn hold(&self, values: usize) -> Result<(), BuildError> {
        let limit = self.options.bounds.nodes;
        match values > limit {
            true => Err(Problem::TooMuch(format!("hold more than {limit} values")).into()),
            false => Ok(()),
        }
    }

    /// Notes that something looks at so many resources.
    pub(crate) fn count_work(&mut self, looks: usize) -> Result<(), BuildError> {
        let limit = self.options.bounds.work;
        self.work = self.work.saturating_add(looks).saturating_add(1);
        match self.work > limit {
            true => {
                let what = "transform resources more often than";
                Err(Problem::TooMuch(format!("{what} {limit} times")).into())
            }
            false => Ok(()),
        }
    }

    /// Notes that a chart is rendered, which may take long.
    pub(super) fn count_chart(&mut self) -> Result<(), BuildError> {
        let limit = self.options.bounds.charts;
        self.charts += 1;
        match self.charts > limit {
            true => Err(Problem::TooMuch(format!("render more than {limit} charts")).into()),
            false => Ok(()),
        }
    }

    /// Notes that so many bytes are written, so many times.
    pub(crate) fn count_text(&mut self, bytes: usize, times: usize) -> Result<(), BuildError> {
        let limit = self.options.bounds.text;
        self.text = self.text.saturating_add(bytes.saturating_mul(times));
        match self.text > limit {
            true => Err(Problem::TooMuch(format!("write more than {limit} bytes")).into()),
            false => Ok(()),
        }
    }
}
