"""The samples by which gitleaks tests its rules, made anew from its templates: what each rule must and must not report.

    samples.py RULES_FOLDER OUT

RULES_FOLDER is cmd/generate/config/rules of github.com/gitleaks/gitleaks (MIT) at the commit of our rule data. Its Go
files are read, not run: string literals, concatenations, lists, and calls of the few functions that make samples.
Random parts come from a seed, so the same folder gives the same samples. Written are OUT/hit/NNNN/FILE and
OUT/miss/NNNN/FILE, one sample each, and OUT/index.txt with their rules; what could not be read is printed, and
is exit 1 unless it is known.
"""

import base64
import pathlib
import random
import re
import sys
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
import sre_constants as sc
import sre_parse

TOKEN = re.compile(
    r"""\s+|//[^\n]*|/\*.*?\*/|(?P<raw>`[^`]*`)|(?P<text>"(?:\\.|[^"\\])*")|(?P<char>'(?:\\.|[^'\\])+')"""
    r"""|(?P<name>[A-Za-z_]\w*)|(?P<number>\d[\d_.x]*)|(?P<sign>:=|\.\.\.|&&|\|\||[-+*/%=<>!&|]=?|[{}()\[\],.:;])""",
    re.S,
)
# What gitleaks makes of an identifier and a secret; see cmd/generate/config/utils/generate.go.
FORMS = [
    '{i}Token="{s}"', '{i}Token = "{s}"', "{i}Token={s}", "{i}Token = {s}", '{\n    "{i}_token": "{s}"\n}',
    '{"config.ini": "{I}_TOKEN={s}\\nBACKUP_ENABLED=true"}', "<{i}Token>\n    {s}\n</{i}Token>", "{i}_token: {s}",
    "{i}_token: '{s}'", '{i}_token: "{s}"', 'string {i}Token = "{s}";', 'var {i}Token string = "{s}"', '{i}Token := "{s}"',
    "{i}Token := `{s}`", 'String {i}Token = "{s}";', 'var {i}Token = "{s}"', '${i}Token .= "{s}"', "{i}Token = '{s}'",
    '{i}Token = "{s}"', 'System.setProperty("{I}_TOKEN", "{s}")', '  "{i}Token" => "{s}"', '{i}_TOKEN = "{s}"',
    '{i}_TOKEN := "{s}"', '{i}_TOKEN ::= "{s}"', '{i}_TOKEN :::= "{s}"', '{i}_TOKEN ?= "{s}"',
]
PATTERNS = {
    "Numeric": "[0-9]{%s}", "Hex": "[a-f0-9]{%s}", "AlphaNumeric": "[a-z0-9]{%s}",
    "AlphaNumericExtendedShort": "[a-z0-9_-]{%s}", "AlphaNumericExtended": "[a-z0-9=_\\-]{%s}",
    "AlphaNumericExtendedLong": "[a-z0-9\\/=_\\+\\-]{%s}", "Hex8_4_4_4_12": "[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}",
}

# Two rules have no samples, and those of the third are made by a program of its own.
KNOWN = {
    "GCPServiceAccount", "DropBoxShortLivedAPIToken", "DropBoxLongLivedAPIToken", "JWTBase64",
    # Written there, and in no rule data of theirs.
    "SquareSecret", "TrelloAccessToken",
}


class Unread(Exception):
    pass


class Spread(list):
    pass


def drawn(pattern, dice):
    """A text that a pattern matches."""
    flags = re.I if "(?i" in pattern else 0
    pattern = re.sub(r"\(\?[is]+\)", "", pattern).replace("[[:alnum:]]", "[A-Za-z0-9]").replace(r"\z", "")
    return made(sre_parse.parse(pattern, flags), dice)


def made(parts, dice):
    out = []
    for kind, value in parts:
        if kind is sc.LITERAL:
            out.append(chr(value))
        elif kind is sc.ANY:
            out.append(dice.choice("abcdefghijklmnop"))
        elif kind is sc.IN:
            out.append(dice.choice(members(value)))
        elif kind in (sc.MAX_REPEAT, sc.MIN_REPEAT):
            least, most, sub = value
            most = least + 1 if most is sc.MAXREPEAT else most
            out.extend(made(sub, dice) for _ in range(dice.randint(least, most)))
        elif kind is sc.SUBPATTERN:
            out.append(made(value[3], dice))
        elif kind is sc.BRANCH:
            out.append(made(dice.choice(value[1]), dice))
        elif kind is not sc.AT:
            raise Unread(f"pattern part {kind}")
    return "".join(out)


