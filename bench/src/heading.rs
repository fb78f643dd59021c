//! What stands above the figures: how the run was set, and how to read its table.

use crate::arguments::Arguments;
use bench::report::Report;
use bench::table::Column;
use bench::window;
use serde_json::json;

const COLUMNS: &[Column] = &[
    Column::Measure,
    Column::Caretaker,
    Column::Beside("bare limit"),
    Column::Ratio,
    Column::ArgoCd,
    Column::Flux,
    Column::Goal,
    Column::Met,
];

/// A report of nothing yet.
pub fn report(arguments: &Arguments) -> Report {
    let settings = json!({
        "apps": arguments.apps,
        "objects": arguments.objects,
        "idle_seconds": arguments.idle,
        "killed_apps": arguments.killed_apps(),
        "only": arguments.only,
        "cores": window::cores(),
        "debug_build": cfg!(debug_assertions),
    });
    Report::new(settings, words(arguments), COLUMNS)
}

fn words(arguments: &Arguments) -> String {
    format!(
        "This machine's {} cores hold everything: Caretaker, kube-apiserver, etcd, the controllers, the simulated\n\
         node, the Git server and this program. Compare ratios and CPU-seconds, not seconds of different machines.\n\
         The bare limit is of this run. Argo CD's and Flux's figures are NOT of this run: they were measured once, on\n\
         another day, with 1,000 apps of 10 objects unless said (this run: {} apps).\n",
        window::cores(),
        arguments.apps
    )
}
