//! Cities that people name for a time zone although the IANA database has no zone of their name.

/// Each zone with large cities, seats of government and of institutions that keep its time, in the spelling of the database:
/// ASCII in lower case, with `_` for a space.
const CITIES: &[(&str, &[&str])] = &[
    ("Africa/Cairo", &["alexandria", "giza"]),
    ("Africa/Casablanca", &["rabat", "marrakesh", "marrakech"]),
    ("Africa/Johannesburg", &["cape_town", "pretoria", "durban"]),
    ("Africa/Lagos", &["abuja", "kano"]),
    ("America/Bogota", &["medellin", "cali"]),
    ("America/Chicago", &["houston", "dallas", "austin", "san_antonio", "minneapolis", "new_orleans"]),
    ("America/Mexico_City", &["guadalajara", "puebla"]),
    ("America/Los_Angeles", &["san_francisco", "seattle", "san_diego", "portland", "las_vegas", "silicon_valley"]),
    ("America/New_York", &["washington", "boston", "miami", "philadelphia", "atlanta", "baltimore"]),
    ("America/Sao_Paulo", &["brasilia", "rio_de_janeiro", "rio"]),
    ("America/Toronto", &["ottawa", "quebec"]),
    ("America/Edmonton", &["calgary"]),
    ("America/Guayaquil", &["quito"]),
    ("America/La_Paz", &["santa_cruz"]),
    ("Asia/Shanghai", &["beijing", "peking", "shenzhen", "guangzhou", "wuhan", "chengdu", "tianjin"]),
    ("Asia/Kolkata", &["delhi", "new_delhi", "mumbai", "bombay", "bangalore", "bengaluru", "chennai", "hyderabad"]),
    ("Asia/Dubai", &["abu_dhabi"]),
    ("Asia/Ho_Chi_Minh", &["hanoi"]),
    ("Asia/Jerusalem", &["haifa"]),
    ("Asia/Karachi", &["islamabad", "lahore"]),
    ("Asia/Riyadh", &["jeddah", "mecca"]),
    ("Asia/Seoul", &["busan"]),
    ("Asia/Tokyo", &["osaka", "kyoto", "yokohama"]),
    ("Asia/Yangon", &["naypyidaw"]),
    ("Australia/Sydney", &["wollongong"]),
    ("Europe/Berlin", &["munich", "hamburg", "frankfurt", "cologne", "bonn", "stuttgart"]),
    ("Europe/Amsterdam", &["the_hague", "rotterdam"]),
    ("Europe/Brussels", &["antwerp", "ghent"]),
    ("Europe/Istanbul", &["ankara", "izmir"]),
    ("Europe/Kyiv", &["kharkiv", "odesa", "odessa", "lviv"]),
    ("Europe/London", &["edinburgh", "manchester", "birmingham", "glasgow", "cardiff"]),
    ("Europe/Madrid", &["barcelona", "valencia", "seville"]),
    ("Europe/Moscow", &["saint_petersburg", "st_petersburg"]),
    ("Europe/Paris", &["lyon", "marseille", "strasbourg"]),
    ("Europe/Rome", &["milan", "naples", "turin"]),
    ("Europe/Warsaw", &["krakow", "gdansk"]),
    ("Europe/Zurich", &["geneva", "bern", "basel", "lausanne"]),
    ("Pacific/Auckland", &["wellington"]),
];

/// The zone of a city that gives its name to none, such as `Europe/Zurich` for `Geneva`.
pub fn zone_of_city(city: &str) -> Option<&'static str> {
    let city = city.to_lowercase();
    CITIES.iter().find(|(_, cities)| cities.contains(&&*city)).map(|(zone, _)| *zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::Zone;

    #[test]
    fn each_city_has_a_zone_and_gives_its_name_to_none() {
        let names = Zone::names();
        for (zone, cities) in CITIES {
            assert!(names.iter().any(|name| name == zone), "{zone}");
            for city in *cities {
                let is_own = |name: &&String| name.rsplit('/').next().is_some_and(|last| last.to_lowercase() == **city);
                assert_eq!(names.iter().find(is_own), None, "{city}");
            }
        }
    }
}
