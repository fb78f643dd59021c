//! Koperator: Kafka.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "KafkaCluster").then_some(Check::Code(cluster))
}

fn cluster(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    let state = object.find("status.state")?;
    if state.is("ClusterRollingUpgrading") {
        return Progressing.says("Kafka Cluster is Rolling Upgrading.");
    }
    let brokers = object.find("status.brokersState")?;
    if brokers.is_set() {
        if !all_in_sync(brokers)? {
            return Degraded
                .says("Broker Config is out of Sync or CruiseControlState is not Ready");
        }
        let topic = status.get("cruiseControlTopicStatus")?;
        if topic.is("CruiseControlTopicReady") && state.is("ClusterRunning") {
            return Healthy.says("Kafka Brokers, CruiseControl and cluster are in Healthy State.");
        }
        let unready = topic.is("CruiseControlTopicNotReady") || !topic.is_set();
        if unready && state.is("ClusterReconciling") {
            return Progressing.says("Kafka Cluster is Reconciling.");
        }
    }
    Progressing.says("Waiting for KafkaCluster")
}

fn all_in_sync(brokers: Field<'_>) -> Result<bool, Stumble> {
    const SETTLED: &[&str] = &["GracefulUpscaleSucceeded", "GracefulDownscaleSucceeded"];
    let mut all = true;
    for broker in brokers.values()? {
        all &= broker.get("configurationState")?.is("ConfigInSync") && {
            let action = broker.get("gracefulActionState")?;
            action.get("cruiseControlState")?.is_one_of(SETTLED)
        };
    }
    Ok(all)
}
