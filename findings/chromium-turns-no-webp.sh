#!/bin/bash
# Chromium 156.0.8078.114 (Debian), and sharp 0.34.4 (npm), which makes and reads the pictures.
#
# A WebP may carry the orientation of a photograph in a chunk of Exif data (RFC 9649, section 2.7.1.5), as a JPEG and a PNG may. The three files are the same
# picture of 60 by 40 pixels with orientation 6, which turns it upright. sharp reads the orientation of all three and turns each; Chromium turns the JPEG
# and the PNG, and shows the WebP as it lies. Whoever writes `width` and `height` from the file and its orientation gives a WebP a room of the wrong shape.
# Dateline publishes a WebP without its orientation.
#
# Seen: jpeg: sharp 40x60, Chromium 40x60; png: sharp 40x60, Chromium 40x60; webp: sharp 40x60, Chromium 60x40.
set -eu
command -v chromium >/dev/null || { [ "$(id -u)" -eq 0 ] && apt-get install -y -qq chromium >/dev/null; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --ignore-scripts sharp@0.34.4 playwright-core@1.56.1 >/dev/null
cat >try.mjs <<'TRY'
import sharp from "sharp";
import { chromium } from "playwright-core";

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
const seen = [];
for (const format of ["jpeg", "png", "webp"]) {
  const plain = sharp({ create: { width: 60, height: 40, channels: 3, background: "red" } });
  const file = await plain.withMetadata({ orientation: 6 }).toFormat(format).toBuffer();
  if ((await sharp(file).metadata()).orientation !== 6) throw new Error(`the ${format} has no orientation`);
  const { info } = await sharp(file).rotate().toBuffer({ resolveWithObject: true });
  await page.setContent(`<img src="data:image/${format};base64,${file.toString("base64")}">`);
  const shown = await page.evaluate(async () => {
    const picture = document.querySelector("img");
    await picture.decode();
    return `${picture.naturalWidth}x${picture.naturalHeight}`;
  });
  seen.push(`${format}: sharp ${info.width}x${info.height}, Chromium ${shown}`);
}
console.log(`${seen.join("; ")}.`);
await browser.close();
const expected = ["jpeg: sharp 40x60, Chromium 40x60", "png: sharp 40x60, Chromium 40x60", "webp: sharp 40x60, Chromium 60x40"];
process.exit(seen.join() === expected.join() ? 0 : 1);
TRY
node try.mjs
