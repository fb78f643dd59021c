//! Which images an object runs.
//!
//! Comes in: an object. Goes out: the images of the containers it has itself, in a template of pods
//! or in a template of jobs, in the order they stand (Argo CD 3.5: GetResourceImages in
//! gitops-engine/pkg/utils/kube/kube.go). Containers that only prepare the others do not count.

use serde_json::Value;

/// Where containers stand; the first list that is there counts.
const CONTAINERS: [&str; 3] = [
    "/spec/containers",
    "/spec/template/spec/containers",
    "/spec/jobTemplate/spec/template/spec/containers",
];

/// The images of an object's containers.
pub fn images(object: &Value) -> Vec<&str> {
    let mut lists = CONTAINERS
        .iter()
        .filter_map(|place| object.pointer(place)?.as_array());
    let containers = lists.next().into_iter().flatten();
    containers
        .filter_map(|container| container.get("image")?.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_first_list_of_containers_counts() {
        let pod = json!({
            "initContainers": [{"image": "wait"}],
            "containers": [{"image": "b"}, {"name": "none"}, {"image": 1}, {"image": "a"}, 5],
        });
        for (spec, expected) in [
            (pod.clone(), vec!["b", "a"]),
            (json!({"template": {"spec": pod.clone()}}), vec!["b", "a"]),
            (
                json!({"jobTemplate": {"spec": {"template": {"spec": pod.clone()}}}}),
                vec!["b", "a"],
            ),
            (
                json!({"containers": [], "template": {"spec": pod.clone()}}),
                vec![],
            ),
            (
                json!({"containers": {}, "template": {"spec": pod}}),
                vec!["b", "a"],
            ),
            (json!("none"), vec![]),
        ] {
            let object = json!({ "spec": spec });
            assert_eq!(images(&object), expected, "{object}");
        }
    }
}
