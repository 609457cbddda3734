"""Rows of the CSV export for cross-cuts: every cell of every class, hidden ones too.

Promise: of a class no number of people is told but its ``responses``; *Steady
leadership* is not among its themes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import ClassResult, Snapshot, ThemeCell
from teamhealth.outlets.class_names import in_order
from teamhealth.outlets.protected import PROTECTED
from teamhealth.outlets.table_row import Row, state_of


def class_rows(seen: Snapshot) -> Iterator[Row]:
    """Yield them attribute by attribute, its classes in the order of the options."""
    survey = seen.survey.id
    for attribute, classes in seen.cross_cuts.items():
        if not classes:
            yield Row(survey, "", "", "", "responses", PROTECTED, attribute=attribute)
        for one in in_order(classes):
            yield from _class(seen, _Writer(survey, attribute, one))


def _class(seen: Snapshot, put: "_Writer") -> Iterator[Row]:
    yield put.row("responses", put.one.responses)
    for theme in seen.themes:
        if theme.id != LEADER_THEME:
            yield from put.theme(theme.id)
            for item in theme.items:
                yield put.item(theme.id, item)
    for item in seen.extra:
        yield put.item("", item)


@dataclass(frozen=True, slots=True)
class _Writer:
    survey: str
    attribute: str
    one: ClassResult

    def row(
        self,
        measure: str,
        value: float | str | None,
        *,
        theme: str = "",
        item: str = "",
        cell: ThemeCell | None = None,
        counted: bool = True,
    ) -> Row:
        around = cell.interval if cell else None
        return Row(
            self.survey,
            "",
            theme,
            item,
            measure,
            state_of(value),
            value,
            low=around.low if around else None,
            high=around.high if around else None,
            n=self.one.responses if counted and value is not None else None,
            attribute=self.attribute,
            values=" ".join(str(number) for number in self.one.values),
        )

    def theme(self, theme: str) -> Iterator[Row]:
        cell = self.one.themes.get(theme)
        yield self.row("mean", cell.mean if cell else None, theme=theme, cell=cell)
        if cell and cell.whole is not None:
            yield self.row("organisation_mean", cell.whole, theme=theme, counted=False)

    def item(self, theme: str, item: str) -> Row:
        cell = self.one.items.get(item)
        word = cell.word if cell else None
        return self.row("favourable", word, theme=theme, item=item)
