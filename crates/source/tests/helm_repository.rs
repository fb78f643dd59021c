//! Helm repositories: what is found in them, fetched once, and shown to whom.

mod support;

use base64::Engine;
use source::{ChartLimits, ContentDigest, Credentials};
use std::sync::Barrier;
use std::time::Duration;
use support::chart_world::{ChartWorld, chart, chart_limits, found};
use support::helm_files::{get, published, serve, with_index};
use support::web_server::{Answer, WebServer};
use support::{chain, nobody};

fn basic(user: &str, password: &str) -> String {
    let engine = base64::engine::general_purpose::STANDARD;
    format!("Basic {}", engine.encode(format!("{user}:{password}")))
}

fn as_ann() -> Credentials {
    Credentials {
        proxy: nobody().proxy,
        ..Credentials::basic("ann", "s3cret")
    }
}

#[test]
fn versions_are_found_by_helms_rules() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    serve(&server, &published(&world));
    let charts = world.open();
    for (wish, expected) in [
        ("", "1.10.0"),
        ("*", "1.10.0"),
        ("^1.0.0", "1.10.0"),
        ("1.9", "1.9.0+build.5"),
        ("1.9.0", "1.9.0+build.5"),
        ("v1.0.0", "1.0.0"),
        (">=2.0.0-0", "2.0.0-rc.1"),
        ("<1.5", "1.0.0"),
    ] {
        let version = charts.resolve(&chart(&server.url, "app", wish), &nobody());
        assert_eq!(found(version), expected, "{wish}");
    }
}

#[test]
fn helm_itself_finds_the_same() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    let files = published(&world);
    // Some versions stand in the index in other spellings.
    let files = with_index(&files, "version: 1.0.0\n", "version: v1.0\n");
    serve(&server, &files);
    let charts = world.open();
    for wish in [
        "",
        "*",
        "1",
        "1.x",
        "v1",
        "1.0",
        "1.0.0",
        "v1.0",
        "1.9",
        "1.9.0+build.5",
        "1.9.0+other",
        "^1",
        "~1.9.0",
        ">1.0 <1.10",
        "1.0 - 1.9",
        "2",
        "2.x",
        "2.0.0",
        "2.0.0-rc.1",
        ">=2.0.0-0",
        "^2.0.0-a",
        "!=1.10.0",
        "<=1.9 || 3",
        "latest",
        "1.2.3.4",
        "=1.9.0",
        "=> 1.9",
        "1.9.0-rc",
        ">1.9.0-rc",
    ] {
        let ours = charts.resolve(&chart(&server.url, "app", wish), &nobody());
        let helms = world.helms_choice(&["app", "--repo", &server.url], wish);
        // Helm shows what stands in the archive.
        let ours = ours
            .ok()
            .map(|version| version.version.replace("v1.0", "1.0.0"));
        assert_eq!(ours, helms, "{wish:?}");
    }
}

#[test]
fn an_archive_is_fetched_once_and_survives_a_restart() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    let files = published(&world);
    serve(&server, &files);
    let address = chart(&format!("{}/", server.url), "app", "1.x");
    let charts = world.open();
    let (version, bytes) = charts.pull(&address, &nobody()).unwrap();
    assert_eq!(&*bytes, &files["app-1.10.0.tgz"]);
    assert_eq!(version.digest, ContentDigest::of(&bytes));
    assert_eq!(&*version.repository, format!("{}/", server.url));
    assert_eq!(server.asked(), ["GET /index.yaml", "GET /app-1.10.0.tgz"]);
    assert_eq!(charts.fetch(&version, &nobody()).unwrap(), bytes);
    assert!(server.asked().is_empty());
    drop(charts);
    let (_, again) = world.open().pull(&address, &nobody()).unwrap();
    assert_eq!(again, bytes);
    assert_eq!(server.asked(), ["GET /index.yaml"]);
}

