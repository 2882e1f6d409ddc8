"""Memory and bytes at the borders: what would unfold without end, and texts in other encodings."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys

import pytest
import spie
from spie import _core, feel


def doubled(levels: int) -> str:
    """A value of 2 ** (levels + 1) items once it is written out, in some hundred bytes."""
    steps = ",".join(f"a{i + 1}:[a{i},a{i}]" for i in range(levels))
    return "{a0:[1,2]," + steps + "}.a" + str(levels)


def model(text: str) -> str:
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" '
        'namespace="urn:m"><decision id="d" name="R"><variable name="R"/><literalExpression><text>'
        f"{text}</text></literalExpression></decision></definitions>"
    )


@pytest.mark.parametrize("levels", [25, 40, 200])
def test_a_value_that_would_unfold_without_end_is_an_error(levels):
    outcome = feel.run(doubled(levels))
    assert outcome.value is None
    assert [one.code for one in outcome.errors] == ["F008"]
    assert "written out" in outcome.errors[0].message
    assert feel.evaluate(doubled(levels)) is None
    assert "F008" in outcome._repr_html_()
    result = spie.dmn.loads(model(doubled(levels))).evaluate("R", {}, trace=True)
    assert result.status == "erreur" and result.value is None
    assert [one.code for one in result.errors] == ["F008"]
    assert "F008" in json.dumps(result.to_dict(), default=str)
    assert result.trace.decisions and "None" in repr(result)
    assert result._repr_html_()


def test_a_value_of_a_size_that_is_stated_still_crosses():
    assert len(feel.evaluate(doubled(10))) == 2


def test_what_python_hands_over_counts_its_bytes():
    heavy = "a" * (1 << 20)
    with pytest.raises(spie.ValueConversionError) as refused:
        feel.evaluate("1", {"x": [heavy] * 2_000})
    assert refused.value.code == "J003"


def test_the_memory_of_a_hostile_text_stays_bounded():
    """In a process of its own, which may take 2 GiB."""
    code = (
        "import spie, sys; from spie import feel\n"
        "for text in sys.stdin.read().split('\\n'):\n"
        "    print([one.code for one in feel.run(text).errors])\n"
    )
    hostile = [
        doubled(40),
        "string(" + doubled(40) + ")",
        "for i in 1..2000000 return [i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i, i]",
        "for i in 1..20000 return partial",
        '{t: "' + "a " * 10_000 + '", r: for i in 1..5000 return split(t, " ")}.r',
    ]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))

    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        input="\n".join(hostile),
        capture_output=True,
        text=True,
        preexec_fn=limit,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stdout.splitlines() == ["['F008']"] * len(hostile)


# --- Bytes


def test_a_byte_0_in_a_json_text_is_refused():
    with pytest.raises(spie.ValueConversionError) as refused:
        _core.read_json('{"a": 1}\0{"b": 2}', "faits.json")
    assert (refused.value.code, refused.value.where) == ("J001", "faits.json:1:9")


@pytest.fixture
def copied(tmp_path):
    folder = tmp_path / "seine-et-marne-2022-2023"
    shutil.copytree(spie.packs.path() / "seine-et-marne-2022-2023", folder)
    return folder


@pytest.mark.parametrize(
    "name", ["pack.json", "parametres.json", "articles.json", "donnees", "cas"]
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "windows-1252", "utf-16"])
def test_a_pack_in_another_encoding_is_read_or_is_a_finding(copied, name, encoding, spie_command):
    path = copied / name
    if path.is_dir():
        path = sorted(path.glob("*.json"))[0]
    text = path.read_text("utf-8")
    if "é" not in text:
        text = text.replace("{", '{"commentaire": "été",', 1)
    path.write_bytes(text.encode(encoding, "replace"))
    if encoding == "utf-8-sig":
        assert spie.Pack.load(copied).id == "seine-et-marne-2022-2023"
        return
    with pytest.raises(spie.PackError) as refused:
        spie.Pack.load(copied)
    where = path.relative_to(copied).as_posix()
    assert refused.value.code == "P002" and refused.value.where.startswith(where + ":")
    assert "save it as UTF-8" in refused.value.message
    done = spie_command("pack", "check", copied)
    assert done.exit_code == 1 and path.name in done.output


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_a_model_in_another_encoding_is_read_or_refused(tmp_path, encoding, spie_command):
    path = tmp_path / "m.dmn"
    path.write_bytes(model('"été"').encode(encoding))
    done = spie_command("dmn", "evaluate", path, "R", "-", stdin="{}")
    if encoding.startswith("utf-"):
        assert done.exit_code == 0 and "été" in done.output
        assert spie.dmn.load(path).evaluate("R").value == "été"
        return
    assert done.exit_code == 3 and "m.dmn:1" in done.output
    with pytest.raises(spie.DmnError) as refused:
        spie.dmn.load(path)
    assert refused.value.code == "D001" and "save it as UTF-8" in refused.value.message


def test_a_link_inside_a_pack_is_not_followed(copied, tmp_path):
    outside = tmp_path / "dehors.json"
    target = copied / "parametres.json"
    shutil.move(target, outside)
    target.symlink_to(outside)
    with pytest.raises(spie.PackError) as refused:
        spie.Pack.load(copied)
    assert refused.value.code == "P001" and refused.value.where == str(target)
    assert "symbolic link" in refused.value.message
    linked = tmp_path / "lien"
    target.unlink()
    shutil.move(outside, target)
    linked.symlink_to(copied)
    assert spie.Pack.load(linked).id == "seine-et-marne-2022-2023"
