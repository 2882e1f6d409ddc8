"""The page of the right of access: what a person reads. Labels are keyed by hand from the sources of the nomenclatures;
the people are invented."""

import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser

import pytest
import spie
from spie import pages
from spie.droits import Acces, Demande, Guichet

pytest_plugins = ["synthetic_fixtures"]

JOUR = date(2022, 3, 1)
VRSB, DSP = "caf.vrsb@2025-08-05", "caf.dsp@2025-08-05"
V1, V4 = "france_travail.diagnostic.v1@2024-02-29", "france_travail.diagnostic.v4@2026-08-21"
CARNET, EXTRAIT = "carnet@2024-02-29", "france_travail.extrait@2024-02-29"
EMPREINTE = "4a0b17dd45279592:08988be37b4584fa2a722704e5e086a01167962541a989dd128d86de711c208a"
SUJETS = r"\b(personne|foyer|structure|professionnel|instance|import|journal):[\w.-]+"


class Visible(HTMLParser):
    """The text of each cell, heading and paragraph; the codes in small print apart."""

    def __init__(self, page):
        super().__init__()
        self.parts, self.codes, self._hidden, self._small = [""], [], 0, 0
        self.feed(page)
        self.parts = [" ".join(part.split()) for part in self.parts if part.strip()]
        self.text = "\n".join(self.parts)

    def handle_starttag(self, tag, attrs):
        self._hidden += tag in ("style", "title")
        if ("class", "code") in attrs:
            self._small += 1
            self.codes.append("")
        elif tag in ("td", "th", "p", "h1", "h2", "h3", "li", "caption", "br"):
            self.parts.append("")

    def handle_endtag(self, tag):
        self._hidden -= tag in ("style", "title")
        self._small -= tag == "small" and self._small > 0

    def handle_data(self, data):
        if self._small:
            self.codes[-1] += data
        elif not self._hidden:
            self.parts[-1] += data


def held(faits=(), evenements=(), foyer=(), acces=()):
    return {
        "dossier": "personne:aline",
        "au": date(2022, 6, 1),
        "demande": "2022-06-01T08:00:00.000Z",
        "situation": {"absorbes": [], "foyer": "foyer:f1", "faits": list(faits)},
        "sources": [{"source": "carnet", "evenements": 2, "premier": JOUR, "dernier": JOUR}],
        "evenements": list(evenements),
        "foyer": list(foyer),
        "acces": list(acces),
    }


def event(type, contenu, nomenclature="", *, nom=None, id="e-1", **more):
    source = {"nom": nom or nomenclature.partition("@")[0] or "saisie"}
    return {
        "id": id,
        "enregistre": "2022-03-05T12:00:00.000Z",
        "type": type,
        "sujets": ["personne:aline"],
        "effet": {"debut": "2022-03-01"},
        "compte": True,
        "contenu": contenu,
        "source": source | ({"nomenclature": nomenclature} if nomenclature else {}),
        "auteur": "import",
    } | more


def fact(chemin, valeur, source="carnet", evenement="e-1"):
    return {
        "chemin": chemin,
        "valeur": valeur,
        "source": source,
        "auteur": "import",
        "debut": JOUR,
        "evenement": evenement,
    }


def written(acces):
    """As the desk of a pack writes it: here the one that all packs extend."""
    words = spie.Pack.load("socle-national").libelles
    return pages.render("acces.html.j2", acces=acces, du_pack=words)


def read(acces):
    return Visible(written(acces))


