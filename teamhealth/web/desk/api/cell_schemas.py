"""Schemas of what is told of a group: whether it is shown, and its cells."""

from teamhealth.cells.findings import Agreement, Response
from teamhealth.cells.model import Change, Compared, Word
from teamhealth.outlets.protected import PROTECTED, SENTENCE, SHOWN
from teamhealth.web.desk.api.shapes import (
    Schema,
    always,
    by_id,
    closed,
    each,
    either,
    flag,
    maybe,
    number,
    one_of,
    ref,
    text,
    whole,
)

_SHOWN, _PROTECTED = always(SHOWN), always(PROTECTED)
_IDS = each(text(), uniqueItems=True)
_SCALE = (1.0, 5.0)

_PLACE: Schema = {
    "id": text("Stays the same when the group is renamed"),
    "parent": maybe(text(), "The id of the group above; null for the survey's root"),
    "path": text("Names from the root down, as at the launch"),
    "name": text("The last part of the path"),
    "invited": whole("People of the group and those below who were asked"),
}
_OF_HIDDEN: Schema = {
    "state": _PROTECTED,
    "counted_in": maybe(text(), "The id of the group above in which its answers are counted"),
    "sentence": text("What to show in its place"),
}
_OF_SHOWN: Schema = {
    "state": _SHOWN,
    "responses": whole("People whom its figures cover", 5),
    "response": maybe(one_of("", *Response), "From 80, 60, 40 % of those asked, and below"),
    "comments_in": maybe(text(), "The id of the group that lists the comments of its people"),
    "history": maybe(ref("History"), "Null where the survey before did not ask this group"),
}
CELLS: Schema = {
    "items": by_id(ref("Item"), "By the id of the statement"),
    "themes": by_id(ref("Theme"), "By the id of the theme"),
    "enps": either("Would they recommend working here", "Protected", "Recommendation"),
}
_THEME: Schema = {
    "state": _SHOWN,
    "items": each(text(), "The shown items it rests on", uniqueItems=True, minItems=1),
    "mean": number("Mean of the items' means", *_SCALE),
    "interval": maybe(ref("Range"), "Where the true value likely lies (95 %)"),
    "whole": maybe(number("", *_SCALE), "The organisation's mean over the same items"),
    "usual": maybe(ref("Range"), "Where four groups in five lie"),
    "compared": maybe(one_of("", *Compared), "Beside what is usual in the organisation"),
    "change": maybe(one_of("", *Change), "Since the survey before"),
    "silent": maybe(
        number("", *_SCALE),
        "Where the interval would begin had the silent scored half a point lower",
    ),
    "agreement": maybe(ref("Agreement"), "Whether its people answered alike; from ten answers"),
}
_NUMBERS: Schema = {
    "full": always(value=True, meaning="Ten answers or more: numbers as they are"),
    "error": maybe(whole("") | {"type": "number"}, "Standard error behind the interval"),
    "above": maybe(number("", 0, 1), "Probability behind ``compared``"),
    "moved": maybe(ref("Moved"), "The numbers behind ``change``"),
}
_WORDS: Schema = {
    "full": always(
        value=False,
        meaning="Below ten answers: mean and interval have one decimal, and 4.8 means 4.8 or higher",
    )
}

SCHEMAS: Schema = {
    "Range": closed("From … to", {"low": {"type": "number"}, "high": {"type": "number"}}),
    "Protected": closed(
        "A cell that is not shown, to protect anonymity. There is no number and no reason",
        {"state": _PROTECTED, "sentence": always(SENTENCE, "What to show in its place")},
    ),
    "Item": either("One statement", "Protected", "ItemInWords", "ItemInNumbers"),
    "ItemInWords": closed(
        "Below ten answers: how many gave the favourable answer, in one of five words, and no n",
        {"state": _SHOWN, "word": one_of("The favourable share", *Word)},
    ),
    "ItemInNumbers": closed(
        "From ten answers",
        {
            "state": _SHOWN,
            "n": whole("Answers", 10),
            "counts": each(
                whole(),
                "Answers 1 … 5, turned where asked the other way round",
                minItems=5,
                maxItems=5,
            ),
            "mean": number("Their mean", *_SCALE),
            "favourable": number("Per cent of answers 4 and 5", 0, 100),
        },
        {"favourable_people": ref("Range")},
    ),
    "Theme": either("One theme", "Protected", "ThemeInWords", "ThemeInNumbers"),
    "ThemeInWords": closed("Below ten answers", {**_THEME, **_WORDS}),
    "ThemeInNumbers": closed("From ten answers", {**_THEME, **_NUMBERS}),
    "Agreement": closed(
        "Whether people answered alike (docs/methods.md)",
        {
            "word": one_of("In a word", *Agreement),
            "uniform": {"type": "number", "description": "rwg(j), uniform chance"},
            "skewed": {"type": "number", "description": "rwg(j), skewed chance"},
            "deviation": {"type": "number", "description": "Average deviation"},
            "polarisation": {
                "type": "number",
                "description": "Mean of the items' polarisation",
            },
            "divided": flag("Whether there are two camps"),
        },
    ),
    "Moved": closed(
        "Behind a word of change",
        {
            "before": number("The mean then", *_SCALE),
            "difference": {"type": "number", "description": "Shrunken difference"},
            "above": number("Probability that it is above zero", 0, 1),
        },
    ),
    "Recommendation": closed(
        "Ten answers or more; the score from twenty",
        {
            "state": _SHOWN,
            "n": whole("Answers", 10),
            "counts": each(whole(), "Detractors, passives, promoters", minItems=3, maxItems=3),
        },
        {
            "score": number("Promoters less detractors, in per cent", -100, 100),
            "interval": ref("Range"),
        },
    ),
    "History": closed(
        "The same group in the survey before",
        {
            "path": text("Its path then"),
            "invited": whole("People who were asked then"),
            "responses": maybe(whole(), "Null: it was not shown then"),
            "others": flag("Whether different people may have answered"),
            "sentence": text("What to say beside a change; may be empty"),
        },
    ),
    "Group": either("A group without its cells", "GroupProtected", "GroupShown"),
    "GroupProtected": closed("A group that has no result of its own", {**_PLACE, **_OF_HIDDEN}),
    "GroupShown": closed("A group with a result", {**_PLACE, **_OF_SHOWN}),
    "GroupWithCells": either(
        "A group with all its cells", "GroupProtectedWithCells", "GroupShownWithCells"
    ),
    "GroupProtectedWithCells": closed(
        "A group that has no result of its own: every cell is protected",
        {**_PLACE, **_OF_HIDDEN, **CELLS},
    ),
    "GroupShownWithCells": closed("A group with a result", {**_PLACE, **_OF_SHOWN, **CELLS}),
}
