//! Reading a commit: folders, files, links, submodules, and what is refused.

mod support;

use model::{EntryKind, SourceTree, TreeError};
use source::{Credentials, GitTree, Limits, Repositories, SignatureKind};
use std::os::unix::fs::symlink;
use std::sync::Arc;
use support::{World, chain, limits, nobody, path, text, tree_at};

fn names(tree: &GitTree, folder: &str) -> Vec<String> {
    tree.list(&path(folder))
        .unwrap()
        .into_iter()
        .map(|entry| entry.name)
        .collect()
}

#[test]
fn folders_and_files_are_read_and_keep_their_digests() {
    let world = World::new();
    let repository = world.repository("app");
    repository.write("apps/a/deploy.yaml", "a");
    repository.write("apps/a-b.yaml", "b");
    repository.write("apps/b/deploy.yaml", "a");
    repository.publish("first");
    let (repositories, url) = (world.open(), world.server.url_of("app"));
    let old = tree_at(&repositories, &url, "main");
    assert_eq!(names(&old, "apps"), ["a", "a-b.yaml", "b"]);
    let digest = |tree: &GitTree, at: &str| tree.entry(&path(at)).unwrap().digest;
    assert_eq!(
        digest(&old, "apps/a"),
        digest(&old, "apps/b"),
        "content is what counts"
    );
    assert!(matches!(
        old.read(&path("apps")),
        Err(TreeError::WrongKind { .. })
    ));
    assert!(matches!(
        old.list(&path("apps/a-b.yaml")),
        Err(TreeError::WrongKind { .. })
    ));
    assert!(matches!(
        old.read(&path("apps/a-b.yaml/x")),
        Err(TreeError::NotFound(_))
    ));
    assert!(matches!(
        old.read(&path("nothing")),
        Err(TreeError::NotFound(_))
    ));

    repository.write("apps/b/more.yaml", "c");
    repository.publish("second");
    let new = tree_at(&repositories, &url, "main");
    assert_eq!(digest(&old, "apps/a"), digest(&new, "apps/a"));
    assert_ne!(digest(&old, "apps/b"), digest(&new, "apps/b"));
    let blob = new.read(&path("apps/b/more.yaml")).unwrap();
    assert_eq!(blob.digest, digest(&new, "apps/b/more.yaml"));
}

#[test]
fn links_are_followed_inside_only() {
    let world = World::new();
    let repository = world.repository("app");
    repository.write("real/file", "1");
    repository.write("deep/er/file", "2");
    let link = |at: &str, target: &str| symlink(target, repository.work_path().join(at)).unwrap();
    link("folder", "real");
    link("deep/up", "../folder/file");
    link("outside", "../../etc/passwd");
    link("absolute", "/etc/passwd");
    link("circle", "round");
    link("round", "circle");
    link("dangling", "nothing");
    repository.publish("first");
    let tree = tree_at(&world.open(), &world.server.url_of("app"), "main");
    assert_eq!(text(&*tree, "folder/file"), "1");
    assert_eq!(text(&*tree, "deep/up"), "1");
    assert_eq!(names(&tree, "folder"), ["file"]);
    for (at, kind, real) in [
        ("folder", EntryKind::Folder, "real"),
        ("folder/file", EntryKind::File, "real/file"),
        ("deep/up", EntryKind::File, "real/file"),
        ("deep/er", EntryKind::Folder, "deep/er"),
    ] {
        assert_eq!(tree.entry(&path(at)).unwrap().kind, kind, "{at}");
        assert_eq!(tree.kind(&path(at)).unwrap(), kind, "{at}");
        assert_eq!(tree.real_path(&path(at)).unwrap(), path(real), "{at}");
    }
    let listed = tree.list(&path("deep")).unwrap();
    assert_eq!(
        listed.iter().find(|entry| entry.name == "up").unwrap().kind,
        EntryKind::Symlink
    );
    for (at, expected) in [
        ("outside", "leads outside"),
        ("absolute", "is outside"),
        ("circle", "links lead from one to the next"),
        ("dangling", "is not in the repository"),
    ] {
        for error in [
            tree.read(&path(at)).unwrap_err(),
            tree.kind(&path(at)).unwrap_err(),
            tree.real_path(&path(at)).unwrap_err(),
        ] {
            let error = error.to_string();
            assert!(error.contains(expected), "{at}: {error}");
        }
    }
}

