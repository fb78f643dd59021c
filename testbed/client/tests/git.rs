//! The Git servers: cloned from and pushed to by the real git.

use std::path::Path;
use std::process::Command;
use testbed::{GitFault, GitRepository, GitServer, GitServerOptions, SshServer, git_command};

/// Runs git to its end; the error is its stderr.
fn git(command: &mut Command) -> Result<(), String> {
    let output = command.output().unwrap();
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn clone(url: &str, to: &Path) -> Result<(), String> {
    git(git_command().args(["clone", "--quiet", url]).arg(to))
}

fn repository(root: &Path) -> GitRepository {
    let repository = GitRepository::create(root, "team/app");
    repository.write("deploy/web.yaml", "replicas: 1\n");
    repository.publish("one");
    repository
}

#[test]
fn http_clone_push_and_the_log_of_requests() {
    let dir = tempfile::tempdir().unwrap();
    let repository = repository(dir.path());
    let server = GitServer::start(dir.path(), GitServerOptions::default());
    let work = dir.path().join("clone");
    clone(&server.url_of("team/app"), &work).unwrap();
    assert_eq!(
        std::fs::read_to_string(work.join("deploy/web.yaml")).unwrap(),
        "replicas: 1\n"
    );
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request["gitProtocol"] == "version=2")
    );
    assert!(server.requests().len() >= 2);

    // More than git sends in one piece: the push comes in chunks.
    let noise: Vec<u8> = (0..3_000_000u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    std::fs::write(work.join("noise"), noise).unwrap();
    git(git_command().current_dir(&work).args(["add", "--all"])).unwrap();
    git(git_command()
        .current_dir(&work)
        .args(["commit", "--quiet", "--message=two"]))
    .unwrap();
    git(git_command().current_dir(&work).args(["push", "--quiet"])).unwrap();
    repository.git(&["fetch", "--quiet", "origin"]);
    assert_eq!(
        repository.git(&["log", "-1", "--format=%s", "origin/main"]),
        "two"
    );
}

#[test]
fn https_with_a_login() {
    let dir = tempfile::tempdir().unwrap();
    let _repository = repository(dir.path());
    let login = Some(("ada".to_owned(), "s3cret".to_owned()));
    let server = GitServer::start(dir.path(), GitServerOptions { login, tls: true });
    let ca = server.ca_file().unwrap();
    let try_as = |user: &str, to: &str| {
        let url = server
            .url_of("team/app")
            .replace("https://", &format!("https://{user}"));
        git(git_command()
            .env("GIT_SSL_CAINFO", &ca)
            .args(["clone", "--quiet", &url])
            .arg(dir.path().join(to)))
    };
    try_as("ada:s3cret@", "right").unwrap();
    assert!(
        try_as("ada:wrong@", "wrong")
            .unwrap_err()
            .contains("Authentication failed")
    );
    assert!(try_as("", "none").is_err());
    let distrusted = clone(&server.url_of("team/app"), &dir.path().join("distrusted")).unwrap_err();
    assert!(distrusted.contains("certificate"), "{distrusted}");
}

#[test]
fn a_server_breaks_and_mends() {
    let dir = tempfile::tempdir().unwrap();
    let _repository = repository(dir.path());
    let server = GitServer::start(dir.path(), GitServerOptions::default());
    let url = server.url_of("team/app");
    server.break_with(GitFault::Refuse);
    assert!(
        clone(&url, &dir.path().join("refused"))
            .unwrap_err()
            .contains("500")
    );
    server.break_with(GitFault::Cut);
    clone(&url, &dir.path().join("cut")).unwrap_err();
    server.break_with(GitFault::Hang);
    // git gives up on a server that sends less than this for that long.
    let mut patient = git_command();
    patient
        .env("GIT_HTTP_LOW_SPEED_LIMIT", "1")
        .env("GIT_HTTP_LOW_SPEED_TIME", "1");
    git(patient
        .args(["clone", "--quiet", &url])
        .arg(dir.path().join("hung")))
    .unwrap_err();
    server.mend();
    clone(&url, &dir.path().join("mended")).unwrap();
}

#[test]
fn a_server_stops_and_starts_again_at_the_same_address() {
    let dir = tempfile::tempdir().unwrap();
    repository(dir.path());
    let mut server = GitServer::start(dir.path(), GitServerOptions::default());
    let url = server.url_of("team/app");
    server.stop();
    let refused = clone(&url, &dir.path().join("stopped")).unwrap_err();
    assert!(refused.contains("onnect"), "{refused}");
    server.start_again();
    assert_eq!(server.url_of("team/app"), url);
    clone(&url, &dir.path().join("again")).unwrap();
}

#[test]
fn ssh_clone_and_push() {
    let dir = tempfile::tempdir().unwrap();
    let repository = repository(dir.path());
    let server = SshServer::start(dir.path()).unwrap();
    let ssh = server.git_ssh_command();
    let work = dir.path().join("clone");
    let url = server.url_of("team/app");
    git(git_command()
        .env("GIT_SSH_COMMAND", &ssh)
        .args(["clone", "--quiet", &url])
        .arg(&work))
    .unwrap_or_else(|error| panic!("{error}\nsshd says: {}", server.log()));
    std::fs::write(work.join("more"), "x").unwrap();
    git(git_command().current_dir(&work).args(["add", "--all"])).unwrap();
    git(git_command()
        .current_dir(&work)
        .args(["commit", "--quiet", "--message=two"]))
    .unwrap();
    git(git_command()
        .current_dir(&work)
        .env("GIT_SSH_COMMAND", &ssh)
        .args(["push", "--quiet"]))
    .unwrap();
    repository.git(&["fetch", "--quiet", "origin"]);
    assert_eq!(
        repository.git(&["log", "-1", "--format=%s", "origin/main"]),
        "two"
    );

    let stranger = ssh.replace(server.client_key().to_str().unwrap(), "/dev/null");
    git(git_command()
        .env("GIT_SSH_COMMAND", stranger)
        .args(["ls-remote", &url]))
    .unwrap_err();
}

#[test]
fn a_repository_records_what_a_test_does() {
    let dir = tempfile::tempdir().unwrap();
    let repository = GitRepository::create(dir.path(), "app");
    repository.write("a", "1");
    let first = repository.publish("first");
    repository.tag("v1");
    repository.write("a", "2");
    repository.write("b", "new");
    let second = repository.commit("second");
    assert_ne!(first, second);
    assert_ne!(repository.revert(), second);
    assert_eq!(repository.git(&["show", "HEAD:a"]), "1");
    repository.remove("a");
    repository.branch("side");
    repository.commit("on the side");
    repository.annotated_tag("v2", "the second");
    repository.push();
    let refs = repository.git(&["ls-remote", "--refs", "origin"]);
    for name in [
        "refs/heads/main",
        "refs/heads/side",
        "refs/tags/v1",
        "refs/tags/v2",
    ] {
        assert!(refs.contains(name), "{name} is not in\n{refs}");
    }
    repository.branch("main");
    assert_eq!(
        repository
            .git(&["ls-remote", "origin", "refs/heads/main"])
            .split('\t')
            .next(),
        Some(first.as_str())
    );
}
