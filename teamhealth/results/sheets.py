"""One letter read strictly: what does not fit the form is skipped, what is no letter is void.

Nobody can check a letter before the close, so nothing in it may stop the count: there
are three outcomes, an answer, a skipped question and a void envelope, and no exception.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from teamhealth.credentials.codes import unb64
from teamhealth.disclosure.tree import Tree
from teamhealth.instruments.model import Instrument, Kind

COMMENT_LENGTH = 2_000  # characters
_HASH = 32  # bytes
_AGREEMENT = range(1, 6)
_RECOMMENDATION = range(11)
_OPTIONS = 255  # of an attribute; they are told in a byte
# Marks that turn the direction of what follows: one comment could garble the next.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PLAIN_SPACE = frozenset("\n\t")
_UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Form:
    """What may be in a letter.

    ``items`` are answered 1–5, in the order of their columns: those of the themes, then
    the others; ``reverse`` ones are turned. ``recommend`` is answered 0–10, ``open`` in
    words. ``scopes`` names the groups that were asked a follow-up; the rest is for all.
    ``attributes`` are what people may tell of themselves, each with its number of options.
    """

    items: tuple[str, ...]
    reverse: frozenset[str]
    recommend: str | None
    open: tuple[str, ...]
    scopes: Mapping[str, frozenset[str]]
    attributes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's answers, in the memory of the count only.

    ``answers`` has one byte per item of the form: 1–5 with reversed items turned, 0
    where skipped. ``comments`` are (question, text). ``told`` has one byte per
    attribute of the form: the number of the option, 0 for not said.
    """

    answers: bytes
    recommend: int | None
    comments: tuple[tuple[str, str], ...]
    reply_hash: bytes
    told: bytes = b""


def form_of(instrument: Instrument, tree: Tree) -> Form:
    """Return what may be in a letter of this instrument, asked of the groups of this tree."""
    themed = [item for theme in instrument.themes for item in theme.items]
    agreed = [q.id for q in instrument.questions if q.kind is Kind.AGREE]
    recommend = [q.id for q in instrument.questions if q.kind is Kind.RECOMMEND]
    return Form(
        items=(*themed, *(item for item in agreed if item not in themed)),
        reverse=frozenset(q.id for q in instrument.questions if q.reverse),
        recommend=recommend[0] if recommend else None,
        open=tuple(q.id for q in instrument.questions if q.kind is Kind.OPEN),
        scopes={q.id: _below(tree, q.groups) for q in instrument.questions if q.groups},
        attributes=tuple((a.id, len(a.options)) for a in instrument.attributes),
    )


def read(letter: bytes, form: Form, group: str) -> Sheet | None:
    """Read a letter of somebody who answers in ``group``; None if it is no letter of version 1."""
    try:
        plain = json.loads(letter.rstrip().decode())
        answers, comments = plain["a"], plain["c"]
        if not _is(plain["v"], range(1, 2)) or not isinstance(answers, dict):
            return None
        reply_hash = unb64(plain["r"], _HASH)
        written = tuple(_comments(comments, form, group))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    score = answers.get(form.recommend)
    asked = form.recommend is not None and _asked(form, form.recommend, group)
    return Sheet(
        answers=_answers(answers, form, group),
        recommend=score if asked and _is(score, _RECOMMENDATION) else None,
        comments=written,
        reply_hash=reply_hash,
        told=bytes(_option(answers.get(name), options) for name, options in form.attributes),
    )


def clean(text: str) -> str:
    """Return a comment without control characters, lone surrogates and marks that turn direction.

    Line breaks stay, other white space at the ends goes; at most 2 000 characters.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable():  # most comments: nothing of what follows would be taken out
        return text.strip()[:COMMENT_LENGTH].rstrip()
    kept = (
        sign
        for sign in text
        if sign in _PLAIN_SPACE
        or (unicodedata.category(sign) not in _UNPRINTABLE and sign not in _TURNING)
    )
    return "".join(kept).strip()[:COMMENT_LENGTH].rstrip()


def answers_of(sheets: Sequence[Sheet], items: int) -> NDArray[np.uint8]:
    """Return the answers of these people: one row each, one column per item."""
    told = b"".join(sheet.answers for sheet in sheets)
    return np.frombuffer(told, dtype=np.uint8).reshape(len(sheets), items)


def _below(tree: Tree, groups: tuple[str, ...]) -> frozenset[str]:
    found: set[str] = set()
    for name, parent in zip(tree.ids, tree.parent, strict=True):
        if name in groups or (parent >= 0 and tree.ids[parent] in found):
            found.add(name)
    return frozenset(found)


def _asked(form: Form, question: str, group: str) -> bool:
    return question not in form.scopes or group in form.scopes[question]


def _answers(answers: Mapping[str, object], form: Form, group: str) -> bytes:
    row = bytearray(len(form.items))
    for at, item in enumerate(form.items):
        score = answers.get(item)
        if type(score) is int and score in _AGREEMENT:
            row[at] = 6 - score if item in form.reverse else score
    for item in form.scopes:
        if item in form.items and not _asked(form, item, group):
            row[form.items.index(item)] = 0
    return bytes(row)


def _option(value: object, options: int) -> int:
    return value if type(value) is int and 0 < value <= min(options, _OPTIONS) else 0


def _comments(
    comments: Mapping[str, object], form: Form, group: str
) -> Iterator[tuple[str, str]]:
    for question in form.open:
        text = comments.get(question)
        if isinstance(text, str) and _asked(form, question, group):
            body = clean(text)
            if body:
                yield question, body


def _is(value: object, allowed: range) -> bool:
    """Tell whether a value is one of these whole numbers; JSON's true and 1.0 are not."""
    return type(value) is int and value in allowed
