//! Kustomizations behind Applications: what their renders read, follow and say.

use kustomize::load::{ElsewhereError, RepositoryAddress};
use model::{MemoryTree, Revision, SourceTree, TreePath};
use render::{
    Cache, Environment, NoRemotes, Remotes, RenderError, Rendered, Request, Sources, render,
};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

fn config_map(color: &str) -> String {
    format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata: {{color: {color}}}\n")
}

fn tree(files: &[(&str, &str)]) -> MemoryTree {
    MemoryTree::of(files.iter().copied()).unwrap()
}

fn overlay() -> MemoryTree {
    tree(&[
        ("base/kustomization.yaml", "resources: [a.yaml]\n"),
        ("base/a.yaml", &config_map("blue")),
        ("base/notes.md", "nobody reads this"),
        ("prod/kustomization.yaml", "resources: [../base]\n"),
        ("other/a.yaml", &config_map("red")),
    ])
}

fn request(kustomize: Value, revision: &str) -> Request {
    Request {
        source: Arc::new(json!({"path": "prod", "kustomize": kustomize})),
        settings: Arc::default(),
        app_name: "shop".into(),
        environment: Environment {
            app_name: "shop".into(),
            revision: revision.into(),
            ..Environment::default()
        },
        capabilities: Arc::default(),
    }
}