def members(values):
    sets = {
        sc.CATEGORY_DIGIT: "0123456789", sc.CATEGORY_WORD: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_",
        sc.CATEGORY_SPACE: " ", sc.CATEGORY_NOT_SPACE: "ABCabc123#!$",
    }
    chars = []
    for kind, value in values:
        if kind is sc.LITERAL:
            chars.append(chr(value))
        elif kind is sc.RANGE:
            chars.extend(chr(c) for c in range(value[0], value[1] + 1))
        elif kind is sc.CATEGORY:
            chars.extend(sets[value])
        else:
            raise Unread(f"class part {kind}")
    return chars


class Reader:
    """Evaluates the few expressions of which samples are made."""

    def __init__(self, text, dice, words):
        self.tokens = [(m.lastgroup, m.group()) for m in TOKEN.finditer(text) if m.lastgroup]
        self.at, self.dice, self.words, self.names, self.skipped = 0, dice, words, {}, []

    def peek(self, ahead=0):
        index = self.at + ahead
        return self.tokens[index] if index < len(self.tokens) else ("end", "")

    def take(self, wanted=None):
        token = self.peek()
        if wanted is not None and token[1] != wanted:
            raise Unread(f"{token[1]!r} where {wanted!r} should be")
        self.at += 1
        return token

    def expression(self):
        value = self.operand()
        while self.peek()[1] == "+":
            self.take()
            value = value + self.operand()
        return value

    def operand(self):
        kind, text = self.take()
        if kind == "raw":
            value = text[1:-1].replace("\r", "")
        elif kind == "text":
            value = unquoted(text)
        elif kind == "number":
            value = int(text)
        elif text == "(":
            value = self.expression()
            self.take(")")
        elif text in ("[", "map"):
            return self.composite(text)
        elif text == "&":
            return self.operand()
        elif kind == "name":
            value = self.named(text)
        else:
            raise Unread(f"operand {text!r}")
        return value

    def composite(self, first):
        # `[]string{…}`, `[]byte(…)` and `map[string]string{…}`.
        while self.peek()[1] not in "{(":
            self.take()
        if self.take()[1] == "(":
            value = self.expression()
            self.take(")")
            return value
        items = {} if first == "map" else []
        while self.peek()[1] != "}":
            item = self.expression()
            if first == "map":
                self.take(":")
                items[item] = self.expression()
            else:
                items.append(item)
            if self.peek()[1] == ",":
                self.take()
        self.take("}")
        return items

    def named(self, name):
        while self.peek()[1] == ".":
            self.take()
            name += "." + self.take()[1]
        if self.peek()[1] != "(":
            if name not in self.names:
                raise Unread(f"name {name}")
            return self.names[name]
        return self.call(name, self.arguments())

    def arguments(self):
        self.take("(")
        values = []
        while self.peek()[1] != ")":
            value = self.expression()
            if self.peek()[1] == "...":
                self.take()
                values.extend(value)
            else:
                values.append(value)
            if self.peek()[1] == ",":
                self.take()
        self.take(")")
        return values

    def call(self, name, values):
        last = name.rsplit(".", 1)[-1]
        if name.startswith("utils.") and last in PATTERNS:
            return PATTERNS[last] % tuple(values) if values else PATTERNS[last]
        if last == "NewSecret":
            return drawn(values[0], self.dice)
        if name == "newPlausibleSecret":
            while True:
                secret = drawn(values[0], self.dice)
                if re.search("[1-9]", secret) and not any(word in secret.lower() for word in self.words):
                    return secret
        if last in ("GenerateSampleSecret", "generateSampleSecret"):
            return f'{values[0]}_api_token = "{values[1]}"'
        if last == "GenerateSampleSecrets":
            replace = {"{i}": values[0], "{I}": values[0].upper(), "{s}": values[1]}
            return [re.sub(r"\{[iIs]\}", lambda m: replace[m.group()], form) for form in FORMS]
        if name == "append":
            return list(values[0]) + values[1:]
        if name == "fmt.Sprintf":
            return re.sub(r"%[sdv]", "%s", values[0]) % tuple(values[1:])
        if last == "EncodeToString":
            data = values[0].encode()
            out = (base64.urlsafe_b64encode if "URL" in name else base64.b64encode)(data).decode()
            return out.rstrip("=") if "Raw" in name else out
        if name == "string":
            return values[0]
        if name == "strings.ToUpper":
            return values[0].upper()
        if name == "strings.Repeat":
            return values[0] * values[1]
        raise Unread(f"call of {name}")

    def statements(self, stop):
        """Reads assignments up to a closing brace; gives what was handed to Validate."""
        given, depth = None, 0
        while self.at < len(self.tokens):
            kind, text = self.peek()
            if text == "}" and depth == 0 and stop:
                self.take()
                return given
            if kind == "name" and self.peek(1)[1] in (":=", "="):
                start = self.at
                name, _ = self.take(), self.take()
                try:
                    self.names[name[1]] = self.expression()
                    continue
                except Unread as error:
                    self.at = start + 2
                    if name[1] in ("tps", "fps"):
                        self.skipped.append(f"{name[1]}: {error}")
                    continue
            if kind == "name" and text in ("Validate", "ValidateWithPaths"):
                self.take()
                given = self.validated()
                continue
            depth += {"{": 1, "}": -1}.get(text, 0)
            self.take()
        return given

    def validated(self):
        self.take("(")
        self.take()
        lists = []
        while self.peek()[1] == ",":
            self.take()
            if self.peek()[1] == ")":
                break
            if self.peek()[1] == "nil":
                self.take()
                lists.append([])
                continue
            try:
                lists.append(self.expression())
            except Unread as error:
                self.skipped.append(str(error))
                return None
        return lists


