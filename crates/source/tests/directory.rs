//! A folder on disk as a source tree.

mod support;

use model::{EntryKind, SourceTree, TreeError, TreePath};
use source::{DirectoryTree, Limits};
use std::fs;
use std::os::unix::fs::symlink;
use support::{path, text};
use tempfile::TempDir;

fn tree(limits: Limits) -> (TempDir, DirectoryTree) {
    let folder = TempDir::new().unwrap();
    let write = |at: &str, content: &str| {
        let file = folder.path().join("root").join(at);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    };
    write("apps/a/x", "1");
    write("apps/b/x", "1");
    write(".git/config", "secret");
    write("large", "0123456789");
    fs::write(folder.path().join("outside"), "secret").unwrap();
    let link =
        |at: &str, target: &str| symlink(target, folder.path().join("root").join(at)).unwrap();
    link("inside", "apps/a");
    link("outside", "../outside");
    link("absolute", "/etc/passwd");
    link("git", ".git/config");
    let tree = DirectoryTree::open(folder.path().join("root"), limits).unwrap();
    (folder, tree)
}

#[test]
fn files_are_read_and_links_stay_inside() {
    let (_folder, tree) = tree(Limits {
        max_file_bytes: 5,
        ..Limits::default()
    });
    let names: Vec<_> = tree
        .list(&TreePath::root())
        .unwrap()
        .into_iter()
        .map(|e| e.name)
        .collect();
    assert_eq!(
        names,
        ["absolute", "apps", "git", "inside", "large", "outside"]
    );
    assert_eq!(text(&tree, "inside/x"), "1");
    assert_eq!(tree.entry(&path("inside")).unwrap().kind, EntryKind::Folder);
    assert!(matches!(
        tree.read(&path("outside")),
        Err(TreeError::Link { .. })
    ));
    assert!(matches!(
        tree.read(&path("absolute")),
        Err(TreeError::Link { .. })
    ));
    assert!(matches!(
        tree.read(&path("git")),
        Err(TreeError::NotFound(_))
    ));
    assert!(matches!(
        tree.read(&path(".git/config")),
        Err(TreeError::NotFound(_))
    ));
    assert!(matches!(
        tree.read(&path("large")),
        Err(TreeError::TooLarge { size: 10, .. })
    ));
    assert!(matches!(
        tree.read(&path("apps")),
        Err(TreeError::WrongKind { .. })
    ));
    assert!(matches!(
        tree.list(&path("large")),
        Err(TreeError::WrongKind { .. })
    ));
    assert!(matches!(
        tree.read(&path("nothing")),
        Err(TreeError::NotFound(_))
    ));
}

#[test]
fn digests_follow_content() {
    let (folder, tree) = tree(Limits::default());
    let digest = |at: &str| tree.entry(&path(at)).unwrap().digest;
    assert_eq!(digest("apps/a"), digest("apps/b"));
    assert_eq!(
        digest("apps/a/x"),
        tree.read(&path("apps/b/x")).unwrap().digest
    );
    let before = digest("apps");
    fs::write(folder.path().join("root/apps/b/x"), "2").unwrap();
    assert_ne!(digest("apps"), before);
    assert_ne!(digest("apps/a"), digest("apps/b"));
}
