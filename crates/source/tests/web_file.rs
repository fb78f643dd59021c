//! Single files from the web.

mod support;

use source::{Credentials, Limits, Repositories};
use support::http_server::{HttpServer, Manners};
use support::{World, chain, nobody};

/// A file every Git server gives: where its HEAD points.
fn head_of(world: &World) -> String {
    world.repository("app").publish("first");
    format!("{}/HEAD", world.server.url_of("app"))
}

#[test]
fn a_file_is_given_or_its_status_is() {
    let world = World::new();
    let url = head_of(&world);
    let repositories = world.open();
    let bytes = repositories.file(&url, &nobody()).unwrap();
    assert!(bytes.starts_with(b"ref: refs/heads/"));
    repositories
        .file(&format!("{url}?raw=1"), &nobody())
        .unwrap();
    let missing = repositories
        .file(&format!("{url}x"), &nobody())
        .unwrap_err();
    assert_eq!(chain(&missing), "HTTP Error: status code 404");
    let nowhere = repositories
        .file("ssh://git@host/x", &nobody())
        .unwrap_err();
    assert_eq!(chain(&nowhere), "ssh://git@host/x is no web address");
}

#[test]
fn credentials_do_not_follow_a_redirect_to_another_host() {
    let (first, second) = (World::new(), World::new());
    let url = head_of(&first);
    head_of(&second);
    let to = second.server.url.clone();
    first.server.behave(Manners {
        redirect: Some(to),
        ..Manners::default()
    });
    let ann = Credentials {
        proxy: Some(String::new()),
        ..Credentials::basic("ann", "s3cret")
    };
    first.open().file(&url, &ann).unwrap();
    let told = |server: &HttpServer| {
        let requests = server.requests();
        let last = requests.last().unwrap();
        last.headers.contains_key("authorization")
    };
    assert!(told(&first.server));
    assert!(!told(&second.server));
}

#[test]
fn a_file_may_not_be_larger_than_allowed() {
    let world = World::new();
    let url = head_of(&world);
    let cache = tempfile::tempdir().unwrap();
    let limits = Limits {
        max_file_bytes: 4,
        ..Limits::default()
    };
    let repositories = Repositories::new(cache.path(), limits).unwrap();
    let error = repositories.file(&url, &nobody()).unwrap_err();
    assert_eq!(chain(&error), "the file has more than the 4 bytes allowed");
}
