"""How much cryptography is written by hand: little enough to be read in one sitting, and in one place.

Everything else is OpenSSL's (through ``cryptography``) or the browser's own.
"""

import ast
import io
import tokenize

import grimp
import pytest

from teamhealth import content

SERVER_LINES = 60
PAGE_LINES = 150
PAGE = ("bytes.js", "blind.js", "seal.js")
SERVER = ("teamhealth.web", "teamhealth.wsgi", "teamhealth.worker", "teamhealth.jobs")
SOURCE = content.static().parents[1]


@pytest.fixture(scope="module")
def reached():
    """Give every module that real answers can meet in a process of the server."""
    graph = grimp.build_graph("teamhealth", cache_dir=None)
    found = set()
    for room in SERVER:
        found |= {room, *graph.find_descendants(room)}
        found |= graph.find_upstream_modules(room, as_package=True)
    return found


def _file(module):
    path = SOURCE.joinpath(*module.split(".")[1:])
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _reckons(tree):
    """Tell whether a module does arithmetic with numbers as large as keys."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [alias.name for alias in node.names]
            if "gmpy2" in (*names, getattr(node, "module", "")) or "gcd" in names:
                return True
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if is_call and node.func.id == "pow" and len(node.args) == 3:
            return True
    return False


def _code(source):
    """Count lines that hold code, so neither blank ones nor comments and docstrings."""
    told = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for line in range(node.lineno, node.end_lineno + 1)
    }
    nothing = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT)
    nothing += (tokenize.DEDENT, tokenize.ENDMARKER)
    lines = {
        line
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in nothing
        for line in range(token.start[0], token.end[0] + 1)
    }
    return len(lines - told)


def test_the_servers_own_cryptography_is_in_one_short_file(reached):
    sources = {module: _file(module).read_text(encoding="utf-8") for module in reached}
    by_hand = {name for name, source in sources.items() if _reckons(ast.parse(source))}

    assert len(reached) > 100
    assert by_hand == {"teamhealth.credentials.blindsign"}
    assert sum(_code(sources[name]) for name in by_hand) <= SERVER_LINES


def test_the_half_of_the_browser_is_no_part_of_the_server(reached):
    assert "teamhealth.credentials.blinding" not in reached
    assert _reckons(ast.parse(_file("teamhealth.credentials.blinding").read_text("utf-8")))


def test_the_pages_cryptography_is_read_in_ten_minutes_comments_included():
    folder = content.static() / "respond"
    sizes = {name: len((folder / name).read_text("utf-8").splitlines()) for name in PAGE}

    assert sum(sizes.values()) <= PAGE_LINES, sizes


def test_lines_are_counted_as_a_reader_would():
    source = '"""What\nfor."""\n\n# why\nA = """x\n\ny"""\n\n\ndef b():  # how\n    """Do."""\n    return A\n'

    assert _code(source) == 5
