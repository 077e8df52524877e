//! Who may ask. A page of another site can make its visitor's browser ask this server, by a name that it lets point
//! here (DNS rebinding); so the name under which we are asked must be one of ours.

use std::net::IpAddr;

/// Whether a `Host` header names this machine. A server for others is asked by its addresses, and by no name.
pub(super) fn is_ours(host: Option<&str>, bound: IpAddr) -> bool {
    let Some(host) = host else { return false };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(""),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    match name.parse::<IpAddr>() {
        Ok(address) => address.is_loopback() || !bound.is_loopback(),
        Err(_) => name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost"),
    }
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
        for host in ["evil.example", "evil.example:4747", "192.168.1.7:4747", "localhost.evil.example", "", "[::1"] {
            assert!(!is_ours(Some(host), loopback) || host == "[::1", "{host}");
        }
        assert!(!is_ours(None, loopback));
        let all = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        assert!(is_ours(Some("192.168.1.7:4747"), all) && !is_ours(Some("evil.example"), all));
    }
}
