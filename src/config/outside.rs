//! What pages show or send that is elsewhere: the form by which readers subscribe, and the hosts of frames and forms.

use serde::Serialize;

use super::raw::RawSignup;
use super::values::{bad, text_of};
use crate::base::web::address;
use crate::base::yaml::lenient::{Many, Table, Text};
use crate::base::yaml::source::Problems;

/// The form by which readers subscribe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signup {
    /// Address that the form is sent to.
    pub action: String,
    /// Name of the field for the reader's address.
    pub field: String,
    /// Further fields, which readers do not see.
    pub fields: Vec<HiddenField>,
}

/// A field that readers do not see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HiddenField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

pub(super) fn signup(raw: RawSignup, problems: &mut Problems) -> Option<Signup> {
    let RawSignup { action: Text(action), field, fields } = raw;
    let action = action.trim();
    let is_own = action.starts_with('/') && !action.starts_with("//");
    if !is_own && address::web(action).is_none() {
        let problem = bad(format!("`{action}` is not an address that a form can be sent to"));
        problems
            .value("signup/action", problem.help("write one that starts with `https://`, or with `/` for this host"));
        return None;
    }
    let fields = fields.into_iter().flat_map(|Table(fields)| fields);
    Some(Signup {
        action: action.to_owned(),
        field: text_of(field).unwrap_or_else(|| "email".to_owned()),
        fields: fields.map(|(name, Text(value))| HiddenField { name, value }).collect(),
    })
}

/// The origins of a list, such as `https://maps.example.org` for `maps.example.org`; `*.example.org` stands for all hosts
/// below one.
pub(super) fn origins(key: &str, raw: Option<Many<Text>>, problems: &mut Problems) -> Vec<String> {
    let mut origins = Vec::new();
    for (index, text) in raw.into_iter().flat_map(|Many(texts)| texts).enumerate() {
        let Some(text) = text_of(Some(text)) else { continue };
        let (scheme, host) = text.split_once("://").unwrap_or(("https", &text));
        let (star, host) = host.strip_prefix("*.").map_or(("", host), |rest| ("*.", rest));
        let address = address::web(&format!("{scheme}://{host}")).filter(|address| {
            address.path.is_empty()
                && address.query.is_empty()
                && (address.host.contains('.') || address.host == "localhost")
        });
        if let Some(address) = address {
            origins.push(address.origin.replacen("://", &format!("://{star}"), 1));
        } else {
            let problem = bad(format!("`{text}` is not a host"));
            problems.value(format!("{key}/{index}"), problem.help("write it as `maps.example.org` or `*.example.org`"));
        }
    }
    origins.sort();
    origins.dedup();
    origins
}
