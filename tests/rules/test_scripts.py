"""The respondent's scripts: readable, short, joined without a change, and old enough."""

import hashlib
import re
from collections import Counter

import pytest

from teamhealth import content
from teamhealth.campaigns.scripts import AFTERWARDS, JOINED, MODULES, STYLE, digests, joined
from tests.rules.javascript import too_young, top_names

FOLDER = content.static() / "respond"
FILES = sorted(path.name for path in FOLDER.glob("*.js"))
YOUNG = (
    "a?.b",
    "a ?? b",
    "a ||= b",
    "2n ** 3n",
    "try { a(); } catch { b(); }",
    "import('./a.js')",
    "import.meta.url",
    "[1].at(-1)",
    "x.replaceAll('a', 'b')",
    "x.matchAll(/a/g)",
    "Object.fromEntries(x)",
    "globalThis.x",
    "/a.b/s.test(x)",
    "/(?<year>a)/.exec(x)",
    "x = /\\p{L}/u",
    "const a = 1_000;",
    "class A { b = 1; }",
    "class A { static b = 1; }",
    "class A { #b() {} }",
    "class A { static { b(); } }",
    "const a = await b();",
    "`${a?.b}`",
)
OLD_ENOUGH = (
    "const a = b ? .5 : c;",
    "const a = '?.' + \"??\" + `**`; // ?? and catch {",
    "const f = async (x) => { await x; };",
    "const g = async (x) => new Uint8Array(await x);",
    "async function h() { try { await a(); } catch (_) { b(); } }",
    "class A extends B { constructor() { super(); this.b = 1; } get c() { return 1; } static d() {} }",
    "const a = b / c / d; const e = x.replace(/[/]=/g, '');",
    "const big = 65537n * 0xffn;",
    "const { a, ...rest } = { ...b, [c]: 1 };",
)


def _source(name):
    return (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_a_browser_of_the_floor_can_read_every_script(name):
    assert too_young(_source(name)) == []


@pytest.mark.parametrize("code", YOUNG)
def test_the_floor_is_noticed_when_it_is_missed(code):
    assert too_young(code)


@pytest.mark.parametrize("code", OLD_ENOUGH)
def test_old_syntax_is_let_through(code):
    assert too_young(code) == []


def test_the_cryptography_can_be_read_in_ten_minutes():
    lines = sum(len(_source(name).splitlines()) for name in ("bytes.js", "blind.js", "seal.js"))

    assert lines < 150  # docs/anonymity.md says so


@pytest.mark.parametrize("name", FILES)
def test_no_line_is_too_long_to_be_read(name):
    assert max(len(line) for line in _source(name).splitlines()) <= 130


def test_every_script_is_joined():
    assert {f"{name}.js" for name in (*MODULES, *AFTERWARDS)} == set(FILES)


@pytest.mark.parametrize("names", [MODULES, AFTERWARDS], ids=["answer", "after"])
def test_joining_drops_imports_and_the_word_export_and_nothing_else(names):
    modules = [_source(f"{name}.js").splitlines() for name in names]
    kept = [
        line.removeprefix("export ")
        for module in modules
        for line in module
        if not line.startswith("import ")
    ]

    body = joined(names).decode()

    assert [line for line in body.splitlines() if line] == [line for line in kept if line]
    assert not re.search(r"^\s*(import|export)\b", body, re.MULTILINE)
    assert too_young(body) == []


@pytest.mark.parametrize("names", [MODULES, AFTERWARDS], ids=["answer", "after"])
def test_modules_import_only_from_modules_before_them(names):
    for at, name in enumerate(names):
        for line in _source(f"{name}.js").splitlines():
            if line.startswith("import "):
                found = re.fullmatch(r"import \{ [\w, ]+ \} from '\./(\w+)\.js';", line)
                assert found, f"{name}.js: an import must be one plain line: {line}"
                assert found[1] in names[:at]


@pytest.mark.parametrize("names", [MODULES, AFTERWARDS], ids=["answer", "after"])
def test_no_name_is_declared_twice_in_the_joined_file(names):
    times = Counter(top_names(joined(names).decode()))

    assert [name for name, many in times.items() if many > 1] == []


def test_the_names_of_the_joined_file_are_found():
    names = top_names(joined().decode())

    assert {"text", "blind", "unblind", "seal", "derive", "fingerprint", "KEM", "HPKE"} <= set(
        names
    )


def test_the_digest_of_everything_that_a_page_loads_is_told():
    told = digests()

    assert set(told) == set(FILES) - {"afterwards.js"} | {JOINED, STYLE}
    assert told[JOINED] == hashlib.sha256(joined()).hexdigest()
    assert told["seal.js"] == hashlib.sha256((FOLDER / "seal.js").read_bytes()).hexdigest()
