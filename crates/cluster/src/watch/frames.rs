//! Chunks of a byte stream -> lines. A line within one chunk is handed on as it lies there; only
//! one that crosses chunks is copied, once.

use bytes::{Buf, Bytes, BytesMut};

/// Far above what etcd can store in one object; a longer line is no watch.
const LONGEST: usize = 64 << 20;

/// Cuts lines. Feed a chunk, then take lines until there is none.
#[derive(Default)]
pub(super) struct Frames {
    chunk: Bytes,
    begun: BytesMut,
}

impl Frames {
    /// The next chunk; the one before must be used up. False if a line grows beyond all measure.
    pub(super) fn feed(&mut self, chunk: Bytes) -> bool {
        debug_assert!(self.chunk.is_empty());
        self.chunk = chunk;
        self.begun.len() + self.chunk.len() <= LONGEST
    }

    /// The next whole line, without its newline.
    pub(super) fn next(&mut self) -> Option<Bytes> {
        let Some(end) = memchr::memchr(b'\n', &self.chunk) else {
            self.begun.extend_from_slice(&self.chunk);
            self.chunk.clear();
            return None;
        };
        let line = self.chunk.split_to(end);
        self.chunk.advance(1);
        if self.begun.is_empty() {
            return Some(line);
        }
        self.begun.extend_from_slice(&line);
        // Taken, not split: a big line's buffer goes with the line.
        Some(std::mem::take(&mut self.begun).freeze())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(chunks: &[&'static str]) -> Vec<Bytes> {
        let mut frames = Frames::default();
        let mut lines = Vec::new();
        for chunk in chunks {
            assert!(frames.feed(Bytes::from_static(chunk.as_bytes())));
            lines.extend(std::iter::from_fn(|| frames.next()));
        }
        lines
    }

    #[test]
    fn lines_come_out_whole_however_the_stream_is_cut() {
        assert_eq!(
            lines(&["ab\ncd\n", "e", "", "f", "\ng\n", "open"]),
            ["ab", "cd", "ef", "g"]
        );
        let text = "first\nsecond\n\nfourth\n";
        for cut in 0..text.len() {
            let (head, tail) = text.split_at(cut);
            assert_eq!(
                lines(&[head, tail]),
                ["first", "second", "", "fourth"],
                "cut at {cut}"
            );
        }
    }

    #[test]
    fn a_line_within_a_chunk_is_not_copied() {
        let chunk = Bytes::from_static(b"abc\ndef\n");
        let mut frames = Frames::default();
        frames.feed(chunk.clone());
        assert_eq!(frames.next().unwrap().as_ptr(), chunk.as_ptr());
    }
}
