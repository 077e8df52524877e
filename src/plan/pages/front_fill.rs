//! How many stories stand in the opening of the front page, so that its columns end together.
//!
//! In: the texts that could stand there. Out: how many do, and how many of them with their deks. Heights are estimated in CSS
//! pixels as the default theme sets them at its full width; narrower layouts keep the proportions. Deliberately not here:
//! which stories they are.

use crate::base::text::wrap::columns;

/// Secondary stories, with the packages that the desk has arranged: at least and at most.
pub(super) const SECONDARY: (usize, usize) = (2, 6);
/// Short news: at least, where there are so many stories, and at most.
pub(super) const BRIEFS: (usize, usize) = (3, 12);
/// A hole of this height disturbs nobody.
const FINE: usize = 40;

/// The size of a text in a column: how many terminal columns fit a line, and how high one is.
type Face = (usize, usize);

const LEAD: Face = (22, 63);
const LEAD_LONG: Face = (28, 43);
const LEAD_DEK: Face = (50, 30);
const LEAD_LINE: Face = (60, 27);
const ITEM: Face = (60, 26);
const SECOND: Face = (26, 29);
const SECOND_DEK: Face = (32, 26);
const BRIEF: Face = (26, 25);
const BRIEF_DEK: Face = (27, 23);

/// A story, as far as its height goes: widths of texts in terminal columns.
#[derive(Clone, Debug)]
pub(super) struct Extent {
    pub(super) title: usize,
    pub(super) dek: Option<usize>,
    /// Height of its picture, if it is shown, in percent of its width.
    pub(super) picture: Option<usize>,
    /// Lines below it: key points, related stories.
    pub(super) lines: Vec<usize>,
}

/// The opening of a front page, without its short news.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    pub(super) lead: Extent,
    /// The headlines of the newest edition, if there is one.
    pub(super) edition: Option<Vec<usize>>,
    /// What could be secondary, the best first.
    pub(super) secondary: Vec<Extent>,
    /// How many of those must be: packages of the desk.
    pub(super) packages: usize,
}

/// How many stories stand in the columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fill {
    /// Secondary stories, with the packages.
    pub(super) secondary: usize,
    /// How many of those have their deks, from the first.
    pub(super) secondary_deks: usize,
    pub(super) briefs: usize,
    /// How many of those have their deks, from the first.
    pub(super) brief_deks: usize,
}

/// The fill whose columns end closest together. `briefs` are the stories that are left for the short news beside so many
/// secondary ones.
pub(super) fn fill(opening: &Opening, briefs: impl Fn(usize) -> Vec<Extent>) -> Fill {
    let most = opening.secondary.len().min(SECONDARY.1.max(opening.packages));
    let least = SECONDARY.0.max(opening.packages).min(most);
    let mut best = (usize::MAX, Fill::default());
    for secondary in least..=most {
        let left = briefs(secondary);
        let (few, many) = (BRIEFS.0.min(left.len()), BRIEFS.1.min(left.len()));
        for lost in 0..=(secondary - opening.packages).min(3) {
            for count in few..=many {
                for deks in 0..=count {
                    let fill = Fill { secondary, secondary_deks: secondary - lost, briefs: count, brief_deks: deks };
                    let hole = SETTINGS.iter().map(|setting| setting.hole(opening, &left, fill)).max().unwrap_or(0);
                    let score = hole.max(FINE) + 6 * (lost + count - deks) + 8 * secondary.abs_diff(3);
                    if score < best.0 {
                        best = (score, fill);
                    }
                }
            }
        }
    }
    best.1
}

/// A width of the page, and type of a width, for which columns are measured.
struct Setting {
    /// Whether the lead and the edition have a column beside the others, and do not stand above them.
    is_wide: bool,
    /// Width of a letter, in percent of that of Times.
    letter: usize,
}

/// The layouts with columns, each in narrow and in wide type: what a reader has is not known.
const SETTINGS: [Setting; 4] = [
    Setting { is_wide: true, letter: 100 },
    Setting { is_wide: true, letter: 125 },
    Setting { is_wide: false, letter: 100 },
    Setting { is_wide: false, letter: 125 },
];

