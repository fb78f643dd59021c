//! Ingresses: healthy once they have an address.
//!
//! Comes in: an Ingress of any version. Goes out: whether a load balancer has taken it. A status
//! of another shape is no address.

use crate::fields;
use crate::status::Health;
use crate::status::HealthStatus::{Healthy, Progressing};
use serde_json::Value;

pub fn check(object: &Value) -> Health {
    match fields::list(object, "status.loadBalancer.ingress") {
        Ok([_, ..]) => Healthy.plainly(),
        _ => Progressing.plainly(),
    }
}
