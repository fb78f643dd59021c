//! How a chart of a kustomization becomes a run of it.

use super::*;
use crate::load::{Nowhere, Restrictions};
use model::{MemoryTree, TreePath};
use std::error::Error;

fn said(chart: HelmChart, enabled: bool) -> String {
    let tree = MemoryTree::of([("x", ""), ("charts/redis/values.yaml", "")]).unwrap();
    let root = TreePath::root();
    let loader = Loader::new(&tree, root, Restrictions::RootOnly, &Nowhere).unwrap();
    let settings = HelmSettings {
        enabled,
        ..HelmSettings::default()
    };
    let globals = HelmGlobals::default();
    let failed = helm_chart(chart, &globals, &settings, &loader, Schema::builtin()).unwrap_err();
    let causes = std::iter::successors(Some(&failed as &dyn Error), |error| (*error).source());
    let causes: Vec<String> = causes.map(ToString::to_string).collect();
    causes.join(": ")
}

fn chart(name: &str, repo: &str) -> HelmChart {
    HelmChart {
        name: name.to_owned(),
        repo: repo.to_owned(),
        ..HelmChart::default()
    }
}

#[test]
fn what_cannot_be_rendered_is_told() {
    let url = "https://charts.example.org";
    for (chart, enabled, expected) in [
        (chart("redis", ""), false, "must specify --enable-helm"),
        (
            chart("redis", ""),
            true,
            "redis cannot be rendered: Helm charts are not rendered here",
        ),
        (
            chart("web", ""),
            true,
            "no repo specified for pull, no chart found at 'charts/web'",
        ),
        (
            chart("web", url),
            true,
            "web cannot be fetched from https://charts.example.org: Helm charts are not",
        ),
    ] {
        let said = said(chart, enabled);
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn a_chart_of_a_repository_is_asked_for_as_helm_pull_does() {
    let versioned = |version: &str, devel: bool, chart: HelmChart| HelmChart {
        version: version.to_owned(),
        devel,
        ..chart
    };
    let web = "https://charts.example.org/";
    let oci = "oci://registry.example.org/team/";
    for (chart, path, expected) in [
        (chart("web", web), "charts/web", [web, "web", ""]),
        (
            versioned("1.2.3", true, chart("web", web)),
            "charts/web-1.2.3/web",
            [web, "web", "1.2.3"],
        ),
        (
            versioned("", true, chart("web", web)),
            "charts/web",
            [web, "web", ">0.0.0-0"],
        ),
        (
            chart("web", oci),
            "charts/web",
            ["oci://registry.example.org/team", "web", ""],
        ),
        (
            versioned("1.2.3", false, chart("web", "")),
            "charts/web",
            ["", "web", "1.2.3"],
        ),
    ] {
        assert_eq!(path_of(&chart, &HelmGlobals::default()), path);
        let wish = wish(&chart);
        assert_eq!([&*wish.repository, &*wish.name, &*wish.version], expected);
    }
}
