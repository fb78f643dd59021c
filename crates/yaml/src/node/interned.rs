//! Texts that a document has again and again.
//!
//! Comes in: the text of a scalar. Goes out: the same, shared with an equal one that was met lately.
//! In a manifest most keys, and many values, repeat; this saves an allocation for each.

use std::sync::Arc;

/// Longer texts hardly repeat.
const LONGEST: usize = 24;
const SLOTS: usize = 128;

/// Texts met lately, each in the slot its bytes choose.
pub struct Interned {
    slots: Vec<Option<Arc<str>>>,
}

impl Default for Interned {
    fn default() -> Self {
        Self {
            slots: vec![None; SLOTS],
        }
    }
}

impl Interned {
    /// The text, shared if it can be.
    pub fn get(&mut self, text: &str) -> Arc<str> {
        if text.len() > LONGEST {
            return text.into();
        }
        let slot = &mut self.slots[slot_of(text)];
        match slot {
            Some(known) if **known == *text => known.clone(),
            _ => slot.insert(text.into()).clone(),
        }
    }
}

/// FNV-1a, cut to the number of slots.
fn slot_of(text: &str) -> usize {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash ^ (hash >> 16)) as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_short_texts_are_one() {
        let mut interned = Interned::default();
        let (first, second) = (interned.get("name"), interned.get("name"));
        assert!(Arc::ptr_eq(&first, &second));
        let long = "a text that is too long to repeat";
        let (first, second) = (interned.get(long), interned.get(long));
        assert_eq!((&*first, Arc::ptr_eq(&first, &second)), (long, false));
    }
}
