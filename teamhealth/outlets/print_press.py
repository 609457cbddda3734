"""The press: from a template and its view to the bytes of a tagged PDF (PDF/UA-1).

Promises: it opens no file but our style sheets, templates and fonts, and no address at
all; a page that asks for more is not printed. The same view gives the same bytes.
One press serves a process, one report at a time: fonts and styles are read once.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import Lock

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

from teamhealth import content
from teamhealth.errors import UnavailableError
from teamhealth.i18n import languages
from teamhealth.i18n.messages import WRITTEN, catalogue
from teamhealth.outlets import numbers, print_words
from teamhealth.outlets.print_filling import filled_least, spilling
from teamhealth.outlets.print_fit import FEWEST
from teamhealth.outlets.print_fonts import addresses, direction, plain_names, printable

_SHEETS = ("fonts.css", "report.css", "slips.css", "attestation.css", "handouts.css")
_TURNED = "right_to_left.css"
_VARIANT = "pdf/ua-1"
_A4 = (210, 297)
_SIZES = ("", "tight", "tight tighter", "tight tighter tightest")
_CLEARLY = 0.05
"""So much of a page fuller is worth smaller type."""

_ONE_AT_A_TIME = Lock()
_A_FIXED_DAY = "1767225600"
"""Written into the subset fonts as their date, so that the bytes tell no time of printing."""


def press(template: str, view: Mapping[str, object], language: str = WRITTEN) -> bytes:
    """Return a template of ``reports/`` with its view as PDF, in a language.

    Raises UnavailableError if the page asks for something outside print's own files.
    """
    with _ONE_AT_A_TIME, _dated():
        return _written(_laid_out(page(template, view, language), language))


@dataclass(frozen=True, slots=True)
class Try:
    """A view of a template, on how many pages it is to be at most, and how much smaller it is set.

    ``filled`` is how far down, from 0 to 1, its emptiest page is to reach. ``last`` is one that leaves
    out what people wrote: for want of room alone, never so that a page looks fuller.
    """

    view: Mapping[str, object]
    pages: int
    shrunk: float = 1.0
    filled: float = FEWEST
    last: bool = False


def press_fitting(template: str, given: Iterable[Try], language: str = WRITTEN) -> bytes:
    """Return the first try that keeps to its pages, without one that is nearly empty.

    Where none does, the one whose emptiest page is clearly the fullest of those that keep to their
    pages, else the last.
    """
    best, most = None, -1.0
    with _ONE_AT_A_TIME, _dated():
        for one in given:
            if one.last and most >= 0:
                break
            laid_out = _laid_out(page(template, one.view, language), language, one.shrunk)
            fits = len(laid_out.pages) <= one.pages
            filled = filled_least(laid_out) if fits else -1.0
            full = filled >= one.filled
            if best is None or full or most < 0 or filled > most + _CLEARLY:
                best, most = (laid_out, one.shrunk), filled
            if full:
                break
        if best is None:
            raise ValueError(template)
        return _written(*best)


def press_on(
    pages: int, template: str, view: Mapping[str, object], language: str = WRITTEN
) -> bytes:
    """Return a template as PDF on so many pages at most, as ``press``.

    It is given ``size``, the classes of its sheet: none at first, ``tight`` and more where that is too long.
    """
    with _ONE_AT_A_TIME, _dated():
        for size in _SIZES:
            laid_out = _laid_out(page(template, {**view, "size": size}, language), language)
            if len(laid_out.pages) <= pages:
                break
        return _written(laid_out)


def press_slides(template: str, view: Mapping[str, object], language: str = WRITTEN) -> bytes:
    """Return a template as PDF whose parts are to keep to a page each.

    It is given ``sizes``, by id the classes of a part: none at first, as in ``press_on`` where that
    is too long. What it asks the size of are its parts.
    """
    sizes: defaultdict[str, str] = defaultdict(str)
    with _ONE_AT_A_TIME, _dated():
        laid_out = _laid_out(page(template, {**view, "sizes": sizes}, language), language)
        for size in _SIZES[1:]:
            long = spilling(laid_out, sizes)
            if not long:
                break
            sizes |= dict.fromkeys(long, size)
            laid_out = _laid_out(page(template, {**view, "sizes": sizes}, language), language)
        return _written(laid_out)


def _laid_out(html: str, language: str, shrunk: float = 1.0) -> Document:
    """Lay out a page; ``shrunk`` on larger paper, of which it is then written smaller."""
    fonts, sheets = _set()
    if shrunk != 1.0:
        sheets = [*sheets, _larger_paper(shrunk)]
    if languages.direction(language) == "rtl":
        sheets = [*sheets, _turned()]
    try:
        return HTML(string=html, url_fetcher=fetch).render(
            stylesheets=sheets, font_config=fonts, pdf_variant=_VARIANT
        )
    except FatalURLFetchingError as refused:
        raise UnavailableError(str(refused)) from None


def _written(laid_out: Document, shrunk: float = 1.0) -> bytes:
    try:
        pdf: bytes = laid_out.write_pdf(pdf_variant=_VARIANT, zoom=1 / shrunk)
    except FatalURLFetchingError as refused:
        raise UnavailableError(str(refused)) from None
    return pdf


def page(template: str, view: Mapping[str, object], language: str = WRITTEN) -> str:
    """Return what is set as PDF: the template with its view."""
    html = _templates(language).get_template(template).render(view)
    return plain_names(printable(html), languages.direction(language))


def fetch(url: str) -> URLFetcherResponse:
    """Return one of our fonts; everything else is refused, and stops the printing."""
    found = addresses().get(url)
    if found is None:
        raise FatalURLFetchingError(
            f"A report asked for {url}, which is none of its own files; nothing was printed. "
            "This is a fault in a report template: `reports/` may use its own fonts only."
        )
    return URLFetcherResponse(url, found, {"Content-Type": "font/ttf"})


@cache
def _set() -> tuple[FontConfiguration, list[CSS]]:
    """Set up fonts and style sheets once: made anew for each report, they would pile up in memory."""
    fonts = FontConfiguration()
    return fonts, [_sheet(name, fonts) for name in _SHEETS]


@cache
def _turned() -> CSS:
    """Return what a page that runs from right to left needs besides, read once."""
    return _sheet(_TURNED, _set()[0])


@cache
def _larger_paper(shrunk: float) -> CSS:
    width, height = (round(side * shrunk, 3) for side in _A4)
    text = f"@page {{ size: {width}mm {height}mm }}"
    return CSS(string=text, url_fetcher=fetch, font_config=_set()[0])


def _sheet(name: str, fonts: FontConfiguration) -> CSS:
    text = (content.folder("reports") / "css" / name).read_text("utf-8")
    return CSS(string=text, url_fetcher=fetch, font_config=fonts)


@cache
def _templates(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(content.folder("reports")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    known = catalogue("desk", language)
    environment.install_gettext_callables(known.gettext, known.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {"language": language, "way": languages.direction(language)}
    environment.filters |= {
        **numbers.filters(language),
        **print_words.filters(language),
        "direction": direction,
    }
    return environment


@contextmanager
def _dated() -> Iterator[None]:
    """Have the font tools write a fixed date instead of now; they read it from the environment."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = _A_FIXED_DAY
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
