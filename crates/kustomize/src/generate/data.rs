//! Bytes as ConfigMaps and Secrets hold them.
//!
//! Comes in: bytes. Goes out: a text node: the text itself, or Base64 in lines. Source: kyaml 0.21,
//! yaml/datamap.go.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use yaml::Node;

/// Longer Base64 is broken into lines of this length, each with its end.
const LINE: usize = 70;

/// The field of a ConfigMap the bytes go to, and the node: what is not UTF-8 is encoded.
pub fn in_config_map(bytes: &[u8]) -> (&'static str, Node) {
    match str::from_utf8(bytes) {
        Ok(text) => ("data", Node::string(text)),
        Err(_) => ("binaryData", in_secret(bytes)),
    }
}

/// The node in a Secret: always encoded.
pub fn in_secret(bytes: &[u8]) -> Node {
    Node::string(in_lines(BASE64_STANDARD.encode(bytes)))
}

fn in_lines(encoded: String) -> String {
    if encoded.len() < LINE {
        return encoded;
    }
    let mut lines = String::with_capacity(encoded.len() + encoded.len() / LINE + 1);
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, more) = rest.split_at(LINE.min(rest.len()));
        lines.push_str(line);
        lines.push('\n');
        rest = more;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use yaml::Form;

    #[test]
    fn long_base64_is_broken_into_lines() {
        for (length, lines) in [
            (0, vec![0]),
            (51, vec![68]),
            (52, vec![70, 2, 0]),
            (105, vec![70, 70, 0]),
            (106, vec![70, 70, 4, 0]),
        ] {
            let encoded = in_secret(&vec![b'x'; length]);
            let found: Vec<_> = encoded.text().split('\n').map(str::len).collect();
            assert_eq!(found, lines, "{length}");
        }
    }

    #[test]
    fn what_is_not_utf8_is_encoded() {
        let (field, node) = in_config_map(b"\xffhello");
        assert_eq!((field, node.text()), ("binaryData", "/2hlbGxv"));
        let (field, node) = in_config_map("gr\u{fc}n\n".as_bytes());
        assert_eq!((field, node.text()), ("data", "gr\u{fc}n\n"));
        assert_eq!(node.style.form, Form::Literal);
    }
}
