"""What axe finds wrong with an open page, in the light and in the dark."""

from axe_playwright_python.sync_playwright import Axe, AxeResults

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
LIGHTS = ("light", "dark")
LOOK = """
(wanted) => axe.run(document, { ...wanted, resultTypes: ['violations'] })
  .then(({ violations }) => ({ violations }))
"""


def sound(page, where="", lights=LIGHTS):
    """Fail for whatever axe finds on the page as it stands, in one light after the other.

    After the first light only colours are looked at again: nothing else changes with it
    (held by: test_light_and_dark_differ_in_colours_alone).
    """
    looks = [{"runOnly": TAGS}, {"runOnly": OF_COLOURS}]
    if page.evaluate("() => typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    for light, look in zip(lights, looks, strict=False):
        page.emulate_media(color_scheme=light, reduced_motion="reduce")
        found = page.evaluate(LOOK, look)
        told = f"{where or page.url} ({light})\n{AxeResults(found).generate_report()}"
        assert found["violations"] == [], told
