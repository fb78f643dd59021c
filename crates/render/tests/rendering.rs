//! What a folder renders to, what is told of broken ones, and when a render counts again.

use model::{MemoryTree, SourceTree, TreePath};
use render::{Cache, Environment, NoRemotes, Request, Sources, render, render_within};
use serde_json::{Value, json};
use std::sync::Arc;

const MAP: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

fn tree(files: &[(&str, &str)]) -> MemoryTree {
    MemoryTree::of(files.iter().copied()).unwrap()
}

fn request(source: Value) -> Request {
    Request {
        source: Arc::new(source),
        settings: Arc::default(),
        app_name: "shop".into(),
        environment: Environment::default(),
        capabilities: Arc::default(),
    }
}

fn names(source: Value, tree: &dyn SourceTree) -> Vec<String> {
    let rendered = render(&request(source), Sources::offline(tree)).unwrap();
    rendered
        .manifests
        .iter()
        .map(|m| format!("{} {}", m.origin, m.name()))
        .collect()
}

/// The error with its causes, as a person is told.
fn error(source: Value, tree: &dyn SourceTree) -> String {
    let error = render(&request(source), Sources::offline(tree)).unwrap_err();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(next) = cause {
        text += &format!(": {next}");
        cause = next.source();
    }
    text
}

#[test]
fn files_are_read_in_the_order_of_names_and_folders_only_if_asked() {
    let tree = tree(&[
        ("app/b.yaml", MAP),
        ("app/a/x.yml", MAP),
        (
            "app/c.json",
            r#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}"#,
        ),
        ("app/notes.txt", "kind: nothing"),
        ("app/values.yaml", "replicas: 3\n"),
        ("app/.hidden/y.yaml", MAP),
    ]);
    assert_eq!(
        names(json!({"path": "app"}), &tree),
        ["app/b.yaml:1 a", "app/c.json:1 c"]
    );
    assert_eq!(
        names(
            json!({"path": "app/", "directory": {"recurse": true}}),
            &tree
        ),
        [
            "app/.hidden/y.yaml:1 a",
            "app/a/x.yml:1 a",
            "app/b.yaml:1 a",
            "app/c.json:1 c"
        ]
    );
    let some = json!({"path": "app", "directory": {"recurse": true, "include": "{a/*,c.*}", "exclude": "*.json"}});
    assert_eq!(names(some, &tree), ["app/a/x.yml:1 a"]);
}

#[test]
fn lists_are_unrolled_and_lines_are_told() {
    let text = format!(
        "# first\n{MAP}---\napiVersion: v1\nkind: List\nitems:\n- {{apiVersion: v1, kind: A, metadata: {{name: x}}}}\n- {{apiVersion: v1, kind: BList, items: [{{apiVersion: v1, kind: B, metadata: {{name: z}}}}]}}\n---\nkind: CList\napiVersion: v1\nitems:\n"
    );
    let tree = tree(&[("l.yaml", &text)]);
    assert_eq!(
        names(json!({"path": "."}), &tree),
        ["l.yaml:2 a", "l.yaml:6 x", "l.yaml:6 z"]
    );
}

#[test]
fn all_broken_files_are_told_with_their_lines() {
    let tree = tree(&[
        (
            "a.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: [}\n",
        ),
        ("b.yaml", &format!("{MAP}---\nmetadata: {{name: b}}\n")),
        ("c.yaml", "apiVersion: v1\nmetadata: {name: c}\n"),
        ("d.json", "[{}]"),
        ("e.json", "{\"apiVersion\":\"v1\",\n\"kind\":\"A\"}\n{}"),
        ("f.yaml", &format!("{MAP}---\n- x\n")),
        (
            "g.yaml",
            "apiVersion: v1\nkind: A\nmetadata: {labels: {x: true}}\n",
        ),
        ("h.jsonnet", "{}"),
        ("i.yaml", "just: values\n"),
        ("j.yaml", "broken: [\n"),
    ]);
    let text = error(json!({"path": "."}), &tree);
    let lines: Vec<&str> = text
        .lines()
        .map(|line| line.split(": ").next().unwrap())
        .collect();
    assert_eq!(
        lines,
        [
            "8 problems:",
            "- a.yaml:3",
            "- b.yaml:5",
            "- c.yaml:1",
            "- d.json:1",
            "- e.json:3",
            "- f.yaml:5",
            "- g.yaml:1",
            "- h.jsonnet"
        ],
        "{text}"
    );
    for words in [
        "has no kind",
        "neither apiVersion nor kind",
        "a second value",
        "quote it",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn very_many_problems_are_cut() {
    let files: Vec<(String, &str)> = (0..50)
        .map(|at| (format!("{at:02}.yaml"), "apiVersion: v1\n"))
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), *text))
        .collect();
    let text = error(json!({"path": "."}), &tree(&files));
    assert!(
        text.starts_with("50 problems:") && text.ends_with("and 30 more"),
        "{text}"
    );
}

