//! Pushes to a registry that Helm would not make.

use super::http_server::Request;
use super::web_server::{Answer, forward};
use source::ContentDigest;
use testbed::RegistryServer;

/// Puts something into a registry that Helm would not.
pub fn put(registry: &RegistryServer, path: &str, kind: &str, body: &[u8]) -> Answer {
    let headers = [
        ("content-type", kind),
        ("content-length", &body.len().to_string()),
    ];
    let request = Request {
        method: "PUT".to_owned(),
        target: path.to_owned(),
        headers: headers.map(|(k, v)| (k.to_owned(), v.to_owned())).into(),
        body: body.to_vec(),
    };
    let answer = forward(&request, registry.host());
    assert!(answer.status < 300, "{answer:?}");
    answer
}

/// Puts bytes there; gives their digest.
pub fn put_blob(registry: &RegistryServer, name: &str, body: &[u8]) -> ContentDigest {
    let mut request = Request {
        method: "POST".to_owned(),
        target: format!("/v2/{name}/blobs/uploads/"),
        headers: [("content-length".to_owned(), "0".to_owned())].into(),
        body: Vec::new(),
    };
    let begun = forward(&request, registry.host());
    let place = begun.header("location").unwrap();
    let at = place.find("/v2/").unwrap();
    let digest = ContentDigest::of(body);
    request.method = "PUT".to_owned();
    request.target = format!("{}&digest={digest}", &place[at..]);
    put(registry, &request.target, "application/octet-stream", body);
    digest
}
