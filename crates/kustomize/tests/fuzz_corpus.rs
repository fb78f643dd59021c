//! The short run of the fuzzers: every seed, and mutations of it, on a stable compiler.
//!
//! The seeds are those in `fuzz/corpus`; how they are played, `testbed/replay` says.

#[path = "../fuzz/exercise/address.rs"]
mod address;
#[path = "../fuzz/exercise/kustomization.rs"]
mod kustomization;
#[path = "../fuzz/exercise/patch.rs"]
mod patch;
#[path = "../../../testbed/replay/mod.rs"]
mod replay;
#[path = "../fuzz/exercise/repository.rs"]
mod repository;

use replay::play;

/// Words that mean something to what is fuzzed, or are hard to read.
const WORDS: [&[u8]; 24] = [
    b"null",
    b"~",
    b"{}",
    b"[]",
    b"\"\"",
    b"-1",
    b"0777",
    b"1e400",
    b"*",
    b"&a x",
    b"*a",
    b"<<: *a",
    b"!!int x",
    b"---\n",
    b"...\n",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\t",
    b"../",
    b"$patch: delete\n",
    b"$(A)",
    b"/-",
    b"[=^a$]",
];

#[test]
fn repositories_never_panic() {
    play("repository", &WORDS, 20, 40, repository::run);
}

#[test]
fn patches_never_panic() {
    play("patch", &WORDS, 20, 300, patch::run);
}

#[test]
fn kustomizations_never_panic() {
    play("kustomization", &WORDS, 20, 150, kustomization::run);
}

#[test]
fn addresses_never_panic() {
    play("address", &WORDS, 5, 300, address::run);
}
