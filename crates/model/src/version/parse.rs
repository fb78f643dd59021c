//! From text to version: the lenient way Helm reads nearly everywhere, and the strict way of tags.

use super::{Version, VersionError};

const MAXIMUM_LENGTH: usize = 256;

impl Version {
    /// Reads a version leniently: a `v` in front, missing numbers and leading zeros are fine.
    pub fn parse(text: &str) -> Result<Self, VersionError> {
        if text.len() > MAXIMUM_LENGTH {
            return Err(VersionError::TooLong);
        }
        let bare = text.strip_prefix('v').unwrap_or(text);
        let (bare, metadata) = cut(bare, '+');
        let (numbers, prerelease) = cut(bare, '-');
        let mut numbers = numbers.split('.');
        let parts = [numbers.next(), numbers.next(), numbers.next()];
        let digits = parts.iter().flatten().all(|part| is_number(part));
        let identifiers = [prerelease, metadata].into_iter().flatten();
        if numbers.next().is_some() || !digits || !identifiers.into_iter().all(is_identifiers) {
            return Err(VersionError::Invalid);
        }
        let number = |part: Option<&str>| part.map_or(Ok(0), number);
        let version = Self {
            major: number(parts[0])?,
            minor: number(parts[1])?,
            patch: number(parts[2])?,
            prerelease: prerelease.unwrap_or_default().to_owned(),
            metadata: metadata.unwrap_or_default().to_owned(),
            original: text.to_owned(),
        };
        check_prerelease(&version.prerelease)?;
        Ok(version)
    }

    /// Reads a version that must be one by the letter: three numbers, no `v`, no leading zeros.
    pub fn parse_strict(text: &str) -> Result<Self, VersionError> {
        if text.is_empty() {
            return Err(VersionError::Empty);
        }
        if text.len() > MAXIMUM_LENGTH {
            return Err(VersionError::TooLong);
        }
        let mut parts = text.splitn(3, '.');
        let (Some(major), Some(minor), Some(rest)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(VersionError::Invalid);
        };
        let (rest, metadata) = cut(rest, '+');
        metadata.map_or(Ok(()), |metadata| {
            check_identifiers(metadata, VersionError::Metadata)
        })?;
        let (patch, prerelease) = cut(rest, '-');
        prerelease.map_or(Ok(()), check_some_prerelease)?;
        for part in [major, minor, patch] {
            check_strict_number(part)?;
        }
        Ok(Self {
            major: strict_number(major)?,
            minor: strict_number(minor)?,
            patch: strict_number(patch)?,
            prerelease: prerelease.unwrap_or_default().to_owned(),
            metadata: metadata.unwrap_or_default().to_owned(),
            original: text.to_owned(),
        })
    }
}

/// Is it a prerelease, or empty?
pub(super) fn check_prerelease(text: &str) -> Result<(), VersionError> {
    if text.is_empty() {
        return Ok(());
    }
    check_some_prerelease(text)
}

/// Is it build metadata, or empty?
pub(super) fn check_metadata(text: &str) -> Result<(), VersionError> {
    if text.is_empty() {
        return Ok(());
    }
    check_identifiers(text, VersionError::Metadata)
}

fn check_some_prerelease(text: &str) -> Result<(), VersionError> {
    for part in text.split('.') {
        if !part.is_empty() && is_number(part) {
            if has_leading_zero(part) {
                return Err(VersionError::LeadingZero);
            }
            continue;
        }
        check_identifiers(part, VersionError::Prerelease)?;
    }
    Ok(())
}

fn check_identifiers(text: &str, error: VersionError) -> Result<(), VersionError> {
    is_identifiers(text).then_some(()).ok_or(error)
}

fn check_strict_number(part: &str) -> Result<(), VersionError> {
    if !part.bytes().all(|b| b.is_ascii_digit()) {
        return Err(VersionError::Characters);
    }
    if has_leading_zero(part) {
        return Err(VersionError::LeadingZero);
    }
    Ok(())
}

fn number(part: &str) -> Result<u64, VersionError> {
    part.parse()
        .map_err(|_| VersionError::Overflow(part.to_owned()))
}

fn strict_number(part: &str) -> Result<u64, VersionError> {
    if part.is_empty() {
        return Err(VersionError::MissingNumber);
    }
    part.parse()
        .map_err(|_| VersionError::StrictOverflow(part.to_owned()))
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at)
        .map_or((text, None), |(head, tail)| (head, Some(tail)))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn has_leading_zero(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0')
}

fn is_identifiers(text: &str) -> bool {
    text.split('.').all(|part| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}
