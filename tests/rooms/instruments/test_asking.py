"""What people may be asked about themselves: the bank, the firm's own names, and every refusal."""

import pytest

from teamhealth.errors import WrongUseError
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.instruments.asking import Ask
from teamhealth.instruments.library import library
from teamhealth.instruments.plain import from_plain, to_plain


def _asked(*asks, languages=LANGUAGES):
    return library().instrument("pulse", languages, asks=asks).attributes


def test_years_and_workplace_have_answers_in_order_and_sites_are_the_firm_s_own():
    offered = {one.id: one for one in library().attributes}

    assert list(offered) == ["tenure", "site", "workplace"]
    assert offered["tenure"].ordered
    assert offered["workplace"].ordered
    assert not offered["site"].ordered
    assert not offered["site"].options


def test_what_is_asked_stands_in_every_language_and_in_the_order_given():
    site, tenure = _asked(Ask("site", ("Lyon", " Graz  and around ")), Ask("tenure"))

    assert (site.id, tenure.id, tenure.ordered) == ("site", "tenure", True)
    assert [set(option) for option in tenure.options] == [set(LANGUAGES)] * 5
    assert tenure.options[0]["en"] == "Less than 1 year"
    assert len({option["ar"] for option in tenure.options}) == 5
    assert [set(option.values()) for option in site.options] == [{"Lyon"}, {"Graz and around"}]
    assert site.text["de"] == "An welchem Standort arbeiten Sie meistens?"


def test_nothing_is_asked_unless_it_is_chosen_and_what_is_comes_back_as_pinned():
    plain = library().instrument("pulse", ["en", "ar"])
    asked = library().instrument("pulse", ["en", "ar"], asks=[Ask("tenure")])

    assert plain.attributes == ()
    assert from_plain(to_plain(asked)) == asked
    assert asked.questions == plain.questions


@pytest.mark.parametrize(
    ("asks", "told"),
    [
        ([Ask("age")], "'age'; choose from: tenure, site, workplace"),
        ([Ask("")], "''; choose from"),
        ([Ask("tenure"), Ask("tenure")], "twice about tenure"),
        ([Ask("tenure"), Ask("workplace"), Ask("site", ("A", "B"))], "at most 2"),
        ([Ask("tenure", ("short", "long"))], "fixed; name no options"),
        ([Ask("site")], "2 to 8 of them, and none came"),
        ([Ask("site", ("Lyon",))], "and 1 came"),
        ([Ask("site", tuple("ABCDEFGHI"))], "and 9 came"),
        ([Ask("site", ("Lyon", "lyon "))], "are the same"),
        ([Ask("site", ("Lyon", " "))], "is empty"),
        ([Ask("site", ("Lyon", "x" * 61))], "more than 60 characters"),
        ([Ask("site", ("Lyon", "Por\u202eto"))], "invisible signs"),
    ],
    ids=str,
)
def test_what_makes_no_question_is_refused_in_words(asks, told):
    with pytest.raises(WrongUseError) as refusal:
        _asked(*asks)

    assert told in str(refusal.value)
    assert str(refusal.value).endswith("Nothing was launched.")
