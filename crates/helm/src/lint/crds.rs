//! crds/: nothing but definitions of resources. Source: Helm 4.2,
//! pkg/chart/v2/lint/rules/crds.go.

use super::Linter;
use super::documents::Documents;
use model::EntryKind;

const FOLDER: &str = "crds/";

pub fn check(linter: &mut Linter<'_>) {
    let Some(kind) = linter.request.kind("crds") else {
        return;
    };
    let found = match kind {
        EntryKind::Folder => linter.loaded(),
        _ => Err("not a directory".to_owned()),
    };
    if !linter.error(FOLDER, found) {
        return;
    }
    let crds = match &linter.chart {
        Ok(chart) => chart.crds(),
        Err(_) => return,
    };
    for crd in crds {
        for document in Documents::of(&crd.file.data) {
            let (head, found) = match document {
                Ok(head) => (head, Ok(())),
                Err(error) => (None, Err(format!("unable to parse YAML: {error}"))),
            };
            // What does not parse here does not parse further down.
            if !linter.error(&crd.file.name, found) {
                return;
            }
            let Some(head) = head else { continue };
            let is_extension = head.api_version.starts_with("apiextensions.k8s.io");
            let text = "apiVersion is not in 'apiextensions.k8s.io'";
            linter.error(&crd.file.name, expect(is_extension, text));
            let is_crd = head.kind == "CustomResourceDefinition";
            let text = "object kind is not 'CustomResourceDefinition'";
            linter.error(&crd.file.name, expect(is_crd, text));
        }
    }
}

fn expect(holds: bool, text: &str) -> Result<(), String> {
    match holds {
        true => Ok(()),
        false => Err(text.to_owned()),
    }
}
