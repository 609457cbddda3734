"""The statements of one group as rows for print: a word below ten answers, shares from ten.

Per cent, never numbers of people; a statement that was turned says so, because there
disagreeing is the favourable answer.
"""

from dataclasses import dataclass

from teamhealth.cells import counts
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import GroupResult, ItemCell
from teamhealth.i18n.messages import WRITTEN, say
from teamhealth.outlets import numbers
from teamhealth.outlets.print_facts import Source


@dataclass(frozen=True, slots=True)
class Segment:
    """One answer's part of a bar: where it starts and how wide it is, in per cent of all; its label.

    ``share`` is what is said of it, rounded once: 26.496 is 26 %, though its width is 26.5.
    """

    start: float
    width: float
    label: str
    share: str


@dataclass(frozen=True, slots=True)
class People:
    """Between how many of all who were ``asked`` a statement likely is answered favourably (95 %)."""

    low: int
    high: int
    asked: int
    reader: str = WRITTEN

    @property
    def brief(self) -> str:
        """Such as ``25–34 of 40``."""
        asked = self._written(self.asked)
        return say(self.reader, "%(many)s of\u00a0%(asked)s", many=self._range, asked=asked)

    @property
    def likely(self) -> str:
        """Such as *likely between 25 and 34 of the 40 in the group*."""
        low, high, asked = map(self._written, (self.low, self.high, self.asked))
        if self.low == self.high:
            return say(
                self.reader,
                "likely %(many)s of the %(asked)s in the group",
                many=low,
                asked=asked,
            )
        return say(
            self.reader,
            "likely between %(low)s and %(high)s of the %(asked)s in the group",
            low=low,
            high=high,
            asked=asked,
        )

    @property
    def _range(self) -> str:
        low, high = self._written(self.low), self._written(self.high)
        return low if self.low == self.high else numbers.from_to(low, high, self.reader)

    def _written(self, number: int) -> str:
        return numbers.decimal(number, self.reader, 0)


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement. ``word`` and ``bar`` are both None where it is not shown.

    ``bar`` holds five segments, the least favourable first, around the middle of the
    neutral one at nought: those to the left have a negative start. ``people`` is the range of
    how many of all who were asked likely are favourable, where it is told.
    """

    id: str
    text: str
    turned: bool
    word: str | None = None
    bar: tuple[Segment, ...] | None = None
    favourable: str | None = None
    mean: str | None = None
    people: People | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """The statements of one theme, or those asked besides."""

    title: str
    rows: tuple[StatementRow, ...]

    @property
    def spread(self) -> bool:
        """Whether any of them shows how answers spread."""
        return any(row.bar for row in self.rows)


def blocks(source: Source, group: GroupResult) -> tuple[Block, ...]:
    """Return the statements theme by theme, without the leader's unless agreed for everybody."""
    seen = source.seen
    return tuple(
        Block(source.words.themes[theme.id], _rows(source, theme.items, group))
        for theme in seen.themes
        if theme.id != LEADER_THEME or seen.survey.leader_theme == "agreed"
    )


def leader_rows(source: Source, group: GroupResult) -> tuple[StatementRow, ...]:
    """Return the statements on steady leadership that this reader may see."""
    themes = source.seen.themes
    asked = next((theme.items for theme in themes if theme.id == LEADER_THEME), ())
    return _rows(source, tuple(item for item in asked if item in group.items), group)


def besides(source: Source, group: GroupResult) -> tuple[StatementRow, ...]:
    """Return what is asked by agreement outside the themes and shown."""
    return _rows(
        source, tuple(item for item in source.seen.extra if item in group.items), group
    )


def row(
    source: Source, item: str, cell: ItemCell | None, asked: int | None = None
) -> StatementRow:
    """Return one statement; ``asked`` is how many were, where the range of people is to be told."""
    turned = source.instrument.question(item).reverse
    text = source.words.questions[item]
    if cell is None:
        return StatementRow(item, text, turned)
    if cell.counts is None:
        return StatementRow(item, text, turned, word=cell.word)
    return StatementRow(
        item,
        text,
        turned,
        bar=bar(counts.shares(cell.counts), source.reader),
        favourable=numbers.per_cent(counts.favourable(cell.counts), source.reader),
        mean=numbers.decimal(counts.mean(cell.counts), source.reader),
        people=People(*cell.people, asked, source.reader) if cell.people and asked else None,
    )


def bar(shares: tuple[float, ...], language: str) -> tuple[Segment, ...]:
    """Lay five shares out around the middle of the third."""
    at = -(shares[0] + shares[1] + shares[2] / 2)
    laid = []
    for share in shares:
        label, said = numbers.decimal(share, language, 0), numbers.per_cent(share, language)
        laid.append(Segment(round(at, 2), round(share, 2), label, said))
        at += share
    return tuple(laid)


def _rows(
    source: Source, items: tuple[str, ...], group: GroupResult
) -> tuple[StatementRow, ...]:
    return tuple(row(source, item, group.items.get(item), group.invited) for item in items)
