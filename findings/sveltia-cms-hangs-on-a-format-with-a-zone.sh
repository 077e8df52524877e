#!/bin/bash
# @sveltia/cms 0.221.1 (npm), in Chromium.
#
# A `datetime` field may have a `format`, in tokens of Day.js, and an `input_timezone`, the name of a zone; the configuration's schema allows both, and says
# that values keep the offset of the zone. With `format: YYYY-MM-DDTHH:mm:ssZ`, `input_timezone: Asia/Shanghai` and `default: '{{now}}'` in one field, the form of a
# new entry never appears: the page takes all of a processor and answers nothing more, and no message says why. With either alone it works, and so it
# does with both and `input_timezone: utc`. Dateline's configuration names the zone and no format.
#
# Seen: zone: answers; format: answers; both, in UTC: answers; both: hangs.
set -eu
command -v chromium >/dev/null || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq chromium >/dev/null; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --ignore-scripts @sveltia/cms@0.221.1 playwright-core@1.56.1 >/dev/null
cat >try.mjs <<'TRY'
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const script = readFileSync("node_modules/@sveltia/cms/dist/sveltia-cms.js");
const config = (more) => JSON.stringify({
  backend: { name: "test-repo" }, media_folder: "media",
  collections: [{ name: "a", label: "A", folder: "a", create: true, fields: [{ name: "title", widget: "string" }, { name: "date", widget: "datetime", default: "{{now}}", ...more }] }],
});
const zone = { input_timezone: "Asia/Shanghai" };
const format = { format: "YYYY-MM-DDTHH:mm:ssZ" };
const cases = { zone, format, "both, in UTC": { input_timezone: "utc", ...format }, both: { ...zone, ...format } };
let current = "";
const server = createServer((request, response) => {
  if (request.url.startsWith("/cms.js")) return response.end(script);
  response.setHeader("content-type", "text/html");
  response.end(`<!doctype html><meta charset="utf-8"><body><script>window.CMS_MANUAL_INIT = true</script><script src="/cms.js"></script><script>CMS.init({ config: { load_config_file: false, ...${current} } })</script>`);
}).listen(0, "127.0.0.1");
await new Promise((resolve) => server.on("listening", resolve));
const seen = [];
for (const [name, more] of Object.entries(cases)) {
  current = config(more);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.getByRole("button", { name: /test repository/i }).click();
  await page.waitForURL(/#\/collections/);
  await page.evaluate(() => { location.hash = "#/collections/a/new"; });
  const field = page.locator('section.field[data-key-path="date"] input').first();
  const is = await field.waitFor({ timeout: 10_000 }).then(() => "answers", () => "hangs");
  seen.push(`${name}: ${is}`);
  const ended = browser.close();
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 3000))]);
}
console.log(`${seen.join("; ")}.`);
process.exit(seen.join() === "zone: answers,format: answers,both, in UTC: answers,both: hangs" ? 0 : 1);
TRY
node try.mjs
