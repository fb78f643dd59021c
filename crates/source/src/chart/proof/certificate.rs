//! What an OpenPGP key may be used for, by its own signatures.
//!
//! Comes in: a key with all that hangs on it, and the time. Goes out: the keys it may sign with, or
//! why it may not be used. Nothing that hangs on a key counts unless the key itself signed it.
//!
//! Source: RFC 9580, 5.2.3 and 10.1; ProtonMail's go-crypto, openpgp/keys.go and read.go, which Helm
//! checks with.

use pgp::composed::{SignedPublicKey, SignedPublicSubKey};
use pgp::errors::Result;
use pgp::packet::{Signature, SignatureType};
use pgp::types::{KeyDetails, KeyId, SignedUser, Tag, Timestamp};

/// A key that is trusted, at a moment.
pub(crate) struct Certificate<'a> {
    key: &'a SignedPublicKey,
    now: u64,
}

/// What was found out about a signature's key.
pub(crate) enum Standing {
    /// Good.
    Good,
    /// Taken back.
    Revoked,
    /// Out of time.
    Expired,
}

impl<'a> Certificate<'a> {
    /// Of a key, in seconds since 1970.
    pub fn new(key: &'a SignedPublicKey, now: u64) -> Self {
        Self { key, now }
    }

    /// Checks a signature of a text with whichever of its keys made it; none if it has no such key
    /// that may sign.
    pub fn check(&self, signature: &Signature, text: &[u8]) -> Option<(Result<()>, Standing)> {
        let own = self.own_signature();
        let primary = &self.key.primary_key;
        if names(signature, primary) && own.is_some_and(|own| own.key_flags().sign()) {
            return Some((signature.verify(primary, text), self.standing(own)));
        }
        self.key.public_subkeys.iter().find_map(|subkey| {
            let binding = self.binding(subkey)?;
            let signs = binding.key_flags().sign() && names(signature, &subkey.key);
            signs.then(|| {
                let checked = signature.verify(&subkey.key, text);
                (checked, self.subkey_standing(own, subkey, binding))
            })
        })
    }

    /// What the key says of itself: by its first user who is not taken back, or of itself alone.
    fn own_signature(&self) -> Option<&'a Signature> {
        let users = self.key.details.users.iter();
        let of_users = users
            .filter(|user| !self.is_revoked_user(user))
            .filter_map(|user| self.certification(user));
        let best = of_users.max_by_key(|own| (own.is_primary(), created(own)));
        best.or_else(|| self.direct_signature())
    }

    fn direct_signature(&self) -> Option<&'a Signature> {
        let direct = self.key.details.direct_signatures.iter();
        direct
            .filter(|own| own.typ() == Some(SignatureType::Key))
            .filter(|own| own.verify_key(&self.key.primary_key).is_ok())
            .max_by_key(|own| created(own))
    }

    /// The newest signature that binds a user to the key.
    fn certification(&self, user: &'a SignedUser) -> Option<&'a Signature> {
        self.signed(user)
            .filter(|own| own.typ() != Some(SignatureType::CertRevocation))
            .max_by_key(|own| created(own))
    }

    fn is_revoked_user(&self, user: &'a SignedUser) -> bool {
        self.signed(user)
            .any(|own| own.typ() == Some(SignatureType::CertRevocation) && !self.is_over(own))
    }

    /// The signatures under a user that the key made itself.
    fn signed(&self, user: &'a SignedUser) -> impl Iterator<Item = &'a Signature> {
        let primary = &self.key.primary_key;
        user.signatures.iter().filter(move |signature| {
            names(signature, primary)
                && signature
                    .verify_certification(primary, Tag::UserId, &user.id)
                    .is_ok()
        })
    }

    /// The newest signature that binds a subkey to the key. One that may sign agreed to it.
    fn binding(&self, subkey: &'a SignedPublicSubKey) -> Option<&'a Signature> {
        let primary = &self.key.primary_key;
        let agreed = |binding: &&Signature| {
            !binding.key_flags().sign()
                || binding.embedded_signature().is_some_and(|back| {
                    back.verify_primary_key_binding(&subkey.key, primary)
                        .is_ok()
                        && !self.is_over(back)
                })
        };
        self.bound(subkey, SignatureType::SubkeyBinding)
            .filter(agreed)
            .max_by_key(|binding| created(binding))
    }

    fn bound(
        &self,
        subkey: &'a SignedPublicSubKey,
        kind: SignatureType,
    ) -> impl Iterator<Item = &'a Signature> {
        let primary = &self.key.primary_key;
        subkey.signatures.iter().filter(move |signature| {
            signature.typ() == Some(kind)
                && signature
                    .verify_subkey_binding(primary, &subkey.key)
                    .is_ok()
        })
    }

    fn standing(&self, own: Option<&Signature>) -> Standing {
        let details = &self.key.details;
        let revoked = details.revocation_signatures.iter().any(|revocation| {
            revocation.verify_key(&self.key.primary_key).is_ok() && !self.is_over(revocation)
        });
        let Some(own) = own.filter(|_| !revoked) else {
            return Standing::Revoked;
        };
        match self.is_over(own) || self.has_run_out(self.key.primary_key.created_at(), own) {
            true => Standing::Expired,
            false => Standing::Good,
        }
    }

    fn subkey_standing(
        &self,
        own: Option<&Signature>,
        subkey: &'a SignedPublicSubKey,
        binding: &Signature,
    ) -> Standing {
        let mut revocations = self.bound(subkey, SignatureType::SubkeyRevocation);
        if revocations.any(|revocation| !self.is_over(revocation)) {
            return Standing::Revoked;
        }
        match self.standing(own) {
            Standing::Good
                if self.is_over(binding) || self.has_run_out(subkey.key.created_at(), binding) =>
            {
                Standing::Expired
            }
            standing => standing,
        }
    }

    /// Is a signature of the future, or of the past?
    pub fn is_over(&self, signature: &Signature) -> bool {
        let lasts = signature.signature_expiration_time();
        self.is_past(created(signature), lasts.map(|lasts| lasts.as_secs()))
    }

    fn has_run_out(&self, since: Timestamp, binding: &Signature) -> bool {
        let lasts = binding.key_expiration_time();
        self.is_past(since.as_secs(), lasts.map(|lasts| lasts.as_secs()))
    }

    fn is_past(&self, since: u32, lasts: Option<u32>) -> bool {
        let (since, lasts) = (u64::from(since), u64::from(lasts.unwrap_or(0)));
        since > self.now || (lasts > 0 && self.now > since + lasts)
    }
}

/// Does a signature name this key as the one that made it?
fn names(signature: &Signature, key: &impl KeyDetails) -> bool {
    let (id, fingerprint) = (key.legacy_key_id(), key.fingerprint());
    let ids: Vec<&KeyId> = signature.issuer_key_id();
    ids.contains(&&id) || signature.issuer_fingerprint().contains(&&fingerprint)
}

fn created(signature: &Signature) -> u32 {
    signature.created().map_or(0, Timestamp::as_secs)
}
