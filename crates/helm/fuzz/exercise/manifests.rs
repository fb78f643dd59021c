//! Sorts what a template printed into manifests and hooks.
//!
//! Comes in: bytes. Goes out: nothing, if every document is in the output once.

use helm::manifest::{sort, split};
use helm::{Dialect, Rendered};
use yaml::Limits;

/// Sorts as both versions of Helm do.
pub fn run(bytes: &[u8]) {
    for dialect in [Dialect::V4, Dialect::V3] {
        let files = [
            ("c/templates/a.yaml", bytes),
            ("c/templates/b.yaml", b"kind: B\n"),
        ];
        match sort(files.into_iter(), &Limits::default(), dialect) {
            Ok(sorted) => {
                let documents = split(std::str::from_utf8(bytes).unwrap_or_default(), dialect);
                let kept = sorted.manifests.len() + sorted.hooks.len() + sorted.warnings.len();
                assert_eq!(kept, documents.len() + 1);
                let rendered = Rendered {
                    manifests: sorted.manifests,
                    hooks: sorted.hooks,
                    show_only: vec!["templates/b.yaml".to_owned()],
                    ..Rendered::default()
                };
                assert!(rendered.to_yaml().is_ok());
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}
