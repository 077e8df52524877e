//! Pictures in several sizes: which files a page offers to browsers, what is in them, and when they are made.

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use image::{ImageFormat, ImageReader};

use crate::serve::Served;
use crate::site_test::{SiteTest, article, assert_same, between, encoded, picture, png, short};
use crate::why::why;

const TWO: &str =
    "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example/sub\nimages: {widths: [100, 200, 400]}\n";

/// The width and height of a picture that was decoded.
fn size(bytes: &[u8]) -> (u32, u32) {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().expect("a reader");
    let picture = reader.decode().expect("a picture");
    (picture.width(), picture.height())
}

/// A JPEG that a camera took lying on its side.
fn turned(jpeg: &[u8]) -> Vec<u8> {
    let tiff = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let length = (2 + 6 + tiff.len() as u16).to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, b"Exif\0\0", tiff, &jpeg[2..]].concat()
}

fn story() -> SiteTest {
    let head = "date: 2023-10-17\nimage: {src: port.jpg, alt: The port, credit: C}";
    let site = SiteTest::new(TWO.to_owned() + &article("port", head, "Text.\n\n![A map](map.png)\n\n[Raw](raw.jpg)"));
    let photograph = encoded(&picture(300, 240), ImageFormat::Jpeg);
    site.write("content/articles/port.jpg", turned(&photograph)).write("content/articles/raw.jpg", photograph);
    site.write("content/articles/map.png", png(150, 90));
    site
}

#[test]
fn a_picture_has_the_widths_below_its_own_and_its_own() {
    let site = story();
    let output = site.build_and_compare();
    let main = output.main("/2023/10/17/port/");
    let lead = between(&main, "<picture>", "</picture>");
    let srcset = between(lead, "srcset=\"", "\"");
    let widths: Vec<&str> = srcset.split(", ").map(|one| one.rsplit_once(' ').expect("a width").1).collect();
    assert_eq!(widths, ["100w", "200w", "240w"], "it is 240 wide as it is shown");
    assert!(lead.contains(" width=\"240\" height=\"300\" fetchpriority=\"high\""), "{lead}");
    assert!(lead.contains("sizes=\"(min-width"), "the first picture is not lazy, and so not sized by itself: {lead}");
    let tree = site.tree();
    for candidate in srcset.split(", ") {
        let (address, width) = candidate.rsplit_once(' ').expect("a width");
        let bytes = &tree[address.strip_prefix("/sub/").expect("below the base path")];
        let width = width.trim_end_matches('w').parse::<u32>().expect("a number");
        assert_eq!(size(bytes), (width, width * 5 / 4), "{address}");
        assert!(bytes.starts_with(b"RIFF"), "{address}");
    }
    let fallback = &tree[between(lead, "<img src=\"/sub/", "\"")];
    assert_eq!((&fallback[..3], size(fallback)), (&b"\xff\xd8\xff"[..], (240, 300)), "a JPEG, upright");
    assert!(!fallback.windows(4).any(|window| window == b"Exif"));
    let rest = main.split("</picture>").nth(1).expect("a second picture");
    assert!(rest.contains("sizes=\"auto, (min-width") && rest.contains("loading=\"lazy\""), "{rest}");
    assert!(rest.contains("<img src=\"/sub/2023/10/17/port/map.png\" alt=\"A map\" width=\"150\""), "{rest}");
    assert!(
        !tree.keys().any(|file| file.contains("raw.") && !file.ends_with("/raw.jpg")),
        "what is only linked is not scaled"
    );
    let feed = output.file("/feed.xml");
    assert!(!feed.contains("<picture>") && !feed.contains("srcset"), "{feed}");
}