def test_the_page_says_what_is_held_who_said_it_and_who_looked():
    page = read(
        held(
            [
                fact("identite.nom", "EXEMPLE <b>"),
                fact("identite.prenom", "Aline"),
                {"chemin": "foyer.composition.enfants", "valeur": 2, "grossi": True},
            ],
            [
                event("identite", {"nom": "EXEMPLE", "date_naissance": "1990-06-15"}, CARNET),
                event(
                    "retrait", {}, corrige="e-1", id="e-2", compte=False, auteur="professionnel:r"
                ),
            ],
            [{"type": "droit_rsa", "valeur": None, "source": "caf.vrsb", "debut": JOUR}],
            [
                {
                    "instant": "2022-06-01T07:00:00.000Z",
                    "acteur": "professionnel:rene",
                    "structure": "structure:s1",
                    "role": None,
                    "finalite": "pilotage",
                    "operation": "voir",
                },
                {
                    "instant": "2022-12-01T07:05:00.000Z",
                    "acteur": "personne:aline",
                    "structure": None,
                    "role": "personne",
                    "finalite": "droit_acces",
                    "operation": "acces",
                },
            ],
        )
    )
    for part in (
        "Dossier de Aline EXEMPLE <b>, situation au 1er juin 2022. Droit d'accès (règlement européen 2016/679, article 15).",
        "Carnet de bord",
        "01/03/2022",
        "Enfants",
        "résumé",
        "Date de naissance : 15 juin 1990",
        "depuis le 1er mars 2022",
        "Le 5 mars 2022 à 13 h 00. Carnet de bord",
        "Le 5 mars 2022 à 13 h 00. Saisie à la main, professionnel n° 1",
        "Retrait d'un événement (import non clos : ne compte pas)",
        "Porte sur : Identité, enregistré le 5 mars 2022 à 13 h 00",
        "retiré",
        "1er juin 2022 à 9 h 00",
        "professionnel n° 2, structure n° 1",
        "aucun : rien n'a été montré",
        "piloter la convention",
        "lecture de votre situation",
        "1er décembre 2022 à 8 h 05",
        "vous",
        "vous-même",
    ):
        assert part in page.parts, part
    assert not re.search(SUJETS, page.text)


def test_a_person_without_fact_nor_household_nor_visit_has_a_page_too():
    page = read(held())
    assert "Situation au 1er juin 2022" in page.text
    assert "Aucun fait n'est connu à cette date." in page.text
    assert "Aucun foyer n'est connu." in page.text
    assert "Personne ne l'a consulté" in page.text
    assert "leur nom" not in page.text


