//! Our own overlays, slightly wrong.

use crate::choices::Choices;
use crate::overlay::Files;
use crate::scalars::scalar;

/// Changes a line or two of some files.
pub fn mutated(choices: &mut Choices, mut files: Files) -> Files {
    for _ in 0..=choices.below(2) {
        let at = choices.below(files.len());
        let text = &mut files[at].1;
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        if lines.is_empty() {
            continue;
        }
        let line = choices.below(lines.len());
        change(choices, &mut lines, line);
        *text = lines.iter().map(|line| format!("{line}\n")).collect();
    }
    files
}

fn change(choices: &mut Choices, lines: &mut Vec<String>, at: usize) {
    match choices.below(7) {
        0 => {
            lines.remove(at);
        }
        1 => lines.insert(at, lines[at].clone()),
        2 => {
            let other = choices.below(lines.len());
            lines.swap(at, other);
        }
        3 => lines[at].insert_str(0, "  "),
        4 => {
            let other = lines[choices.below(lines.len())].clone();
            lines.insert(at, other);
        }
        _ => {
            // A value in place of another: `key: OLD` or `{key: OLD, ...}`.
            let line = lines[at].clone();
            let starts: Vec<usize> = line.match_indices(": ").map(|(at, _)| at + 2).collect();
            if let Some(start) = starts.get(choices.below(starts.len().max(1))) {
                let length = line[*start..]
                    .find([',', '}', ']'])
                    .unwrap_or(line.len() - start);
                lines[at].replace_range(*start..start + length, &scalar(choices));
            }
        }
    }
}