fn rendered(request: &Request, tree: &MemoryTree) -> Rendered {
    render(request, Sources::offline(tree)).unwrap()
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
fn a_render_reads_what_it_names_and_nothing_else() {
    let inputs = rendered(&request(Value::Null, "1"), &overlay()).inputs;
    for (changed, matters) in [
        ("base/a.yaml", true),
        ("prod/kustomization.yaml", true),
        // Another name of the same file would be an error.
        ("base/kustomization.yml", true),
        ("prod/.argocd-source.yaml", true),
        ("base/notes.md", false),
        ("other/a.yaml", false),
    ] {
        assert_eq!(inputs.touches(&path(changed)), matters, "{changed}");
    }
    assert!(!inputs.moves());
}

#[test]
fn a_change_elsewhere_in_the_repository_needs_no_second_render() {
    let (cache, mut tree) = (Cache::new(1 << 20), overlay());
    let request = request(Value::Null, "1");
    let hit = |tree: &MemoryTree| cache.get_or_render(&request, tree, &NoRemotes).unwrap().1;
    assert!(!hit(&tree));
    tree.write(&path("other/a.yaml"), b"changed");
    assert!(hit(&tree));
    tree.write(&path("base/a.yaml"), config_map("green").as_bytes());
    assert!(!hit(&tree));
}

#[test]
fn a_render_that_shows_its_revision_follows_it() {
    let labels = json!({"commonLabels": {"commit": "c-$ARGOCD_APP_REVISION_SHORT"}});
    let (cache, tree) = (Cache::new(1 << 20), overlay());
    let hit = |revision: &str| {
        let request = request(labels.clone(), revision);
        let (rendered, hit) = cache.get_or_render(&request, &tree, &NoRemotes).unwrap();
        let commit = &rendered.manifests[0].value["metadata"]["labels"]["commit"];
        (commit.clone(), hit)
    };
    assert_eq!(hit("0123456789"), (json!("c-0123456"), false));
    assert_eq!(hit("0123456789"), (json!("c-0123456"), true));
    assert_eq!(hit("abcdefabcdef"), (json!("c-abcdefa"), false));
    let inputs = rendered(&request(labels.clone(), "1"), &tree).inputs;
    assert!(inputs.touches(&path("other/a.yaml")));
}

#[test]
fn errors_name_the_chain_of_files() {
    let mut tree = overlay();
    tree.write(
        &path("base/kustomization.yaml"),
        b"resources: [a.yaml]\nressources: [b.yaml]\n",
    );
    let error = render(&request(Value::Null, "1"), Sources::offline(&tree)).unwrap_err();
    let text = words(&error);
    for part in [
        "prod/kustomization.yaml:1",
        "base/kustomization.yaml, line 2",
        "ressources",
        "did you mean",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn build_options_of_the_installation_hold() {
    let mut tree = overlay();
    tree.write(
        &path("prod/kustomization.yaml"),
        b"resources: [../base/a.yaml]\n",
    );
    let with = |flags: &str| {
        let mut request = request(Value::Null, "1");
        request.settings = Arc::new(json!({"kustomize.buildOptions": flags}));
        render(&request, Sources::offline(&tree)).map_err(|error| words(&error))
    };
    assert!(with("").unwrap_err().contains("is not in or below"));
    let manifests = with("--load-restrictor LoadRestrictionsNone")
        .unwrap()
        .manifests;
    assert_eq!(manifests.len(), 1);
    let refused = with("--fast").unwrap_err();
    assert!(refused.contains("kustomize.buildOptions"), "{refused}");
}

fn parts() -> MemoryTree {
    let component = "kind: Component\nnamePrefix: ";
    let mut tree = overlay();
    for (name, prefix) in [("db", "d-"), ("web", "w-"), (".off", "o-")] {
        let file = path(&format!("parts/{name}/kustomization.yaml"));
        tree.write(&file, format!("{component}{prefix}\n").as_bytes());
    }
    tree
}

#[test]
fn patterns_of_components_are_spelt_out() {
    let tree = parts();
    for (components, ignore, expected) in [
        (json!(["../parts/*"]), false, "w-d-a"),
        (json!(["./../parts/d?", "../parts/[w]eb"]), false, "w-d-a"),
        (json!(["../parts/db", "../*/*b"]), false, "w-d-a"),
        (json!(["../parts/.*"]), false, "o-a"),
        (
            json!(["../*/d*/../db"]),
            false,
            "../*/d*/../db has no match",
        ),
        (json!(["../parts/x*"]), false, "../parts/x* has no match"),
        (json!(["../parts/[x"]), false, "syntax error in pattern"),
        (json!(["../parts/x"]), true, "a"),
        // A pattern is no path that is there.
        (json!(["../parts/*", "../parts/db"]), true, "d-a"),
    ] {
        let options = json!({"components": components, "ignoreMissingComponents": ignore});
        let found = match render(&request(options, "1"), Sources::offline(&tree)) {
            Ok(rendered) => rendered.manifests[0].value["metadata"]["name"].to_string(),
            Err(error) => words(&error),
        };
        assert!(
            found.trim_matches('"').ends_with(expected),
            "{components}: {found}"
        );
    }
}

#[test]
fn a_new_component_that_a_pattern_finds_is_another_render() {
    let components = json!({"components": ["../parts/*"]});
    let inputs = rendered(&request(components, "1"), &parts()).inputs;
    assert!(inputs.touches(&path("parts/new/kustomization.yaml")));
    assert!(!inputs.touches(&path("other/a.yaml")));
}

/// A repository elsewhere whose branch can move.
struct Elsewhere {
    commit: AtomicUsize,
    asked: AtomicUsize,
}

impl Remotes for Elsewhere {
    fn resolve(&self, _: &RepositoryAddress) -> Result<Revision, ElsewhereError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let commit = self.commit.load(Ordering::Relaxed);
        Ok(Revision(format!("{commit:040}").into()))
    }

    fn tree(
        &self,
        _: &RepositoryAddress,
        at: &Revision,
    ) -> Result<Arc<dyn SourceTree>, ElsewhereError> {
        let color = format!("color-{}", at.0.trim_start_matches('0'));
        Ok(Arc::new(tree(&[
            ("x/kustomization.yaml", "resources: [a.yaml]\n"),
            ("x/a.yaml", &config_map(&color)),
            (
                "y/kustomization.yaml",
                "resources: [../x]\nnamePrefix: y-\n",
            ),
        ])))
    }

    fn file(&self, _: &str) -> Result<Arc<[u8]>, ElsewhereError> {
        Err(ElsewhereError::Status(404))
    }
}

#[test]
fn a_remote_base_is_resolved_once_per_render_and_followed() {
    let tree = tree(&[(
        "prod/kustomization.yaml",
        "resources:\n- https://git.example.org/team/shared.git//x?ref=main\n\
         - https://git.example.org/team/shared.git//y?ref=main\n",
    )]);
    let elsewhere = Elsewhere {
        commit: AtomicUsize::new(1),
        asked: AtomicUsize::new(0),
    };
    let (cache, request) = (Cache::new(1 << 20), request(Value::Null, "1"));
    let color = || {
        let (rendered, hit) = cache.get_or_render(&request, &tree, &elsewhere).unwrap();
        assert!(rendered.inputs.moves());
        assert_eq!(rendered.manifests.len(), 2);
        (rendered.manifests[0].value["data"]["color"].clone(), hit)
    };
    assert_eq!(color(), (json!("color-1"), false));
    assert_eq!(elsewhere.asked.load(Ordering::Relaxed), 1);
    assert_eq!(color(), (json!("color-1"), true));
    elsewhere.commit.store(2, Ordering::Relaxed);
    assert_eq!(color(), (json!("color-2"), false));
    let offline = render(&request, Sources::offline(&tree)).unwrap_err();
    assert!(offline.wants_remote() && !offline.is_transient());
}
