"""The addresses of the interface, as the OpenAPI document lists them."""

from teamhealth.web.desk.api import examples
from teamhealth.web.desk.api.asked import MOST, MOST_ROWS, USUAL, USUAL_ROWS
from teamhealth.web.desk.api.shapes import Schema, ref

_PROBLEMS = {
    "400": "BadRequest",
    "401": "Unauthorized",
    "404": "NotFound",
    "406": "NotAcceptable",
    "429": "TooManyRequests",
    "500": "Fault",
    "503": "Unavailable",
}


def _parameter(name: str, where: str, meaning: str, schema: Schema, **more: object) -> Schema:
    required = {"required": True} if where == "path" else {}
    return {
        "name": name,
        "in": where,
        "description": meaning,
        "schema": schema,
        **required,
        **more,
    }


def _size(most: int, usual: int) -> Schema:
    schema: Schema = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
    return _parameter("size", "query", "Entries on a page", schema)


_TEXT: Schema = {"type": "string", "pattern": "^[^\\u0000]+$"}
COMMON: Schema = {
    "survey": _parameter("survey", "path", "The survey's id", _TEXT, example="q3-2026"),
    "group": _parameter("group", "path", "The group's id", _TEXT, example="warehouse-north"),
    "page": _parameter(
        "page",
        "query",
        "Which page; one after the last is empty",
        {"type": "integer", "minimum": 1, "maximum": 999_999_999, "default": 1},
    ),
    "size": _size(MOST, USUAL),
    "rows": _size(MOST_ROWS, USUAL_ROWS),
    "under": _parameter(
        "under", "query", "The id of a group: only this one and those below it", _TEXT
    ),
    "language": _parameter(
        "language",
        "query",
        "Of the survey's languages the one to be told in; English by default, or its first",
        {"type": "string", "pattern": "^[a-z]{2,3}$"},
        example="en",
    ),
    "known": _parameter("If-None-Match", "header", "The ETag of before", {"type": "string"}),
}


def _get(
    tag: str, name: str, about: str, schema: str, *parameters: str, example: object
) -> Schema:
    body = {"schema": ref(schema), "example": example}
    headers = {
        one: {"$ref": f"#/components/headers/{one}"}
        for one in ("ETag", "RateLimit", "RateLimit-Policy")
    }
    answers: Schema = {
        "200": {
            "description": about,
            "headers": headers,
            "content": {"application/json": body},
        },
        "304": {"description": "Nothing changed since", "headers": headers},
    }
    for status, problem in _PROBLEMS.items():
        answers[status] = {"$ref": f"#/components/responses/{problem}"}
    asked = [{"$ref": f"#/components/parameters/{one}"} for one in (*parameters, "known")]
    told: Schema = {"operationId": name, "tags": [tag], "summary": about}
    return {"get": {**told, "parameters": asked, "responses": answers}}


PATHS: Schema = {
    "/surveys": _get(
        "surveys",
        "surveys",
        "Surveys of whose result there is a part for you, the newest first",
        "SurveyPage",
        "page",
        "size",
        example=examples.page(examples.SURVEY_ROW),
    ),
    "/surveys/{survey}": _get(
        "surveys",
        "survey",
        "The facts of a survey and what it asked, in one of its languages",
        "Survey",
        "survey",
        "language",
        example=examples.SURVEY,
    ),
    "/surveys/{survey}/groups": _get(
        "groups",
        "groups",
        "Groups in the tree's order, parents before children",
        "GroupPage",
        "survey",
        "page",
        "size",
        "under",
        example=examples.page(examples.GROUP, examples.HIDDEN_GROUP),
    ),
    "/surveys/{survey}/groups/{group}": _get(
        "groups",
        "group",
        "One group with all its cells",
        "GroupWithCells",
        "survey",
        "group",
        example=examples.GROUP_WITH_CELLS,
    ),
    "/surveys/{survey}/cells": _get(
        "files",
        "cells",
        "Cells as rows of a table: those of the CSV export, in its order",
        "CellPage",
        "survey",
        "page",
        "rows",
        "under",
        example=examples.page(*examples.CELLS),
    ),
    "/surveys/{survey}/document": _get(
        "files",
        "document",
        "Everything that you may read of a survey: the JSON export",
        "Document",
        "survey",
        example=examples.DOCUMENT,
    ),
    "/surveys/{survey}/cross-cuts": _get(
        "groups",
        "crossCuts",
        "What is shown by what people told of themselves, if you may open the survey's root",
        "CrossCuts",
        "survey",
        example=examples.CROSS_CUTS,
    ),
    "/openapi.json": {
        "get": {
            "operationId": "description",
            "tags": ["files"],
            "summary": "This document",
            "security": [],
            "responses": {
                "200": {
                    "description": "An OpenAPI document",
                    "content": {"application/json": {"schema": {"type": "object"}}},
                },
                "400": {"$ref": "#/components/responses/BadRequest"},
                "406": {"$ref": "#/components/responses/NotAcceptable"},
                "500": {"$ref": "#/components/responses/Fault"},
            },
        }
    },
}
