//! Encodings against rows of what Go makes of texts, most of them damaged.

use super::{base32, base64};
use data_encoding::HEXLOWER;
use serde_json::Value as Plain;

#[test]
fn texts_are_coded_as_in_go() {
    let rows = include_str!("rows.jsonl").lines();
    let wrong: Vec<&str> = rows.filter(|row| differs(row)).collect();
    assert!(
        wrong.is_empty(),
        "{} rows:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn differs(row: &str) -> bool {
    let (function, argument, expected): (String, Plain, Plain) =
        serde_json::from_str(row).expect("a row has three parts");
    let code = match function.as_str() {
        "b64enc" => base64::encode,
        "b64dec" => base64::decode,
        "b32enc" => base32::encode,
        _ => base32::decode,
    };
    code(&bytes(&argument)) != bytes(&expected)
}

/// Text that is not UTF-8 is spelled in hexadecimal digits.
fn bytes(spelled: &Plain) -> Vec<u8> {
    match spelled["$hex"].as_str() {
        Some(hex) => HEXLOWER.decode(hex.as_bytes()).unwrap(),
        None => spelled.as_str().unwrap().as_bytes().to_vec(),
    }
}
