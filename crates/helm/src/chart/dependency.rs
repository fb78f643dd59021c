//! What a chart says about a chart it needs.

/// An entry of `dependencies`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dependency {
    /// The name of the chart; after processing, its alias.
    pub name: String,
    /// A version, or a range of versions.
    pub version: String,
    /// Where it is fetched from.
    pub repository: String,
    /// Paths into the values, separated by commas: the first that is a boolean turns it on or off.
    pub condition: String,
    /// Names under `tags` in the values, of which any turns it on.
    pub tags: Vec<String>,
    /// Whether it is on; processing decides.
    pub enabled: bool,
    /// What of its values the parent takes over: names under the child's `exports`, or pairs of
    /// `child` and `parent`. After processing all are pairs.
    pub import_values: Vec<serde_json::Value>,
    /// The name it goes by in this chart.
    pub alias: String,
}
