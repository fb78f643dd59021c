//! Digests of locks, and how dependencies stand.

use helm::chart::{Chart, Limits, load, pack};
use helm::dependencies::{OutOfSync, check, digest, digest_v2, status, wanted};
use model::{MemoryTree, TreePath};

const DEPENDENCIES: &str = "dependencies:
- {name: alpine, version: 0.1.0, repository: 'https://example.com/charts'}
- {name: mariner, version: 4.3.2, repository: 'https://example.com/charts'}
";

/// What Go's JSON and SHA-256 make of them, asked for and locked.
const DIGEST: &str = "sha256:70940d06d01bd31414e3d50434504bbc20a1cdac0d871a1907e9cd02f3a61375";

fn chart(files: &[(&str, &str)]) -> Chart {
    let tree = MemoryTree::of(files.iter().copied()).unwrap();
    load(&tree, &TreePath::root(), &Limits::default()).unwrap()
}

#[test]
fn a_lock_is_in_sync_while_its_digest_fits() {
    let named = format!("apiVersion: v2\nname: a\nversion: 1.0.0\n{DEPENDENCIES}");
    let lock = format!("digest: {DIGEST}\n{DEPENDENCIES}");
    let kept = chart(&[("Chart.yaml", &named), ("Chart.lock", &lock)]);
    let asked = kept.metadata.dependencies.as_deref();
    let locked = &kept.lock.as_ref().unwrap().dependencies;
    assert_eq!(digest(asked, Some(locked)), DIGEST);
    assert_eq!(wanted(&kept), Ok(&locked[..]));
    let changed = named.replace("4.3.2", "'>=4.3.2'");
    let changed = chart(&[("Chart.yaml", &changed), ("Chart.lock", &lock)]);
    assert_eq!(wanted(&changed), Err(OutOfSync::ChartLock));
}

#[test]
fn helm_2_hashed_what_was_asked_for_only() {
    let kept = chart(&[
        ("Chart.yaml", "name: a\nversion: 1.0.0\n"),
        (
            "requirements.yaml",
            "dependencies: [{name: x, version: '>1 <2', repository: r}]\n",
        ),
    ]);
    let asked = kept.metadata.dependencies.as_deref();
    // printf '{"dependencies":[{"name":"x","version":"\\u003e1 \\u003c2","repository":"r"}]}' | sha256sum
    let expected = "sha256:0e0a79c7b1865019e60291ac19b61d002338a204bef483ab359e897525207fae";
    assert_eq!(digest_v2(asked), expected);
}

#[test]
fn dependencies_stand_as_helm_lists_them() {
    let packed = pack(&chart(&[("Chart.yaml", "name: x\nversion: 1.2.0\n")])).unwrap();
    let vendored = "name: y\nversion: 1.0.0\n";
    let mut tree = MemoryTree::of([("charts/y/Chart.yaml", vendored)]).unwrap();
    let named = ["x 1.x", "y ~1.0", "z 1.0.0", "y 2.x", "y bad!", "x 2.0.0"];
    let mut text = "name: a\nversion: 1.0.0\napiVersion: v2\ndependencies:\n".to_owned();
    for (index, entry) in named.iter().enumerate() {
        let (name, version) = entry.split_once(' ').unwrap();
        text += &format!("- {{name: {name}, version: '{version}', alias: n{index}}}\n");
    }
    tree.write(&TreePath::parse("Chart.yaml").unwrap(), text.as_bytes());
    tree.write(&TreePath::parse("charts/x-1.2.0.tgz").unwrap(), &packed);
    let chart = load(&tree, &TreePath::root(), &Limits::default()).unwrap();
    let states = chart.metadata.dependencies.iter().flatten();
    let states = states.map(|it| status(&chart, it, &Limits::default()).to_string());
    let expected = [
        "ok",
        "unpacked",
        "missing",
        "wrong version",
        "invalid version",
        "wrong version",
    ];
    assert_eq!(states.collect::<Vec<_>>(), expected);
    let missing = check(&chart).unwrap_err().to_string();
    assert_eq!(
        missing,
        "found in Chart.yaml, but missing in charts/ directory: z"
    );
}
