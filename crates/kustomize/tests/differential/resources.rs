//! Resources of many kinds that name each other.

use crate::choices::Choices;
use crate::scalars::{scalar, text};

/// A resource, and what patches and selectors need to find it.
#[derive(Clone, Debug)]
pub struct Resource {
    /// As written: `apps/v1`.
    pub version: &'static str,
    /// As written.
    pub kind: &'static str,
    /// As written.
    pub name: &'static str,
    /// As written, if it is.
    pub namespace: Option<&'static str>,
    /// The whole document.
    pub text: String,
}

const NAMES: &[&str] = &["web", "db", "web-cache", "x"];
const NAMESPACES: &[&str] = &["north", "south", "default"];

const POD: &str = "
  serviceAccountName: db
  imagePullSecrets: [{name: web}]
  nodeSelector: {disk: SCALAR}
  hostname: SCALAR
  initContainers:
  - {name: early, image: 'lamp:1'}
  containers:
  - name: a
    image: registry.example:5000/lamp:1
    args: [SCALAR, $(VAR), SCALAR]
    env:
    - {name: A, value: TEXT}
    - {name: B, value: SCALAR}
    - {name: C, valueFrom: {configMapKeyRef: {name: made, key: a}}}
    envFrom: [{configMapRef: {name: web}}, {secretRef: {name: hidden}}]
    ports: [{containerPort: 80}, {containerPort: 53, protocol: UDP}]
    volumeMounts: [{mountPath: /data, name: v}]
  - {name: b, image: lamp@sha256:0123456789012345678901234567890123456789012345678901234567890123}
  volumes:
  - {name: v, configMap: {name: made}}
  - {name: w, secret: {secretName: web}}
  tolerations: [{key: SCALAR, operator: Exists}]
";

const KINDS: &[(&str, &str, &str)] = &[
    ("v1", "ConfigMap", "data: {a: TEXT, b: SCALAR}\n"),
    ("apps/v1", "Deployment", "WORKLOAD"),
    (
        "v1",
        "Service",
        "spec:\n  selector: {app: TEXT}\n  ports:\n  - {port: 80, name: SCALAR}\n  - {port: 53, protocol: UDP}\n",
    ),
    (
        "example.org/v1",
        "Shop",
        "spec:\n  a: SCALAR\n  b: {c: SCALAR, d: [SCALAR, SCALAR]}\n  containers: [{name: a, image: 'lamp:1'}]\n  text: TEXT\n",
    ),
    (
        "apps/v1",
        "StatefulSet",
        "WORKLOAD  serviceName: web\n  volumeClaimTemplates: [{metadata: {name: data}}]\n",
    ),
    ("v1", "Secret", "stringData: {a: SCALAR}\ndata: {b: aGk=}\n"),
    ("v1", "Namespace", ""),
    (
        "v1",
        "ServiceAccount",
        "secrets: [{name: web}, {name: hidden}]\n",
    ),
    ("v1", "Pod", "POD"),
    (
        "batch/v1",
        "CronJob",
        "spec: {schedule: SCALAR, jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: lamp}]}}}}}\n",
    ),
    (
        "networking.k8s.io/v1",
        "Ingress",
        "spec: {rules: [{host: TEXT, http: {paths: [{path: /, backend: {service: {name: web}}}]}}], tls: [{secretName: hidden}]}\n",
    ),
    (
        "autoscaling/v2",
        "HorizontalPodAutoscaler",
        "spec: {minReplicas: SCALAR, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n",
    ),
    (
        "rbac.authorization.k8s.io/v1",
        "Role",
        "rules: [{apiGroups: [''], resources: [secrets], resourceNames: [web, hidden], verbs: [SCALAR]}]\n",
    ),
    (
        "rbac.authorization.k8s.io/v1",
        "RoleBinding",
        "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}\nsubjects: [{kind: ServiceAccount, name: db, namespace: north}, {kind: ServiceAccount, name: default}, {kind: User, name: TEXT}]\n",
    ),
    (
        "rbac.authorization.k8s.io/v1",
        "ClusterRoleBinding",
        "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: web}\nsubjects: [{kind: ServiceAccount, name: db, namespace: north}]\n",
    ),
    (
        "policy/v1",
        "PodDisruptionBudget",
        "spec: {minAvailable: SCALAR, selector: {matchLabels: {app: a}}}\n",
    ),
    (
        "networking.k8s.io/v1",
        "NetworkPolicy",
        "spec: {podSelector: {matchLabels: {app: a}}, ingress: [{from: [{podSelector: {matchLabels: {app: b}}}]}]}\n",
    ),
    (
        "admissionregistration.k8s.io/v1",
        "ValidatingWebhookConfiguration",
        "webhooks: [{name: a.example.org, clientConfig: {service: {name: web, namespace: north}}}]\n",
    ),
];

/// A resource.
pub fn resource(choices: &mut Choices) -> Resource {
    let (version, kind, body) = KINDS[choices.below(KINDS.len())];
    let name = choices.pick(NAMES);
    let namespace = (choices.below(3) == 1).then(|| choices.pick(NAMESPACES));
    let mut meta = format!("{{name: {name}");
    if let Some(namespace) = namespace {
        meta += &format!(", namespace: {namespace}");
    }
    if choices.once_in(3) {
        meta += ", labels: {app: TEXT, tier: web}";
    }
    if choices.once_in(4) {
        meta += ", annotations: {note: TEXT, example.org/deep: TEXT}";
    }
    let text = format!(
        "apiVersion: {version}\nkind: {kind}\nmetadata: {meta}}}\n{}",
        whole(body)
    );
    Resource {
        version,
        kind,
        name,
        namespace,
        text: filled(choices, &text),
    }
}

fn whole(body: &str) -> String {
    let indented = POD.replace('\n', "\n    ");
    let workload = format!(
        "spec:\n  replicas: 3\n  selector: {{matchLabels: {{app: a}}}}\n  template:\n    \
         metadata: {{labels: {{app: a}}}}\n    spec:{}\n",
        indented.trim_end()
    );
    body.replace("WORKLOAD", &workload)
        .replace("POD", &format!("spec:{POD}"))
}

/// Puts scalars where a template leaves them open.
pub fn filled(choices: &mut Choices, template: &str) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['S', 'T']) {
        let (before, from) = rest.split_at(at);
        text += before;
        rest = if let Some(after) = from.strip_prefix("SCALAR") {
            // In a flow collection a plain scalar could end it: most are plain words anyway.
            text += &in_flow(scalar(choices));
            after
        } else if let Some(after) = from.strip_prefix("TEXT") {
            text += &crate::scalars::text(choices);
            after
        } else {
            text += &from[..1];
            &from[1..]
        };
    }
    text + rest
}

fn in_flow(scalar: String) -> String {
    let plain = !scalar.starts_with(['"', '\'', '[', '{', '!']);
    match plain && scalar.contains([',', '[', ']', '{', '}']) {
        true => format!("'{}'", scalar.replace('\'', "''")),
        false => scalar,
    }
}

/// A label's value.
pub fn label(choices: &mut Choices) -> String {
    text(choices)
}
