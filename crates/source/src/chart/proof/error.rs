//! Why keys cannot be used, and why a proof does not hold.

use super::Proof;

/// Why a requirement cannot be checked at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeysError {
    /// No proof is called that.
    #[error("{0:?} is no proof that can be required: write provenance or cosign")]
    Kind(String),
    /// There is no OpenPGP key.
    #[error("no OpenPGP public key is named; export one with `gpg --armor --export`")]
    NoOpenPgpKey,
    /// There is no key of a pair.
    #[error(
        "no public key is named for cosign; signatures without a pair of keys (keyless, by a certificate of Fulcio) cannot be checked"
    )]
    NoCosignKey,
    /// What stands there is no OpenPGP key.
    #[error("the OpenPGP keys cannot be read: {0}")]
    OpenPgp(String),
    /// What stands there is no public key.
    #[error("the public keys for cosign cannot be read: {0}")]
    Pem(String),
    /// A certificate in place of a key.
    #[error(
        "a certificate is named in place of a public key; signatures without a pair of keys (keyless) cannot be checked by cosign's rules here, only those of a key made by `cosign generate-key-pair`"
    )]
    Certificate,
    /// A key of another kind.
    #[error(
        "a public key for cosign is not one of ECDSA on the curve P-256, the kind that `cosign generate-key-pair` makes"
    )]
    Curve,
}

/// Why a proof does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// The requirement itself makes no sense.
    #[error("what is required of charts cannot be checked")]
    Keys(#[from] KeysError),
    /// The file is no signed message.
    #[error("signature block not found: it is no message signed in clear text")]
    NoBlock,
    /// The signed message cannot be read.
    #[error("its signed message cannot be read: {0}")]
    Malformed(String),
    /// Nobody of those trusted signed it.
    #[error(
        "signature made by unknown entity: it names the key {issuer}, and {trusted} is trusted"
    )]
    UnknownKey {
        /// Who says to have signed it.
        issuer: String,
        /// Who may.
        trusted: String,
    },
    /// The signature is not that of what it stands under.
    #[error("the signature of the key {key} is not one of this text: {reason}")]
    Signature {
        /// The key.
        key: String,
        /// What the arithmetic says.
        reason: String,
    },
    /// The signature is made with a hash that can be forged.
    #[error("the signature of the key {key} is made over {hash}, which can be forged")]
    Hash {
        /// The key.
        key: String,
        /// The hash.
        hash: String,
    },
    /// The key may not be used any more.
    #[error("the key {key} {why}")]
    Key {
        /// The key.
        key: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The signature ran out.
    #[error("the signature of the key {key} expired, or is of the future")]
    Expired {
        /// The key.
        key: String,
    },
    /// The file says nothing about the archive.
    #[error("provenance does not contain a SHA for a file named {file:?}; it is signed by {key}")]
    NoSum {
        /// The archive.
        file: String,
        /// The key.
        key: String,
    },
    /// The archive is another one.
    #[error(
        "sha256 sum does not match for {file}: {signed:?} is signed by {key}, and it has {found:?}"
    )]
    Sum {
        /// The archive.
        file: String,
        /// The key.
        key: String,
        /// The signed sum.
        signed: String,
        /// That of the bytes.
        found: String,
    },
    /// A signature for another chart, or another version of it.
    #[error("the key {key} signed {signed}, which is not what was asked for")]
    Other {
        /// The key.
        key: String,
        /// What was signed.
        signed: String,
    },
    /// The kind of proof lies in registries alone.
    #[error("a {0} lies beside a chart in a registry, and this chart comes from a Helm repository; require a {other} of it", other = Proof::Provenance)]
    NotInRepository(Proof),
    /// Signed, but without a pair of keys.
    #[error(
        "it is signed without a pair of keys (keyless, by a certificate), and only keys are trusted: {trusted}"
    )]
    Keyless {
        /// Who may sign.
        trusted: String,
    },
    /// None of the signatures is one of a trusted key.
    #[error("none of its {signatures} signatures is one by {trusted}")]
    NoneFits {
        /// How many there are.
        signatures: usize,
        /// Who may sign.
        trusted: String,
    },
}
