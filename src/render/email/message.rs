//! A letter → a message (RFC 5322) of two parts, text first, as mail programs and sending services read it. The same
//! letter gives the same bytes: the boundary and the message's id, usually random, are made of a digest.

use std::fmt::Write;

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::url::URL;
use mail_builder::mime::MimePart;

use crate::base::digest::Digester;
use crate::config::{Mailbox, Unsubscribe};
use crate::plan::email::Envelope;

/// The longest line of an encoded part (RFC 2045, section 6.7).
const LINE: usize = 76;

pub(in crate::render) fn message(envelope: &Envelope, text: &str, html: &str) -> Vec<u8> {
    let Envelope { from, reply_to, subject, date, name, unsubscribe } = envelope;
    let mut digester = Digester::new();
    digester.value(envelope).part(text.as_bytes()).part(html.as_bytes());
    let digest = digester.finish().to_string();
    let domain = from.address.rsplit('@').next().unwrap_or("");
    // Quoted-printable text never holds `=_`, so no line of a part can be a boundary.
    let boundary = format!("=_{digest}");
    let parts = vec![part("text/plain", text), part("text/html", html)];
    let mut message = MessageBuilder::new()
        .from(address(from))
        .header("Date", Raw::new(date.as_str()))
        .message_id(format!("{name}.{digest}@{domain}"))
        .subject(subject.as_str());
    if let Some(reply_to) = reply_to {
        message = message.reply_to(address(reply_to));
    }
    message = message.header("List-Unsubscribe", URL::new(unsubscribe.as_str()));
    if matches!(unsubscribe, Unsubscribe::Page(_)) {
        message = message.header("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click"));
    }
    // Outlook opens the file as a draft.
    message = message.header("X-Unsent", Raw::new("1"));
    let kind = ContentType::new("multipart/alternative").attribute("boundary", boundary);
    message.body(MimePart::new(kind, parts)).write_to_vec().expect("writing to memory does not fail")
}

fn address(mailbox: &Mailbox) -> Address<'_> {
    Address::new_address(mailbox.name.as_deref(), mailbox.address.as_str())
}

/// A part in quoted-printable. `mail_builder` would choose base64 for Chinese, and nobody could read the file.
fn part<'x>(kind: &'static str, text: &str) -> MimePart<'x> {
    MimePart::new(ContentType::new(kind).attribute("charset", "utf-8"), quoted_printable(text))
        .transfer_encoding("quoted-printable")
}

/// Quoted-printable (RFC 2045, section 6.7): lines end with CRLF and are no longer than 76 octets.
fn quoted_printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 5 / 4);
    for line in text.split('\n') {
        let mut column = 0;
        let mut characters = line.trim_end_matches('\r').chars().peekable();
        while let Some(c) = characters.next() {
            let is_last = characters.peek().is_none();
            // Characters that some programs change in transit are encoded: dots and `From` at the start of a line, spaces
            // at the end of one.
            let is_plain = matches!(c, '!'..='<' | '>'..='~') && !(column == 0 && matches!(c, '.' | 'F'))
                || matches!(c, ' ' | '\t') && !is_last;
            let mut written = String::new();
            if is_plain {
                written.push(c);
            } else {
                for octet in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(written, "={octet:02X}");
                }
            }
            // The sign that a line goes on takes a column too.
            if column + written.len() > LINE - usize::from(!is_last) {
                out.push_str("=\r\n");
                column = 0;
            }
            column += written.len();
            out.push_str(&written);
        }
        out.push_str("\r\n");
    }
    out.truncate(out.len() - 2);
    out
}

#[cfg(test)]
mod tests {
    use super::quoted_printable;

    #[test]
    fn parts_survive_the_way() {
        assert_eq!(
            quoted_printable("a = b \n.x\nFrom y\nünï\n"),
            "a =3D b=20\r\n=2Ex\r\n=46rom y\r\n=C3=BCn=C3=AF\r\n"
        );
        let long = quoted_printable(&"é".repeat(100));
        assert!(long.split("\r\n").all(|line| line.len() <= 76), "{long}");
        assert_eq!(long.replace("=\r\n", ""), "=C3=A9".repeat(100));
        let exact = "x".repeat(76);
        assert_eq!(quoted_printable(&exact), exact);
    }
}
