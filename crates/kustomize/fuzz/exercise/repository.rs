//! Builds a small repository.
//!
//! Comes in: files in one text, each behind a line `-- path --`, or links: `-- path -> target --`. What
//! is built is the folder of the first. Goes out: nothing, if all is well.

use kustomize::load::{Nowhere, Restrictions};
use kustomize::{Bounds, Order};
use kustomize::{BuildError, Built, Options, ParsedFiles, Request, build};
use model::{MemoryTree, TreePath};

/// Builds what the bytes say, in each of the ways there are.
pub fn run(bytes: &[u8]) {
    let (tree, folder) = repository(bytes);
    let parsed = ParsedFiles::new(1 << 20);
    let fresh = built(&tree, &folder, None, false);
    let first = built(&tree, &folder, Some(&parsed), false);
    let again = built(&tree, &folder, Some(&parsed), false);
    assert_eq!(told(&fresh), told(&first), "parsed files change nothing");
    assert_eq!(
        told(&first),
        told(&again),
        "files parsed before change nothing"
    );
    let _ = told(&built(&tree, &folder, None, true));
}

fn told(built: &Result<Built, BuildError>) -> Result<String, String> {
    match built {
        Ok(built) => Ok(built.to_yaml()),
        Err(error) => Err(error.report()),
    }
}

fn built(
    tree: &MemoryTree,
    folder: &TreePath,
    parsed: Option<&ParsedFiles>,
    loose: bool,
) -> Result<Built, BuildError> {
    let mut options = Options {
        bounds: Bounds {
            resources: 1000,
            nodes: 1 << 20,
            work: 100_000,
            charts: 100,
            bytes: 1 << 20,
            text: 1 << 24,
        },
        ..Options::default()
    };
    if loose {
        options.restrictions = Restrictions::None;
        options.on_disk = true;
        options.order = Order::AsRead;
        options.managed_by_label = true;
    }
    build(&Request {
        tree,
        folder,
        options: &options,
        elsewhere: &Nowhere,
        parsed,
        edit: None,
    })
}

/// The files, and the folder of the first one.
fn repository(bytes: &[u8]) -> (MemoryTree, TreePath) {
    let (mut tree, mut folder) = (MemoryTree::new(), None);
    let mut file: Option<(TreePath, Vec<u8>)> = None;
    for line in bytes.split_inclusive(|byte| *byte == b'\n').take(10_000) {
        match (heading(line), &mut file) {
            (Some((path, target)), _) => {
                write(&mut tree, file.take());
                folder = folder.or_else(|| Some(path.parent()));
                match target {
                    Some(target) => tree.link(&path, &target),
                    None => file = Some((path, Vec::new())),
                }
            }
            (None, Some((_, content))) => content.extend_from_slice(line),
            (None, None) => {}
        }
    }
    write(&mut tree, file);
    (tree, folder.unwrap_or_default())
}

fn write(tree: &mut MemoryTree, file: Option<(TreePath, Vec<u8>)>) {
    if let Some((path, content)) = file {
        tree.write(&path, &content);
    }
}

/// The path a line begins, and where that leads if it is a link.
fn heading(line: &[u8]) -> Option<(TreePath, Option<String>)> {
    let line = std::str::from_utf8(line).ok()?.trim_end();
    let named = line.strip_prefix("-- ")?.strip_suffix(" --")?;
    let (path, target) = match named.split_once(" -> ") {
        Some((path, target)) => (path, Some(target.to_owned())),
        None => (named, None),
    };
    let path = TreePath::parse(path).ok()?;
    (!path.is_root()).then_some((path, target))
}
