"""Which English words of a template or of a page's Python are not marked for translation."""

import ast
import re
from html.parser import HTMLParser

from jinja2 import Environment, nodes

SPOKEN = {"title", "aria-label", "alt", "placeholder", "label", "summary", "aria-description"}
"""Attributes that people read or hear."""

SAME = re.compile(r"Team Health|eNPS|UTC|PDF|CSV|XLSX|JSON|API|QR|Source (?:Sans|Serif) \d")
"""Names that are the same in every language."""

_CODE = {"kbd", "code", "pre", "style", "script"}
_MARKS = {"_", "gettext", "ngettext", "pgettext", "lazy", "say", "say_many"}
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"[^\W\d_]{2,},? [^\W\d_]{2,}")
_LABEL = re.compile(r"[A-Z][a-z’]+")
_UNREAD = (nodes.Import, nodes.FromImport, nodes.Extends, nodes.Include, nodes.Getitem)
_JINJA = Environment(
    extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True, autoescape=True
)
_JINJA.install_null_translations(newstyle=True)
_JINJA.policies["ext.i18n.trimmed"] = True


def in_template(source, *, is_html=True):
    """Give the words of a template that are said in English whatever the language."""
    tree = _JINJA.parse(source)
    written = "".join(_written(tree))
    found = _Read(written).found if is_html else [one.strip() for one in written.splitlines()]
    return [one.strip(" ·\n") for one in (*found, *_handed_on(tree)) if _is_said(one)]


def in_python(source):
    """Give the sentences and labels of a module that are said in English whatever the language."""
    tree = ast.parse(source)
    unread = {id(part) for one in ast.walk(tree) for part in _unread(one)}
    return [
        one.value
        for one in ast.walk(tree)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
        if id(one) not in unread and _looks_said(one.value)
    ]


def _is_said(text):
    return bool(_WORD.search(SAME.sub("", text)))


def _looks_said(text):
    if text.startswith(("/", "<")):
        return False  # an address, a tag
    rest = SAME.sub("", text)
    return bool(_SENTENCE.search(rest) or _LABEL.fullmatch(rest))


def _name(call):
    return getattr(call, "id", None) or getattr(call, "attr", None) or getattr(call, "name", "")


# Templates. What stands in them and what their expressions give is written out in its order,
# a marked message as a sign without letters; the rest of the page is read as a browser would.


def _written(node):
    if isinstance(node, nodes.TemplateData):
        yield node.data
    elif isinstance(node, nodes.Output):
        for one in node.nodes:
            yield from [one.data] if isinstance(one, nodes.TemplateData) else _given(one)
    elif not isinstance(node, nodes.Expr):
        for child in node.iter_child_nodes():
            yield from _written(child)


def _given(expression):
    """Give the constants that an expression may come to."""
    match expression:
        case nodes.Const(value=str() as text):
            yield text
        case nodes.CondExpr(expr1=first, expr2=second):
            yield from _given(first)
            yield from _given(second) if second else ()
        case nodes.Concat(nodes=parts):
            for part in parts:
                yield from _given(part)
        case nodes.Or(left=first, right=second) | nodes.Add(left=first, right=second):
            yield from (*_given(first), *_given(second))
        case nodes.Filter(node=inner) if inner is not None:
            yield from _given(inner)
        case _:
            yield "\u00b7"


class _Read(HTMLParser):
    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.found, self._in = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag in _CODE:
            self._in.append(tag)
        self.found += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag):
        if self._in and self._in[-1] == tag:
            self._in.pop()

    def handle_data(self, data):
        if not self._in:
            self.found.append(data.strip())


def _handed_on(tree):
    """Give strings that look like words for people and reach them through a macro or a variable."""
    unread = set()
    for one in tree.find_all((*_UNREAD, nodes.Call, nodes.Compare, nodes.Keyword, nodes.Dict)):
        unread |= {id(part) for part in _unread_of(one)}
    return [
        one.value
        for one in tree.find_all(nodes.Const)
        if isinstance(one.value, str) and id(one) not in unread and _looks_said(one.value)
        if "=" not in one.value and "<" not in one.value
    ]


def _unread_of(node):
    match node:
        case nodes.Call() if _name(node.node) in _MARKS | {"url_for", "strftime", "command"}:
            return list(node.find_all(nodes.Const))
        case nodes.Keyword(key="class" | "autocomplete" | "file") | nodes.Compare():
            return list(node.find_all(nodes.Const))
        case nodes.Dict(items=items):
            return [pair.key for pair in items]
        case (
            nodes.Getitem(arg=part)
            | nodes.Import(template=part)
            | nodes.FromImport(template=part)
        ):
            return [part]
        case nodes.Extends(template=part) | nodes.Include(template=part):
            return [part]
    return []


# Python.


def _unread(node):
    match node:
        case ast.Module(body=body) | ast.ClassDef(body=body) | ast.FunctionDef(body=body):
            return [one.value for one in body if isinstance(one, ast.Expr)]
        case ast.Call() if _name(node.func) in _MARKS | {"event", "getattr", "setattr"}:
            return list(ast.walk(node))
        case (
            ast.AnnAssign(annotation=part)
            | ast.arg(annotation=part)
            | ast.Subscript(slice=part)
        ):
            return list(ast.walk(part)) if part else []
        case ast.Compare():
            return list(ast.walk(node))
        case ast.Dict(keys=keys):
            return [key for key in keys if key]
    return []
