"""An example of every answer, all of one small survey; tests hold them to the schemas."""

from teamhealth.outlets.protected import SENTENCE
from teamhealth.web.desk.api.shapes import Schema

_PROTECTED: Schema = {"state": "protected", "sentence": SENTENCE}
_FACTS: Schema = {
    "id": "q3-2026",
    "title": "Q3 2026",
    "form": "quarterly",
    "opened": "2026-09-01",
    "closed": "2026-09-12",
    "k": 5,
    "languages": ["en", "de"],
    "previous": "q2-2026",
}
_PINNED: Schema = {
    "leader_theme": "leader",
    "instrument_digest": "9f2c…",
    "fingerprint": "ABCD-EFGH-JKMN-PQRS",
}
SURVEY_ROW: Schema = {**_FACTS, "state": "published"}
SURVEY: Schema = {
    **SURVEY_ROW,
    **_PINNED,
    "mark": "4be1…",
    "version": 2,
    "groups": 13,
    "groups_shown": 11,
    "language": "en",
    "themes": [{"id": "listening", "title": "Being listened to", "items": ["listening_1"]}],
    "questions": [
        {
            "id": "listening_1",
            "kind": "agree",
            "theme": "listening",
            "reverse": False,
            "text": "In our meetings people let each other finish.",
        }
    ],
    "answers": ["Not at all", "Rather not", "Partly", "Mostly", "Fully"],
}
GROUP: Schema = {
    "id": "warehouse-north",
    "parent": "operations",
    "path": "Northwind/Operations/Warehouse North",
    "name": "Warehouse North",
    "invited": 9,
    "state": "shown",
    "responses": 7,
    "response": "some_silent",
    "comments_in": "operations",
    "history": None,
}
HIDDEN_GROUP: Schema = {
    "id": "returns",
    "parent": "operations",
    "path": "Northwind/Operations/Returns",
    "name": "Returns",
    "invited": 6,
    "state": "protected",
    "counted_in": "operations",
    "sentence": f"{SENTENCE} Counted in Operations.",
}
_THEME: Schema = {
    "state": "shown",
    "items": ["listening_1", "listening_2"],
    "mean": 3.6,
    "interval": {"low": 3.1, "high": 4.1},
    "full": False,
    "whole": 3.84,
    "usual": {"low": 3.5, "high": 4.2},
    "compared": "usual",
    "change": "unclear",
    "silent": 3.0,
    "agreement": None,
}
GROUP_WITH_CELLS: Schema = {
    **GROUP,
    "items": {"listening_1": {"state": "shown", "word": "most"}, "listening_2": _PROTECTED},
    "themes": {"listening": _THEME, "belonging": _PROTECTED},
    "enps": _PROTECTED,
}
_CELL: Schema = {
    "survey": "q3-2026",
    "group": "Northwind/Operations/Warehouse North",
    "theme": "listening",
    "item": "",
    "measure": "mean",
    "state": "shown",
    "value": 3.6,
    "low": 3.1,
    "high": 4.1,
    "n": 7,
    "attribute": "",
    "values": "",
}
CELLS: tuple[Schema, ...] = (
    _CELL,
    {
        **_CELL,
        "theme": "belonging",
        "state": "protected",
        "value": None,
        "low": None,
        "high": None,
        "n": None,
    },
)
CROSS_CUTS: Schema = {
    "attributes": {
        "tenure": {
            "text": "How many full years have you worked here?",
            "options": ["not said", "Less than 1 year", "1 year or more"],
            "ordered": True,
            "state": "shown",
        }
    },
    "cross_cuts": {
        "tenure": [
            {
                "values": [0, 1],
                "responses": 12,
                "items": {"listening_1": {"state": "shown", "word": "about_half"}},
                "themes": {"listening": _PROTECTED},
            }
        ]
    },
}
DOCUMENT: Schema = {
    "version": 2,
    "code_version": "0.1.0",
    "survey": {**_FACTS, **_PINNED},
    "themes": [
        {"id": "listening", "items": ["listening_1", "listening_2"], "correlation": 0.4}
    ],
    "extra": ["engagement"],
    "groups": [GROUP_WITH_CELLS],
    "void": 0,
}


def page(*items: Schema) -> Schema:
    """Return some entries as the only page of their list."""
    many = len(items)
    paging = {"page": 1, "size": 50, "pages": 1, "total": many, "next": None}
    return {**paging, "items": list(items)}
