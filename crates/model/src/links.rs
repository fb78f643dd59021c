//! Symbolic links, followed inside a tree and never out of it.
//!
//! Comes in: a path, and a way to look at one place without following it. Goes out: the path with
//! every link on the way replaced by what it points at. Each source tree uses this one walk, so no
//! tree has its own idea of what "outside" means.

use crate::{TreeError, TreePath};

/// What stands at one place of a tree, looked at without following it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// A file, a folder or a submodule.
    Plain,
    /// A symbolic link, with its target as written.
    Link(String),
}

/// Replaces every symbolic link on `path` by its target, at most `limit` times.
///
/// `look` answers what stands at a place whose parents are already free of links, or `NotFound`.
pub fn follow_links(
    path: &TreePath,
    limit: usize,
    mut look: impl FnMut(&TreePath) -> Result<Place, TreeError>,
) -> Result<TreePath, TreeError> {
    let mut ahead: Vec<String> = parts_backwards(path.as_str()).collect();
    let mut here = TreePath::root();
    let mut followed = 0;
    let mut last_link = path.clone();
    while let Some(part) = ahead.pop() {
        if part == ".." {
            if here.is_root() {
                return Err(refused(&last_link, "it leads outside the repository"));
            }
            here = here.parent();
            continue;
        }
        let place = here.child(&part);
        match look(&place)? {
            Place::Plain => here = place,
            Place::Link(_) if followed == limit => {
                let reason = format!("more than {limit} links lead from one to the next");
                return Err(refused(&place, &reason));
            }
            Place::Link(target) if target.starts_with('/') => {
                return Err(refused(
                    &place,
                    &format!("{target:?} is outside the repository"),
                ));
            }
            Place::Link(target) => {
                followed += 1;
                ahead.extend(parts_backwards(&target));
                last_link = place;
            }
        }
    }
    Ok(here)
}

fn parts_backwards(target: &str) -> impl Iterator<Item = String> + '_ {
    target
        .rsplit('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .map(str::to_owned)
}

fn refused(link: &TreePath, reason: &str) -> TreeError {
    TreeError::Link {
        path: link.clone(),
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow(path: &str, links: &[(&str, &str)]) -> Result<String, String> {
        follow_links(&TreePath::parse(path).unwrap(), 8, |place| {
            let link = links.iter().find(|(at, _)| *at == place.as_str());
            Ok(link.map_or(Place::Plain, |(_, target)| {
                Place::Link((*target).to_owned())
            }))
        })
        .map(|path| path.to_string())
        .map_err(|error| error.to_string())
    }

    #[test]
    fn links_in_files_and_folders_are_replaced() {
        assert_eq!(follow("a/b", &[]).unwrap(), "a/b");
        assert_eq!(follow("a/b", &[("a/b", "../c")]).unwrap(), "c");
        assert_eq!(
            follow("a/b/d", &[("a", "x/y"), ("x/y/b", "./z")]).unwrap(),
            "x/y/z/d"
        );
        assert_eq!(
            follow("l", &[("l", "m/../n"), ("m", "p/q")]).unwrap(),
            "p/n"
        );
    }

    #[test]
    fn links_out_of_the_tree_are_refused() {
        let outside = follow("a/b", &[("a/b", "../../etc/passwd")]).unwrap_err();
        assert_eq!(
            outside,
            "symbolic link a/b cannot be followed: it leads outside the repository"
        );
        let absolute = follow("a", &[("a", "/etc/passwd")]).unwrap_err();
        assert_eq!(
            absolute,
            "symbolic link a cannot be followed: \"/etc/passwd\" is outside the repository"
        );
    }

    #[test]
    fn circles_end() {
        let circle = follow("a", &[("a", "b"), ("b", "a")]).unwrap_err();
        assert!(circle.contains("more than 8 links"), "{circle}");
    }
}
