//! A check of the `Host` header against DNS rebinding: a foreign page can let its own domain resolve to this server and
//! then read the responses as same-origin. So only names of this machine are answered.

use std::net::IpAddr;

/// Whether the `Host` header is `localhost` or a loopback address. A server bound to other interfaces also accepts any
/// IP address, which no foreign domain can imitate, but no other name.
pub(super) fn is_ours(host: Option<&str>, bound: IpAddr) -> bool {
    let Some(name) = host.and_then(name) else { return false };
    match name.parse::<IpAddr>() {
        Ok(address) => address.is_loopback() || !bound.is_loopback(),
        Err(_) => name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost"),
    }
}

/// The host of a `Host` header without port and IPv6 brackets; `None` for a malformed header (RFC 9110, section 7.2).
fn name(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let is_port =
        |port: &str| port.strip_prefix(':').is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    (port.is_empty() || is_port(port)).then_some(name)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn names_of_others_are_refused() {
        let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
        for host in ["localhost", "localhost:4747", "127.0.0.1:4747", "[::1]:4747", "LOCALHOST", "a.localhost:1"] {
            assert!(is_ours(Some(host), loopback), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:4747",
            "192.168.1.7:4747",
            "localhost.evil.example",
            "",
            "[::1",
            "[::1]evil.example",
            "[::1]evil.example:4747",
            "[::1]:evil",
            "::1",
            "localhost:4747.evil.example",
            "localhost:4747:80",
            "evil.example@localhost",
            "127.0.0.1.evil.example",
        ] {
            assert!(!is_ours(Some(host), loopback), "{host}");
        }
        assert!(!is_ours(None, loopback));
        let all = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        assert!(is_ours(Some("192.168.1.7:4747"), all) && !is_ours(Some("evil.example"), all));
    }
}
