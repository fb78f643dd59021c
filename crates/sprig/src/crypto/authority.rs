//! `genCA`, `genSignedCert`, `genSelfSignedCert` and their kin, and `buildCustomCert`.
//!
//! In: names, addresses, days and perhaps a key or an authority. Out: certificates.

use super::certificate::{Certificate, TYPE};
use super::keys::{self, PrivateKey};
use super::x509::{self, Names};
use super::{Answer, Row, bytes, pem};
use crate::encoding::base64;
use crate::host::Host;
use gotemplate::{Call, FunctionError, Parameter, Value, fmt};
use std::net::IpAddr;

pub const FUNCTIONS: [Row; 7] = [
    ("genCA", &[Parameter::Text, Parameter::Int], gen_ca),
    (
        "genCAWithKey",
        &[Parameter::Text, Parameter::Int, Parameter::Text],
        gen_ca_with_key,
    ),
    ("genSelfSignedCert", SELF_SIGNED, gen_self_signed),
    (
        "genSelfSignedCertWithKey",
        SELF_SIGNED_WITH_KEY,
        gen_self_signed_with_key,
    ),
    ("genSignedCert", SIGNED, gen_signed),
    ("genSignedCertWithKey", SIGNED_WITH_KEY, gen_signed_with_key),
    (
        "buildCustomCert",
        &[Parameter::Text, Parameter::Text],
        build_custom,
    ),
];

const SELF_SIGNED: &[Parameter] = &[
    Parameter::Text,
    Parameter::List,
    Parameter::List,
    Parameter::Int,
];
const SELF_SIGNED_WITH_KEY: &[Parameter] = &[
    Parameter::Text,
    Parameter::List,
    Parameter::List,
    Parameter::Int,
    Parameter::Text,
];
const SIGNED: &[Parameter] = &[
    Parameter::Text,
    Parameter::List,
    Parameter::List,
    Parameter::Int,
    Parameter::Object(TYPE),
];
const SIGNED_WITH_KEY: &[Parameter] = &[
    Parameter::Text,
    Parameter::List,
    Parameter::List,
    Parameter::Int,
    Parameter::Object(TYPE),
    Parameter::Text,
];

/// Keys of certificates have this many bits.
const BITS: u32 = 2048;

fn gen_ca(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let key = fresh_key(call)?;
    authority(call, arguments, &key)
}

fn gen_ca_with_key(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let key = given_key(&arguments[2])?;
    authority(call, arguments, &key)
}

fn gen_self_signed(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    names(arguments)?; // Or the key would be made for nothing.
    let key = fresh_key(call)?;
    self_signed(call, arguments, &key)
}

fn gen_self_signed_with_key(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let key = given_key(&arguments[4])?;
    self_signed(call, arguments, &key)
}

fn gen_signed(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    names(arguments)?;
    let key = fresh_key(call)?;
    signed(call, arguments, &key)
}

fn gen_signed_with_key(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let key = given_key(&arguments[5])?;
    signed(call, arguments, &key)
}

fn fresh_key(call: &Call<'_>) -> Result<PrivateKey, FunctionError> {
    keys::rsa(call, BITS)
        .map_err(|error| FunctionError::before("error generating rsa key: ", error))
}

fn given_key(text: &Value) -> Result<PrivateKey, FunctionError> {
    let key = PrivateKey::from_pem(bytes(text));
    key.map_err(|error| FunctionError::before("parsing private key: ", error))
}

fn authority(call: &Call<'_>, arguments: &[Value], key: &PrivateKey) -> Answer {
    let names = Names {
        common: bytes(&arguments[0]).to_vec(),
        ..Names::default()
    };
    let request = request(call, names, &arguments[1], true)?;
    finished(x509::self_signed(&request, key), key)
}

fn self_signed(call: &Call<'_>, arguments: &[Value], key: &PrivateKey) -> Answer {
    let request = request(call, names(arguments)?, &arguments[3], false)?;
    finished(x509::self_signed(&request, key), key)
}

