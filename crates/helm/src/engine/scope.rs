//! What the templates of each chart see.
//!
//! Comes in: a chart whose dependencies were processed, and the objects of the release. Goes out:
//! the templates of all charts, each with the map its chart's templates get as dot. The map of a
//! subchart is also its parent's `.Subcharts.NAME`, and its values are the very map that stands in
//! its parent's values, so what one sets the other sees. Source: Helm 4.2, pkg/engine/engine.go.

use super::order;
use crate::Dialect;
use crate::chart::{Chart, File};
use crate::files::Files;
use crate::values;
use gotemplate::{Map, Text, Value};
use std::collections::{BTreeMap, HashMap};

/// A template of the chart tree.
pub struct Renderable<'c> {
    /// Its path below all charts: `parent/charts/child/templates/x.yaml`.
    pub path: String,
    /// The file.
    pub file: &'c File,
    /// Which of the scopes it sees.
    pub scope: usize,
}

/// What the templates of one chart see.
pub struct Scope {
    /// Where the chart stands: `parent/charts/child`.
    pub chart_path: String,
    /// The dot.
    pub dot: Map,
}

/// All templates in the order of execution, and the scopes of their charts.
pub struct Tree<'c> {
    /// The templates.
    pub templates: Vec<Renderable<'c>>,
    /// The scopes.
    pub scopes: Vec<Scope>,
}

/// What all charts have in common.
pub struct Shared {
    /// `.Release`.
    pub release: Value,
    /// `.Capabilities`.
    pub capabilities: Value,
}

impl<'c> Tree<'c> {
    /// The templates of a chart and of all below it.
    pub fn of(chart: &'c Chart, values: &Map, shared: &Shared, dialect: Dialect) -> Self {
        let mut tree = Self {
            templates: Vec::new(),
            scopes: Vec::new(),
        };
        let values = values.named(Some(VALUES));
        tree.add(chart, None, values, (shared, dialect));
        tree.templates = in_order(tree.templates);
        tree
    }

    fn add(
        &mut self,
        chart: &'c Chart,
        parent: Option<&str>,
        values: Map,
        common: (&Shared, Dialect),
    ) -> Map {
        let chart_path = chart.full_path(parent);
        let (shared, dialect) = common;
        let metadata = chart.value(parent.is_none(), dialect);
        let subcharts = Map::default();
        let dot = Map::new(BTreeMap::from(
            [
                ("Chart", metadata),
                ("Files", Files::new(&chart.files).value()),
                ("Release", shared.release.clone()),
                ("Capabilities", shared.capabilities.clone()),
                ("Values", Value::Map(values)),
                ("Subcharts", Value::Map(subcharts.clone())),
            ]
            .map(|(name, value)| (Text::from(name), value)),
        ));
        for child in &chart.dependencies {
            // A name with a dot in it is a path, which leads nowhere.
            let path = format!("Values.{}", child.name());
            let values = values::table(&dot, &path).unwrap_or_default();
            let values = values.named(Some(VALUES));
            let child_dot = self.add(child, Some(&chart_path), values, common);
            subcharts.set(child.name().into(), Value::Map(child_dot));
        }
        let scope = self.scopes.len();
        let templates = chart.templates.iter();
        let templates =
            templates.filter(|file| !chart.is_library() || order::is_partial(&file.name));
        self.templates.extend(templates.map(|file| Renderable {
            path: format!("{chart_path}/{}", file.name),
            file,
            scope,
        }));
        self.scopes.push(Scope {
            chart_path,
            dot: dot.clone(),
        });
        dot
    }
}

pub const VALUES: &str = "common.Values";

/// The templates in the order of execution. Of several with one path, as when two charts have the
/// same name, the last counts.
fn in_order(templates: Vec<Renderable<'_>>) -> Vec<Renderable<'_>> {
    let mut by_path = HashMap::with_capacity(templates.len());
    for template in templates {
        by_path.insert(template.path.clone(), template);
    }
    let mut templates: Vec<_> = by_path.into_values().collect();
    templates.sort_unstable_by(|a, b| order::compare(&a.path, &b.path));
    templates
}
