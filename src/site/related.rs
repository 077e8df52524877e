//! Related stories: those that share the rarest topics, and are near in time.
//!
//! Only older stories count, and rarity is measured as of the story's own day. So what an article shows as related
//! never changes when something newer is published.

use super::stories::StorySource;
use super::{Site, StoryId, TopicId};

/// How many are kept for each article.
const KEEP: usize = 4;
/// How many of a topic's latest stories are looked at.
const LOOK_BACK: usize = 60;
/// After so many days, nearness in time counts half.
const HALF_LIFE_DAYS: f64 = 60.0;

pub(super) fn relate(site: &mut Site) {
    let mut past: Vec<Vec<StoryId>> = vec![Vec::new(); site.topics.len()];
    let mut score: Vec<f64> = vec![0.0; site.stories.len()];
    let mut found = Vec::new();
    for (seen, index) in (0..site.stories.len()).rev().enumerate() {
        let story = &site.stories[index];
        if let StorySource::Article(article) = story.kind {
            found.push((article, best(site, StoryId(index), &past, &mut score, seen)));
        }
        for topic in &story.topics {
            past[topic.0].push(StoryId(index));
        }
    }
    for (article, related) in found {
        site.articles[article.0].related = related;
    }
}

fn best(
    site: &Site,
    id: StoryId,
    past: &[Vec<StoryId>],
    score: &mut [f64],
    seen: usize,
) -> Vec<(StoryId, Vec<TopicId>)> {
    let story = site.story(id);
    let mut touched: Vec<StoryId> = Vec::new();
    for topic in &story.topics {
        let stories = &past[topic.0];
        #[expect(clippy::cast_precision_loss, reason = "counts of stories are far below the limit")]
        let rarity = ((seen + 1) as f64 / (stories.len() + 1) as f64).ln() + 0.1;
        for other in stories.iter().rev().take(LOOK_BACK) {
            if score[other.0] == 0.0 {
                touched.push(*other);
            }
            score[other.0] += rarity;
        }
    }
    let mut ranked: Vec<(f64, StoryId)> = touched
        .iter()
        .map(|other| {
            let days = story.date.instant().duration_since(site.story(*other).date.instant()).as_secs_f64() / 86_400.0;
            (score[other.0] / (1.0 + days / HALF_LIFE_DAYS), *other)
        })
        .collect();
    for other in &touched {
        score[other.0] = 0.0;
    }
    let order = |a: &(f64, StoryId), b: &(f64, StoryId)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    if ranked.len() > KEEP {
        ranked.select_nth_unstable_by(KEEP, order);
        ranked.truncate(KEEP);
    }
    ranked.sort_by(order);
    ranked
        .into_iter()
        .map(|(_, other)| {
            let shared =
                story.topics.iter().filter(|topic| site.story(other).topics.contains(topic)).copied().collect();
            (other, shared)
        })
        .collect()
}
