// Photographs as a reader's browser shows them: without what the camera wrote into them, and upright. Run by run.sh, with
// the program. The browser itself makes the pictures, so that their pixels are real.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { check, conclude, holds } from "./checks.mjs";
import { start } from "./machine.mjs";
import { serve } from "./server.mjs";

const [program] = process.argv.slice(2);
const SECRET = "serial number 4711";
const folder = mkdtempSync(join(tmpdir(), "dateline-pictures-"));
const site = join(folder, "site");
mkdirSync(join(site, "content/articles/port"), { recursive: true });
writeFileSync(join(site, "dateline.yaml"), "title: T\nbase_url: https://test.example\n");

const browser = await start("wide");
const context = await browser.context();
const tab = await context.newPage();

// 60 pixels wide and 40 high, red at the left and blue at the right.
const drawn = async (type) => {
  const url = await tab.evaluate((type) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 60, height: 40 });
    const pen = canvas.getContext("2d");
    for (const [colour, x] of [["red", 0], ["blue", 30]]) {
      pen.fillStyle = colour;
      pen.fillRect(x, 0, 30, 40);
    }
    return canvas.toDataURL(type, 0.9);
  }, type);
  return Buffer.from(url.split(",")[1], "base64");
};

// Exif data: turned by 90 degrees to the right, and who made it.
const exif = () => {
  const head = Buffer.from("4d4d002a000000080002011200030000000100060000013b0002000000", "hex");
  return Buffer.concat([head, Buffer.from([SECRET.length + 1, 0, 0, 0, 38, 0, 0, 0, 0]), Buffer.from(`${SECRET}\0`)]);
};
const number = (value, length, little = false) => {
  const bytes = Buffer.alloc(length);
  little ? bytes.writeUIntLE(value, 0, length) : bytes.writeUIntBE(value, 0, length);
  return bytes;
};
const photographs = {
  jpeg: (plain) => {
    const contents = Buffer.concat([Buffer.from("Exif\0\0"), exif()]);
    const segment = Buffer.concat([Buffer.from([0xff, 0xe1]), number(contents.length + 2, 2), contents]);
    return Buffer.concat([plain.subarray(0, 2), segment, plain.subarray(2), Buffer.from(SECRET)]);
  },
  png: (plain) => {
    const contents = Buffer.concat([Buffer.from("eXIf"), exif()]);
    const chunk = Buffer.concat([number(contents.length - 4, 4), contents, number(crc32(contents), 4)]);
    return Buffer.concat([plain.subarray(0, 33), chunk, plain.subarray(33)]);
  },
  webp: (plain) => {
    const chunk = (name, contents) =>
      Buffer.concat([Buffer.from(name), number(contents.length, 4, true), contents, Buffer.alloc(contents.length % 2)]);
    // Chromium writes the extended format, which says in its flags what follows.
    holds(plain.subarray(12, 16).toString() === "VP8X", "the WebP is an extended one");
    plain[20] |= 0b1000;
    const list = Buffer.concat([plain.subarray(8), chunk("EXIF", exif())]);
    return Buffer.concat([Buffer.from("RIFF"), number(list.length, 4, true), list]);
  },
};
for (const [format, photograph] of Object.entries(photographs)) {
  const file = photograph(await drawn(`image/${format}`));
  holds(file.includes(SECRET), `the ${format} tells`);
  writeFileSync(join(site, `content/articles/port/p.${format}`), file);
}
const body = Object.keys(photographs).map((format) => `![The port](p.${format})`).join("\n\n");
writeFileSync(join(site, "content/articles/port/index.md"), `---\ntitle: Port\ndate: 2023-10-17\n---\n${body}\n`);

const built = spawnSync(program, ["--root", site, "build", "--deny-warnings"], { encoding: "utf8" });
holds(built.status === 0, built.stderr);
const { process: server, address } = await serve(program, ["--root", site, "serve", "--port", "0"]);
await tab.goto(`${address}/2023/10/17/port/`);

for (const format of Object.keys(photographs)) {
  await check(`a ${format} is shown in its room, and does not tell who made it`, async () => {
    const published = readFileSync(join(site, `public/2023/10/17/port/p.${format}`));
    const served = Buffer.from(await (await fetch(`${address}/2023/10/17/port/p.${format}`)).arrayBuffer());
    holds(published.equals(served), "`serve` shows what `build` publishes");
    holds(!published.includes(SECRET), "nothing of it goes out");
    const seen = await tab.evaluate(async (format) => {
      const picture = document.querySelector(`img[src$=".${format}"]`);
      picture.loading = "eager";
      await picture.decode();
      const { naturalWidth, naturalHeight, width, height } = picture;
      const canvas = Object.assign(document.createElement("canvas"), { width: naturalWidth, height: naturalHeight });
      const pen = canvas.getContext("2d");
      pen.drawImage(picture, 0, 0);
      const colour = (x, y) => [...pen.getImageData(x, y, 1, 1).data].map((value) => (value > 127 ? 1 : 0)).join("");
      return {
        natural: [naturalWidth, naturalHeight],
        room: [picture.getAttribute("width"), picture.getAttribute("height")].map(Number),
        colours: [colour(5, 5), colour(naturalWidth > naturalHeight ? 5 : 35, naturalHeight - 5)],
        shape: Math.abs(width / height - naturalWidth / naturalHeight) < 0.02,
      };
    }, format);
    // Chromium turns no WebP: it has the room of its pixels.
    const wanted = format === "webp"
      ? { natural: [60, 40], room: [60, 40], colours: ["1001", "1001"], shape: true }
      : { natural: [40, 60], room: [40, 60], colours: ["1001", "0011"], shape: true };
    holds(JSON.stringify(seen) === JSON.stringify(wanted), `${JSON.stringify(seen)}, not ${JSON.stringify(wanted)}`);
  });
}

server.kill();
await browser.close();
rmSync(folder, { recursive: true, force: true });
conclude();
