//! What the process says when it ends. Scripts rely on these numbers: they only ever grow.

/// All went as asked.
pub const OK: u8 = 0;
/// There is a difference, or the outcome is not a good one: a sync failed.
pub const DIFFERS: u8 = 1;
/// The command line, or a file it names, is wrong.
pub const USAGE: u8 = 2;
/// Something needed cannot be reached, is not there, or may not be read.
pub const UNAVAILABLE: u8 = 3;
/// It did not happen in time.
pub const TIMEOUT: u8 = 4;
/// Refused: another operation is in progress.
pub const BUSY: u8 = 5;
/// Anything else that went wrong, as in a source that cannot be rendered.
pub const FAILED: u8 = 6;

/// The list at the end of `--help`.
pub const HELP: &str = "\
Exit codes:
  0  all went as asked
  1  there is a difference, or the outcome is not a good one
  2  the command line, or a file it names, is wrong
  3  something cannot be reached, is not there, or may not be read
  4  it did not happen in time
  5  refused: another operation is in progress
  6  anything else that went wrong";
