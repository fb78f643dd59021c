//! Requests through throttling and broken connections.

use std::time::{Duration, Instant};

use cluster::{ApplyOptions, CreateOptions, Outcome, RequestError, Verb};

use crate::server::{Answer, connect, ok, pods, status};

#[tokio::test]
async fn a_throttled_request_waits_as_told_and_goes_again() {
    let (connection, _) = connect(|_, earlier| match earlier {
        0 => Answer::Whole(429, "retry-after: 1\r\n", String::new()),
        _ => ok(r#"{"metadata":{"name":"a"}}"#),
    })
    .await;
    let begun = Instant::now();
    assert!(
        connection
            .get(&pods(), "default", "a")
            .await
            .unwrap()
            .is_some()
    );
    assert!(begun.elapsed() >= Duration::from_secs(1));
    let counters = connection.counters();
    assert_eq!(counters.get(Verb::Get, Outcome::Throttled), 1);
    assert_eq!(counters.get(Verb::Get, Outcome::Done), 1);
    assert!(connection.limiter().reading().limit < 16);
}

#[tokio::test]
async fn what_may_be_sent_twice_is_tried_again_after_a_broken_connection() {
    let (connection, asked) = connect(|_, earlier| match earlier {
        0 => Answer::Nothing,
        _ => ok(r#"{"metadata":{"name":"a","resourceVersion":"3"}}"#),
    })
    .await;
    let (body, options) = ("{}".into(), ApplyOptions::default());
    let applied = connection
        .apply(&pods(), "default", "a", body, &options)
        .await
        .unwrap();
    assert_eq!(applied.resource_version, "3");
    assert_eq!(asked.lines().len(), 2);
}

#[tokio::test]
async fn what_may_not_be_sent_twice_is_left_to_the_caller() {
    let (connection, asked) = connect(|_, _| Answer::Nothing).await;
    let options = CreateOptions::default();
    let error = connection
        .create(&pods(), "default", "{}".into(), &options)
        .await
        .unwrap_err();
    assert!(matches!(error, RequestError::Transport { .. }) && error.is_transient());
    assert_eq!(asked.lines().len(), 1);
}

#[tokio::test]
async fn a_name_that_is_none_never_reaches_the_server() {
    let (connection, asked) = connect(|_, _| status(200, "deleted everything")).await;
    let options = cluster::DeleteOptions::default();
    let error = connection
        .delete(&pods(), "default", "", &options)
        .await
        .unwrap_err();
    assert!(matches!(error, RequestError::Unnamed { .. }) && !error.is_transient());
    assert!(asked.lines().is_empty());
}
