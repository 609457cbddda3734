"""What people are asked about themselves, on the command line: ``--ask tenure --ask "site=Lyon;Porto"``."""

from collections.abc import Iterator, Sequence

import click

from teamhealth.campaigns.forecast import Forecast
from teamhealth.instruments.asking import Ask
from teamhealth.instruments.model import Attribute


def read(_: click.Context, __: click.Parameter, given: Sequence[str]) -> tuple[Ask, ...]:
    """Read each as an id, or as an id with the firm's own names after ``=``."""
    return tuple(_ask(one) for one in given)


def lines(attributes: Sequence[Attribute], outlook: Forecast) -> Iterator[str]:
    """Tell before the launch what people are asked about themselves, and what will be shown of it."""
    for attribute in attributes:
        language = "en" if "en" in attribute.text else next(iter(attribute.text))
        options = "; ".join(option[language] for option in attribute.options)
        yield f"People may also tell, if they like: {attribute.text[language]} ({options})"
    if attributes:
        yield (
            f"Results by it are shown across the whole survey only, for {outlook.k} people or more, never within "
            "a single group. With every such question some people answer more carefully, or not at all."
        )


def doubt(attributes: Sequence[Attribute], outlook: Forecast) -> str:
    """Say that so few people are asked that the questions are hardly worth it; else nothing."""
    if not attributes or not outlook.is_small_to_cross:
        return ""
    return (
        f"Of {outlook.people} people probably nothing can be shown by what they tell of themselves, for every "
        f"figure needs {outlook.k} of them. So few are better not asked (--ask)."
    )


def _ask(given: str) -> Ask:
    name, has_names, names = given.partition("=")
    return Ask(name.strip(), tuple(names.split(";")) if has_names else ())