#[test]
fn what_is_not_supported_yet_names_what_made_it_so() {
    let tree = tree(&[
        ("k/kustomization.yaml", ""),
        ("c/Chart.yaml", ""),
        ("both/Chart.yaml", ""),
        ("both/cm.yaml", MAP),
        ("both/kustomization.yml", "resources: [cm.yaml]\n"),
        ("plain/a.yaml", MAP),
        ("plain/kustomization.yaml/a.yaml", MAP),
    ]);
    for (source, expected) in [
        (
            json!({"path": "c"}),
            "the app's chart cannot be rendered: the chart cannot be loaded: validation: chart.metadata.name is required",
        ),
        (
            json!({"path": "plain", "plugin": {"name": "x"}}),
            "source.plugin makes this a Plugin source, which is not supported yet",
        ),
        (
            json!({"path": "plain", "helm": {"a": 1}, "kustomize": {"b": 1}}),
            "the source's options cannot be followed: multiple application sources defined: Kustomize,Helm",
        ),
        (
            json!({"path": "../x"}),
            "the app's path cannot be used: path \"../x\" leads outside the repository",
        ),
        (
            json!({"path": "/k"}),
            "the app's path cannot be used: path \"/k\" is absolute; write it relative to the repository's root",
        ),
        (
            json!({"path": "nowhere"}),
            "the app's folder nowhere cannot be read: nowhere is not in the repository at this revision",
        ),
        (
            json!({"path": "plain/a.yaml"}),
            "the app's folder plain/a.yaml cannot be read: plain/a.yaml is not a folder",
        ),
        (
            json!({"path": "plain", "directory": {"include": "[a"}}),
            "the source's options cannot be followed: directory.include: \"[a\" is not a pattern",
        ),
    ] {
        assert_eq!(error(source, &tree), expected);
    }
    assert_eq!(names(json!({"path": "plain"}), &tree), ["plain/a.yaml:1 a"]);
    assert_eq!(names(json!({"path": "both"}), &tree), ["both/cm.yaml:1 a"]);
    // An explicit directory is one, whatever files lie there.
    assert!(names(json!({"path": "k", "directory": {"recurse": true}}), &tree).is_empty());
}

#[test]
fn overrides_in_the_folder_are_merged_in_order() {
    let mut tree = tree(&[
        ("app/a.yaml", MAP),
        ("app/sub/b.yaml", MAP),
        (
            "app/.argocd-source.yaml",
            "directory: {recurse: true, exclude: 'a.*'}\npath: elsewhere\n",
        ),
    ]);
    assert_eq!(names(json!({"path": "app"}), &tree), ["app/sub/b.yaml:1 a"]);
    let rendered = render(&request(json!({"path": "app"})), Sources::offline(&tree)).unwrap();
    assert_eq!(
        rendered.warnings,
        ["app/.argocd-source.yaml: path cannot be overridden and is left as it is"]
    );
    let own = TreePath::parse("app/.argocd-source-shop.yaml").unwrap();
    tree.write(&own, b"directory: {exclude: null}");
    assert_eq!(names(json!({"path": "app"}), &tree).len(), 2);
    tree.write(&own, b"directry: {exclude: null}");
    let text = error(json!({"path": "app"}), &tree);
    assert!(text.ends_with("app/.argocd-source-shop.yaml overrides what it cannot: directry is not a known field of a source"), "{text}");
    tree.write(&own, b"- a");
    assert!(error(json!({"path": "app"}), &tree).ends_with("must be a map of fields"));
}

#[test]
fn links_lead_to_files_inside_only() {
    let mut tree = tree(&[("cm.yaml", MAP), ("app/b.yaml", MAP), ("dir/x.yaml", MAP)]);
    let link =
        |tree: &mut MemoryTree, at: &str, to: &str| tree.link(&TreePath::parse(at).unwrap(), to);
    link(&mut tree, "app/a.yaml", "../cm.yaml");
    link(&mut tree, "app/dir.yaml", "../dir");
    link(&mut tree, "app/none.yaml", "nothing");
    assert_eq!(
        names(json!({"path": "app"}), &tree),
        ["app/a.yaml:1 a", "app/b.yaml:1 a"]
    );
    let asked = request(json!({"path": "app"}));
    let rendered = render(&asked, Sources::offline(&tree)).unwrap();
    assert_eq!(rendered.warnings.len(), 2, "{:?}", rendered.warnings);
    assert!(
        rendered
            .inputs
            .touches(&TreePath::parse("cm.yaml").unwrap())
    );
    let before = rendered.inputs;
    assert!(before.unchanged(&asked, &tree, &NoRemotes));
    tree.write(
        &TreePath::parse("cm.yaml").unwrap(),
        b"apiVersion: v1\nkind: A\n",
    );
    assert!(
        !before.unchanged(&asked, &tree, &NoRemotes),
        "a link's end is an input too"
    );
    link(&mut tree, "app/out.yaml", "../../etc/passwd");
    assert!(error(json!({"path": "app"}), &tree).contains("outside the repository"));
}

