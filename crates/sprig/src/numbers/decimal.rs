//! Decimal numbers of any length. Source: shopspring/decimal 1.4.

use gotemplate::FunctionError;
use num_bigint::{BigInt, Sign};
use std::cmp::Ordering;

/// A whole number times a power of ten.
#[derive(Clone, Debug)]
pub(super) struct Decimal {
    value: BigInt,
    exponent: i64,
}

/// So many digits of a quotient stand behind the point.
const PRECISION: i64 = 16;

/// Results are floats: digits further out than this change nothing, and only many factors reach it.
const LONGEST: i64 = 100_000;

impl Decimal {
    /// The shortest decimal that reads as this float.
    pub fn of(number: f64) -> Result<Self, FunctionError> {
        if !number.is_finite() {
            let printed = if number.is_nan() {
                "NaN"
            } else if number > 0.0 {
                "+Inf"
            } else {
                "-Inf"
            };
            let message = format!("Cannot create a Decimal from {printed}");
            return Err(FunctionError::new(message));
        }
        let text = format!("{number:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let places = mantissa
            .split_once('.')
            .map_or(0, |(_, places)| places.len());
        Ok(Self {
            value: mantissa.replace('.', "").parse().unwrap_or_default(),
            exponent: exponent.parse().unwrap_or(0) - i64::try_from(places).unwrap_or(0),
        })
    }

    pub fn add(&self, other: &Self) -> Result<Self, FunctionError> {
        let (a, b, exponent) = self.aligned(other)?;
        let value = a + b;
        Ok(Self { value, exponent })
    }

    pub fn sub(&self, other: &Self) -> Result<Self, FunctionError> {
        let (a, b, exponent) = self.aligned(other)?;
        let value = a - b;
        Ok(Self { value, exponent })
    }

    pub fn mul(&self, other: &Self) -> Result<Self, FunctionError> {
        let value = &self.value * &other.value;
        let exponent = self.exponent + other.exponent;
        check(exponent)?;
        Ok(Self { value, exponent })
    }

    /// Rounded half away from zero.
    pub fn div(&self, other: &Self) -> Result<Self, FunctionError> {
        if other.value.sign() == Sign::NoSign {
            return Err(FunctionError::new("decimal division by 0"));
        }
        let shift = self.exponent - other.exponent + PRECISION;
        check(shift)?;
        let (dividend, divisor) = match shift {
            ..0 => (self.value.clone(), &other.value * ten_to(-shift)),
            _ => (&self.value * ten_to(shift), other.value.clone()),
        };
        let mut value = &dividend / &divisor;
        let twice: BigInt = (&dividend - &value * &divisor) * 2;
        if twice.magnitude().cmp(divisor.magnitude()) != Ordering::Less {
            let negative = (dividend.sign() == Sign::Minus) != (divisor.sign() == Sign::Minus);
            value += if negative { -1 } else { 1 };
        }
        let exponent = -PRECISION;
        Ok(Self { value, exponent })
    }

    /// The nearest float; infinity if there is none.
    pub fn to_float(&self) -> f64 {
        let text = format!("{}e{}", self.value, self.exponent);
        text.parse().unwrap_or(0.0)
    }

    /// Both values at the lower of the exponents.
    fn aligned(&self, other: &Self) -> Result<(BigInt, BigInt, i64), FunctionError> {
        let exponent = self.exponent.min(other.exponent);
        check(self.exponent.max(other.exponent) - exponent)?;
        let at = |number: &Self| &number.value * ten_to(number.exponent - exponent);
        Ok((at(self), at(other), exponent))
    }
}

fn check(exponent: i64) -> Result<(), FunctionError> {
    let fits = (-LONGEST..=LONGEST).contains(&exponent);
    fits.then_some(())
        .ok_or_else(|| FunctionError::new(format!("exponent {exponent} is too large")))
}

fn ten_to(exponent: i64) -> BigInt {
    BigInt::from(10).pow(u32::try_from(exponent).unwrap_or(0))
}
