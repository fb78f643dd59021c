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

#[test]
fn a_path_is_told_what_it_is_and_where_it_leads() {
    let (_folder, tree) = tree(Limits::default());
    for (at, kind, real) in [
        (".", EntryKind::Folder, "."),
        ("inside", EntryKind::Folder, "apps/a"),
        ("inside/x", EntryKind::File, "apps/a/x"),
        ("large", EntryKind::File, "large"),
    ] {
        assert_eq!(tree.kind(&path(at)).unwrap(), kind, "{at}");
        assert_eq!(tree.real_path(&path(at)).unwrap(), path(real), "{at}");
    }
    for at in ["outside", "absolute"] {
        let error = tree.real_path(&path(at)).unwrap_err();
        assert!(matches!(error, TreeError::Link { .. }), "{at}");
    }
    for at in ["nothing", "large/x", "git", ".git"] {
        let error = tree.kind(&path(at)).unwrap_err();
        assert!(matches!(error, TreeError::NotFound(_)), "{at}");
    }
}

#[test]
fn below_the_root_of_the_file_system_links_may_start_there() {
    let (folder, _) = tree(Limits::default());
    let real = folder.path().canonicalize().unwrap();
    symlink(real.join("root/apps"), real.join("link")).unwrap();
    let all = DirectoryTree::open("/", Limits::default()).unwrap();
    let at = |text: &str| path(real.join(text).to_str().unwrap().trim_start_matches('/'));
    assert_eq!(all.real_path(&at("link/a/x")).unwrap(), at("root/apps/a/x"));
    assert_eq!(all.kind(&at("link/a")).unwrap(), EntryKind::Folder);
    assert_eq!(&*all.read(&at("link/a/x")).unwrap().bytes, b"1");
}
