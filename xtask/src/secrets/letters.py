"""How letters and kinds of characters follow each other in words and names of this repository, as Rust tables.

Written to crates/secret-scan/src/value/letters.rs by `cargo xtask secrets letters`; the only input is the repository's
own text, so the tables carry nobody's licence but ours, and the same text gives the same tables.
"""

import math
import pathlib
import re
import subprocess
import sys

LETTERS = "abcdefghijklmnopqrstuvwxyz"
KINDS = "lud"
MINE = "crates/secret-scan/"
SUFFIXES = (".rs", ".md", ".toml", ".py", ".yml", ".css", ".html")


def kind(c):
    return "d" if c.isdigit() else "u" if c.isupper() else "l"


def bits(part, whole, among):
    """Log2 of a probability, smoothed over `among`, in eighths of a bit."""
    return max(-127, round(8 * math.log2((part + 0.5) / (whole + 0.5 * among))))


def main(root):
    listed = subprocess.run(["git", "-C", root, "ls-files", "-z"], check=True, capture_output=True).stdout.decode()
    follow = {a: {b: 0 for b in LETTERS} for a in LETTERS}
    kinds = {}
    for name in sorted(listed.split("\0")):
        # Our own data is full of what is no word.
        if not name.endswith(SUFFIXES) or name.startswith(MINE) or "/fuzz/" in name:
            continue
        text = (pathlib.Path(root) / name).read_text(encoding="utf-8", errors="replace")
        for word in set(re.findall(r"[A-Za-z0-9]{2,40}", text)):
            # Digests and encoded bytes are what the tables are to be told from.
            if len(re.findall(r"\d[A-Za-z]|[A-Za-z]\d", word)) > 2:
                continue
            for a, b in zip(word.lower(), word.lower()[1:]):
                if a in LETTERS and b in LETTERS:
                    follow[a][b] += 1
            marked = "^^" + "".join(kind(c) for c in word)
            for a, b, c in zip(marked, marked[1:], marked[2:]):
                counts = kinds.setdefault((a, b), dict.fromkeys(KINDS, 0))
                counts[c] += 1
    out = ["//! How characters follow each other in words and names; made by `cargo xtask secrets letters`.", ""]
    out.append("/// Log2 of the chance that a letter follows another, in eighths of a bit: `FOLLOWS[before][after]`.")
    out.append("#[rustfmt::skip]")
    out.append("pub(super) const FOLLOWS: [[i8; 26]; 26] = [")
    for a in LETTERS:
        whole = sum(follow[a].values())
        out.append("    [" + ", ".join(str(bits(follow[a][b], whole, 26)) for b in LETTERS) + "],")
    out.append("];")
    out.append("")
    out.append("/// The same for kinds (lower, upper, digit) after two others; the fourth kind before is the beginning of a word.")
    out.append("#[rustfmt::skip]")
    out.append("pub(super) const KINDS: [[[i8; 3]; 4]; 4] = [")
    for a in KINDS + "^":
        rows = []
        for b in KINDS + "^":
            counts = kinds.get((a, b), dict.fromkeys(KINDS, 0))
            whole = sum(counts.values())
            rows.append("[" + ", ".join(str(bits(counts[c], whole, 3)) for c in KINDS) + "]")
        out.append("    [" + ", ".join(rows) + "],")
    out.append("];")
    print("\n".join(out))


main(sys.argv[1])
