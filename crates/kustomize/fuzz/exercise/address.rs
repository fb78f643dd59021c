//! Reads lines as addresses of repositories and as paths.

use kustomize::load::{Loader, Nowhere, RepositoryAddress, Restrictions, is_web_address};
use model::{MemoryTree, TreePath};

/// Reads each line.
pub fn run(bytes: &[u8]) {
    let tree = tree();
    for line in String::from_utf8_lossy(bytes).lines().take(1000) {
        address(line);
        for restrictions in [Restrictions::RootOnly, Restrictions::None] {
            path(&tree, restrictions, line);
        }
    }
}

fn address(text: &str) {
    is_web_address(text);
    match RepositoryAddress::parse(text) {
        Ok(address) => {
            let shown = [address.to_string(), address.url(), address.origin_path()];
            let whole = address.whole().to_string();
            assert!(
                shown
                    .iter()
                    .chain([&whole])
                    .all(|text| !text.contains('\0'))
                    || text.contains('\0')
            );
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A file is read only if it is there, and below the folder if it has to be.
fn path(tree: &MemoryTree, restrictions: Restrictions, text: &str) {
    let folder = TreePath::root().child("app");
    let loader = Loader::new(tree, folder, restrictions, &Nowhere).expect("the folder is there");
    loader.place_of(text);
    match loader.load(text) {
        Ok(bytes) if restrictions == Restrictions::RootOnly => assert_eq!(&*bytes, b"own"),
        Ok(_) => {}
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    match loader.enter(text) {
        Ok(entered) => assert!(!entered.way().is_empty()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn tree() -> MemoryTree {
    let files = [
        ("app/a", "own"),
        ("app/b/c", "own"),
        ("application/a", "other"),
        ("base/a", "other"),
    ];
    let mut tree = MemoryTree::of(files).expect("paths of a tree");
    for (link, target) in [("app/l", "b"), ("app/o", "../base"), ("app/x", "../../etc")] {
        tree.link(&TreePath::parse(link).expect("a path of a tree"), target);
    }
    tree
}
