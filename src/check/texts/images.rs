//! Rules about pictures.

use crate::base::rules;
use crate::check::findings::Findings;
use crate::check::subject::Subject;
use crate::content::document::Content;

/// Words that introduce a credit in a caption.
const MAKERS: [&str; 24] = [
    "photo",
    "photograph",
    "photographs",
    "photography",
    "photographer",
    "credit",
    "credits",
    "courtesy",
    "illustration",
    "illustrations",
    "graphic",
    "graphics",
    "image",
    "picture",
    "source",
    "screenshot",
    "map",
    "chart",
    "drawing",
    "via",
    "reuters",
    "ap",
    "afp",
    "getty",
];
/// Parts of the address of pictures that are symbols in the text, such as emoji and badges.
const SIGNS: [&str; 4] = ["emoji", "img.shields.io", "badge.svg", "alt=\"\""];
/// A longer block after a picture is not its caption, in characters.
const CAPTION: usize = 300;

/// A picture in the text without an alternative text. Builds report the one in the front matter.
pub(in crate::check) fn image_without_alt(subject: &Subject<'_>, found: &mut Findings) {
    for image in subject.prose.images.iter().filter(|image| image.alt.is_none()) {
        let help = "say it for those who cannot see it: `![what it shows](…)`";
        let message = "this picture does not say what it shows";
        found.push(rules::IMAGE_WITHOUT_ALT, subject.place(&image.range), message, help);
    }
}

/// A picture without a credit.
pub(in crate::check) fn image_without_credit(subject: &Subject<'_>, found: &mut Findings) {
    const MESSAGE: &str = "this picture does not say who made it";
    let head = match &subject.document.content {
        Content::Article(head, _) => head.image.as_ref(),
        Content::Briefing(head, _) => head.image.as_ref(),
        _ => None,
    };
    if let Some(image) = head
        && image.credit.is_none()
        && !image.caption.as_deref().is_some_and(names_a_maker)
    {
        let place = subject.document.place(&["image"]);
        found.push(rules::IMAGE_WITHOUT_CREDIT, place, MESSAGE, "add `credit: …` to `image`");
    }
    if subject.article().is_none() {
        return;
    }
    let blocks = &subject.prose.blocks;
    for image in &subject.prose.images {
        let near = [image.block, image.block + 1].map(|at| blocks.get(at));
        let near = near.into_iter().flatten().map(|block| block.text.as_str()).filter(|text| text.len() <= CAPTION);
        let html = subject.text.get(subject.body + image.range.end..).unwrap_or("");
        let html = html.split_once("</figure>").map_or("", |(caption, _)| caption);
        let html = if html.len() <= CAPTION * 2 { html } else { "" };
        let tag = subject.text.get(subject.body + image.range.start..subject.body + image.range.end).unwrap_or("");
        let is_sign = SIGNS.iter().any(|sign| tag.contains(sign));
        // A screenshot is made by whoever publishes it.
        let is_screen = image.alt.as_deref().is_some_and(|alt| alt.to_lowercase().contains("screenshot"));
        if is_sign
            || is_screen
            || names_a_maker(&image.title)
            || near.into_iter().any(names_a_maker)
            || names_a_maker(html)
        {
            continue;
        }
        let help = "name who made it at the end of its caption: `![…](… \"The port at dawn. Photo: Harbor Wire\")`";
        found.push(rules::IMAGE_WITHOUT_CREDIT, subject.place(&image.range), MESSAGE, help);
    }
}

/// Whether a caption has a credit: a word for it, a symbol, or a name at its end.
fn names_a_maker(caption: &str) -> bool {
    let caption = caption.trim().trim_matches(['*', '_']);
    let words = || caption.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    caption.contains(['©', 'Ⓒ'])
        || caption.contains("(c)")
        || caption.to_lowercase().contains("public domain")
        || words().any(|word| MAKERS.contains(&word.as_str()) || word == "cc0")
        || caption.contains("CC BY")
        || caption.ends_with(')')
        || caption.rsplit_once('/').is_some_and(|(_, name)| (2..=40).contains(&name.trim().chars().count()))
}
