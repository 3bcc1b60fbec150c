//! Contents told apart by their SHA-256, written in hex.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

pub(crate) fn hash_of(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
