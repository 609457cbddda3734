"""Reading JavaScript just well enough to see what a browser of 2018 would stumble over.

A tokenizer (comments, strings, templates, regular expressions, numbers, names,
punctuation) and a list of what is younger than Chrome 67, Firefox 68 and Safari 14.
Needs no Node, so the rule holds wherever the tests run.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
      | (?P<number>0[xX][0-9a-fA-F_]+n?|(?:\d[\d_]*)(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?n?|\.\d+)
      | (?P<name>[A-Za-z_$][\w$]*)
      | (?P<mark>\?\?=|\*\*=|\|\|=|&&=|>>>=|===|!==|>>>|\.\.\.|\*\*|<<=|>>=|=>|==|!=|<=|>=|&&|\|\||\?\?
          |\?\.(?!\d)|\+\+|--|[-+*/%&|^]=|<<|>>|[-+*/%=<>!&|^~?:;,.(){}\[\]#@])""",
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/((?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/([a-z]*)")
_VALUE_MARKS = {")", "]", "}"}
_BEFORE_VALUES = re.compile(r"return|typeof|case|in|of|delete|void|throw|new|await")

_YOUNG_MARKS = {"?.", "??", "??=", "||=", "&&=", "**", "**=", "#", "@"}
_YOUNG_METHODS = re.compile(
    r"flat|flatMap|at|matchAll|replaceAll|allSettled|any|hasOwn|randomUUID|findLast"
    r"|findLastIndex|toSorted|toReversed|toSpliced|fromEntries|groupBy|replaceChildren"
    r"|toggleAttribute|requestSubmit|showModal|showPopover|checkVisibility"
    r"|withResolvers|isWellFormed"
)
_YOUNG_NAMES = re.compile(
    r"globalThis|structuredClone|queueMicrotask|WeakRef|FinalizationRegistry"
    r"|AggregateError|ResizeObserver|BigInt64Array|BigUint64Array|CompressionStream"
    r"|ListFormat|RelativeTimeFormat|DisplayNames|Segmenter"
)


@dataclass(frozen=True)
class Token:
    """One token: its kind (string, template, regex, number, name, mark), text and line."""

    kind: str
    text: str
    line: int


def tokens(source: str) -> list[Token]:
    """Cut a module into tokens without comments; ValueError where this reader is lost."""
    found: list[Token] = []
    at = 0
    while at < len(source):
        line = source.count("\n", 0, at) + 1
        if source[at] == "`":
            end, inside = _template(source, at)
            found.append(Token("template", source[at:end], line))
            for code in inside:
                found += [Token(t.kind, t.text, line) for t in tokens(code)]
            at = end
            continue
        if source[at] == "/" and source[at + 1] not in "/*" and _value_expected(found):
            hit = _REGEX.match(source, at)
            kind = "regex"
        else:
            hit = _TOKEN.match(source, at)
            kind = (hit.lastgroup or "") if hit else ""
        if hit is None:
            raise ValueError(f"line {line}: cannot read {source[at : at + 20]!r}")
        if kind != "space":
            found.append(Token(kind, hit[0], line))
        at = hit.end()
    return found


def too_young(source: str) -> list[str]:
    """Return what a browser of the floor could not run, as ``line 7: ?.``; empty if nothing."""
    cut = tokens(source)
    faults = [f"line {t.line}: {t.text}" for t in cut if _young_alone(t)]
    for one, two in pairwise(cut):
        if one.text == "catch" and two.text == "{":
            faults.append(f"line {one.line}: catch without a name")
        if one.text == "import" and two.text in ("(", "."):
            faults.append(f"line {one.line}: import{two.text}")
        if one.text == "." and _YOUNG_METHODS.fullmatch(two.text):
            faults.append(f"line {two.line}: .{two.text}")
    return faults + _fields(cut) + _awaits_at_top(cut)


def top_names(source: str) -> list[str]:
    """Return the names that a module declares at its top level."""
    names, depth = [], 0
    cut = [t for t in tokens(source) if t.text != "export"]
    declaring = False
    for before, token in pairwise([Token("mark", ";", 0), *cut]):
        if depth == 0 and before.text in ("const", "let", "var", "function", "class"):
            names.append(token.text)
            declaring = before.text in ("const", "let", "var")
        elif depth == 0 and declaring and before.text == ",":
            names.append(token.text)
        if token.text in ("(", "{", "["):
            depth += 1
        elif token.text in (")", "}", "]"):
            depth -= 1
        elif token.text == ";" and depth == 0:
            declaring = False
    return names


def _young_alone(token: Token) -> bool:
    if token.kind == "mark":
        return token.text in _YOUNG_MARKS
    if token.kind == "name":
        return bool(_YOUNG_NAMES.fullmatch(token.text))
    if token.kind == "number":
        return "_" in token.text
    if token.kind == "regex":
        body, _, flags = token.text[1:].rpartition("/")
        return bool(set(flags) - set("gimuy")) or "(?<" in body or "\\p{" in body
    return False


def _value_expected(found: list[Token]) -> bool:
    if not found:
        return True
    last = found[-1]
    if last.kind == "mark":
        return last.text not in _VALUE_MARKS
    return last.kind == "name" and bool(_BEFORE_VALUES.fullmatch(last.text))


def _template(source: str, at: int) -> tuple[int, list[str]]:
    # Returns where the template ends, and the code in its ${…}.
    inside, here = [], at + 1
    while source[here] != "`":
        if source[here] == "\\":
            here += 2
        elif source.startswith("${", here):
            start = here = here + 2
            depth = 1
            while depth:
                depth += {"{": 1, "}": -1}.get(source[here], 0)
                here += 1
            inside.append(source[start : here - 1])
        else:
            here += 1
    return here + 1, inside


def _fields(cut: list[Token]) -> list[str]:
    # Class fields and static blocks: a member that is not a method.
    faults = []
    for at, token in enumerate(cut):
        if token.text != "class" or token.kind != "name":
            continue
        here = next(i for i in range(at, len(cut)) if cut[i].text == "{")
        depth, starts = 1, True
        while depth:
            here += 1
            text = cut[here].text
            if (
                depth == 1
                and starts
                and cut[here].kind == "name"
                and cut[here + 1].text in "=;{"
            ):
                faults.append(f"line {cut[here].line}: class field {text}")
            depth += {"{": 1, "}": -1}.get(text, 0)
            starts = depth == 1 and (text in ("{", "}", ";") or (starts and text == "static"))
    return faults


def _awaits_at_top(cut: list[Token]) -> list[str]:
    faults, depth, asynchronous = [], 0, False
    for token in cut:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0 and token.text in (";", "}"):
            asynchronous = False
        elif token.text == "async":
            asynchronous = True
        elif token.text == "await" and not asynchronous and depth == 0:
            faults.append(f"line {token.line}: await at the top level")
    return faults
