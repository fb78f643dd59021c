//! Kustomizations with charts: the bytes of `kustomize build --enable-helm`.
//!
//! `overlays/NAME/input` is what is built (its folder `top`, if there is one), under the flags of the
//! file `flags`, which otherwise are `--enable-helm`. `expected.yaml` is what the real tools print;
//! where they fail, `says` has the phrases that our error must hold. `CARETAKER_BLESS=1`, with
//! `CARETAKER_TESTBED_BIN` naming a folder with the real kustomize and helm, writes `expected.yaml`
//! anew.

mod applications;
mod built;
mod cases;
mod folder;
mod overlays;
mod random;
mod real;