fn signed(call: &Call<'_>, arguments: &[Value], key: &PrivateKey) -> Answer {
    let authority: &Certificate = arguments[4]
        .downcast()
        .ok_or("wrong type for value; expected sprig.certificate")?;
    let (_, der) = pem::decode(authority.cert.as_bytes()).ok_or("unable to decode certificate")?;
    let parent = x509::parse(&der).map_err(|error| {
        FunctionError::before(
            "error parsing certificate: decodedSignerCert.Bytes: ",
            error,
        )
    })?;
    let parent_key = PrivateKey::from_pem(authority.key.as_bytes())
        .map_err(|error| FunctionError::before("error parsing private key: ", error))?;
    let request = request(call, names(arguments)?, &arguments[3], false)?;
    finished(x509::signed(&request, key, &parent, &parent_key), key)
}

fn finished(der: Result<Vec<u8>, x509::Error>, key: &PrivateKey) -> Answer {
    let der = der.map_err(FunctionError::passed_on)?;
    Ok(Value::object(Certificate {
        cert: pem::encode("CERTIFICATE", &der),
        key: key.to_pem().map_err(FunctionError::passed_on)?,
    }))
}

fn request(
    call: &Call<'_>,
    names: Names,
    days: &Value,
    is_authority: bool,
) -> Result<x509::Request, FunctionError> {
    let host = Host::of(call)?;
    let mut serial = [0; 16];
    host.random().fill(&mut serial);
    Ok(x509::Request {
        names,
        serial,
        from: host.clock.seconds,
        // Go counts in 64 bits of nanoseconds, which wrap around after 292 years.
        until: host.clock.seconds + days_in_seconds(days),
        is_authority,
    })
}

fn days_in_seconds(days: &Value) -> i64 {
    const DAY: i64 = 24 * 3600 * 1_000_000_000;
    days.as_int().unwrap_or_default().wrapping_mul(DAY) / 1_000_000_000
}

fn names(arguments: &[Value]) -> Result<Names, FunctionError> {
    let list = |at: usize| arguments[at].as_list().map_or(&[][..], |list| list.items());
    let addresses = list(1).iter().map(address).collect::<Result<_, _>>()?;
    let hosts = list(2).iter().map(host_name).collect::<Result<_, _>>()?;
    Ok(Names {
        common: bytes(&arguments[0]).to_vec(),
        addresses,
        hosts,
    })
}

fn address(value: &Value) -> Result<IpAddr, FunctionError> {
    let Some(text) = value.as_text() else {
        let printed = fmt::print_value(value);
        let printed = String::from_utf8_lossy(&printed);
        return Err(format!("error parsing ip: {printed} is not a string").into());
    };
    let text = text.as_str();
    let parsed: Result<IpAddr, _> = text.parse();
    // To Go, an IPv4 address written as IPv6 is that IPv4 address.
    parsed
        .map(|address| address.to_canonical())
        .map_err(|_| format!("error parsing ip: {text}").into())
}

fn host_name(value: &Value) -> Result<Vec<u8>, FunctionError> {
    match value.as_text() {
        Some(text) => Ok(text.as_bytes().to_vec()),
        None => {
            let printed = fmt::print_value(value);
            let printed = String::from_utf8_lossy(&printed);
            let problem = "error processing alternate dns name:";
            Err(format!("{problem} {printed} is not a string").into())
        }
    }
}

fn build_custom(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let decoded = |at: usize| base64::try_decode(bytes(&arguments[at]));
    let cert = decoded(0).map_err(|_| "unable to decode base64 certificate")?;
    let key = decoded(1).map_err(|_| "unable to decode base64 private key")?;
    let (_, der) = pem::decode(&cert).ok_or("unable to decode certificate")?;
    x509::parse(&der).map_err(|error| {
        FunctionError::before("error parsing certificate: decodedCert.Bytes: ", error)
    })?;
    PrivateKey::from_pem(&key)
        .map_err(|error| FunctionError::before("error parsing private key: ", error))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Value::object(Certificate {
        cert: text(&cert),
        key: text(&key),
    }))
}
