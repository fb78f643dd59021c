//! What stands between `%` and the verb.

/// Flags, width and precision of one verb.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Flags {
    pub width: Option<usize>,
    pub precision: Option<usize>,
    pub minus: bool,
    pub plus: bool,
    pub sharp: bool,
    pub space: bool,
    pub zero: bool,
    /// `%+v`.
    pub plus_v: bool,
    /// `%#v`.
    pub sharp_v: bool,
}

impl Flags {
    /// With `%v`, `+` and `#` are no longer what they are with other verbs.
    pub fn for_verb(&mut self, verb: char) {
        if matches!(verb, 'v' | 'w') {
            self.sharp_v = std::mem::take(&mut self.sharp);
            self.plus_v = std::mem::take(&mut self.plus);
        }
    }
}
