//! Names of months and weekdays, and the order of day, month and year, by language. Languages without an entry get the
//! ISO form, which nobody misreads.

use jiff::civil::Date;

struct Names {
    months: [&'static str; 12],
    short: [&'static str; 12],
    weekdays: [&'static str; 7],
    /// The order of `{d}`, `{m}` and `{y}`.
    long: &'static str,
    day_month: &'static str,
    /// A month and its year, in order.
    month_year: &'static str,
    /// The months where they stand without a day, if they differ.
    alone: Option<&'static [&'static str; 12]>,
    /// The first of a month in place of `1`.
    first: Option<&'static str>,
}

/// The entries of the table, each with the languages that it is for.
static LANGUAGES: [(&[&str], &Names); 12] = [
    (&["en"], &ENGLISH),
    (&["de"], &GERMAN),
    (&["fr"], &FRENCH),
    (&["es"], &SPANISH),
    (&["it"], &ITALIAN),
    (&["pt-br"], &BRAZILIAN),
    (&["pt"], &PORTUGUESE),
    (&["nl"], &DUTCH),
    (&["ru"], &RUSSIAN),
    (&["ar"], &ARABIC),
    (&["zh"], &CHINESE),
    (&["ja"], &JAPANESE),
];

fn names(language: &str) -> Option<&'static Names> {
    let primary = language.split(['-', '_']).next().unwrap_or(language);
    let is_own = |tag: &str| primary.eq_ignore_ascii_case(tag) || language.replace('_', "-").eq_ignore_ascii_case(tag);
    let is_it = |(tags, _): &&(&[&str], _)| tags.iter().any(|tag| is_own(tag));
    LANGUAGES.iter().find(is_it).map(|(_, names)| *names)
}

/// A day in the words of a language.
pub struct Written {
    /// The long form: `17 October 2023`.
    pub long: String,
    /// The short form: `17 Oct`.
    pub short: String,
    /// The weekday: `Tuesday`. Empty for languages without an entry.
    pub weekday: String,
}

/// A day in the words of a language, in all forms.
pub fn written(date: Date, language: &str) -> Written {
    let Some(names) = names(language) else {
        return Written { long: date.to_string(), short: date.strftime("%m-%d").to_string(), weekday: String::new() };
    };
    let weekday = names.weekdays[date.weekday().to_monday_zero_offset().unsigned_abs() as usize].to_owned();
    Written {
        long: names.fill(names.long, date, &names.months),
        short: names.fill(names.day_month, date, &names.short),
        weekday,
    }
}

/// The long form: `17 October 2023`.
pub fn long(date: Date, language: &str) -> String {
    names(language).map_or_else(|| date.to_string(), |n| n.fill(n.long, date, &n.months))
}

/// The short form: `17 Oct`.
pub fn short(date: Date, language: &str) -> String {
    written(date, language).short
}

/// The month of a date: `October 2023`.
pub fn month(date: Date, language: &str) -> String {
    match names(language) {
        Some(n) => n.fill(n.month_year, date, n.alone.unwrap_or(&n.months)),
        None => date.strftime("%Y-%m").to_string(),
    }
}

/// The abbreviated month: `Oct`.
pub fn month_short(date: Date, language: &str) -> String {
    names(language).map_or_else(|| date.strftime("%m").to_string(), |n| n.short[index(date)].to_owned())
}

/// The index of a date's month in a table.
fn index(date: Date) -> usize {
    usize::from(date.month().unsigned_abs()) - 1
}

impl Names {
    /// The pattern with the parts of a date in place of `{d}`, `{m}` and `{y}`.
    fn fill(&self, pattern: &str, date: Date, months: &[&str; 12]) -> String {
        let mut text = String::with_capacity(24);
        let mut start = 0;
        for (at, brace) in pattern.bytes().enumerate() {
            if brace != b'{' {
                continue;
            }
            text.push_str(&pattern[start..at]);
            match pattern.as_bytes().get(at + 1) {
                Some(b'd') if date.day() == 1 && self.first.is_some() => text.push_str(self.first.unwrap_or_default()),
                Some(b'd') => push_number(date.day().unsigned_abs().into(), &mut text),
                Some(b'm') => text.push_str(months[index(date)]),
                _ => {
                    if date.year() < 0 {
                        text.push('-');
                    }
                    push_number(date.year().unsigned_abs(), &mut text);
                }
            }
            start = at + "{d}".len();
        }
        text.push_str(&pattern[start..]);
        text
    }
}

/// Adds a number in decimal.
fn push_number(number: u16, text: &mut String) {
    if number >= 10 {
        push_number(number / 10, text);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

static ENGLISH: Names = Names {
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    short: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    long: "{d} {m} {y}",
    day_month: "{d} {m}",
    month_year: "{m} {y}",
    alone: None,
    first: None,
};
static GERMAN: Names = Names {
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    short: ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    long: "{d}. {m} {y}",
    day_month: "{d}. {m}",
    month_year: "{m} {y}",
    alone: None,
    first: None,
};
static FRENCH: Names = Names {
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    short: ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
    weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    long: "{d} {m} {y}",
    day_month: "{d} {m}",
    month_year: "{m} {y}",
    alone: None,
    first: Some("1er"),
};
static SPANISH: Names = Names {
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    short: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"],
    weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    long: "{d} de {m} de {y}",
    day_month: "{d} {m}",
    month_year: "{m} de {y}",
    alone: None,
    first: None,
};
static ITALIAN: Names = Names {
    months: [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    short: ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"],
    weekdays: ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"],
    long: "{d} {m} {y}",
    day_month: "{d} {m}",
    month_year: "{m} {y}",
    alone: None,
    first: Some("1º"),
};
const PORTUGUESE: Names = Names {
    months: [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    short: ["jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.", "dez."],
    weekdays: ["segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"],
    long: "{d} de {m} de {y}",
    day_month: "{d} {m}",
    month_year: "{m} de {y}",
    alone: None,
    first: None,
};
static DUTCH: Names = Names {
    months: [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    short: ["jan.", "feb.", "mrt.", "apr.", "mei", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec."],
    weekdays: ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    long: "{d} {m} {y}",
    day_month: "{d} {m}",
    month_year: "{m} {y}",
    alone: None,
    first: None,
};
static RUSSIAN: Names = Names {
    months: [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    short: ["янв.", "февр.", "марта", "апр.", "мая", "июня", "июля", "авг.", "сент.", "окт.", "нояб.", "дек."],
    weekdays: ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
    long: "{d} {m} {y}",
    day_month: "{d} {m}",
    month_year: "{m} {y}",
    alone: Some(&RUSSIAN_ALONE),
    first: None,
};
static ARABIC: Names = Names {
    months: [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    short: [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    weekdays: ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
    long: "{d} {m} {y}",
    day_month: "{d} {m}",
    month_year: "{m} {y}",
    alone: None,
    first: None,
};
static RUSSIAN_ALONE: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];
static BRAZILIAN: Names = Names { first: Some("1º"), ..PORTUGUESE };
static JAPANESE: Names = Names {
    weekdays: ["月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"],
    ..CHINESE
};
const CHINESE: Names = Names {
    months: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"],
    short: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
    weekdays: ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
    long: "{y}年{m}月{d}日",
    day_month: "{m}{d}日",
    month_year: "{y}年{m}月",
    alone: None,
    first: None,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_order() {
        let date = Date::constant(2023, 10, 17);
        assert_eq!(long(date, "en-GB"), "17 October 2023");
        assert_eq!(long(date, "de"), "17. Oktober 2023");
        assert_eq!(long(date, "zh-CN"), "2023年10月17日");
        assert_eq!(long(date, "xx"), "2023-10-17");
        assert_eq!(month(date, "zh"), "2023年10月");
        let Written { long, short, weekday } = written(date, "en");
        assert_eq!((&*long, &*short, &*weekday), ("17 October 2023", "17 Oct", "Tuesday"));
        let Written { long, short, weekday } = written(date, "ZH-Hant");
        assert_eq!((&*long, &*short, &*weekday), ("2023年10月17日", "10月17日", "星期二"));
        let Written { long, short, weekday } = written(date, "xx");
        assert_eq!((&*long, &*short, &*weekday), ("2023-10-17", "10-17", ""));
        assert_eq!(written(Date::constant(9, 1, 2), "de").long, "2. Januar 9");
    }

    #[test]
    fn the_first_of_a_month_is_written_as_the_language_does() {
        let first = |language: &str| {
            let Written { long, short, .. } = written(Date::constant(2026, 12, 1), language);
            format!("{long}, {short}")
        };
        assert_eq!(first("fr-CH"), "1er décembre 2026, 1er déc.");
        assert_eq!(first("it"), "1º dicembre 2026, 1º dic");
        assert_eq!(first("pt-BR"), "1º de dezembro de 2026, 1º dez.");
        assert_eq!(first("pt"), "1 de dezembro de 2026, 1 dez.");
        assert_eq!(first("es"), "1 de diciembre de 2026, 1 dic");
        assert_eq!(first("en"), "1 December 2026, 1 Dec");
        assert_eq!(long(Date::constant(2026, 12, 11), "fr"), "11 décembre 2026");
    }

    #[test]
    fn a_month_stands_alone_as_the_language_does() {
        let date = Date::constant(2026, 12, 1);
        for (language, words) in [
            ("fr", "décembre 2026"),
            ("es", "diciembre de 2026"),
            ("pt-BR", "dezembro de 2026"),
            ("ru", "декабрь 2026"),
            ("ja", "2026年12月"),
        ] {
            assert_eq!(month(date, language), words);
        }
        assert_eq!(written(date, "ja").weekday, "火曜日");
    }
}
