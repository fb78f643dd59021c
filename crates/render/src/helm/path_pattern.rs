//! Patterns of values files: `envs/*.yaml`, `**/values-{a,b}.yaml`.
//!
//! In: a pattern with `/` between its parts, and a tree. Out: the files that match, sorted. `**` as a
//! whole part stands for any number of folders, none included; braces may hold slashes.
//! Source: Argo CD 3.5, reposerver/repository (doublestar.FilepathGlob).

use model::glob::Glob;
use model::{EntryKind, SourceTree, TreeError, TreePath};
use std::collections::BTreeSet;

/// More ways to spell out braces than this are refused.
const MOST_ALTERNATIVES: usize = 64;

/// A pattern that cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadPattern;

/// Does a path have to be looked for, rather than be opened?
pub(super) fn is_pattern(path: &str) -> bool {
    path.contains(['*', '?', '['])
}

enum Part {
    /// Any number of folders.
    AnyFolders,
    Named(String),
    One(Glob),
}

/// Finds the files of a tree that match a pattern, which is relative to the tree's root.
pub(super) fn find(
    tree: &dyn SourceTree,
    pattern: &str,
) -> Result<Result<BTreeSet<TreePath>, BadPattern>, TreeError> {
    let mut found = BTreeSet::new();
    let Ok(patterns) = alternatives(pattern) else {
        return Ok(Err(BadPattern));
    };
    for pattern in patterns {
        let Some(parts) = pattern.split('/').map(part).collect::<Option<Vec<_>>>() else {
            return Ok(Err(BadPattern));
        };
        walk(tree, &TreePath::root(), &parts, &mut found)?;
    }
    Ok(Ok(found))
}

fn part(text: &str) -> Option<Part> {
    match text {
        "**" => Some(Part::AnyFolders),
        text if !text.contains(['*', '?', '[', '{', '\\']) => Some(Part::Named(text.to_owned())),
        text => Glob::gobwas(&text.replace("[^", "[!"), Some('/')).map(Part::One),
    }
}

fn walk(
    tree: &dyn SourceTree,
    folder: &TreePath,
    parts: &[Part],
    found: &mut BTreeSet<TreePath>,
) -> Result<(), TreeError> {
    let Some((part, rest)) = parts.split_first() else {
        return Ok(());
    };
    match part {
        Part::AnyFolders => walk(tree, folder, rest, found)?,
        Part::Named(name) => return step(tree, &folder.child(name), rest, found),
        Part::One(_) => {}
    }
    let entries = match tree.list(folder) {
        Err(error) if is_absence(&error) => return Ok(()),
        listed => listed?,
    };
    for entry in entries {
        let path = folder.child(&entry.name);
        let is_folder = entry.kind == EntryKind::Folder;
        match part {
            Part::AnyFolders if is_folder => walk(tree, &path, parts, found)?,
            Part::AnyFolders if rest.is_empty() => drop(found.insert(path)),
            Part::AnyFolders | Part::Named(_) => {}
            Part::One(glob) if !glob.matches(&entry.name) => {}
            Part::One(_) if is_folder => walk(tree, &path, rest, found)?,
            Part::One(_) if rest.is_empty() => drop(found.insert(path)),
            Part::One(_) => {}
        }
    }
    Ok(())
}

/// What has a name needs no listing: whatever else lies beside it does not matter.
fn step(
    tree: &dyn SourceTree,
    path: &TreePath,
    rest: &[Part],
    found: &mut BTreeSet<TreePath>,
) -> Result<(), TreeError> {
    match tree.kind(path) {
        Ok(EntryKind::Folder) => walk(tree, path, rest, found),
        Ok(_) if rest.is_empty() => {
            found.insert(path.clone());
            Ok(())
        }
        Err(error) if !is_absence(&error) => Err(error),
        _ => Ok(()),
    }
}

fn is_absence(error: &TreeError) -> bool {
    matches!(
        error,
        TreeError::NotFound(_) | TreeError::WrongKind { .. } | TreeError::Link { .. }
    )
}

/// The pattern with its outermost braces spelt out, so that each part stands for itself.
fn alternatives(pattern: &str) -> Result<Vec<String>, BadPattern> {
    let mut done = Vec::new();
    let mut open = vec![pattern.to_owned()];
    while let Some(pattern) = open.pop() {
        if done.len() + open.len() > MOST_ALTERNATIVES {
            return Err(BadPattern);
        }
        match braces(&pattern)? {
            None => done.push(pattern),
            Some((start, end)) => {
                let (before, after) = (&pattern[..start], &pattern[end + 1..]);
                let choices = choices(&pattern[start + 1..end]);
                open.extend(choices.map(|choice| format!("{before}{choice}{after}")));
            }
        }
    }
    Ok(done)
}

/// Where the first braces begin and end.
fn braces(pattern: &str) -> Result<Option<(usize, usize)>, BadPattern> {
    let Some(start) = pattern.find('{') else {
        return Ok(None);
    };
    let mut depth = 0;
    for (at, byte) in pattern.bytes().enumerate().skip(start) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok(Some((start, at)));
        }
    }
    Err(BadPattern)
}

/// What stands between the commas that are not in braces of their own.
fn choices(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    text.split(move |character| {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        character == ',' && depth == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::MemoryTree;

    #[test]
    fn patterns_find_files() {
        let files = [
            "a.yaml",
            "b.yml",
            "envs/dev.yaml",
            "envs/eu/prod.yaml",
            "envs/us/prod.yaml",
            "envs/us/notes.txt",
        ];
        let tree = MemoryTree::of(files.map(|name| (name, ""))).unwrap();
        let found = |pattern: &str| match find(&tree, pattern).unwrap() {
            Ok(found) => found
                .iter()
                .map(TreePath::to_string)
                .collect::<Vec<_>>()
                .join(" "),
            Err(BadPattern) => "bad".to_owned(),
        };
        let rows = [
            ("*.yaml", "a.yaml"),
            ("?.y*ml", "a.yaml b.yml"),
            ("[!a].y*", "b.yml"),
            ("[^a].y*", "b.yml"),
            ("envs/*.yaml", "envs/dev.yaml"),
            (
                "envs/**/*.yaml",
                "envs/dev.yaml envs/eu/prod.yaml envs/us/prod.yaml",
            ),
            ("**/prod.yaml", "envs/eu/prod.yaml envs/us/prod.yaml"),
            ("**/a.yaml", "a.yaml"),
            ("envs/{eu/*,dev*}.yaml", "envs/dev.yaml envs/eu/prod.yaml"),
            ("envs/us/**", "envs/us/notes.txt envs/us/prod.yaml"),
            ("none/*", ""),
            ("envs/us/{prod,none}.yaml", "envs/us/prod.yaml"),
            ("a.yaml/*", ""),
            ("[a", "bad"),
            ("{a,*", "bad"),
        ];
        for (pattern, expected) in rows {
            assert_eq!(found(pattern), expected, "{pattern}");
        }
    }
}
