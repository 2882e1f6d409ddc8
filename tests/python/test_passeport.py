"""The passport of skills through the surfaces that people use."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
import spie
from spie import passeport
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

DAY = date(2022, 3, 1)
ON = date(2022, 6, 1)
ALINE = "personne:aline"


@pytest.fixture
def guichet():
    with spie.Store.memory() as store, Acces.memory() as acces:
        said = [
            ("identite", {"nom": "EXEMPLE", "prenom": "Aline"}),
            (
                "referent",
                {
                    "role": "referent_unique",
                    "etape": "nomme",
                    "professionnel": "professionnel:rene",
                },
            ),
            (
                "reponse_diagnostic",
                {
                    "question": "potentiel_competences_texte",
                    "texte": "J'aide ma voisine",
                    "reponse": "oui",
                },
            ),
            ("ressource", {"code": "pix", "reponse": "oui"}),
        ]
        store.append(
            [evenement(ALINE, *one, debut=DAY, auteur="x") for one in said],
            at=datetime(2022, 3, 2, 8, tzinfo=UTC),
        )
        yield Guichet(store, acces, spie.Pack.load("seine-et-marne-2022-2023"))


def who(role, hour, actor=None):
    actor = actor or {"personne": ALINE, "referent": "professionnel:rene"}[role]
    return Demande(actor, "accompagnement", [role], instant=datetime(2022, 6, 1, hour, tzinfo=UTC))


def add(guichet, hour=8, **content):
    said = {"genre": "competence", "libelle": "Tenir une caisse", **content}
    done = guichet.agir(who("personne", hour), "passeport.ajouter", ALINE, effet=ON, contenu=said)
    return done.evenements[0].contenu["id"]


def test_an_item_is_shown_with_who_vouches_and_its_history(guichet):
    key = add(guichet)
    seen = {"id": key, "qualite": "tuteur", "nom_garant": "Mme Inventée", "vu": "caisse seule"}
    guichet.agir(who("referent", 9), "passeport.confirmer", ALINE, effet=ON, contenu=seen)
    view = guichet.passeport(who("personne", 10), ALINE, au=ON)
    (item,) = view.passeport.elements
    assert (item.assurance, item.garants[0].nom) == ("confirme", "Mme Inventée")
    assert [one.etape for one in item.histoire] == ["ajoute", "confirme"]
    assert view.to_dict()["elements"][0]["garants"][0]["vu"] == "caisse seule"
    html = view.to_html()
    assert "Confirmé le 1<sup>er</sup> juin 2022" in html or "juin 2022 par Mme Inventée" in html
    assert 'lang="fr"' in html


def test_the_diagnostic_proposes_and_she_keeps_or_refuses(guichet):
    view = guichet.propositions_passeport(who("personne", 8), ALINE, au=ON)
    found = {one.id: one for one in view.propositions.propositions}
    assert found["pix/pix"].motif == "Une évaluation Pix a été faite."
    own = found["question/potentiel_competences_texte"]
    assert (own.genre, own.libelle) == ("utilite_sociale", "J'aide ma voisine")
    assert "S:1744" in own.source and own.fonde_sur
    add(guichet, 9, genre=own.genre, libelle=own.libelle, proposition=own.id)
    guichet.agir(
        who("personne", 10),
        "passeport.refuser",
        ALINE,
        effet=ON,
        contenu={"proposition": "pix/pix"},
    )
    after = guichet.propositions_passeport(who("personne", 11), ALINE, au=ON).propositions
    state = {one.id: one.etat for one in after.propositions}
    assert state[own.id] == "gardee"
    assert state["pix/pix"] == "refusee"


EVA = """Question;Valeur;Date
EVA : évaluation passée;oui;12/04/2022
EVA : difficulté à lire;non;12/04/2022
EVA : difficulté à calculer;oui;12/04/2022
"""


def test_a_file_of_pix_and_eva_results_becomes_proposals(root):
    given = root / "examples" / "donnees"
    with spie.Store.memory() as store, Acces.memory() as acces:
        store.append(
            [
                evenement(
                    ALINE, "identite", {"nom": "EXEMPLE", "prenom": "Aline"}, debut=DAY, auteur="x"
                )
            ],
            at=datetime(2022, 3, 2, 8, tzinfo=UTC),
        )
        plan = json.loads((given / "plan-pix-eva-personne.json").read_text("utf-8"))
        for file in (given / "pix-eva-personne-invente.csv", EVA.encode()):
            store.importer(
                "csv", file, auteur="x", plan=plan, personne=ALINE, date_fichier=ON,
                at=datetime(2022, 5, 31, 8, tzinfo=UTC),
            )  # fmt: skip
        desk = Guichet(store, acces, spie.Pack.load("seine-et-marne-2022-2023"))
        view = desk.propositions_passeport(who("personne", 8), ALINE, au=date(2022, 6, 30))
    found = {one.id: one for one in view.propositions.propositions}
    proposed = {
        "pix_passe/pix.passe",
        "pix_moitie/pix.sous_la_moitie",
        "eva_passe/eva.passe",
        "eva_lecture/eva.difficulte_lecture",
    }  # a difficulty is no skill
    assert {one for one in found if one.startswith(("pix", "eva"))} == proposed
    assert all(found[one].fonde_sur and "S:807-814" in found[one].source for one in proposed)


def test_what_is_shared_is_written_with_its_hash_and_noted(guichet):
    key = add(guichet)
    add(guichet, 9, libelle="Autre chose")
    opened = guichet.agir(
        who("personne", 10),
        "passeport.partager",
        ALINE,
        effet=ON,
        contenu={
            "destinataire": "Boulangerie inventée",
            "finalite": "candidature",
            "fin": date(2022, 7, 1),
            "elements": [key],
            "mots": [{"element": key, "texte": "Tenir une caisse : seule"}],
        },
    )
    share = opened.evenements[0].contenu["id"]
    written = passeport.ecrire(guichet, who("personne", 11), ALINE, share, au=ON)
    told = json.loads(written.document)
    assert [one["texte"] for one in told["elements"]] == ["Tenir une caisse : seule"]
    assert told["partiel"] is True
    assert written.empreinte == hashlib.sha256(written.document.encode()).hexdigest()
    cv = passeport.ecrire(
        guichet, who("personne", 12), ALINE, share, au=ON, forme="cv", nom="Aline Exemple"
    ).document
    assert "Aline Exemple" in cv and "Autre chose" not in cv
    assert "caisse\u202f: seule" in cv or "caisse&#8239;: seule" in cv
    (own,) = guichet.passeport(who("personne", 13), ALINE, au=ON).passeport.partages
    assert [one.forme for one in own.remises] == ["json", "cv"]
    assert own.remises[0].empreinte == written.empreinte
    guichet.agir(who("personne", 14), "passeport.cesser", ALINE, effet=ON, contenu={"id": share})
    with pytest.raises(spie.SpieError) as refused:
        passeport.ecrire(guichet, who("personne", 15), ALINE, share, au=ON)
    assert refused.value.code == "Q002"


def test_a_profile_stands_beside_the_passport(guichet):
    add(guichet, code_rome="300465", nature_rome="competence", version_rome="v460")
    profil = {
        "id": "vente",
        "titre": "Vente",
        "metier": "D1507",
        "du": date(2022, 1, 1),
        "construit_avec": ["Réseau inventé"],
        "attendus": [{"referentiel": "rome", "code": "300465", "version": "v460"}],
    }
    read = passeport.comparer(guichet, who("referent", 9), ALINE, au=ON, profil=profil)
    assert [one.etat for one in read.ecarts] == ["a_confirmer"]
    assert read.specifique.conclusion == "inconnu"
    with pytest.raises(spie.SpieError) as refused:
        passeport.comparer(guichet, who("referent", 10), ALINE, au=date(2021, 1, 1), profil=profil)
    assert refused.value.code == "Q001"


def test_the_list_of_jobs_in_tension_of_the_pack_is_read_when_none_is_given(root, tmp_path):
    for name in ("socle-national", "seine-et-marne-2022-2023"):
        shutil.copytree(root / "packs" / name, tmp_path / name)
    listed = tmp_path / "seine-et-marne-2022-2023" / "donnees" / "metiers_en_tension.json"
    held = json.loads(listed.read_text("utf-8"))
    held["valeurs"] = [{"code": "D1507", "libelle": "Mise en rayon"}]
    listed.write_text(json.dumps(held), "utf-8")
    profil = {
        "id": "vente",
        "titre": "Vente",
        "du": date(2022, 1, 1),
        "construit_avec": ["Réseau inventé"],
        "attendus": [{"referentiel": "rome", "code": "300465", "version": "v460"}],
    }
    with spie.Store.memory() as store, Acces.memory() as acces:
        store.append(
            [evenement(ALINE, "identite", {"nom": "E", "prenom": "A"}, debut=DAY, auteur="x")],
            at=datetime(2022, 3, 2, 8, tzinfo=UTC),
        )
        desk = Guichet(store, acces, spie.Pack.load(tmp_path / "seine-et-marne-2022-2023"))
        add(desk, code_rome="300465", nature_rome="competence", version_rome="v460")

        def concluded(metier, **more):
            asked = {**profil, "metier": metier}
            read = passeport.comparer(desk, who("personne", 9), ALINE, au=ON, profil=asked, **more)
            return read.specifique.conclusion

        assert concluded("D1507") == "a_proposer"
        assert concluded("D1507", bassin="Meaux") == "a_proposer"  # it says nothing of basins
        assert concluded("G1603") == "non"
        given = [{"rome": "G1603", "du": date(2022, 1, 1), "source": "x"}]
        assert concluded("D1507", metiers=given) == "non"


def test_no_page_of_the_passport_breaks_the_french_typography(guichet):
    add(guichet, libelle="L'accueil : bonjour !")
    html = guichet.passeport(who("personne", 9), ALINE, au=ON).to_html()
    body = re.sub(r"<style.*?</style>|<[^>]+>", "", html, flags=re.S)
    assert not re.search(r"\w [:;!?](\s|$)", body)
    assert "L’accueil" in body


def test_the_commands_add_propose_share_and_show(spie_command, tmp_path):
    keys, base = tmp_path / "b.cle", tmp_path / "b.db"
    spie.store.write_keys(keys, spie.store.draw_keys())
    with spie.Store.create(base, keys) as store:
        said = [
            ("identite", {"nom": "EXEMPLE", "prenom": "Aline"}),
            ("ressource", {"code": "pix", "reponse": "oui"}),
        ]
        store.append(
            [evenement(ALINE, *one, debut=DAY, auteur="x") for one in said],
            at=datetime(2022, 3, 2, 8, tzinfo=UTC),
        )
    asked = ("--base", base, "--cle", keys, "--acteur", ALINE, "--finalite", "accompagnement")
    asked = (*asked, "--role", "personne")

    def ran(*words):
        done = spie_command("passeport", *words, *asked)
        assert done.exit_code == 0, done.output
        return done.stdout

    ran("ajouter", "aline", "--genre", "competence", "--libelle", "Tenir une caisse")
    assert "Une évaluation Pix a été faite." in ran("proposer", "aline")
    ran("proposer", "aline", "--garder", "pix/pix", "--libelle", "Le numérique")
    shown = json.loads(ran("aline", "--json"))
    first, second = shown["elements"]
    assert (first["libelle"], second["proposition"]) == ("Tenir une caisse", "pix/pix")
    page, cv = tmp_path / "p.html", tmp_path / "cv.html"
    assert "Tenir une caisse" in ran("aline", "--html", page) and page.exists()
    words = f"{first['id']}=Caissière"
    opened = ("--a", "Boulangerie", "--but", "candidature", "--element", first["id"])
    wrong = spie_command("passeport", "partager", "aline", *opened, "--fin", "2022-13-01", *asked)
    assert wrong.exit_code == 2
    end = (date.today() + timedelta(days=60)).isoformat()
    ran("partager", "aline", *opened, "--fin", end, "--mot", words, "--forme", "cv", "--vers", cv)
    assert "Caissière" in cv.read_text(encoding="utf-8")
    assert [
        one["forme"] for one in json.loads(ran("aline", "--json"))["partages"][0]["remises"]
    ] == ["cv"]
    assert spie_command("passeport", "badge", "aline", "--immersion", "I", *asked).exit_code == 3
