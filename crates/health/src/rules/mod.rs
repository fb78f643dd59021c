//! The rules for custom resources, one file an API group.
//!
//! Comes in: a kind. Goes out: the rule for it. A rule of the very group and kind comes first, then
//! those of families of groups, which serve every kind.
//! Source of the rules: Argo CD 3.5, resource_customizations, found as util/lua/lua.go finds them.
//!
//! Cost: a binary search among the groups and one match on the kind, then the fields a rule reads;
//! nothing is allocated but the message.

mod acid_zalan_do;
mod addons_cluster_x_k8s_io;
mod apiextensions_k8s_io;
mod apps_3scale_net;
mod apps_kruise_io;
mod apps_openshift_io;
mod argoproj_io;
mod astra_netapp_io;
mod batch;
mod beat_k8s_elastic_co;
mod bitnami_com;
mod by_condition;
mod by_phase;
mod camel_apache_org;
mod capabilities_3scale_net;
mod cassandra_rook_io;
mod cdi_kubevirt_io;
mod ceph_rook_io;
mod cert_manager_io;
mod certmanager_k8s_io;
mod check;
mod clickhouse_altinity_com;
mod clickhouse_keeper_altinity_com;
mod cloudfront_aws_crossplane_io;
mod cluster_x_k8s_io;
mod cnrm_cloud_google_com;
mod condition_line;
mod controlplane_cluster_x_k8s_io;
mod coralogix_com;
mod core_gardener_cloud;
mod core_humio_com;
mod core_spinkube_dev;
mod crossplane_io;
mod datadoghq_com;
mod db_atlasgo_io;
mod elasticsearch_k8s_elastic_co;
mod external_secrets_io;
mod field;
mod flagger_app;
mod flink_apache_org;
mod flux;
mod game_kruise_io;
mod gateway_networking_k8s_io;
mod gateway_solo_io;
mod gloo_solo_io;
mod grafana_integreatly_org;
mod grafana_org_operator_kubitus_project_gitlab_io;
mod helm_toolkit_fluxcd_io;
mod iam_aws_crossplane_io;
mod iammanager_keikoproj_io;
mod image_toolkit_fluxcd_io;
mod install_istio_io;
mod jaegertracing_io;
mod k8s_keycloak_org;
mod k8s_mariadb_com;
mod kafka_banzaicloud_io;
mod kafka_strimzi_io;
mod karpenter_k8s_aws;
mod karpenter_sh;
mod keda_sh;
mod kiali_io;
mod kubernetes_client_io;
mod kubevirt_io;
mod kustomize_toolkit_fluxcd_io;
mod kyverno_io;
mod lifecycle_keptn_sh;
mod logstash_k8s_elastic_co;
mod managed;
mod mariadb_mmontes_io;
mod metrics_keptn_sh;
mod minio_min_io;
mod monitoring_coreos_com;
mod networking_gke_io;
mod nmstate_io;
mod notification_toolkit_fluxcd_io;
mod numaflow_numaproj_io;
mod numaplane_numaproj_io;
mod number;
mod objectbucket_io;
mod ocs_openshift_io;
mod onepassword_com;
mod openfaas_com;
mod opentelemetry_io;
mod operator_knative_dev;
mod operator_openshift_io;
mod operator_victoriametrics_com;
mod operators_coreos_com;
mod pkg_crossplane_io;
mod platform_confluent_io;
mod policy;
mod policy_open_cluster_management_io;
mod postgresql_cnpg_io;
mod proclaim_dogmatiq_io;
mod projectcontour_io;
mod promoter_argoproj_io;
mod psmdb_percona_com;
mod pxc_percona_com;
mod rabbitmq_com;
mod rds_aws_crossplane_io;
mod rollouts_kruise_io;
mod route53_aws_crossplane_io;
mod route_openshift_io;
mod s3_aws_crossplane_io;
mod says;
mod services_cloud_sap_com;
mod serving_knative_dev;
mod serving_kserve_io;
mod snapshot_storage_k8s_io;
mod solr_apache_org;
mod source_toolkit_fluxcd_io;
mod sparkoperator_k8s_io;
mod spot_io;
mod stacks_crossplane_io;
mod tower_ansible_com;
mod trident_netapp_io;
mod upbound_io;
mod verdict;
mod work_karmada_io;
mod zookeeper_pravega_io;

