//! Who asks, as far as it decides what a server shows.

use crate::Credentials;
use crate::address::HttpAddress;
use model::Digest;

/// Stands for credentials and for the login written into a URL.
pub(crate) fn identity(credentials: &Credentials, address: Option<&HttpAddress>) -> Digest {
    let (user, password) = address
        .and_then(|address| address.userinfo.clone())
        .unwrap_or_default();
    let own = credentials.fingerprint();
    Digest::of_parts([
        own.as_bytes().as_slice(),
        user.as_bytes(),
        password.as_bytes(),
    ])
}

/// Whose view of a repository a file on our disk holds. It is made without any password: a server is
/// asked with the real one before the file is used.
pub(crate) fn public_identity(credentials: &Credentials, address: &HttpAddress) -> Digest {
    let named = credentials.username.as_ref().map(|name| name.expose());
    let in_url = address.userinfo.as_ref().map(|(name, _)| name.as_str());
    let certificate = credentials
        .tls_client_cert
        .as_ref()
        .map(|text| text.expose());
    let token = [credentials.bearer_token.is_some() as u8];
    Digest::of_parts([
        named.or(in_url).unwrap_or_default().as_bytes(),
        certificate.unwrap_or_default().as_bytes(),
        token.as_slice(),
    ])
}