#[test]
fn a_rendition_is_made_once_and_remade_when_its_picture_changes() {
    let site = story();
    site.build();
    let cache = site.root().join(".dateline/pictures");
    let kept = || fs::read_dir(&cache).expect("a cache").count();
    assert_eq!(kept(), 4 + 2);
    let (_, changed, _) = site.build().changes();
    assert!(changed.is_empty(), "{changed:?}");
    site.write("content/articles/map.png", png(160, 90));
    let (added, _, removed) = site.build_and_compare().changes();
    let of_map = |files: &[String]| files.iter().filter(|file| file.contains(".webp")).count();
    assert_eq!((of_map(&added), of_map(&removed)), (2, 2), "{added:?} {removed:?}");
    // A cut off file of the cache is made anew.
    for entry in fs::read_dir(&cache).expect("a cache") {
        fs::write(entry.expect("an entry").path(), "").expect("a cut off file");
    }
    let before = site.tree();
    fs::remove_dir_all(site.public()).expect("an output");
    site.build();
    assert_same(&before, &site.tree());
}

#[test]
fn machines_get_cuts_around_the_focus_and_feeds_a_jpeg_of_a_fit_size() {
    let head = "date: 2023-10-17\nimage: {src: port.jpg, alt: The port, credit: C, focus: 100% 0%}";
    let site = SiteTest::new(article("port", head, "Text.\n\n![B](port.jpg)") + SETTINGS_OF_FEEDS);
    // Red at the right, else grey.
    let photograph =
        image::RgbImage::from_fn(1600, 900, |x, _| image::Rgb(if x < 1200 { [90; 3] } else { [250, 0, 0] }));
    site.write("content/articles/port.jpg", encoded(&photograph, ImageFormat::Jpeg));
    let output = site.build_and_compare();
    let page = output.file("/2023/10/17/port/");
    let linked = between(&page, "\"image\":[", "]");
    let urls: Vec<&str> = linked
        .split("\"url\":\"https://test.example/")
        .skip(1)
        .map(|rest| rest.split('"').next().expect("an address"))
        .collect();
    let tree = site.tree();
    let sizes: Vec<(u32, u32)> = urls.iter().map(|url| size(&tree[*url])).collect();
    assert_eq!(sizes, [(1200, 675), (1200, 900), (900, 900)], "16:9, 4:3, 1:1: {linked}");
    let cut = image::load_from_memory(&tree[urls[2]]).expect("a picture").into_rgb8();
    assert!(cut.get_pixel(899, 450).0[0] > 200 && cut.get_pixel(10, 450).0[0] < 120, "the right of it");
    assert!(!linked.contains("width"), "a width of schema.org is a length with its unit: {linked}");
    let shared = between(&page, "og:image\" content=\"https://test.example/", "\"");
    assert_eq!(size(&tree[shared]), (1200, 675));
    assert_eq!(shared, urls[0], "what is shared is one of the cuts, and a cut that leaves nothing out is the picture");
    assert!(page.contains("og:image:width\" content=\"1200\""));
    let feed = output.file("/rss.xml");
    let media = between(&feed, "<media:content ", ">");
    assert!(
        media.contains(&format!("url=\"https://test.example/{shared}\"")) && media.contains("image/jpeg"),
        "{media}"
    );
    assert_eq!(feed.matches(shared).count(), 2, "in the text, too: {feed}");
}

#[test]
fn what_is_shared_is_cut_around_the_focus() {
    let head = "date: 2023-10-17\nimage: {src: port.jpg, alt: The port, credit: C, focus: 50% 100%}";
    let site = SiteTest::new(article("port", head, "Text.") + SETTINGS_OF_FEEDS);
    let photograph =
        image::RgbImage::from_fn(700, 1000, |_, y| image::Rgb(if y < 800 { [90; 3] } else { [250, 0, 0] }));
    site.write("content/articles/port.jpg", encoded(&photograph, ImageFormat::Jpeg));
    let (output, tree) = (site.build_and_compare(), site.tree());
    let page = output.file("/2023/10/17/port/");
    let shared = &tree[between(&page, "og:image\" content=\"https://test.example/", "\"")];
    let cut = image::load_from_memory(shared).expect("a picture").into_rgb8();
    assert_eq!(cut.dimensions(), (700, 394));
    assert!(cut.get_pixel(350, 390).0[0] > 200, "the lower end of it");
    let feed = output.file("/rss.xml");
    let media = between(&feed, "<media:content url=\"https://test.example/", "\"");
    assert_eq!(size(&tree[media]), (700, 1000), "feeds show all of it");
}

