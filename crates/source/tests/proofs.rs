//! Charts that must bring a proof: signed by the real Helm, and as cosign does.

mod support;

use source::{ContentDigest, Credentials, RequiredProof};
use std::sync::Arc;
use support::chart_world::{ChartWorld, chart, failure, plain};
use support::helm_files::{Files, files, serve, with_index};
use support::nobody;
use support::pushing::{put, put_blob};
use support::signing::{Cosigner, Signer};
use support::web_server::WebServer;
use testbed::{RegistryOptions, RegistryServer};

/// Nobody in particular, who believes only what is proven.
fn careful(proof: Option<Arc<RequiredProof>>) -> Credentials {
    Credentials { proof, ..nobody() }
}

fn careful_plain(proof: Option<Arc<RequiredProof>>) -> Credentials {
    Credentials { proof, ..plain() }
}

fn with(files: &Files, name: &str, body: impl Into<Vec<u8>>) -> Files {
    let mut files = files.clone();
    files.insert(name.to_owned(), body.into());
    files
}

fn without(files: &Files, name: &str) -> Files {
    let mut files = files.clone();
    files.remove(name).unwrap();
    files
}

#[test]
fn what_helm_signed_is_used_and_nothing_else() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    let (ann, eve) = (Signer::new("ann"), Signer::new("malory"));
    world.package_signed("app", "1.0.0", &ann);
    world.package_signed("app", "1.1.0", &ann);
    world.index();
    let published = files(&world);
    let charts = world.open();
    let say = |files: &Files, proof| {
        serve(&server, files);
        let address = chart(&server.url, "app", "1.1.0");
        let pulled = charts.pull(&address, &careful(proof));
        match pulled {
            Ok((_, bytes)) => assert_eq!(bytes.to_vec(), files["app-1.1.0.tgz"]),
            Err(_) => return failure(pulled).replace(&server.url, "URL"),
        }
        "used".to_owned()
    };
    assert_eq!(say(&published, ann.required()), "used");
    let unproven =
        "app 1.1.0 of URL/ is not used: the proof that is required of it does not hold: ";
    let missing = without(&published, "app-1.1.0.tgz.prov");
    let said = say(&missing, ann.required());
    assert!(
        said.starts_with("app 1.1.0 of URL/ has no provenance file (OpenPGP) at URL/app-1.1.0.tgz.prov, though one by the key ")
            && said.ends_with(" (ann <ann@example.org>) is required"),
        "{said}"
    );
    // Without a requirement nothing is asked.
    assert_eq!(say(&missing, None), "used");
    let said = say(&published, eve.required());
    assert!(
        said.starts_with(&format!(
            "{unproven}signature made by unknown entity: it names the key "
        )) && said.ends_with(" (malory <malory@example.org>) is trusted"),
        "{said}"
    );
    let text = String::from_utf8(published["app-1.1.0.tgz.prov"].clone()).unwrap();
    let changed = text.replace("name: app", "name: api");
    let said = say(
        &with(&published, "app-1.1.0.tgz.prov", changed),
        ann.required(),
    );
    assert!(said.contains("is not one of this text"), "{said}");
    // An old version in the place of a new one, its own signature with it.
    let old = with_index(&published, "app-1.1.0.tgz", "app-1.0.0.tgz");
    let new_digest = ContentDigest::of(&published["app-1.1.0.tgz"]).to_string();
    let old_digest = ContentDigest::of(&published["app-1.0.0.tgz"]).to_string();
    let bare = |digest: &str| digest.replace("sha256:", "");
    let old = with_index(&old, &bare(&new_digest), &bare(&old_digest));
    serve(&server, &old);
    let address = chart(&server.url, "app", "1.1.0");
    let said = failure(charts.pull(&address, &careful(ann.required())));
    assert!(
        said.ends_with("signed \"app\" in version \"1.0.0\", which is not what was asked for"),
        "{said}"
    );
    charts.pull(&address, &nobody()).unwrap();
    // An archive that was changed together with the index.
    let mut archive = published["app-1.1.0.tgz"].clone();
    archive.push(0);
    let tampered = with(&published, "app-1.1.0.tgz", archive.clone());
    let changed = ContentDigest::of(&archive).to_string();
    let tampered = with_index(&tampered, &bare(&new_digest), &bare(&changed));
    let said = say(&tampered, ann.required());
    assert!(
        said.starts_with(&format!(
            "{unproven}sha256 sum does not match for app-1.1.0.tgz: \"{new_digest}\" is signed by "
        )) && said.ends_with(&format!("and it has \"{changed}\"")),
        "{said}"
    );
}

