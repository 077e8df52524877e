//! The providers whose pages an `embed` shows in a frame: address → address of the frame.

use crate::base::web::address::{self, WebAddress};

/// What an address shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::content::markdown) struct Embed {
    /// The provider's name, or the host.
    pub(in crate::content::markdown) provider: String,
    /// The form of the frame.
    pub(in crate::content::markdown) shape: &'static str,
    /// The address that is loaded into the frame; none where readers follow the link.
    pub(in crate::content::markdown) frame: Option<String>,
}

/// Forms of frames: a film, a sound, a post or a figure.
const FILM: &str = "film";
const SOUND: &str = "sound";
const POST: &str = "post";
const FIGURE: &str = "figure";

/// What an address shows. `frames` are the origins of the configuration, whose pages are shown as they are.
pub(in crate::content::markdown) fn embed(address: &WebAddress, frames: &[String]) -> Embed {
    let known = known(address).or_else(|| anywhere(address));
    if let Some((provider, shape, frame)) = known {
        return Embed { provider: provider.to_owned(), shape, frame: Some(frame) };
    }
    let is_framed = frames.iter().any(|frame| covers(frame, &address.origin));
    Embed { provider: address.host.clone(), shape: FIGURE, frame: is_framed.then(|| address.whole.clone()) }
}

/// The origin that a frame's address is loaded from, for a `frame-src`.
pub fn frame_origin(frame: &str) -> Option<String> {
    address::web(frame).map(|frame| frame.origin)
}

/// Whether an entry of `frames` covers an origin; `https://*.example.org` covers those below the host.
fn covers(entry: &str, origin: &str) -> bool {
    match entry.split_once("*.") {
        Some((scheme, domain)) => origin.strip_prefix(scheme).is_some_and(|host| host.ends_with(&format!(".{domain}"))),
        None => entry == origin,
    }
}

type Known = (&'static str, &'static str, String);

/// The providers with hosts of their own.
fn known(address: &WebAddress) -> Option<Known> {
    let path: Vec<&str> = address.path.iter().map(String::as_str).collect();
    let found = match (&*address.host, &path[..]) {
        ("youtube.com" | "m.youtube.com" | "music.youtube.com" | "youtube-nocookie.com" | "youtu.be", path) => {
            ("YouTube", FILM, youtube(address, path)?)
        }
        ("vimeo.com", [id] | ["channels" | "showcase", _, id] | ["groups", _, "videos", id])
        | ("player.vimeo.com", ["video", id])
            if is_number(id) =>
        {
            ("Vimeo", FILM, format!("https://player.vimeo.com/video/{id}?dnt=1"))
        }
        // An unlisted film has a key.
        ("vimeo.com", [id, key]) if is_number(id) && is_id(key) => {
            ("Vimeo", FILM, format!("https://player.vimeo.com/video/{id}?h={key}&dnt=1"))
        }
        ("dailymotion.com", ["video", id]) | ("dai.ly", [id]) if is_id(id) => {
            ("Dailymotion", FILM, format!("https://geo.dailymotion.com/player.html?video={id}"))
        }
        ("bilibili.com", ["video", id]) if is_id(id) => {
            ("Bilibili", FILM, format!("https://player.bilibili.com/player.html?bvid={id}&autoplay=0"))
        }
        ("datawrapper.dwcdn.net", [id, ..]) | ("datawrapper.de", ["_" | "chart", id, ..]) if is_id(id) => {
            ("Datawrapper", FIGURE, format!("https://datawrapper.dwcdn.net/{id}/"))
        }
        ("public.flourish.studio" | "flo.uri.sh", [kind @ ("visualisation" | "story"), id, ..]) if is_number(id) => {
            ("Flourish", FIGURE, format!("https://flo.uri.sh/{kind}/{id}/embed"))
        }
        ("documentcloud.org" | "embed.documentcloud.org", ["documents", id, ..]) if is_id(id) => {
            ("DocumentCloud", FIGURE, format!("https://embed.documentcloud.org/documents/{id}/?embed=1"))
        }
        ("bsky.app", ["profile", actor, "post", key]) if is_actor(actor) && is_id(key) => {
            ("Bluesky", POST, format!("https://embed.bsky.app/embed/{actor}/app.bsky.feed.post/{key}"))
        }
        ("x.com" | "twitter.com" | "mobile.twitter.com", [_, "status", id, ..]) if is_number(id) => {
            ("X", POST, format!("https://platform.twitter.com/embed/Tweet.html?id={id}&dnt=true"))
        }
        ("t.me", [channel, id]) if is_id(channel) && is_number(id) => {
            ("Telegram", POST, format!("https://t.me/{channel}/{id}?embed=1"))
        }
        ("open.spotify.com", [kind @ ("episode" | "show" | "track" | "album" | "playlist"), id]) if is_id(id) => {
            ("Spotify", SOUND, format!("https://open.spotify.com/embed/{kind}/{id}"))
        }
        ("podcasts.apple.com", [..]) => {
            ("Apple Podcasts", SOUND, address.whole.replacen("://podcasts.", "://embed.podcasts.", 1))
        }
        _ => return None,
    };
    Some(found)
}