#[test]
fn an_index_that_did_not_change_is_not_sent_again() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    let files = published(&world);
    let shown = files.clone();
    server.answer(move |request| {
        let same = request
            .headers
            .get("if-none-match")
            .is_some_and(|tag| tag == "\"one\"");
        match same {
            true => Answer::of(304, ""),
            false => get(&shown, request)
                .with("ETag", "\"one\"")
                .with("Last-Modified", "Sat, 21 Nov 2026 18:00:00 GMT"),
        }
    });
    let address = chart(&server.url, "library", "");
    let charts = world.open();
    assert_eq!(found(charts.resolve(&address, &nobody())), "0.1.0");
    assert_eq!(found(charts.resolve(&address, &nobody())), "0.1.0");
    drop(charts);
    let charts = world.open();
    assert_eq!(found(charts.resolve(&address, &nobody())), "0.1.0");
    let asked = server.take();
    let condition = |at: usize, name| asked[at].headers.get(name).map(String::as_str);
    assert_eq!(condition(0, "if-none-match"), None);
    for at in [1, 2] {
        assert_eq!(condition(at, "if-none-match"), Some("\"one\""));
        let since = condition(at, "if-modified-since");
        assert_eq!(since, Some("Sat, 21 Nov 2026 18:00:00 GMT"));
    }
    // A new version is seen at the next question.
    world.package("library", "0.2.0");
    world.index();
    serve(&server, &support::helm_files::files(&world));
    assert_eq!(found(charts.resolve(&address, &nobody())), "0.2.0");
}

#[test]
fn those_who_ask_together_share_one_question() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    serve(&server, &published(&world));
    let charts = world.open_with(ChartLimits {
        index_freshness: Duration::from_secs(60),
        ..chart_limits()
    });
    let start = Barrier::new(8);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                start.wait();
                let address = chart(&server.url, "app", "1.0.0");
                charts.pull(&address, &nobody()).unwrap();
            });
        }
    });
    let mut asked = server.asked();
    asked.sort();
    assert_eq!(asked, ["GET /app-1.0.0.tgz", "GET /index.yaml"]);
}

#[test]
fn what_is_not_found_is_answered_with_what_there_is() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    serve(&server, &published(&world));
    let (charts, url) = (world.open(), format!("{}/", server.url));
    let say = |name: &str, wish: &str| found(charts.resolve(&chart(&url, name, wish), &nobody()));
    assert_eq!(
        say("libary", ""),
        format!("{url} has no chart \"libary\"; is library meant?")
    );
    assert_eq!(
        say("nothing-like-it", ""),
        format!(
            "{url} has no chart \"nothing-like-it\"; is the name right, and may these credentials see it?"
        )
    );
    assert_eq!(
        say("app", "3.x"),
        format!(
            "the chart app of {url} has no version \"3.x\"; the newest are 2.0.0-rc.1, 1.10.0, 1.9.0+build.5, 1.0.0"
        )
    );
    assert_eq!(
        say("app", "latest"),
        format!(
            "\"latest\" is neither a version nor a version range; write one like 1.2.3, ~1.2 or >=1.0 <2.0 for the chart app of {url}"
        )
    );
    server.answer(|_| Answer::of(200, "<!DOCTYPE html>"));
    assert_eq!(
        say("app", ""),
        format!(
            "the index of {url} cannot be used: it is a web page, not an index; is the address that of a chart repository?"
        )
    );
    server.answer(|_| Answer::of(404, ""));
    assert_eq!(
        say("app", ""),
        format!(
            "fetching the index of {url} failed: no repository is there (404 Not Found), or no credentials may not see it"
        )
    );
}

