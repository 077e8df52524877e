// Keeps Dateline, and what was published last, from one build to the next. A scheduled build that changes nothing is
// cancelled, and nothing is published.

const { readFile } = require("node:fs/promises");

const PROGRAM = [".program"];
const PUBLISHED = [".dateline", "public"];

module.exports = {
  async onPreBuild({ utils }) {
    await utils.cache.restore([...PROGRAM, ...PUBLISHED]);
  },

  async onPostBuild({ utils }) {
    await utils.cache.save(PROGRAM);
    const changes = JSON.parse(await readFile("changes.json", "utf8"));
    const changed = Object.values(changes).some((addresses) => addresses.length > 0);
    // Only a build hook leaves its title.
    if (process.env.INCOMING_HOOK_TITLE && !changed) {
      utils.build.cancelBuild("Nothing has changed.");
    }
  },

  // Netlify has published by now: a deployment that failed is made up for by the next build.
  async onSuccess({ utils }) {
    if (process.env.CONTEXT === "production") {
      await utils.cache.save(PUBLISHED);
    }
  },
};
