"""What the commands of acts, instances, the network and satisfaction answer to what is badly written."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import spie

SEEN = ("--finalite", "accompagnement", "--role", "referent")
RENE = ("--acteur", "professionnel:rene", *SEEN)
ANNA = ("--acteur", "professionnel:anna", "--finalite", "instance", "--role", "animateur")
GINA = ("--acteur", "professionnel:gina", "--finalite", "gestion", "--role", "gestionnaire")


@pytest.fixture
def run(spie_command, tmp_path: Path, today: date):
    keys = tmp_path / "dossiers.cle"
    spie.store.write_keys(keys, spie.store.draw_keys())
    base = tmp_path / "dossiers.db"
    first = (today - timedelta(days=30)).isoformat()

    def event(subject: str, kind: str, content: dict) -> dict:
        return {
            "sujets": [subject], "type": kind, "version": 1, "effet": {"debut": first},
            "source": {"nom": "saisie"}, "auteur": "professionnel:gina", "contenu": content,
        }  # fmt: skip

    leads = {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene"}
    with spie.Store.create(base, keys) as store:
        store.append(
            [
                event("personne:aline", "identite", {"nom": "EXEMPLE", "prenom": "Aline"}),
                event("personne:aline", "referent", leads | {"structure": "structure:s"}),
                event("professionnel:rene", "professionnel", {"nom": "MODELE"}),
                event("structure:s", "structure", {"nom": "Structure inventée"}),
                event("instance:i", "instance", {"nom": "Instance inventée"}),
                event(
                    "instance:i", "siege",
                    {
                        "professionnel": "professionnel:anna", "qualite": "animateur",
                        "etape": "commence",
                    },
                ),
            ],
            at=datetime.now(UTC) - timedelta(days=2),
        )  # fmt: skip

    def call(*arguments: object):
        return spie_command(*arguments, "--base", base, "--cle", keys)

    return call


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code", "where"),
    [
        (("relais", "completer", "aline", "--accord", "peut-etre", *RENE), 2, None, None),
        (("relais", "completer", "aline", "--informee", "un-peu", *RENE), 2, None, None),
        (("relais", "completer", "aline", "--recueilli", "fax", *RENE), 2, None, None),
        (("relais", "demander", "aline", "--motif", "charge", "--objet", "tout", *RENE), 2, None, None),
        (("relais", "demander", "aline", "--motif", "truc", "--vers", "professionnel:paul", *RENE), 3, "E005", ""),
        (("relais", "demander", "aline", "--motif", "charge", "--vers", "professionnel:rene", *RENE), 3, "Q002", "/contenu/vers"),
        (("relais", "demander", "--motif", "charge", "--de", "professionnel:zoe", *RENE), 3, "E005", "/de"),
        (("relais", "accepter", *RENE), 2, None, None),
        (("acte", "action.propose", "aline", *RENE), 3, "Q001", "/acte"),
        (("acte", "action.proposer", "aline", *RENE), 3, "Q002", "/contenu/libelle"),
        (("acte", "action.proposer", "aline", "--champ", "libelle", *RENE), 2, None, None),
        (("acte", "action.proposer", "aline", "--champ", "libelle=Atelier", "--champ", "theme=truc", *RENE), 3, "Q001", "/contenu/theme"),
        (("acte", "action.proposer", "aline", "--effet", "demain", "--champ", "libelle=Atelier", *RENE), 2, None, None),
        (("annuler", "nulle-part", *RENE), 3, "E005", "/acte"),
        (("instance", "saisir", "aline", "--motif", "truc", *RENE), 3, "Q001", "/contenu/motif"),
        (("instance", "saisir", "aline", "--instance", "inconnue", *RENE), 3, "E005", ""),
        (("instance", "fixer", "i", "--date", "demain", *ANNA), 2, None, None),
        (("instance", "presences", "inconnue", *ANNA), 3, "E005", ""),
        (("instance", "preparer", "i", "--session", "2022-01-01", *ANNA), 3, "E005", ""),
        (("instance", "bilan", "--du", "hier", *ANNA), 2, None, None),
        (("reseau", "suivis", "structure:inconnue", *GINA), 3, "E005", ""),
        (("reseau", "fiche", "structure:inconnue", *GINA), 3, "E005", ""),
        (("reseau", "compter", "--du", "2022-13-01", *GINA), 2, None, None),
        (("reseau", "rendez-vous", "aline", "--au", "demain", *RENE), 2, None, None),
        (("satisfaction", "repondre", "aline", "--aupres", "s", "--reponse", "avance", *RENE), 2, None, None),
        (("satisfaction", "repondre", "aline", "--aupres", "s", "--reponse", "avance=bidon", *RENE), 3, "Q001", "/reponses/avance"),
        (("satisfaction", "repondre", "aline", "--aupres", "t", "--reponse", "avance=plutot_oui", *RENE), 3, "Q002", "/structure"),
        (("satisfaction", "lire", *RENE), 3, "R002", ""),
        (("parcours", "inconnue", *RENE), 3, "E005", ""),
        (("parcours", "aline", "--au", "demain", *RENE), 2, None, None),
    ],
)  # fmt: skip
def test_what_is_badly_written_has_its_exit_code_and_its_place(run, arguments, exit_code, code, where):  # fmt: skip
    done = run(*arguments, "--json")
    assert done.exit_code == exit_code, done.output
    if code is not None:
        first = json.loads(done.stdout)["erreurs"][0]
        assert first["code"] == code, first
        assert where in first["where"]


def test_an_officer_reads_the_reason_and_the_remedy_in_french(run):
    done = run("relais", "demander", "aline", "--motif", "charge", "--vers", "professionnel:rene", *RENE, "--json")  # fmt: skip
    first = json.loads(done.stdout)["erreurs"][0]
    assert first["details"] == "nul ne passe la main à lui-même"
    assert first["remede"] == "nommer quelqu'un d'autre"
    assert "« nul" not in done.stderr and "nul ne passe la main" in done.stderr


def test_presences_asks_which_session_when_there_are_several(run, today):
    for days in (0, 7):
        on = (today - timedelta(days=days)).isoformat()
        assert run("instance", "fixer", "i", "--date", on, *ANNA).exit_code == 0
    done = run("instance", "presences", "i", "--present", "professionnel:anna", *ANNA)
    assert done.exit_code == 2 and today.isoformat() in done.stderr
    named = ("--session", today.isoformat())
    noted = run("instance", "presences", "i", "--present", "professionnel:anna", *named, *ANNA)
    assert noted.exit_code == 0, noted.output
    other = run("instance", "presences", "i", "--present", "professionnel:ines", *named, *ANNA, "--json")  # fmt: skip
    assert other.exit_code == 3
    assert json.loads(other.stdout)["erreurs"][0]["where"] == "/contenu/qui"
