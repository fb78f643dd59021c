//! What the cluster can do.

use helm::capabilities::{ApiVersions, Capabilities, KubeVersion};

#[test]
fn versions_of_kubernetes_are_read_as_in_helm() {
    for (text, expected) in [
        ("1.28", Ok(("v1.28", "v1.28", "1", "28"))),
        (
            "v1.28.3-gke.100",
            Ok(("v1.28.3-gke.100", "v1.28.3", "1", "28")),
        ),
        ("1.30.1+k3s1", Ok(("v1.30.1+k3s1", "v1.30.1", "1", "30"))),
        ("1.2.3.4", Ok(("v1.2.3.4", "v1.2.3.4", "1", "2"))),
        (" 1.29", Ok(("v 1.29", "v1.29", "1", "29"))),
        ("v1.2..3", Ok(("v1.2..3", "v1.2", "1", "2"))),
        ("v1.02", Ok(("v1.02", "v1.2", "1", "2"))),
        ("1", Err("illegal version string \"1\"")),
        ("a", Err("could not parse \"a\" as version")),
        ("vv1.2", Err("could not parse \"vv1.2\" as version")),
        ("1.a", Err("illegal version string \"1.a\"")),
        (
            "01.2",
            Err("illegal zero-prefixed version component \"01\" in \"01.2\""),
        ),
        (
            "99999999999999999999.1",
            Err(
                "illegal non-numeric version component \"99999999999999999999\" in \
                 \"99999999999999999999.1\": strconv.ParseUint: parsing \"99999999999999999999\": \
                 value out of range",
            ),
        ),
    ] {
        let expected = expected.map_err(str::to_owned);
        let expected = expected.map(|(version, normalized, major, minor)| KubeVersion {
            version: version.into(),
            normalized: normalized.into(),
            major: major.into(),
            minor: minor.into(),
        });
        let found = KubeVersion::parse(text).map_err(|error| error.to_string());
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn without_a_cluster_the_answers_are_those_of_helms_own_library() {
    let offline = Capabilities::default();
    assert_eq!(offline.kube_version, KubeVersion::parse("v1.36.0").unwrap());
    let known: Vec<_> = offline.api_versions.iter().collect();
    assert_eq!(
        (known.len(), known[0], known[54]),
        (55, "v1", "apiextensions.k8s.io/v1")
    );
    let more = offline
        .api_versions
        .and(["example.com/v1/Thing".to_owned()]);
    assert!(more.has("example.com/v1/Thing") && more.has("batch/v1"));
    assert!(!offline.api_versions.has("example.com/v1/Thing"));
    assert!(!ApiVersions::new([]).has("v1"));
}
