//! Orders to a running testbed, over its control socket.
//!
//! In: one order. Out: its reply. One line of JSON each way, as `testbed/controlplane/control.go` says.

use serde_json::{Value, json};
use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

/// A part of the control plane that can be killed or frozen alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Component {
    /// The store behind the API server.
    Etcd,
    /// kube-apiserver.
    ApiServer,
    /// kube-controller-manager: Deployments, Jobs, garbage collection, namespaces.
    ControllerManager,
    /// kube-scheduler.
    Scheduler,
    /// The simulated nodes.
    Kwok,
}

impl fmt::Display for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Component::Etcd => "etcd",
            Component::ApiServer => "kube-apiserver",
            Component::ControllerManager => "kube-controller-manager",
            Component::Scheduler => "kube-scheduler",
            Component::Kwok => "kwok",
        })
    }
}

pub(crate) fn component_order(verb: &str, component: Component) -> Value {
    json!({"verb": verb, "component": component.to_string()})
}

/// Sends one order to the testbed in `dir` and returns its reply.
pub(crate) fn order(dir: &Path, order: &Value) -> Result<Value, String> {
    let socket = dir.join("control.sock");
    let failed = |what: &str, error: &dyn fmt::Display| {
        format!(
            "{what} the testbed at {}: {error}; is `testbed up --dir {}` still running?",
            socket.display(),
            dir.display()
        )
    };
    let mut stream = UnixStream::connect(&socket).map_err(|e| failed("cannot reach", &e))?;
    stream
        .write_all(format!("{order}\n").as_bytes())
        .map_err(|e| failed("cannot send to", &e))?;
    let mut line = String::new();
    BufReader::new(stream)
        .read_line(&mut line)
        .map_err(|e| failed("got no reply from", &e))?;
    let reply: Value =
        serde_json::from_str(&line).map_err(|e| failed("cannot read the reply of", &e))?;
    match reply["error"].as_str() {
        Some(error) => Err(format!(
            "the testbed in {} could not carry out {order}: {error}",
            dir.display()
        )),
        None => Ok(reply),
    }
}
