//! Service accounts that stand for accounts of a cloud.
//!
//! Comes in: the names of both accounts. Goes out: the service account. Source: Kustomize 5.8.1,
//! api/filters/iampolicygenerator.

use super::GenerateError;
use crate::file::IamPolicyArgs;
use crate::resource::Resource;
use yaml::{Limits, Node};

/// Makes the service account. Its arguments are put into YAML as they are, so that a name like `123`
/// becomes a number, as it does upstream.
pub fn iam_policy(args: &IamPolicyArgs) -> Result<Resource, GenerateError> {
    if args.cloud != "gke" {
        return Err(GenerateError::Cloud(args.cloud.clone()));
    }
    let (name, namespace) = (&args.kubernetes_name, &args.kubernetes_namespace);
    let (account, project) = (&args.account_name, &args.project_id);
    let mut text = format!(
        "\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  annotations:\n    \
         iam.gke.io/gcp-service-account: {account}@{project}.iam.gserviceaccount.com\n  \
         name: {name}\n"
    );
    if !namespace.is_empty() {
        text += &format!("\n  namespace: {namespace}");
    }
    let node = yaml::read_node(&text, &Limits::default());
    let node = node.map_err(|source| {
        let source = Box::new(source);
        GenerateError::ServiceAccount(name.clone(), source)
    })?;
    // There is a node, as the text starts with one.
    Ok(node.unwrap_or_else(Node::mapping).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_account_names_its_account_in_the_cloud() {
        let mut args = IamPolicyArgs {
            cloud: "gke".to_owned(),
            kubernetes_name: "app".to_owned(),
            kubernetes_namespace: "web".to_owned(),
            account_name: "runner".to_owned(),
            project_id: "team-1".to_owned(),
        };
        let resource = iam_policy(&args).unwrap();
        let expected = "\
apiVersion: v1
kind: ServiceAccount
metadata:
  annotations:
    iam.gke.io/gcp-service-account: runner@team-1.iam.gserviceaccount.com
  name: app
  namespace: web
";
        assert_eq!(yaml::write(&resource.node.to_value().unwrap()), expected);
        args.cloud = "other".to_owned();
        let told = iam_policy(&args).unwrap_err().to_string();
        assert!(
            told.starts_with("cloud provider other not supported yet"),
            "{told}"
        );
    }
}
