//! Whole trees in, whole outputs out. The outputs in `scenarios` are Kustomize's own.

use crate::load::Nowhere;
use crate::{Bounds, Built, Options, ParsedFiles, Request, build};
use model::{MemoryTree, TreePath};

fn tree(files: &[(&str, &str)]) -> MemoryTree {
    MemoryTree::of(files.iter().copied()).unwrap()
}

fn built(tree: &MemoryTree, options: &Options) -> Result<Built, String> {
    let folder = TreePath::parse("top").unwrap();
    let request = Request {
        tree,
        folder: &folder,
        options,
        elsewhere: &Nowhere,
        parsed: None,
        edit: None,
    };
    build(&request).map_err(|error| error.report())
}

fn report(files: &[(&str, &str)]) -> String {
    built(&tree(files), &Options::default()).unwrap_err()
}

/// `-- path --` starts a file, `== output ==` what is expected.
fn scenario(text: &str) -> (MemoryTree, &str) {
    let (files, expected) = text.split_once("== output ==\n").unwrap();
    let parts = files.split("\n-- ").skip(1);
    let files = parts.map(|part| part.split_once(" --\n").unwrap());
    let files: Vec<(&str, String)> = files
        .map(|(path, text)| (path, format!("{text}\n")))
        .collect();
    let files = files.iter().map(|(path, text)| (*path, text.as_str()));
    (MemoryTree::of(files).unwrap(), expected)
}

#[test]
fn scenarios_come_out_as_from_kustomize() {
    for text in [
        include_str!("scenarios/annotations.txt"),
        include_str!("scenarios/components.txt"),
        include_str!("scenarios/metadata.txt"),
        include_str!("scenarios/overlays.txt"),
        include_str!("scenarios/plugins.txt"),
    ] {
        let (tree, expected) = scenario(text);
        let found = built(&tree, &Options::default()).map(|built| built.to_yaml());
        assert_eq!(
            found.as_deref(),
            Ok(expected),
            "{}",
            text.lines().next().unwrap()
        );
    }
}

const POD: &str = "kind: Pod\nmetadata:\n  name: a\n";

#[test]
fn errors_tell_the_way_and_the_place() {
    let cases: &[(&[(&str, &str)], &str)] = &[
        (
            &[
                (
                    "top/kustomization.yaml",
                    "namePrefix: a-\nresources:\n- x.yaml\n- gone.yaml\n",
                ),
                ("top/x.yaml", POD),
            ],
            "top/kustomization.yaml:4 resources[1] gone.yaml:\naccumulating resources: 'gone.yaml' \
             doesn't exist, neither as a file nor as a folder",
        ),
        (
            &[
                ("top/kustomization.yaml", "bases: [../base]\n"),
                ("base/kustomization.yml", "resources:\n- x.yaml\n"),
                (
                    "base/x.yaml",
                    "kind: Pod\nmetadata:\n  name: a\n---\nkind: Pod\n",
                ),
            ],
            "top/kustomization.yaml:1 bases[0] ../base\n-> base/kustomization.yml:2 resources[0] \
             x.yaml:\naccumulating resources from 'x.yaml': document 2, line 5: missing metadata.name \
             in object of kind Pod",
        ),
        (
            &[
                ("top/kustomization.yaml", "resources:\n- x.yaml\n- y.yaml\n"),
                ("top/x.yaml", POD),
                ("top/y.yaml", POD),
            ],
            "top/kustomization.yaml:3 resources[1] y.yaml:\nmerging resources from 'y.yaml': may not \
             add resource with an already registered id: Pod.[noVer].[noGrp]/a.[noNs]",
        ),
        (
            &[
                ("top/kustomization.yaml", "resources: [../base]\n"),
                ("base/x.yaml", POD),
            ],
            "top/kustomization.yaml:1 resources[0] ../base:\nunable to find one of \
             'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory 'base'",
        ),
        (
            &[("top/kustomization.yaml", "resources: [.]\n")],
            "top/kustomization.yaml:1 resources[0] .:\ncycle detected: candidate root 'top' contains \
             visited root 'top' (top)",
        ),
        (
            &[
                ("top/kustomization.yaml", "components: [part]\n"),
                ("top/part/kustomization.yaml", "namePrefix: x\n"),
            ],
            "top/kustomization.yaml:1 components[0] part:\nexpected kind 'Component' for path \
             'top/part' but got 'Kustomization'; list it as a resource",
        ),
        (
            &[
                ("top/Kustomization", "namePrefix: x\n"),
                ("top/kustomization.yaml", "namePrefix: x\n"),
            ],
            "Found multiple kustomization files under: top: kustomization.yaml and Kustomization; \
             keep one of them",
        ),
    ];
    for (files, expected) in cases {
        assert_eq!(report(files), *expected);
    }
}

#[test]
fn a_validator_leaves_everything_as_it_is() {
    let validator = "validators:\n- |-\n  apiVersion: builtin\n  kind: PrefixTransformer\n  \
                     metadata: {name: p}\n  prefix: x\n  fieldSpecs: [{path: metadata/name}]\n";
    let top = format!("resources: [x.yaml]\n{validator}");
    let files = [
        ("top/kustomization.yaml", top.as_str()),
        ("top/x.yaml", POD),
    ];
    assert_eq!(
        report(&files),
        "top/kustomization.yaml:2 validators p:\nvalidator shouldn't modify the resource map: \
         Pod.[noVer].[noGrp]/a.[noNs] is not as it was"
    );
}

