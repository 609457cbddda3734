"""Results by what people told of themselves, for page and print: classes beside each other.

Promises: they stand in the order of the options, themes in that of the form, never by
value; of a class no number of people is told but its ``responses``; *Steady leadership*
is not among the themes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import ClassResult, ThemeCell, ThemeFacts, Word
from teamhealth.instruments.model import Attribute
from teamhealth.outlets import numbers, strips
from teamhealth.outlets.class_names import ClassName, class_name, in_order
from teamhealth.outlets.print_facts import Source
from teamhealth.outlets.strips import Strip


@dataclass(frozen=True, slots=True)
class Head:
    """One class: who they are, and how many of them are in the figures."""

    name: ClassName
    responses: int


@dataclass(frozen=True, slots=True)
class Mean:
    """A theme of one class as written, and its drawing; ``top``: it stands for 4.8 or higher."""

    mean: str
    between: str
    strip: Strip
    top: bool


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """One theme, its means in the order of the classes, None where one is not shown.

    ``asked`` and ``rests_on`` are numbers of statements: the theme's in the form, and those
    behind the means, ``asked`` alone if all.
    """

    id: str
    title: str
    asked: int
    rests_on: tuple[int, ...]
    means: tuple[Mean | None, ...]

    @property
    def in_part(self) -> bool:
        """Whether a mean rests on some of the theme's statements only."""
        return self.rests_on != (self.asked,)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One statement, its words in the order of the classes, None where one is not shown."""

    text: str
    turned: bool
    words: tuple[Word | None, ...]

    @property
    def shown(self) -> bool:
        """Whether any class shows it."""
        return any(self.words)


@dataclass(frozen=True, slots=True)
class StatementBlock:
    """The statements of a theme; those asked besides have no title."""

    title: str
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True, slots=True)
class ByClass:
    """Everything shown by one attribute. Without ``heads`` nothing is."""

    id: str
    question: str
    heads: tuple[Head, ...]
    themes: tuple[ThemeLine, ...]
    blocks: tuple[StatementBlock, ...]

    @property
    def means(self) -> bool:
        """Whether any theme has a mean; with one statement a theme there are words only."""
        return any(mean for line in self.themes for mean in line.means)

    @property
    def top(self) -> bool:
        """Whether a mean stands for 4.8 or higher."""
        return any(mean.top for line in self.themes for mean in line.means if mean)


def told_of(source: Source) -> tuple[Attribute, ...]:
    """Return what people could tell of themselves, in the order in which they were asked."""
    cuts = source.seen.cross_cuts
    return tuple(one for one in source.instrument.attributes if one.id in cuts)


def by_class(source: Source, attribute: Attribute) -> ByClass:
    """Work out what is shown by one attribute."""
    language = source.words.language
    classes = in_order(source.seen.cross_cuts[attribute.id])
    themes = [theme for theme in source.seen.themes if theme.id != LEADER_THEME]
    blocks = [(source.words.themes[theme.id], theme.items) for theme in themes]
    return ByClass(
        id=attribute.id,
        question=attribute.text[language],
        heads=tuple(
            Head(class_name(attribute, one.values, language), one.responses) for one in classes
        ),
        themes=tuple(_theme_line(source, theme, classes) for theme in themes),
        blocks=tuple(
            StatementBlock(title, tuple(_statement(source, item, classes) for item in items))
            for title, items in [*blocks, ("", source.seen.extra)]
            if items
        ),
    )


def _theme_line(source: Source, theme: ThemeFacts, classes: Sequence[ClassResult]) -> ThemeLine:
    cells = [one.themes.get(theme.id) for one in classes]
    rests_on = sorted({len(cell.items) for cell in cells if cell})
    return ThemeLine(
        id=theme.id,
        title=source.words.themes[theme.id],
        asked=len(theme.items),
        rests_on=tuple(rests_on) or (len(theme.items),),
        means=tuple(_mean(cell, source.reader) for cell in cells),
    )


def _mean(cell: ThemeCell | None, language: str) -> Mean | None:
    if cell is None:
        return None
    return Mean(
        mean=numbers.mean(cell, language),
        between=numbers.between(cell.interval, language) if cell.interval else "",
        strip=strips.strip(cell),
        top=numbers.at_the_top(cell),
    )


def _statement(source: Source, item: str, classes: Sequence[ClassResult]) -> StatementLine:
    cells = (one.items.get(item) for one in classes)
    return StatementLine(
        text=source.words.questions[item],
        turned=source.instrument.question(item).reverse,
        words=tuple(cell.word if cell else None for cell in cells),
    )
