//! Related stories: those that share rare topics and are close in time. A shared topic counts by its inverse document
//! frequency.
//!
//! Only older stories are candidates, and the frequency is counted among them alone. So the related stories of an
//! article never change when something newer is published, and its page stays valid.

use rayon::prelude::*;

use super::named::Listed;
use crate::site::ids::{StoryId, TopicId};
use crate::site::model::{Story, StorySource};

/// A related story, and the topics that both have.
pub(in crate::site) type RelatedStory = (StoryId, Vec<TopicId>);

/// The maximum number of related stories per article.
const KEEP: usize = 4;
/// The maximum number of candidates per topic: its latest stories. This bounds the time for topics with thousands.
const LOOK_BACK: usize = 30;
/// The number of days after which the weight of a candidate's date is halved.
const HALF_LIFE_DAYS: f64 = 60.0;

/// The data of the comparison in compact arrays, because each story is compared with up to hundreds of others.
struct Compared<'a> {
    /// All stories, newest first.
    stories: &'a [Story],
    /// The stories of each topic, without those of its subtopics, newest first.
    about: Vec<Vec<StoryId>>,
    /// The publication dates of the stories, in days since 1970.
    days: Vec<f64>,
}

/// Returns the related stories of each article, best first. `topics` is the number of topics of the site.
pub(in crate::site) fn relate(listed: Listed<'_>, topics: usize) -> Vec<Vec<RelatedStory>> {
    let Listed { articles, stories, .. } = listed;
    let mut about = vec![Vec::new(); topics];
    for (index, story) in stories.iter().enumerate() {
        for topic in &story.topics {
            about[topic.0].push(StoryId(index));
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "no year of a story is that far away")]
    let days = stories.iter().map(|story| story.date.instant().as_second() as f64 / 86_400.0).collect();
    let compared = Compared { stories, about, days };
    let found: Vec<_> = stories
        .par_iter()
        .enumerate()
        .map_init(
            || vec![0.0; stories.len()],
            |score, (index, story)| match story.kind {
                StorySource::Article(article) => Some((article, best(&compared, StoryId(index), score))),
                StorySource::Item { .. } => None,
            },
        )
        .collect();
    let mut all = vec![Vec::new(); articles.len()];
    for (article, related) in found.into_iter().flatten() {
        all[article.0] = related;
    }
    all
}

/// Returns the best candidates among the stories older than `id`. `score` is scratch space that is reused between calls:
/// all zeros before and after.
fn best(compared: &Compared<'_>, id: StoryId, score: &mut [f64]) -> Vec<RelatedStory> {
    let Compared { stories, about, days } = compared;
    let story = &stories[id.0];
    let mut touched: Vec<StoryId> = Vec::with_capacity(story.topics.len() * LOOK_BACK);
    let seen = stories.len() - 1 - id.0;
    for topic in &story.topics {
        let about = &about[topic.0];
        let older = &about[about.partition_point(|other| *other <= id)..];
        #[expect(clippy::cast_precision_loss, reason = "counts of stories are far below the limit")]
        let rarity = ((seen + 1) as f64 / (older.len() + 1) as f64).ln() + 0.1;
        for other in older.iter().take(LOOK_BACK) {
            if score[other.0] == 0.0 {
                touched.push(*other);
            }
            score[other.0] += rarity;
        }
    }
    let mut ranked: Vec<(f64, StoryId)> = Vec::with_capacity(KEEP + 1);
    for other in touched {
        let apart = days[id.0] - days[other.0];
        let rank = std::mem::take(&mut score[other.0]) / (1.0 + apart / HALF_LIFE_DAYS);
        let is_after = |better: &(f64, StoryId)| better.0.total_cmp(&rank).then(other.cmp(&better.1)).is_gt();
        let at = ranked.iter().rposition(is_after).map_or(0, |at| at + 1);
        if at < KEEP {
            ranked.insert(at, (rank, other));
            ranked.truncate(KEEP);
        }
    }
    ranked
        .into_iter()
        .map(|(_, other)| {
            let theirs = &stories[other.0].topics;
            (other, story.topics.iter().filter(|topic| theirs.contains(topic)).copied().collect())
        })
        .collect()
}