#[test]
fn helm_itself_is_of_the_same_opinion() {
    let world = ChartWorld::new();
    let (ann, eve) = (Signer::new("ann"), Signer::new("malory"));
    let archive = world.package_signed("app", "1.0.0", &ann);
    let provenance = format!("{}.prov", archive.display());
    let keyring = world.folder.path().join("public.gpg");
    let text = std::fs::read_to_string(&provenance).unwrap();
    for (signer, text) in [
        (&ann, text.clone()),
        (&eve, text.clone()),
        (&ann, text.replace("version: 1.0.0", "version: 1.0.1")),
        (&ann, text.replace("Hash: SHA512", "Hash: SHA256")),
        (&ann, text.replace("\n...\n", "\n..\n")),
        (&ann, format!("Hello\n{text}\nRegards\n")),
        (&ann, text.replace('\n', "\r\n")),
        (&ann, text.replace("name: app\n", "name: app \t\n")),
        (&ann, text.replace("-----BEGIN PGP SIGNATURE", "-----BEGIN")),
        (&ann, String::new()),
    ] {
        std::fs::write(&provenance, &text).unwrap();
        std::fs::write(&keyring, signer.private()).unwrap();
        let shown = (archive.to_string_lossy(), keyring.to_string_lossy());
        let helms = world.try_helm(&["verify", &shown.0, "--keyring", &shown.1]);
        let ours = source::check_archive(
            &std::fs::read(&archive).unwrap(),
            text.as_bytes(),
            "app-1.0.0.tgz",
            &signer.private(),
        );
        assert_eq!(
            ours.is_ok(),
            helms.is_ok(),
            "{ours:?}, helm: {helms:?}\n{text}"
        );
    }
}

#[test]
fn a_provenance_is_found_in_a_registry_too() {
    let world = ChartWorld::new();
    let registry = RegistryServer::start(RegistryOptions::default());
    let repository = format!("oci://{}/charts", registry.host());
    let (ann, eve) = (Signer::new("ann"), Signer::new("malory"));
    world.push(&world.package("app", "1.0.0"), &repository, &[]);
    // Helm takes along a provenance that lies beside the archive.
    world.push(
        &world.package_signed("app", "1.1.0+b", &ann),
        &repository,
        &[],
    );
    let charts = world.open();
    let pull = |version: &str, proof| {
        charts.pull(&chart(&repository, "app", version), &careful_plain(proof))
    };
    let (version, _) = pull("1.1.0+b", ann.required()).unwrap();
    pull(&version.digest.to_string(), ann.required()).unwrap();
    let said = failure(pull("1.0.0", ann.required()));
    assert!(
        said.contains("has no provenance file (OpenPGP) in its manifest"),
        "{said}"
    );
    let said = failure(pull("1.1.0+b", eve.required()));
    assert!(said.contains("signature made by unknown entity"), "{said}");
}

/// Puts a signature where cosign does.
fn cosign(
    registry: &RegistryServer,
    digest: &ContentDigest,
    signed: &[(String, String)],
    more: &str,
) {
    let layers = signed.iter().map(|(statement, signature)| {
        let blob = put_blob(registry, "charts/app", statement.as_bytes());
        let size = statement.len();
        format!(
            r#"{{"mediaType":"application/vnd.dev.cosign.simplesigning.v1+json","digest":"{blob}","size":{size},"annotations":{{"dev.cosignproject.cosign/signature":"{signature}"{more}}}}}"#
        )
    });
    let layers = layers.collect::<Vec<_>>().join(",");
    let config = put_blob(registry, "charts/app", b"{}");
    let kind = "application/vnd.oci.image.manifest.v1+json";
    let manifest = format!(
        r#"{{"schemaVersion":2,"mediaType":"{kind}","config":{{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{config}","size":2}},"layers":[{layers}]}}"#
    );
    let tag = digest.to_string().replace(':', "-");
    let path = format!("/v2/charts/app/manifests/{tag}.sig");
    put(registry, &path, kind, manifest.as_bytes());
}

