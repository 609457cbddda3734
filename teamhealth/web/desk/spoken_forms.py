"""Forms of the desk whose own refusals, such as *Not a valid choice*, come in the language of the page."""

from functools import cache
from typing import Any

import wtforms
from flask_wtf import FlaskForm
from wtforms.i18n import get_translations
from wtforms.meta import DefaultMeta
from wtforms.validators import Length

from teamhealth.web.desk.speaking import language, lazy


class Words(DefaultMeta):
    """What a form knows of languages: the catalogues that WTForms ships."""

    def get_translations(self, _form: object) -> Any:
        """Return the words of the page's language, in English where they are not known."""
        return _known(language())


class Form(wtforms.Form):
    """A form whose request is guarded as a whole."""

    Meta = Words


class SignedForm(FlaskForm):
    """A form that reads the request itself and carries the token against forged ones."""

    Meta = Words


def at_most(characters: int) -> Length:
    """Return the rule that a text may have so many characters."""
    return Length(
        max=characters,
        message=lazy("Please use at most %(most)s characters.", most=characters),
    )


@cache
def _known(code: str) -> Any:
    return get_translations([code, "en"])
