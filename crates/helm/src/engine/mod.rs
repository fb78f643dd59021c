//! The engine: a chart and its values in, the text of every template out.
//!
//! All templates of a chart and of the charts below it share one namespace. They are parsed and
//! then executed in one fixed order, deepest file first, each with its own chart's view of the
//! values. Source: Helm 4.2, pkg/engine/engine.go.

mod error;
mod functions;
mod missing;
mod no_value;
mod order;
mod parsed;
mod scope;
mod state;
mod trace;
mod values_methods;

pub use error::RenderError;
pub use missing::MissingValue;
pub use order::is_partial;
pub use parsed::ParsedTemplates;
pub use scope::Shared;
pub use state::Lookup;
pub use trace::Level;

use crate::Dialect;
use crate::chart::Chart;
use crate::warning::Warning;
use gotemplate::{Cycles, Host, Limits, Map, MissingKey, TemplateSet, Text, Value};
use scope::{Renderable, Scope, Tree};
use state::State;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How templates are executed.
pub struct Engine<'a> {
    /// Which Helm is spoken.
    pub dialect: Dialect,
    /// `helm lint`: what is required may be missing, and `fail` does not.
    pub lint: bool,
    /// A key that is not there is an error.
    pub strict: bool,
    /// The time of the render.
    pub clock: sprig::Clock,
    /// Where random functions draw from.
    pub seed: &'a [u8],
    /// What templates may do.
    pub limits: Limits,
    /// Templates parsed before.
    pub parsed: Arc<ParsedTemplates>,
    /// Where `lookup` looks.
    pub lookup: Option<Arc<dyn Lookup>>,
}

impl Engine<'_> {
    /// The text of every template that is no partial, by its path.
    pub fn render(
        &self,
        chart: &Chart,
        values: &Map,
        shared: &Shared,
        warnings: &mut Vec<Warning>,
    ) -> Result<Vec<(String, Text)>, Box<RenderError>> {
        let _cycles = Cycles::watch();
        let tree = Tree::of(chart, values, shared, self.dialect);
        let set = self.parse(&tree)?;
        let state = State::new(self.lint, self.lookup.clone(), self.parsed.clone());
        let host = sprig::Host::with(self.clock, self.seed, Box::new(state));
        let host = host.sharing(self.parsed.keys().clone());
        let rendered = self.execute(&set, &tree, &host);
        let state = host.extra::<State>();
        warnings.extend(state.map(State::take_warnings).unwrap_or_default());
        rendered
    }

    fn parse(&self, tree: &Tree<'_>) -> Result<TemplateSet, Box<RenderError>> {
        let mut set = TemplateSet::new("gotpl");
        for template in &tree.templates {
            let parsed = self.parsed.get(&template.path, &template.file.data);
            let parsed =
                parsed.map_err(|error| RenderError::parsing(&template.path, &error.to_string()))?;
            set.add(&parsed);
        }
        Ok(set)
    }

    fn execute(
        &self,
        set: &TemplateSet,
        tree: &Tree<'_>,
        host: &sprig::Host,
    ) -> Result<Vec<(String, Text)>, Box<RenderError>> {
        let host = Host {
            functions: functions::all(),
            host,
            limits: self.limits,
            missing_key: match self.strict {
                true => MissingKey::Error,
                false => MissingKey::Zero,
            },
        };
        let mut rendered = Vec::with_capacity(tree.templates.len());
        let wanted = tree.templates.iter();
        for template in wanted.filter(|template| !order::is_partial(&template.path)) {
            let scope = &tree.scopes[template.scope];
            scope.enter(template);
            let printed = set.execute(&template.path, Value::Map(scope.dot.clone()), &host);
            let printed = printed.map_err(|error| {
                RenderError::execution(&template.path, &error.texts(), self.dialect, &tree.scopes)
            })?;
            rendered.push((template.path.clone(), no_value::removed(printed)));
        }
        Ok(rendered)
    }
}

impl Scope {
    /// Says which template runs: all templates of the chart see it from now on.
    fn enter(&self, template: &Renderable<'_>) {
        let fields = [
            ("Name", template.path.as_str().into()),
            ("BasePath", format!("{}/templates", self.chart_path).into()),
        ];
        let fields = fields.map(|(name, value): (&str, Text)| (name.into(), Value::Text(value)));
        let values = Map::of(
            Default::default(),
            Some("common.Values"),
            BTreeMap::from(fields),
        );
        self.dot.set("Template".into(), Value::Map(values));
    }
}
