"""How full the pages of a laid-out report are, and which of its parts take more than one."""

from collections import Counter
from collections.abc import Collection

from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes


def filled_least(laid_out: Document) -> float:
    """Return how far down its emptiest page is filled, from 0 to 1."""
    return min((_filled(page) for page in laid_out.pages), default=1.0)


def spilling(laid_out: Document, parts: Collection[str]) -> list[str]:
    """Return those of some parts, by their ids, that run over more than a page."""
    pages = Counter(part for page in laid_out.pages for part in page.anchors)
    return [part for part in parts if pages[part] > 1]


def _filled(page: Page) -> float:
    sheet = page._page_box  # noqa: SLF001 - WeasyPrint tells it nowhere else
    lowest = max(
        (
            box.position_y + box.height
            for part in sheet.children
            if not isinstance(part, boxes.MarginBox)
            for box in part.descendants()
            if isinstance(box, (boxes.TextBox, boxes.ReplacedBox))
        ),
        default=0.0,
    )
    return max(0.0, float((lowest - sheet.content_box_y()) / sheet.height))
