//! The short run of the fuzzers: every seed, and mutations of it, on a stable compiler.
//!
//! The seeds are those in `fuzz/corpus`; how they are played, `testbed/replay` says.

#[path = "../fuzz/exercise/archive.rs"]
mod archive;
#[path = "../fuzz/exercise/chart.rs"]
mod chart;
#[path = "../fuzz/exercise/manifests.rs"]
mod manifests;
#[path = "../../../testbed/replay/mod.rs"]
mod replay;
#[path = "../fuzz/exercise/set.rs"]
mod set;

use replay::play;

/// Words that mean something to what is fuzzed, or are hard to read.
const WORDS: [&[u8]; 30] = [
    b"null",
    b"~",
    b"{}",
    b"[]",
    b"-1",
    b"1e400",
    b"*",
    b"&a x",
    b"*a",
    b"<<: *a",
    b"---\n",
    b"...\n",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\t",
    b"../",
    b"{{",
    b"}}",
    b"{{- ",
    b" -}}",
    b".Values",
    b"{{ end }}",
    b"{{ include \"a\" . }}",
    b"| toYaml | fromYaml",
    b"[0]",
    b"\\,",
    b"=",
    b"{a,b}",
    b"helm.sh/hook: test\n",
];

#[test]
fn charts_never_panic() {
    play("chart", &WORDS, 60, 8, chart::run);
}

#[test]
fn archives_never_panic() {
    play("archive", &WORDS, 15, 100, archive::run);
}

#[test]
fn arguments_never_panic() {
    play("set", &WORDS, 30, 60, set::run);
}

#[test]
fn manifests_never_panic() {
    play("manifests", &WORDS, 30, 40, manifests::run);
}
