//! A chart as an archive, as `helm package` writes it but for times and what it leaves out.

use super::Chart;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io;
use tar::{Builder, Header};

/// Packs every file of a chart below a folder of its name. Packing twice gives the same bytes.
pub fn pack(chart: &Chart) -> io::Result<Vec<u8>> {
    let mut archive = Builder::new(GzEncoder::new(Vec::new(), Compression::default()));
    for file in chart.raw.iter() {
        let mut header = Header::new_gnu();
        header.set_size(file.data.len() as u64);
        header.set_mode(0o644);
        let path = format!("{}/{}", chart.name(), file.name);
        archive.append_data(&mut header, path, &*file.data)?;
    }
    archive.into_inner()?.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Limits, load, load_archive};
    use model::{MemoryTree, TreePath};

    #[test]
    fn what_is_packed_loads_again() {
        let tree = MemoryTree::of([
            (
                "web/Chart.yaml",
                "apiVersion: v2\nname: web\nversion: 1.0.0\n",
            ),
            ("web/templates/a.yaml", "kind: A\n"),
            ("web/notes/long.txt", "hello\n"),
        ])
        .unwrap();
        let limits = Limits::default();
        let chart = load(&tree, &TreePath::parse("web").unwrap(), &limits).unwrap();
        let packed = pack(&chart).unwrap();
        let again = load_archive(&packed, &limits).unwrap();
        let names = |chart: &Chart| -> Vec<String> {
            let mut names: Vec<String> = chart.raw.iter().map(|it| it.name.to_string()).collect();
            names.sort();
            names
        };
        assert_eq!(names(&again), names(&chart));
        assert_eq!(pack(&again).unwrap().len(), packed.len());
    }
}
