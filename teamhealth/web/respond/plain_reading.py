"""Reading the form without scripts, as browsers of any age send it.

Promise: any bytes give what was entered or a BadMessageError; nothing of it is repeated in
a refusal. Fields that the form does not have are ignored.
"""

from collections.abc import Iterator, Mapping

from werkzeug.datastructures import MultiDict

from teamhealth.credentials import links
from teamhealth.credentials.codes import from_code
from teamhealth.errors import BadMessageError
from teamhealth.instruments.model import Instrument, Kind
from teamhealth.web.respond.forms import LONGEST_COMMENT
from teamhealth.web.respond.plain_page import Entered

LARGEST = 65_536  # bytes of a form: every letter of a comment may take nine

_LONGEST_CODE = 400  # characters: somebody may paste a whole link
_VALUES = {Kind.AGREE: range(1, 6), Kind.RECOMMEND: range(11)}


def read(form: MultiDict[str, str], instrument: Instrument) -> Entered:
    """Return what stands in a form; BadMessageError for an answer that the form does not offer."""
    rated = {q.id: _VALUES[q.kind] for q in instrument.questions if q.kind is not Kind.OPEN}
    offered = {a.id: range(1, len(a.options) + 1) for a in instrument.attributes}
    opened = [q for q in instrument.questions if q.kind is Kind.OPEN]
    return Entered(
        code=form.get("code", "")[:_LONGEST_CODE].strip(),
        answers=dict(_answers(form, rated)),
        comments={q.id: text for q in opened if (text := _comment(form, q.id))},
        told=dict(_answers(form, offered)),
    )


def token(code: str) -> bytes | None:
    """Return the token of a code as typed, or of a whole link as pasted; None if it is neither."""
    found = links.read(code) or links.read(f"#{code}")
    return found.token if found else from_code(code)


def _answers(
    form: MultiDict[str, str], offered: Mapping[str, range]
) -> Iterator[tuple[str, int]]:
    for name, values in offered.items():
        said = [value for value in form.getlist(name) if value]
        if not said:
            continue
        if len(said) > 1 or not (said[0].isascii() and said[0].isdigit()):
            raise _unexpected()
        value = int(said[0][:3])
        if value not in values:
            raise _unexpected()
        yield name, value


def _comment(form: MultiDict[str, str], name: str) -> str:
    text = form.get(name, "").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.strip()[:LONGEST_COMMENT]


def _unexpected() -> BadMessageError:
    return BadMessageError(
        "This is not the expected form. Nothing was stored; please send it once more."
    )
