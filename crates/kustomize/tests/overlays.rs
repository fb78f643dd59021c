//! Small overlays of our own, one behaviour each, with what the real kustomize makes of them.
//!
//! `overlays/NAME/input` is what is built (its folder `top`, if there is one), under the flags of the
//! file `flags`. `expected.yaml` is what the real tool prints; where it fails, `expected.err` is its
//! complaint and `says` has the phrases that ours must hold. `CARETAKER_BLESS=1`, with
//! `CARETAKER_TESTBED_BIN` naming a folder with the real tool, writes the first two anew.

mod folder;
mod real;

use kustomize::load::{Nowhere, Restrictions};
use kustomize::{Options, Order, Request, build};
use model::TreePath;
use real::Kustomize;
use std::fs;
use std::path::{Path, PathBuf};

struct Overlay {
    name: String,
    folder: PathBuf,
}

#[test]
fn overlays_build_as_the_real_tool_builds_them() {
    let overlays = overlays();
    if std::env::var_os("CARETAKER_BLESS").is_some() {
        let real = Kustomize::find().expect("set CARETAKER_TESTBED_BIN to bless overlays");
        overlays.iter().for_each(|overlay| overlay.bless(&real));
    }
    let failed = overlays
        .iter()
        .filter_map(|overlay| Some(format!("{}: {}", overlay.name, overlay.check().err()?)));
    let failed: Vec<String> = failed.collect();
    println!("overlays: {}, wrong: {}", overlays.len(), failed.len());
    assert!(failed.is_empty(), "\n{}", failed.join("\n\n"));
    assert!(overlays.len() > 150, "overlays are missing");
}

fn overlays() -> Vec<Overlay> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/overlays");
    let entries = fs::read_dir(folder).expect("the overlays are here");
    let mut overlays: Vec<Overlay> = entries
        .map(|entry| entry.expect("an entry"))
        .map(|entry| Overlay {
            name: entry.file_name().to_string_lossy().into_owned(),
            folder: entry.path(),
        })
        .collect();
    overlays.sort_by(|one, other| one.name.cmp(&other.name));
    overlays
}

impl Overlay {
    fn text(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(file)).ok()
    }

    fn flags(&self) -> String {
        self.text("flags").unwrap_or_default()
    }

    fn top(&self) -> &'static str {
        match self.folder.join("input/top").is_dir() {
            true => "top",
            false => "",
        }
    }

    fn check(&self) -> Result<(), String> {
        match (self.build(), self.text("expected.yaml")) {
            (Ok(text), Some(expected)) if text == expected => Ok(()),
            (Ok(text), Some(expected)) => Err(difference(&expected, &text)),
            (Ok(text), None) => Err(format!("should fail, but gives\n{text}")),
            (Err(error), Some(_)) => Err(format!("should build, but fails: {error}")),
            (Err(error), None) => self.check_words(&error),
        }
    }

    fn check_words(&self, error: &str) -> Result<(), String> {
        let says = self
            .text("says")
            .ok_or(format!("write into `says` what matters of: {error}"))?;
        match says.lines().find(|phrase| !error.contains(phrase)) {
            Some(phrase) => Err(format!("{phrase:?} is not said by: {error}")),
            None => Ok(()),
        }
    }

    fn build(&self) -> Result<String, String> {
        let tree = folder::tree_of(&self.folder.join("input"));
        let folder = TreePath::parse(self.top()).expect("a folder");
        let request = Request {
            tree: &tree,
            folder: &folder,
            options: &self.options(),
            elsewhere: &Nowhere,
            parsed: None,
            edit: None,
        };
        let built = build(&request).map_err(|error| error.report())?;
        Ok(built.to_yaml())
    }

    fn options(&self) -> Options {
        let flags = self.flags();
        Options {
            order: match flags.contains("--reorder none") {
                true => Order::AsRead,
                false => Order::Legacy,
            },
            restrictions: match flags.contains("LoadRestrictionsNone") {
                true => Restrictions::None,
                false => Restrictions::RootOnly,
            },
            on_disk: true,
            ..Options::default()
        }
    }

    fn bless(&self, real: &Kustomize) {
        let input = self.folder.join("input");
        let result = real.build(self.flags().split_whitespace(), &input.join(self.top()));
        let (file, other, text) = match result {
            Ok(text) => ("expected.yaml", "expected.err", text),
            Err(text) => ("expected.err", "expected.yaml", lasting(&text)),
        };
        let text = text.replace(&*input.to_string_lossy(), "");
        fs::write(self.folder.join(file), text).expect("it can be written");
        let _ = fs::remove_file(self.folder.join(other));
    }
}

/// What is the same in every run: no addresses in memory, and of a crash the first line.
fn lasting(complaint: &str) -> String {
    let crash = complaint.lines().find(|line| line.starts_with("panic: "));
    let complaint = crash.map_or(complaint.to_owned(), |line| format!("{line}\n"));
    let addresses = regex::Regex::new("0x[0-9a-f]+").expect("a pattern");
    addresses.replace_all(&complaint, "0x0").into_owned()
}

/// The first lines that differ, and how far down.
fn difference(expected: &str, found: &str) -> String {
    let pairs = expected.lines().zip(found.lines());
    let same = pairs.take_while(|(one, other)| one == other).count();
    let from = |text: &str| {
        let lines = text.lines().skip(same.saturating_sub(2)).take(6);
        lines.map(|line| format!("  {line}\n")).collect::<String>()
    };
    format!(
        "line {} differs; expected:\n{}found:\n{}",
        same + 1,
        from(expected),
        from(found)
    )
}
