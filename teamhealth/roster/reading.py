"""Reading a roster file: the whole of it, or every fault of it.

The file is the whole truth: who is not in it leaves, an empty field or an absent column
means *none*. An address may be empty where an ``external_id`` stands: people without a
mailbox get paper slips. Promise: any bytes give a roster that can be stored, or a RosterError.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from teamhealth.errors import RosterError
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.roster import checking
from teamhealth.roster.listed import Member, Roster, tree
from teamhealth.roster.paths import tidy
from teamhealth.roster.table import Row, rows

_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_LONGEST = {"email": 254, "name": 200, "external_id": 200}
_LONGEST_GROUP, _LONGEST_PATH = 200, 1000
_BY = ("mail", "paper")
_WHOLE_PATH = "write the whole path, like Acme/Operations/Warehouse North"


def read(body: bytes) -> Roster:
    """Return the roster of a CSV file; RosterError lists every bad line."""
    found = rows(body)
    problems: list[tuple[int, str]] = []
    listed: list[tuple[int, Member]] = []
    for row in found:
        member = _member(row)
        faults = row.faults or tuple(_faults(member, row))
        problems += [(row.line, what) for what in faults]
        if not row.faults:
            listed.append((row.line, member))
    groups = tree(member.group for _, member in listed if all(member.group.split("/")))
    problems += checking.problems(listed, groups)
    if problems:
        raise RosterError(sorted(problems, key=lambda problem: problem[0]))
    order = {path: number for number, path in enumerate(groups)}
    return Roster(groups, tuple(_in_order(member, order) for _, member in listed))


def _member(row: Row) -> Member:
    cell = row.cells.get
    leads = (tidy(path) for path in cell("leads", "").split(";") if path.strip())
    return Member(
        email=cell("email", "").lower() or None,
        name=cell("name", ""),
        group=tidy(cell("group", "")),
        leads=tuple(dict.fromkeys(leads)),
        language=re.split("[-_]", cell("language", "").lower())[0] or None,
        external_id=cell("external_id") or None,
        answers_in=tidy(cell("answers_in", "")) or None,
        on_paper=not cell("email") or cell("answers_by", "").lower() == "paper",
    )


def _in_order(member: Member, order: dict[str, int]) -> Member:
    if len(member.leads) < 2:  # noqa: PLR2004  (one alone is in order)
        return member
    return replace(member, leads=tuple(sorted(member.leads, key=order.__getitem__)))


def _faults(member: Member, row: Row) -> Iterator[str]:
    if member.email is None:
        yield from _mailbox_faults(member, row)
    elif not _EMAIL.fullmatch(member.email):
        yield f"{row.cells['email']!r} is no e-mail address that mail can be sent to"
    if not member.name:
        yield "there is no name"
    for column, longest in _LONGEST.items():
        if len(row.cells.get(column, "")) > longest:
            yield f"the {column} is longer than {longest} characters"
    if (by := row.cells.get("answers_by", "").lower()) not in ("", *_BY):
        yield f"answers_by is {by!r}; it can be {' or '.join(_BY)}, or empty"
    if member.language not in (None, *LANGUAGES):
        known = ", ".join(LANGUAGES)
        yield f"the language {row.cells['language']!r} is not offered; known are {known}"
    if member.group:
        yield from _path_faults(member.group)
    else:
        yield f"there is no group; {_WHOLE_PATH}"
    for path in (*member.leads, *filter(None, [member.answers_in])):
        yield from _path_faults(path)


def _mailbox_faults(member: Member, row: Row) -> Iterator[str]:
    if not member.external_id:
        yield (
            "there is no e-mail address; who has no mailbox needs an external_id, "
            "and gets a paper slip"
        )
    if row.cells.get("answers_by", "").lower() == "mail":
        yield "answers_by says mail, but there is no e-mail address"


def _path_faults(path: str) -> Iterator[str]:
    names = path.split("/")
    if not all(names):
        yield f"“{path}” has an empty name in it; {_WHOLE_PATH}"
    if max(map(len, names)) > _LONGEST_GROUP:
        yield f"a group's name is longer than {_LONGEST_GROUP} characters"
    if len(path) > _LONGEST_PATH:
        yield f"a group's path is longer than {_LONGEST_PATH} characters"
