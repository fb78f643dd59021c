//! The line a field stands on.
//!
//! Comes in: a file's bytes and a path into it. Goes out: the line, for messages. The file is read
//! once more for it, because values keep no lines; that happens only where something is wrong.

use super::fault::Step;

/// The line of the key or item at the end of the path; of the last step that leads somewhere if the
/// path leads nowhere.
pub(crate) fn line_of(bytes: &[u8], path: &[Step]) -> Option<u32> {
    let text = std::str::from_utf8(bytes).ok()?;
    let document = yaml::read_node(text, &yaml::Limits::default()).ok()??;
    let (mut node, mut line) = (&document, document.line);
    for step in path {
        let next = match step {
            // Of equal keys the last one counts.
            Step::Key(key) => {
                let mut entries = node.entries().iter().rev();
                entries
                    .find(|(name, _)| name.text() == key)
                    .map(|(name, value)| (value, name.line))
            }
            Step::Item(index) => node.items().get(*index).map(|item| (item, item.line)),
        };
        match next {
            Some(next) => (node, line) = next,
            None => break,
        }
    }
    (line > 0).then_some(line)
}
