use jiff::civil::Date;

use super::*;

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

#[test]
fn each_language_has_its_order() {
    let date = day(2023, 10, 17);
    for (tag, long, short, weekday) in [
        ("en", "17 October 2023", "17 Oct", "Tuesday"),
        ("en-US", "October 17, 2023", "Oct 17", "Tuesday"),
        ("de", "17. Oktober 2023", "17. Okt.", "Dienstag"),
        ("pl", "17 października 2023", "17 paź", "wtorek"),
        ("fa", "۱۷ اکتبر ۲۰۲۳", "۱۷ اکتبر", "سه‌شنبه"),
        ("zh-CN", "2023年10月17日", "10月17日", "星期二"),
        ("ja", "2023年10月17日", "10月17日", "火曜日"),
        ("xx", "2023-10-17", "10-17", ""),
    ] {
        let written = Language::of(tag).day(date);
        assert_eq!((&*written.long, &*written.short, &*written.weekday), (long, short, weekday), "{tag}");
    }
    let written = Language::of("ja").day(date);
    assert_eq!((&*written.full, &*written.medium), ("2023年10月17日火曜日", "2023/10/17"));
    assert_eq!(Language::of("de").day(day(9, 1, 2)).long, "2. Januar 9 n. Chr.");
}

#[test]
fn the_first_of_a_month_is_written_as_the_language_does() {
    let first = |language: &str| {
        let Written { long, short, .. } = Language::of(language).day(day(2026, 12, 1));
        format!("{long}, {short}")
    };
    assert_eq!(first("fr-CH"), "1er décembre 2026, 1er déc.");
    assert_eq!(first("it"), "1º dicembre 2026, 1º dic");
    assert_eq!(first("pt-BR"), "1º de dezembro de 2026, 1º de dez.");
    assert_eq!(first("pt-PT"), "1 de dezembro de 2026, 1 de dez.");
    assert_eq!(first("en"), "1 December 2026, 1 Dec");
    let fr = Language::of("fr");
    assert_eq!(fr.day(day(2026, 12, 11)).long, "11 décembre 2026");
    assert_eq!(fr.day(day(2026, 12, 1)).full, "mardi 1er décembre 2026");
}

#[test]
fn a_month_stands_alone_as_the_language_does() {
    let date = day(2026, 12, 1);
    for (language, words) in [
        ("fr", "décembre 2026"),
        ("es", "diciembre de 2026"),
        ("pt-BR", "dezembro de 2026"),
        ("ru", "декабрь 2026\u{202f}г."),
        ("ja", "2026年12月"),
        ("xx", "2026-12"),
    ] {
        assert_eq!(Language::of(language).month(date), words);
    }
}

#[test]
fn a_time_has_24_hours_and_the_digits_of_the_language() {
    let half_past = |language: &str| Language::of(language).clock(21, 30);
    assert_eq!((half_past("en-US"), half_past("de")), (None, None));
    assert_eq!(half_past("fi").as_deref(), Some("21.30"));
    assert_eq!(half_past("fa").as_deref(), Some("۲۱:۳۰"));
}

#[test]
fn numbers_and_plurals_are_those_of_the_language() {
    let of = |tag: &str, number| {
        let language = Language::of(tag);
        (language.number(number), language.plural(number))
    };
    for (tag, number, written, category) in [
        ("en", 2011, "2,011", "other"),
        ("de", 2011, "2.011", "other"),
        ("fa", 12, "۱۲", "other"),
        ("hi", 123_456, "1,23,456", "other"),
        ("pl", 22, "22", "few"),
        ("ru", 21, "21", "one"),
        ("ar", 0, "0", "zero"),
        ("ja", 1, "1", "other"),
    ] {
        assert_eq!(of(tag, number), (written.to_owned(), category), "{tag} {number}");
    }
    assert_eq!(Language::of("pl").plurals(), ["one", "few", "many", "other"]);
}