# (source, type, payload, what stands in the cells of its row, small print)
RECORDED = [
    (VRSB, "identite", {"sexe": "2", "civilite": "MME"}, ["Sexe : Femme", "Civilité : Madame"], ["2", "MME"]),
    (EXTRAIT, "identite", {"civilite": "M.", "sexe": "1"}, ["Civilité : Monsieur", "Sexe : Homme"], ["M.", "1"]),
    (VRSB, "identite", {"type_date_naissance": "J"}, ["Comment la date de naissance est connue : Jour inconnu"], ["J"]),
    (VRSB, "adresse", {"pays": "FRA", "code_postal": "77370"}, ["Pays : France", "Code postal : 77370"], ["FRA"]),
    (VRSB, "appartenance", {"foyer": "foyer:f1", "role": "CJT"},
     ["Foyer : votre foyer", "Rôle dans le foyer : Conjoint du demandeur"], ["CJT"]),
    (VRSB, "revenu", {"nature": "026", "mois": "2022-01", "montant": "1234.50"},
     ["Ressource d'un mois : Pensions alimentaires recues , janvier 2022", "1 234,50 €"], ["026"]),
    (VRSB, "revenu", {"nature": "216", "mois": "2021-12", "montant": "35.00"},
     ["Ressource d'un mois : Nombre d'heures travaillees , décembre 2021", "35,00"], ["216"]),
    (VRSB, "revenu", {"nature": "403", "mois": "2021-12", "montant": "55.00"}, ["55,00 %"], ["403"]),
    (VRSB, "activite", {"code": "CHO", "regime": "GE", "nature_contrat": "CA"},
     ["Activité : Chômeur sans justificatif", "Régime : GENERAL",
      "Nature du contrat de travail : Contrat aidé (CAV/CIRMA)"], ["CHO", "GE", "CA"]),
    (VRSB, "activite", {"code": "QQQ"}, ["Activité : QQQ"], ["code de la source"]),
    (DSP, "reponse_diagnostic", {"question": "dsp.CESSDERACT", "valeurs": ["2702"]},
     ["Cessation de la dernière activité", "Cessation d'activité depuis plus d'un an"], ["2702"]),
    (DSP, "reponse_diagnostic", {"question": "dsp.TOPPERMICONDUB", "reponse": "oui", "valeurs": ["1"]},
     ["Permis de conduire de catégorie B", "oui"], []),
    (DSP, "reponse_diagnostic", {"question": "dsp.ACCOSOCINDI", "reponse": "refuse", "valeurs": ["V"]},
     ["Bénéficiez-vous d'un accompagnement individuel ?", "ne veut pas répondre"], []),
    (DSP, "reponse_diagnostic", {"question": "dsp.DRORSARMIANTA-2", "reponse": "ne_sait_pas", "valeurs": ["S"]},
     ["Avez-vous bénéficié du RSA (RMI) il y a plus de 2 ans ?", "ne sait pas"], []),
    (DSP, "reponse_diagnostic", {"question": "dsp.DIFLOG", "valeurs": ["1002", "1007"]},
     ["Difficultés de logement", "Impayés de loyer ou de remboursement , Logement surpeuplé"], ["1002", "1007"]),
    (DSP, "reponse_diagnostic",
     {"question": "dsp.DIFDISP", "valeurs": ["0507"], "valeurs_contestees": ["0507"]},
     ["Mobilité", "Parmi elles, celles qu'un seul éditeur connaît : Mobilité"], ["0507", "0507"]),
    (DSP, "reponse_diagnostic", {"question": "dsp.SITPERSSOCPRO", "reponse": "oui", "valeurs": ["EF"]},
     ["Recueil des données socio-professionnelles", "oui",
      "Recueil des données socio-professionnelles effectué"], ["EF"]),
    (DSP, "reponse_diagnostic", {"question": "dsp.LIBDERACT", "texte": "Vente"},
     ["Quelle est votre dernière activité professionnelle ?", "Vente"], []),
    (DSP, "reponse_diagnostic", {"question": "dsp.DTENRSOCPRO", "texte": "2022-04-09"},
     ["Date d'enregistrement des données socio-professionnelles", "9 avril 2022"], []),
    (DSP, "reponse_diagnostic", {"question": "dsp.LIBDERACT", "texte": "2022-04-99"}, ["2022-04-99"], []),
    (DSP, "niveau_formation", {"niveau": "1207", "diplome": "2606", "annee_diplome": 1998},
     ["Niveau d'études : Niveau VII : jamais scolarisé", "Diplôme le plus élevé : Niveau VII : Aucun",
      "Année du diplôme : 1998"], ["1207", "2606"]),
    # One code, two meanings: each version says its own.
    (V1, "reponse_diagnostic", {"question": "v1/23/situation/6", "reponse": "oui"},
     ["Développer sa mobilité : Aucun moyen de transport à disposition", "oui"], []),
    (V4, "reponse_diagnostic", {"question": "v4/22/situation/42", "reponse": "non_aborde"},
     ["Accéder au numérique et en maîtriser les fondamentaux : Absence d'équipement", "non abordé"], []),
    (V1, "reponse_diagnostic", {"question": "v1/besoin/metier-1/1", "valeurs": ["POINT_FORT"]},
     ["Besoin : Identifier ses points forts et ses compétences", "point fort"], []),
    (V4, "reponse_diagnostic", {"question": "v4/besoin/22/7", "valeurs": ["BESOIN"]},
     ["Besoin : Connaître et utiliser les services numériques", "besoin"], []),
    (V4, "reponse_diagnostic", {"question": "v4/25/situation/15", "reponse": "oui"},
     ["v4/25/situation/15", "oui"], ["code de la source"]),
    (V4, "reponse_diagnostic", {"question": "v4/pouvoir_agir/confiance", "reponse": "ne_sait_pas"},
     ["Pouvoir d'agir : confiance", "ne sait pas"], []),
    (V1, "objectif", {"id": "v1/23/29", "libelle": "Trouver une solution", "frein": "mobilite", "etat": "EN_COURS"},
     ["Objectif : Trouver une solution", "Frein visé : Mobilité", "État : en cours"], []),
    (V4, "frein", {"code": "numerique", "reponse": "oui", "impact": "FAIBLE", "prioritaire": False},
     ["Frein : Numérique", "oui", "Impact : FAIBLE", "Prioritaire : non"], []),
    (EXTRAIT, "inscription", {"categorie": "1", "modalite": "GUIDE", "suivi_debut": "2022-02-01"},
     ["Catégorie d'inscription : 1", "Modalité d'accompagnement : GUIDE", "Début du suivi : 1er février 2022"],
     ["code de la source"]),
    (EXTRAIT, "reponse_diagnostic", {"question": "axe_travail", "valeurs": ["RETOUR DIRECT EMPLOI"]},
     ["Axes de travail", "RETOUR DIRECT EMPLOI"], []),
    (CARNET, "situation_professionnelle", {"code": "enretraite"}, ["Situation professionnelle actuelle : En retraite ou préretraite"], ["enretraite"]),
    (CARNET, "niveau_formation", {"niveau": "NV2"}, ["Niveau d'études : Bac+3 ou +4"], ["NV2"]),
    (CARNET, "statut", {"code": "brsa", "reponse": "oui", "precision": "rsa_droit_ouvert_versable"},
     ["Statut : Bénéficiaire du RSA", "oui", "Précision de la source : Droit ouvert et versable"],
     ["rsa_droit_ouvert_versable"]),
    (VRSB, "identifiant", {"genre": "nir", "valeur": EMPREINTE},
     ["Numéro de sécurité sociale (NIR)", "connu, gardé sous une empreinte"], []),
    (CARNET, "identifiant", {"genre": "allocataire", "valeur": EMPREINTE},
     ["Numéro d'allocataire de la Caf ou de la MSA", "connu, gardé sous une empreinte"], []),
    (VRSB, "observation", {"cle": f"MSA|771|{EMPREINTE}|ALINE", "empreinte": EMPREINTE[17:], "presente": True},
     ["Clé de l'enregistrement dans la source : MSA|771|une empreinte|ALINE", "Présent dans le fichier : oui"], []),
    ("", "action", {"id": "a", "etape": "prescrite", "libelle": "Un atelier", "structure": "structure:s",
                    "date_prevue": "2022-04-01", "theme": "emploi"},
     ["Action : Un atelier", "Étape : prescrite", "Structure : structure n° 1", "Date prévue : 1er avril 2022",
      "Thème : Expérience et accès à l'emploi"], []),
    ("", "rendez_vous", {"id": "r", "etape": "fixe", "prevu_le": "2022-07-01T08:30:00Z", "avec": "professionnel:p"},
     ["Prévu le : 1er juillet 2022 à 10 h 30", "Professionnel : professionnel n° 1"], []),
    ("", "consentement", {"finalite": "instance", "destinataire": "referent", "accorde": True,
                          "objets": ["frein", "reponse_diagnostic.texte"]},
     ["Consentement : étudier votre situation en instance, votre référent", "Accordé : oui",
      "Faits concernés ; tous quand il n'y en a pas : Frein, Réponse au diagnostic : Texte libre"], []),
    ("", "frein", {"code": "voisinage", "reponse": "oui"}, ["Frein : voisinage"], ["code de la source"]),
]  # fmt: skip


