//! Values as bytes, for records that only this program reads: `MessagePack`, compact and quick.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value as bytes.
pub fn pack<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    rmp_serde::to_vec(value).expect("records hold plain data, and memory does not fail")
}

/// The value that bytes hold; none when they hold no such value.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    rmp_serde::from_slice(bytes).ok()
}
