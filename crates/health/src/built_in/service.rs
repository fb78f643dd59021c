//! Services: healthy, but for load balancers that have no address yet.
//!
//! Comes in: a Service. Goes out: whether it can be reached as its type promises.

use crate::fields::{self, Malformed};
use crate::status::Health;
use crate::status::HealthStatus::{Healthy, Progressing};
use serde_json::Value;

pub fn check(object: &Value) -> Result<Health, Malformed> {
    let balanced = fields::text(object, "spec.type")? == "LoadBalancer";
    let addresses = fields::list(object, "status.loadBalancer.ingress")?;
    let waits = balanced && addresses.is_empty();
    Ok(if waits {
        Progressing.plainly()
    } else {
        Healthy.plainly()
    })
}
