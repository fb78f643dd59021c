//! NOTES.txt: what the chart says to whoever installed it.
//!
//! It is executed like any template and then taken out of what is sorted into manifests. Source:
//! Helm 4.2, pkg/action/action.go.

use gotemplate::Text;

const SUFFIX: &str = "NOTES.txt";

/// Takes all notes out of the rendered files; gives those of the chart itself, or of its subcharts,
/// too.
pub fn take(
    files: Vec<(String, Text)>,
    chart: &str,
    with_subcharts: bool,
) -> (String, Vec<(String, Text)>) {
    let own = format!("{chart}/templates/{SUFFIX}");
    let (mut notes, files): (Vec<_>, Vec<_>) = files
        .into_iter()
        .partition(|(path, _)| path.ends_with(SUFFIX));
    notes.sort_by(|a, b| a.0.cmp(&b.0));
    let mut text = String::new();
    for (_, note) in notes
        .iter()
        .filter(|(path, _)| with_subcharts || *path == own)
    {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&note.as_str());
    }
    (text, files)
}
