//! Prints what `kustomize build FOLDER` prints.
//!
//!     build [--reorder none] [--load-restrictor LoadRestrictionsNone] FOLDER
//!     build --batch
//!
//! With `--batch`, each line of stdin is `FLAGS<TAB>FOLDER<TAB>FILE`: the text goes to FILE.out, the
//! complaint to FILE.err, and a line with `ok`, `failed` or `panicked` and the microseconds to stdout.

mod disk_tree;

use disk_tree::DiskTree;
use kustomize::ParsedFiles;
use kustomize::load::{Nowhere, Restrictions};
use kustomize::{Options, Order, Request, build};
use model::TreePath;
use std::io::{BufRead, Write};
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == ["--batch"] {
        batch();
        return ExitCode::SUCCESS;
    }
    let Some((folder, flags)) = arguments.split_last() else {
        eprintln!("name the folder to build");
        return ExitCode::from(2);
    };
    match built(&flags.join(" "), folder, None) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(complaint) => {
            eprintln!("{complaint}");
            ExitCode::FAILURE
        }
    }
}

fn built(flags: &str, folder: &str, parsed: Option<&ParsedFiles>) -> Result<String, String> {
    let folder = std::path::absolute(folder).map_err(|error| error.to_string())?;
    let folder = TreePath::parse(folder.to_string_lossy().trim_start_matches('/'));
    let request = Request {
        tree: &DiskTree,
        folder: &folder.map_err(|error| error.to_string())?,
        options: &options(flags),
        elsewhere: &Nowhere,
        parsed,
        edit: None,
    };
    match build(&request) {
        Ok(built) => Ok(built.to_yaml()),
        Err(error) => Err(error.report()),
    }
}

fn options(flags: &str) -> Options {
    Options {
        on_disk: true,
        order: match flags.contains("--reorder none") {
            true => Order::AsRead,
            false => Order::Legacy,
        },
        restrictions: match flags.contains("LoadRestrictionsNone") {
            true => Restrictions::None,
            false => Restrictions::RootOnly,
        },
        ..Options::default()
    }
}

fn batch() {
    let parsed = ParsedFiles::new(64 << 20);
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let parts: Vec<&str> = line.split('\t').collect();
        let [flags, folder, file] = parts[..] else {
            panic!("not `FLAGS<TAB>FOLDER<TAB>FILE`: {line}");
        };
        let start = Instant::now();
        let result = std::panic::catch_unwind(|| built(flags, folder, Some(&parsed)));
        let took = start.elapsed().as_micros();
        let (word, ending, text) = match result {
            Ok(Ok(text)) => ("ok", "out", text),
            Ok(Err(complaint)) => ("failed", "err", complaint),
            Err(_) => ("panicked", "err", "panicked".to_owned()),
        };
        std::fs::write(format!("{file}.{ending}"), text).expect("the result can be written");
        println!("{word}\t{took}");
        std::io::stdout().flush().expect("stdout is open");
    }
}
