//! Where hostile repositories are built: on a small stack, one at a time, under watch.
//!
//! Comes in: files. Goes out: what the build made of them, and how much it read for that. A build
//! that does not end takes the process with it, since no thread can be stopped from outside.

use kustomize::load::Nowhere;
use kustomize::{Bounds, Options, Request, build};
use model::{Blob, Entry, EntryKind, MemoryTree, SourceTree, TreeError, TreePath};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// No build takes this long, however busy the machine is.
const LONGEST: Duration = Duration::from_secs(120);
/// No build needs this much memory, and all of them in one process do not either.
const MOST_MEMORY: u64 = 1536 << 20;
/// The stack Rust gives a thread, and so what a server's threads have.
const STACK: usize = 2 << 20;
/// The largest file the tree gives out, as that of a real repository.
const LARGEST_FILE: u64 = 10 << 20;

/// Builds one after the other, so that each has the memory for itself.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// A repository that means harm.
#[derive(Default)]
pub struct Repository {
    files: MemoryTree,
    options: Options,
}

/// What a build did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Effort {
    /// Questions to the tree.
    pub questions: usize,
    /// Bytes of files.
    pub bytes: u64,
}

impl Repository {
    /// A repository with this kustomization at its root.
    pub fn new(kustomization: impl AsRef<[u8]>) -> Self {
        Self::default().file("kustomization.yaml", kustomization)
    }

    /// With one file more.
    pub fn file(mut self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.files.write(&tree_path(path), content.as_ref());
        self
    }

    /// With one symbolic link more.
    pub fn link(mut self, path: &str, target: &str) -> Self {
        self.files.link(&tree_path(path), target);
        self
    }

    /// Built within these bounds.
    pub fn within(mut self, bounds: Bounds) -> Self {
        self.options.bounds = bounds;
        self
    }

    /// Builds a folder, which must give objects; tells how many, and their text.
    pub fn builds(self, folder: &str) -> (Vec<String>, Effort) {
        let (built, effort) = self.build(folder);
        (built.unwrap_or_else(|error| panic!("{error}")), effort)
    }

    /// Builds a folder, which must fail and say all of this.
    pub fn fails(self, folder: &str, says: &[&str]) -> Effort {
        let (built, effort) = self.build(folder);
        let error = built.expect_err("because the repository is hostile");
        let shown: String = error.chars().take(1000).collect();
        for phrase in says {
            assert!(error.contains(phrase), "{phrase:?} is not said by: {shown}");
        }
        effort
    }

    /// The text of each object, or the error.
    fn build(self, folder: &str) -> (Result<Vec<String>, String>, Effort) {
        let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tree_path(folder);
        let started = Instant::now();
        let outcome = watched(move || {
            let tree = CountingTree::of(self.files);
            let request = Request {
                tree: &tree,
                folder: &folder,
                options: &self.options,
                elsewhere: &Nowhere,
                parsed: None,
                edit: None,
            };
            let built = build(&request).map_err(|error| error.report());
            let texts = built.map(|built| {
                let objects = built.objects.iter();
                objects.map(|object| yaml::write(&object.value)).collect()
            });
            (texts, tree.effort())
        });
        println!(
            "{:?}, {:?}, {} MiB at most",
            started.elapsed(),
            outcome.1,
            peak_memory() >> 20
        );
        assert!(peak_memory() < MOST_MEMORY, "{} bytes", peak_memory());
        outcome
    }
}

fn tree_path(text: &str) -> TreePath {
    TreePath::parse(text).expect("a path of a tree")
}

/// Does something on a small stack, and ends the process if that does not end.
fn watched<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = channel();
    let worker = std::thread::Builder::new().stack_size(STACK);
    let worker = worker.spawn(move || sender.send(work()));
    let worker = worker.expect("a thread can be started");
    match receiver.recv_timeout(LONGEST) {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Disconnected) => match worker.join() {
            Err(panic) => std::panic::resume_unwind(panic),
            Ok(_) => unreachable!("a worker that does not panic sends"),
        },
        Err(RecvTimeoutError::Timeout) => {
            let name = std::thread::current().name().map(str::to_owned);
            eprintln!("{name:?} is still at work after {LONGEST:?}");
            std::process::abort()
        }
    }
}

/// The most memory this process ever had, in bytes; 0 where nobody tells.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kibibytes.unwrap_or(0) << 10
}

/// Counts what is asked of a tree, and refuses large files, as trees of real repositories do.
struct CountingTree {
    files: MemoryTree,
    questions: AtomicUsize,
    bytes: AtomicU64,
}

impl CountingTree {
    fn of(files: MemoryTree) -> Self {
        Self {
            files,
            questions: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
        }
    }

    fn effort(&self) -> Effort {
        Effort {
            questions: self.questions.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
        }
    }

    fn files(&self) -> &MemoryTree {
        self.questions.fetch_add(1, Ordering::Relaxed);
        &self.files
    }
}

impl SourceTree for CountingTree {
    fn list(&self, folder: &TreePath) -> Result<Vec<Entry>, TreeError> {
        self.files().list(folder)
    }

    fn entry(&self, path: &TreePath) -> Result<Entry, TreeError> {
        self.files().entry(path)
    }

    fn read(&self, file: &TreePath) -> Result<Blob, TreeError> {
        let blob = self.files().read(file)?;
        let size = blob.bytes.len() as u64;
        if size > LARGEST_FILE {
            return Err(TreeError::TooLarge {
                path: file.clone(),
                size,
                limit: LARGEST_FILE,
            });
        }
        self.bytes.fetch_add(size, Ordering::Relaxed);
        Ok(blob)
    }

    fn kind(&self, path: &TreePath) -> Result<EntryKind, TreeError> {
        self.files().kind(path)
    }

    fn real_path(&self, path: &TreePath) -> Result<TreePath, TreeError> {
        self.files().real_path(path)
    }
}
