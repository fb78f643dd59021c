//! Loads a chart, renders it, looks at it.
//!
//! Comes in: the files of a chart in one text. Goes out: nothing, if all is well.

use helm::capabilities::Capabilities;
use helm::lint::{LintRequest, lint};
use helm::values::ValueInputs;
use helm::{Options, Part, Release, Request, chart};
use model::{MemoryTree, TreePath};

/// Renders and lints the chart, within small bounds.
pub fn run(bytes: &[u8]) {
    let (tree, root) = (tree(bytes), TreePath::root());
    let limits = chart::Limits::default();
    let values = ValueInputs::default();
    let merged = values.merge().expect("no values are good values");
    lint(&LintRequest {
        tree: &tree,
        folder: &root,
        shown: ".",
        absolute: "/chart",
        values: &merged,
        namespace: "default",
        kube_version: None,
        skip_schema_validation: false,
        limits,
    });
    let Ok(chart) = chart::load(&tree, &root, &limits) else {
        return;
    };
    helm::show(&chart, Part::All);
    let request = Request {
        chart: &chart,
        values: &values,
        release: Release {
            name: "demo",
            namespace: "default",
            revision: 1,
            is_upgrade: false,
        },
        capabilities: &Capabilities::default(),
        options: &options(),
        parsed: None,
        lookup: None,
    };
    match helm::template(&request) {
        Ok(rendered) => assert!(rendered.to_yaml().is_ok_and(|text| text.ends_with('\n'))),
        Err(error) => assert!(error.to_stderr().contains("Error: ")),
    }
}

fn options() -> Options {
    Options {
        include_crds: true,
        limits: gotemplate::Limits {
            steps: 200_000,
            text: 1 << 20,
            texts: 16 << 20,
            ..gotemplate::Limits::default()
        },
        ..Options::default()
    }
}

/// The files behind lines `-- PATH --`; paths that lead out of the chart are left out.
fn tree(bytes: &[u8]) -> MemoryTree {
    let (mut tree, mut path, mut content) = (MemoryTree::new(), None, Vec::new());
    let mut write = |path: Option<TreePath>, content: &mut Vec<u8>| {
        if let Some(path) = path {
            tree.write(&path, content);
        }
        content.clear();
    };
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match path_of(line) {
            Some(next) => write(path.replace(next), &mut content),
            None => content.extend_from_slice(line),
        }
    }
    write(path, &mut content);
    tree
}

fn path_of(line: &[u8]) -> Option<TreePath> {
    let line = line.strip_prefix(b"-- ")?.strip_suffix(b" --\n")?;
    TreePath::parse(std::str::from_utf8(line).ok()?).ok()
}
