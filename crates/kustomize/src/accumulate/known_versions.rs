//! What charts are told that the cluster serves.
//!
//! Comes in: the API versions of the build's flags, and those that each chart names itself. Goes out:
//! what each chart is told. A chart's own versions count alone; but upstream reads them into the very
//! list of the flags, so they stand there in place of the first ones for every other chart, even for
//! one that comes before: all charts of a kustomization are read before the first is rendered.
//! Source: Kustomize 5.8.1, api/internal/builtins/HelmChartInflationGenerator.go (Config).

/// The versions of the flags, as charts have left them.
pub(crate) struct KnownVersions {
    list: Vec<String>,
    /// So many are of the flags; behind them is what Go's list has room for.
    shown: usize,
}

/// What one chart is told.
pub(super) enum Told {
    /// So many of the list's.
    Shared(usize),
    /// Its own.
    Own(Vec<String>),
}

impl KnownVersions {
    /// Those of the flags.
    pub(crate) fn new(flags: &[String]) -> Self {
        let mut list = flags.to_vec();
        let shown = list.len();
        if shown > 0 {
            list.resize(shown.next_power_of_two(), String::new());
        }
        Self { list, shown }
    }

    /// Reads what a chart names.
    pub(super) fn read(&mut self, own: &[String]) -> Told {
        if own.is_empty() {
            return Told::Shared(self.shown);
        }
        for (slot, version) in self.list.iter_mut().zip(own) {
            slot.clone_from(version);
        }
        match own.len() <= self.list.len() {
            true => Told::Shared(own.len()),
            false => Told::Own(own.to_vec()),
        }
    }

    /// What a chart is told now.
    pub(super) fn told(&self, told: Told) -> Vec<String> {
        match told {
            Told::Shared(count) => self.list[..count].to_vec(),
            Told::Own(versions) => versions,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_charts_versions_reach_the_others() {
        let mut known = KnownVersions::new(&texts(&["a", "b", "c"]));
        let charts: [&[&str]; 4] = [&[], &["x"], &["1", "2", "3", "4", "5"], &["y", "z"]];
        let told = charts.map(|own| known.read(&texts(own)));
        let told = told.map(|told| known.told(told).join(" "));
        assert_eq!(told, ["y z 3", "y", "1 2 3 4 5", "y z"]);
    }

    #[test]
    fn without_flags_each_has_its_own() {
        let mut known = KnownVersions::new(&[]);
        let told = [&["x"][..], &[], &["y"]].map(|own| known.read(&texts(own)));
        let told = told.map(|told| known.told(told).join(" "));
        assert_eq!(told, ["x", "", "y"]);
    }
}
