//! The inputs of an output as lines of text: name, tab, value cut to one line. Values that many outputs share are
//! listed once, and lines refer to them by digest.

use std::collections::HashMap;
use std::fmt::{self, Display, Write};

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::inputs::Inputs;
use super::quoting::{cut, quote};
use super::value::{Digest, Digester};
use crate::base::hash::FastMap;
use crate::base::sync::Mutex;

/// Longest compound value that is listed whole on one line, in bytes.
const LINE: usize = 160;
/// First character of the line of a derived input.
pub const DERIVED: char = '~';
/// First character of a reference to a shared listing.
pub const SHARED: char = '@';

/// Listings of values that several outputs share, by the value's digest. Each is made once.
#[derive(Debug, Default)]
pub struct Objects(Mutex<FastMap<String, String>>);

impl Objects {
    /// Starts with existing listings.
    pub fn new(listings: HashMap<String, String>) -> Self {
        Self(Mutex::new(listings.into_iter().collect()))
    }

    /// The listing with this digest.
    pub fn get(&self, id: &str) -> Option<String> {
        self.0.lock().get(id).cloned()
    }

    /// Takes all listings out.
    pub fn into_inner(self) -> HashMap<String, String> {
        self.0.into_inner().into_iter().collect()
    }

    fn add<T: Serialize + ?Sized>(&self, id: &str, value: &T) {
        if !self.0.lock().contains_key(id) {
            let mut listing = Listing::new(self);
            listing.list("", value);
            self.0.lock().insert(id.to_owned(), listing.finish());
        }
    }
}

/// A serde serializer that writes inputs as lines.
pub struct Listing<'o> {
    objects: &'o Objects,
    text: String,
    path: String,
    /// Depth within a value that is written on one line.
    depth: usize,
    line: String,
}

impl<'o> Listing<'o> {
    /// An empty listing, which adds shared values to `objects`.
    pub fn new(objects: &'o Objects) -> Self {
        Self { objects, text: String::new(), path: String::new(), depth: 0, line: String::new() }
    }

    /// The finished lines.
    pub fn finish(self) -> String {
        self.text
    }

    fn list<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        name.clone_into(&mut self.path);
        value.serialize(&mut *self).expect("views hold plain data, and memory does not fail");
    }

    /// Writes a line of its own, or a part of the line of the enclosing value.
    fn write(&mut self, value: impl FnOnce(&mut String) -> fmt::Result) -> fmt::Result {
        if self.depth > 0 {
            return value(&mut self.line);
        }
        self.text.push_str(&self.path);
        self.text.push('\t');
        value(&mut self.text)?;
        self.text.push('\n');
        Ok(())
    }

    fn scalar(&mut self, value: impl Display) -> fmt::Result {
        self.write(|out| write!(out, "{value}"))
    }

    fn bracket(&mut self, bracket: char) {
        if self.depth > 0 {
            self.line.push(bracket);
        }
    }

    fn comma(&mut self) {
        if self.depth > 0 && !self.line.ends_with(['{', '[']) {
            self.line.push_str(", ");
        }
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> fmt::Result {
        if self.depth > 0 {
            self.comma();
            self.line.push_str(name);
            self.line.push_str(": ");
            return value.serialize(&mut *self);
        }
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(name);
        value.serialize(&mut *self)?;
        self.path.truncate(length);
        Ok(())
    }

    /// Writes an element of a sequence, all on one line.
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        self.comma();
        self.depth += 1;
        value.serialize(&mut *self)?;
        self.depth -= 1;
        if self.depth == 0 {
            let line = std::mem::take(&mut self.line);
            self.write(|out| cut(&line, LINE, out))?;
            self.line = line;
            self.line.clear();
        }
        Ok(())
    }
}

impl Inputs for Listing<'_> {
    fn value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.list(name, value);
    }

    fn shared<T: Serialize + ?Sized>(&mut self, name: &str, label: &str, digest: Digest, value: &T) {
        let id = digest.name();
        self.objects.add(&id, value);
        for part in [name, "\t@", &id, "\t", label, "\n"] {
            self.text.push_str(part);
        }
    }

    fn derived<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let digest = Digester::new().value(value).finish();
        self.text.extend(["~", name, "\t", &digest.short(), "\n"]);
    }
}

