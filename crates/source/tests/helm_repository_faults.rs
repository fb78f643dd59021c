//! Helm repositories that break, lie and stall.

mod support;

use source::{ChartLimits, ContentDigest};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use support::chart_world::{ChartWorld, chart, chart_limits, failure, found};
use support::helm_files::{Files, get, published, serve, with_index};
use support::web_server::{Answer, WebServer};
use support::{chain, nobody};

#[test]
fn other_bytes_than_those_published_are_refused() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    let mut files = published(&world);
    let honest = files["app-1.0.0.tgz"].clone();
    files.insert("app-1.0.0.tgz".to_owned(), b"other".to_vec());
    serve(&server, &files);
    let (charts, address) = (world.open(), chart(&server.url, "app", "1.0.0"));
    let expected = format!(
        "app 1.0.0 of {}/ has the digest {}, and {} was published: it was changed afterwards or on its way; publish it anew as another version, or make the index again",
        server.url,
        ContentDigest::of(b"other"),
        ContentDigest::of(&honest)
    );
    assert_eq!(failure(charts.pull(&address, &nobody())), expected);
    files.insert("app-1.0.0.tgz".to_owned(), honest.clone());
    serve(&server, &files);
    assert_eq!(
        &*charts.pull(&address, &nobody()).unwrap().1,
        &honest,
        "nothing bad was kept"
    );
}

#[test]
fn the_next_place_is_tried_when_one_fails() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    let other = WebServer::start();
    let places = format!(
        "- {}/gone.tgz\n    - {}/app-1.0.0.tgz",
        server.url, other.url
    );
    let files = with_index(&published(&world), "- app-1.0.0.tgz", &places);
    serve(&server, &files);
    serve(&other, &files);
    let charts = world.open();
    let (_, bytes) = charts
        .pull(&chart(&server.url, "app", "1.0.0"), &nobody())
        .unwrap();
    assert_eq!(&*bytes, &files["app-1.0.0.tgz"]);
    assert_eq!(other.asked(), ["GET /app-1.0.0.tgz"]);
    serve(&other, &Files::new());
    let address = chart(&server.url, "app", "1.10.0");
    let gone = with_index(&files, "- app-1.10.0.tgz", "- https:///");
    serve(&server, &gone);
    let error = failure(charts.pull(&address, &nobody()));
    assert!(
        error.contains("names no place from which app 1.10.0 can be fetched"),
        "{error}"
    );
}

#[test]
fn an_archive_that_is_not_there_is_said_to_be_missing() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    let mut files = published(&world);
    files.remove("app-1.0.0.tgz");
    serve(&server, &files);
    let error = failure(
        world
            .open()
            .pull(&chart(&server.url, "app", "1.0.0"), &nobody()),
    );
    let url = &server.url;
    assert_eq!(
        error,
        format!(
            "app 1.0.0 is not at {url}/app-1.0.0.tgz (404), where the index of {url}/ places it"
        )
    );
}

#[test]
fn a_connection_that_is_cut_is_made_again() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    let files = published(&world);
    let (shown, cuts) = (files.clone(), Arc::new(AtomicUsize::new(0)));
    let counted = cuts.clone();
    server.answer(move |request| {
        let mut answer = get(&shown, request);
        // Every file is cut at its first reading.
        if counted.fetch_add(1, Ordering::Relaxed).is_multiple_of(2) {
            answer.cut_after = Some(answer.body.len() / 2);
        }
        answer
    });
    let charts = world.open();
    let address = chart(&server.url, "app", "1.0.0");
    let (_, bytes) = charts.pull(&address, &nobody()).unwrap();
    assert_eq!(&*bytes, &files["app-1.0.0.tgz"]);
    assert_eq!(cuts.load(Ordering::Relaxed), 4);
    server.answer(move |request| {
        let mut answer = get(&files, request);
        answer.cut_after = Some(10);
        answer
    });
    let error = charts.resolve(&address, &nobody()).unwrap_err();
    assert!(error.is_transient());
    assert!(
        chain(&error).contains("the connection broke before the answer was complete"),
        "{}",
        chain(&error)
    );
}

#[test]
fn a_server_that_is_busy_for_a_moment_is_waited_for() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    let files = published(&world);
    let (shown, asked) = (files.clone(), AtomicUsize::new(0));
    server.answer(move |request| match asked.fetch_add(1, Ordering::Relaxed) {
        0 => Answer::of(429, "").with("Retry-After", "1"),
        1 => Answer::of(503, ""),
        _ => get(&shown, request),
    });
    let (charts, address) = (world.open(), chart(&server.url, "app", "1.0.0"));
    let begun = Instant::now();
    assert_eq!(found(charts.resolve(&address, &nobody())), "1.0.0");
    assert!(begun.elapsed() >= Duration::from_secs(1));
    server.take();
    server.answer(|_| Answer::of(429, "").with("Retry-After", "3600"));
    let error = charts.resolve(&address, &nobody()).unwrap_err();
    assert!(error.is_transient());
    assert_eq!(
        chain(&error),
        format!(
            "fetching the index of {}/ failed: the server answered 429 Too Many Requests (retry after 3600)",
            server.url
        )
    );
    assert_eq!(server.asked().len(), 1, "an hour is not waited for");
}

#[test]
fn nothing_takes_longer_or_more_than_allowed() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    let files = published(&world);
    serve(&server, &files);
    let address = chart(&server.url, "app", "1.0.0");
    let small = |max_index_bytes, max_chart_bytes| ChartLimits {
        max_index_bytes,
        max_chart_bytes,
        ..chart_limits()
    };
    let error = failure(
        world
            .open_with(small(10, 1 << 20))
            .pull(&address, &nobody()),
    );
    assert_eq!(
        error,
        format!(
            "the index of {}/ has more than the 10 bytes allowed",
            server.url
        )
    );
    let charts = world.open_with(small(1 << 20, 10));
    let error = failure(charts.pull(&address, &nobody()));
    assert_eq!(
        error,
        format!(
            "app 1.0.0 of {}/ has more than the 10 bytes allowed",
            server.url
        )
    );
    drop(charts);
    let charts = world.open_with(ChartLimits {
        timeout: Duration::from_millis(700),
        ..chart_limits()
    });
    server.answer(|_| Answer {
        hang: true,
        ..Answer::of(200, "")
    });
    let error = charts.resolve(&address, &nobody()).unwrap_err();
    assert!(
        chain(&error).contains("no complete answer within 0.7s"),
        "{}",
        chain(&error)
    );
    server.answer(|_| Answer::of(302, "").with("Location", "/index.yaml"));
    let error = found(charts.resolve(&address, &nobody()));
    assert!(error.contains("redirects led on and on"), "{error}");
    server.answer(|_| Answer::of(302, "").with("Location", "file:///etc/passwd"));
    let error = found(charts.resolve(&address, &nobody()));
    assert!(error.contains("it leaves HTTP"), "{error}");
}
