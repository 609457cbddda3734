"""A page as it is before it becomes a PDF, read so that nothing on it is passed over.

Whoever reads a part takes it; ``left`` gives the words that nobody took.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

_VOID = {"meta", "br", "path", "rect", "circle", "line"}
_MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")
"""Marks of direction say nothing."""
_INLINE = {"b", "em", "span", "bdi", "a", "i"}


@dataclass(eq=False)
class Part:
    """An element: what stands in it, words and other elements."""

    tag: str
    attrs: dict
    within: list = field(default_factory=list)
    taken: bool = False

    @cached_property
    def classes(self):
        """Give its classes."""
        return (self.attrs.get("class") or "").split()

    def parts(self, tag="", cls=""):
        """Give the elements below that have that tag and that class, in order."""
        return [
            one
            for one in self._below
            if tag in ("", one.tag) and (not cls or cls in one.classes)
        ]

    @cached_property
    def _below(self):
        own = (one for one in self.within if isinstance(one, Part))
        return [found for one in own for found in (one, *one._below)]

    def untaken(self, tags):
        """Give the elements below with one of these tags of which nothing was taken yet."""
        return [one for one in self.parts() if one.tag in tags and not one.taken]

    def words(self):
        """Give what is said in it, without drawings."""
        return " ".join("".join(self._pieces(drawings=False)).split())

    def take(self):
        """Give what is said in it, and mark it as read; drawings stay to be read."""
        told = self.words()
        self._mark()
        return told

    def _mark(self):
        self.taken = True
        for one in self.within:
            if isinstance(one, Part) and one.tag != "svg":
                one._mark()

    def drop(self):
        """Mark a drawing as read."""
        self.taken = True
        for one in self.within:
            if isinstance(one, Part):
                one.drop()

    def left(self):
        """Give the words in it that nobody took."""
        found = []
        for one in self.within:
            if isinstance(one, Part):
                found += one.left()
            elif one.strip() and not self.taken:
                found.append(one.strip())
        return found

    def _pieces(self, *, drawings):
        for one in self.within:
            if isinstance(one, str):
                yield one
            elif drawings or one.tag != "svg":
                edge = "" if one.tag in _INLINE else " "
                yield edge
                yield from one._pieces(drawings=drawings)
                yield edge


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [Part("page", {})]

    def handle_starttag(self, tag, attrs):
        part = Part(tag, dict(attrs))
        self.open[-1].within.append(part)
        if tag not in _VOID:
            self.open.append(part)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].within.append(Part(tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        self.open[-1].within.append(data)


def paper(html):
    """Give a page as a part."""
    reader = _Reader()
    reader.feed(_MARKS.sub("", html))
    (page,) = reader.open
    return page


def without(words, parts):
    """Give words without the parts that stand at their end."""
    for part in reversed(parts):
        words = words.removesuffix(part).strip()
    return words


def flat(texts):
    """Give texts as a page has them: without breaks."""
    return [" ".join(text.split()) for text in texts]
