//! Which SSH host key to believe.
//!
//! Comes in: lines of an OpenSSH `known_hosts` file, a host and the key it shows. Goes out: known,
//! unknown, or somebody else's. Plain names, `[host]:port`, `*` and `?` patterns, negation, hashed
//! names and the `@revoked` marker are understood; certificate authorities are not.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use russh::keys::{Algorithm, PublicKey};
use sha1::Sha1;

/// The judgement on a host key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    Known,
    Unknown,
    /// The host is known with other keys only, or this key was revoked.
    Changed,
}

/// The keys known for one host and port.
pub(crate) struct KnownKeys {
    good: Vec<PublicKey>,
    revoked: Vec<PublicKey>,
}

impl KnownKeys {
    /// Picks the lines that speak of a host. Lines that cannot be read are passed over, as OpenSSH
    /// does: one odd line must not lock everybody out.
    pub fn of(host: &str, port: u16, texts: &[String]) -> Self {
        let name = written_name(host, port);
        let mut keys = Self {
            good: Vec::new(),
            revoked: Vec::new(),
        };
        for line in texts.iter().flat_map(|text| text.lines()) {
            let mut words = line.split_whitespace().peekable();
            let marker = words.next_if(|word| word.starts_with('@'));
            let (Some(hosts), Some(algorithm), Some(key)) =
                (words.next(), words.next(), words.next())
            else {
                continue;
            };
            if hosts.starts_with('#') || !matches(&name, hosts) {
                continue;
            }
            let Ok(key) = PublicKey::from_openssh(&format!("{algorithm} {key}")) else {
                continue;
            };
            match marker {
                None => keys.good.push(key),
                Some("@revoked") => keys.revoked.push(key),
                Some(_) => {}
            }
        }
        keys
    }

    /// Judges a key.
    pub fn judge(&self, shown: &PublicKey) -> Verdict {
        let same = |known: &PublicKey| known.key_data() == shown.key_data();
        if self.revoked.iter().any(same) {
            Verdict::Changed
        } else if self.good.iter().any(same) {
            Verdict::Known
        } else if self.good.is_empty() {
            Verdict::Unknown
        } else {
            Verdict::Changed
        }
    }

    /// The kinds of key that are known, so that the server is asked for one of them.
    pub fn algorithms(&self) -> Vec<Algorithm> {
        self.good.iter().map(PublicKey::algorithm).collect()
    }
}

/// The line that makes a key known.
pub(crate) fn line_for(host: &str, port: u16, key: &PublicKey) -> String {
    let mut key = key.clone();
    key.set_comment("");
    let key = key
        .to_openssh()
        .unwrap_or_else(|_| key.algorithm().to_string());
    format!("{} {}", written_name(host, port), key.trim())
}

fn written_name(host: &str, port: u16) -> String {
    let host = host.to_lowercase();
    match port {
        22 => host,
        port => format!("[{host}]:{port}"),
    }
}

fn matches(name: &str, patterns: &str) -> bool {
    let mut found = false;
    for pattern in patterns.split(',') {
        match pattern.strip_prefix('!') {
            Some(refused) if glob(refused, name) => return false,
            Some(_) => {}
            None => found |= is_hash_of(pattern, name) || glob(pattern, name),
        }
    }
    found
}

/// `|1|salt|hash`: HMAC-SHA1 of the name.
fn is_hash_of(pattern: &str, name: &str) -> bool {
    let Some((salt, hash)) = pattern
        .strip_prefix("|1|")
        .and_then(|rest| rest.split_once('|'))
    else {
        return false;
    };
    let (Ok(salt), Ok(hash)) = (STANDARD.decode(salt), STANDARD.decode(hash)) else {
        return false;
    };
    Hmac::<Sha1>::new_from_slice(&salt)
        .is_ok_and(|mac| mac.chain_update(name).verify_slice(&hash).is_ok())
}

fn glob(pattern: &str, name: &str) -> bool {
    match (pattern.as_bytes(), name.as_bytes()) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => {
            let rest = std::str::from_utf8(rest).unwrap_or_default();
            name.char_indices()
                .map(|(at, _)| at)
                .chain([name.len()])
                .any(|at| glob(rest, &name[at..]))
        }
        ([a, _rest @ ..], [b, ..]) if *a == b'?' || a.eq_ignore_ascii_case(b) => {
            match (pattern.get(1..), name.get(1..)) {
                (Some(pattern), Some(name)) => glob(pattern, name),
                _ => false,
            }
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    const OTHER: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ";

    fn judge(lines: &[&str], host: &str, port: u16) -> Verdict {
        let lines: Vec<String> = lines.iter().map(|line| line.replace("KEY", KEY)).collect();
        KnownKeys::of(host, port, &lines).judge(&PublicKey::from_openssh(KEY).unwrap())
    }

    #[test]
    fn keys_are_found_by_name_pattern_and_hash() {
        for lines in [
            "git.example KEY",
            "other,git.example KEY a comment",
            "*.example KEY",
            "git.exampl? KEY",
            "Git.Example KEY",
            "# note\n\ngarbage\ngit.example KEY",
        ] {
            assert_eq!(
                judge(&[lines], "git.example", 22),
                Verdict::Known,
                "{lines}"
            );
        }
        assert_eq!(
            judge(&["[git.example]:2222 KEY"], "git.example", 2222),
            Verdict::Known
        );
        assert_eq!(
            judge(&["git.example KEY"], "git.example", 2222),
            Verdict::Unknown
        );
        assert_eq!(
            judge(&["*.example,!git.example KEY"], "git.example", 22),
            Verdict::Unknown
        );
    }

    #[test]
    fn hashed_names_are_understood() {
        let salt = b"0123456789abcdefghij";
        let mac = Hmac::<Sha1>::new_from_slice(salt)
            .unwrap()
            .chain_update("git.example");
        let hash = STANDARD.encode(mac.finalize().into_bytes());
        let line = format!("|1|{}|{hash} {KEY}", STANDARD.encode(salt));
        assert_eq!(judge(&[&line], "git.example", 22), Verdict::Known);
        assert_eq!(judge(&[&line], "git.other", 22), Verdict::Unknown);
    }

    #[test]
    fn another_or_revoked_key_is_not_believed() {
        let other = format!("git.example {OTHER}");
        assert_eq!(judge(&[&other], "git.example", 22), Verdict::Changed);
        assert_eq!(
            judge(&[&other, "git.example KEY"], "git.example", 22),
            Verdict::Known
        );
        let revoked = ["git.example KEY", "@revoked git.example KEY"];
        assert_eq!(judge(&revoked, "git.example", 22), Verdict::Changed);
        assert_eq!(
            judge(&["@cert-authority git.example KEY"], "git.example", 22),
            Verdict::Unknown
        );
    }

    #[test]
    fn the_line_to_add_is_one_that_would_be_found() {
        let key = PublicKey::from_openssh(KEY).unwrap();
        let line = line_for("git.example", 2222, &key);
        assert_eq!(line, format!("[git.example]:2222 {KEY}"));
    }
}
