//! E-mail addresses and URLs in Chart.yaml, as strict or lenient as Helm's own checks.
//!
//! Source: govalidator (`IsEmail`, `IsURL`, `IsRequestURL`) and Go's net/url as far as it decides
//! what is none.

use regex::Regex;
use std::sync::LazyLock;

/// What the pattern of e-mail addresses comes to, but for quoted local parts.
static EMAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const WIDE: &str = r"\x{00A0}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFEF}";
    let local = format!(r"[a-zA-Z0-9!#$%&'*+\-/=?^_`{{|}}~{WIDE}]+");
    let label = format!(r"[a-zA-Z0-9{WIDE}]([a-zA-Z0-9\-._~{WIDE}]*[a-zA-Z0-9{WIDE}])?");
    let last = format!(r"[a-zA-Z{WIDE}]([a-zA-Z0-9\-_~{WIDE}]*[a-zA-Z{WIDE}])?");
    Regex::new(&format!(r"^{local}(\.{local})*@({label}\.)+{last}\.?$")).ok()
});

static URL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const SCHEMA: &str = r"((ftp|tcp|udp|wss?|https?)://)";
    const USER: &str = r"([^\t\n\x0C\r ]+(:[^\t\n\x0C\r ]*)?@)";
    const IP: &str = r"([1-9][0-9]?|1[0-9]{2}|2[01][0-9]|22[0-3]|24[0-9]|25[0-5])(\.([0-9]{1,2}|1[0-9]{2}|2[0-4][0-9]|25[0-5])){2}(?:\.([0-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))";
    const IP6: &str = r"(\[[0-9a-fA-F:.%]+\])";
    const SUBDOMAIN: &str =
        r"((www\.)|([a-zA-Z0-9]+([-_.]?[a-zA-Z0-9])*[a-zA-Z0-9]\.[a-zA-Z0-9]+))";
    const LABELS: &str = r"([a-zA-Z0-9]([a-zA-Z0-9\-_]+)?[a-zA-Z0-9]([-.][a-zA-Z0-9]+)*)";
    const WIDE: &str = r"a-zA-Z\x{00a1}-\x{ffff}";
    let name = format!(r"(([{WIDE}0-9]+-?-?)*[{WIDE}0-9]+)(?:\.([{WIDE}]{{1,}}))?");
    let host = format!(r"({IP}|{IP6}|(({LABELS}|({SUBDOMAIN}?))?({name})))");
    let rest = r"\.?(:([0-9]{1,5}))?((/|\?|#)[^\t\n\x0C\r ]*)?";
    Regex::new(&format!("^{SCHEMA}?{USER}?{host}{rest}$")).ok()
});

fn matches(pattern: &Option<Regex>, text: &str) -> bool {
    pattern
        .as_ref()
        .is_some_and(|pattern| pattern.is_match(text))
}

/// Could this be an e-mail address?
pub fn is_email(text: &str) -> bool {
    matches(&EMAIL, text)
}

/// Could this be the URL of a page, with or without a scheme?
pub fn is_url(text: &str) -> bool {
    let length = text.chars().count();
    length < 2083 && text.len() > 3 && !text.starts_with('.') && matches(&URL, text)
}

/// Is it an absolute URL?
pub fn is_request_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let mut letters = scheme.bytes();
    let starts = letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic());
    let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    if !starts || !letters.all(is_scheme) || text.bytes().any(|byte| byte < 0x20 || byte == 0x7f) {
        return false;
    }
    match rest.strip_prefix("//") {
        Some(rest) => has_good_host(rest),
        // Without a path that starts at the root, it is no request.
        None => rest.starts_with('/') && has_good_escapes(rest),
    }
}

fn has_good_host(rest: &str) -> bool {
    let (host, path) = match rest.find(['/', '?']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let host = host.rsplit('@').next().unwrap_or_default();
    let port = match host.rfind(']') {
        Some(at) => host[at + 1..].strip_prefix(':'),
        None => host.rsplit_once(':').map(|(_, port)| port),
    };
    let is_port = port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    let is_plain = !host.contains([' ', '<', '>', '"', '^', '`', '{', '|', '}', '\\']);
    is_port && is_plain && has_good_escapes(path.split('?').next().unwrap_or_default())
}

fn has_good_escapes(text: &str) -> bool {
    let mut parts = text.split('%');
    parts.next();
    parts.all(|part| {
        let digits = part.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}