@pytest.mark.parametrize(("liste", "type", "contenu", "parts", "codes"), RECORDED)
def test_an_event_is_read_in_words(liste, type, contenu, parts, codes):
    page = read(held(evenements=[event(type, contenu, liste)]))
    for part in parts:
        assert part in [one.replace("\u202f", " ") for one in page.parts], page.parts
    assert page.codes == codes
    assert not re.search(r"[0-9a-f]{64}", page.text) and not re.search(SUJETS, page.text)


def test_a_fact_takes_the_list_of_the_event_that_says_it():
    """23/6 is a way of moving in both versions, 23/29 is not the same objective."""
    contenu = {"id": "v4/23/29", "libelle": "Accéder à un véhicule", "etat": "REALISE"}
    page = read(
        held(
            [
                fact("activite.CHO.code", "CHO", "caf.vrsb", "e-1"),
                fact(
                    "objectif.v4/23/29.libelle",
                    contenu["libelle"],
                    "france_travail.diagnostic",
                    "e-2",
                ),
                fact("objectif.v4/23/29.etat", "REALISE", "france_travail.diagnostic", "e-2"),
                fact("identite.sexe", "1", "carnet", "e-3"),
                fact("revenu.010/2022-03.nature", "010", "caf.vrsb", "absent"),
                fact("revenu.010/2022-03.mois", "2022-03", "caf.vrsb", "absent"),
                fact("revenu.010/2022-03.montant", "648.00", "caf.vrsb", "absent"),
            ],
            [
                event("activite", {"code": "CHO"}, VRSB),
                event("objectif", contenu, V4, nom="france_travail.diagnostic", id="e-2"),
                # A correction by hand names no list: the codes are those of what it corrects.
                event("activite", {"code": "SAL"}, id="e-3", corrige="e-1"),
            ],
        )
    )
    for part in (
        "Chômeur sans justificatif",
        "Objectif : Accéder à un véhicule",
        "realise",
        "Homme",
        "Ressource d'un mois : Allocations de chomage , mars 2022",
        "648,00 €",
        "Activité : Salarié(e)",
    ):
        assert part in page.parts, part


def test_two_lists_of_one_field_that_share_a_code_are_both_said():
    contenu = {"etat": "4", "motifs_suspension": ["DB", "06"]}
    page = read(held(foyer=[fact("", contenu, "caf.vrsb") | {"type": "droit_rsa"}]))
    assert (
        "Motifs de suspension : Suspension Dossier : Ressources ou Etudiant rémunération insuff. ,"
        " Déclaration Trimestrielle Ressources non fournie" in page.parts
    )


