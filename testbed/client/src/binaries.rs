//! Where the testbed's programs are.
//!
//! In: the variable `CARETAKER_TESTBED_BIN`, or else the script `testbed/build`. Out: a folder with `testbed`, `kubectl`,
//! `kwok`, `helm`, `kustomize` and `registry`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// The folder of the testbed's programs. They are built first if this version of them never was, which takes minutes and
/// reports its progress on stderr.
///
/// # Panics
/// If they cannot be built; what is missing stands on stderr.
pub fn bin_dir() -> &'static Path {
    static DIR: OnceLock<PathBuf> = OnceLock::new();
    DIR.get_or_init(|| match std::env::var_os("CARETAKER_TESTBED_BIN") {
        Some(dir) => {
            let dir = PathBuf::from(dir);
            assert!(
                dir.join("testbed").is_file(),
                "CARETAKER_TESTBED_BIN is {}, which holds no program `testbed`: set it to what testbed/build prints, or unset it",
                dir.display()
            );
            dir
        }
        None => build(),
    })
}

/// One of the programs, such as `helm`.
///
/// # Panics
/// As [`bin_dir`], and if there is no such program.
pub fn program(name: &str) -> PathBuf {
    let path = bin_dir().join(name);
    assert!(
        path.is_file(),
        "the testbed has no program {name} in {}",
        bin_dir().display()
    );
    path
}

fn build() -> PathBuf {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../build");
    let output = Command::new(&script)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .unwrap_or_else(|error| panic!("cannot run {}: {error}", script.display()));
    assert!(
        output.status.success(),
        "{} failed ({}); it says why on stderr, above",
        script.display(),
        output.status
    );
    PathBuf::from(
        String::from_utf8(output.stdout)
            .expect("a path in UTF-8")
            .trim_end(),
    )
}
