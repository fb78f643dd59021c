//! Who we are, and to whom we say it.

mod support;

use base64::Engine;
use source::Credentials;
use support::http_server::{HttpServer, Manners};
use support::{World, chain, nobody, text};

fn login(user: &str, password: &str) -> Manners {
    let engine = base64::engine::general_purpose::STANDARD;
    Manners {
        login: Some(engine.encode(format!("{user}:{password}"))),
        ..Manners::default()
    }
}

fn as_ann(password: &str) -> Credentials {
    Credentials {
        proxy: Some(String::new()),
        ..Credentials::basic("ann", password)
    }
}

fn world() -> (World, String) {
    let world = World::new();
    let repository = world.repository("app");
    repository.write("a", "1");
    repository.publish("first");
    let url = world.server.url_of("app");
    (world, url)
}

#[test]
fn a_login_is_asked_for_and_accepted() {
    let (world, url) = world();
    world.server.behave(login("ann", "s3cret"));
    let repositories = world.open();
    let revision = repositories
        .resolve(&url, "main", &as_ann("s3cret"))
        .unwrap();
    let tree = repositories
        .tree(&url, "main", &revision, &as_ann("s3cret"))
        .unwrap();
    assert_eq!(text(&*tree, "a"), "1");
    let in_url = url.replace("http://", "http://ann:s3cret@");
    repositories.resolve(&in_url, "main", &nobody()).unwrap();
    assert_eq!(world.server.fetches(), 1);
}

#[test]
fn a_wrong_password_is_said_without_saying_it() {
    let (world, url) = world();
    world.server.behave(login("ann", "s3cret"));
    let repositories = world.open();
    let error = |url: &str, credentials: &Credentials| {
        chain(&repositories.resolve(url, "main", credentials).unwrap_err())
    };
    let said = error(&url, &as_ann("hunter2"));
    assert!(
        said.contains("refused a user name and password (401"),
        "{said}"
    );
    assert!(error(&url, &nobody()).contains("refused no credentials (401"));
    let in_url = error(&url.replace("http://", "http://ann:hunter2@"), &nobody());
    for text in [said, in_url] {
        assert!(!text.contains("hunter2"), "{text}");
        assert!(text.contains(&url), "{text}");
    }
}

#[test]
fn a_bearer_token_is_sent() {
    let (world, url) = world();
    let credentials = Credentials {
        bearer_token: Some("t0ken".into()),
        ..nobody()
    };
    world.open().resolve(&url, "main", &credentials).unwrap();
    let sent = world.server.requests();
    assert!(
        sent.iter()
            .all(|request| request.headers["authorization"] == "Bearer t0ken")
    );
}

#[test]
fn a_redirect_to_another_host_carries_no_credentials() {
    let (world, _) = world();
    let front = HttpServer::start(world.folder.path());
    front.behave(Manners {
        redirect: Some(world.server.url.clone()),
        ..Manners::default()
    });
    let repositories = world.open();
    let url = front.url_of("app");
    let revision = repositories
        .resolve(&url, "main", &as_ann("s3cret"))
        .unwrap();
    let tree = repositories
        .tree(&url, "main", &revision, &as_ann("s3cret"))
        .unwrap();
    assert_eq!(text(&*tree, "a"), "1");
    assert!(
        front
            .requests()
            .iter()
            .all(|request| request.headers.contains_key("authorization"))
    );
    let elsewhere = world.server.requests();
    assert!(elsewhere.len() >= 3);
    assert!(
        elsewhere
            .iter()
            .all(|request| !request.headers.contains_key("authorization"))
    );
}

#[test]
fn a_redirect_to_a_login_page_or_in_a_circle_is_not_followed() {
    let (world, url) = world();
    let repositories = world.open();
    let error = |base: &str| {
        world.server.behave(Manners {
            redirect: Some(base.to_owned()),
            ..Manners::default()
        });
        chain(&repositories.resolve(&url, "main", &nobody()).unwrap_err())
    };
    assert!(error("https://login.example/?next=").contains("connecting to login.example:443"));
    assert!(error("file:///etc#").contains("it leaves HTTP"));
    assert!(error("").contains("redirects led on and on"));
}

#[test]
fn a_web_page_is_no_repository() {
    let (world, url) = world();
    world.server.behave(Manners {
        status: Some(200),
        ..Manners::default()
    });
    let error = chain(&world.open().resolve(&url, "main", &nobody()).unwrap_err());
    assert!(
        error.contains("does not speak Git's smart protocol"),
        "{error}"
    );
}
