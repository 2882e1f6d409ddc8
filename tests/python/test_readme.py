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
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
