"""Where something is wrong, as French says it: the words of the engine, and no name of a model."""

from __future__ import annotations

import pytest
from spie.errors import Diagnostic, lieu
from spie.terminal import findings


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("entree.dmn:12, decision 'entree', rule 3", "entree.dmn:12, décision « entree », règle 3"),
        ("m.dmn:4, input 'date de naissance'", "m.dmn:4, entrée « date de naissance »"),
        ("m.dmn:9, decision 'l'âge, en années', 1:14", "m.dmn:9, décision « l'âge, en années », 1:14"),
        ("m.dmn:2, business knowledge model 'f', default output", "m.dmn:2, modèle de connaissance « f », sortie par défaut"),
        ("m.dmn:2, decision service 's'", "m.dmn:2, service de décision « s »"),
        ("m.dmn:7, item definition 't', allowed values", "m.dmn:7, type « t », valeurs permises"),
        ("parametres.json, parameter 'taux', lu_au", "parametres.json, paramètre « taux », lu_au"),
        ("cas/entree.json, case 'jeune'", "cas/entree.json, cas « jeune »"),
        ("decision 'x'", "décision « x »"),
        ("pack.json#/extends/id", "pack.json#/extends/id"),
        ("/freins/2/code", "/freins/2/code"),
        ("1:14", "1:14"),
        ("", ""),
        # A name that says what a kind is called stays one.
        ("m.dmn:1, decision 'the rule 3'", "m.dmn:1, décision « the rule 3 »"),
    ],
)  # fmt: skip
def test_a_place_is_said_in_french(where, said):
    assert lieu(where).replace("\N{NO-BREAK SPACE}", " ") == said


def test_the_terminal_says_it_and_json_keeps_what_the_engine_says():
    one = Diagnostic("F003", "error", "a message", "m.dmn:3, decision 'd', rule 1", "Mend it.")
    shown = findings.finding(one).renderables[0].plain
    assert "décision" in shown and "règle 1" in shown and "rule" not in shown
    assert one.to_dict()["where"] == "m.dmn:3, decision 'd', rule 1"