def test_who_the_dossier_names_is_named():
    page = read(
        held(
            evenements=[
                event("professionnel", {"nom": "Exemple", "prenom": "Rose"}, sujets=["professionnel:p"]),
                event("referent", {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:p"}),
            ]
        )
    )  # fmt: skip
    assert "Référent : référent unique" in page.parts
    assert "Professionnel : Rose Exemple" in page.parts


def test_an_effect_is_said_with_its_last_day():
    from spie.words import clair

    assert clair.effet({"debut": "2022-03-01"}) == "depuis le 1er mars 2022"
    month = {"debut": "2021-12-01", "fin": "2022-01-01", "precision": "mois"}
    assert clair.effet(month) == "pour décembre 2021"
    assert clair.effet({"debut": "2021-12-01", "fin": "2021-12-02"}) == "le 1er décembre 2021"
    assert (
        clair.effet({"debut": date(2021, 12, 1), "fin": date(2022, 3, 1)})
        == "du 1er décembre 2021 au 28 février 2022"
    )


def test_a_barrier_is_said_as_the_pack_of_the_desk_says_it():
    acces = held([], [event("frein", {"code": "mobilite", "reponse": "oui"})])
    page = pages.render("acces.html.j2", acces=acces, du_pack={"mobilite": "Se déplacer"})
    assert "Se déplacer" in page and "Mobilité" not in page
    bare = Visible(pages.render("acces.html.j2", acces=acces, du_pack={})).text
    assert "Frein : mobilite" in bare.replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_has_a_language_headings_and_captions():
    acces = held([fact("identite.nom", "Exemple")], [event("identite", {"nom": "Exemple"}, CARNET)])
    page = written(acces)
    assert '<html lang="fr">' in page and "<main>" in page and 'name="viewport"' in page
    assert page.count("<table") == page.count("<caption") == 3
    assert page.count("<th ") == page.count('scope="')
    assert [int(level) for level in re.findall(r"<h(\d)", page)] == [1, 2, 3, 2, 2, 2, 2, 2, 2]
    for link in re.findall(r'href="#(\w+)"', page):
        assert f'id="{link}"' in page


@pytest.fixture(scope="module")
def everybody(files):
    """What is held on each person of some months of the invented département, from all the formats."""
    with spie.Store.memory() as store, Acces.memory() as acces:
        for month, day in (("2022-03", date(2022, 3, 31)), ("2022-04", date(2022, 4, 30))):
            for name, pattern in (
                ("vrsb", "*/vrsb-{}.xml"),
                ("dsp", "dsp/*-{}.xml"),
                ("france_travail_extrait", "france-travail/extrait-{}.csv"),
                ("france_travail_actions", "france-travail/actions-{}.csv"),
                ("carnet_beneficiaires", "carnet/beneficiaires-{}.csv"),
            ):
                for path in sorted(files.glob(pattern.format(month))):
                    given = None if name in ("vrsb", "dsp") else day
                    assert store.importer(name, path, auteur="import", date_fichier=given).clos
        people = store.sujets(limite=2_000)
        for version in ("v1", "v4"):
            diagnostics = sorted(files.glob(f"france-travail/diagnostics/{version}/*.json"))
            for path, person in zip(diagnostics[:20], people, strict=False):
                store.importer(
                    "france_travail_diagnostic",
                    path,
                    auteur="import",
                    personne=person,
                    date_fichier=date(2022, 5, 31),
                )
        asked = [
            one for one in people if "caf.dsp" in {e.source["nom"] for e in store.evenements(one)}
        ]
        desk = Guichet(store, acces, spie.Pack.load("socle-national"))
        found = []
        for person in dict.fromkeys([*people[:20], *asked[:10], *people[::40]]):
            herself = Demande(person, "droit_acces", ["personne"])
            given = desk.acces(herself, person, au=date(2022, 6, 1))
            found.append((given.raw, given.to_html()))
        return found


# Fields whose codes are what they are called by, or that no public list explains.
BARE = {
    "adresse.code_postal", "adresse.code_commune", "identite.code_commune_naissance", "recherche_emploi.metiers",
    "inscription.categorie", "inscription.motif", "inscription.code_structure", "inscription.modalite",
    "droit_rsa.numero_demande", "action.code", "frein.impact", "membre.role",
}  # fmt: skip


def coded(raw):
    """Every code of every event, with its field."""
    types = {one["nom"]: one["schema"]["properties"] for one in spie.dossier.types()}
    for one in raw["evenements"]:
        fields = types[one["type"]]
        if one["contenu"].get("question") == "axe_travail":  # its answers are words
            continue
        for champ, given in one["contenu"].items():
            schema = fields[champ].get("items", fields[champ])
            if schema.get("maxLength") == 128 and f"{one['type']}.{champ}" not in BARE:
                for code in given if isinstance(given, list) else [given]:
                    yield f"{one['type']}.{champ}", code


def test_no_invented_person_reads_a_code_a_fingerprint_or_an_id(everybody):
    sources = Counter()
    for raw, html in everybody:
        sources.update(one["source"] for one in raw["sources"])
        page = Visible(html)
        assert not re.search(r"[0-9a-f]{64}", page.text)
        assert not re.search(SUJETS, page.text)
        assert raw["dossier"].partition(":")[2] not in page.text
        words = {piece.strip() for part in page.parts for piece in re.split(r" : |,", part)}
        for champ, code in coded(raw):
            # A digit alone may be a count elsewhere on the page; a code may be its own label.
            if len(code) > 1 and code != code.lower():
                assert code not in words, (champ, code, page.parts)
    assert sources.keys() >= {
        "caf.vrsb", "caf.dsp", "carnet", "france_travail.extrait", "france_travail.actions", "france_travail.diagnostic",
    }  # fmt: skip


def test_nothing_is_marked_but_what_no_public_list_explains(everybody):
    """The generator writes codes that the lists have."""
    marked, explained_nowhere = Counter(), set()
    for raw, page in everybody:
        marked.update(
            row.strip().rpartition(" : ")[2]
            for row in re.findall(r"([^<>]*)<small class=\"code\">code de la source<", page)
        )
        for one in raw["evenements"]:
            if one["type"] == "inscription":
                held_of = (one["contenu"].get(key) for key in ("categorie", "motif"))
                explained_nowhere.update(code for code in held_of if code)
    assert marked and marked.keys() <= explained_nowhere


def test_a_corrected_value_is_said_by_who_corrected_it():
    first = event("adresse", {"code_postal": "77000", "commune": "Melun"}, VRSB)
    second = event(
        "adresse",
        {"code_postal": "77370", "commune": "Melun"},
        nom="saisie",
        id="e-2",
        corrige="e-1",
        auteur="professionnel:rene",
    )
    said = {"source": "caf.vrsb", "evenement": "e-2"}
    facts = [
        fact("adresse.code_postal", "77370", **said),
        fact("adresse.commune", "Melun", **said),
    ]
    for one in facts:
        one |= {"auteur": "professionnel:rene", "corrige": True}
    page = read(held(facts, [first, second]))
    parts = page.parts
    at = parts.index("77370")
    assert parts[at + 1] == (
        "corrigé par professionnel n° 1 ; d'abord d'après : Caf ou MSA, fichier mensuel du RSA"
    )
    # What the correction left as it was is still what the flow said.
    assert parts[parts.index("Melun") + 1].startswith("Caf ou MSA, fichier mensuel du RSA")


def test_the_page_says_what_article_15_asks(pack):
    """Purposes, recipients, delays, rights, the authority, a contact: from the pack."""
    said = pack.data("traitement")
    with spie.Store.memory() as store, Acces.memory() as acces:
        store.append(
            [
                spie.dossier.evenement(
                    "personne:aline",
                    "identite",
                    {"nom": "EXEMPLE", "prenom": "Aline"},
                    debut=JOUR,
                    auteur="x",
                )
            ]
        )
        asked = Demande("personne:aline", "droit_acces", ["personne"])
        given = Guichet(store, acces, pack).acces(asked, "personne:aline", au=JOUR)
    told = given.to_dict()["traitement"]
    assert told["responsable"] == said["responsable"]
    assert {one["nom"] for one in told["finalites"]} >= {"accompagnement", "evaluation", "annexe_e"}
    recipients = {one["nom"] for one in told["destinataires"]}
    assert "referent" in recipients and "personne" not in recipients
    text = Visible(given.to_html()).text.replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "Accompagner la personne",
        "Destinataire de l'annexe E",
        "Votre dossier : 2 ans depuis votre dernier contact",
        "La liste de qui l'a consulté : 1 an depuis chaque consultation",
        "demander l'effacement",
        "Commission nationale de l'informatique et des libertés",
        "12 rue des Saints-Pères, 77000 Melun",
    ):
        assert words in text, words
