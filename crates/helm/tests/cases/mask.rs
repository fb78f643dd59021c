//! Comparing what is random in parts.
//!
//! Comes in: two outputs. Goes out: whether they are the same but for what was drawn: every line
//! must have its key on both sides, and what follows may only differ where it could be drawn.

/// Compares but for what was drawn, and for the order of lines, which may be all that varies.
pub fn compare(theirs: &str, ours: &str) -> Result<(), String> {
    if sorted(theirs) == sorted(ours) {
        return Ok(());
    }
    let (left, right) = (lines(theirs), lines(ours));
    for (at, (a, b)) in left.iter().zip(&right).enumerate() {
        if a != b && shape(a) != shape(b) {
            return Err(format!("line {at} should be like\n{a}\nbut it is\n{b}"));
        }
    }
    match left.len() == right.len() {
        true => Ok(()),
        false => Err(format!("{} lines instead of {}", right.len(), left.len())),
    }
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

/// The lines, those of one encoded text as one.
fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.dedup_by(|a, b| is_encoded(a) && is_encoded(b));
    lines
}

fn is_encoded(line: &str) -> bool {
    let text = line.trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    !text.is_empty() && !text.contains(':') && text.bytes().all(plain)
}

/// A line without what may be drawn: its blanks, its key, and whether there is anything.
fn shape(line: &str) -> (&str, bool) {
    match line.split_once(": ") {
        Some((key, value)) => (key, value.is_empty()),
        None => {
            let text = line.trim_start();
            (&line[..line.len() - text.len()], text.is_empty())
        }
    }
}

/// Where two outputs part, with what is around it.
pub fn first_difference(theirs: &str, ours: &str) -> String {
    let (left, right): (Vec<_>, Vec<_>) = (theirs.lines().collect(), ours.lines().collect());
    let common = left.iter().zip(&right).take_while(|(a, b)| a == b).count();
    let from = common.saturating_sub(4);
    let part = |lines: &[&str]| {
        let end = lines.len().min(common + 6);
        lines[from.min(end)..end].join("\n")
    };
    let (theirs, ours) = (part(&left), part(&right));
    format!("line {common}: expected\n{theirs}\nbut it gives\n{ours}")
}