impl Setting {
    /// How far the ends of the columns are apart.
    fn hole(&self, opening: &Opening, left: &[Extent], fill: Fill) -> usize {
        let second =
            heights(&opening.secondary, fill.secondary, fill.secondary_deks, |extent, dek| self.second(extent, dek));
        // No rule stands above the first.
        let second = second.sum::<usize>().saturating_sub(30);
        let short: Vec<usize> =
            heights(left, fill.briefs, fill.brief_deks, |extent, dek| self.brief(extent, dek)).collect();
        let list = if short.is_empty() { 0 } else { 30 + short.iter().sum::<usize>() };
        let lead = self.lead(&opening.lead);
        let columns = match &opening.edition {
            _ if !self.is_wide => vec![second, list],
            Some(items) => vec![lead + self.edition(items), second, list],
            // Without an edition the short news stands below the lead, in two columns.
            None if fill.secondary > 0 => {
                let rows: usize = short.chunks(2).filter_map(|row| row.iter().max()).sum();
                vec![lead + if short.is_empty() { 0 } else { 60 + rows }, second]
            }
            None => vec![lead, list],
        };
        let used = || columns.iter().copied().filter(|height| *height > 0);
        used().max().unwrap_or(0) - used().min().unwrap_or(0)
    }

    fn lead(&self, extent: &Extent) -> usize {
        let title = if extent.title > 90 { LEAD_LONG } else { LEAD };
        let dek = extent.dek.map_or(0, |dek| 9 + self.high(dek, LEAD_DEK));
        let picture = extent.picture.map_or(0, |share| 568 * share / 100 + 44);
        let lines: usize = extent.lines.iter().map(|line| 14 + self.high(*line, LEAD_LINE)).sum();
        57 + self.high(extent.title, title) + dek + picture + lines
    }

    fn edition(&self, items: &[usize]) -> usize {
        94 + items.iter().map(|title| 48 + self.high(*title, ITEM)).sum::<usize>()
    }

    fn second(&self, extent: &Extent, has_dek: bool) -> usize {
        let dek = extent.dek.filter(|_| has_dek).map_or(0, |dek| 8 + self.high(dek, self.column(SECOND_DEK)));
        let picture = extent.picture.map_or(0, |share| 280 * share / 100 + 34);
        let lines: usize = extent.lines.iter().map(|line| 14 + self.high(*line, self.column(SECOND_DEK))).sum();
        93 + self.high(extent.title, self.column(SECOND)) + dek + picture + lines
    }

    fn brief(&self, extent: &Extent, has_dek: bool) -> usize {
        // The theme cuts their deks after four lines.
        let dek = extent.dek.filter(|_| has_dek);
        let dek = dek.map_or(0, |dek| 7 + self.high(dek, self.column(BRIEF_DEK)).min(4 * BRIEF_DEK.1));
        85 + self.high(extent.title, self.column(BRIEF)) + dek
    }

    /// The face in the column of this layout: below the lead, columns are wider.
    fn column(&self, (columns, line): Face) -> Face {
        if self.is_wide { (columns, line) } else { (columns * 7 / 5, line) }
    }

    /// The height of a text.
    fn high(&self, width: usize, (columns, line): Face) -> usize {
        // Words do not break: a line is not filled to its end.
        (width * self.letter * 21).div_ceil(columns * 2000).max(1) * line
    }
}

fn heights<'c>(
    all: &'c [Extent],
    count: usize,
    deks: usize,
    height: impl Fn(&Extent, bool) -> usize + 'c,
) -> impl Iterator<Item = usize> + 'c {
    all.iter().take(count).enumerate().map(move |(index, extent)| height(extent, index < deks))
}

impl Extent {
    /// The size of a headline and its dek.
    pub(super) fn of(title: &str, dek: Option<&str>) -> Self {
        Self { title: columns(title), dek: dek.map(columns), picture: None, lines: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extents(count: usize) -> Vec<Extent> {
        vec![Extent { title: 48, dek: Some(110), picture: None, lines: Vec::new() }; count]
    }

    fn opening(edition: Option<usize>, stories: usize) -> Opening {
        Opening {
            lead: extents(1).remove(0),
            edition: edition.map(|items| vec![50; items]),
            secondary: extents(stories),
            packages: 0,
        }
    }

    #[test]
    fn columns_end_together_however_long_the_edition_is() {
        for items in [3, 5, 7, 9] {
            let opening = opening(Some(items), 30);
            let fill = fill(&opening, |taken| extents(30 - taken));
            let hole = SETTINGS.iter().map(|setting| setting.hole(&opening, &extents(30), fill)).max().unwrap_or(0);
            assert!(hole <= 150, "{items}: {hole} {fill:?}");
        }
    }

    #[test]
    fn few_stories_are_all_shown() {
        let told = |stories: usize| {
            let fill = fill(&opening(None, stories), |taken| extents(stories - taken));
            (fill.secondary, fill.briefs)
        };
        assert_eq!((told(0), told(1), told(2)), ((0, 0), (1, 0), (2, 0)));
    }

    #[test]
    fn packages_of_the_desk_stand() {
        let opening = Opening { packages: 7, ..opening(Some(1), 9) };
        assert_eq!(fill(&opening, |taken| extents(9 - taken)).secondary, 7);
    }
}
