//! Charts in a real OCI registry, pushed by the real Helm.

mod support;

use source::{ChartError, ContentDigest, Credentials};
use support::chart_world::{ChartWorld, chart, failure, found, plain, plain_as};
use support::http_server::Request;
use support::nobody;
use support::pushing::{put, put_blob};
use support::web_server::forward;
use testbed::{RegistryOptions, RegistryServer};

fn registry() -> RegistryServer {
    RegistryServer::start(RegistryOptions::default())
}

fn oci(registry: &RegistryServer) -> String {
    format!("oci://{}/charts", registry.host())
}

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

fn manifest(config_kind: &str, config: &ContentDigest, size: usize) -> String {
    format!(
        r#"{{"schemaVersion":2,"mediaType":"{MANIFEST}","config":{{"mediaType":"{config_kind}","digest":"{config}","size":{size}}},"layers":[]}}"#
    )
}

#[test]
fn versions_are_found_and_fetched() {
    let (world, registry) = (ChartWorld::new(), registry());
    let archives = ["1.0.0", "1.9.0+build.5", "1.10.0", "2.0.0-rc.1"]
        .map(|version| world.package("app", version));
    for archive in &archives {
        world.push(archive, &oci(&registry), &[]);
    }
    let charts = world.open();
    for (wish, expected) in [
        ("", "1.10.0"),
        ("1.x", "1.10.0"),
        (">=2.0.0-0", "2.0.0-rc.1"),
        ("1.9.0+build.5", "1.9.0+build.5"),
        ("~1.9.0", "1.9.0+build.5"),
        ("1.0.0", "1.0.0"),
    ] {
        let version = charts.resolve(&chart(&oci(&registry), "app", wish), &plain());
        assert_eq!(found(version), expected, "{wish}");
    }
    // Argo CD's spelling, and a chart that is part of the path.
    let bare = oci(&registry).replace("oci://", "");
    let (version, bytes) = charts.pull(&chart(&bare, "app", "^1"), &plain()).unwrap();
    assert_eq!(*bytes, std::fs::read(&archives[2]).unwrap());
    let whole = format!("{}/app", oci(&registry));
    let (same, _) = charts.pull(&chart(&whole, "", "^1"), &plain()).unwrap();
    assert_eq!(
        (same.digest.clone(), &*same.chart),
        (version.digest.clone(), "app")
    );
    let by_digest = chart(&whole, "", &version.digest.to_string());
    assert_eq!(charts.pull(&by_digest, &plain()).unwrap().1, bytes);
}

#[test]
fn helm_itself_finds_the_same() {
    let (world, registry) = (ChartWorld::new(), registry());
    for version in ["1.0.0", "1.9.0+build.5", "1.10.0", "2.0.0-rc.1"] {
        world.push(&world.package("app", version), &oci(&registry), &[]);
    }
    let charts = world.open();
    let place = format!("{}/app", oci(&registry));
    for wish in [
        "",
        "*",
        "1",
        "1.x",
        "1.0",
        "1.0.0",
        "v1.0.0",
        "1.9.0+build.5",
        "1.9.0",
        "^1",
        "~1.9.0",
        ">1.0 <1.10",
        "1.0 - 1.9",
        "2.x",
        "2.0.0",
        "2.0.0-rc.1",
        ">=2.0.0-0",
        "!=1.10.0",
        "=1.9.0",
        "latest",
    ] {
        let ours = charts.resolve(&chart(&oci(&registry), "app", wish), &plain());
        let helms = world.helms_choice(&[&place, "--plain-http"], wish);
        assert_eq!(
            ours.ok().map(|version| version.version.to_string()),
            helms,
            "{wish:?}"
        );
    }
}

