//! Quantities in the form they are kept in.
//!
//! In: `0.5`, `1000m`, `1024Ki`. Out: `500m`, `1`, `1Mi`: no fraction, the largest unit that needs
//! none. Source: apimachinery 1.36, api/resource.

const DECIMAL: [(&str, i32); 10] = [
    ("n", -9),
    ("u", -6),
    ("m", -3),
    ("", 0),
    ("k", 3),
    ("M", 6),
    ("G", 9),
    ("T", 12),
    ("P", 15),
    ("E", 18),
];
const BINARY: [&str; 6] = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/// The form it is kept in.
pub fn canonical(text: &str) -> Result<String, String> {
    let (nanos, is_binary) =
        read(text).ok_or_else(|| format!("cannot read {text:?} as a quantity"))?;
    Ok(if is_binary {
        binary(nanos)
    } else {
        in_decimal(nanos)
    })
}

/// How much it is, in units of a billionth.
pub fn nanos(text: &str) -> Option<i128> {
    read(text).map(|(nanos, _)| nanos)
}

fn read(text: &str) -> Option<(i128, bool)> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = &text[digits.len()..];
    // Nano units, the finest there are.
    let nanos = decimal(digits)?;
    if let Some(at) = BINARY.iter().position(|binary| *binary == unit) {
        let power = 10 * (u32::try_from(at).unwrap_or(0) + 1);
        return Some((nanos.checked_mul(1i128 << power)?, true));
    }
    let exponent = match unit {
        "" => 0,
        unit => DECIMAL.iter().find(|(name, _)| *name == unit)?.1,
    };
    let factor = 10i128.checked_pow(exponent.unsigned_abs())?;
    let nanos = match exponent < 0 {
        true => nanos / factor,
        false => nanos.checked_mul(factor)?,
    };
    Some((nanos, false))
}

fn decimal(text: &str) -> Option<i128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let negative = whole.starts_with('-');
    let digits = format!("{:0<9}", fraction.get(..fraction.len().min(9))?);
    let whole = whole.trim_start_matches(['-', '+']);
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole: i128 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let fraction: i128 = digits.parse().ok()?;
    let nanos = whole.checked_mul(1_000_000_000)?.checked_add(fraction)?;
    Some(if negative { -nanos } else { nanos })
}

fn in_decimal(nanos: i128) -> String {
    if nanos == 0 {
        return "0".into();
    }
    let fits = |exponent: i32| {
        let exponent = u32::try_from(exponent + 9).unwrap_or(0);
        10i128
            .checked_pow(exponent)
            .filter(|unit| nanos % unit == 0)
    };
    let units = DECIMAL.iter().rev();
    let found = units
        .into_iter()
        .find_map(|(unit, exponent)| Some((unit, fits(*exponent)?)));
    found.map_or_else(
        || nanos.to_string(),
        |(unit, size)| format!("{}{unit}", nanos / size),
    )
}

fn binary(nanos: i128) -> String {
    let whole = nanos / 1_000_000_000;
    if nanos % 1_000_000_000 != 0 || whole == 0 {
        return in_decimal(nanos);
    }
    let fits = (1..=6u32)
        .rev()
        .find(|power| whole % (1i128 << (10 * power)) == 0);
    match fits {
        Some(power) => format!("{}{}", whole >> (10 * power), BINARY[power as usize - 1]),
        None => whole.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn the_largest_unit_without_a_fraction() {
        let cases = [
            ("0.5", "500m"),
            ("1000m", "1"),
            ("1024Ki", "1Mi"),
            ("1500Mi", "1500Mi"),
            ("100m", "100m"),
            ("2000", "2k"),
            ("0", "0"),
            ("1.5Gi", "1536Mi"),
        ];
        for (given, kept) in cases {
            assert_eq!(canonical(given).as_deref(), Ok(kept), "{given}");
        }
    }
}
