//! Two single values, and Kubernetes' idea of their being equal.

use super::Walk;
use crate::{quantity, respelled};
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

/// How two single values compare.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Scalars {
    Equal,
    /// One may be the other, spelled anew by the server.
    Respelled,
    Different,
}

impl<'a> Walk<'a> {
    /// Compares two values of which at least one is no container.
    pub(super) fn scalar(&mut self, want: &'a Value, have: &'a Value) {
        match self.compare_scalars(want, have) {
            Scalars::Equal => {}
            Scalars::Respelled => self.suspect(Some(want), Some(have)),
            Scalars::Different => self.found(Some(want), Some(have), true),
        }
    }

    pub(super) fn compare_scalars(&self, want: &Value, have: &Value) -> Scalars {
        if equal(want, have) {
            return Scalars::Equal;
        }
        if have.is_null() && want == "" && self.facts.is_binary(&self.path) {
            return Scalars::Equal;
        }
        if is_container(want) || is_container(have) || have.is_null() {
            return Scalars::Respelled;
        }
        if self.in_text_map() {
            return self.compare_texts(want, have);
        }
        if self.facts.is_quantity(&self.path) && quantity::same(want, have) {
            return Scalars::Equal;
        }
        if self.facts.is_duration(&self.path) && respelled::same_duration(want, have) {
            return Scalars::Equal;
        }
        match respelled::possible(want, have) {
            true => Scalars::Respelled,
            false => Scalars::Different,
        }
    }

    fn compare_texts(&self, want: &Value, have: &Value) -> Scalars {
        match (want, have) {
            (Value::String(want), Value::String(have)) => {
                let same = self.facts.is_binary(&self.path) && same_bytes(want, have);
                if same {
                    Scalars::Equal
                } else {
                    Scalars::Different
                }
            }
            // The server refuses anything else than text here; let it say so.
            _ => Scalars::Respelled,
        }
    }
}

/// Exact equality, but for numbers, which are equal by value.
pub(crate) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || (one.is_f64() != other.is_f64() && one.as_f64() == other.as_f64())
        }
        _ => one == other,
    }
}

fn is_container(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

/// Go's decoder: line breaks are skipped, padding must be there.
const DECODER: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

fn same_bytes(one: &str, other: &str) -> bool {
    let decode = |text: &str| {
        let bare: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
        DECODER.decode(bare).ok()
    };
    matches!((decode(one), decode(other)), (Some(one), Some(other)) if one == other)
}