#[test]
fn hosts_let_browsers_keep_renditions() {
    let settings =
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nlanguages: {ar: {}}\nimages: {widths: [100]}\n";
    let head = "date: 2023-10-17\nimage: {src: port.jpg, alt: The port, credit: C}";
    let story = article("port/index", head, "Text.");
    let site = SiteTest::new(settings.to_owned() + &story + &article("port/index.ar", head, "نص."));
    site.write("content/articles/port/port.jpg", encoded(&picture(300, 240), ImageFormat::Jpeg));
    // The same file beside another story has the same renditions.
    site.write_all(&article("quay/index", head, "Text."));
    site.write("content/articles/quay/port.jpg", encoded(&picture(300, 240), ImageFormat::Jpeg));
    let output = site.build_and_compare();
    let tree = site.tree();
    let of = |folder: &str| tree.keys().filter(|file| file.starts_with(folder)).count();
    assert_eq!((of("renditions/"), of("ar/renditions/")), (2, 2), "{:?}", tree.keys());
    let headers = output.file("/_headers");
    let (short, forever) = ("Cache-Control: public, max-age=300", "Cache-Control: public, max-age=31536000, immutable");
    assert!(headers.contains(&format!("\n/renditions/*\n  {forever}\n")), "{headers}");
    let within = format!("\n/ar/renditions/*\n  ! Cache-Control\n  {forever}\n");
    assert!(headers.find(&within) > headers.find(&format!("\n/ar/*\n  {short}\n")), "{headers}");
    let hosting = |file: &str| {
        fs::read_to_string(site.public().join(".dateline/private/hosting").join(file)).expect("a file for a host")
    };
    let pattern = r"[^/]+\x2e[0-9]+w\x2e[0-9a-f]+\x2e(webp|jpg|png)$";
    for (file, line) in [
        ("nginx.conf", format!("location ~ \"^/ar/renditions/{pattern}\" {{ ")),
        ("Caddyfile", format!("\t~^/ar/renditions/{pattern} \"public, max-age=31536000, immutable\"\n")),
        ("lighttpd.conf", format!("$HTTP[\"url\"] =~ \"^/renditions/{pattern}\" {{\n")),
    ] {
        assert!(hosting(file).contains(&line), "{file}: {}", hosting(file));
    }
    // A page that has their folder for its address is not kept.
    site.write_all("-- content/pages/renditions.md --\n---\ntitle: Renditions\n---\nText.\n");
    let headers = site.build_and_compare().file("/_headers");
    assert!(headers.contains(&format!("\n/renditions/*\n  {short}\n")), "{headers}");
}

#[test]
fn a_browser_of_the_preview_gets_renditions_when_it_asks() {
    let site = story();
    let cache = site.root().join(".dateline/pictures");
    let kept = || fs::read_dir(&cache).map_or(0, Iterator::count);
    let served = Served::new(site);
    let page = served.get("/sub/2023/10/17/port/").text();
    assert_eq!(kept(), 0, "no page waits for pictures");
    let address = between(&page, "srcset=\"", " ").to_owned();
    let answer = served.get(&address);
    assert_eq!((answer.status, answer.header("content-type")), (200, "image/webp"));
    assert_eq!(size(answer.body()), (100, 125));
    assert_eq!(kept(), 4, "all of this picture, and of no other");
    assert_eq!(served.get(&address).body(), answer.body());
    let port = served.site.root().join("content/articles/port.jpg");
    fs::write(port, encoded(&picture(400, 200), ImageFormat::Jpeg)).expect("another picture");
    assert!(served.remade().1);
    assert_eq!(served.get(&address).status, 404, "the picture has another address");
    let page = served.get("/sub/2023/10/17/port/").text();
    assert_eq!(size(served.get(between(&page, "srcset=\"", " ")).body()), (100, 50));
}

#[test]
fn a_rendition_tells_what_it_is_made_of() {
    let site = story();
    let first = |site: &SiteTest| {
        site.tree().into_keys().find(|file| file.contains("/map.") && file.ends_with("webp")).expect("a rendition")
    };
    site.build();
    let told = why(&site, &first(&site)).expect("it is planned");
    assert_eq!((told.family, told.stale), ("rendition", None));
    assert_eq!(told.source.as_deref(), Some("content/articles/map.png"));
    fs::remove_file(site.public().join(first(&site))).expect("a rendition");
    site.build();
    assert_eq!(why(&site, &first(&site)).expect("it is planned").made, Some("its file was not as it was written"));
}

