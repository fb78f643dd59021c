//! Charts behind Applications: what an Application tells Helm, and what its renders follow.

use kustomize::load::{ElsewhereError, RepositoryAddress};
use model::{MemoryTree, Revision, SourceTree, TreePath};
use render::{
    Cache, Capabilities, ChartAddress, ChartVersion, Environment, NoRemotes, Remotes, Rendered,
    Request, Sources, render,
};
use serde_json::{Value, json};
use std::error::Error;
use std::sync::Arc;

const CHART: &str = "apiVersion: v2\nname: web\nversion: 1.2.3\n";

/// Shows everything an Application can change.
const SHOWN: &str = "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
data:
  kube: {{ .Capabilities.KubeVersion.Version }}
  shops: {{ .Capabilities.APIVersions.Has \"example.com/v1/Shop\" | quote }}
  values: {{ omit .Values \"global\" | toJson | quote }}
";

fn tree(files: &[(&str, &str)]) -> MemoryTree {
    let chart = [
        ("web/Chart.yaml", CHART),
        ("web/templates/shown.yaml", SHOWN),
    ];
    MemoryTree::of(chart.into_iter().chain(files.iter().copied())).unwrap()
}

fn request(helm: Value) -> Request {
    Request {
        source: Arc::new(json!({"path": "web", "helm": helm})),
        settings: Arc::default(),
        app_name: "shop".into(),
        environment: Environment {
            app_name: "shop".into(),
            namespace: "shops".into(),
            ..Environment::default()
        },
        capabilities: Arc::new(Capabilities {
            kube_version: "v1.31.2+k3s1".into(),
            api_versions: vec!["example.com/v1/Shop".into()],
        }),
    }
}

fn rendered(helm: Value, tree: &MemoryTree) -> Result<Rendered, String> {
    render(&request(helm), Sources::offline(tree)).map_err(|error| words(&error))
}

fn words(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| (*error).source());
    let words: Vec<String> = causes.map(ToString::to_string).collect();
    words.join(": ")
}

/// What the chart shows.
fn shown(helm: Value, tree: &MemoryTree) -> Value {
    rendered(helm, tree).unwrap().manifests[0].value.clone()
}

fn values(helm: Value, tree: &MemoryTree) -> Value {
    let shown = shown(helm, tree);
    serde_json::from_str(shown["data"]["values"].as_str().unwrap()).unwrap()
}

#[test]
fn the_release_is_the_application_and_the_cluster_is_its_destination() {
    let found = shown(Value::Null, &tree(&[]));
    let expected = json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "shop", "namespace": "shops"},
        "data": {"kube": "v1.31.2", "shops": "true", "values": "{}"},
    });
    assert_eq!(found, expected);
    let told = json!({
        "releaseName": "other",
        "namespace": "elsewhere",
        "kubeVersion": "1.29",
        "apiVersions": ["a/v1/B"],
    });
    let found = shown(told, &tree(&[]));
    assert_eq!(
        found["metadata"],
        json!({"name": "other", "namespace": "elsewhere"})
    );
    assert_eq!(
        (&found["data"]["kube"], &found["data"]["shops"]),
        (&json!("v1.29"), &json!("false"))
    );
}

#[test]
fn later_values_lie_over_earlier_ones() {
    let tree = tree(&[
        ("web/values.yaml", "a: default\nb: default\nc: default\n"),
        ("web/envs/dev.yaml", "b: dev\n"),
        ("shared/all.yaml", "b: shared\nd: [1]\n"),
    ]);
    let rows = [
        (
            json!({}),
            json!({"a": "default", "b": "default", "c": "default"}),
        ),
        (
            json!({"valueFiles": ["envs/dev.yaml", "/shared/all.yaml"]}),
            json!({"a": "default", "b": "shared", "c": "default", "d": [1]}),
        ),
        (
            json!({"valueFiles": ["/shared/all.yaml", "../web/envs/*.yaml"], "values": "a: own"}),
            json!({"a": "own", "b": "dev", "c": "default", "d": [1]}),
        ),
        (
            json!({"values": "a: text", "valuesObject": {"a": {"is": "map"}}}),
            json!({"a": {"is": "map"}, "b": "default", "c": "default"}),
        ),
        (
            json!({
                "parameters": [
                    {"name": "a", "value": "1"},
                    {"name": "a", "value": "2"},
                    {"name": "b", "value": "2", "forceString": true},
                    {"name": "c", "value": "x,y"},
                    {"name": "d", "value": "{$ARGOCD_APP_NAME,z}"},
                ],
            }),
            json!({"a": 2, "b": "2", "c": "x,y", "d": ["shop", "z"]}),
        ),
        (
            json!({"fileParameters": [{"name": "a", "path": "envs/dev.yaml"}]}),
            json!({"a": "b: dev\n", "b": "default", "c": "default"}),
        ),
        (
            json!({"valueFiles": ["none.yaml", "none/*"], "ignoreMissingValueFiles": true}),
            json!({"a": "default", "b": "default", "c": "default"}),
        ),
    ];
    for (helm, expected) in rows {
        assert_eq!(values(helm.clone(), &tree), expected, "{helm}");
    }
}

