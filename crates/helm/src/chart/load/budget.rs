//! What is left of the limits while a chart and all it vendors are loaded.

use crate::chart::{Limits, LoadError};

pub(super) struct Budget<'a> {
    pub limits: &'a Limits,
    bytes: u64,
    entries: usize,
}

impl<'a> Budget<'a> {
    pub fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            bytes: limits.total_bytes,
            entries: limits.entries,
        }
    }

    /// Bytes that may still come.
    pub fn bytes_left(&self) -> u64 {
        self.bytes
    }

    /// Takes a file or folder in.
    pub fn entry(&mut self) -> Result<(), LoadError> {
        let too_many = LoadError::TooManyEntries(self.limits.entries);
        self.entries = self.entries.checked_sub(1).ok_or(too_many)?;
        Ok(())
    }

    /// Takes the bytes of a file in.
    pub fn bytes(&mut self, bytes: u64) -> Result<(), LoadError> {
        let too_large = LoadError::TooLarge(self.limits.total_bytes);
        self.bytes = self.bytes.checked_sub(bytes).ok_or(too_large)?;
        Ok(())
    }

    /// May charts stand this deep in charts?
    pub fn charts_deep(&self, depth: usize) -> Result<(), LoadError> {
        let limit = self.limits.charts_deep;
        let what = "charts";
        match depth > limit {
            true => Err(LoadError::TooDeep { what, limit }),
            false => Ok(()),
        }
    }
}