#[test]
fn what_was_fetched_survives_the_registry() {
    let (world, registry) = (ChartWorld::new(), registry());
    world.push(&world.package("app", "1.0.0"), &oci(&registry), &[]);
    let address = chart(&oci(&registry), "app", "1.0.0");
    let charts = world.open();
    let (version, bytes) = charts.pull(&address, &plain()).unwrap();
    drop((charts, registry));
    let charts = world.open();
    assert_eq!(charts.fetch(&version, &plain()).unwrap(), bytes);
    let error = charts.resolve(&address, &plain()).unwrap_err();
    assert!(error.is_transient());
}

#[test]
fn a_tag_that_moves_is_seen() {
    let (world, registry) = (ChartWorld::new(), registry());
    let address = chart(&oci(&registry), "app", "1.0.0");
    world.push(&world.package("app", "1.0.0"), &oci(&registry), &[]);
    let charts = world.open();
    let (before, old) = charts.pull(&address, &plain()).unwrap();
    let templates = world.folder.path().join("sources/app/templates");
    std::fs::write(templates.join("b.yaml"), "kind: B\n").unwrap();
    world.push(&world.package("app", "1.0.0"), &oci(&registry), &[]);
    let (after, new) = charts.pull(&address, &plain()).unwrap();
    assert!(before.digest != after.digest && old != new);
    assert_eq!(charts.fetch(&before, &plain()).unwrap(), old);
}

#[test]
fn a_registry_lets_in_whom_it_knows() {
    let login = Some(("ann".to_owned(), "s3cret".to_owned()));
    let registry = RegistryServer::start(RegistryOptions {
        login,
        ..RegistryOptions::default()
    });
    let world = ChartWorld::new();
    let shown = ["--username", "ann", "--password", "s3cret"];
    world.push(&world.package("app", "1.0.0"), &oci(&registry), &shown);
    let charts = world.open();
    let address = chart(&oci(&registry), "app", "");
    charts.pull(&address, &plain_as("ann", "s3cret")).unwrap();
    let refused = |offered: &str| {
        format!(
            "fetching the tags of {}/app failed: authentication failed: the server refused {offered} (401 Unauthorized: UNAUTHORIZED authentication required); check the credentials of this repository",
            oci(&registry)
        )
    };
    let wrong = plain_as("ann", "hunter2");
    assert_eq!(
        failure(charts.pull(&address, &wrong)),
        refused("a user name and password")
    );
    assert_eq!(
        failure(charts.pull(&address, &plain())),
        refused("no credentials")
    );
}

#[test]
fn a_registry_is_believed_by_its_authority() {
    let world = ChartWorld::new();
    let registry = RegistryServer::start(RegistryOptions {
        tls: true,
        client_certificates: true,
        ..RegistryOptions::default()
    });
    let file = |name: &str| registry.file(name).to_string_lossy().into_owned();
    let archive = world.package("app", "1.0.0");
    let (ca, certificate, key) = (file("ca.crt"), file("client.crt"), file("client.key"));
    let trust = [
        "--ca-file",
        &ca,
        "--cert-file",
        &certificate,
        "--key-file",
        &key,
    ];
    world.helm(
        &[
            &["push", &archive.to_string_lossy(), &oci(&registry)],
            trust.as_slice(),
        ]
        .concat(),
    );
    let text = |path: &str| std::fs::read_to_string(path).unwrap();
    let client = Credentials {
        tls_client_cert: Some(text(&certificate).into()),
        tls_client_key: Some(text(&key).into()),
        ..nobody()
    };
    let trusting = Credentials {
        ca_certificates: vec![text(&ca)],
        ..client.clone()
    };
    let careless = Credentials {
        insecure_skip_tls_verify: true,
        ..client.clone()
    };
    let charts = world.open();
    let address = chart(&oci(&registry), "app", "1.0.0");
    for credentials in [&trusting, &careless] {
        assert_eq!(found(charts.resolve(&address, credentials)), "1.0.0");
    }
    let error = found(charts.resolve(&address, &client));
    assert!(error.to_lowercase().contains("certificate"), "{error}");
    let nameless = trusting.without_secrets();
    let error = charts.resolve(&address, &nameless).unwrap_err();
    assert!(matches!(error, ChartError::Registry { .. }), "{error}");
}