macro_rules! scalars {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method(self, value: $type) -> fmt::Result {
            self.scalar(value)
        })*
    };
}

impl<'l, 'o> Serializer for &'l mut Listing<'o> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Keyed<'l, 'o>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    scalars! {
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_i128: i128,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_u128: u128,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
    }

    // `false` is the default and gets no line, like an absent value.
    fn serialize_bool(self, value: bool) -> fmt::Result {
        if value || self.depth > 0 { self.scalar(value) } else { Ok(()) }
    }

    fn serialize_str(self, value: &str) -> fmt::Result {
        self.write(|out| quote(value, out))
    }

    fn serialize_bytes(self, value: &[u8]) -> fmt::Result {
        self.scalar(Digest::of(value).short())
    }

    // An absent value gets no line.
    fn serialize_none(self) -> fmt::Result {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> fmt::Result {
        if self.depth > 0 { self.scalar("none") } else { Ok(()) }
    }

    fn serialize_unit_struct(self, name: &'static str) -> fmt::Result {
        self.scalar(name)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> fmt::Result {
        self.scalar(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> fmt::Result {
        self.bracket('{');
        self.field(variant, value)?;
        self.bracket('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, fmt::Error> {
        self.bracket('[');
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, fmt::Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, fmt::Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Self, fmt::Error> {
        self.serialize_seq(None)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Keyed<'l, 'o>, fmt::Error> {
        self.bracket('{');
        Ok(Keyed { listing: self, key: String::new() })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, fmt::Error> {
        self.bracket('{');
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        length: usize,
    ) -> Result<Self, fmt::Error> {
        self.serialize_struct(name, length)
    }
}

macro_rules! elements {
    ($($name:ident $method:ident,)*) => {
        $(impl $name for &mut Listing<'_> {
            type Ok = ();
            type Error = fmt::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
                self.element(value)
            }

            fn end(self) -> fmt::Result {
                self.bracket(']');
                Ok(())
            }
        })*
    };
}

elements! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

macro_rules! fields {
    ($($name:ident)*) => {
        $(impl $name for &mut Listing<'_> {
            type Ok = ();
            type Error = fmt::Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> fmt::Result {
                self.field(name, value)
            }

            fn end(self) -> fmt::Result {
                self.bracket('}');
                Ok(())
            }
        })*
    };
}

fields!(SerializeStruct SerializeStructVariant);

/// Serialises a map, whose keys become names.
pub struct Keyed<'l, 'o> {
    listing: &'l mut Listing<'o>,
    key: String,
}

impl SerializeMap for Keyed<'_, '_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> fmt::Result {
        let key = serde_json::to_value(key).map_err(|_| fmt::Error)?;
        let name = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
        // Tabs end names and line feeds end lines, so control characters are replaced.
        self.key = name.replace(char::is_control, " ");
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        self.listing.field(&self.key, value)
    }

    fn end(self) -> fmt::Result {
        self.listing.bracket('}');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_field_has_a_line_and_an_element_of_a_list_has_one_for_all_of_it() {
        let objects = Objects::default();
        let mut listing = Listing::new(&objects);
        let value = json!({
            "title": "Two\tlines\n", "none": null, "draft": false,
            "image": {"size": [4, 3]}, "links": [{"title": "A", "to": ["x", null]}, {"title": "B"}],
            "long": "é".repeat(40),
        });
        listing.value("page", &value);
        listing.shared("card", "/a/", Digest::of(b"a"), &json!({"title": "A"}));
        let id = Digest::of(b"a").name();
        let long = format!("page.long\t\"{}…\" (80 bytes, ", "é".repeat(22));
        let text = listing.finish();
        let expected = "page.title\t\"Two\\tlines\\n\"\npage.image.size\t4\npage.image.size\t3\n\
            page.links\t{title: \"A\", to: [\"x\", none]}\npage.links\t{title: \"B\"}\n";
        assert!(text.starts_with(&format!("{expected}{long}")), "{text}");
        assert!(text.ends_with(&format!("card\t@{id}\t/a/\n")), "{text}");
        assert_eq!(objects.get(&id).as_deref(), Some("title\t\"A\"\n"));
    }
}
