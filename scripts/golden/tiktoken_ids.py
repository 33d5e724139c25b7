"""Token ids by Python tiktoken, for the tests of src/tokenizers/tiktoken.ts and tiktoken-patterns.ts.

The patterns and special tokens are tiktoken's own; the ranks are read from the js-tiktoken package (equal to
OpenAI's files), so that nothing is downloaded:

    pip install tiktoken && python scripts/golden/tiktoken_ids.py
"""
import base64
import json
import random
import re
from pathlib import Path
from unittest import mock

import tiktoken
import tiktoken_ext.openai_public as openai_public

ROOT = Path(__file__).resolve().parents[2]
ENCODINGS = ["gpt2", "cl100k_base", "o200k_base"]

STRINGS = [
    "", " ", "  ", "   a", "a   ", "\n", "\n\n", " \n ", "\t\tx", "a\r\nb\r\n\r\nc", " \n\n  \n x", "\u00a0a\u3000b\u2003c",
    "a\u0085b \u0085 c", "\ufeffabc", "a \ufeff b", "\u001c\u001d a", "\u200b\u200d", "\v\f\x00\x07\x7f",
    "Hello, I am", "Hello world", "Every effort moves you", "I HAD always thought Jack Gisburn rather a cheap genius--",
    "Akwirw ier", "Hello, do you like tea? <|endoftext|> In the sunlit terraces of someunknownPlace.",
    "<|endoftext|>", "<|fim_prefix|><|endofprompt|>", "it's IT'S we'll WE'LL you're I'm they'd o'clock 'tis 'S 't", "'\u017f a'\u017fb", "don't DON'T dON't",
    "1 12 123 1234 12345 3.14159 1,000,000 0x1F", "\u0661\u0662\u0663\u0664 \u00bd \u2167", "a1b2c3 v1.0.2-beta", "snake_case camelCase SCREAMING_CASE kebab-case",
    "def f(x):\n    return [i ** 2 for i in range(x)]\n", "const a = {b: () => `${c}`}; // d\n\n\treturn a?.b;", "<div class=\"a\">&amp;</div>", "SELECT * FROM t WHERE a != 'b';",
    "https://example.org/a/b?c=d&e=%20#f", "!!!???...---===", "(((([[[[{{{{", "~!@#$%^&*()_+`-={}|[]\\:\";'<>?,./",
    "\u00e9 e\u0301 \u00f1 n\u0303 \u212b", "Z\u0351\u036b\u0343a\u0363l\u036cg\u0350o", "na\u00efve caf\u00e9 \u00dcber Stra\u00dfe \u0130stanbul \u01c5 \u01f1",
    "\u4f60\u597d\uff0c\u4e16\u754c\uff01", "\u3053\u3093\u306b\u3061\u306f\u4e16\u754c \u30ab\u30bf\u30ab\u30ca", "\uc548\ub155\ud558\uc138\uc694", "\u0417\u0434\u0440\u0430\u0432\u0441\u0442\u0432\u0443\u0439, \u043c\u0438\u0440", "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645", "\u05e9\u05dc\u05d5\u05dd", "\u0928\u092e\u0938\u094d\u0924\u0947 \u0926\u0941\u0928\u093f\u092f\u093e", "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35",
    "\U0001f600", "\U0001f44d\U0001f3fd", "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 family", "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7", "\u2764\ufe0f\u2728", "\U00010348\U0001d54f\U00020000",
    "a" * 30, "ha" * 20, "\n" * 12, " " * 25, "supercalifragilisticexpialidocious", "\ufffd\ufffe",
    "Mia found a red kite by the pond.\n\"Look!\" said Mia.\n",
]

# What JavaScript's and Rust's regular expressions see differently, in random order.
ATOMS = ["\u0085", "\ufeff", "\u001c", " ", "  ", "\n", "a", ".", "\u4e16", "'\u017f", "b", "!"]
random.seed(1)
STRINGS += ["".join(random.choices(ATOMS, k=random.randint(2, 6))) for _ in range(150)]

# Many more, short, put together by chance: code, emoji, CJK and other scripts, combining marks, whitespace runs, special tokens
# as text. A lone surrogate reaches tiktoken as U+FFFD, as UTF-8 encoders have it: a string that holds U+FFFD here is tested
# with one.
PARTS = """the The ing world Hello naïve don't WE'LL 's x86 => == (); { } [0] += // </p> &amp; def f(x): return λ → 世界 人工知能
カタカナ ひらがな 안녕하세요 Привет Ёлка مرحبا שלום नमस्ते สวัสดี ẞtraße ǅ ﬁ ½ Ⅷ ٣٤ 12 345 6789 0.5 1e-9 $5 € % ... — “ ” !? @
👍 👍🏽 👨‍👩‍👧 🇩🇪 ❤️ 🦕 𝕏 𐍈 é Z͑ͫ̓ͪ ñ̃ <| endoftext |> <|endoftext|> <|endofprompt|>""".split()
PARTS += [" of", " the", "a" * 40, "_" * 9, "-" * 20, "\u0301", "\u200b", "\u200d", "\ufeff", "\u0085", "\u00a0", "\u3000", "\u2028"]
PARTS += ["\t", "\n", "\n\n", "\r\n", " ", " ", " ", "  ", " " * 8, "\x00", "\x1b[0m", "\ufffd"]
MANY = ["".join(random.choices(PARTS, k=random.randint(2, 4))) for _ in range(2000)]
many = {"tiktoken": tiktoken.__version__, "strings": MANY, "ids": {}, "idsWithSpecial": {}}


