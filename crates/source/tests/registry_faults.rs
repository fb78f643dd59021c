//! Registries that ask for tokens, and registries that break.

mod support;

use base64::Engine;
use source::{ChartAddress, Credentials, DockerConfig, Secret};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use support::chart_world::{ChartWorld, chart, chart_limits, failure, found, plain, plain_as};
use support::http_server::Request;
use support::web_server::{Answer, WebServer, forward};
use testbed::{RegistryOptions, RegistryServer};

/// A registry with a chart, and a server before it that a test can break.
struct Front {
    world: ChartWorld,
    registry: RegistryServer,
    server: WebServer,
    archive: Vec<u8>,
}

impl Front {
    fn new() -> Self {
        let world = ChartWorld::new();
        let registry = RegistryServer::start(RegistryOptions::default());
        let archive = world.package("app", "1.0.0");
        let home = format!("oci://{}/charts", registry.host());
        world.push(&archive, &home, &[]);
        Self {
            archive: std::fs::read(archive).unwrap(),
            world,
            registry,
            server: WebServer::start(),
        }
    }

    fn home(&self) -> String {
        format!("oci://{}/charts", self.server.host())
    }

    fn address(&self, version: &str) -> ChartAddress {
        chart(&self.home(), "app", version)
    }

    /// Passes questions on, and lets the test change the answers.
    fn change(&self, change: impl Fn(&Request, Answer) -> Answer + Send + 'static) {
        let host = self.registry.host().to_owned();
        self.server
            .answer(move |request| change(request, forward(request, &host)));
    }
}

fn is_blob(request: &Request) -> bool {
    request.target.contains("/blobs/")
}

fn login(request: &Request) -> Option<&str> {
    request.headers.get("authorization").map(String::as_str)
}

fn basic(user: &str, password: &str) -> String {
    let engine = base64::engine::general_purpose::STANDARD;
    format!("Basic {}", engine.encode(format!("{user}:{password}")))
}

/// The registry lets in `Bearer open-N` for the newest N, and sends everybody else to log in.
fn ask_for_tokens(front: &Front, tokens: &WebServer, newest: &Arc<AtomicUsize>) {
    let challenge = format!(
        "Bearer realm=\"{}/token?account=x\",service=\"the registry\",scope=\"repository:charts/app:pull\"",
        tokens.url
    );
    let (host, newest) = (front.registry.host().to_owned(), newest.clone());
    front.server.answer(move |request| {
        let open = format!("Bearer open-{}", newest.load(Ordering::Relaxed));
        match login(request) == Some(&open) {
            true => {
                let mut inside = request.clone();
                inside.headers.remove("authorization");
                forward(&inside, &host)
            }
            false => Answer::of(
                401,
                r#"{"errors":[{"code":"UNAUTHORIZED","message":"a token\nis needed"}]}"#,
            )
            .with("WWW-Authenticate", &challenge),
        }
    });
}

