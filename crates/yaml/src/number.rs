//! Floats on their way through JSON and through Go's `%g`.
//!
//! Comes in: an `f64`. Goes out: the number JSON text would carry, or the text Go prints.
//! Between YAML and an object Kubernetes always puts JSON, and JSON has one kind of number: a float
//! without a fraction is written as an integer and comes back as one (`7.2225e6` is 7222500).

use serde_json::Number;

/// The number that is left of a finite float after it was written as JSON and read again.
pub fn through_json(float: f64) -> Option<Number> {
    if float == 0.0 {
        return Some(0.into());
    }
    if float.fract() == 0.0 && float.abs() < 1e21 {
        // Shortest digits, filled up with zeros: not always the float's exact value.
        let digits = Shortest::of_f64(float).decimal();
        if let Ok(integer) = digits.parse::<i64>() {
            return Some(integer.into());
        }
        if let Ok(integer) = digits.parse::<u64>() {
            return Some(integer.into());
        }
    }
    Number::from_f64(float)
}

/// Go's `strconv.FormatFloat(float, 'g', -1, 64)` of a finite float.
pub fn go_text(float: f64) -> String {
    Shortest::of_f64(float).general()
}

/// The same with 32 bits, which is how a float that stands as a mapping key is spelled.
pub fn go_text_of_key(float: f64) -> String {
    match float as f32 {
        float if float.is_nan() => ".nan".into(),
        f32::INFINITY => ".inf".into(),
        f32::NEG_INFINITY => "-.inf".into(),
        float => Shortest::of_f32(float).general(),
    }
}

/// The fewest digits that tell a finite float from its neighbours, as `d.ddd` times a power of
/// ten. Of two such texts at the same distance the even one, as Go has it; the standard library
/// takes the other, so these are serde_json's.
struct Shortest {
    negative: bool,
    digits: String,
    exponent: i32,
}

impl Shortest {
    fn of_f64(float: f64) -> Self {
        Self::of_json(&serde_json::json!(float).to_string())
    }

    fn of_f32(float: f32) -> Self {
        Self::of_json(&serde_json::to_string(&float).unwrap_or_default())
    }

    fn of_json(text: &str) -> Self {
        let (negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (mantissa, power) = text.split_once('e').unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_start_matches('0');
        let leading_zeros = all.len() - digits.len();
        let exponent = match digits {
            "" => 0,
            _ => power.parse().unwrap_or(0) + whole.len() as i32 - 1 - leading_zeros as i32,
        };
        Self {
            negative,
            digits: digits.trim_end_matches('0').to_owned(),
            exponent,
        }
    }

    /// `%g`: the exponent form from 1e+06 up and from 1e-05 down.
    fn general(&self) -> String {
        if (-4..6).contains(&self.exponent) {
            self.decimal()
        } else {
            self.scientific()
        }
    }

    fn scientific(&self) -> String {
        let (first, rest) = self.digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        let sign = if self.exponent < 0 { '-' } else { '+' };
        format!(
            "{}{first}{point}{rest}e{sign}{:02}",
            self.sign(),
            self.exponent.abs()
        )
    }

    fn decimal(&self) -> String {
        let (sign, digits) = (self.sign(), &self.digits);
        if self.exponent < 0 {
            let zeros = "0".repeat((-1 - self.exponent) as usize);
            return format!("{sign}0.{zeros}{digits}");
        }
        let before_point = self.exponent as usize + 1;
        match digits.split_at_checked(before_point) {
            Some((whole, "")) => format!("{sign}{whole}"),
            Some((whole, fraction)) => format!("{sign}{whole}.{fraction}"),
            None => format!("{sign}{digits}{}", "0".repeat(before_point - digits.len())),
        }
    }

    fn sign(&self) -> &'static str {
        if self.negative { "-" } else { "" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_print_as_go_prints_them() {
        for (float, text) in [
            (1e6, "1e+06"),
            (999_999.0, "999999"),
            (1_234_567.5, "1.2345675e+06"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (0.0, "0"),
            (-0.0, "-0"),
            (-12.5, "-12.5"),
            (1.5e300, "1.5e+300"),
            (5e-324, "5e-324"),
            (917_989_042_605_066.2, "9.179890426050662e+14"),
        ] {
            assert_eq!(go_text(float), text);
        }
        assert_eq!(go_text_of_key(0.1), "0.1");
        assert_eq!(go_text_of_key(1e300), ".inf");
        assert_eq!(go_text_of_key(16_777_217.0), "1.6777216e+07");
    }

    #[test]
    fn a_float_without_a_fraction_becomes_an_integer() {
        assert_eq!(through_json(7.2225e6), Some(7_222_500.into()));
        assert_eq!(through_json(-0.0), Some(0.into()));
        let two_to_63 = 9_223_372_036_854_776_000_u64;
        assert_eq!(
            through_json(9_223_372_036_854_775_808.0),
            Some(two_to_63.into())
        );
        assert!(through_json(18_446_744_073_709_551_616.0).is_some_and(|n| n.is_f64()));
        assert_eq!(through_json(f64::NAN), None);
    }
}
