//! Git over SSH, against the real sshd.

mod support;

use source::{Credentials, RemoteError, ResolveError};
use support::{World, chain, nobody, text};
use testbed::SshServer;

struct Ssh {
    world: World,
    server: SshServer,
    repository: testbed::GitRepository,
}

fn ssh() -> Ssh {
    let world = World::new();
    let repository = world.repository("app");
    repository.write("a", "1");
    repository.publish("first");
    let server = SshServer::start(&world.folder.path().join("repositories")).unwrap();
    Ssh {
        world,
        server,
        repository,
    }
}

impl Ssh {
    fn credentials(&self) -> Credentials {
        let read = |path| std::fs::read_to_string(path).unwrap();
        Credentials {
            ssh_private_key: Some(read(self.server.client_key()).into()),
            known_hosts: vec![read(self.server.known_hosts())],
            ..nobody()
        }
    }

    fn refusal(&self, url: &str, credentials: &Credentials) -> (RemoteErrorText, bool) {
        match self
            .world
            .open()
            .resolve(url, "main", credentials)
            .unwrap_err()
        {
            ResolveError::Remote { source, .. } => {
                let unknown = matches!(*source, RemoteError::UnknownHostKey { .. });
                (chain(&source), unknown)
            }
            error => panic!("{}", chain(&error)),
        }
    }
}

type RemoteErrorText = String;

#[test]
fn references_and_commits_come_over_ssh() {
    let ssh = ssh();
    let (repositories, url) = (ssh.world.open(), ssh.server.url_of("app"));
    let credentials = ssh.credentials();
    for content in ["1", "2"] {
        ssh.repository.write("a", content);
        ssh.repository.publish("again");
        let revision = repositories
            .resolve(&url, "main", &credentials)
            .unwrap_or_else(|error| panic!("{}\n{}", chain(&error), ssh.server.log()));
        let tree = repositories.tree(&url, "main", &revision, &credentials);
        let tree = tree.unwrap_or_else(|error| panic!("{}", chain(&error)));
        assert_eq!(text(&*tree, "a"), content);
    }
}

#[test]
fn an_unknown_host_key_is_an_error_with_the_line_to_add() {
    let ssh = ssh();
    let url = ssh.server.url_of("app");
    let unknown = Credentials {
        known_hosts: Vec::new(),
        ..ssh.credentials()
    };
    let (said, is_unknown) = ssh.refusal(&url, &unknown);
    assert!(is_unknown, "{said}");
    let line = said.split("known hosts: ").nth(1).unwrap().to_owned();
    let learned = Credentials {
        known_hosts: vec![line],
        ..ssh.credentials()
    };
    ssh.world.open().resolve(&url, "main", &learned).unwrap();
    let careless = Credentials {
        insecure_ignore_host_key: true,
        ..unknown
    };
    ssh.world.open().resolve(&url, "main", &careless).unwrap();
}

#[test]
fn another_host_key_is_not_believed() {
    let ssh = ssh();
    let url = ssh.server.url_of("app");
    let host = ssh.credentials().known_hosts[0]
        .split(' ')
        .next()
        .unwrap()
        .to_owned();
    let other = format!(
        "{host} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ"
    );
    let fooled = Credentials {
        known_hosts: vec![other],
        ..ssh.credentials()
    };
    let (said, _) = ssh.refusal(&url, &fooled);
    assert!(said.contains("another key is known"), "{said}");
}

#[test]
fn what_the_server_refuses_is_said() {
    let ssh = ssh();
    let url = ssh.server.url_of("app");
    let other = SshServer::start(ssh.world.folder.path()).unwrap();
    let key = std::fs::read_to_string(other.client_key()).unwrap();
    let stranger = Credentials {
        ssh_private_key: Some(key.into()),
        ..ssh.credentials()
    };
    let (said, _) = ssh.refusal(&url, &stranger);
    assert!(
        said.contains("authentication failed") && said.contains("private key"),
        "{said}"
    );

    let (said, _) = ssh.refusal(&ssh.server.url_of("nowhere"), &ssh.credentials());
    assert!(said.contains("not appear to be a git repository"), "{said}");

    let garbled = Credentials {
        ssh_private_key: Some("garbage".into()),
        ..ssh.credentials()
    };
    let (said, _) = ssh.refusal(&url, &garbled);
    assert!(
        said.contains("SSH private key") && !said.contains("garbage"),
        "{said}"
    );
}