#[test]
fn the_cache_keeps_what_is_used_and_little_else() {
    let site = story();
    site.build();
    let cache = site.root().join(".dateline/pictures");
    let used: BTreeSet<PathBuf> =
        fs::read_dir(&cache).expect("a cache").map(|entry| entry.expect("an entry").path()).collect();
    let spare = |name: &str, size: u64, day: u64| {
        let file = fs::File::create(cache.join(name)).expect("a file");
        file.set_len(size).expect("a size");
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(day * 86_400)).expect("a time");
    };
    spare("old.webp", 40 << 20, 1);
    spare("new.webp", 40 << 20, 2);
    site.build();
    assert!(cache.join("old.webp").exists(), "a build that makes no picture has nothing to tidy");
    site.write("content/articles/map.png", png(160, 90));
    site.build();
    assert!(!cache.join("old.webp").exists() && cache.join("new.webp").exists(), "the oldest goes, down to 64 MiB");
    assert!(used.iter().all(|file| file.exists()), "those of the former picture are few bytes, and stay");
    let before = site.tree();
    fs::remove_dir_all(site.public()).expect("an output");
    site.build();
    assert_same(&before, &site.tree());
}

#[test]
fn a_picture_that_says_it_has_more_pixels_than_are_decoded_goes_out_as_it_is() {
    let site = story();
    let of = |width: u32, height: u32| {
        let mut bomb = png(150, 90);
        bomb[16..20].copy_from_slice(&width.to_be_bytes());
        bomb[20..24].copy_from_slice(&height.to_be_bytes());
        let mut check = flate2::Crc::new();
        check.update(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&check.sum().to_be_bytes());
        bomb
    };
    let bomb = of(20_000, 6_000);
    site.write("content/articles/map.png", &bomb).write("static/bomb.png", &bomb);
    assert_eq!(site.problems(), ["huge-picture content/articles/map.png"]);
    let report = site.try_build().report;
    let message = &report.diagnostics()[0].message;
    assert!(message.contains("20000 × 6000 pixels"), "{message}");
    let output = site.build_and_compare();
    let main = output.main("/2023/10/17/port/");
    assert!(
        main.contains("<img src=\"/sub/2023/10/17/port/map.png\" alt=\"A map\" width=\"20000\" height=\"6000\""),
        "{main}"
    );
    let tree = site.tree();
    assert_eq!(tree["2023/10/17/port/map.png"], bomb);
    assert!(!tree.keys().any(|file| file.starts_with("renditions/map.")));
    // One of as many as are decoded is decoded, and found to be cut off.
    site.write("content/articles/map.png", of(10_000, 10_000));
    let report = site.try_build().report;
    let found: Vec<String> = report.diagnostics().iter().map(short).collect();
    assert_eq!(found, ["damaged-picture content/articles/map.png"]);
}

const SETTINGS_OF_FEEDS: &str =
    "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nfeeds: {formats: [atom, rss, json]}\n";

#[test]
fn a_focus_is_two_shares_in_percent() {
    for written in ["30", "30% 20", "30% 120%", "left top", "30% 20% 10%"] {
        let head = format!("date: 2023-10-17\nimage: {{src: /a.png, alt: A, credit: C, focus: {written}}}");
        let site = SiteTest::new(article("a", &head, "Text."));
        site.write("static/a.png", png(80, 60));
        assert_eq!(site.problems(), ["bad-value content/articles/a.md:4:48"], "{written}");
    }
}

/// A photograph of four inks, as a print desk has them: all of it cyan.
fn four_inks() -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels: Vec<u8> = [255, 0, 0, 0].repeat(96 * 96);
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.encode(&pixels, 96, 96, jpeg_encoder::ColorType::Cmyk).expect("a picture");
    bytes
}

