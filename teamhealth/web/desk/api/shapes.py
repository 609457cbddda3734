"""Making JSON Schemas (2020-12) in few words: every object closed, every field with what it means."""

from collections.abc import Mapping

Schema = dict[str, object]


def text(meaning: str = "", **more: object) -> Schema:
    """Return the schema of a text."""
    return _told(meaning, {"type": "string", **more})


def day(meaning: str) -> Schema:
    """Return the schema of a day."""
    return text(meaning, pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")


def whole(meaning: str = "", least: int = 0, **more: object) -> Schema:
    """Return the schema of a whole number."""
    return _told(meaning, {"type": "integer", "minimum": least, **more})


def number(meaning: str, least: float, most: float) -> Schema:
    """Return the schema of a number between two."""
    return _told(meaning, {"type": "number", "minimum": least, "maximum": most})


def flag(meaning: str) -> Schema:
    """Return the schema of yes or no."""
    return _told(meaning, {"type": "boolean"})


def one_of(meaning: str, *values: str) -> Schema:
    """Return the schema of one of some words."""
    return _told(meaning, {"type": "string", "enum": list(values)})


def always(value: object, meaning: str = "") -> Schema:
    """Return the schema of the one value that a field has."""
    return _told(meaning, {"const": value})


def each(of: Schema, meaning: str = "", **more: object) -> Schema:
    """Return the schema of a list."""
    return _told(meaning, {"type": "array", "items": of, **more})


def by_id(of: Schema, meaning: str) -> Schema:
    """Return the schema of an object whose names are ids."""
    return _told(meaning, {"type": "object", "additionalProperties": of})


def maybe(of: Schema, meaning: str = "") -> Schema:
    """Return the schema of something that may be null."""
    return _told(meaning, {"anyOf": [of, {"type": "null"}]})


def either(meaning: str, *names: str) -> Schema:
    """Return the schema of exactly one of some others, by their names."""
    return _told(meaning, {"oneOf": [ref(name) for name in names]})


def ref(name: str) -> Schema:
    """Return a schema that stands elsewhere."""
    return {"$ref": f"#/components/schemas/{name}"}


def closed(
    meaning: str, fields: Mapping[str, object], optional: Mapping[str, object] | None = None
) -> Schema:
    """Return the schema of an object with these fields, and perhaps some more, and no other."""
    shape = {
        "type": "object",
        "required": list(fields),
        "properties": {**fields, **(optional or {})},
        "additionalProperties": False,
    }
    return _told(meaning, shape)


def paged(meaning: str, items: Schema) -> Schema:
    """Return the schema of a page of a list."""
    fields = {
        "page": whole("Which page this is", 1),
        "size": whole("Entries on a page", 1),
        "pages": whole("How many pages there are", 1),
        "total": whole("Entries on all pages together"),
        "next": maybe(text(), "Address of the next page; null on the last"),
        "items": each(items),
    }
    return closed(meaning, fields)


def _told(meaning: str, shape: Schema) -> Schema:
    return {"description": meaning, **shape} if meaning else shape
