//! Names of commits.
//!
//! Comes in: where one may stand. Goes out: the name, if it is not empty, or its first seven
//! letters.

use crate::rules::field::{Field, Stumble};

/// The name at a path; absent if it is empty or nothing is there.
pub fn at<'a>(object: Field<'a>, path: &str) -> Result<Field<'a>, Stumble> {
    let sha = object.reach(path)?;
    Ok(if sha.is("") { Field::Absent } else { sha })
}

/// As much of it as people read. It is cut by bytes; of a letter cut in two, each byte is printed
/// as one that cannot be read.
pub fn short(sha: Field<'_>) -> Result<String, Stumble> {
    const LENGTH: usize = 7;
    if !sha.is_truthy() {
        return Ok(String::new());
    }
    let text = sha.piece()?;
    if text.len() <= LENGTH {
        return Ok(text.into_owned());
    }
    let end = text.floor_char_boundary(LENGTH);
    let unreadable = "\u{fffd}".repeat(LENGTH - end);
    Ok(format!("{}{unreadable}", &text[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_to_seven_bytes() {
        let short = |text| short(Field::Text(text)).unwrap();
        assert_eq!(short("0123456789"), "0123456");
        assert_eq!(short("0123"), "0123");
        assert_eq!(short("01234€"), "01234\u{fffd}\u{fffd}");
    }
}
