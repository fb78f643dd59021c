//! Small changes to a text, the same each time.
//!
//! Comes in: a seed, and the others. Goes out: the seed with a few bytes, words or lines changed, taken
//! out, doubled, or taken from another seed.

/// Makes mutations.
pub struct Mutations<'a> {
    state: u64,
    seeds: &'a [(String, Vec<u8>)],
    /// Words that mean something to what is fuzzed, or are hard to read.
    words: &'a [&'a [u8]],
}

impl<'a> Mutations<'a> {
    /// Mutations of the seed at a position.
    pub fn new(
        start: usize,
        at: usize,
        seeds: &'a [(String, Vec<u8>)],
        words: &'a [&'a [u8]],
    ) -> Self {
        let mut mutations = Self {
            state: (start as u64) << 32 | at as u64,
            seeds,
            words,
        };
        mutations.below(2);
        mutations
    }

    /// The bytes with one to four changes.
    pub fn mutated(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(3) {
            bytes = match self.below(7) {
                0 => self.with_bytes_flipped(bytes),
                1 => self.with_a_word(bytes),
                2 => self.without_a_part(bytes),
                3 => self.spliced(bytes),
                _ => self.with_lines_moved(bytes),
            };
        }
        bytes
    }

    fn with_bytes_flipped(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        for _ in 0..=self.below(4) {
            let (at, bit) = (self.below(bytes.len()), self.below(8));
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << bit;
            }
        }
        bytes
    }

    fn with_a_word(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        let (start, length) = (self.below(bytes.len() + 1), self.below(8));
        let end = bytes.len().min(start + length);
        let word = self.words[self.below(self.words.len())];
        bytes.splice(start..end, word.iter().copied());
        bytes
    }

    fn without_a_part(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        let (start, length) = (self.below(bytes.len() + 1), self.below(40));
        bytes.drain(start..bytes.len().min(start + length));
        bytes
    }

    /// The start of it with the end of another one.
    fn spliced(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        let other = &self.seeds[self.below(self.seeds.len())].1;
        bytes.truncate(self.below(bytes.len() + 1));
        bytes.extend_from_slice(&other[self.below(other.len() + 1)..]);
        bytes
    }

    /// Lines swapped, doubled, shifted, or taken from another one.
    fn with_lines_moved(&mut self, bytes: Vec<u8>) -> Vec<u8> {
        let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
        let (one, other) = (self.below(lines.len()), self.below(lines.len()));
        let seed = &self.seeds[self.below(self.seeds.len())].1;
        let theirs: Vec<&[u8]> = seed.split_inclusive(|byte| *byte == b'\n').collect();
        if lines.is_empty() || theirs.is_empty() {
            return bytes;
        }
        match self.below(4) {
            0 => lines.swap(one, other),
            1 => lines.insert(one, lines[other]),
            2 => lines[one] = lines[one].strip_prefix(b"  ").unwrap_or(lines[one]),
            _ => lines.insert(one, theirs[self.below(theirs.len())]),
        }
        lines.concat()
    }

    /// A number below a bound; 0 if there is none.
    fn below(&mut self, bound: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        match bound {
            0 => 0,
            bound => ((mixed ^ (mixed >> 31)) % bound as u64) as usize,
        }
    }
}
