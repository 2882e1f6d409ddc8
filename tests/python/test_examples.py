"""The examples of examples/python run, and print what they promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "python"
DATA = EXAMPLES.parent / "donnees"


def run(name: str, *arguments: object) -> str:
    command = [sys.executable, str(EXAMPLES / name), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_every_example_is_short(path):
    assert len(path.read_text("utf-8").splitlines()) < 60


def test_entry_of_a_file():
    assert run("entree_d_un_fichier.py").splitlines() == [
        "Aline Exemple : admis_prioritaire",
        "Driss Modèle : à compléter (diagnostic_complet, freins, freins[2].reponse)",
        "Gaëlle Hypothèse : non_admis_territoire",
    ]


def test_statement(tmp_path):
    page = tmp_path / "etat.html"
    out = run(
        "etat_des_depenses.py",
        DATA / "registre-invente.csv",
        DATA / "versements-inventes.csv",
        page,
    )
    assert "plafond sur budget : 93000.00 €" in out and "plafond sur cout_reel" in out
    assert "Signature et cachet" in page.read_text("utf-8")


def test_simulation():
    out = run("regles_a_soi.py")
    assert "s'il en fallait deux" in out and "Bénéficiaire du RSA en territoire rural" in out


def test_a_dossier_at_two_dates_of_truth_and_of_knowledge():
    assert run("dossier.py").splitlines() == [
        "2022-02-15, connu à ce jour : Provins (saisie)",
        "2022-03-15, connu à ce jour : Nangis (saisie)",
        "2022-03-15, connu 2022-03-31 : Provins (saisie)",
        "le 10/01/2022, conseillère : Provins depuis le 2022-01-01",
        "le 10/04/2022, conseillère : Nangis depuis le 2022-03-01",
        "intact",
    ]


def test_a_session_convenes_and_shows_to_each_what_concerns_him():
    said = run("instance.py").splitlines()
    assert said[0] == "professionnel:anna : siège à l'instance (animateur)"
    assert len(said) == 6 and said[-1] == "René voit : Aline"


def test_a_badge_is_signed_baked_and_verified():
    assert run("badge.py", DATA / "attestation.json").splitlines() == [
        "image : valide, preuve ok",
        "altérée : invalide, preuve echec",
    ]


def test_a_badge_signed_elsewhere():
    key = DATA / "module"
    out = run(
        "badge_module.py",
        DATA / "attestation.json",
        key / "cle-publique.pem",
        key / "cle-publiee-rfc8032.pem",
    )
    # The public key of RFC 8032 §7.1, test 1, as did:key writes it.
    assert out == "valide, signé par did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw\n"


def test_a_batch_of_badges_and_its_register():
    assert run(
        "badge_lot.py", DATA / "attestation.json", DATA / "lot-invente.csv"
    ).splitlines() == [
        "ligne 2 : invalide",
        "ligne 3 : valide",
        "ligne 4 : valide",
    ]


def test_an_endorsement_is_joined_to_a_badge():
    assert run("recommandation.py", DATA / "attestation.json").splitlines() == [
        "recommandation : valide",
        "badge : valide, avenants ok",
        "altéré : invalide, avenants echec",
    ]


def test_the_label_of_a_structure_is_a_badge():
    assert run("badge_structure.py").splitlines() == ["valide", "en_vigueur", "a_retirer"]


def test_a_statement_is_drawn(tmp_path):
    pytest.importorskip("matplotlib")
    pytest.importorskip("pandas")
    picture = tmp_path / "actions.svg"
    out = run("tracer.py", DATA / "registre-invente.csv", DATA / "versements-inventes.csv", picture)
    assert out.endswith(" € retenus\n")
    assert "<svg" in picture.read_text("utf-8")


def test_dossiers_are_a_table_and_what_a_pilot_sees_of_them_too():
    pytest.importorskip("pyarrow")
    pytest.importorskip("pandas")
    out = run("dossiers_en_table.py").splitlines()
    assert "EXEMPLE" in out[1] and "1985-05-02" in out[1]
    assert out[-2:] == [
        "None 26 à 49 ans None oui ['naissance', 'social']",
        "None None None None []",
    ]


def test_a_decision_goes_through_processes():
    assert run("processus.py") == (
        "{'determine': 100, 'indetermine': 200} seine-et-marne-2022-2023\n"
    )
