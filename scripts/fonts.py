"""Writes docs-site/src/fonts/*.woff2: the site's typefaces with the characters and weights that its pages use, a quarter of their size.

Usage, after `npm install` in the repository's root: pip install fonttools==4.68.0 brotli; python scripts/fonts.py
Characters that are missing here fall back to the reader's own fonts, mathematical ones to KaTeX's complete files.
"""

from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
NEWSREADER = PACKAGES / "@fontsource-variable/newsreader/files"
INTER = PACKAGES / "@fontsource-variable/inter/files"
KATEX = PACKAGES / "rehype-katex/node_modules/katex/dist/fonts"

PRINTABLE = "0020-007E,00A0,00B7,00D7,00E9,2011,2013,2014,2018-201D,2026,2212"
READ = f"{PRINTABLE},00B0,00B1,00B2,00DF,00E4,00F6,00FC,20AC,2190,2192,2248,2264,2265"
SYMBOLS = (
    "0020,0028-003D,0041-005B,005D,005E,0061-007A,00B1,00D7,200B,2026,2190,2192,2208,2212,221E,2223,2225,22A4,22C5,22EF"
)
LETTERS = "0041-005A,0061-007A,03B1-03B5,03B7,03B8,03BB,03BC,03C0,03C1,03C3,03C4,03C6,03C9,03F5"
LARGE = "0028,0029,220F,2211,221A"
SCRIPT = "004C,004E"

# file: (source, characters, axes to pin or to limit, layout features)
TEXT = ["kern", "liga", "ccmp", "tnum"]
FONTS = {
    "newsreader-text": (NEWSREADER / "newsreader-latin-opsz-normal.woff2", READ, {"opsz": 18, "wght": (400, 700)}, TEXT),
    "newsreader-display": (NEWSREADER / "newsreader-latin-opsz-normal.woff2", PRINTABLE, {"opsz": 60, "wght": 400}, TEXT),
    "newsreader-italic": (NEWSREADER / "newsreader-latin-wght-italic.woff2", PRINTABLE, {"wght": 400}, TEXT),
    "inter": (INTER / "inter-latin-wght-normal.woff2", READ, {"wght": (400, 700)}, ["kern", "ccmp", "tnum"]),
    "katex-main": (KATEX / "KaTeX_Main-Regular.woff2", SYMBOLS, None, TEXT),
    "katex-math": (KATEX / "KaTeX_Math-Italic.woff2", LETTERS, None, TEXT),
    "katex-script": (KATEX / "KaTeX_Caligraphic-Regular.woff2", SCRIPT, None, TEXT),
    "katex-size1": (KATEX / "KaTeX_Size1-Regular.woff2", LARGE, None, TEXT),
    "katex-size2": (KATEX / "KaTeX_Size2-Regular.woff2", LARGE, None, TEXT),
    "katex-size3": (KATEX / "KaTeX_Size3-Regular.woff2", LARGE, None, TEXT),
}

for name, (source, characters, axes, features) in FONTS.items():
    font = TTFont(source)
    if axes:
        instance = BytesIO()
        instantiateVariableFont(font, axes).save(instance)
        font = TTFont(instance)  # read anew: an instance in memory cannot be subset
    options = Options()
    options.layout_features = features
    options.hinting = False
    options.glyph_names = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(characters))
    subsetter.subset(font)
    font.flavor = "woff2"
    target = ROOT / f"docs-site/src/fonts/{name}.woff2"
    font.save(target)
    print(f"{target.name}: {target.stat().st_size / 1000:.1f} kB")
