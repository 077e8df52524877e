//! The keys of a front matter while they are mapped.

use serde_json::Value;

use crate::base::codes;
use crate::base::report::Place;
use crate::import::moving::migration_log::MigrationLog;
use crate::import::moving::source::values::{Keys, text};

/// The keys that are still unmapped. Each is taken once.
pub(super) struct KeyMapper<'t> {
    pub(in crate::import::moving) front: Keys,
    /// The keys in the generator's own map of custom keys, `extra` or `params`.
    pub(in crate::import::moving) free: Keys,
    pub(in crate::import::moving) place: Place,
    pub(in crate::import::moving) log: &'t mut MigrationLog,
}

impl KeyMapper<'_> {
    pub(in crate::import::moving) fn take(&mut self, names: &[&str]) -> Option<(String, Value)> {
        self.take_if(names, |_| true)
    }

    /// Takes the first of these keys that exists, is not empty, and fits.
    pub(super) fn take_if(&mut self, names: &[&str], fits: impl Fn(&Value) -> bool) -> Option<(String, Value)> {
        for keys in [&mut self.front, &mut self.free] {
            for name in names {
                let found =
                    keys.iter().find(|(key, value)| key.eq_ignore_ascii_case(name) && !is_empty(value) && fits(value));
                if let Some(key) = found.map(|(key, _)| key.clone()) {
                    return keys.shift_remove(&key).map(|value| (key, value));
                }
            }
        }
        None
    }

    pub(in crate::import::moving) fn text(&mut self, names: &[&str], ours: &str) -> Option<String> {
        let (key, value) = self.take_if(names, |value| text(value).is_some())?;
        self.log.mapped(&key, ours);
        text(&value)
    }

    pub(super) fn move_text(&mut self, ours: &mut Keys, names: &[&str], name: &str) {
        if let Some(text) = self.text(names, name) {
            ours.insert(name.to_owned(), text.into());
        }
    }

    /// Puts back a value that cannot be mapped, and logs why.
    pub(in crate::import::moving) fn keep(&mut self, key: String, value: Value, why: &str) {
        self.log.add(codes::IMPORT_KEY, format!("`{key}` {why}; it is kept under `extra`"), self.place.clone());
        self.front.insert(key, value);
    }

    /// Returns the keys that were not taken, for `extra`.
    pub(in crate::import::moving) fn rest(self) -> Keys {
        let Self { front, free, log, .. } = self;
        let mut extra = Keys::new();
        for (key, value) in free {
            if !is_empty(&value) {
                log.kept(&key);
                extra.insert(key, value);
            }
        }
        for (key, value) in front {
            if is_empty(&value) {
                continue;
            }
            log.kept(&key);
            let name = if extra.contains_key(&key) { format!("front_{key}") } else { key };
            extra.insert(name, value);
        }
        extra
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}
