"""The examples of the README are files of examples/, which are run as tests."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_each_example_of_the_readme_is_a_file_that_is_run() -> None:
    blocks = re.findall(
        r"^```(\w+)\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S
    )
    files = {
        "python": ROOT / "examples/python/apercu.py",
        "c": ROOT / "examples/c/apercu.c",
        "cpp": ROOT / "examples/cpp/apercu.cpp",
    }
    assert [language for language, _ in blocks] == list(files)
    for language, content in blocks:
        assert content == files[language].read_text(encoding="utf-8")
        assert content.count("\n") <= 22


def test_every_link_of_the_pages_leads_somewhere() -> None:
    for page in [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *sorted((ROOT / "docs").rglob("*.md")),
    ]:
        for target, anchor in re.findall(
            r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)", page.read_text(encoding="utf-8")
        ):
            if "://" in target:
                continue
            file = page.parent / target if target else page
            assert file.exists(), f"{page.name}: {target}"
            if anchor and file.suffix == ".md":
                assert anchor in anchors(file), f"{page.name}: {target}#{anchor}"


def anchors(page: Path) -> set[str]:
    """The headings of a page, as GitHub and the site anchor them."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    found: set[str] = set()
    for heading in re.findall(r"^#+ (.+?)\s*$", text, re.M):
        heading = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        number = 0
        while (name := f"{slug}-{number}" if number else slug) in found:
            number += 1
        found.add(name)
    return found