#[test]
fn what_cannot_be_done_is_told_by_name() {
    let tree = tree(&[("web/values.yaml", "a: 1\n")]);
    let rows = [
        (
            json!({"valueFiles": ["none.yaml"]}),
            "there is no file web/none.yaml in the repository",
        ),
        (
            json!({"valueFiles": ["../../x.yaml"]}),
            "resolved to outside repository root",
        ),
        (
            json!({"valueFiles": ["none/*"]}),
            "values file glob \"none/*\" matched no files",
        ),
        (
            json!({"valueFiles": ["$values/a.yaml"]}),
            "$values/a.yaml refers to another source",
        ),
        (
            json!({"valueFiles": ["ftp://x/a.yaml"]}),
            "the URL scheme 'ftp' is not allowed",
        ),
        (
            json!({"valueFiles": ["https://x/a.yaml"]}),
            "https://x/a.yaml cannot be fetched",
        ),
        (
            json!({"version": "v2"}),
            "helm version 'v2' is not supported",
        ),
        (
            json!({"valuesObject": [1]}),
            "helm.valuesObject must be a map",
        ),
        (
            json!({"kubeVersion": "new"}),
            "could not parse kubernetes version new",
        ),
        (
            json!({"parameter": []}),
            "helm.parameter is not a known field",
        ),
        (json!({"values": "a: ["}), "source.helm.values"),
        (json!({"releaseName": "No_Name"}), "release name"),
    ];
    for (helm, expected) in rows {
        let error = rendered(helm.clone(), &tree).unwrap_err();
        assert!(error.contains(expected), "{helm}: {error}");
    }
}

#[test]
fn the_installation_says_where_values_may_come_from() {
    let tree = tree(&[]);
    let told = |settings: Value| {
        let request = Request {
            settings: Arc::new(settings),
            ..request(json!({"valueFiles": ["https://x/a.yaml"]}))
        };
        words(&render(&request, Sources::offline(&tree)).unwrap_err())
    };
    assert!(told(json!({})).contains("cannot be fetched"));
    for schemes in ["", "s3, git"] {
        let told = told(json!({"helm.valuesFileSchemes": schemes}));
        assert!(
            told.contains("the URL scheme 'https' is not allowed"),
            "{told}"
        );
    }
}

#[test]
fn hooks_and_crds_are_manifests_too_and_lists_are_taken_apart() {
    let job = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: {{ .Chart.Name }}\n  \
               annotations: {helm.sh/hook: pre-install}\n";
    let list = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: a}}\n";
    let tree = tree(&[
        ("web/templates/job.yaml", job),
        ("web/templates/list.yaml", list),
        (
            "web/crds/shop.yaml",
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: shops}\n",
        ),
    ]);
    let kinds = |helm: Value| -> Vec<String> {
        let manifests = rendered(helm, &tree).unwrap().manifests;
        let kinds = manifests
            .iter()
            .map(|it| it.gvk.group_kind.kind.to_string());
        kinds.collect()
    };
    assert_eq!(
        kinds(Value::Null),
        ["CustomResourceDefinition", "ConfigMap", "Secret", "Job"]
    );
    assert_eq!(
        kinds(json!({"skipCrds": true})),
        ["ConfigMap", "Secret", "Job"]
    );
    let origins = rendered(Value::Null, &tree).unwrap().manifests;
    let paths: Vec<&str> = origins.iter().map(|it| &*it.origin.path).collect();
    assert_eq!(
        paths,
        [
            "web/crds/shop.yaml",
            "web/templates/shown.yaml",
            "web/templates/list.yaml",
            "web/templates/job.yaml"
        ]
    );
}

