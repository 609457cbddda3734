"""Schemas of surveys, their words, rows of cells, the whole document, and problems."""

from teamhealth.campaigns.models import Audience
from teamhealth.cells.findings import Band
from teamhealth.instruments.model import Kind
from teamhealth.outlets.protected import PROTECTED, SENTENCE, SHOWN
from teamhealth.web.desk.api.cell_schemas import SCHEMAS as CELL_SCHEMAS
from teamhealth.web.desk.api.shapes import (
    Schema,
    always,
    by_id,
    closed,
    day,
    each,
    either,
    flag,
    maybe,
    number,
    one_of,
    paged,
    ref,
    text,
    whole,
)

_IDS = each(text(), uniqueItems=True)
_K = whole("The smallest group of which anything is told", 5, maximum=10)
_SURVEY: Schema = {
    "id": text("The survey's id"),
    "title": text("Its title"),
    "form": text("The form's id"),
    "opened": day("The day it opened, in UTC"),
    "closed": day("The day it closed, in UTC"),
    "k": _K,
    "languages": each(text(), "The languages it was asked in", uniqueItems=True, minItems=1),
    "previous": maybe(text(), "The id of the survey that changes are told against"),
}
_STATE: Schema = {"state": one_of("Whether leaders can read it, too", "counted", "published")}
_PINNED: Schema = {
    "leader_theme": one_of("Who may see the theme about leaders", *Audience),
    "instrument_digest": text("SHA-256 of the pinned words"),
    "fingerprint": text("Of the survey's public description, as people saw it"),
}
_ROW: Schema = {
    "survey": text("The survey's id"),
    "group": text("The group's path; empty in a row of a class"),
    "theme": text("The theme's id; empty for a measure of the whole form"),
    "item": text("The statement's id; empty for a measure of a theme"),
    "measure": text("What ``value`` is; docs/api.md lists all"),
    "state": one_of("Whether there is a value", SHOWN, PROTECTED),
    "value": {
        "description": "A number, or the id of a word; null in a protected row",
        "type": ["number", "string", "null"],
    },
    "low": maybe({"type": "number"}, "Where its interval begins"),
    "high": maybe({"type": "number"}, "Where its interval ends"),
    "n": maybe(
        whole("", 5), "People it covers; below ten answers the ``responses`` of the whole group"
    ),
    "attribute": text("Of a class: what its people told of themselves; else empty"),
    "values": text("Of a class: the numbers of its options, 0 for not said; else empty"),
}
_OF_WHOLE_THEME: Schema = {
    "reliability": maybe(ref("Reliability"), "Null below a hundred people"),
    "icc1": maybe(number("", 0, 1), "ICC(1)"),
    "icc2": maybe(number("", 0, 1), "Mean ICC(2)"),
}
_CUTS = by_id(each(ref("Class")), "By attribute its classes; none where nothing is shown by it")
_ATTRIBUTES = by_id(ref("Attribute"), "By id what people could tell of themselves")
_OF_WHOLE: Schema = {
    "withdrawn": maybe(whole(), "Answers that their authors took back"),
    "settings": maybe(ref("Settings"), "The rules of the count beside k"),
    "drivers": maybe(ref("Drivers"), "What moves together with engagement"),
    "cross_cuts": _CUTS,
    "attributes": _ATTRIBUTES,
}
_ATTRIBUTE: Schema = {
    "text": text("The question"),
    "options": each(text(), "Its options by number; 0 is: not said", minItems=2),
    "ordered": flag("Whether the options have an order"),
}

