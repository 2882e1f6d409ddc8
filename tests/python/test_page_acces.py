"""The page of the right of access, from the document that the library gives."""

from datetime import date

import pytest
from spie import pages

JOUR = date(2022, 3, 1)


@pytest.fixture
def acces():
    return {
        "dossier": "personne:aline",
        "au": date(2022, 6, 1),
        "demande": "2022-06-01T08:00:00.000Z",
        "situation": {
            "faits": [
                {"chemin": "identite.nom", "valeur": "EXEMPLE", "source": "carnet", "debut": JOUR},
                {"chemin": "foyer.composition.enfants", "valeur": 2, "grossi": True},
            ]
        },
        "sources": [{"source": "carnet", "evenements": 2, "premier": JOUR, "dernier": JOUR}],
        "evenements": [
            {
                "enregistre": "2022-03-05T12:00:00.000Z",
                "type": "identite",
                "compte": True,
                "contenu": {"nom": "EXEMPLE <b>", "date_naissance": "1990-06-15"},
                "source": {"nom": "carnet"},
            },
            {
                "enregistre": "2022-03-05T12:00:00.000Z",
                "type": "retrait",
                "compte": False,
                "source": {"nom": "saisie"},
                "auteur": "professionnel:rene",
            },
        ],
        "foyer": [
            {"type": "droit_rsa", "valeur": {"etat": "2"}, "source": "caf.vrsb", "debut": JOUR},
            {"type": "retrait", "valeur": None, "source": "caf.vrsb", "debut": JOUR},
        ],
        "acces": [
            {
                "instant": "2022-06-01T07:00:00.000Z",
                "acteur": "professionnel:rene",
                "structure": None,
                "role": None,
                "finalite": "pilotage",
                "operation": "voir",
            }
        ],
    }


def test_the_page_says_what_is_held_who_said_it_and_who_looked(acces):
    page = pages.render("acces.html.j2", acces=acces)
    assert "situation au 1er juin 2022" in page
    assert "<td>Identité : Nom</td><td>EXEMPLE</td><td>carnet</td><td>01/03/2022</td>" in page
    assert '<td>2</td><td class="gris" colspan="2">résumé</td>' in page
    assert "EXEMPLE &lt;b&gt;" in page
    assert "Retrait d&#39;un événement (import non clos : ne compte pas)" in page
    assert "<td>Retrait d&#39;un événement</td><td>retiré</td>" in page
    assert "aucun : rien n&#39;a été montré" in page


def test_a_person_without_household_nor_visit_has_a_page_too(acces):
    page = pages.render("acces.html.j2", acces=acces | {"foyer": [], "acces": []})
    assert "Aucun foyer n'est connu." in page
    assert "Personne ne l'a consulté" in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("identite.date_naissance", "Identité : Date de naissance"),
        ("statut.rqth.reponse", "Statut, rqth : a ce statut"),
        ("revenu.001/2022-03.montant", "Ressource d'un mois, 001/2022-03 : montant"),
        ("foyer.droit_rsa.etat", "Foyer, droit au RSA : État du droit au RSA"),
        ("action.A40/2022.etapes", "Action, A40/2022 : étapes"),
        ("inconnu.champ", "inconnu.champ"),
    ],
)
def test_a_fact_is_named_in_words(path, words):
    from spie.pages import titres

    assert titres.fact_title(path) == words