#[test]
fn large_files_and_lfs_pointers_are_refused_when_read() {
    let world = World::new();
    let repository = world.repository("app");
    repository.write("large", "x".repeat(5000));
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
    repository.write("pointer", pointer);
    repository.publish("first");
    let repositories = world.open_with(Limits {
        max_file_bytes: 1000,
        ..limits()
    });
    let tree = tree_at(&repositories, &world.server.url_of("app"), "main");
    assert_eq!(names(&tree, "."), ["large", "pointer"]);
    let error = tree.read(&path("large")).unwrap_err();
    assert!(
        matches!(
            error,
            TreeError::TooLarge {
                size: 5000,
                limit: 1000,
                ..
            }
        ),
        "{error}"
    );
    let error = chain(&tree.read(&path("pointer")).unwrap_err());
    assert!(
        error.contains("pointer failed") && error.contains("12345 bytes"),
        "{error}"
    );
}

#[test]
fn changed_paths_are_found_within_a_limit() {
    let world = World::new();
    let repository = world.repository("app");
    for at in ["a/x", "a/y", "b/x", "c", "d/e/f"] {
        repository.write(at, at);
    }
    repository.publish("first");
    let (repositories, url) = (world.open(), world.server.url_of("app"));
    let old = tree_at(&repositories, &url, "main");
    repository.write("a/y", "changed");
    repository.remove("b/x");
    repository.remove("c");
    repository.write("c/now/a/folder", "new");
    repository.publish("second");
    let new = tree_at(&repositories, &url, "main");
    let changed = |old: &Arc<GitTree>, new: &Arc<GitTree>, limit: usize| {
        let paths = repositories.changed_paths(old, new, limit).unwrap()?;
        Some(
            paths
                .iter()
                .map(|path| path.to_string())
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(
        changed(&old, &new, 4).unwrap(),
        ["a/y", "b/x", "c", "c/now/a/folder"]
    );
    assert_eq!(
        changed(&new, &old, 4).unwrap(),
        ["a/y", "b/x", "c", "c/now/a/folder"]
    );
    assert_eq!(changed(&old, &new, 3), None);
    assert_eq!(changed(&old, &old, 0).unwrap(), [""; 0]);
}

#[test]
fn a_commit_is_described_safely() {
    let world = World::new();
    let repository = world.repository("app");
    repository.write("a", "1");
    let parent = repository.commit("first");
    let message = format!("fix \u{1b}[31mall\n\nbody {}", "x".repeat(100_000));
    repository.write("a", "2");
    repository.publish(&message);
    let (repositories, url) = (world.open(), world.server.url_of("app"));
    let info = repositories
        .metadata(&tree_at(&repositories, &url, "main"))
        .unwrap();
    assert_eq!(info.author, "Ada Tester <ada@example.com>");
    assert!(
        info.message.starts_with("fix \\u{1b}[31mall\n\nbody x"),
        "{}",
        &info.message[..40]
    );
    assert!(info.message.len() < 70_000);
    assert_eq!(info.parents, [parent]);
    assert_eq!(info.signature, None);
    let date = repository.git(&["show", "--no-patch", "--format=%at"]);
    assert_eq!(info.authored.seconds().to_string(), date);

    let raw = repository.git(&["cat-file", "commit", "HEAD"]);
    let signed = raw.replacen(
        "\n\n",
        "\ngpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\n\n",
        1,
    );
    repository.write("../signed", &signed);
    let id = repository.git(&["hash-object", "-t", "commit", "-w", "../signed"]);
    repository.git(&["update-ref", "refs/heads/main", &id]);
    repository.push();
    let info = repositories
        .metadata(&tree_at(&repositories, &url, "main"))
        .unwrap();
    assert_eq!(info.signature, Some(SignatureKind::Ssh));
}

/// A repository with a submodule in it, which has a submodule itself.
fn nested(world: &World) -> String {
    let inner = world.repository("team/inner");
    inner.write("deep", "inner");
    let inner_commit = inner.publish("first");
    let middle = world.repository("team/middle");
    middle.write(
        ".gitmodules",
        "[submodule \"i\"]\n\tpath = lib/inner\n\turl = ../inner.git\n",
    );
    let add = |repository: &testbed::GitRepository, at: &str, commit: &str| {
        repository.git(&["add", "--all"]);
        let entry = format!("160000,{commit},{at}");
        repository.git(&["update-index", "--add", "--cacheinfo", &entry]);
        repository.git(&["commit", "--quiet", "--message", "submodule"]);
        repository.push();
        repository.head()
    };
    let middle_commit = add(&middle, "lib/inner", &inner_commit);
    let outer = world.repository("app");
    outer.write("own", "outer");
    let url = world.server.url_of("team/middle");
    outer.write(
        ".gitmodules",
        format!("[submodule \"m\"]\n\tpath = vendor\n\turl = {url}\n"),
    );
    symlink("vendor/lib/inner/deep", outer.work_path().join("shortcut")).unwrap();
    add(&outer, "vendor", &middle_commit);
    world.server.url_of("app")
}

#[test]
fn submodules_are_folders() {
    let world = World::new();
    let url = nested(&world);
    let repositories = world.open();
    let tree = tree_at(&repositories, &url, "main");
    assert_eq!(text(&*tree, "vendor/lib/inner/deep"), "inner");
    assert_eq!(text(&*tree, "shortcut"), "inner");
    assert_eq!(tree.entry(&path("vendor")).unwrap().kind, EntryKind::Folder);
    assert_eq!(tree.submodules().count(), 2);
    let without = Credentials {
        submodules: false,
        ..nobody()
    };
    let bare = repositories
        .tree(&url, "main", &tree.revision(), &without)
        .unwrap();
    let listed = bare.list(&path(".")).unwrap();
    let vendor = listed.iter().find(|entry| entry.name == "vendor").unwrap();
    assert_eq!(vendor.kind, EntryKind::Submodule);
    let digest = |tree: &GitTree| tree.entry(&path(".")).unwrap().digest;
    assert_ne!(
        digest(&tree),
        digest(&bare),
        "more is to be seen with submodules"
    );
}

#[test]
fn submodules_that_cannot_be_had_are_named() {
    for (url, expected) in [
        ("file:///etc", "not allowed here"),
        ("/etc", "not allowed here"),
        ("ext::sh -c id", "helper program"),
        ("-u./payload", "dash"),
        ("../nothing.git", "no repository is there"),
    ] {
        let world = World::new();
        let repository = world.repository("app");
        let declaration = format!("[submodule \"m\"]\n\tpath = vendor\n\turl = {url}\n");
        repository.write(".gitmodules", declaration);
        repository.git(&["add", "--all"]);
        let entry = format!("160000,{},vendor", "12".repeat(20));
        repository.git(&["update-index", "--add", "--cacheinfo", &entry]);
        repository.git(&["commit", "--quiet", "--message", "submodule"]);
        repository.push();
        let (repositories, url) = (world.open(), world.server.url_of("app"));
        let revision = repositories.resolve(&url, "main", &nobody()).unwrap();
        let error = repositories
            .tree(&url, "main", &revision, &nobody())
            .unwrap_err();
        let said = chain(&error);
        assert!(
            said.contains("submodule vendor") && said.contains(expected),
            "{said}"
        );
    }
}

#[test]
fn a_tree_is_read_from_many_threads() {
    let world = World::new();
    let repository = world.repository("app");
    for at in 0..200 {
        repository.write(&format!("{}/{at}", at % 10), at.to_string());
    }
    repository.publish("first");
    let tree = tree_at(&world.open(), &world.server.url_of("app"), "main");
    std::thread::scope(|scope| {
        for start in 0..8 {
            let tree = &tree;
            scope.spawn(move || {
                for at in (0..200).map(|at| (at * 7 + start) % 200) {
                    assert_eq!(text(&**tree, &format!("{}/{at}", at % 10)), at.to_string());
                }
            });
        }
    });
}

#[test]
fn sha256_repositories_are_read() {
    let world = World::new();
    let bare = world.folder.path().join("repositories/new.git");
    let work = world.folder.path().join("work");
    let git = |folder: &std::path::Path, args: &[&str]| {
        std::fs::create_dir_all(folder).unwrap();
        let output = testbed::git_command()
            .current_dir(folder)
            .args(args)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    git(
        &bare,
        &[
            "init",
            "--quiet",
            "--bare",
            "--object-format=sha256",
            "--initial-branch=main",
        ],
    );
    git(
        &work,
        &[
            "init",
            "--quiet",
            "--object-format=sha256",
            "--initial-branch=main",
        ],
    );
    std::fs::write(work.join("a"), "new").unwrap();
    git(&work, &["add", "a"]);
    git(&work, &["commit", "--quiet", "--message", "first"]);
    git(
        &work,
        &["push", "--quiet", &bare.display().to_string(), "main"],
    );
    let repositories: Repositories = world.open();
    let tree = tree_at(&repositories, &world.server.url_of("new"), "main");
    assert_eq!(text(&*tree, "a"), "new");
    assert_eq!(tree.revision().0.len(), 64);
}
