//! Solr.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "SolrCloud").then_some(Check::Code(cloud))
}

fn cloud(object: Field<'_>) -> Verdict {
    let nodes = object.find("status.solrNodes")?;
    if !nodes.is_set() {
        return Progressing.says("Waiting for solr to exist");
    }
    for node in nodes.items()? {
        if !node.get("ready")?.is_truthy() {
            return Progressing.says("Not all replicas are ready");
        }
    }
    Healthy.says("Solr is ready")
}
