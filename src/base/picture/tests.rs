use super::*;

const SECRET: &[u8] = b"50 deg N, serial number 4711";

fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
    let length = (contents.len() as u16 + 2).to_be_bytes();
    [&[0xff, marker], &length[..], contents].concat()
}

/// Exif data with an orientation and an artist.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II\x2a\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend([0x3b, 0x01, 2, 0, SECRET.len() as u8, 0, 0, 0, 38, 0, 0, 0]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend(SECRET);
    tiff
}

fn jpeg(exif: Option<&[u8]>, behind: &[u8]) -> Vec<u8> {
    let exif = exif.map(|tiff| segment(0xe1, &[b"Exif\0\0", tiff].concat())).unwrap_or_default();
    let parts: [&[u8]; 12] = [
        &[0xff, 0xd8],
        &segment(0xe0, &[b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01", &SECRET[..3]].concat()),
        &segment(0xe0, &[b"JFXX\0", SECRET].concat()),
        &exif,
        &segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", SECRET].concat()),
        &segment(0xe2, b"ICC_PROFILE\0\x01\x01profile"),
        &segment(0xe2, &[b"MPF\0", SECRET].concat()),
        &segment(0xed, &[b"Photoshop 3.0\0", SECRET].concat()),
        &segment(0xfe, SECRET),
        &segment(0xc0, b"\x08\0\x02\0\x03\x01\x01\x11\0"),
        // Two scans with a restart, a byte 0xff and a table between them.
        &[
            &segment(0xda, b"\x01\x01\0\0\x3f\0")[..],
            b"ab\xff\0\xff\xd1c",
            &segment(0xc4, b"t\xff\xd9"),
            &segment(0xda, b"s"),
            b"d\xff\xd9",
        ]
        .concat(),
        behind,
    ];
    parts.concat()
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

fn cleaned(bytes: &[u8]) -> Vec<u8> {
    let cleaned = without_metadata(bytes).expect("a whole picture").expect("something to take out");
    assert_eq!(without_metadata(&cleaned), Ok(None), "a second time, there is nothing left to take out");
    for secret in [SECRET, &SECRET[..3]] {
        assert!(!holds(&cleaned, secret), "{}", String::from_utf8_lossy(&cleaned));
    }
    cleaned
}

#[test]
fn of_a_jpeg_the_pixels_and_their_colours_stay() {
    // A second picture, or a film, behind the first one.
    let clean = cleaned(&jpeg(Some(&exif(1)), &jpeg(Some(&exif(6)), SECRET)));
    let expected: [&[u8]; 6] = [
        &[0xff, 0xd8],
        &segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"),
        &segment(0xe2, b"ICC_PROFILE\0\x01\x01profile"),
        &segment(0xc0, b"\x08\0\x02\0\x03\x01\x01\x11\0"),
        &[
            &segment(0xda, b"\x01\x01\0\0\x3f\0")[..],
            b"ab\xff\0\xff\xd1c",
            &segment(0xc4, b"t\xff\xd9"),
            &segment(0xda, b"s"),
        ]
        .concat(),
        b"d\xff\xd9",
    ];
    assert_eq!(clean, expected.concat());
    assert!(!is_turned(&clean));
}

#[test]
fn the_orientation_stays() {
    for (orientation, turned) in [(3, false), (5, true), (6, true), (8, true)] {
        let clean = cleaned(&jpeg(Some(&exif(orientation)), b""));
        assert_eq!((jpeg::orientation(&clean), is_turned(&clean)), (Some(orientation), turned));
        let png = cleaned(&png(&[(b"eXIf", &exif(orientation))]));
        assert_eq!((png::orientation(&png), is_turned(&png)), (Some(orientation), turned));
        let turned_webp = webp(&[(b"EXIF", &exif(orientation))]);
        assert!(!is_turned(&turned_webp) && !holds(&cleaned(&turned_webp), b"EXIF"), "browsers show it as it lies");
    }
    assert!(!is_turned(&jpeg(Some(b"II\x2a\0\xff\xff\xff\xff"), b"")), "damaged Exif data says nothing");
}

fn png(ancillary: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut bytes = vec![0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];
    let pixels: [(&[u8; 4], &[u8]); 2] = [(b"IDAT", b"pixels"), (b"IEND", b"")];
    for (kind, contents) in [(b"IHDR", &[0; 13][..])].iter().chain(ancillary).chain(&pixels) {
        bytes.extend((contents.len() as u32).to_be_bytes());
        bytes.extend(*kind);
        bytes.extend(*contents);
        bytes.extend(
            img_parts::png::PngChunk::new(**kind, contents.to_vec().into())
                .encoder()
                .bytes()
                .split_off(8 + contents.len()),
        );
    }
    bytes
}

#[test]
fn of_a_png_what_is_shown_stays() {
    let dirty = png(&[
        (b"iCCP", b"profile"),
        (b"tEXt", SECRET),
        (b"iTXt", SECRET),
        (b"tIME", &SECRET[..7]),
        (b"eXIf", &exif(1)),
        (b"caBX", SECRET),
        (b"acTL", b"motion"),
    ]);
    assert_eq!(cleaned(&[&dirty[..], SECRET].concat()), png(&[(b"iCCP", b"profile"), (b"acTL", b"motion")]));
}

fn webp(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut list = b"WEBP".to_vec();
    let first: [(&[u8; 4], &[u8]); 2] = [(b"VP8X", &[0b0010_1100, 0, 0, 0, 1, 0, 0, 1, 0, 0]), (b"VP8 ", b"pixels")];
    for (kind, contents) in first.iter().chain(chunks) {
        list.extend(*kind);
        list.extend((contents.len() as u32).to_le_bytes());
        list.extend(*contents);
        list.extend(vec![0; contents.len() % 2]);
    }
    [b"RIFF", &(list.len() as u32).to_le_bytes()[..], &list].concat()
}

#[test]
fn of_a_webp_what_is_shown_stays() {
    let clean = cleaned(&webp(&[(b"ICCP", b"profile"), (b"EXIF", &exif(1)), (b"XMP ", SECRET), (b"????", SECRET)]));
    let mut expected = webp(&[(b"ICCP", b"profile")]);
    expected[20] = 0b0010_0000;
    assert_eq!(clean, expected);
}

fn gif(extensions: &[&[u8]], end: &[u8]) -> Vec<u8> {
    let colours: &[u8] = b"GIF89a\x02\0\x02\0\x80\0\0abcdef";
    let image: &[u8] = b"\x2c\0\0\0\0\x02\0\x02\0\x00\x02\x02Dx\x00";
    [colours, &extensions.concat(), image, end].concat()
}

#[test]
fn of_a_gif_what_is_shown_stays() {
    let again: &[u8] = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    let time: &[u8] = b"\x21\xf9\x04\0\x0a\0\0\0";
    let comment = [b"\x21\xfe", &[SECRET.len() as u8][..], SECRET, b"\0"].concat();
    let xmp = [b"\x21\xff\x0bXMP DataXMP", &[SECRET.len() as u8][..], SECRET, b"\0"].concat();
    let clean = cleaned(&gif(&[again, &comment, time, &xmp], &[b";", SECRET].concat()));
    assert_eq!(clean, gif(&[again, time], b";"));
    assert_eq!(without_metadata(&gif(&[], b"")), Ok(Some(gif(&[], b";"))), "readers stop at the end of the file, too");
}

#[test]
fn a_part_of_a_picture_is_damaged() {
    let whole = [jpeg(None, b""), png(&[]), webp(&[]), gif(&[], b";")];
    for picture in whole {
        let format = Format::of(&picture).expect("a picture");
        assert!(without_metadata(&picture).is_ok(), "{format}");
        for end in 0..picture.len() {
            // Whatever comes of it, no panic.
            let _ = (without_metadata(&picture[..end]), is_turned(&picture[..end]));
        }
        assert_eq!(without_metadata(&picture[..20]), Err(Damaged(format)));
    }
    assert_eq!(without_metadata(b"<html>"), Ok(None), "no picture at all");
}

proptest::proptest! {
    #[test]
    fn whatever_a_file_holds_is_taken_out_at_once(
        which in 0_usize..4,
        edits in proptest::collection::vec((proptest::prelude::any::<proptest::sample::Index>(), proptest::prelude::any::<u8>()), 0..8),
        end in proptest::prelude::any::<proptest::sample::Index>(),
        is_cut: bool,
    ) {
        let mut bytes = match which {
            0 => jpeg(Some(&exif(6)), SECRET),
            1 => png(&[(b"eXIf", &exif(6)), (b"tEXt", SECRET)]),
            2 => webp(&[(b"EXIF", &exif(6)), (b"XMP ", SECRET)]),
            _ => gif(&[b"\x21\xfe\x01a\0", b"\x21\xf9\x04\0\x0a\0\0\0"], b";"),
        };
        for (at, byte) in edits {
            *at.get_mut(&mut bytes) = byte;
        }
        if is_cut {
            bytes.truncate(end.index(bytes.len()));
        }
        if let Ok(Some(cleaned)) = without_metadata(&bytes) {
            assert_eq!(without_metadata(&cleaned), Ok(None));
            assert_eq!(is_turned(&cleaned), is_turned(&bytes));
        }
    }
}
