# font.py PACKAGE CONFIGURATION OUTPUT: the font with the icons, with no more of them than the script names, or a source in CONFIGURATION.
import glob
import re
import sys

from fontTools.subset import Options, Subsetter, load_font, save_font

package, configuration, output = sys.argv[1:]
[source] = glob.glob(f"{package}/npm/assets/material-symbols-outlined-latin-wght-normal-*.woff2")
options = Options(layout_features=["*"], flavor="woff2", layout_closure=False)
font = load_font(source, options)
letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
icons = {}
for lookup in font["GSUB"].table.LookupList.Lookup:
    for table in lookup.SubTable:
        table = getattr(table, "ExtSubTable", table)
        for first, ligatures in getattr(table, "ligatures", {}).items():
            for ligature in ligatures:
                name = "".join(letters.get(glyph, "?") for glyph in [first, *ligature.Component])
                icons[name] = ligature.LigGlyph
texts = [open(f"{package}/dist/sveltia-cms.js").read()]
texts += [open(path).read() for path in sorted(glob.glob(f"{configuration}/*.rs"))]
words = {word for text in texts for word in re.findall(r"""[`"'>]([a-z0-9_]{2,40})[`"'<]""", text)}
used = sorted(words & set(icons))
subsetter = Subsetter(options)
subsetter.populate(glyphs=[icons[name] for name in used], text=" 0123456789_abcdefghijklmnopqrstuvwxyz")
subsetter.subset(font)
font["head"].modified = font["head"].created
font.recalcTimestamp = False
save_font(font, output, options)
print(f"{len(used)} icons")
