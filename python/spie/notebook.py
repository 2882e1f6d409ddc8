"""What a notebook shows of a result, and the pages that are written: the one module that knows spie.pages."""

from __future__ import annotations

from typing import Any, ClassVar


def page(template: str, **content: Any) -> str:
    """The page that a template of spie.pages makes of what it is given."""
    # Who computes and prints nothing does not wait for Jinja.
    from spie.pages import render

    return render(template, **content)


class Shown:
    """What a notebook shows as a page: `_page` is the template, and the name under which it is given the object."""

    __slots__ = ()
    _page: ClassVar[tuple[str, str]]

    def _repr_html_(self) -> str:
        template, name = self._page
        return page(template, **{name: self})
