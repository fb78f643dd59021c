//! What stands above the figures: how the run was set, and how to read its table.

use crate::arguments::Arguments;
use bench::report::Report;
use bench::table::Column;
use bench::window;
use serde_json::json;

const COLUMNS: &[Column] = &[
    Column::Measure,
    Column::Caretaker,
    Column::Beside("original"),
    Column::Ratio,
    Column::Goal,
    Column::Met,
];

const WORDS: &str = "\
The original is kustomize 5.8.1, for charts helm 4.2.4, for YAML sigs.k8s.io/yaml with yaml.v3, of this run, in turns with Caretaker.
Times are the shortest of several. Compare ratios, not seconds of different machines.
";

/// A report of nothing yet.
pub fn report(arguments: &Arguments) -> Report {
    let settings = json!({
        "runs": arguments.runs,
        "builds": arguments.builds,
        "overlays": arguments.overlays,
        "rounds": arguments.rounds,
        "only": arguments.only,
        "cores": window::cores(),
        "debug_build": cfg!(debug_assertions),
    });
    Report::new(settings, WORDS.to_owned(), COLUMNS)
}