#[test]
fn every_kind_of_picture_has_a_right_outcome() {
    let text = "![A](inks.jpg)\n\n![B](deep.png)\n\n![C](moving.gif)\n\n![D](drawing.svg)\n\n![E](clear.png)\n\n![F](flag.png)\n";
    let site = SiteTest::new(article("a", "date: 2023-10-17", text));
    let deep = image::DynamicImage::ImageRgb8(picture(96, 48)).into_rgb16();
    let mut deep_png = Cursor::new(Vec::new());
    deep.write_to(&mut deep_png, ImageFormat::Png).expect("a picture");
    let clear = image::RgbaImage::from_pixel(96, 48, image::Rgba([10, 200, 30, 0]));
    let mut clear_png = Cursor::new(Vec::new());
    clear.write_to(&mut clear_png, ImageFormat::Png).expect("a picture");
    let gif = b"GIF89a\x60\0\x30\0\x80\0\0\0\0\0\xff\xff\xff\x2c\0\0\0\0\x60\0\x30\0\0\x02\x02\x44\x01\0\x3b";
    site.write("content/articles/inks.jpg", four_inks())
        .write("content/articles/deep.png", deep_png.into_inner())
        .write("content/articles/moving.gif", gif)
        .write("content/articles/drawing.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 48\"></svg>")
        .write("content/articles/clear.png", clear_png.into_inner())
        .write("content/articles/flag.png", png(32, 20));
    let output = site.build_and_compare();
    let tree = site.tree();
    let made = |stem: &str, ending: &str| -> Vec<u8> {
        let is_it = |file: &&String| file.contains(&format!("/{stem}.96w.")) && file.rsplit('.').next() == Some(ending);
        tree[tree.keys().find(is_it).unwrap_or_else(|| panic!("{stem}: {:?}", tree.keys()))].clone()
    };
    let cyan = image::load_from_memory(&made("inks", "webp")).expect("a picture").into_rgb8();
    let [red, green, blue] = cyan.get_pixel(48, 48).0;
    assert!(red < 40 && green > 140 && blue > 180, "cyan: {red} {green} {blue}");
    assert_eq!(size(&made("inks", "jpg")), (96, 96), "in three colours, for all browsers");
    assert_eq!(size(&made("deep", "webp")), (96, 48));
    let clear = image::load_from_memory(&made("clear", "webp")).expect("a picture");
    assert!(clear.color().has_alpha() && clear.into_rgba8().get_pixel(5, 5).0[3] == 0);
    let main = output.main("/2023/10/17/a/");
    assert_eq!(main.matches("<picture>").count(), 3, "moving, drawn and small ones go out as they are: {main}");
    assert_eq!(main.matches(" width=\"96\" height=\"48\"").count(), 4, "{main}");
}

#[test]
fn pictures_go_out_as_they_are_if_a_site_says_so() {
    let site = story();
    site.write("dateline.yaml", "title: T\nbase_url: https://test.example\nimages: {resize: false}\n");
    let output = site.build_and_compare();
    assert!(!output.main("/2023/10/17/port/").contains("<picture>"));
    assert!(!site.tree().keys().any(|file| file.contains(".webp")));
}

#[test]
fn settings_of_pictures_that_cannot_be_are_told_at_their_place() {
    let site = SiteTest::new(
        "-- dateline.yaml --\ntitle: T\nbase_url: https://test.example\nimages:\n  widths: [400, 0, 99999]\n  quality: 101\n",
    );
    let report = site.try_build().report;
    let found: Vec<String> = report.diagnostics().iter().map(short).collect();
    assert_eq!(found, ["bad-value dateline.yaml:4:17", "bad-value dateline.yaml:4:20", "bad-value dateline.yaml:5:12"]);
}

#[test]
fn a_picture_whose_pixels_are_damaged_stops_the_build_at_its_file() {
    let site = story();
    let mut damaged = png(150, 90);
    let at = damaged.windows(4).position(|window| window == b"IDAT").expect("pixels") + 8;
    damaged[at] ^= 0xff;
    site.write("content/articles/map.png", damaged);
    let report = site.try_build().report;
    let found: Vec<String> = report.diagnostics().iter().map(short).collect();
    assert_eq!(found, ["damaged-picture content/articles/map.png"]);
}
