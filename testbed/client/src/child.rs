//! A child process that says when it is ready and cannot outlive us.
//!
//! In: a command that prints one line when it is ready and ends when its stdin does. Out: that line. However this process
//! ends, the kernel closes the pipe, so nothing is left running.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

pub(crate) struct BoundChild {
    child: Child,
    stdin: Option<ChildStdin>,
    /// Kept open: a program that prints to a closed pipe is ended by it.
    _stdout: BufReader<ChildStdout>,
}

impl BoundChild {
    /// Starts the command and waits for its line. The error is what it said on stderr.
    pub(crate) fn start(command: &mut Command) -> Result<(BoundChild, String), String> {
        let mut errors =
            tempfile::tempfile().map_err(|e| format!("cannot make a temporary file: {e}"))?;
        let stderr: File = errors
            .try_clone()
            .map_err(|e| format!("cannot share a temporary file: {e}"))?;
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(stderr)
            .spawn()
            .map_err(|e| format!("cannot start {}: {e}", command.get_program().display()))?;
        let stdin = child.stdin.take();
        let mut stdout = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
        let mut line = String::new();
        let read = stdout.read_line(&mut line);
        if matches!(read, Ok(count) if count > 0) {
            return Ok((
                BoundChild {
                    child,
                    stdin,
                    _stdout: stdout,
                },
                line.trim_end().to_owned(),
            ));
        }
        drop(stdin);
        let status = child.wait();
        let mut text = String::new();
        let _ = errors
            .rewind()
            .and_then(|()| errors.read_to_string(&mut text));
        let status = status.map_or_else(|e| e.to_string(), |s| s.to_string());
        Err(format!(
            "{command:?} ended before it was ready ({status}): {}",
            text.trim_end()
        ))
    }
}

impl Drop for BoundChild {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let patience = Instant::now() + Duration::from_secs(10);
        while Instant::now() < patience {
            match self.child.try_wait() {
                Ok(None) => std::thread::sleep(Duration::from_millis(5)),
                _ => return,
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
