"""What the press sees of a page it has laid out: which parts are too long for one."""

from weasyprint import HTML

from teamhealth.outlets.print_filling import spilling

_DECK = """<style>
@page {{ size: 100mm 60mm; margin: 10mm; @bottom-left {{ content: element(foot) }} }}
#footing {{ position: running(foot) }}
.slide {{ break-before: page }}
</style>
<div id="footing">For Team Nord</div>
<div id="first" class="slide">One line</div>
<div id="second" class="slide"><p style="height: {height}">Some lines</p><p>One more</p></div>"""


def test_a_slide_that_runs_over_its_page_is_found() -> None:
    laid_out = HTML(string=_DECK.format(height="40mm")).render()
    assert spilling(laid_out, ["first", "second"]) == ["second"]


def test_the_line_at_the_foot_of_every_page_is_no_slide_that_runs_over() -> None:
    laid_out = HTML(string=_DECK.format(height="10mm")).render()
    assert len(laid_out.pages) == 2
    assert spilling(laid_out, ["first", "second"]) == []
