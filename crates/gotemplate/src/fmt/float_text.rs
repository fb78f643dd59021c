//! Floating-point numbers as Go's `strconv.FormatFloat` writes them.
//!
//! Comes in: a number, one of the forms `e E f g G b x X`, and how many digits, or none for as few
//! as name the number. Source: Go 1.26, internal/strconv/ftoa.go.

/// More digits than this no `float64` has after its point; what follows are zeros.
const MOST_DIGITS: usize = 1100;

/// Go's `strconv.FormatFloat`, for 64 bits.
pub fn format_float(number: f64, form: u8, precision: Option<usize>) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    let sign = match number.is_sign_negative() {
        true => "-",
        false => "",
    };
    if number.is_infinite() {
        return format!("{}Inf", if sign.is_empty() { "+" } else { sign });
    }
    let number = number.abs();
    let text = match form {
        b'e' | b'E' => with_exponent(&Digits::of(number, precision), precision, form),
        b'f' => plain(number, precision),
        b'b' => binary(number),
        b'x' | b'X' => hexadecimal(number, precision, form),
        b'G' => general(number, precision, b'E'),
        _ => general(number, precision, b'e'),
    };
    format!("{sign}{text}")
}

/// Decimal digits, and where the point lies: `0.digits * 10^point`. Zero has no digits.
struct Digits {
    digits: String,
    point: i32,
}

impl Digits {
    /// With so many digits after the first, or as few as name the number.
    fn of(number: f64, after_first: Option<usize>) -> Self {
        match after_first {
            Some(many) => Self::parse(&format!("{:.*e}", many.min(MOST_DIGITS), number)),
            None => Self::shortest(number),
        }
    }

    /// As few digits as name the number. Of two that are equally near, Go takes the even one.
    fn shortest(number: f64) -> Self {
        let digits = Self::parse(&format!("{number:e}"));
        // With fewer digits there are no two.
        if digits.digits.len() < 15 {
            return digits;
        }
        let even = format!("{:.*e}", digits.digits.len() - 1, number);
        match even.parse() == Ok(number) {
            true => Self::parse(&even),
            false => digits,
        }
    }

    fn parse(text: &str) -> Self {
        let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let digits = digits.replace('.', "");
        let digits = digits.trim_end_matches('0').to_owned();
        let point = match digits.is_empty() {
            true => 0,
            false => exponent.parse().unwrap_or(0) + 1,
        };
        Self { digits, point }
    }

    fn len(&self) -> i32 {
        // A number has no more than some hundred digits.
        self.digits.len() as i32
    }
}

fn with_exponent(digits: &Digits, precision: Option<usize>, form: u8) -> String {
    let after = precision.unwrap_or_else(|| digits.digits.len().saturating_sub(1));
    let first = digits.digits.get(..1).unwrap_or("0");
    let rest = digits.digits.get(1..).unwrap_or("");
    let mut text = first.to_owned();
    if after > 0 {
        text.push('.');
        text.push_str(&rest[..rest.len().min(after)]);
        text.extend(std::iter::repeat_n('0', after.saturating_sub(rest.len())));
    }
    let exponent = match digits.digits.is_empty() {
        true => 0,
        false => digits.point - 1,
    };
    let sign = if exponent < 0 { '-' } else { '+' };
    text.push(char::from(form));
    text.push_str(&format!("{sign}{:02}", exponent.abs()));
    text
}

fn plain(number: f64, precision: Option<usize>) -> String {
    let Some(precision) = precision else {
        let digits = Digits::shortest(number);
        let after = usize::try_from(digits.len() - digits.point).unwrap_or(0);
        return without_exponent(&digits, after);
    };
    let mut text = format!("{:.*}", precision.min(MOST_DIGITS), number);
    let missing = precision.saturating_sub(MOST_DIGITS);
    text.extend(std::iter::repeat_n('0', missing));
    text
}

