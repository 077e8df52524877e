//! The publisher, as linked data.

use serde_json::{Map, Value, json};

use crate::config::Config;

/// The publisher's node. Every other node repeats it, as validators do not follow references.
pub(in crate::plan) fn publisher(config: &Config) -> Value {
    let home = || config.base_url.absolute(&config.own("/"));
    let absolute = |address: &str| {
        let is_route = address.starts_with('/') && !address.starts_with("//");
        if is_route { config.base_url.absolute(address) } else { address.to_owned() }
    };
    let Some(publisher) = &config.publisher else {
        return json!({"@type": "NewsMediaOrganization", "name": config.title, "url": home()});
    };
    let logo = publisher.logo.as_deref().map(|logo| json!({"@type": "ImageObject", "url": absolute(logo)}));
    let profiles = Some(&publisher.profiles).filter(|profiles| !profiles.is_empty());
    let fields = [
        ("@type", json!("NewsMediaOrganization")),
        ("name", json!(publisher.name)),
        ("url", json!(publisher.url.as_deref().map_or_else(home, absolute))),
        ("logo", json!(logo)),
        ("ethicsPolicy", json!(publisher.ethics.as_deref().map(absolute))),
        ("correctionsPolicy", json!(publisher.corrections.as_deref().map(absolute))),
        ("sameAs", json!(profiles)),
    ];
    let policies = publisher.policies.iter().map(|(property, address)| (*property, json!(absolute(address))));
    let is_there = |(_, value): &(&str, Value)| !value.is_null();
    let whole = fields.into_iter().filter(is_there).chain(policies);
    whole.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}