_OWN: Schema = {
    "SurveyRow": closed("A survey in the list", {**_SURVEY, **_STATE}),
    "SurveyPage": paged("A page of surveys, the newest first", ref("SurveyRow")),
    "Survey": closed(
        "A survey, and its words in one language",
        {
            **_SURVEY,
            **_STATE,
            **_PINNED,
            "mark": text("Of the stored result; the same on pages and reports"),
            "version": whole("Of the stored result's schema", 1),
            "groups": whole("Groups that you may open", 1),
            "groups_shown": whole("Those of them with a result of their own"),
            "language": text("The language of the words below"),
            "themes": each(ref("AskedTheme")),
            "questions": each(ref("Question"), "In the order in which they were asked"),
            "answers": each(
                text(), "The five answers, disagreeing first", minItems=5, maxItems=5
            ),
        },
    ),
    "AskedTheme": closed("A theme", {"id": text(), "title": text(), "items": _IDS}),
    "Question": closed(
        "One thing that was asked",
        {
            "id": text(),
            "kind": one_of("Agreement 1–5, recommendation 0–10, or in words", *Kind),
            "theme": maybe(text(), "The id of its theme"),
            "reverse": flag("Asked the other way round; figures are turned already"),
            "text": text("As it was asked"),
        },
    ),
    "GroupPage": paged("A page of groups, in the tree's order", ref("Group")),
    "Cell": closed("One row of the table of cells", _ROW),
    "CellPage": paged("A page of cells, group by group in the tree's order", ref("Cell")),
    "CrossCuts": closed(
        "What is shown by what people told of themselves",
        {"attributes": _ATTRIBUTES, "cross_cuts": _CUTS},
    ),
    "Attribute": either("Something people could tell", "AttributeShown", "AttributeProtected"),
    "AttributeShown": closed("By it results are shown", {**_ATTRIBUTE, "state": always(SHOWN)}),
    "AttributeProtected": closed(
        "By it nothing is shown",
        {**_ATTRIBUTE, "state": always(PROTECTED), "sentence": always(SENTENCE)},
    ),
    "Class": closed(
        "People who told the same of themselves, over the whole survey: words and rounded means",
        {
            "values": each(whole(), "Numbers of options, 0 for not said", minItems=1),
            "responses": whole("People", 5),
            "items": by_id(
                either("", "Protected", "ItemInWords"), "By the id of the statement"
            ),
            "themes": by_id(either("", "Protected", "ThemeOfClass"), "By the id of the theme"),
        },
    ),
    "ThemeOfClass": closed(
        "A theme of a class",
        {
            "state": always(SHOWN),
            "items": each(text(), uniqueItems=True, minItems=1),
            "mean": number("One decimal; 4.8 means 4.8 or higher", 1, 5),
            "interval": maybe(ref("Range")),
            "full": always(value=False),
            "whole": maybe(number("", 1, 5), "The organisation's mean over the same items"),
        },
    ),
    "Reliability": closed(
        "How well a theme's items hang together",
        {
            "value": {"type": "number"},
            "by": one_of("Which coefficient", "omega", "alpha"),
            "band": one_of("Below .60, .70, .95, and above", *Band),
            "turned": _IDS,
        },
    ),
    "Settings": closed(
        "The rules of the count beside k",
        {
            "numbers_from": whole("Distributions and comments from so many answers"),
            "score_from": whole("The recommendation's score from so many"),
            "left_out": number("Largest share of answers counted further up", 0, 1),
            "elsewhere": number("Largest share of people who answer further up", 0, 1),
        },
    ),
    "Drivers": closed(
        "What moves together with an outcome, in the order of the themes; no cause, no ranking",
        {
            "outcome": text("The item's id"),
            "r2": number("", 0, 1),
            "early": flag("Whether this is an early indication"),
            "themes": each(ref("Driver")),
        },
    ),
    "Driver": closed(
        "One theme",
        {
            "theme": text("Its id"),
            **{name: number("", 0, 1) for name in ("share", "low", "high", "top_three")},
            "correlation": number("With the outcome", -1, 1),
        },
    ),
    "DocumentTheme": closed(
        "A theme; what is known over the whole organisation only if you may open its root",
        {"id": text(), "items": _IDS, "correlation": maybe(number("", 0, 1))},
        _OF_WHOLE_THEME,
    ),
    "Document": closed(
        "The JSON export; its last fields only if you may open the survey's root",
        {
            "version": whole("Of the stored result's schema", 1),
            "code_version": text("Of the program that counted"),
            "survey": closed("", {**_SURVEY, **_PINNED}),
            "themes": each(ref("DocumentTheme")),
            "extra": each(text(), "Statements that belong to no theme", uniqueItems=True),
            "groups": each(ref("GroupWithCells"), "In the tree's order"),
            "void": whole("Envelopes that could not be opened"),
        },
        _OF_WHOLE,
    ),
    "Problem": closed(
        "Why there is no answer (RFC 9457)",
        {
            "type": always("about:blank"),
            "title": text("The status in words"),
            "status": whole("The status", 400, maximum=599),
            "detail": text("What happened, and what to do"),
        },
        {"parameter": text("The name of a parameter that is wrong")},
    ),
}

SCHEMAS: Schema = {**_OWN, **CELL_SCHEMAS}
