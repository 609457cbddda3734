"""A believable organisation that answers: teams differ, themes differ, people differ, some are silent.

For demonstrations and load tests. Everything follows from the seed, the group and the
person, never from the order in which people answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from teamhealth.cli.answers_file import Sheet
from teamhealth.instruments.model import Instrument, Kind, Question

_MIDDLE = 3.75  # most people agree a little with most statements
_GROUP, _GROUP_THEME, _THEME = 0.35, 0.2, 0.25
_PERSON, _PERSON_THEME, _ITEM = 0.45, 0.4, 0.6
"""Standard deviations on the scale 1–5. About a sixth of the variance lies between groups, and a
theme's three statements belong together about as well as published ones do: an α near .8."""

_SKIPPED = 0.03
_COMMENTED = 0.2
_UNTOLD = 0.15
_LEANING = 0.25
"""So much brighter than the middle is what is said by who tells the first of options in order, such as the newest."""
_RATES = (0.6, 0.9)
"""Lowest and highest share of a group that answers; 75 % on average."""

_COMMENTS = (
    "We help each other out when it gets busy.",
    "Too many things at once; some quiet mornings would help.",
    "After the last disagreement nobody talked about it. That would have been good.",
    "I can say when I made a mistake. That is worth a lot.",
    "Please shorter meetings.",
    "The handover between the shifts could be calmer.",
    "I would like to hear more often what went well.",
    "New people are welcomed warmly here.",
    "Decisions come late and then everything is urgent.",
    "Our Friday round is good. Let us keep it.",
    "I often learn of changes by chance.",
    "More time to finish one thing before the next begins.",
    "I was listened to when it mattered.",
    "Two people do most of the talking. Perhaps a round would help.",
    "We laugh a lot, even on bad days.",
    "Sometimes I do not ask because everybody looks so busy.",
    "The last months were a lot. A break after the peak would do us good.",
    "I like that we try things out.",
    "When something goes wrong we look for the cause, not for the culprit.",
    "The planning tool takes more time than it saves.",
    "Thank you for asking.",
    "Wir hören einander gut zu.",
    "Mehr Zeit für Einarbeitung wäre schön.",
    "Nach Streit reden wir zu spät miteinander.",
    "Die Stimmung ist gut, die Last ist hoch.",
    "نتعاون جيدًا في أوقات الضغط.",
    "نحتاج إلى وقت هادئ للتركيز.",
)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Answers to one form, the same for the same seed.

    ``shifts`` are added to what a group says of a theme, by the ids of both.
    """

    instrument: Instrument
    seed: int
    shifts: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def sheet(self, group: str, person: str) -> Sheet | None:
        """Return what a person of a group says, None if they do not answer.

        ``person`` is any text that is theirs alone.
        """
        chance = self._draw("answers", person).random()
        if chance > self._draw("rate", group).uniform(*_RATES):
            return None
        return self.says(group, person)

    def says(self, group: str, person: str) -> Sheet | None:
        """Return what a person says if they answer; None if they skip everything."""
        draw = self._draw("person", person)
        level = draw.gauss(0, _PERSON) + self._draw("group", group).gauss(0, _GROUP)
        told = self._told(person)
        level += self._leaning(told)
        levels = {
            theme.id: level + draw.gauss(0, _PERSON_THEME) for theme in self.instrument.themes
        }
        answers = {
            question.id: self._number(
                question, group, levels.get(question.theme or "", level), draw
            )
            for question in self.instrument.questions
            if question.kind is not Kind.OPEN and draw.random() > _SKIPPED
        }
        comments = {
            question.id: draw.choice(_COMMENTS)
            for question in self.instrument.questions
            if question.kind is Kind.OPEN and draw.random() < _COMMENTED
        }
        return Sheet(answers, comments, told) if answers else None

    def _told(self, person: str) -> dict[str, int]:
        """Return what a person tells of themselves, every option as likely as the others."""
        draw = self._draw("told", person)
        return {
            one.id: draw.randint(1, len(one.options))
            for one in self.instrument.attributes
            if draw.random() > _UNTOLD
        }

    def _leaning(self, told: Mapping[str, int]) -> float:
        """Return by how much what somebody tells of themselves goes with brighter answers."""
        leaning = 0.0
        for one in self.instrument.attributes:
            if one.ordered and one.id in told:
                leaning += _LEANING * (1 - 2 * (told[one.id] - 1) / (len(one.options) - 1))
        return leaning

    def _number(self, question: Question, group: str, level: float, draw: Random) -> int:
        theme = question.theme or question.id
        score = _MIDDLE + level + draw.gauss(0, _ITEM)
        score += self._draw("theme", theme).gauss(0, _THEME)
        score += self._draw("group", group, theme).gauss(0, _GROUP_THEME)
        score += self.shifts.get((group, theme), 0.0)
        if question.kind is Kind.RECOMMEND:
            return min(10, max(0, round(2.5 * (score - 1) + 0.5)))
        answer = min(5, max(1, round(score)))
        return 6 - answer if question.reverse else answer

    def _draw(self, *parts: str) -> Random:
        return Random("|".join((str(self.seed), *parts)))  # noqa: S311  (a model, no secret)