use crate::gvk::Gvk;
use check::Check;

type Group = fn(&str) -> Option<Check>;

/// Every group, sorted by name.
const GROUPS: &[(&str, Group)] = &[
    ("acid.zalan.do", acid_zalan_do::check),
    ("addons.cluster.x-k8s.io", addons_cluster_x_k8s_io::check),
    ("apiextensions.k8s.io", apiextensions_k8s_io::check),
    ("apps.3scale.net", apps_3scale_net::check),
    ("apps.kruise.io", apps_kruise_io::check),
    ("apps.openshift.io", apps_openshift_io::check),
    ("argoproj.io", argoproj_io::check),
    ("astra.netapp.io", astra_netapp_io::check),
    ("batch", batch::check),
    ("beat.k8s.elastic.co", beat_k8s_elastic_co::check),
    ("bitnami.com", bitnami_com::check),
    ("camel.apache.org", camel_apache_org::check),
    ("capabilities.3scale.net", capabilities_3scale_net::check),
    ("cassandra.rook.io", cassandra_rook_io::check),
    ("cdi.kubevirt.io", cdi_kubevirt_io::check),
    ("ceph.rook.io", ceph_rook_io::check),
    ("cert-manager.io", cert_manager_io::check),
    ("certmanager.k8s.io", certmanager_k8s_io::check),
    (
        "clickhouse-keeper.altinity.com",
        clickhouse_keeper_altinity_com::check,
    ),
    ("clickhouse.altinity.com", clickhouse_altinity_com::check),
    (
        "cloudfront.aws.crossplane.io",
        cloudfront_aws_crossplane_io::check,
    ),
    ("cluster.x-k8s.io", cluster_x_k8s_io::check),
    (
        "controlplane.cluster.x-k8s.io",
        controlplane_cluster_x_k8s_io::check,
    ),
    ("coralogix.com", coralogix_com::check),
    ("core.gardener.cloud", core_gardener_cloud::check),
    ("core.humio.com", core_humio_com::check),
    ("core.spinkube.dev", core_spinkube_dev::check),
    ("datadoghq.com", datadoghq_com::check),
    ("db.atlasgo.io", db_atlasgo_io::check),
    (
        "elasticsearch.k8s.elastic.co",
        elasticsearch_k8s_elastic_co::check,
    ),
    ("external-secrets.io", external_secrets_io::check),
    ("flagger.app", flagger_app::check),
    ("flink.apache.org", flink_apache_org::check),
    ("game.kruise.io", game_kruise_io::check),
    (
        "gateway.networking.k8s.io",
        gateway_networking_k8s_io::check,
    ),
    ("gateway.solo.io", gateway_solo_io::check),
    ("gloo.solo.io", gloo_solo_io::check),
    (
        "grafana-org-operator.kubitus-project.gitlab.io",
        grafana_org_operator_kubitus_project_gitlab_io::check,
    ),
    ("grafana.integreatly.org", grafana_integreatly_org::check),
    ("helm.toolkit.fluxcd.io", helm_toolkit_fluxcd_io::check),
    ("iam.aws.crossplane.io", iam_aws_crossplane_io::check),
    ("iammanager.keikoproj.io", iammanager_keikoproj_io::check),
    ("image.toolkit.fluxcd.io", image_toolkit_fluxcd_io::check),
    ("install.istio.io", install_istio_io::check),
    ("jaegertracing.io", jaegertracing_io::check),
    ("k8s.keycloak.org", k8s_keycloak_org::check),
    ("k8s.mariadb.com", k8s_mariadb_com::check),
    ("kafka.banzaicloud.io", kafka_banzaicloud_io::check),
    ("kafka.strimzi.io", kafka_strimzi_io::check),
    ("karpenter.k8s.aws", karpenter_k8s_aws::check),
    ("karpenter.sh", karpenter_sh::check),
    ("keda.sh", keda_sh::check),
    ("kiali.io", kiali_io::check),
    ("kubernetes-client.io", kubernetes_client_io::check),
    ("kubevirt.io", kubevirt_io::check),
    (
        "kustomize.toolkit.fluxcd.io",
        kustomize_toolkit_fluxcd_io::check,
    ),
    ("kyverno.io", kyverno_io::check),
    ("lifecycle.keptn.sh", lifecycle_keptn_sh::check),
    ("logstash.k8s.elastic.co", logstash_k8s_elastic_co::check),
    ("mariadb.mmontes.io", mariadb_mmontes_io::check),
    ("metrics.keptn.sh", metrics_keptn_sh::check),
    ("minio.min.io", minio_min_io::check),
    ("monitoring.coreos.com", monitoring_coreos_com::check),
    ("networking.gke.io", networking_gke_io::check),
    ("nmstate.io", nmstate_io::check),
    (
        "notification.toolkit.fluxcd.io",
        notification_toolkit_fluxcd_io::check,
    ),
    ("numaflow.numaproj.io", numaflow_numaproj_io::check),
    ("numaplane.numaproj.io", numaplane_numaproj_io::check),
    ("objectbucket.io", objectbucket_io::check),
    ("ocs.openshift.io", ocs_openshift_io::check),
    ("onepassword.com", onepassword_com::check),
    ("openfaas.com", openfaas_com::check),
    ("opentelemetry.io", opentelemetry_io::check),
    ("operator.knative.dev", operator_knative_dev::check),
    ("operator.openshift.io", operator_openshift_io::check),
    (
        "operator.victoriametrics.com",
        operator_victoriametrics_com::check,
    ),
    ("operators.coreos.com", operators_coreos_com::check),
    ("pkg.crossplane.io", pkg_crossplane_io::check),
    ("platform.confluent.io", platform_confluent_io::check),
    ("policy", policy::check),
    (
        "policy.open-cluster-management.io",
        policy_open_cluster_management_io::check,
    ),
    ("postgresql.cnpg.io", postgresql_cnpg_io::check),
    ("proclaim.dogmatiq.io", proclaim_dogmatiq_io::check),
    ("projectcontour.io", projectcontour_io::check),
    ("promoter.argoproj.io", promoter_argoproj_io::check),
    ("psmdb.percona.com", psmdb_percona_com::check),
    ("pxc.percona.com", pxc_percona_com::check),
    ("rabbitmq.com", rabbitmq_com::check),
    ("rds.aws.crossplane.io", rds_aws_crossplane_io::check),
    ("rollouts.kruise.io", rollouts_kruise_io::check),
    ("route.openshift.io", route_openshift_io::check),
    (
        "route53.aws.crossplane.io",
        route53_aws_crossplane_io::check,
    ),
    ("s3.aws.crossplane.io", s3_aws_crossplane_io::check),
    ("services.cloud.sap.com", services_cloud_sap_com::check),
    ("serving.knative.dev", serving_knative_dev::check),
    ("serving.kserve.io", serving_kserve_io::check),
    ("snapshot.storage.k8s.io", snapshot_storage_k8s_io::check),
    ("solr.apache.org", solr_apache_org::check),
    ("source.toolkit.fluxcd.io", source_toolkit_fluxcd_io::check),
    ("sparkoperator.k8s.io", sparkoperator_k8s_io::check),
    ("spot.io", spot_io::check),
    ("stacks.crossplane.io", stacks_crossplane_io::check),
    ("tower.ansible.com", tower_ansible_com::check),
    ("trident.netapp.io", trident_netapp_io::check),
    ("work.karmada.io", work_karmada_io::check),
    ("zookeeper.pravega.io", zookeeper_pravega_io::check),
];

/// Families of groups by the end of their names, in the order they are asked.
const FAMILIES: &[(&str, Group)] = &[
    (".cnrm.cloud.google.com", cnrm_cloud_google_com::check),
    (".crossplane.io", crossplane_io::check),
    (".upbound.io", upbound_io::check),
];

/// The rule for a kind.
pub fn check_for(gvk: Gvk<'_>) -> Option<Check> {
    let exact = GROUPS.binary_search_by_key(&gvk.group, |(name, _)| name);
    let exact = exact.ok().and_then(|index| GROUPS[index].1(gvk.kind));
    exact.or_else(|| {
        let mut families = FAMILIES.iter();
        let family = families.find(|(end, _)| gvk.group.ends_with(end));
        family.and_then(|(_, check)| check(gvk.kind))
    })
}

#[cfg(test)]
mod tests {
    use super::GROUPS;

    #[test]
    fn the_groups_are_sorted() {
        assert!(GROUPS.is_sorted_by(|one, two| one.0 < two.0));
    }
}