#[test]
fn the_kustomization_can_be_changed_before_it_is_built() {
    let tree = tree(&[
        ("top/kustomization.yaml", "resources: [x.yaml]\n"),
        ("top/x.yaml", POD),
    ]);
    let folder = TreePath::parse("top").unwrap();
    let options = Options {
        managed_by_label: true,
        version: "test".to_owned(),
        ..Options::default()
    };
    let request = Request {
        tree: &tree,
        folder: &folder,
        options: &options,
        elsewhere: &Nowhere,
        parsed: Some(&ParsedFiles::new(1 << 20)),
        edit: Some(&|kustomization| {
            kustomization.name_prefix.push_str("p-");
            Ok(())
        }),
    };
    let expected = "kind: Pod\nmetadata:\n  labels:\n    app.kubernetes.io/managed-by: \
                    kustomize-test\n  name: p-a\n";
    // The second time the file is known already.
    for _ in 0..2 {
        let built = build(&request).unwrap();
        assert_eq!(built.to_yaml(), expected);
        let places = built
            .objects
            .iter()
            .map(|object| object.place.clone().unwrap().to_string());
        assert_eq!(places.collect::<Vec<_>>(), ["top/x.yaml:1"]);
    }
}

#[test]
fn places_and_warnings_are_kept() {
    let files = [
        (
            "top/kustomization.yaml",
            "resources: [../base]\nconfigMapGenerator: [{name: m}]\n",
        ),
        (
            "base/kustomization.yaml",
            "resources: [x.yaml]\ncommonLabels: {a: b}\n",
        ),
        (
            "base/x.yaml",
            "---\nkind: Pod\nmetadata:\n  name: a\n---\n\nkind: Pod\nmetadata:\n  name: b\n",
        ),
    ];
    let built = built(&tree(&files), &Options::default()).unwrap();
    let places = built
        .objects
        .iter()
        .map(|object| object.place.clone().unwrap().to_string());
    assert_eq!(
        places.collect::<Vec<_>>(),
        ["top/kustomization.yaml", "base/x.yaml:2", "base/x.yaml:7"]
    );
    let warnings: Vec<&str> = built
        .warnings
        .iter()
        .map(|warning| warning.file.as_str())
        .collect();
    assert_eq!(warnings, ["base/kustomization.yaml"]);
}

/// Each folder names the next one twice, through two overlays with names of their own.
fn doubling(levels: usize) -> Vec<(String, String)> {
    let mut files = vec![(
        format!("l{levels}/kustomization.yaml"),
        "resources: [x.yaml]\n".into(),
    )];
    files.push((format!("l{levels}/x.yaml"), POD.into()));
    for level in 0..levels {
        let next = level + 1;
        let both = "resources: [../a{}, ../b{}]\n".replace("{}", &level.to_string());
        files.push((format!("l{level}/kustomization.yaml"), both));
        for side in ["a", "b"] {
            let overlay = format!("namePrefix: {side}\nresources: [../l{next}]\n");
            files.push((format!("{side}{level}/kustomization.yaml"), overlay));
        }
    }
    files.push((
        "top/kustomization.yaml".into(),
        "resources: [../l0]\n".into(),
    ));
    files
}

#[test]
fn hostile_trees_end_soon() {
    let files = doubling(40);
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    let options = |bounds| Options {
        bounds,
        ..Options::default()
    };
    let few = |resources, work, bytes| {
        let bounds = Bounds {
            resources,
            work,
            bytes,
            ..Bounds::default()
        };
        built(&tree(&files), &options(bounds)).unwrap_err()
    };
    assert!(
        few(100, 1 << 20, 1 << 20).ends_with("it would read more than 100 resources; split it")
    );
    assert!(few(1 << 20, 100, 1 << 20).ends_with("more often than 100 times; split it"));
    assert!(few(1 << 20, 1 << 20, 9999).ends_with("would read more than 9999 bytes; split it"));
    let bounds = Bounds {
        text: 1000,
        ..Bounds::default()
    };
    let error = built(&tree(&files), &options(bounds)).unwrap_err();
    assert!(error.ends_with("it would write more than 1000 bytes; split it"));
}

/// Each folder names the next one in this field.
fn nested(field: &str, header: &str) -> Result<Built, String> {
    let text = |next: usize| format!("{header}namePrefix: a\n{field}: [../f{next}]\n");
    let mut files = vec![(
        "top/kustomization.yaml".to_owned(),
        format!("{field}: [../f1]\n"),
    )];
    for level in 1..254 {
        files.push((format!("f{level}/kustomization.yaml"), text(level + 1)));
    }
    let last = format!("{header}resources: [x.yaml]\n");
    files.push(("f254/kustomization.yaml".to_owned(), last));
    files.push(("f254/x.yaml".to_owned(), POD.to_owned()));
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (&**path, &**text))
        .collect();
    built(&tree(&files), &Options::default())
}

#[test]
fn folders_may_be_nested_as_deep_as_the_loader_lets_them() {
    let built = nested("resources", "").unwrap();
    let name = built.objects[0].value["metadata"]["name"].as_str().unwrap();
    assert_eq!(name.len(), 254);
    let header = "kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n";
    assert_eq!(nested("components", header).unwrap().objects.len(), 1);
    // A list of plugins that are no plugins is found out at the innermost folder.
    let error = nested("generators", "").unwrap_err();
    assert!(
        error.contains("unable to load external plugin 'Pod'"),
        "{error}"
    );
}