def unquoted(text):
    simple = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'"}
    number = lambda m: chr(int(m.group(2), 16)) if m.group(2) else simple.get(m.group(1), m.group(0))
    return re.sub(r"\\(x([0-9a-fA-F]{2})|.)", lambda m: number(m) if m.group(2) else simple.get(m.group(1), m.group(0)), text[1:-1])


def samples(folder, dice):
    words = re.findall(r'^\s*"([^"]+)",', (folder / "stopwords.go").read_text(), re.M)
    shared = {}
    for path in sorted(folder.glob("*.go")):
        text = path.read_text()
        # Lists and constants outside of functions.
        for block in re.findall(r"^(?:var|const) (\w+)(?: \w+)? = (.*?)(?=^(?:func|var|const|//|\Z))", text, re.M | re.S):
            one = Reader(block[1], dice, words)
            one.names = shared
            try:
                shared[block[0]] = one.expression()
            except Unread:
                pass
        for inner in re.findall(r"^(?:var|const) \((.*?)^\)", text, re.M | re.S):
            one = Reader(inner, dice, words)
            one.names = shared
            one.statements(stop=False)
    for path in sorted(folder.glob("*.go")):
        for name, body in re.findall(r"^func (\w+)\(\) \*config\.Rule \{\n(.*?)(?=^func |\Z)", path.read_text(), re.M | re.S):
            rule = re.search(r'RuleID:\s+"([^"]+)"', body)
            reader = Reader(body, dice, words)
            reader.names = dict(shared)
            given = reader.statements(stop=True)
            yield path.name, name, rule.group(1) if rule else None, given, reader.skipped


def main(folder, out):
    dice = random.Random(20260722)
    data = folder.parents[3] / "config" / "gitleaks.toml"
    known = set(re.findall(r'^id = "([^"]+)"', data.read_text(), re.M)) if data.is_file() else set()
    unread, counts = [], {"hit": 0, "miss": 0}
    rules, index = set(), []
    for file, function, rule, given, skipped in samples(folder, dice):
        unread.extend(f"{file}: {function}: {why}" for why in skipped)
        if rule and known and rule not in known:
            unread.append(f"{file}: {function}: the rule data does not have {rule}")
            continue
        if not rule or given is None:
            unread.append(f"{file}: {function}: no samples")
            continue
        for side, listed in zip(("hit", "miss"), given):
            items = listed.items() if isinstance(listed, dict) else [("text", text) for text in listed]
            for name, text in items:
                number = f"{counts[side]:04}"
                target = out / side / number / name
                index.append(f"{side}/{number} {rule}\n")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8", newline="")
                counts[side] += 1
                rules.add(rule) if side == "hit" else None
    (out / "index.txt").write_text("".join(index))
    print(f"{counts['hit']} of {len(rules)} rules to be reported, {counts['miss']} not to be")
    for why in unread:
        print(f"not read: {why}", file=sys.stderr)
    return 1 if {why.split(": ")[1] for why in unread} - KNOWN else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
