//! Watches through refusals, expiries and nonsense.

use crate::server::{Answer, Watched, connect, end_of_list, line, ok, status};

#[tokio::test]
async fn a_server_that_streams_no_first_list_is_listed_in_pages() {
    let (connection, asked) = connect(|request, _| match request {
        request if request.contains("sendInitialEvents") => status(422, "no such thing"),
        request if request.contains("continue=next") => {
            ok(r#"{"metadata":{"resourceVersion":"9"},"items":[{"metadata":{"name":"b"}}]}"#)
        }
        request if request.contains("limit=") => ok(
            r#"{"metadata":{"resourceVersion":"9","continue":"next"},"items":[{"metadata":{"name":"a"}}]}"#,
        ),
        _ => Answer::Open(vec![line("ADDED", "c", 10)]),
    })
    .await;
    let watched = Watched::start(&connection);
    let told = watched.first(5).await;
    assert_eq!(told, ["restarted", "+Pod/a", "+Pod/b", "listed", "+Pod/c"]);
    assert!(
        asked.lines().last().unwrap().contains("resourceVersion=9"),
        "{:?}",
        asked.lines()
    );
}

#[tokio::test]
async fn an_expired_version_within_the_stream_leads_to_a_new_first_list() {
    let gone = r#"{"type":"ERROR","object":{"kind":"Status","code":410,"message":"too old"}}"#;
    let (connection, _) = connect(move |_, earlier| match earlier {
        0 => Answer::Ended(vec![line("ADDED", "a", 1), end_of_list(2), gone.to_owned()]),
        _ => Answer::Open(vec![
            line("ADDED", "b", 7),
            end_of_list(8),
            line("DELETED", "b", 9),
        ]),
    })
    .await;
    let told = Watched::start(&connection).first(7).await;
    assert_eq!(
        told,
        [
            "restarted",
            "+Pod/a",
            "listed",
            "restarted",
            "+Pod/b",
            "listed",
            "-Pod/b"
        ],
        "an expiry is no failure"
    );
}

#[tokio::test]
async fn a_stream_that_breaks_is_taken_up_where_it_was() {
    let bookmark = r#"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"40"}}}"#;
    let (connection, asked) = connect(move |_, earlier| match earlier {
        0 => Answer::Ended(vec![
            end_of_list(2),
            line("ADDED", "a", 3),
            bookmark.to_owned(),
        ]),
        1 => status(500, "a bad moment"),
        _ => Answer::Open(vec![line("MODIFIED", "a", 41)]),
    })
    .await;
    let told = Watched::start(&connection).first(6).await;
    let failed = "failed: Other: the server answered 500: a bad moment";
    assert_eq!(
        told,
        ["restarted", "listed", "+Pod/a", failed, "resumed", "+Pod/a"]
    );
    assert!(
        asked.lines()[1..]
            .iter()
            .all(|line| line.contains("resourceVersion=40"))
    );
}

#[tokio::test]
async fn a_first_list_that_breaks_begins_anew() {
    let (connection, _) = connect(|_, earlier| match earlier {
        0 => Answer::Ended(vec![line("ADDED", "a", 1)]),
        _ => Answer::Open(vec![line("ADDED", "a", 1), end_of_list(2)]),
    })
    .await;
    let told = Watched::start(&connection).first(5).await;
    assert_eq!(
        told,
        ["restarted", "+Pod/a", "restarted", "+Pod/a", "listed"]
    );
}

#[tokio::test]
async fn nonsense_in_the_stream_is_told_and_survived() {
    let (connection, _) = connect(|_, earlier| match earlier {
        0 => Answer::Ended(vec![
            end_of_list(2),
            r#"{"type":"ADDED","object":{"#.to_owned(),
        ]),
        _ => Answer::Open(vec![line("ADDED", "a", 3)]),
    })
    .await;
    let told = Watched::start(&connection).first(5).await;
    assert!(
        told[2].starts_with("failed: Other: the server's answer cannot be read"),
        "{told:?}"
    );
    assert_eq!(told[3..], ["resumed", "+Pod/a"]);
}

#[tokio::test]
async fn a_dropped_handle_ends_the_watch() {
    let (connection, asked) = connect(|_, _| Answer::Ended(vec![end_of_list(2)])).await;
    let watched = Watched::start(&connection);
    watched.first(2).await;
    drop(watched);
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let before = asked.lines().len();
    tokio::time::sleep(std::time::Duration::from_millis(800)).await;
    assert_eq!(asked.lines().len(), before);
}
