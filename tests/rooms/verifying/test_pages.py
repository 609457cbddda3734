"""A page that could load, run or send anything of its own is found out."""

import pytest

from teamhealth.verifying.pages import faults

SCRIPT, STYLE = "/a/_s/aa/answer.js", "/a/_s/bb/respond.css"
PAGE = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>x</title>'
    f'<link rel="stylesheet" href="{STYLE}"><script type="module" src="{SCRIPT}"></script>'
    '</head><body><a href="/a/spring/de">de</a><form id="sheet"><p>a &lt;script&gt; b</p></form>'
    "</body></html>"
)


def _faults(page):
    return faults(page.encode(), script=SCRIPT, style=STYLE, survey="spring")


def test_a_page_with_script_and_style_by_their_digests_is_well():
    assert _faults(PAGE) == []


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        '<script src="https://evil.example/x.js"></script>',
        f'<script src="{SCRIPT}?x" type="module"></script>',
        "<SCRIPT\n>x()</SCRIPT>",
        '<link rel="preload" href="https://evil.example/">',
        "<style>p{background:url(https://evil.example)}</style>",
        '<p style="color:red">x</p>',
        '<p onclick="x()">x</p>',
        '<img src="/a/spring/pixel.png">',
        '<iframe src="/a/spring"></iframe>',
        '<base href="https://evil.example/">',
        '<meta http-equiv="refresh" content="0;url=https://evil.example">',
        '<a href="https://evil.example/">x</a>',
        '<a href="//evil.example/">x</a>',
        '<a href="javascript:x()">x</a>',
        '<a href="/a/spring/de" ping="https://evil.example/">x</a>',
        '<form action="/a/spring/steal" method="post"></form>',
        '<button formaction="/a/spring/steal">x</button>',
        '<svg><use href="https://evil.example/#x"/></svg>',
        '<rect fill="url(https://evil.example/#x)"/>',
        "<template><p>x</p></template>",
    ],
)
def test_what_could_load_run_or_send_is_a_fault(bad):
    assert _faults(PAGE.replace("</body>", bad + "</body>"))


@pytest.mark.parametrize(
    "bad",
    [
        "<!--><script>x()</script>-->",
        "<!-- --!><script>x()</script> -->",
        "<title></title/ ><script>x()</script>",
        "<textarea><script>x()</script></textarea>",
        "<noscript><p title='</noscript><script>x()</script>'></noscript>",
    ],
)
def test_what_two_readers_could_read_differently_is_a_fault(bad):
    assert _faults(PAGE.replace("</body>", bad + "</body>"))


def test_a_page_without_the_survey_s_script_is_a_fault():
    bare = PAGE.replace(f'<script type="module" src="{SCRIPT}"></script>', "")

    assert _faults(bare) == ["It has 0 scripts and 1 style sheets, expected one each."]


def test_what_is_no_page_is_said_to_be_none():
    assert faults(b"\xff\xfe", script=SCRIPT, style=STYLE, survey="s") == [
        "It is no page that can be read."
    ]
