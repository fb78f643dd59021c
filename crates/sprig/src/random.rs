//! Random functions: `randAlphaNum` and the like, `randInt`, `shuffle`, `uuidv4`.
//!
//! In: how many. Out: characters of the same alphabets, each as likely, as Helm's; which ones is up
//! to the host's seed. Source: sprig 3.3, strings.go, crypto.go, functions.go; goutils 1.1,
//! cryptorandomstringutils.go; xstrings 1.5, convert.go.

use crate::host::Host;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gotemplate::{Call, Function, FunctionError, Functions, Parameter, Text, Value};

type Answer = Result<Value, FunctionError>;
type Body = fn(&mut Call<'_>, &[Value]) -> Answer;

const FUNCTIONS: [(&str, &[Parameter], Body); 8] = [
    ("randAlphaNum", &[Parameter::Int], alphanumeric),
    ("randAlpha", &[Parameter::Int], alphabetic),
    ("randAscii", &[Parameter::Int], ascii),
    ("randNumeric", &[Parameter::Int], numeric),
    ("randBytes", &[Parameter::Int], bytes),
    ("randInt", &[Parameter::Int, Parameter::Int], integer),
    ("shuffle", &[Parameter::Text], shuffle),
    ("uuidv4", &[], uuid),
];

/// Adds these functions.
pub fn add_to(functions: &mut Functions) {
    for (name, parameters, body) in FUNCTIONS {
        let function = Function {
            parameters,
            variadic: false,
            body,
        };
        functions.add(name, function);
    }
}

/// The longest text one call gives.
const LONGEST: i64 = 16 << 20;

fn alphanumeric(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    drawn(call, &arguments[0], |byte| byte.is_ascii_alphanumeric())
}

fn alphabetic(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    drawn(call, &arguments[0], |byte| byte.is_ascii_alphabetic())
}

fn ascii(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    drawn(call, &arguments[0], |byte| (b' '..=b'~').contains(byte))
}

fn numeric(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    drawn(call, &arguments[0], |byte| byte.is_ascii_digit())
}

/// So many characters of an alphabet; none if the number is negative.
fn drawn(call: &Call<'_>, count: &Value, alphabet: fn(&u8) -> bool) -> Answer {
    let alphabet: Vec<u8> = (0..=127).filter(alphabet).collect();
    let draws = 0..bounded(number(count))?;
    call.spend(draws.len() as u64)?;
    let mut random = Host::of(call)?.random();
    let draw = |_| alphabet[random.below(alphabet.len() as u64) as usize];
    let text: Vec<u8> = draws.map(draw).collect();
    Ok(Value::Text(text.into()))
}

fn bounded(count: i64) -> Result<usize, FunctionError> {
    match count {
        ..=0 => Ok(0),
        1..=LONGEST => Ok(count as usize),
        _ => Err(FunctionError::new(format!(
            "{count} random characters are too many"
        ))),
    }
}

fn number(value: &Value) -> i64 {
    match value {
        Value::Int(number) => *number,
        _ => 0,
    }
}

fn bytes(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let count = number(&arguments[0]);
    if count < 0 {
        return Err(FunctionError::new(
            "runtime error: makeslice: len out of range",
        ));
    }
    let mut drawn = vec![0; bounded(count)?];
    call.spend(drawn.len() as u64 / 8)?;
    Host::of(call)?.random().fill(&mut drawn);
    Ok(Value::Text(STANDARD.encode(drawn).into()))
}

/// From a number to just below another.
fn integer(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let (low, high) = (number(&arguments[0]), number(&arguments[1]));
    let range = high.wrapping_sub(low);
    if range <= 0 {
        return Err(FunctionError::new("invalid argument to Intn"));
    }
    let drawn = Host::of(call)?.random().below(range as u64);
    Ok(Value::Int(low.wrapping_add(drawn as i64)))
}

fn shuffle(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let Value::Text(text) = &arguments[0] else {
        return Ok(arguments[0].clone());
    };
    let mut characters: Vec<char> = text.as_str().chars().collect();
    let mut random = Host::of(call)?.random();
    for last in (1..characters.len()).rev() {
        characters.swap(last, random.below(last as u64 + 1) as usize);
    }
    let shuffled: String = characters.into_iter().collect();
    Ok(Value::Text(Text::from(shuffled)))
}

fn uuid(call: &mut Call<'_>, _: &[Value]) -> Answer {
    let mut bytes = [0; 16];
    Host::of(call)?.random().fill(&mut bytes);
    // Version 4, of the variant of RFC 9562.
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let (a, b, c, d, e) = (
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    );
    Ok(Value::Text(format!("{a}-{b}-{c}-{d}-{e}").into()))
}
