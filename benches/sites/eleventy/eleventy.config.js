// Topics and months are gathered once a build; pages and feeds are cut from them.

const PAGE_SIZE = 20;
const LONG = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const slugify = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
const newestFirst = (api) => [...api.getFilteredByTag("article")].sort((a, b) => b.date - a.date);

function group(stories, keysOf) {
  const groups = new Map();
  for (const story of stories) {
    for (const key of keysOf(story)) {
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(story);
    }
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

const topics = (api) =>
  group(newestFirst(api), (story) => story.data.topics).map(([name, stories]) => ({ name, url: `/topics/${slugify(name)}/`, stories }));

function pages(topic) {
  const count = Math.ceil(topic.stories.length / PAGE_SIZE);
  const address = (number) => (number === 1 ? topic.url : `${topic.url}page/${number}/`);
  return Array.from({ length: count }, (_, at) => ({
    title: topic.name,
    url: address(at + 1),
    stories: topic.stories.slice(at * PAGE_SIZE, (at + 1) * PAGE_SIZE),
    newer: at > 0 ? address(at) : null,
    older: at + 1 < count ? address(at + 2) : null,
  }));
}

module.exports = (config) => {
  config.addGlobalData("site", { title: "The Bench", url: "https://bench.example" });
  config.addPassthroughCopy({ static: "/" });
  config.amendLibrary("md", (markdown) => markdown.set({ typographer: true }));
  config.addFilter("topicSlug", slugify);
  config.addFilter("long", (date) => LONG.format(date));
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("rfc", (date) => date.toUTCString());
  config.addCollection("newest", (api) => newestFirst(api).slice(0, 30));
  config.addCollection("topics", topics);
  config.addCollection("topicPages", (api) => topics(api).flatMap(pages));
  config.addCollection("months", (api) =>
    group(newestFirst(api), (story) => [story.date.toISOString().slice(0, 7).replace("-", "/")]).map(([month, stories]) => ({ month, stories })),
  );
  return {
    dir: { input: "content", includes: "../_includes" },
    templateFormats: ["md", "njk"],
    markdownTemplateEngine: false,
  };
};
