//! From references to commits, over HTTP and on the local disk.

mod support;

use source::{RemoteError, ResolveError};
use support::http_server::Manners;
use support::{World, chain, nobody};

/// Checks each reference against both ways to reach the same repository, in both protocols.
fn check(cases: impl Fn(&testbed::GitRepository) -> Vec<(String, String)>) {
    let world = World::new();
    let repository = world.repository("app");
    let cases = cases(&repository);
    let repositories = world.open();
    let local = repository.bare_path().display().to_string();
    for old_protocol in [false, true] {
        world.server.behave(Manners {
            old_protocol,
            ..Manners::default()
        });
        for url in [
            world.server.url_of("app"),
            local.clone(),
            format!("file://{local}"),
        ] {
            for (reference, expected) in &cases {
                let found = repositories.resolve(&url, reference, &nobody());
                let found = found.map_or_else(|error| chain(&error), |found| found.to_string());
                assert_eq!(&found, expected, "{reference} of {url}");
            }
        }
    }
}

#[test]
fn every_kind_of_reference_leads_to_its_commit() {
    check(|repository| {
        repository.write("a", "1");
        let first = repository.publish("first");
        repository.tag("v1.0.0");
        repository.write("a", "2");
        let second = repository.publish("second");
        repository.annotated_tag("v1.1.0", "a release");
        repository.branch("feature/x");
        repository.write("a", "3");
        let third = repository.publish("third");
        repository.annotated_tag("v2.0.0-rc.1", "soon");
        repository.push();
        [
            ("", &second),
            ("HEAD", &second),
            ("main", &second),
            ("refs/heads/main", &second),
            ("feature/x", &third),
            ("v1.0.0", &first),
            ("v1.1.0", &second),
            ("refs/tags/v1.1.0", &second),
            ("1.*", &second),
            ("~1.0", &first),
            (">=1.0.0", &second),
            (">=2.0.0-0", &third),
            (&first, &first),
            (&first.to_uppercase(), &first),
            (&first[..7], &first),
            (&third[..12], &third),
        ]
        .map(|(reference, commit)| (reference.to_owned(), commit.to_owned()))
        .into()
    });
}

#[test]
fn what_is_not_there_is_said_with_what_is() {
    let world = World::new();
    let repository = world.repository("app");
    repository.write("a", "1");
    repository.publish("first");
    repository.tag("v1.0.0");
    repository.branch("production");
    repository.push();
    let url = world.server.url_of("app");
    let repositories = world.open();
    let error = |reference: &str| {
        let error = repositories
            .resolve(&url, reference, &nobody())
            .unwrap_err();
        chain(&error).replace(&url, "URL")
    };
    assert_eq!(
        error("prodution"),
        "URL has no branch, tag or commit \"prodution\"; did you mean production?"
    );
    assert_eq!(error("2.x"), "URL has no tag in the version range \"2.x\"");
    assert_eq!(
        error("abcdef0123"),
        "URL has no branch, tag or commit \"abcdef0123\""
    );
}

#[test]
fn an_empty_repository_says_so() {
    let world = World::new();
    world.repository("app");
    let error = world
        .open()
        .resolve(&world.server.url_of("app"), "HEAD", &nobody())
        .unwrap_err();
    assert!(
        matches!(error, ResolveError::Empty { .. }),
        "{}",
        chain(&error)
    );
}

#[test]
fn a_deleted_branch_is_an_error_and_its_tree_stays() {
    let world = World::new();
    let repository = world.repository("app");
    repository.write("a", "1");
    repository.publish("first");
    repository.branch("gone");
    repository.write("a", "2");
    repository.publish("second");
    let url = world.server.url_of("app");
    let repositories = world.open();
    let tree = support::tree_at(&repositories, &url, "gone");
    repository.git(&["push", "--quiet", "origin", "--delete", "gone"]);
    let error = repositories.resolve(&url, "gone", &nobody()).unwrap_err();
    assert!(
        matches!(error, ResolveError::NotFound { .. }),
        "{}",
        chain(&error)
    );
    assert_eq!(support::text(&*tree, "a"), "2");
    assert_eq!(
        support::text(
            &*support::tree_of(&repositories, &url, &tree.revision()),
            "a"
        ),
        "2"
    );
}

#[test]
fn odd_urls_and_local_ones_are_refused() {
    let world = World::new();
    let repositories = world.open_with(source::Limits::default());
    for (url, expected) in [
        ("ext::sh -c id", "helper program"),
        ("--upload-pack=id", "dash"),
        ("/etc", "not allowed here"),
        ("file:///etc", "not allowed here"),
        ("ftp://host/x", "not supported"),
    ] {
        let error = chain(&repositories.resolve(url, "HEAD", &nobody()).unwrap_err());
        assert!(error.contains(expected), "{url}: {error}");
    }
    let nothing = world.open_with_error();
    assert!(nothing.contains("in use by another process"), "{nothing}");
    drop(repositories);
    let error = world
        .open()
        .resolve("/nowhere", "HEAD", &nobody())
        .unwrap_err();
    let ResolveError::Remote { source, .. } = error else {
        panic!("{error}")
    };
    assert!(matches!(*source, RemoteError::Local { .. }));
}

impl World {
    fn open_with_error(&self) -> String {
        match source::Repositories::new(self.cache(), support::limits()) {
            Ok(_) => "opened".to_owned(),
            Err(error) => error.to_string(),
        }
    }
}
