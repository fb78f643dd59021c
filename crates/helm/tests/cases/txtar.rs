//! Several files in one: each behind a line `-- PATH --`.

use std::collections::BTreeMap;

/// The files.
pub fn files(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut current = None;
    for line in archive.split_inclusive(|byte| *byte == b'\n') {
        if let Some(path) = path_of(line) {
            files.insert(path.clone(), Vec::new());
            current = Some(path);
        } else if let Some(bytes) = current.as_ref().and_then(|path| files.get_mut(path)) {
            bytes.extend_from_slice(line);
        }
    }
    files
}

fn path_of(line: &[u8]) -> Option<String> {
    let line = line.strip_suffix(b"\n")?;
    let path = line.strip_prefix(b"-- ")?.strip_suffix(b" --")?;
    String::from_utf8(path.to_vec()).ok()
}
