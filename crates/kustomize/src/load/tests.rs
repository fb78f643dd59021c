//! What may be read, and what may not.

use super::loader::{MAX_DEPTH, MAX_ENTERED};
use super::*;
use model::{MemoryTree, SourceTree, TreePath};
use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;

/// Repositories by address, files by their own.
#[derive(Default)]
struct Web {
    repositories: BTreeMap<&'static str, Arc<MemoryTree>>,
    files: BTreeMap<&'static str, &'static str>,
}

impl Elsewhere for Web {
    fn repository(
        &self,
        address: &RepositoryAddress,
    ) -> Result<Arc<dyn SourceTree>, ElsewhereError> {
        match self.repositories.get(address.url().as_str()) {
            Some(tree) => Ok(tree.clone()),
            None => Err(ElsewhereError::Failed("no such repository".into())),
        }
    }

    fn file(&self, url: &str) -> Result<Arc<[u8]>, ElsewhereError> {
        let file = self.files.get(url).ok_or(ElsewhereError::Status(404))?;
        Ok(file.as_bytes().into())
    }
}

fn tree() -> MemoryTree {
    let mut tree = MemoryTree::of([
        ("apps/dev/own", "own"),
        ("apps/dev/deep/er/file", "deep"),
        ("apps/devil/file", "devil"),
        ("apps/base/file", "base"),
        ("shared/file", "shared"),
    ])
    .unwrap();
    for (link, target) in [
        ("apps/dev/alias", "own"),
        ("apps/dev/leak", "../../shared/file"),
        ("apps/dev/way", "../base"),
        ("apps/dev/out", "../../../etc/passwd"),
        ("apps/dev/circle", "circle"),
        ("apps/linked", "dev"),
    ] {
        tree.link(&path(link), target);
    }
    tree
}

fn path(text: &str) -> TreePath {
    TreePath::parse(text).unwrap()
}

fn told(error: &dyn Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", told(cause)),
        None => error.to_string(),
    }
}

