//! HTTPS: whose certificates are believed.

mod support;

use source::{Credentials, RemoteError, ResolveError};
use support::{World, chain, nobody, text};
use testbed::{GitServer, GitServerOptions};

#[test]
fn a_server_is_believed_by_its_authority_or_not_at_all() {
    let world = World::new();
    let repository = world.repository("app");
    repository.write("a", "1");
    repository.publish("first");
    let login = Some(("ann".to_owned(), "s3cret".to_owned()));
    let options = GitServerOptions { login, tls: true };
    let server = GitServer::start(&world.folder.path().join("repositories"), options);
    let (repositories, url) = (world.open(), server.url_of("app"));
    let ann = Credentials {
        proxy: nobody().proxy,
        ..Credentials::basic("ann", "s3cret")
    };

    let error = repositories.resolve(&url, "main", &ann).unwrap_err();
    let ResolveError::Remote { source, .. } = &error else {
        panic!("{}", chain(&error))
    };
    assert!(
        matches!(**source, RemoteError::Unreachable { .. }),
        "{}",
        chain(&error)
    );
    assert!(
        chain(&error).to_lowercase().contains("certificate"),
        "{}",
        chain(&error)
    );

    let authority = std::fs::read_to_string(server.ca_file().unwrap()).unwrap();
    let trusting = Credentials {
        ca_certificates: vec![authority],
        ..ann.clone()
    };
    let careless = Credentials {
        insecure_skip_tls_verify: true,
        ..ann.clone()
    };
    for credentials in [trusting, careless] {
        let revision = repositories
            .resolve(&url, "main", &credentials)
            .unwrap_or_else(|error| panic!("{}", chain(&error)));
        let tree = repositories
            .tree(&url, "main", &revision, &credentials)
            .unwrap();
        assert_eq!(text(&*tree, "a"), "1");
    }

    let garbled = Credentials {
        ca_certificates: vec!["garbage".to_owned()],
        ..ann
    };
    let error = chain(&repositories.resolve(&url, "main", &garbled).unwrap_err());
    assert!(
        error.contains("CA certificate for this repository cannot be used"),
        "{error}"
    );
}
