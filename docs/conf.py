"""The site of the documentation: scripts/docs.sh builds it, from the root of the project, so that a link from one page to
another is the same here as in the repository."""

import re
from pathlib import Path
from typing import Any

from pygments.lexers.special import TextLexer

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = "build/docs/reference"  # the pages that name what the references hold

project = "spie"
language = "fr"
version = release = re.search(
    r"project\(spie VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
)[1]
root_doc = "docs/index"
include_patterns = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/**.md",
    "examples/README.md",
    "benchmarks/README.md",
    "src/rules/feel/grammar.md",
    f"{WRITTEN}/**",
]
extensions = ["breathe", "myst_parser", "sphinx.ext.autodoc"]
html_theme = "furo"
html_title = f"spie {version}"
html_copy_source = False
smartquotes = False  # they would change the JSON and the FEEL of comments

# Headings are anchored as GitHub anchors them, six levels deep.
myst_heading_anchors = 6
# "typedef struct spie_pack spie_pack" declares one name twice, as C wants it.
suppress_warnings = ["myst.header", "duplicate_declaration.c"]

breathe_projects = {kind: str(ROOT / "build/docs/xml" / kind) for kind in ("c", "cpp")}
breathe_default_project = "cpp"
breathe_domain_by_extension = {"h": "c", "hpp": "cpp"}
primary_domain = None

# Docstrings are prose with code between back-ticks.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "undoc-members": True}
autodoc_typehints_format = "short"


def _page(name: str, title: str, body: str) -> None:
    path = ROOT / WRITTEN / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{title}\n{'=' * len(title)}\n\n{body}", encoding="utf-8")


def _contents(entries: list[str]) -> str:
    return ".. toctree::\n   :maxdepth: 1\n\n" + "".join(f"   {entry}\n" for entry in entries)


def write_reference_pages(_app: Any) -> None:
    """One page a namespace and one a module, found where they stand."""
    _page("c.rst", "Référence C : spie.h", ".. doxygenfile:: spie.h\n   :project: c\n")
    spaces = sorted(
        {
            name
            for path in (ROOT / "include/spie").rglob("*.hpp")
            for name in re.findall(
                r"^namespace (spie[\w:]*)", path.read_text(encoding="utf-8"), re.M
            )
        }
    )
    for name in spaces:
        body = f".. doxygennamespace:: {name}\n   :project: cpp\n   :members:\n   :content-only:\n"
        _page(f"cpp/{name.replace('::', '.')}.rst", name, body)
    _page("cpp.rst", "Référence C++", _contents([f"cpp/{n.replace('::', '.')}" for n in spaces]))
    modules = sorted(
        path.stem
        for path in (ROOT / "python/spie").glob("*.py")
        if not path.stem.startswith("_") and path.stem not in PRIVATE
    )
    _page("python/spie.rst", "spie", ".. automodule:: spie\n")
    for module in modules:
        _page(f"python/{module}.rst", f"spie.{module}", f".. automodule:: spie.{module}\n")
    _page(
        "python.rst",
        "Référence Python",
        _contents(["python/spie", *(f"python/{module}" for module in modules)]),
    )


# Modules of the package that its users do not import.
PRIVATE = {"bundled", "fetching", "given", "handle", "notebook", "private"}


def setup(app: Any) -> None:
    app.connect("builder-inited", write_reference_pages)
    for language in ("csv", "mermaid"):  # drawn in the repository, read as they are written here
        app.add_lexer(language, TextLexer)
