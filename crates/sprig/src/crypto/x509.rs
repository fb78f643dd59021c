//! Certificates, field by field as Go's `x509.CreateCertificate` fills them for sprig.
//!
//! In: names, a serial number, times and keys. Out: DER, and errors in Go's words where charts may
//! have met them. Source: sprig 3.3, crypto.go; Go 1.26, crypto/x509/x509.go.

use super::keys::PrivateKey;
use der::asn1::{Any, GeneralizedTime, Ia5String, OctetString};
use der::oid::AssociatedOid;
use der::{Decode, Encode, Tag};
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use std::time::Duration;
use thiserror::Error;
use x509_cert::Certificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{self, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages,
    SubjectAltName, SubjectKeyIdentifier,
};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};

/// What a certificate is asked to say.
pub struct Request {
    pub names: Names,
    pub serial: [u8; 16],
    /// Seconds since the epoch.
    pub from: i64,
    pub until: i64,
    pub is_authority: bool,
}

/// Whom it is for.
#[derive(Default)]
pub struct Names {
    pub common: Vec<u8>,
    pub addresses: Vec<IpAddr>,
    pub hosts: Vec<Vec<u8>>,
}

/// Why there is no certificate.
#[derive(Debug, Error)]
pub enum Error {
    /// A DSA key signs nothing.
    #[error(
        "error creating certificate: x509: certificate private key does not implement crypto.Signer"
    )]
    NoSigner,
    /// The authority's certificate is of another key.
    #[error(
        "error creating certificate: x509: provided PrivateKey doesn't match parent's PublicKey"
    )]
    OtherKey,
    /// A host name that is not ASCII.
    #[error("error creating certificate: x509: {0:?} cannot be encoded as an IA5String")]
    NotAscii(String),
    /// A name that is not UTF-8.
    #[error("error creating certificate: asn1: string not valid UTF-8")]
    NotUtf8,
    /// Something that does not fit into DER.
    #[error("error creating certificate: {0}")]
    Der(#[from] der::Error),
    /// Signing failed.
    #[error("error creating certificate: {0}")]
    Build(#[from] builder::Error),
}

/// Reads a certificate.
pub fn parse(der: &[u8]) -> Result<Certificate, der::Error> {
    Certificate::from_der(der)
}

/// A certificate signed by its own key.
pub fn self_signed(request: &Request, key: &PrivateKey) -> Result<Vec<u8>, Error> {
    let subject = subject(&request.names.common)?;
    create(request, key, (subject.clone(), subject, None), key)
}

/// A certificate signed by an authority.
pub fn signed(
    request: &Request,
    key: &PrivateKey,
    parent: &Certificate,
    parent_key: &PrivateKey,
) -> Result<Vec<u8>, Error> {
    let parent = parent.tbs_certificate();
    let (subject, issuer) = (subject(&request.names.common)?, parent.subject().clone());
    let of_parent = parent_key.public().ok_or(Error::NoSigner)?;
    if of_parent.to_der()? != parent.subject_public_key_info().to_der()? {
        return Err(Error::OtherKey);
    }
    let identifier = match subject == issuer {
        true => None,
        false => parent.get_extension::<SubjectKeyIdentifier>()?,
    };
    let identifier = identifier.map(|(_, SubjectKeyIdentifier(identifier))| identifier);
    create(request, key, (subject, issuer, identifier), parent_key)
}

/// Subject, issuer and the issuer's key identifier.
type Parties = (Name, Name, Option<OctetString>);

fn create(
    request: &Request,
    key: &PrivateKey,
    (subject, issuer, identifier): Parties,
    signer: &PrivateKey,
) -> Result<Vec<u8>, Error> {
    let public = key.public().ok_or(Error::NoSigner)?;
    let extensions = extensions(request, &public, subject.is_empty(), identifier)?;
    let filled = Filled {
        subject,
        issuer,
        extensions,
    };
    let serial = SerialNumber::new(&request.serial)?;
    let validity = Validity::new(time(request.from)?, time(request.until)?);
    let builder = CertificateBuilder::new(filled, serial, validity, public)?;
    let certificate = signer.sign(builder).ok_or(Error::NoSigner)??;
    Ok(certificate.to_der()?)
}

/// So many days that Go's count of them wraps around end long ago, which here is 1970.
fn time(seconds: i64) -> Result<Time, Error> {
    let since_epoch = Duration::from_secs(seconds.max(0) as u64);
    Ok(Time::GeneralTime(GeneralizedTime::from_unix_duration(
        since_epoch,
    )?))
}

/// A name of one part, or of none.
fn subject(common: &[u8]) -> Result<Name, Error> {
    let mut sequence = RdnSequence::default();
    if !common.is_empty() {
        std::str::from_utf8(common).map_err(|_| Error::NotUtf8)?;
        let tag = match common.iter().all(is_printable) {
            true => Tag::PrintableString,
            false => Tag::Utf8String,
        };
        let part = AttributeTypeAndValue {
            oid: der::oid::db::rfc4519::CN,
            value: Any::new(tag, common)?,
        };
        sequence.push(RelativeDistinguishedName::try_from(vec![part])?);
    }
    Ok(Name::from_der(&sequence.to_der()?)?)
}

/// The characters of a PrintableString.
fn is_printable(c: &u8) -> bool {
    c.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(c)
}

/// Everything is settled before the builder comes to it.
struct Filled {
    subject: Name,
    issuer: Name,
    extensions: Vec<Extension>,
}

impl BuilderProfile for Filled {
    fn get_issuer(&self, _: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        _: SubjectPublicKeyInfoRef<'_>,
        _: SubjectPublicKeyInfoRef<'_>,
        _: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        Ok(self.extensions.clone())
    }
}

/// In Go's order.
fn extensions(
    request: &Request,
    public: &SubjectPublicKeyInfoOwned,
    nameless: bool,
    authority: Option<OctetString>,
) -> Result<Vec<Extension>, Error> {
    let mut usages = KeyUsages::DigitalSignature | KeyUsages::KeyEncipherment;
    if request.is_authority {
        usages |= KeyUsages::KeyCertSign;
    }
    let purposes = vec![
        der::oid::db::rfc5280::ID_KP_SERVER_AUTH,
        der::oid::db::rfc5280::ID_KP_CLIENT_AUTH,
    ];
    let constraints = BasicConstraints {
        ca: request.is_authority,
        path_len_constraint: None,
    };
    let mut extensions = vec![
        extension(true, &KeyUsage(usages))?,
        extension(false, &ExtendedKeyUsage(purposes))?,
        extension(true, &constraints)?,
    ];
    if request.is_authority {
        let digest = Sha256::digest(public.subject_public_key.raw_bytes());
        let identifier = SubjectKeyIdentifier(OctetString::new(&digest[..20])?);
        extensions.push(extension(false, &identifier)?);
    }
    if let Some(key_identifier @ Some(_)) = Some(authority) {
        let identifier = AuthorityKeyIdentifier {
            key_identifier,
            ..AuthorityKeyIdentifier::default()
        };
        extensions.push(extension(false, &identifier)?);
    }
    let names = alternative_names(&request.names)?;
    if !names.is_empty() {
        extensions.push(extension(nameless, &SubjectAltName(names))?);
    }
    Ok(extensions)
}

fn extension<E: AssociatedOid + Encode>(critical: bool, value: &E) -> Result<Extension, Error> {
    Ok(Extension {
        extn_id: E::OID,
        critical,
        extn_value: OctetString::new(value.to_der()?)?,
    })
}

/// Hosts first, then addresses.
fn alternative_names(names: &Names) -> Result<Vec<GeneralName>, Error> {
    let mut all = Vec::with_capacity(names.hosts.len() + names.addresses.len());
    for host in &names.hosts {
        let text = String::from_utf8_lossy(host);
        let name = Ia5String::new(&*text).map_err(|_| Error::NotAscii(text.into_owned()))?;
        all.push(GeneralName::DnsName(name));
    }
    for address in &names.addresses {
        let bytes = match address {
            IpAddr::V4(address) => OctetString::new(address.octets()),
            IpAddr::V6(address) => OctetString::new(address.octets()),
        };
        all.push(GeneralName::IpAddress(bytes?));
    }
    Ok(all)
}
