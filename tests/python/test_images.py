"""Pictures of badges: legible, told to who does not see them, the same everywhere, and made of the pack."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import spie
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from spie import badges, images
from spie.images import lettres

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
CARTE = json.loads((ROOT / "packs/socle-national/donnees/images.json").read_text("utf-8"))
LONGUE = "Réaliser et présenter des pâtisseries, des viennoiseries et des pains spéciaux selon les règles d'hygiène"


@pytest.fixture(scope="module")
def pack():
    return spie.Pack.load("socle-national")


def altered(path: str, value: object) -> spie.Pack:
    """The pack, whose pictures say something else at a place."""
    folder = ROOT / "packs/socle-national"
    said = json.loads(json.dumps(CARTE))
    *parents, last = path.split("/")
    at = said
    for one in parents:
        at = at[int(one) if one.isdigit() else one]
    at[last] = value
    files = {
        str(one.relative_to(folder)): one.read_bytes()
        for one in folder.rglob("*")
        if one.suffix in (".json", ".dmn")
    }
    return spie.Pack.from_files({**files, "donnees/images.json": json.dumps(said)})


def pixels(dessin: images.Dessin, cote: int) -> np.ndarray:
    made = Image.open(io.BytesIO(dessin.png(cote)))
    assert made.size == (cote, cote) and made.mode == "RGBA"
    return np.asarray(made).astype(int)


def runs(rows: np.ndarray) -> list[int]:
    """How many rows each line of a text takes."""
    return [len(one) for one in "".join("x" if row else " " for row in rows).split()]


def test_each_category_of_the_pack_has_its_picture(pack):
    found = images.categories(pack)
    kinds = {
        one["genre"] for key in ("propositions", "questions") for one in pack.data("passeport")[key]
    }
    assert kinds | {"langue", "immersion", "label_structure", "structure_accueil"} == set(found)
    assert len({one.couleur for one in found.values()}) == len(found)
    for name, one in found.items():
        dessin = images.dessiner(pack, name, "Tenir une caisse")
        assert dessin.lettres_absentes == ""
        root = ET.fromstring(dessin.svg)
        assert root.get("role") == "img" and root.get("viewBox") == "0 0 512 512"
        assert root.findtext(f"{SVG}title") == f"{one.mot}\u202f: Tenir une caisse"
        assert one.signe.replace("'", "’") in root.findtext(f"{SVG}desc")
        # Nothing that is fetched, run, or drawn with somebody's fonts.
        assert not re.search(r"href|url\(|<style|<script|<image|<text|font", dessin.svg)


@pytest.mark.parametrize("name", [one["categorie"] for one in CARTE["categories"]])
def test_at_128_pixels_it_is_read_on_a_light_page_and_on_a_dark_one(pack, name):
    drawn = pixels(images.dessiner(pack, name, LONGUE), 128)
    colour = np.array([int(CARTE_COULEURS[name][at : at + 2], 16) for at in (1, 3, 5)])
    ink = np.abs(drawn[:, :, :3] - 0x16).sum(axis=2) < 180
    title = runs(ink[62:119, 14:114].any(axis=1))
    # Capitals and tails: at ten pixels a line is not less than nine rows high, and lines stand apart.
    assert 3 <= len(title) <= 5 and min(title) >= 7
    # The word of the category: rows of white letters on its colour.
    word = (drawn[46:59, 14:114, :3].sum(axis=2) > 3 * 225).any(axis=1)
    assert max(runs(word)) >= 8
    # The corner is nothing, the ring light, the rest of the edge the colour of the category.
    assert drawn[0, 0, 3] == 0 and drawn[64, 2, :3].min() > 240
    assert np.abs(drawn[64, 5, :3] - colour).sum() < 12


CARTE_COULEURS = {one["categorie"]: one["couleur"] for one in CARTE["categories"]}


def test_contrast_is_that_of_the_wcag():
    # The two greys that a well-known threshold falls between, and the ends of the scale.
    assert images.contraste("#000000", "#ffffff") == pytest.approx(21)
    assert images.contraste("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert images.contraste("#ffffff", "#777777") == pytest.approx(4.48, abs=0.005)
    assert all(images.contraste(one, CARTE["fond"]) >= 7 for one in CARTE_COULEURS.values())


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("categories/0/couleur", "#8a8a8a", "#/categories/0/couleur"),
        ("categories/0/couleur", "red", "#/categories/0/couleur"),
        ("categories/1/trace", 'M0 0"/><script/>', "#/categories/1/trace"),
        ("categories/1/mot", None, "#/categories/1/mot"),
        ("encre", "#cccccc", "#/encre"),
        ("fond", "", "#/fond"),
    ],
)
def test_a_pack_that_says_wrong_is_refused_at_the_place(path, value, place):
    with pytest.raises(spie.PackError) as refused:
        images.dessiner(altered(path, value), "competence", "Pix")
    assert refused.value.code == "P002" and refused.value.where == "donnees/images.json" + place


def test_a_category_that_is_not_there_and_a_title_that_is_none(pack):
    with pytest.raises(spie.UsageError) as refused:
        images.dessiner(pack, "competance", "Pix")
    assert "competence" in refused.value.diagnostics[0].phrase
    for empty in ("", " \n "):
        with pytest.raises(spie.UsageError):
            images.dessiner(pack, "competence", empty)


def test_a_long_title_is_cut_for_the_eye_and_whole_for_the_ear(pack):
    dessin = images.dessiner(pack, "competence", LONGUE)
    whole = LONGUE.replace("'", "’")
    assert ET.fromstring(dessin.svg).findtext(f"{SVG}title") == f"Compétence\u202f: {whole}"
    shown = lettres.shortened(lettres.filled(whole.split(" "), 40, 400), 5, 40, 400)
    assert shown[-1].endswith("pains…") and len(shown) == 5


def test_titles_are_written_whatever_they_hold(pack):
    def title(text: str) -> str:
        dessin = images.dessiner(pack, "competence", text)
        dessin.png(64)
        return str(ET.fromstring(dessin.svg).findtext(f"{SVG}title")).split(": ", 1)[1]

    assert title('<b> & "œufs" d\'Étienne') == '<b> & "œufs" d’Étienne'
    assert title(unicodedata.normalize("NFD", "Pétrir")) == "Pétrir"
    assert title("a\x00b\u202ec\ud800\uffff") == "a\ufffdb\ufffdc?\ufffd"
    assert "2850377990456" not in title("Caisse 2850377990456")


def test_letters_of_another_script_are_left_to_the_fonts_of_who_reads(pack):
    dessin = images.dessiner(pack, "langue", "العربية")
    assert set(dessin.lettres_absentes) == set("العربية")
    assert [one.text for one in ET.fromstring(dessin.svg).iter(f"{SVG}text")] == ["العربية"]


@settings(deadline=None)
@given(st.text(st.sampled_from("aàœéWil'’-, …\u202f"), min_size=1, max_size=80))
def test_lines_hold_every_letter_once_and_no_line_is_too_wide(text):
    words = [one for one in text.split(" ") if one]
    for size in (76, 40):
        lines = lettres.balanced(words, size, 400)
        assert len(lines) == len(lettres.filled(words, size, 400))
        if all(len(lettres.cut(one, size, 400)) == 1 for one in words):
            assert " ".join(lines) == " ".join(words)
            alone = max((lettres.width(one, size) for one in words), default=0)
            assert all(lettres.width(one, size) <= max(400, alone) + 1e-6 for one in lines)
        else:
            assert re.sub("[- ]", "", "".join(lines)) == "".join(words).replace("-", "")


def test_a_picture_carries_its_badge(pack):
    key = badges.Cle.generer("ed25519")
    at = datetime(2026, 11, 29, 8, tzinfo=UTC)
    said = (ROOT / "examples/donnees/attestation.json").read_bytes()
    badge = badges.emettre(said, key, instant=at).badge
    dessin = images.dessiner(pack, "immersion", "Pétrir la pâte à pain")
    for picture in (dessin.png(128), dessin.svg.encode()):
        baked = badges.incruster(picture, badge)
        assert badges.extraire(baked).badge == badge.encode()
        assert badges.verifier(baked, au=at).verdict == "valide"


def test_a_png_has_a_side_and_needs_the_extra(pack, monkeypatch):
    dessin = images.dessiner(pack, "competence", "Pix")
    for side in (0, 63, 4097):
        with pytest.raises(spie.UsageError):
            dessin.png(side)
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(spie.UsageError) as refused:
        dessin.png(128)
    assert refused.value.diagnostics[0].remedy == "pip install 'spie-insertion[images]'"


def test_the_letters_are_those_of_the_font():
    done = subprocess.run([sys.executable, ROOT / "scripts/write_letters.py", "--check"])
    assert done.returncode == 0


def test_a_notebook_shows_the_picture(pack):
    dessin = images.dessiner(pack, "competence", "Pix")
    assert dessin._repr_svg_() == dessin.svg


# --- The command line


def test_the_command_draws_in_both_forms(spie_command, tmp_path):
    drawn = ("badge", "dessiner", "--categorie", "immersion", "--titre", "Pétrir la pâte")
    for name, begins in (("a.svg", b"<svg"), ("a.PNG", b"\x89PNG")):
        done = spie_command(*drawn, "--vers", tmp_path / name, "--json")
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout)["lettres_absentes"] == ""
        assert (tmp_path / name).read_bytes().startswith(begins)
    done = spie_command(*drawn, "--vers", tmp_path / "b.png", "--cote", "128")
    assert Image.open(tmp_path / "b.png").size == (128, 128)
    assert spie_command(*drawn, "--vers", "-").stdout.startswith("<svg")


def test_the_command_says_what_it_cannot_draw(spie_command, tmp_path):
    drawn = ("badge", "dessiner", "--titre", "العربية", "--categorie")
    done = spie_command(*drawn, "langue", "--vers", tmp_path / "a.svg")
    assert done.exit_code == 0 and "laissées aux polices" in done.stdout
    assert spie_command(*drawn, "langue", "--vers", tmp_path / "a.gif").exit_code == 2
    assert (
        spie_command(*drawn, "langue", "--vers", tmp_path / "a.svg", "--cote", "128").exit_code == 2
    )
    done = spie_command(*drawn, "rien", "--vers", tmp_path / "b.svg")
    assert done.exit_code == 3 and "utilite_sociale" in done.output
    assert not (tmp_path / "b.svg").exists()
