//! Helm charts.
//!
//! Comes in: a chart as a kustomization names it. Goes out: its manifests, rendered by whoever
//! answers for what lies elsewhere.

use super::GenerateError;
use crate::file::{HelmChart, HelmGlobals};
use crate::load::Loader;
use std::sync::Arc;

/// The manifests of a chart, as YAML.
pub fn helm_chart(
    chart: &HelmChart,
    globals: &HelmGlobals,
    loader: &Loader<'_>,
) -> Result<Arc<[u8]>, GenerateError> {
    let rendered = loader.elsewhere().chart(chart, globals, loader);
    rendered.map_err(|source| GenerateError::Helm(chart.name.clone(), source))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Nowhere, Restrictions};
    use model::{MemoryTree, TreePath};
    use std::error::Error;

    #[test]
    fn a_chart_nobody_renders_is_named() {
        let tree = MemoryTree::of([("x", "")]).unwrap();
        let root = TreePath::root();
        let loader = Loader::new(&tree, root, Restrictions::RootOnly, &Nowhere).unwrap();
        let chart = HelmChart {
            name: "redis".to_owned(),
            ..HelmChart::default()
        };
        let error = helm_chart(&chart, &HelmGlobals::default(), &loader).unwrap_err();
        assert_eq!(error.to_string(), "the Helm chart redis cannot be rendered");
        let cause = error.source().unwrap().to_string();
        assert!(
            cause.starts_with("this version does not render Helm charts"),
            "{cause}"
        );
    }
}
