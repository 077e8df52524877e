// workflows.mjs build SITE CACHE OUTPUT: does what Netlify does with the site in SITE: its own reader of configurations, the
//   plugin with a cache in the folder CACHE, the command. What is published is copied to OUTPUT. CONTEXT, URL and so on are
//   the environment's. Says as JSON what became of it.
// workflows.mjs function FILE: runs a scheduled function with a build hook on loopback, and says as JSON what was asked.

import { spawnSync } from "node:child_process";
import { cp, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve(".tools/package.json"));
const [what, ...words] = process.argv.slice(2);

const exists = (path) => stat(path).then(() => true, () => false);

async function build(site, cache, output) {
  const { resolveConfig } = await import(pathToFileURL(require.resolve("@netlify/config")));
  const context = process.env.CONTEXT;
  const { config } = await resolveConfig({ repositoryRoot: site, cwd: site, context, branch: "main", offline: true, mode: "cli" });
  const { command, publish, commandOrigin, publishOrigin } = config.build;
  if (commandOrigin !== "config" || publishOrigin !== "config") throw new Error("netlify.toml has no command, or no folder to publish");
  process.chdir(site);

  const copy = async (paths, from, to) => {
    for (const path of [paths].flat()) {
      if (!(await exists(join(from, path)))) continue;
      await rm(join(to, path), { recursive: true, force: true });
      await cp(join(from, path), join(to, path), { recursive: true, preserveTimestamps: true });
    }
  };
  class Cancelled extends Error {}
  const utils = {
    cache: { restore: (paths) => copy(paths, cache, site), save: (paths) => copy(paths, site, cache) },
    build: { cancelBuild: (why) => { throw new Cancelled(why); } },
  };
  const plugins = config.plugins.map(({ package: folder }) => require(join(site, folder, "index.js")));
  const happens = async (event) => {
    for (const plugin of plugins) await plugin[event]?.({ utils });
  };
  try {
    await happens("onPreBuild");
    const { status } = spawnSync("bash", ["-c", command], { stdio: ["ignore", 2, 2], env: { ...process.env, ...config.build.environment } });
    if (status !== 0) return { failed: `the command ended with ${status}` };
    await happens("onPostBuild");
  } catch (error) {
    if (error instanceof Cancelled) return { cancelled: error.message };
    throw error;
  }
  if (process.env.FAILS) return { failed: "as asked" };
  await cp(publish, output, { recursive: true });
  await happens("onSuccess");
  return { published: true };
}

async function scheduled(file) {
  const asked = [];
  const hook = createServer((request, response) => {
    asked.push(request.method);
    response.writeHead(asked.length === 1 ? 200 : 500).end();
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => hook.once("listening", listening));
  const { default: run, config } = await import(pathToFileURL(resolve(file)));
  const address = `http://127.0.0.1:${hook.address().port}/`;
  globalThis.Netlify = { env: { get: (name) => (name === "BUILD_HOOK" ? address : undefined) } };
  await run();
  const refused = await run().then(() => false, () => true);
  globalThis.Netlify = { env: { get: () => undefined } };
  console.log = () => {};
  await run();
  hook.close();
  return { asked, refused, schedule: config.schedule };
}

const said = what === "build" ? await build(...words.map((word) => resolve(word))) : await scheduled(...words);
process.stdout.write(`${JSON.stringify(said)}\n`);
