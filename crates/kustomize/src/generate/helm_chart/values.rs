//! The values of a chart.
//!
//! Comes in: the files a kustomization names, and the values written in it. Goes out: values in the
//! order in which Helm is given them. Values are merged as strategic merges are, and read as
//! Kustomize reads YAML, which is not quite as Helm does: `yes` becomes a text. Source: Kustomize
//! 5.8.1, api/internal/builtins/HelmChartInflationGenerator.go (createNewMergedValuesFile).

use super::ChartError;
use crate::file::HelmChart;
use crate::load::{ChartValues, Loader};
use crate::patch::strategic::{Growth, merge_values};
use crate::schema::Schema;
use serde_json::{Map, Value};
use yaml::{Content, Form, Limits, Node, Tag};

/// The files of `additionalValuesFiles`. The loader checks them, but Helm opens them, as paths below
/// the kustomization.
pub fn additional(chart: &HelmChart, loader: &Loader<'_>) -> Result<Vec<ChartValues>, ChartError> {
    let mut values = Vec::with_capacity(chart.additional_values_files.len());
    for path in &chart.additional_values_files {
        let checked = loader.load(path).map_err(ChartError::Additional)?;
        let below = path.trim_start_matches('/');
        let bytes = match below == path && !crate::load::is_web_address(path) {
            true => checked,
            false => loader
                .load(&format!("./{below}"))
                .map_err(ChartError::Additional)?,
        };
        let name = loader.place_of(below);
        values.push(ChartValues::File { name, bytes });
    }
    Ok(values)
}

/// The chart's values, or those of `valuesFile`, merged with those that are written inline.
pub fn main(
    chart: &HelmChart,
    folder: &str,
    loader: &Loader<'_>,
    schema: &Schema,
) -> Result<ChartValues, ChartError> {
    let own = || format!("{folder}/values.yaml");
    let path = match chart.values_file.as_str() {
        "" => own(),
        path => path.to_owned(),
    };
    match chart
        .values_inline
        .as_ref()
        .filter(|inline| !inline.is_empty())
    {
        None => Ok(ChartValues::File {
            name: loader.place_of(&path),
            bytes: loader.load(&path)?,
        }),
        Some(inline) if chart.values_merge == "replace" => Ok(ChartValues::Merged(inline.clone())),
        Some(inline) => {
            let merging = Merging {
                file: loader.place_of(&path),
                schema,
            };
            let file = loader.load(&path)?;
            let inline = Node::from_value(&Value::Object(inline.clone()));
            let ours_win = chart.values_merge != "merge";
            merging
                .merged(&file, inline, ours_win)
                .map(ChartValues::Merged)
        }
    }
}

/// Values are not written and read again, as objects are: a number stays one whatever style it took
/// over from what it replaced.
fn spell_tags(node: &mut Node) {
    match &mut node.content {
        Content::Scalar(_) if node.tag == Tag::None => {}
        Content::Scalar(_) => {
            node.style.form = Form::DoubleQuoted;
            node.style.tagged = node.tag != Tag::Str;
        }
        Content::Sequence(items) => items.iter_mut().for_each(spell_tags),
        Content::Mapping(entries) => entries.iter_mut().for_each(|(key, value)| {
            spell_tags(key);
            spell_tags(value);
        }),
    }
}

struct Merging<'a> {
    file: String,
    schema: &'a Schema,
}

impl Merging<'_> {
    /// A file's values and the inline ones; whose do not win are laid below the others.
    fn merged(
        &self,
        file: &[u8],
        inline: Node,
        ours_win: bool,
    ) -> Result<Map<String, Value>, ChartError> {
        let theirs = self.read(file)?;
        let (below, above) = match ours_win {
            true => (theirs, inline),
            false => (inline, theirs),
        };
        let merged = merge_values(below, &above, self.schema, Growth::Behind);
        let mut merged = merged.map_err(|source| ChartError::Merge {
            file: self.file.clone(),
            source,
        })?;
        spell_tags(&mut merged);
        let value = merged.to_value().map_err(|source| ChartError::Merged {
            file: self.file.clone(),
            source,
        })?;
        match value {
            Value::Object(fields) => Ok(fields),
            Value::Null => Ok(Map::new()),
            _ => Err(ChartError::NoMap(self.file.clone())),
        }
    }

    fn read(&self, file: &[u8]) -> Result<Node, ChartError> {
        let text = String::from_utf8_lossy(file);
        let limits = Limits::default();
        let parse = |source| ChartError::Parse {
            file: self.file.clone(),
            source,
        };
        if let Some(node) = yaml::read_node(&text, &limits).map_err(parse)? {
            return Ok(node);
        }
        // A document that is null will do; none at all will not.
        let null = yaml::read_node_with_comments(&text, &limits).map_err(parse)?;
        null.ok_or_else(|| ChartError::Empty(self.file.clone()))
    }
}
