//! Who asked the API server for what.
//!
//! In: the audit log, one event per answered request, at level Metadata. Out: the events a test wants. Tests count on it:
//! "nothing was written" means that the log holds no write by Caretaker's user.

use crate::ControlPlane;
use serde_json::Value;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::time::Duration;

/// A place in the audit log: what follows is newer.
#[derive(Clone, Copy, Debug)]
pub struct AuditMark(u64);

impl ControlPlane {
    /// The audit events of all requests so far that `wanted` is true for. Useful fields: `verb`, `user.username`,
    /// `userAgent`, `objectRef.{resource,namespace,name,apiGroup,subresource}`, `responseStatus.code`, `requestURI`, `stage`
    /// (a watch has one event as it starts, `ResponseStarted`, and one as it ends).
    ///
    /// # Panics
    /// If the log cannot be read.
    pub fn audit_lines(&self, wanted: impl Fn(&Value) -> bool) -> Vec<Value> {
        self.audit_lines_since(AuditMark(0), wanted)
    }

    /// The end of the audit log as it is now.
    ///
    /// # Panics
    /// If the log cannot be read.
    pub fn audit_mark(&self) -> AuditMark {
        settle();
        AuditMark(
            self.audit_log()
                .metadata()
                .expect("the audit log's size")
                .len(),
        )
    }

    /// As [`ControlPlane::audit_lines`], of the requests answered after the mark.
    ///
    /// # Panics
    /// If the log cannot be read.
    pub fn audit_lines_since(
        &self,
        mark: AuditMark,
        wanted: impl Fn(&Value) -> bool,
    ) -> Vec<Value> {
        settle();
        let mut log = self.audit_log();
        let mut text = String::new();
        log.seek(SeekFrom::Start(mark.0))
            .and_then(|_| log.read_to_string(&mut text))
            .unwrap_or_else(|error| {
                panic!(
                    "cannot read the audit log of {}: {error}",
                    self.dir().display()
                )
            });
        // The last line may still be being written; then it is no JSON yet.
        text.lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .filter(wanted)
            .collect()
    }

    fn audit_log(&self) -> File {
        let path = self.dir().join("audit.log");
        File::open(&path).unwrap_or_else(|error| {
            panic!(
                "cannot open {}: {error}; was this testbed started with --audit=false?",
                path.display()
            )
        })
    }
}

/// The server writes a request's event just after it has answered it.
fn settle() {
    std::thread::sleep(Duration::from_millis(100));
}
