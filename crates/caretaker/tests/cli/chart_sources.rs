//! Where `caretaker helm` takes charts from, and what it believes of them. The signature of
//! `fixtures/signed` was made by gpg; the real helm says the same of it.

use crate::caretaker::{Output, offline};
use std::path::Path;

fn signed(file: &str) -> String {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/fixtures");
    fixtures.join("signed").join(file).display().to_string()
}

fn helm(args: &[&str]) -> Output {
    offline(&[&["helm"], args].concat())
}

#[test]
fn a_chart_must_be_signed_where_that_is_wanted() {
    let (archive, ann) = (signed("signed-1.0.0.tgz"), signed("ed.gpg"));
    let verified = |chart: &str, keyring: &str| {
        helm(&["template", "web", chart, "--verify", "--keyring", keyring])
    };
    let good = verified(&archive, &ann);
    assert_eq!((good.code, good.stderr.as_str()), (0, ""), "{good:?}");
    assert!(good.stdout.contains("kind: Signed"), "{good:?}");
    let shown = helm(&["show", "chart", &archive, "--verify", "--keyring", &ann]);
    assert_eq!(shown.code, 0, "{shown:?}");

    let folder = tempfile::tempdir().unwrap();
    let copy = |name: &str, with: Option<&str>| {
        let path = folder.path().join(name);
        std::fs::copy(&archive, &path).unwrap();
        if let Some(file) = with {
            std::fs::copy(file, format!("{}.prov", path.display())).unwrap();
        }
        path.display().to_string()
    };
    let provenance = format!("{archive}.prov");
    let changed = copy("signed-1.0.0.tgz", Some(&provenance));
    let mut bytes = std::fs::read(&changed).unwrap();
    bytes.push(0);
    std::fs::write(&changed, bytes).unwrap();
    for (chart, keyring, expected) in [
        (
            archive.clone(),
            signed("rsa.gpg"),
            "signature made by unknown entity: it names the key 6F5DD45126CF50DC84F73A0B313A5853C6943C59, and the key BC16B35A42FE47A565831C1B0A912BC725932815 (rsa <rsa@example.org>) is trusted",
        ),
        (
            copy("alone.tgz", None),
            ann.clone(),
            "could not load provenance file",
        ),
        (
            copy("other.tgz", Some(&provenance)),
            ann.clone(),
            "provenance does not contain a SHA for a file named \"other.tgz\"",
        ),
        (
            changed,
            ann.clone(),
            "sha256 sum does not match for signed-1.0.0.tgz",
        ),
        (
            copy("signed.zip", Some(&provenance)),
            ann.clone(),
            "chart must be a tgz file",
        ),
        (
            folder.path().display().to_string(),
            ann.clone(),
            "unpacked charts cannot be verified",
        ),
        (
            archive.clone(),
            signed("none.gpg"),
            "failed to load keyring",
        ),
    ] {
        let output = verified(&chart, &keyring);
        assert_eq!((output.code, output.stdout.as_str()), (1, ""), "{output:?}");
        assert!(output.stderr.contains(expected), "{expected}: {output:?}");
    }
}

#[test]
fn repositories_are_called_by_their_names_in_helms_list() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let list = path("repositories.yaml");
    let entry = "- {name: stable, url: 'http://127.0.0.1:1/charts'}";
    std::fs::write(&list, format!("repositories:\n{entry}\n")).unwrap();
    let chart = "apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n- {name: lib, version: 1.x, repository: 'REPOSITORY'}\n";
    let build = |repository: &str| {
        std::fs::write(path("Chart.yaml"), chart.replace("REPOSITORY", repository)).unwrap();
        let here = folder.path().display().to_string();
        helm(&["dependency", "build", &here, "--repository-config", &list])
    };
    let template = |chart: &str| helm(&["template", chart, "--repository-config", &list]);
    let asked = "the index of http://127.0.0.1:1/charts";
    for (output, expected) in [
        (build("@stable"), asked),
        (build("alias:stable"), asked),
        (build("@other"), "no repository is called \"other\""),
        (template("stable/lib"), asked),
        (template("other/lib"), "path \"other/lib\" not found"),
    ] {
        assert_eq!(output.code, 1, "{output:?}");
        assert!(output.stderr.contains(expected), "{expected}: {output:?}");
    }
}