fn read(loader: &Loader<'_>, file: &str) -> String {
    match loader.load(file) {
        Ok(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
        Err(error) => told(&error),
    }
}

fn entered(loader: &Loader<'_>, folders: &[&str]) -> String {
    let first = Ok(loader.clone());
    let last = folders
        .iter()
        .fold(first, |loader, folder| loader?.enter(folder));
    last.map_or_else(|error| told(&error), |loader| loader.place())
}

#[test]
fn files_in_and_below_the_folder_are_read() {
    let tree = tree();
    let loader = Loader::new(&tree, path("apps/linked"), Restrictions::RootOnly, &Nowhere);
    let loader = loader.unwrap();
    assert_eq!(loader.root(), &path("apps/dev"));
    for (file, found) in [
        ("own", "own"),
        ("./own", "own"),
        ("../dev/own", "own"),
        ("deep/../own", "own"),
        ("deep//er/file", "deep"),
        ("alias", "own"),
        ("nothing", "'apps/dev/nothing' doesn't exist"),
        ("own/file", "'apps/dev/own/file' doesn't exist"),
        ("deep", "'apps/dev/deep' must resolve to a file"),
        ("..", "'apps' must resolve to a file"),
        ("", "'apps/dev' must resolve to a file"),
        ("../../shared/nothing", "'shared/nothing' doesn't exist"),
    ] {
        assert_eq!(read(&loader, file), found, "{file}");
    }
    for (file, named) in [
        ("../../shared/file", "shared/file"),
        ("../devil/file", "apps/devil/file"),
        ("leak", "apps/dev/leak"),
        ("way/file", "apps/dev/way/file"),
        ("../../../etc/passwd", "../../../etc/passwd"),
        ("/apps/dev/own", "/apps/dev/own"),
    ] {
        let expected = format!("security; file '{named}' is not in or below 'apps/dev'");
        let told = read(&loader, file);
        assert!(told.starts_with(&expected), "{file}: {told}");
    }
    for (file, reason) in [
        ("out", "it leads outside"),
        ("circle", "more than 40 links"),
    ] {
        let told = read(&loader, file);
        assert!(told.starts_with("reading 'apps/dev/"), "{told}");
        assert!(told.contains(reason), "{told}");
    }
}

#[test]
fn without_restrictions_any_file_of_the_tree_is_read() {
    let tree = tree();
    let loader = Loader::new(&tree, path("apps/dev"), Restrictions::None, &Nowhere).unwrap();
    for (file, found) in [
        ("../../shared/file", "shared"),
        ("leak", "shared"),
        ("way/file", "base"),
        ("..", "'apps' must resolve to a file"),
    ] {
        assert_eq!(read(&loader, file), found, "{file}");
    }
    for file in ["../../../etc/passwd", "/apps/dev/own", "a\0b", "a\\b"] {
        let told = read(&loader, file);
        assert!(
            told.contains("cannot be loaded from 'apps/dev'"),
            "{file}: {told}"
        );
    }
}

#[test]
fn a_file_system_is_read_from_its_root() {
    let tree = tree();
    let from = |restrictions| Loader::on_disk(&tree, path("apps/dev"), restrictions, &Nowhere);
    let loader = from(Restrictions::RootOnly).unwrap();
    assert_eq!(read(&loader, "/apps/dev/own"), "own");
    assert_eq!(read(&loader, "../../../../apps/dev/own"), "own");
    let told = read(&loader, "/shared/file");
    let expected = "security; file '/shared/file' is not in or below '/apps/dev'";
    assert!(told.starts_with(expected), "{told}");
    assert_eq!(read(&loader, "no"), "'/apps/dev/no' doesn't exist");
    assert_eq!(entered(&loader, &["../base"]), "/apps/base");
    let loader = from(Restrictions::None).unwrap();
    assert_eq!(read(&loader, "/shared/file"), "shared");
}

#[test]
fn folders_may_lie_anywhere_but_on_the_way() {
    let tree = tree();
    let loader = Loader::new(&tree, path("apps/dev"), Restrictions::RootOnly, &Nowhere);
    let loader = loader.unwrap();
    for (folders, found) in [
        (&["deep"][..], "apps/dev/deep"),
        (&["deep/er/", "../../../base"], "apps/base"),
        (&["../devil"], "apps/devil"),
        (&["way"], "apps/base"),
        (&["../../shared"], "shared"),
        (
            &[""],
            "new root cannot be empty; name a folder or a repository",
        ),
        (
            &["own"],
            "must build at directory: 'apps/dev/own' is a file; file is not directory",
        ),
        (
            &["no"],
            "must build at directory: 'apps/dev/no' doesn't exist",
        ),
        (
            &["/apps/base"],
            "new root '/apps/base' cannot be absolute; write it relative to the \
             kustomization's folder",
        ),
        (
            &["."],
            "cycle detected: candidate root 'apps/dev' contains visited root 'apps/dev' \
             (apps/dev)",
        ),
        (
            &["../linked"],
            "cycle detected: candidate root 'apps/dev' contains visited root 'apps/dev' \
             (apps/dev)",
        ),
        (
            &["../base", "../../shared", "../apps"],
            "cycle detected: candidate root 'apps' contains visited root 'apps/base' \
             (apps/dev -> apps/base -> shared)",
        ),
        (
            &["deep", "../.."],
            "cycle detected: candidate root 'apps' contains visited root 'apps/dev/deep' \
             (apps/dev -> apps/dev/deep)",
        ),
        (
            &["../../.."],
            "'../../..' cannot be loaded from 'apps/dev': path \"../../..\" leads outside \
             the repository",
        ),
    ] {
        assert_eq!(entered(&loader, folders), found, "{folders:?}");
    }
    let no_folder = Loader::new(&tree, path("none"), Restrictions::RootOnly, &Nowhere);
    let told = told(&no_folder.err().unwrap());
    assert_eq!(told, "must build at directory: 'none' doesn't exist");
}

fn web() -> Web {
    let mut lib = MemoryTree::of([
        ("base/file", "lib"),
        ("other/file", "other"),
        ("base/in/file", "in"),
    ])
    .unwrap();
    lib.link(&path("exit"), "../elsewhere");
    let more = MemoryTree::of([("file", "more")]).unwrap();
    Web {
        repositories: BTreeMap::from([
            ("https://github.com/team/lib", Arc::new(lib)),
            ("git@h.example:more.git", Arc::new(more)),
        ]),
        files: BTreeMap::from([("https://h.example/pod.yaml", "pod")]),
    }
}

#[test]
fn repositories_are_entered_and_not_left() {
    let (tree, web) = (tree(), web());
    let loader = Loader::new(&tree, path("apps/dev"), Restrictions::None, &web).unwrap();
    let lib = "https://github.com/team/lib";
    for (folders, found) in [
        (
            &["github.com/team/lib/base?ref=v1"][..],
            "https://github.com/team/lib//base?ref=v1",
        ),
        (
            &["github.com/team/lib/base", "../other"],
            "https://github.com/team/lib//other",
        ),
        (
            &["github.com/team/lib/base", "git@h.example:more.git"],
            "git@h.example:more.git",
        ),
        (
            &[
                "github.com/team/lib/base",
                "github.com/team/lib/other?ref=v2",
            ],
            "https://github.com/team/lib//other?ref=v2",
        ),
        (
            &["github.com/team/lib/base", "../../outside"],
            "security; bases in kustomizations found in cloned git repos must be within the \
             repo, but base '../../outside' is outside 'https://github.com/team/lib'",
        ),
        (
            &["github.com/team/lib/base/file"],
            "must build at directory: 'https://github.com/team/lib//base/file' is a file; \
             file is not directory",
        ),
        (
            &["github.com/team/lib//exit"],
            "reading 'https://github.com/team/lib//exit' failed: symbolic link exit cannot \
             be followed: it leads outside the repository",
        ),
        (
            &["github.com/team/none"],
            "'https://github.com/team/none' cannot be loaded: it could not be fetched: no \
             such repository",
        ),
        (
            &[
                "github.com/team/lib/base/in",
                "git@h.example:more.git",
                "github.com/team/lib",
            ],
            "cycle detected: URI 'https://github.com/team/lib' referenced by previous URI \
             'https://github.com/team/lib//base/in' (apps/dev -> \
             https://github.com/team/lib//base/in -> git@h.example:more.git)",
        ),
    ] {
        assert_eq!(entered(&loader, folders), found, "{folders:?}");
    }
    let fetched = loader.enter("github.com/team/lib/base").unwrap();
    assert_eq!(read(&fetched, "file"), "lib");
    let told = read(&fetched, "../other/file");
    let expected = format!("security; file '{lib}//other/file' is not in or below '{lib}//base'");
    assert!(told.starts_with(&expected), "{told}");
    let inner = fetched.enter("in").unwrap();
    assert_eq!(inner.repository().unwrap().url(), lib);
    assert!(loader.repository().is_none());
}

#[test]
fn what_a_path_leads_to_is_told() {
    let (tree, web) = (tree(), web());
    let loader = Loader::new(&tree, path("apps/dev"), Restrictions::RootOnly, &web).unwrap();
    for (path, place) in [
        ("../base/./file", "apps/base/file"),
        ("../../../../out", "../../../../out"),
        ("https://h.example/pod.yaml", "https://h.example/pod.yaml"),
    ] {
        assert_eq!(loader.place_of(path), place);
    }
    let fetched = loader.enter("github.com/team/lib/base?ref=v1").unwrap();
    assert_eq!(
        fetched.place_of("file"),
        "https://github.com/team/lib//base/file?ref=v1"
    );
}

#[test]
fn a_build_may_start_at_an_address() {
    let web = web();
    let address = RepositoryAddress::parse("git@h.example:more.git?ref=v1").unwrap();
    let loader = Loader::at_address(address, &web).unwrap();
    assert_eq!(read(&loader, "file"), "more");
    assert_eq!(loader.place(), "git@h.example:more.git?ref=v1");
}

#[test]
fn files_on_the_web_are_asked_for() {
    let (tree, web) = (tree(), web());
    let loader = Loader::new(&tree, path("apps/dev"), Restrictions::RootOnly, &web).unwrap();
    for (url, found) in [
        ("https://h.example/pod.yaml", "pod"),
        (
            "https://h.example/no.yaml",
            "'https://h.example/no.yaml': HTTP Error: status code 404",
        ),
        (
            "https://github.com/team/lib",
            "'https://github.com/team/lib': URL is a git repository",
        ),
    ] {
        assert_eq!(read(&loader, url), found);
    }
    assert!(
        loader
            .load("https://h.example/no.yaml")
            .unwrap_err()
            .is_http()
    );
    let alone = Loader::new(&tree, path("apps/dev"), Restrictions::RootOnly, &Nowhere);
    let told = read(&alone.unwrap(), "https://h.example/pod.yaml");
    assert!(
        told.contains("cannot be loaded: network access is off"),
        "{told}"
    );
}

#[test]
fn folders_within_folders_end() {
    let deep = "a/".repeat(MAX_DEPTH + 1) + "file";
    let tree = MemoryTree::of([(deep.as_str(), "")]).unwrap();
    let mut loader =
        Loader::new(&tree, TreePath::root(), Restrictions::RootOnly, &Nowhere).unwrap();
    let error = loop {
        match loader.enter("a") {
            Ok(next) => loader = next,
            Err(error) => break error,
        }
    };
    assert!(
        matches!(error, LoadError::TooDeep { limit: 256, .. }),
        "{error}"
    );
    let wide = Loader::new(&tree, TreePath::root(), Restrictions::RootOnly, &Nowhere).unwrap();
    let error = (0..=MAX_ENTERED)
        .find_map(|_| wide.clone().enter("a").err())
        .unwrap();
    assert!(
        matches!(error, LoadError::TooMany { limit: 50_000, .. }),
        "{error}"
    );
}
