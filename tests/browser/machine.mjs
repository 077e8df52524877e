// One browser, the same on every machine. What a page measures is decided by fonts, and those of a machine are a matter
// of chance: here they come from pinned packages, by a configuration of fontconfig that names no other folder. Locale,
// time zone, screen, colours and motion are said as well, and the browser sees no setting of the user who starts it.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const packages = resolve(import.meta.dirname, "../../.tools/browser/node_modules");
const { chromium } = await import(join(packages, "playwright-core/index.mjs"));

// The browser itself comes from the system, as there is no package of it that is small and pinned. Its driver is made
// for this version, and newer ones speak the same protocol; the pages use nothing newer.
const OLDEST = 141;

// What the generic names of CSS mean. One set is wide, one narrow, one has lines of great height; what a page measures
// must not depend on which.
export const FONTS = {
  wide: { serif: "DejaVu Serif", sans: "DejaVu Sans", folders: ["dejavu-fonts-ttf/ttf"] },
  narrow: { serif: "PT Serif", sans: "PT Sans Narrow", folders: ["@expo-google-fonts/pt-serif", "@expo-google-fonts/pt-sans-narrow"] },
  tall: { serif: "Noto Serif", sans: "Noto Sans", folders: ["@expo-google-fonts/noto-serif", "@expo-google-fonts/noto-sans"] },
};
// What all sets share: Arabic, Hebrew, signs and code are of DejaVu, Chinese of ZCOOL.
const FALLBACKS = ["dejavu-fonts-ttf/ttf", "@expo-google-fonts/zcool-xiaowei"];
const [MONO, ARABIC, CHINESE] = ["DejaVu Sans Mono", "DejaVu Sans", "ZCOOL XiaoWei"];

const fontconfig = ({ serif, sans, folders }, cache) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${[...new Set([...folders, ...FALLBACKS])].map((folder) => `  <dir>${join(packages, folder)}</dir>`).join("\n")}
  <cachedir>${cache}</cachedir>
${[["serif", serif], ["sans-serif", sans], ["monospace", MONO]].map(([name, font]) =>
    `  <alias binding="strong"><family>${name}</family><prefer><family>${font}</family></prefer></alias>`).join("\n")}
  <match target="pattern"><edit name="family" mode="append_last"><string>${sans}</string></edit></match>
</fontconfig>
`;

// Starts a browser with a set of fonts. `close` ends it, and takes away what it wrote.
export const start = async (set) => {
  const home = mkdtempSync(join(tmpdir(), "dateline-browser-"));
  const fonts = join(home, "fonts.conf");
  mkdirSync(join(home, "cache"));
  writeFileSync(fonts, fontconfig(FONTS[set], join(home, "cache")));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--disable-lcd-text", "--lang=en-GB"],
    env: { PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, FONTCONFIG_FILE: fonts, LANG: "C.UTF-8", TZ: "UTC" },
  });
  const context = (options = {}) => browser.newContext({
    locale: "en-GB",
    timezoneId: "UTC",
    deviceScaleFactor: 1,
    colorScheme: "light",
    contrast: "no-preference",
    forcedColors: "none",
    reducedMotion: "reduce",
    viewport: { width: 1280, height: 800 },
    serviceWorkers: "block",
    ...options,
  });
  const close = async () => {
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const version = Number.parseInt(browser.version(), 10);
    if (!(version >= OLDEST)) throw new Error(`Chromium ${browser.version()} is too old for these tests, which need ${OLDEST} or newer`);
    await prove(await context(), FONTS[set]);
  } catch (error) {
    await close();
    throw error;
  }
  return { browser, context, close, version: browser.version() };
};

// That the fonts are the pinned ones is looked at, and not only asked for: fontconfig takes what it can get.
const prove = async (context, { serif, sans }) => {
  const tab = await context.newPage();
  await tab.setContent(
    [["serif", "Tower"], ["sans-serif", "Tower"], ["system-ui", "Tower"], ["monospace", "Tower"], ["serif", "عنوان"], ["serif", "中文"]]
      .map(([family, text]) => `<p style="font-family: ${family}">${text}</p>`).join(""),
  );
  const debug = await context.newCDPSession(tab);
  await debug.send("DOM.enable");
  await debug.send("CSS.enable");
  const { root } = await debug.send("DOM.getDocument");
  const { nodeIds } = await debug.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: "p" });
  const used = [];
  for (const nodeId of nodeIds) {
    const { fonts } = await debug.send("CSS.getPlatformFontsForNode", { nodeId });
    used.push(fonts.map((font) => font.familyName).join("+"));
  }
  const wanted = [serif, sans, sans, MONO, ARABIC, CHINESE];
  if (used.join() !== wanted.join()) throw new Error(`the fonts are ${used.join(", ")}, where ${wanted.join(", ")} were asked for`);
  await context.close();
};