#[test]
fn charts_without_a_digest_are_known_by_their_bytes() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    let files = published(&world);
    let bytes = files["library-0.1.0.tgz"].clone();
    let digest = ContentDigest::of(&bytes).to_string();
    let bare = with_index(&files, &format!("digest: {}", &digest[7..]), "digest: \"\"");
    serve(&server, &bare);
    let (charts, address) = (world.open(), chart(&server.url, "library", ""));
    let version = charts.resolve(&address, &nobody()).unwrap();
    assert_eq!(version.digest.to_string(), digest);
    charts.pull(&address, &nobody()).unwrap();
    let asked = server.asked();
    let archives = asked.iter().filter(|line| line.ends_with(".tgz"));
    assert_eq!(archives.count(), 1, "{asked:?}");
    let wrong = with_index(&files, &format!("digest: {}", &digest[7..]), "digest: abc");
    serve(&server, &wrong);
    let error = found(charts.resolve(&address, &nobody()));
    assert!(
        error.contains("gives \"abc\" as the digest of library 0.1.0, which is none"),
        "{error}"
    );
}

#[test]
fn a_login_is_shown_to_the_repository_and_to_nobody_else() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    let other = WebServer::start();
    let elsewhere = format!("- {}/app-1.0.0.tgz", other.url);
    let files = with_index(&published(&world), "- app-1.0.0.tgz", &elsewhere);
    serve(&other, &files);
    let shown = files.clone();
    let redirect = format!("{}/app-1.10.0.tgz", other.url);
    server.answer(move |request| match request.headers.get("authorization") {
        Some(header) if *header == basic("ann", "s3cret") => match request.target.as_str() {
            "/app-1.10.0.tgz" => Answer::of(302, "").with("Location", &redirect),
            _ => get(&shown, request),
        },
        _ => Answer::of(401, "who are you?"),
    });
    let charts = world.open();
    let login_at_other = || {
        let requests = other.take();
        requests
            .last()
            .unwrap()
            .headers
            .get("authorization")
            .cloned()
    };
    charts
        .pull(&chart(&server.url, "app", "1.0.0"), &as_ann())
        .unwrap();
    assert_eq!(login_at_other(), None, "another host in the index");
    charts
        .pull(&chart(&server.url, "app", "1.10.0"), &as_ann())
        .unwrap();
    assert_eq!(login_at_other(), None, "another host after a redirect");
    let in_url = server.url.replace("http://", "http://ann:s3cret@");
    charts
        .pull(&chart(&in_url, "library", ""), &nobody())
        .unwrap();
    std::fs::remove_dir_all(world.folder.path().join("cache")).unwrap();
    std::fs::create_dir(world.folder.path().join("cache")).unwrap();
    let generous = Credentials {
        pass_credentials: true,
        ..as_ann()
    };
    charts
        .pull(&chart(&server.url, "app", "1.0.0"), &generous)
        .unwrap();
    assert_eq!(
        login_at_other(),
        Some(basic("ann", "s3cret")),
        "somebody wants it so"
    );
}

#[test]
fn a_wrong_login_is_said_without_saying_it() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    server.answer(|_| Answer::of(401, "no"));
    let charts = world.open();
    let say = |url: &str, credentials: &Credentials| {
        found(charts.resolve(&chart(url, "app", ""), credentials))
    };
    let in_url = server.url.replace("http://", "http://ann:hunter2@");
    let wrong = Credentials {
        proxy: nobody().proxy,
        ..Credentials::basic("ann", "hunter2")
    };
    for (url, credentials, offered) in [
        (&server.url, &nobody(), "no credentials"),
        (&server.url, &wrong, "a user name and password"),
        (&in_url, &nobody(), "the user name in the URL"),
        (
            &format!("{}/?token=hunter2", server.url),
            &nobody(),
            "no credentials",
        ),
    ] {
        assert_eq!(
            say(url, credentials),
            format!(
                "fetching the index of {}/ failed: authentication failed: the server refused {offered} (401 Unauthorized); check the credentials of this repository",
                server.url
            )
        );
    }
}

#[test]
fn two_processes_do_not_share_a_folder() {
    let world = ChartWorld::new();
    let _first = world.open();
    let folder = world.folder.path().join("cache");
    let second = source::Charts::new(folder, chart_limits());
    let error = chain(&second.err().unwrap());
    assert!(error.contains("is in use by another process"), "{error}");
}
