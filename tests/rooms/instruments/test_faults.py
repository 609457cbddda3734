"""Whoever edits the content reads every fault at once, each with file, line, place and what is expected."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teamhealth import content
from teamhealth.errors import ContentError
from teamhealth.i18n.faults import Fault
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.instruments.checking import check
from teamhealth.instruments.library import load
from teamhealth.instruments.truth_checks import plain, read_untrue

SHIPPED = content.folder("surveys") / "ipnb"
SPEAK_UP = "When something looks wrong to me, I feel free to say so in this team."
OPTIONS = '      partly: "Em parte em casa"\n      at_home: "Quase sempre em casa"\n'
SWAPPED = '      at_home: "Quase sempre em casa"\n      partly: "Em parte em casa"\n'

READING = [  # file, what stood there, what stands there now, where, what is expected
    ("themes.yaml", "id: psych_safety\n", "id: Safety!\n", "themes[0].id", "small letters"),
    ("themes.yaml", "title: Safe to speak up\n", "\n", "themes[0]", "title, which is missing"),
    ("themes.yaml", "title: Safe", "title: x\n    titel: Safe", "[0].titel", "not a name known"),
    ("themes.yaml", "title: Safe", "title: x\n    title: Safe", "[0].title", "found twice"),
    ("themes.yaml", "title: Safe to speak up", "title: 7", "title", "expected text (in quotes)"),
    ("themes.yaml", "strength: strong", "strength: sure", "strength", "one of: strong"),
    ("themes.yaml", "[4, 10, 15, 16]", "[4, 99]", "ipnb_points[1]", "whole number 1–20"),
    ("themes.yaml", "reverse: false", "reverse: no", "items[0].reverse", "true or false"),
    ("themes.yaml", "medium_from: 3.0", "medium_from: 4.5", "high_from", "more than medium_from"),
    ("themes.yaml", "meta:", "meta: [", "", "expected YAML"),
    ("practices.yaml", "minutes: 2", "minutes: 0x10", "practices[0].minutes", "1–480"),
    ("practices.yaml", "cadence: daily\n", "cadence: hourly\n", "practices[0].cadence", "one of"),
    ("practices.yaml", "themes: [focus_recovery", "themes: [sleep", "themes[0]", "one of: psych"),
    ("practices.yaml", "id: senses_reset", "id: mindful_breathing", "[1].id", "another id"),
    ("retro.yaml", "total_minutes: 30", "total_minutes: 31", "total_minutes", "sum of the steps"),
    ("forms.yaml", "listening: [listening_1]", "listening: [hearing]", "listening[0]", "one of"),
    ("forms.yaml", "set: single", "set: double", "forms.pulse.set", "one of: single, three"),
    ("translations/de.yaml", "direction: ltr", "direction: rtl", "meta.direction", "ltr"),
    ("translations/de.yaml", "  psych_safety_1:", "  psych_1:", "items", "psych_safety_1"),
    ("translations/en.yaml", SPEAK_UP, "I speak up.", "psych_safety_1", "words of themes.yaml"),
    ("untrue.yaml", "ar: [", "ab: [", "refused[0]", "ar, which is missing"),
    ("attributes.yaml", "id: site", "id: enps", "attributes[1].id", "an id of its own"),
    ("attributes.yaml", ", partly, at_home]", "]", "attributes[2].options", "2 to 8 options"),
    ("translations/fr.yaml", "partly:", "part:", "workplace.options", "partly, which is missing"),
    ("translations/pt.yaml", OPTIONS, SWAPPED, "workplace.options", "this order: on_site, partly"),
]  # fmt: skip

RULES = [
    ("practices.yaml", "tool:mindful_breathing", "tool:magic", "source_refs[0]", "not in the source"),
    ("practices.yaml", "tool:mindful_breathing", "tool:magic", "practices", "takes up tool:mindful"),
    ("practices.yaml", "Fincham et al., 2023", "Nobody et al., 2023", "note", "Nobody, 2023 to be"),
    ("practices.yaml", "(Fincham et al., 2023)", "", "evidence.note", "a study with its year"),
    ("practices.yaml", "bands: [low, medium]", "bands: []", "[0].when_to_use.bands", "at least one"),
    ("retro.yaml", "theme: focus_recovery", "theme: joy", "example.theme", "one of: psych_safety"),
    ("retro.yaml", "practice: micro_break_pact", "practice: nap", "example.practice", "one of"),
    ("forms.yaml", "[listening_1]", "[listening_4]", "sets.single.listening", "not reversed to"),
    ("forms.yaml", "listening_2, listening_4]", "listening_2, listening_3]", "", "the reversed item"),
    ("translations/de.yaml", "Offen sprechen können", "Safe to speak up", "", "found the English"),
    ("translations/de.yaml", "Einander Ruhe geben", "Raum für Gefühle", "", "is there twice"),
    ("translations/ar.yaml", 'psych_safety_2: "', 'psych_safety_2: "Team ', "", "Arabic, found “Team”"),
    ("translations/ar.yaml", 'first_year: "', 'first_year: "Team ', "tenure", "Arabic, found “Team”"),
    ("copy/de.yaml", "{k}", "{kk}", "promise_groups", "placeholders of the English text: {k}"),
    ("copy/de.yaml", "\nstart:", "\nbegin:", "start", "this phrase, which is missing"),
    ("copy/de.yaml", "\nstart:", "\nbegin:", "begin", "not a phrase of the English file"),
    ("copy/de.yaml", "{k} Personen*", "{k} Personen", "promise_groups", "*stars* in pairs"),
    ("copy/en.yaml", 'start: "Start"', 'start: "Nobody knows"', "start", "“# held by: test_…”"),
    ("copy/de.yaml", 'start: "Starten"', "start: [Starten]", "start", "expected text (in quotes)"),
    ("copy/en.yaml", 'start: "Start"', "start: [Start]", "start", "expected text (in quotes)"),
    ("letters/fr.yaml", "{minutes}", "{minuten}", "invitation.voluntary", "{closes}, {minutes}"),
    ("letters/es.yaml", "\nhello:", "\nhola:", "hello", "this phrase, which is missing"),
]  # fmt: skip

ITEMS = [
    ("I ask and I warn in this team.", "one thing asked at a time, found “and”"),
    ("I never hold back in this team.", "no negation or absolute word, found “never”"),
    ("Warnings are welcome.", "words about me, us or this team"),
    ("I " + "really " * 20 + "do.", "at most 20 words"),
    ("In this team, it is fine to ask a basic question.", "this one is asked twice"),
    ("I " + "incomprehensibility" * 60 + ".", "reading grade 8 or easier"),
]

UNTRUE = [
    ("copy/en.yaml", "Send now", "We do *not  know*\n who sent"),
    ("copy/de.yaml", "Starten", "Wir wissen nicht, wer"),
    ("letters/fr.yaml", "Bonjour", "Votre équipe voit ses résultats"),
    ("translations/es.yaml", "Omitir", "Tu responsable nunca ve respuestas individuales"),
    ("copy/pt.yaml", "Começar", "Não podemos mudá-las nem apagá-las"),
    ("copy/ar.yaml", 'start: "', 'start: "لا نعرف من '),
    (
        "practices.yaml",
        "Use one quiet minute",
        "This rewires the brain, so use one quiet minute",
    ),
    ("retro.yaml", "Hold it within", "It takes five minutes, so hold it within"),
]


@pytest.mark.parametrize("case", READING, ids=lambda case: f"{case[0]}-{case[2]}")
def test_what_cannot_be_read_is_told_and_not_loaded(folder, change, case):
    file, old, new, place, expected = case
    change(file, old, new)

    assert _told(folder, file, place, expected)
    if file != "untrue.yaml":
        with pytest.raises(ContentError, match=file):
            load(folder)


@pytest.mark.parametrize("case", RULES, ids=lambda case: f"{case[0]}-{case[4]}")
def test_what_breaks_a_rule_is_told(folder, change, case):
    file, old, new, place, expected = case
    change(file, old, new)

    assert _told(folder, file, place, expected)


@pytest.mark.parametrize(("text", "expected"), ITEMS)
def test_an_item_keeps_to_the_rules_of_good_items(folder, change, text, expected):
    for file in ("themes.yaml", "translations/en.yaml"):
        change(file, SPEAK_UP, text)

    assert _told(folder, "themes.yaml", "themes", expected)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("reverse: true", "reverse: false", "exactly one reversed item"),
        ("low: ", "low: You ", "words about a climate, found “You”"),
        ("why_it_matters: >-\n", "why_it_matters: >-\n      One. Two. Three.\n", "two or three"),
        ("    discussion_prompts:\n", "    discussion_prompts:\n      - More?\n", "3 prompts"),
    ],
)  # fmt: skip
def test_a_theme_keeps_to_the_rules_of_good_themes(folder, change, old, new, expected):
    change("themes.yaml", old, new)

    assert _told(folder, "themes.yaml", "themes[0]", expected)


@pytest.mark.parametrize("case", UNTRUE, ids=lambda case: case[0])
def test_what_is_known_to_be_untrue_is_refused_wherever_people_read_it(folder, change, case):
    file, old, new = case
    change(file, old, new)

    assert _told(folder, file, "", "is not true: ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_phrase_of_the_list_is_found_in_its_language(folder, language):
    refused = [phrase for each in read_untrue(folder) for phrase in each.phrases[language]]
    file = folder / "copy" / f"{language}.yaml"
    said = " / ".join(phrase.upper().replace("'", "’") for phrase in refused)
    file.write_text(
        re.sub(r"(?m)^start: .*$", lambda _: f'start: "{said}"', file.read_text("utf-8")),
        "utf-8",
    )

    told = [fault.expected for fault in check(folder) if "is not true" in fault.expected]

    for phrase in refused:
        assert any(text.startswith(f"“{plain(phrase)}”") for text in told), phrase


def test_all_faults_are_told_at_once_in_the_order_of_files(folder, change):
    change("practices.yaml", "minutes: 2", "minutes: two")
    change("translations/de.yaml", "direction: ltr", "direction: up")
    change("copy/ar.yaml", "{k}", "{n}")
    (folder / "retro.yaml").unlink()

    faults = check(folder)

    assert [fault.file for fault in faults] == [
        "copy/ar.yaml",
        "practices.yaml",
        "retro.yaml",
        "translations/de.yaml",
    ]
    assert faults[2] == Fault("retro.yaml", 0, "", "expected this file, which is missing")


def test_the_line_told_is_the_line_to_edit(folder, change):
    change("practices.yaml", "minutes: 2\n", "minutes: two\n")

    (fault,) = check(folder)

    line = (folder / "practices.yaml").read_text("utf-8").splitlines()[fault.line - 1]
    assert line.strip() == "minutes: two"


def test_a_theme_without_enough_practices_is_told(folder):
    file = folder / "practices.yaml"
    text = file.read_text("utf-8").replace("themes: [integration]", "themes: [belonging]")
    file.write_text(re.sub(r"(?<=\[)integration, |, integration(?=[],])", "", text), "utf-8")

    told = [str(fault) for fault in check(folder)]

    assert any("expected 3 practices for integration, found 0" in fault for fault in told)
    assert any("expected a practice for integration, band high" in fault for fault in told)


@pytest.mark.parametrize("kind", ["empty", "binary", "folder", "deep", "reference"])
def test_a_file_that_is_no_text_of_ours_is_a_fault(folder, kind):
    file = folder / "themes.yaml"
    file.unlink()
    if kind == "folder":
        file.mkdir()
    else:
        bodies = {
            "empty": b"",
            "binary": b"\xff\xfe\x00",
            "deep": b"[" * 5000,
            "reference": b"meta: &all\n  again: *all\n",
        }
        file.write_bytes(bodies[kind])

    assert [fault.file for fault in check(folder)] == ["themes.yaml"]


def test_an_empty_folder_lacks_every_file(tmp_path):
    missing = {fault.file for fault in check(tmp_path)}

    assert {
        "themes.yaml",
        "retro.yaml",
        "untrue.yaml",
        "copy/en.yaml",
        "letters/ar.yaml",
    } <= missing


FILES = sorted(file.relative_to(SHIPPED).as_posix() for file in SHIPPED.rglob("*.yaml"))


@given(data=st.data())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_however_a_file_is_broken_the_check_gives_faults_and_no_exception(folder, data):
    name = data.draw(st.sampled_from(FILES))
    lines = (SHIPPED / name).read_text("utf-8").splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = data.draw(
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(
                [
                    "- ",
                    "  - [",
                    "a: &b *b",
                    "!!int x",
                    "? [a]\n: b",
                    "id: !!str [1]",
                    "\t",
                    "...",
                    "'",
                ]
            ).map(lambda junk: lines[at][: len(lines[at]) - len(lines[at].lstrip())] + junk),
            st.integers(-3, 3).map(lambda n: " " * max(0, n) + lines[at][max(0, -n) :]),
            st.sampled_from(lines),
        )
    )
    file = folder / name
    file.write_text("\n".join(lines), "utf-8", errors="surrogatepass")
    try:
        assert all(isinstance(fault, Fault) and fault.expected for fault in check(folder))
    finally:
        file.write_bytes((SHIPPED / name).read_bytes())


def _told(folder, file, place, expected):
    """Tell whether one of the faults says this of that file."""
    return any(
        fault.file == file and place in fault.place and expected in fault.expected
        for fault in check(folder)
    )
