//! `MessagePack`, for records that only this program reads: compact and fast.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Encodes a value.
pub fn encode<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    rmp_serde::to_vec(value).expect("records hold plain data, and memory does not fail")
}

/// Encodes a value after what `bytes` holds already.
pub fn append<T: Serialize + ?Sized>(bytes: &mut Vec<u8>, value: &T) {
    rmp_serde::encode::write(bytes, value).expect("records hold plain data, and memory does not fail");
}

/// Decodes a value; `None` when the bytes hold something else.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    rmp_serde::from_slice(bytes).ok()
}
