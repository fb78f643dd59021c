//! The stopwatch for writes: the API server's audit log.
//!
//! In: a user and an object. Out: when the API server got that user's write to it and when it had
//! answered, to the microsecond and by the server's own clock. A watch would show the same, but as
//! late as the machine lets it.

use crate::install;
use anyhow::{Context, Result};
use jiff::Timestamp;
use serde_json::Value;
use std::time::SystemTime;
use testbed::{AuditMark, ControlPlane};

/// Who writes.
#[derive(Clone, Copy)]
pub enum Writer {
    /// The person with kubectl.
    Person,
    /// Caretaker.
    Caretaker,
}

/// A write that went well.
#[derive(Clone, Copy)]
pub struct Write {
    /// When the server got the request.
    pub asked: SystemTime,
    /// When it had answered.
    pub answered: SystemTime,
}

/// The writes to an object from a certain moment on.
pub struct ServerClock<'a> {
    cluster: &'a ControlPlane,
    mark: AuditMark,
    namespace: &'a str,
    /// The kind as the API spells it, such as `deployments`.
    resource: &'a str,
    name: &'a str,
}

impl<'a> ServerClock<'a> {
    /// From now on, the writes to this object.
    pub fn begin(
        cluster: &'a ControlPlane,
        namespace: &'a str,
        resource: &'a str,
        name: &'a str,
    ) -> Self {
        ServerClock {
            cluster,
            mark: cluster.audit_mark(),
            namespace,
            resource,
            name,
        }
    }

    /// The first write of this user that was answered at or after that time.
    pub fn first(&self, writer: Writer, after: SystemTime) -> Result<Write> {
        let lines = self
            .cluster
            .audit_lines_since(self.mark, |line| self.is_write(line, writer));
        let writes = lines
            .iter()
            .filter_map(write)
            .filter(|write| write.answered >= after);
        let first = writes.min_by_key(|write| write.answered);
        first.with_context(|| {
            format!(
                "the audit log has no write to {} {}",
                self.resource, self.name
            )
        })
    }

    fn is_write(&self, line: &Value, writer: Writer) -> bool {
        let user = match writer {
            Writer::Person => "admin".to_owned(),
            Writer::Caretaker => install::user(),
        };
        let object = &line["objectRef"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let ours = [
            ("namespace", self.namespace),
            ("resource", self.resource),
            ("name", self.name),
        ];
        line["user"]["username"] == user.as_str()
            && line["stage"] == "ResponseComplete"
            && line["responseStatus"]["code"]
                .as_u64()
                .is_some_and(|code| code < 300)
            && ["create", "update", "patch", "delete"].contains(&&*text(&line["verb"]))
            && !text(&line["requestURI"]).contains("dryRun=")
            && ours.iter().all(|(field, value)| object[*field] == *value)
    }
}

fn write(line: &Value) -> Option<Write> {
    let time = |field: &str| {
        line[field]
            .as_str()?
            .parse::<Timestamp>()
            .ok()
            .map(SystemTime::from)
    };
    Some(Write {
        asked: time("requestReceivedTimestamp")?,
        answered: time("stageTimestamp")?,
    })
}