#[test]
fn the_limit_counts_manifest_files() {
    let tree = tree(&[("a.yaml", MAP), ("b.yaml", MAP), ("c.txt", MAP)]);
    let within = |bytes| {
        render_within(
            bytes,
            &request(json!({"path": "."})),
            Sources::offline(&tree),
        )
    };
    assert!(within(2 * MAP.len() as u64).is_ok() && within(0).is_ok());
    let error = within(2 * MAP.len() as u64 - 1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the manifest files of . have more than 101 bytes together"
    );
}

#[test]
fn a_render_counts_again_until_one_of_its_inputs_changes() {
    let mut tree = tree(&[
        ("app/a.yaml", MAP),
        ("other/b.yaml", MAP),
        ("app/sub/c.txt", "x"),
    ]);
    let write = |tree: &mut MemoryTree, at: &str, text: &str| {
        tree.write(&TreePath::parse(at).unwrap(), text.as_bytes());
    };
    let cache = Cache::new(1 << 20);
    let request = request(json!({"path": "app"}));
    let hit = |tree: &MemoryTree| cache.get_or_render(&request, tree, &NoRemotes).unwrap().1;
    assert!(!hit(&tree) && hit(&tree));
    let first = tree.clone();
    write(&mut tree, "other/b.yaml", "changed");
    assert!(hit(&tree), "another folder is no input");
    write(&mut tree, "app/sub/c.txt", "changed");
    assert!(hit(&tree), "what was not read is no input");
    write(&mut tree, "app/a.yaml", "apiVersion: v1\nkind: A\n");
    assert!(!hit(&tree) && hit(&tree));
    assert!(hit(&first), "a revert finds its render again");
    write(&mut tree, "app/b.yaml", MAP);
    assert!(!hit(&tree), "a new file is noticed");
    write(
        &mut tree,
        "app/.argocd-source.yaml",
        "directory: {recurse: true}",
    );
    assert!(!hit(&tree), "so are overrides that were not there");
    write(&mut tree, "app/sub/d.yaml", MAP);
    assert!(!hit(&tree), "and files of folders that are entered");
    let counters = cache.counters();
    assert_eq!((counters.hits, counters.misses), (5, 5));
}

#[test]
fn the_cache_keeps_within_its_bytes() {
    let cache = Cache::new(8_000);
    for at in 0..50 {
        let text = format!("apiVersion: v1\nkind: A\nmetadata: {{name: n{at}}}\n");
        let tree = tree(&[("app/a.yaml", &text)]);
        let request =
            request(json!({"path": "app", "directory": {"exclude": format!("{}", at % 7)}}));
        cache.get_or_render(&request, &tree, &NoRemotes).unwrap();
        assert!(cache.counters().bytes <= 8_000);
    }
    let counters = cache.counters();
    assert!(
        counters.evicted > 20 && counters.bytes > 1_000,
        "{counters:?}"
    );
}

#[test]
fn changed_paths_matter_or_do_not() {
    let tree = tree(&[("app/a.yaml", MAP), ("app/sub/b.yaml", MAP), ("x/y", "")]);
    let touches = |recurse: bool, path: &str| {
        let source = json!({"path": "app", "directory": {"recurse": recurse}});
        let rendered = render(&request(source), Sources::offline(&tree)).unwrap();
        rendered.inputs.touches(&TreePath::parse(path).unwrap())
    };
    for (path, flat, deep) in [
        ("app/a.yaml", true, true),
        ("app/new.yaml", true, true),
        ("app/.argocd-source-shop.yaml", true, true),
        ("app", true, true),
        ("app/sub/b.yaml", false, true),
        ("app/sub/new/deep/c.yaml", false, true),
        ("x/y", false, false),
        ("app2/a.yaml", false, false),
    ] {
        assert_eq!(
            (touches(false, path), touches(true, path)),
            (flat, deep),
            "{path}"
        );
    }
}