/// `%e` for large and small exponents, `%f` otherwise.
fn general(number: f64, precision: Option<usize>, exponent_form: u8) -> String {
    let wanted = precision.map(|precision| precision.max(1));
    let digits = Digits::of(number, wanted.map(|wanted| wanted - 1));
    let length = digits.len();
    let wanted = wanted.map_or(length, |wanted| i32::try_from(wanted).unwrap_or(i32::MAX));
    let limit = match precision {
        None => 6,
        Some(_) if wanted > length && length >= digits.point => length,
        Some(_) => wanted,
    };
    let exponent = digits.point - 1;
    if exponent < -4 || exponent >= limit {
        let after = usize::try_from(wanted.min(length) - 1).unwrap_or(0);
        return with_exponent(&digits, Some(after), exponent_form);
    }
    let wanted = if wanted > digits.point {
        length
    } else {
        wanted
    };
    without_exponent(&digits, usize::try_from(wanted - digits.point).unwrap_or(0))
}

fn without_exponent(digits: &Digits, after: usize) -> String {
    let digit = |place: i32| {
        let index = usize::try_from(place).ok();
        let digit = index.and_then(|index| digits.digits.as_bytes().get(index));
        digit.map_or('0', |digit| char::from(*digit))
    };
    let mut text = match digits.point > 0 {
        true => (0..digits.point).map(digit).collect(),
        false => "0".to_owned(),
    };
    if after > 0 {
        text.push('.');
        let places = digits.point..;
        text.extend(places.take(after).map(digit));
    }
    text
}

/// The digits' value, its exponent, and whether the number has them at full length.
fn parts(number: f64) -> (u64, i32) {
    let bits = number.to_bits();
    let mantissa = bits & ((1 << 52) - 1);
    // Eleven bits.
    let exponent = ((bits >> 52) & 0x7ff) as i32;
    match exponent {
        0 => (mantissa, 1 - 1023),
        _ => (mantissa | 1 << 52, exponent - 1023),
    }
}

/// `4503599627370496p-52`.
fn binary(number: f64) -> String {
    let (mantissa, exponent) = parts(number);
    format!("{mantissa}p{:+}", exponent - 52)
}

/// `0x1.8p+01`.
fn hexadecimal(number: f64, precision: Option<usize>, form: u8) -> String {
    let (mut mantissa, mut exponent) = parts(number);
    if mantissa == 0 {
        exponent = 0;
    }
    mantissa <<= 60 - 52;
    while mantissa != 0 && mantissa & (1 << 60) == 0 {
        mantissa <<= 1;
        exponent -= 1;
    }
    if let Some(precision @ 0..15) = precision {
        (mantissa, exponent) = rounded(mantissa, exponent, precision);
    }
    let upper = form == b'X';
    let mut text = format!("0{}{}", char::from(form), (mantissa >> 60) & 1);
    text.push_str(&hexadecimal_digits(mantissa << 4, precision, upper));
    let sign = if exponent < 0 { '-' } else { '+' };
    text.push(if upper { 'P' } else { 'p' });
    text.push_str(&format!("{sign}{:02}", exponent.abs()));
    text
}

fn rounded(mantissa: u64, exponent: i32, precision: usize) -> (u64, i32) {
    let shift = precision * 4;
    let extra = (mantissa << shift) & ((1 << 60) - 1);
    let mut mantissa = mantissa >> (60 - shift);
    if extra | (mantissa & 1) > 1 << 59 {
        mantissa += 1;
    }
    mantissa <<= 60 - shift;
    match mantissa & (1 << 61) {
        0 => (mantissa, exponent),
        _ => (mantissa >> 1, exponent + 1),
    }
}

fn hexadecimal_digits(mut mantissa: u64, precision: Option<usize>, upper: bool) -> String {
    let mut digits = String::new();
    while precision.map_or(mantissa != 0, |precision| digits.len() < precision) {
        // Four bits.
        let digit = char::from_digit(((mantissa >> 60) & 15) as u32, 16).unwrap_or('0');
        digits.push(if upper {
            digit.to_ascii_uppercase()
        } else {
            digit
        });
        mantissa <<= 4;
    }
    match digits.is_empty() {
        true => digits,
        false => format!(".{digits}"),
    }
}
