//! Kustomizations with charts behind Applications: who says that charts are rendered, what they are
//! told of the cluster, what their renders read and follow.

use kustomize::load::{ElsewhereError, RepositoryAddress};
use model::{MemoryTree, Revision, SourceTree, TreePath};
use render::{
    Cache, Capabilities, ChartAddress, ChartVersion, Environment, NoRemotes, Remotes, RenderError,
    Rendered, Request, Sources, render,
};
use serde_json::{Value, json};
use std::sync::Arc;

const CHART: &str = "apiVersion: v2\nname: web\nversion: 1.0.0\n";

const TOLD: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  \
    kube: {{ .Capabilities.KubeVersion.Version }}\n  \
    first: {{ .Capabilities.APIVersions.Has \"first/v1\" | quote }}\n  \
    second: {{ .Capabilities.APIVersions.Has \"second/v1\" | quote }}\n  \
    value: {{ .Values.value | quote }}\n";

fn with_chart(kustomization: &str) -> MemoryTree {
    tree(&[
        ("prod/kustomization.yaml", kustomization),
        ("prod/charts/web/Chart.yaml", CHART),
        ("prod/charts/web/values.yaml", "value: own\n"),
        ("prod/charts/web/templates/told.yaml", TOLD),
        ("prod/more.yaml", "value: more\n"),
        (
            "other/a.yaml",
            "kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\n",
        ),
    ])
}

fn with_helm(kustomize: Value, flags: &str) -> Request {
    Request {
        source: Arc::new(json!({"path": "prod", "kustomize": kustomize})),
        settings: Arc::new(json!({"kustomize.buildOptions": flags})),
        app_name: "shop".into(),
        environment: Environment::default(),
        capabilities: Arc::new(Capabilities {
            kube_version: "v1.31.4-gke.1".to_owned(),
            api_versions: vec!["first/v1".to_owned()],
        }),
    }
}

fn tree(files: &[(&str, &str)]) -> MemoryTree {
    MemoryTree::of(files.iter().copied()).unwrap()
}

fn path(text: &str) -> TreePath {
    TreePath::parse(text).unwrap()
}

fn words(error: &RenderError) -> String {
    let causes = std::iter::successors(Some(error as &dyn std::error::Error), |e| e.source());
    causes
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

#[test]
fn charts_are_rendered_where_the_installation_says_so() {
    let tree = with_chart("helmCharts: [{name: web, additionalValuesFiles: [more.yaml]}]\n");
    let data = |kustomize: Value, flags: &str| {
        let rendered = render(&with_helm(kustomize, flags), Sources::offline(&tree));
        rendered.map(|mut rendered| rendered.manifests[0].value["data"].take())
    };
    let told = |kube: &str, first: &str, second: &str| json!({"kube": kube, "first": first, "second": second, "value": "more"});
    let own = json!({"kubeVersion": "1.30", "apiVersions": ["second/v1"]});
    for (kustomize, flags, expected) in [
        (
            Value::Null,
            "--enable-helm",
            told("v1.31.4", "true", "false"),
        ),
        (own, "--enable-helm", told("v1.30", "false", "true")),
        (
            Value::Null,
            "--enable-helm --helm-kube-version v1.20.0 --helm-api-versions second/v1",
            told("v1.31.4", "true", "true"),
        ),
    ] {
        assert_eq!(data(kustomize, flags).unwrap(), expected, "{flags}");
    }
    let off = words(&data(Value::Null, "").unwrap_err());
    assert!(off.contains("must specify --enable-helm"), "{off}");
    assert!(off.contains("kustomize.buildOptions"), "{off}");
    let broken = json!({"kubeVersion": "new"});
    let broken = words(&data(broken, "--enable-helm").unwrap_err());
    assert!(
        broken.contains("could not parse kubernetes version new"),
        "{broken}"
    );
    let foreign = words(&data(Value::Null, "--enable-helm --helm-command jsonnet").unwrap_err());
    assert!(foreign.contains("--helm-command"), "{foreign}");
}

#[test]
fn a_render_with_a_chart_reads_all_of_the_chart_and_asks_the_cluster() {
    let tree = with_chart("helmCharts: [{name: web, additionalValuesFiles: [more.yaml]}]\n");
    let request = with_helm(Value::Null, "--enable-helm");
    let inputs = rendered(&request, &tree, &NoRemotes).inputs;
    for (changed, matters) in [
        ("prod/charts/web/Chart.yaml", true),
        ("prod/charts/web/templates/told.yaml", true),
        ("prod/charts/web/templates/new.yaml", true),
        ("prod/charts/web/charts/new/Chart.yaml", true),
        ("prod/more.yaml", true),
        ("prod/charts/other/Chart.yaml", false),
        ("other/a.yaml", false),
    ] {
        assert_eq!(inputs.touches(&path(changed)), matters, "{changed}");
    }
    assert!(inputs.follows_the_cluster());
    let without = with_chart("resources: [../other/a.yaml]\n");
    let flags = "--enable-helm --load-restrictor LoadRestrictionsNone";
    let inputs = rendered(&with_helm(Value::Null, flags), &without, &NoRemotes).inputs;
    assert!(!inputs.follows_the_cluster());
}

#[test]
fn a_chart_stays_in_the_repository() {
    for (home, expected) in [
        ("../../charts", "leads outside the repository"),
        ("/charts", "is absolute"),
    ] {
        let kustomization =
            format!("helmGlobals: {{chartHome: {home}}}\nhelmCharts: [{{name: web}}]\n");
        let request = with_helm(Value::Null, "--enable-helm");
        let error = render(&request, Sources::offline(&with_chart(&kustomization))).unwrap_err();
        let words = words(&error);
        assert!(words.contains(expected), "{words}");
    }
}

/// A repository with a chart.
struct Shelf(&'static str);

impl Remotes for Shelf {
    fn resolve(&self, _: &RepositoryAddress) -> Result<Revision, ElsewhereError> {
        Err(ElsewhereError::Off)
    }

    fn tree(
        &self,
        _: &RepositoryAddress,
        _: &Revision,
    ) -> Result<Arc<dyn SourceTree>, ElsewhereError> {
        Err(ElsewhereError::Off)
    }

    fn file(&self, _: &str) -> Result<Arc<[u8]>, ElsewhereError> {
        Err(ElsewhereError::Off)
    }

    fn chart_version(&self, address: &ChartAddress) -> Result<ChartVersion, ElsewhereError> {
        assert_eq!(address.repository, "oci://registry.example.org/team");
        assert_eq!((&*address.name, &*address.version), ("web", "1.x"));
        Ok(ChartVersion {
            version: self.0.to_owned(),
            digest: String::new(),
        })
    }

    fn chart(&self, _: &ChartAddress, at: &ChartVersion) -> Result<Arc<[u8]>, ElsewhereError> {
        let mut archive = tar::Builder::new(flate2::write::GzEncoder::new(
            Vec::new(),
            flate2::Compression::fast(),
        ));
        let values = format!("value: from {}\n", at.version);
        let files = [
            ("web/Chart.yaml", CHART),
            ("web/values.yaml", &values),
            ("web/templates/told.yaml", TOLD),
        ];
        for (name, text) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            archive
                .append_data(&mut header, name, text.as_bytes())
                .unwrap();
        }
        Ok(archive.into_inner().unwrap().finish().unwrap().into())
    }
}

#[test]
fn a_chart_of_a_registry_is_fetched_and_followed() {
    let chart = "name: web, repo: 'oci://registry.example.org/team/', version: 1.x";
    let tree = tree(&[(
        "prod/kustomization.yaml",
        &format!("helmCharts: [{{{chart}, valuesInline: {{new: 1}}}}]\n"),
    )]);
    let (cache, request) = (Cache::new(1 << 20), with_helm(Value::Null, "--enable-helm"));
    let value = |remotes: &dyn Remotes| {
        let (rendered, hit) = cache.get_or_render(&request, &tree, remotes).unwrap();
        assert!(rendered.inputs.moves());
        (rendered.manifests[0].value["data"]["value"].clone(), hit)
    };
    assert_eq!(value(&Shelf("1.0.0")), (json!("from 1.0.0"), false));
    assert_eq!(value(&Shelf("1.0.0")), (json!("from 1.0.0"), true));
    assert_eq!(value(&Shelf("1.1.0")), (json!("from 1.1.0"), false));
    let inputs = rendered(&request, &tree, &Shelf("1.0.0")).inputs;
    assert!(inputs.touches(&path("prod/charts/web-1.x/web/Chart.yaml")));
    let offline = render(&request, Sources::offline(&tree)).unwrap_err();
    assert!(offline.wants_remote() && !offline.is_transient());
}

fn rendered(request: &Request, tree: &MemoryTree, remotes: &dyn Remotes) -> Rendered {
    let sources = Sources {
        remotes,
        ..Sources::offline(tree)
    };
    render(request, sources).unwrap()
}