#[test]
fn what_was_signed_with_cosigns_keys_is_used_and_nothing_else() {
    let world = ChartWorld::new();
    let registry = RegistryServer::start(RegistryOptions::default());
    let repository = format!("oci://{}/charts", registry.host());
    let (ann, eve) = (Cosigner::new(1), Cosigner::new(2));
    for version in ["1.0.0", "1.1.0"] {
        world.push(&world.package("app", version), &repository, &[]);
    }
    let charts = world.open();
    let digest = |version| {
        let address = chart(&repository, "app", version);
        charts.resolve(&address, &plain()).unwrap().digest
    };
    let say = |proof| {
        let address = chart(&repository, "app", "1.1.0");
        match charts.pull(&address, &careful_plain(proof)) {
            Ok(_) => "used".to_owned(),
            error => failure(error).replace(registry.host(), "HOST"),
        }
    };
    let (old, new) = (digest("1.0.0"), digest("1.1.0"));
    let tag = new.to_string().replace(':', "-");
    let key = ContentDigest::of(&pem::parse(ann.public()).unwrap().into_contents());
    assert_eq!(
        say(ann.required()),
        format!(
            "app 1.1.0 of oci://HOST/charts/app has no cosign signature behind the tag {tag}.sig, though one by the key {key} is required"
        )
    );
    let unproven = "app 1.1.0 of oci://HOST/charts/app is not used: the proof that is required of it does not hold: ";
    cosign(&registry, &new, &[eve.sign(&new)], "");
    assert_eq!(
        say(ann.required()),
        format!("{unproven}none of its 1 signatures is one by the key {key}")
    );
    cosign(&registry, &new, &[eve.sign(&new), ann.sign(&new)], "");
    assert_eq!(say(ann.required()), "used");
    assert_eq!(say(eve.required()), "used");
    // A signature that was made for another version.
    cosign(&registry, &new, &[ann.sign(&old)], "");
    assert_eq!(
        say(ann.required()),
        format!("{unproven}the key {key} signed {old}, which is not what was asked for")
    );
    let certificate = r#","dev.sigstore.cosign/certificate":"-----BEGIN CERTIFICATE-----""#;
    cosign(&registry, &new, &[eve.sign(&new)], certificate);
    assert_eq!(
        say(ann.required()),
        format!(
            "{unproven}it is signed without a pair of keys (keyless, by a certificate), and only keys are trusted: the key {key}"
        )
    );
}

#[test]
fn a_requirement_that_makes_no_sense_lets_nothing_through() {
    let (world, server) = (ChartWorld::new(), WebServer::start());
    world.package("app", "1.0.0");
    world.index();
    serve(&server, &files(&world));
    let charts = world.open();
    let ann = Signer::new("ann").public();
    let cosign = Cosigner::new(1).public();
    for (kind, keys, expected) in [
        (
            "Provenance",
            ann.as_str(),
            "what is required of charts cannot be checked: \"Provenance\" is no proof that can be required: write provenance or cosign",
        ),
        (
            "provenance",
            "",
            "what is required of charts cannot be checked: no OpenPGP public key is named; export one with `gpg --armor --export`",
        ),
        (
            "cosign",
            "",
            "what is required of charts cannot be checked: no public key is named for cosign; signatures without a pair of keys (keyless, by a certificate of Fulcio) cannot be checked",
        ),
        (
            "cosign",
            cosign.as_str(),
            "a cosign signature lies beside a chart in a registry, and this chart comes from a Helm repository; require a provenance file (OpenPGP) of it",
        ),
    ] {
        let proof = Arc::new(RequiredProof::new(kind, keys.as_bytes()));
        let said = failure(charts.pull(&chart(&server.url, "app", "1.0.0"), &careful(Some(proof))));
        assert_eq!(
            said,
            format!(
                "app 1.0.0 of {}/ is not used: the proof that is required of it does not hold: {expected}",
                server.url
            )
        );
    }
}
