//! What the audience can try while everything is up.
//!
//! In: the stage. Out: commands to copy.

use crate::caretaker;
use crate::stage::Stage;
use std::path::Path;

/// Prints the commands.
pub fn print(stage: &Stage) {
    let programs = caretaker::program().ok();
    let caretaker = programs
        .as_deref()
        .and_then(Path::parent)
        .unwrap_or(Path::new("."));
    println!(
        "
Everything stays up until Ctrl-C. In another terminal:

    export KUBECONFIG={kubeconfig}
    export PATH={tools}:{caretaker}:$PATH

    kubectl get applications -A --watch
    caretaker app list
    caretaker app get web-production
    kubectl scale -n shop-production deployment/web --replicas=9
    kubectl delete -n shop-staging configmap --all

Push something yourself; the Git server tells Caretaker:

    cd {clone}
    sed -i 's/Welcome to/Closing down:/' apps/web/production/settings.yaml
    git commit -am 'A new banner' && git push

Its metrics and its log:

    http://{metrics}/metrics
    {log}

What the Applications say from now on:
",
        kubeconfig = stage.cluster.kubeconfig().display(),
        tools = testbed::bin_dir().display(),
        caretaker = caretaker.display(),
        clone = stage.git.clone_path().display(),
        metrics = stage.caretaker.metrics,
        log = stage.caretaker.log().display(),
    );
}
