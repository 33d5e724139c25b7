"""Writes docs-site/src/fonts/*.woff2: the site's typefaces with the characters and weights that its pages use, a third of their size.

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

PRINTABLE = "0020-007E,00A0,00B7,00D7,00E9,2013,2014,2018-201D,2026,2212"
WESTERN = (
    "0020-007E,00A0-00FF,0131,0152,0153,2002-200A,2013,2014,2018-201E,2020-2022,2026,202F,2030,2032,2033,"
    "2039,203A,20AC,2122,2190-2193,2212,221A,221E,2248,2260,2264,2265"
)
SYMBOLS = "0020-007E,00A0,00B1,00D7,200B,2026,2190,2192,2208,2212,221E,2223,2225,22A4,22C5,22EF"
LETTERS = "0020-007E,03B1-03C9,03F5,1D6FC-1D71B"

# file: (source, characters, axes to pin or to limit)
FONTS = {
    "newsreader-text": (NEWSREADER / "newsreader-latin-opsz-normal.woff2", WESTERN, {"opsz": 18, "wght": (400, 700)}),
    "newsreader-display": (NEWSREADER / "newsreader-latin-opsz-normal.woff2", PRINTABLE, {"opsz": 60, "wght": 400}),
    "newsreader-italic": (NEWSREADER / "newsreader-latin-wght-italic.woff2", PRINTABLE, {"wght": 400}),
    "inter": (INTER / "inter-latin-wght-normal.woff2", WESTERN, {"wght": (400, 700)}),
    "katex-main": (KATEX / "KaTeX_Main-Regular.woff2", SYMBOLS, None),
    "katex-math": (KATEX / "KaTeX_Math-Italic.woff2", LETTERS, None),
}

for name, (source, characters, axes) in FONTS.items():
    font = TTFont(source)
    if axes:
        instance = BytesIO()
        instantiateVariableFont(font, axes).save(instance)
        font = TTFont(instance)  # read anew: an instance in memory cannot be subset
    options = Options()
    options.layout_features = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(characters))
    subsetter.subset(font)
    font.flavor = "woff2"
    target = ROOT / f"docs-site/src/fonts/{name}.woff2"
    font.save(target)
    print(f"{target.name}: {target.stat().st_size / 1000:.1f} kB")