#[test]
fn a_token_is_fetched_where_the_registry_says_and_used_while_it_holds() {
    let (front, tokens) = (Front::new(), WebServer::start());
    let newest = Arc::new(AtomicUsize::new(1));
    ask_for_tokens(&front, &tokens, &newest);
    let given = newest.clone();
    tokens.answer(move |request| match login(request) {
        Some(header) if header == basic("ann", "s3cret") => {
            let token = format!("open-{}", given.load(Ordering::Relaxed));
            Answer::of(200, format!(r#"{{"token":"{token}","expires_in":300}}"#))
        }
        _ => Answer::of(403, r#"{"details":"incorrect username or password"}"#),
    });
    let charts = front.world.open();
    let ann = plain_as("ann", "s3cret");
    let (_, bytes) = charts.pull(&front.address("^1"), &ann).unwrap();
    assert_eq!(*bytes, front.archive);
    let expected =
        "GET /token?account=x&service=the+registry&scope=repository%3Acharts%2Fapp%3Apull";
    assert_eq!(tokens.asked(), [expected]);
    let password_seen = front.server.take();
    assert!(
        password_seen
            .iter()
            .all(|request| login(request).is_none_or(|l| l.starts_with("Bearer")))
    );
    // It is taken away before its time.
    newest.store(2, Ordering::Relaxed);
    charts.resolve(&front.address("1.0.0"), &ann).unwrap();
    assert_eq!(tokens.asked().len(), 1);
    let wrong = failure(charts.pull(&front.address("1.0.0"), &plain_as("ann", "hunter2")));
    let place = format!("{}/app", front.home());
    assert_eq!(
        wrong,
        format!(
            "fetching version 1.0.0 of {place} failed: the login at {}/token failed: access denied (403 Forbidden: incorrect username or password) with a user name and password; these credentials may not read the repository",
            tokens.url
        )
    );
}

#[test]
fn docker_logins_of_all_kinds_get_in() {
    let (front, tokens) = (Front::new(), WebServer::start());
    let newest = Arc::new(AtomicUsize::new(1));
    ask_for_tokens(&front, &tokens, &newest);
    let host = front.server.host().to_owned();
    let with = |login: &str| {
        let text = format!(r#"{{"auths":{{"{host}":{login}}}}}"#);
        let config = DockerConfig::parse(text.as_bytes()).unwrap();
        Credentials {
            plain_http: true,
            proxy: Some(String::new()),
            ..config.credentials(&host).unwrap().unwrap()
        }
    };
    let charts = front.world.open();
    tokens.answer(|_| Answer::of(200, r#"{"access_token":"open-1"}"#));
    let identity = with(r#"{"identitytoken":"long lived"}"#);
    charts.pull(&front.address("1.0.0"), &identity).unwrap();
    let asked = tokens.take();
    assert_eq!(asked[0].method, "POST");
    assert_eq!(
        String::from_utf8_lossy(&asked[0].body),
        "service=the+registry&scope=repository%3Acharts%2Fapp%3Apull&grant_type=refresh_token&client_id=caretaker&refresh_token=long+lived"
    );
    let token = with(r#"{"registrytoken":"open-1"}"#);
    charts.pull(&front.address("1.0.0"), &token).unwrap();
    assert!(tokens.asked().is_empty());
    let named = with(&format!(r#"{{"auth":"{}"}}"#, &basic("ann", "pw")[6..]));
    charts.pull(&front.address("1.0.0"), &named).unwrap();
    assert_eq!(login(&tokens.take()[0]), Some(basic("ann", "pw").as_str()));
    // Nobody's login is anybody else's.
    tokens.answer(|_| Answer::of(401, ""));
    let error = failure(charts.pull(&front.address("1.0.0"), &plain()));
    assert!(
        error.contains("refused no credentials (401 Unauthorized)"),
        "{error}"
    );
}

#[test]
fn a_login_that_leads_astray_is_not_followed() {
    let front = Front::new();
    let charts = front.world.open();
    let say = |challenge: &'static str| {
        front
            .server
            .answer(move |_| Answer::of(401, "").with("WWW-Authenticate", challenge));
        found(charts.resolve(&front.address("1.0.0"), &plain_as("ann", "hunter2")))
    };
    for (challenge, expected) in [
        (
            "Bearer realm=\"file:///etc/passwd\"",
            "log in at \"file:///etc/passwd\", which is not done: it leaves HTTP",
        ),
        ("Bearer realm=\"\"", "which is not done: it is no URL"),
        ("Bearer", "which is not done: it is no URL"),
        (
            "Negotiate",
            "asks for a login by \"negotiate\"; only Basic and Bearer are known",
        ),
    ] {
        let error = say(challenge);
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
    let tokens = WebServer::start();
    tokens.answer(|_| Answer::of(200, "<html>"));
    let challenge = format!("Bearer realm=\"{}/t\"", tokens.url);
    front
        .server
        .answer(move |_| Answer::of(401, "").with("WWW-Authenticate", &challenge));
    let error = found(charts.resolve(&front.address("1.0.0"), &plain()));
    assert!(
        error.contains(&format!("the login at {}/t gave no token", tokens.url)),
        "{error}"
    );
}

#[test]
fn content_that_is_changed_on_its_way_is_refused() {
    let front = Front::new();
    let charts = front.world.open();
    front.change(|request, answer| match is_blob(request) {
        true => Answer::of(200, "other"),
        false => answer,
    });
    let error = failure(charts.pull(&front.address("1.0.0"), &plain()));
    assert!(
        error.contains("the registry sent something with the digest sha256:"),
        "{error}"
    );
    assert!(error.contains("when asked for sha256:"), "{error}");
    let folder = front.world.folder.path().join("other");
    let with_nothing_on_disk = source::Charts::new(folder, chart_limits()).unwrap();
    front.change(|request, mut answer| {
        if request.method == "GET" && request.target.contains("/manifests/") {
            answer.body.push(b' ');
            answer
                .headers
                .retain(|(name, _)| !name.eq_ignore_ascii_case("content-length"));
        }
        answer
    });
    let error = failure(with_nothing_on_disk.pull(&front.address("1.0.0"), &plain()));
    assert!(
        error.contains("the registry sent something with the digest sha256:"),
        "{error}"
    );
    front.change(|_, answer| answer);
    let (_, bytes) = charts.pull(&front.address("1.0.0"), &plain()).unwrap();
    assert_eq!(*bytes, front.archive, "nothing bad was kept");
}

#[test]
fn registries_with_gaps_and_storage_elsewhere_are_read() {
    let (front, storage) = (Front::new(), WebServer::start());
    let bytes = front.archive.clone();
    storage.answer(move |_| Answer::of(200, bytes.clone()));
    let elsewhere = format!("{}/signed?by=us", storage.url);
    let host = front.registry.host().to_owned();
    front.server.answer(move |request| {
        if login(request).is_none() {
            return Answer::of(401, "").with("WWW-Authenticate", "Basic realm=\"x\"");
        }
        match request.method.as_str() {
            "HEAD" => Answer::of(405, ""),
            _ if is_blob(request) => Answer::of(307, "").with("Location", &elsewhere),
            _ => {
                let mut answer = forward(request, &host);
                answer
                    .headers
                    .retain(|(name, _)| !name.eq_ignore_ascii_case("docker-content-digest"));
                answer
            }
        }
    });
    let charts = front.world.open();
    let (_, fetched) = charts
        .pull(&front.address("1.x"), &plain_as("ann", "pw"))
        .unwrap();
    assert_eq!(*fetched, front.archive);
    let asked = storage.take();
    assert_eq!((asked.len(), login(&asked[0])), (1, None));
}

#[test]
fn tags_come_in_pages_and_have_an_end() {
    let front = Front::new();
    let charts = front.world.open();
    let page = |tags: &str| Answer::of(200, format!(r#"{{"name":"charts/app","tags":{tags}}}"#));
    let host = front.registry.host().to_owned();
    front
        .server
        .answer(move |request| match request.target.as_str() {
            "/v2/charts/app/tags/list" => page(r#"["0.1.0","latest"]"#).with(
                "Link",
                "</v2/charts/app/tags/list?last=latest&n=2>; rel=\"next\"",
            ),
            "/v2/charts/app/tags/list?last=latest&n=2" => {
                page("null").with("Link", "<tags/list?last=b>; title=x; rel=next")
            }
            "/v2/charts/app/tags/tags/list?last=b" => page(r#"["1.0.0"]"#),
            _ => forward(request, &host),
        });
    assert_eq!(
        found(charts.resolve(&front.address("*"), &plain())),
        "1.0.0"
    );
    // Pages without an end, and pages elsewhere.
    let number = AtomicUsize::new(0);
    front.server.answer(move |_| {
        let at = number.fetch_add(1, Ordering::Relaxed);
        let tags: Vec<String> = (0..30_000).map(|tag| format!("\"0.{at}.{tag}\"")).collect();
        page(&format!("[{}]", tags.join(","))).with(
            "Link",
            &format!("</v2/charts/app/tags/list?last={at}>; rel=\"next\""),
        )
    });
    let error = found(charts.resolve(&front.address("*"), &plain()));
    assert!(
        error.ends_with("the registry lists more than 100000 tags"),
        "{error}"
    );
    front.server.answer(move |_| {
        page(r#"["0.1.0"]"#).with("Link", "<http://127.0.0.1:1/v2/x>; rel=\"next\"")
    });
    let error = found(charts.resolve(&front.address("3.x"), &plain()));
    assert!(
        error.ends_with("has no version \"3.x\"; the newest are 0.1.0"),
        "{error}"
    );
}

#[test]
fn passing_troubles_are_waited_out_and_lasting_ones_said() {
    let front = Front::new();
    let charts = front.world.open();
    let asked = AtomicUsize::new(0);
    front.change(move |request, mut answer| {
        match asked.fetch_add(1, Ordering::Relaxed) {
            0 => return Answer::of(429, "").with("Retry-After", "1"),
            _ if is_blob(request) && asked.load(Ordering::Relaxed).is_multiple_of(2) => {
                answer.cut_after = Some(20);
            }
            _ => {}
        }
        answer
    });
    let (_, bytes) = charts.pull(&front.address("1.0.0"), &plain()).unwrap();
    assert_eq!(*bytes, front.archive);
    let too_many = r#"{"errors":[{"code":"TOOMANYREQUESTS","message":"pull rate limit"}]}"#;
    front
        .server
        .answer(move |_| Answer::of(429, too_many).with("Retry-After", "900"));
    let error = charts.resolve(&front.address("*"), &plain()).unwrap_err();
    assert!(error.is_transient());
    assert_eq!(
        support::chain(&error),
        format!(
            "fetching the tags of {}/app failed: the server answered 429 Too Many Requests (retry after 900): TOOMANYREQUESTS pull rate limit",
            front.home()
        )
    );
    front.server.answer(|_| Answer {
        hang: true,
        ..Answer::of(200, "")
    });
    let hasty = source::ChartLimits {
        timeout: Duration::from_millis(500),
        ..chart_limits()
    };
    let folder = tempfile::tempdir().unwrap();
    let charts = source::Charts::new(folder.path(), hasty).unwrap();
    let error = found(charts.resolve(&front.address("1.0.0"), &plain()));
    assert!(error.contains("no complete answer within 0.5s"), "{error}");
}

#[test]
fn an_index_may_lead_to_a_registry() {
    let (front, server) = (Front::new(), WebServer::start());
    let index = front.world.index();
    let place = format!(
        "urls:\n    - oci://{}/charts/app:1.0.0",
        front.registry.host()
    );
    let index = index.replace("urls:\n    - app-1.0.0.tgz", &place);
    assert!(index.contains("oci://"), "{index}");
    server.answer(move |_| Answer::of(200, index.clone()));
    let address = chart(&server.url, "app", "");
    let (_, bytes) = front.world.open().pull(&address, &plain()).unwrap();
    assert_eq!(*bytes, front.archive);
}

#[test]
fn a_token_somebody_wrote_down_is_shown_as_it_is() {
    let front = Front::new();
    let host = front.registry.host().to_owned();
    front.server.answer(move |request| match login(request) {
        Some("Bearer t0ken") => {
            let mut inside = request.clone();
            inside.headers.remove("authorization");
            forward(&inside, &host)
        }
        _ => Answer::of(401, "").with("WWW-Authenticate", "Bearer realm=\"http://127.0.0.1:1/\""),
    });
    let credentials = Credentials {
        bearer_token: Some(Secret::from("t0ken")),
        ..plain()
    };
    front
        .world
        .open()
        .pull(&front.address("1.0.0"), &credentials)
        .unwrap();
}
