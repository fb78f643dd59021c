//! A content digest: what lets two things be called the same without looking at them again.

use std::fmt;

/// 32 bytes that stand for content. Equal digests mean equal content; digests of different
/// makers (Git object ids, BLAKE3) never meet because each is mixed with its maker's name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Digest of raw bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// Digest of several parts; part boundaries count.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(*hasher.finalize().as_bytes())
    }

    /// Digest of a JSON value, by its compact text (object keys are sorted by the value type).
    pub fn of_json(value: &serde_json::Value) -> Self {
        let mut hasher = blake3::Hasher::new();
        // Writing into a hasher cannot fail, and a Value always serialises.
        let _ = serde_json::to_writer(HashWriter(&mut hasher), value);
        Self(*hasher.finalize().as_bytes())
    }

    /// Digest that stands for a Git object id (SHA-1 or SHA-256), without reading the object.
    pub fn of_git_object(id: &[u8]) -> Self {
        Self::of_parts([b"git".as_slice(), id])
    }

    /// The raw bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

struct HashWriter<'a>(&'a mut blake3::Hasher);

impl std::io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl fmt::Display for Digest {
    /// The first 12 bytes in hex: enough for people and logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0[..12]
            .iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}