# Where Rust's classes and case folding differ from JavaScript's: contractions in every case with “ſ” and other characters that
# fold to letters or look like them, whitespace that only one of the two knows, and characters of Unicode 17, which this Rust does not know.
FOLDS = ["\u017f", "\u212a", "\u212b", "\u0130", "\u0131", "\u00df", "\ufb06", "\u0149", "\u01c5", "\u02b0", "\u0295", "\u0345", "\u2160"]
SPACES = ["\u0085", "\u180e", "\ufeff", "\u200b", "\u2028", "\u2029", "\u001c", "\u00a0", "\u202f", "\u205f", "\u3000", "\u1680", "\r", "\n", " "]
NEWER = ["\u088f", "\u0c5c", "\u1acf", "\ua7ce", "\ua7cf", "\ua7f1", "\U00011de0", "\U00016ea0", "\U00016ebb", "\U0001e6e3", "\U000323b0"]
PIECES = ["I", "we", "'", "'", "'S", "'s", "'LL", "'lL", "'Re", "'vE", "'\u017f", "'\u017f", "'\u017fs", "x'\u017f", "A", "a", "1", ".", "\u2019s", "S", "K", "L", "l", "t", "D", "m"]
EDGES = ["I'\u017f", " I'\u017f", "I'\u017ft", "'\u017f", " '\u017f"]
EDGES += ["".join(random.choices(PIECES + FOLDS + SPACES + NEWER, k=random.randint(2, 7))) for _ in range(600)]
edges = {"tiktoken": tiktoken.__version__, "strings": EDGES, "ids": {}, "classes": {}}


def members(pattern: str) -> str:
    """All characters that a class of Rust's matches: how far each run of them is from the last one, and how long, in base 36."""
    characters = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF)
    single_bytes = {bytes([byte]): byte for byte in range(256)}
    encoding = tiktoken.Encoding("", pat_str=pattern, mergeable_ranks=single_bytes, special_tokens={})
    runs = []
    for code in map(ord, bytes(encoding.encode_ordinary(characters)).decode()):
        if runs and runs[-1][1] == code:
            runs[-1][1] = code + 1
        else:
            runs.append([code, code + 1])
    ends = [0] + [end for _, end in runs]
    return " ".join(f"{base36(start - before)},{base36(end - start)}" for before, (start, end) in zip(ends, runs))


def base36(number: int) -> str:
    digit = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]
    return digit if number < 36 else base36(number // 36) + digit


UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
for name, pattern in {"S": r"\s", "L": r"\p{L}", "N": r"\p{N}", "UPPER": UPPER, "LOWER": LOWER}.items():
    edges["classes"][name] = members(pattern)
for letter in "sdmtlver":
    edges["classes"][letter] = members(f"(?i:{letter})")


def ranks_of(encoding: str) -> dict[bytes, int]:
    source = (ROOT / "node_modules/js-tiktoken/dist/ranks" / f"{encoding}.js").read_text()
    ranks = {}
    for line in json.loads(re.search(r'"bpe_ranks":("[^"]*")', source)[1]).split("\n"):
        _, first, *tokens = line.split(" ")
        for i, token in enumerate(tokens):
            ranks[base64.b64decode(token)] = int(first) + i
    return ranks


golden = {"tiktoken": tiktoken.__version__, "strings": STRINGS, "ids": {}, "idsWithSpecial": {}}
for name in ENCODINGS:
    ranks = ranks_of(name)
    with (
        mock.patch.object(openai_public, "load_tiktoken_bpe", return_value=ranks),
        mock.patch.object(openai_public, "data_gym_to_mergeable_bpe_ranks", return_value=ranks),
    ):
        encoding = tiktoken.Encoding(**getattr(openai_public, name)())
    golden["ids"][name] = [encoding.encode(s, disallowed_special=()) for s in STRINGS]
    many["ids"][name] = [encoding.encode(s, disallowed_special=()) for s in MANY]
    edges["ids"][name] = [encoding.encode(s, disallowed_special=()) for s in EDGES]
    many["idsWithSpecial"][name] = {
        i: encoding.encode(s, allowed_special="all") for i, s in enumerate(MANY) if "<|endof" in s
    }
    golden["idsWithSpecial"][name] = [encoding.encode(s, allowed_special="all") for s in STRINGS]

for name, data in [("tiktoken", golden), ("tiktoken-many", many), ("tiktoken-edges", edges)]:
    out = ROOT / f"src/tokenizers/golden/{name}.json"
    out.write_text(json.dumps(data, separators=(",", ":"), ensure_ascii=False) + "\n")
    print(out, out.stat().st_size, "bytes")