/// Networks of many hosts, known by the form of an address.
fn anywhere(address: &WebAddress) -> Option<Known> {
    let path: Vec<&str> = address.path.iter().map(String::as_str).collect();
    match &path[..] {
        [user, id] if user.starts_with('@') && user.len() > 1 && is_number(id) => {
            Some(("Mastodon", POST, format!("{}/{user}/{id}/embed", address.origin)))
        }
        ["videos", "watch" | "embed", id] | ["w", id] if is_id(id) && id.len() >= 20 => {
            Some(("PeerTube", FILM, format!("{}/videos/embed/{id}", address.origin)))
        }
        _ => None,
    }
}

fn youtube(address: &WebAddress, path: &[&str]) -> Option<String> {
    let query = |name: &str| address.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let id = match path {
        ["watch"] => query("v")?,
        ["playlist"] => {
            let list = query("list").filter(|list| is_id(list))?;
            return Some(format!("https://www.youtube-nocookie.com/embed/videoseries?list={list}"));
        }
        ["shorts" | "live" | "embed" | "v", id] => id,
        [id] if address.host == "youtu.be" => id,
        _ => return None,
    };
    let id = Some(id).filter(|id| is_id(id))?;
    let start = query("t").or_else(|| query("start")).and_then(seconds);
    let start = start.map_or_else(String::new, |seconds| format!("?start={seconds}"));
    Some(format!("https://www.youtube-nocookie.com/embed/{id}{start}"))
}

/// `90`, `90s`, `1m30s` or `1h2m3s` in seconds.
fn seconds(text: &str) -> Option<u32> {
    let (mut total, mut number) = (0u32, String::new());
    for c in text.chars() {
        match c {
            '0'..='9' => number.push(c),
            'h' | 'm' | 's' => {
                let unit = match c {
                    'h' => 3600,
                    'm' => 60,
                    _ => 1,
                };
                total = total.checked_add(std::mem::take(&mut number).parse::<u32>().ok()?.checked_mul(unit)?)?;
            }
            _ => return None,
        }
    }
    let rest = if number.is_empty() { 0 } else { number.parse().ok()? };
    total.checked_add(rest).filter(|seconds| *seconds > 0)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// A handle or identifier of Bluesky: `a.example`, `did:plc:…`.
fn is_actor(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_have_frames() {
        let frames = ["https://maps.example.org".to_owned(), "https://*.charts.example".to_owned()];
        for (written, provider, frame) in [
            (
                "https://www.youtube.com/watch?v=a-B_1&t=1m30s",
                "YouTube",
                "https://www.youtube-nocookie.com/embed/a-B_1?start=90",
            ),
            ("https://youtu.be/aB1?si=x", "YouTube", "https://www.youtube-nocookie.com/embed/aB1"),
            ("https://www.youtube.com/shorts/aB1", "YouTube", "https://www.youtube-nocookie.com/embed/aB1"),
            ("https://vimeo.com/76979871", "Vimeo", "https://player.vimeo.com/video/76979871?dnt=1"),
            ("https://vimeo.com/7697/ab12", "Vimeo", "https://player.vimeo.com/video/7697?h=ab12&dnt=1"),
            ("https://datawrapper.dwcdn.net/aBc12/3/", "Datawrapper", "https://datawrapper.dwcdn.net/aBc12/"),
            ("https://www.datawrapper.de/_/aBc12/", "Datawrapper", "https://datawrapper.dwcdn.net/aBc12/"),
            (
                "https://bsky.app/profile/a.example/post/3k",
                "Bluesky",
                "https://embed.bsky.app/embed/a.example/app.bsky.feed.post/3k",
            ),
            ("https://news.example/@desk/11", "Mastodon", "https://news.example/@desk/11/embed"),
            ("https://x.com/desk/status/11", "X", "https://platform.twitter.com/embed/Tweet.html?id=11&dnt=true"),
            ("https://maps.example.org/?a=b#c", "maps.example.org", "https://maps.example.org/?a=b#c"),
            ("https://a.charts.example/b", "a.charts.example", "https://a.charts.example/b"),
            ("https://charts.example/b", "charts.example", ""),
            ("https://www.youtube.com/@desk", "youtube.com", ""),
            ("https://youtu.be/\"onload=", "youtu.be", ""),
        ] {
            let address = address::web(written).expect(written);
            let embed = embed(&address, &frames);
            assert_eq!((&*embed.provider, embed.frame.as_deref().unwrap_or("")), (provider, frame), "{written}");
        }
    }
}