#[test]
fn what_is_no_chart_is_said_to_be_none() {
    let (world, registry) = (ChartWorld::new(), registry());
    world.push(&world.package("app", "1.0.0"), &oci(&registry), &[]);
    let image = "application/vnd.oci.image.config.v1+json";
    let helm = "application/vnd.cncf.helm.config.v1+json";
    let config = put_blob(&registry, "charts/app", b"{}");
    for (tag, kind) in [("1.1.0", image), ("1.2.0", helm), ("edge", helm)] {
        let path = format!("/v2/charts/app/manifests/{tag}");
        put(
            &registry,
            &path,
            MANIFEST,
            manifest(kind, &config, 2).as_bytes(),
        );
    }
    let charts = world.open();
    let say = |wish: &str| failure(charts.pull(&chart(&oci(&registry), "app", wish), &plain()));
    let place = format!("{}/app", oci(&registry));
    assert_eq!(
        say("1.1.0"),
        format!(
            "fetching version 1.1.0 of {place} failed: it is no Helm chart: its configuration has the type {image:?}, and that of a chart {helm:?}; is it an image?"
        )
    );
    assert_eq!(
        say("1.2.0"),
        format!(
            "fetching version 1.2.0 of {place} failed: it is no Helm chart: it has no layer of the type \"application/vnd.cncf.helm.chart.content.v1.tar+gzip\""
        )
    );
    assert_eq!(
        say("3.0.0"),
        format!(
            "the chart app of {place} has no version \"3.0.0\"; the newest are 1.2.0, 1.1.0, 1.0.0"
        )
    );
    assert_eq!(
        say("^3"),
        format!(
            "the chart app of {place} has no version \"^3\"; the newest are 1.2.0, 1.1.0, 1.0.0"
        )
    );
    assert!(
        say("edge").contains("it has no layer"),
        "other tags may be asked for too"
    );
    let nothing = failure(charts.pull(&chart(&oci(&registry), "none", ""), &plain()));
    assert!(
        nothing.contains("has no version \"\"; none can be seen there"),
        "{nothing}"
    );
}

#[test]
fn a_list_of_manifests_leads_to_the_chart_in_it() {
    let (world, registry) = (ChartWorld::new(), registry());
    let archive = world.package("app", "1.0.0");
    world.push(&archive, &oci(&registry), &[]);
    let charts = world.open();
    let real = charts
        .resolve(&chart(&oci(&registry), "app", "1.0.0"), &plain())
        .unwrap();
    let config = put_blob(&registry, "charts/app", b"{}");
    let image = manifest("application/vnd.oci.image.config.v1+json", &config, 2);
    put(
        &registry,
        "/v2/charts/app/manifests/image",
        MANIFEST,
        image.as_bytes(),
    );
    let describe = |digest: &ContentDigest, size: usize| {
        format!(r#"{{"mediaType":"{MANIFEST}","digest":"{digest}","size":{size}}}"#)
    };
    let get = Request {
        method: "GET".to_owned(),
        target: format!("/v2/charts/app/manifests/{}", real.digest),
        headers: [("accept".to_owned(), MANIFEST.to_owned())].into(),
        body: Vec::new(),
    };
    let size = forward(&get, registry.host()).body.len();
    let kind = "application/vnd.oci.image.index.v1+json";
    let list = format!(
        r#"{{"schemaVersion":2,"mediaType":"{kind}","manifests":[{},{}]}}"#,
        describe(&ContentDigest::of(image.as_bytes()), image.len()),
        describe(&real.digest, size)
    );
    put(
        &registry,
        "/v2/charts/app/manifests/5.0.0",
        kind,
        list.as_bytes(),
    );
    let (_, bytes) = charts
        .pull(&chart(&oci(&registry), "app", "5.0.0"), &plain())
        .unwrap();
    assert_eq!(*bytes, std::fs::read(archive).unwrap());
}