#[test]
fn a_render_follows_its_values_files_and_the_cluster() {
    let (cache, mut tree) = (Cache::new(1 << 20), tree(&[("shared/all.yaml", "a: 1\n")]));
    let mut request = request(json!({"valueFiles": ["/shared/all.yaml"]}));
    let hit = |request: &Request, tree: &MemoryTree| {
        cache.get_or_render(request, tree, &NoRemotes).unwrap().1
    };
    assert!(!hit(&request, &tree));
    tree.write(&TreePath::parse("shared/other.yaml").unwrap(), b"b: 1\n");
    assert!(hit(&request, &tree));
    tree.write(&TreePath::parse("shared/all.yaml").unwrap(), b"a: 2\n");
    assert!(!hit(&request, &tree));
    request.capabilities = Arc::default();
    assert!(!hit(&request, &tree));
    assert!(hit(&request, &tree));
}

/// A repository of charts with one chart in it.
struct Charts {
    version: &'static str,
    archive: Vec<u8>,
}

impl Remotes for Charts {
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
        assert_eq!(address.repository, "https://charts.example.com");
        Ok(ChartVersion {
            version: self.version.to_owned(),
            digest: String::new(),
        })
    }

    fn chart(
        &self,
        address: &ChartAddress,
        version: &ChartVersion,
    ) -> Result<Arc<[u8]>, ElsewhereError> {
        assert_eq!((&*address.name, &*version.version), ("cache", self.version));
        Ok(self.archive.clone().into())
    }
}

/// `cache`, at a version, packed.
fn charts(version: &'static str) -> Charts {
    let template = "apiVersion: v1\nkind: Service\nmetadata: {name: cache}\n";
    let chart = format!("apiVersion: v2\nname: cache\nversion: {version}\n");
    let gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut archive = tar::Builder::new(gzip);
    for (path, text) in [
        ("cache/Chart.yaml", chart.as_str()),
        ("cache/templates/service.yaml", template),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        archive
            .append_data(&mut header, path, text.as_bytes())
            .unwrap();
    }
    Charts {
        version,
        archive: archive.into_inner().unwrap().finish().unwrap(),
    }
}

#[test]
fn charts_that_are_missing_are_fetched_and_followed() {
    let needs = "apiVersion: v2\nname: web\nversion: 1.2.3\ndependencies:\n- name: cache\n  version: ^1.0.0\n  repository: https://charts.example.com\n";
    let tree = tree(&[("web/Chart.yaml", needs)]);
    let request = request(Value::Null);
    let alone = rendered(Value::Null, &tree).unwrap_err();
    assert!(
        alone.contains("cache ^1.0.0 cannot be fetched from https://charts.example.com"),
        "{alone}"
    );
    let cache = Cache::new(1 << 20);
    let (first, newer) = (charts("1.0.0"), charts("1.1.0"));
    let (made, known) = cache.get_or_render(&request, &tree, &first).unwrap();
    let kinds: Vec<&str> = made
        .manifests
        .iter()
        .map(|it| &*it.gvk.group_kind.kind)
        .collect();
    assert_eq!((kinds, known), (vec!["ConfigMap", "Service"], false));
    assert!(cache.get_or_render(&request, &tree, &first).unwrap().1);
    assert!(!cache.get_or_render(&request, &tree, &newer).unwrap().1);
}

#[test]
fn charts_beside_the_chart_need_no_network() {
    let needs = |version: &str| {
        format!(
            "apiVersion: v2\nname: web\nversion: 1.2.3\ndependencies:\n- name: lib\n  version: {version}\n  repository: file://../lib\n"
        )
    };
    let lib = [
        (
            "lib/Chart.yaml",
            "apiVersion: v2\nname: lib\nversion: 2.0.0\n",
        ),
        (
            "lib/templates/a.yaml",
            "apiVersion: v1\nkind: Secret\nmetadata: {name: lib}\n",
        ),
    ];
    let all = |chart: &str| tree(&[lib[0], lib[1], ("web/Chart.yaml", chart)]);
    let made = rendered(Value::Null, &all(&needs("2.x"))).unwrap();
    assert_eq!(made.manifests.len(), 2);
    let error = rendered(Value::Null, &all(&needs("3.x"))).unwrap_err();
    assert!(
        error.contains("has version 2.0.0, and 3.x is wanted"),
        "{error}"
    );
}
