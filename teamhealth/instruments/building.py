"""Putting an instrument together: one form, some themes, some languages."""

from collections.abc import Mapping, Sequence

from teamhealth.instruments import model
from teamhealth.instruments.asking import Ask, asked
from teamhealth.instruments.attributes import Offered
from teamhealth.instruments.forms import Form
from teamhealth.instruments.themes import Theme
from teamhealth.instruments.wordings import Wording


def build(
    form: Form,
    themes: Sequence[Theme],
    wordings: Mapping[str, Wording],
    about: tuple[Sequence[Ask], Sequence[Offered]] = ((), ()),
) -> model.Instrument:
    """Return the form about these themes, in their order, in these languages.

    Items come theme by theme, then the form's further questions. ``about`` is what people are
    asked of themselves, out of what is offered; WrongUseError if that cannot be.
    """
    questions = [
        model.Question(
            id=item.id,
            kind=model.Kind.AGREE,
            text={language: wording.items[item.id] for language, wording in wordings.items()},
            theme=theme.id,
            reverse=item.reverse,
        )
        for theme in themes
        for item in theme.items
        if item.id in form.items[theme.id]
    ]
    questions += [
        model.Question(
            id=name,
            kind=kind,
            text={language: wording.questions[name] for language, wording in wordings.items()},
        )
        for name, kind in form.questions.items()
    ]
    return model.Instrument(
        form=form.id,
        languages=tuple(wordings),
        themes=tuple(
            model.Theme(
                id=theme.id,
                title={name: wording.themes[theme.id] for name, wording in wordings.items()},
                items=form.items[theme.id],
            )
            for theme in themes
        ),
        questions=tuple(questions),
        labels={language: wording.labels for language, wording in wordings.items()},
        ends={language: wording.ends for language, wording in wordings.items()},
        attributes=asked(*about, {name: one.attributes for name, one in wordings.items()}),
    )
