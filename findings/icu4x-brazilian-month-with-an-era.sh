#!/bin/bash
# The crates icu_datetime 2.4.0 and icu_calendar 2.4.0, with their own data, in the profile `release`.
#
# The field set of month and year (`YM`, long) with an era writes a letter in place of the year in the Portuguese of Brazil (`pt`): the pattern in
# its data has `Y`, the year of the week, as a text. In that of Portugal (`pt-PT`) and in Spanish the year stands there. Programs
# that head archives by months take the formatter of `pt-PT` for `pt`.
#
# Seen: pt: dezembro de Y d.C.; pt-PT: dezembro de 2026 d.C.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "seen"
version = "0.1.0"
edition = "2021"
[dependencies]
icu_calendar = { version = "=2.4.0", features = ["compiled_data"] }
icu_datetime = { version = "=2.4.0", features = ["compiled_data"] }
icu_locale_core = { version = "=2.4.0", features = ["alloc"] }
TOML
cat >src/main.rs <<'RUST'
use icu_calendar::{Date, Gregorian};
use icu_datetime::{fieldsets::YM, options::YearStyle, FixedCalendarDateTimeFormatter};
fn main() {
    let day = Date::try_new_gregorian(2026, 12, 1).unwrap();
    for tag in ["pt", "pt-PT"] {
        let locale: icu_locale_core::Locale = tag.parse().unwrap();
        let fields = YM::long().with_year_style(YearStyle::WithEra);
        let months = FixedCalendarDateTimeFormatter::<Gregorian, YM>::try_new((&locale).into(), fields).unwrap();
        println!("{tag}: {}", months.format(&day));
    }
}
RUST
seen=$(cargo run --quiet --release 2>/dev/null)
echo "$seen"
case "$seen" in *"pt: dezembro de Y d.C."*) ;; *) exit 1 ;; esac
case "$seen" in *"pt-PT: dezembro de 2026 d.C."*) ;; *) exit 1 ;; esac
