"""A day as pandas, NumPy and Arrow write it, through every public function that asks for one: what it answers is what it answers
to the same datetime.date, refusals too."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
import spie
from spie import conservation, convention, imports, parcours, passeport, recommandations, reseau
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

np = pytest.importorskip("numpy")
pd = pytest.importorskip("pandas")
pa = pytest.importorskip("pyarrow")

ON = date(2022, 6, 1)
NOON = datetime(2022, 6, 1, 12, tzinfo=UTC)
FORMS = {
    "pd.Timestamp": pd.Timestamp(ON),
    "np.datetime64": np.datetime64(ON, "ns"),
    "pa.date32": pa.scalar(ON, pa.date32()),
}
ALINE, REF, MAISON = "personne:aline", "professionnel:ref", "structure:maison"
NAMED = {"professionnel": REF, "role": "referent_unique", "structure": MAISON, "etape": "nomme"}
EVENTS = [
    ("e-1", "identite", {"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": date(1985, 5, 2)}),
    ("e-2", "adresse", {"commune": "Nangis"}),
    ("e-3", "referent", NAMED),
    ("e-4", "frein", {"code": "mobilite", "reponse": "oui"}),
]


@dataclass
class World:
    pack: Any
    store: Any
    acces: Any
    desk: Any
    demand: Demande
    pilot: Demande


@contextmanager
def world(pack: Any) -> Iterator[World]:
    with spie.Store.memory() as store, Acces.memory() as acces:
        events = [
            evenement(ALINE, type_, content, debut=date(2022, 1, 1), auteur=REF, id=id)
            for id, type_, content in EVENTS
        ]
        events.append(
            evenement("personne:basile", "adresse", {"commune": "Provins"}, debut=ON, auteur=REF)
        )
        store.append(events, at=NOON)
        demand = Demande(REF, "accompagnement", ["referent"], MAISON, None, NOON)
        pilot = Demande("professionnel:pil", "pilotage", ["pilote"], "", None, NOON)
        yield World(pack, store, acces, Guichet(store, acces, pack), demand, pilot)


ACT = {"auteur": REF, "at": NOON}
PLAN = {
    "source": "essai",
    "cle": "id",
    "identite": {"nom": "nom", "prenom": "prenom", "date_naissance": "naissance"},
    "faits": [{"type": "contact", "champs": {"telephones": "mobile"}}],
}
ROWS = b"id;nom;prenom;naissance;mobile\n1;ESSAI;Driss;1990-05-04;0639980001\n"
CONVENTION = {
    "id": "c1", "structure": "structure:atelier", "objet": "decouvrir_metier", "objectifs": ["cuisine"],
    "debut": ON, "fin": ON, "prescripteur": "france_travail",
}  # fmt: skip


def seen(w: World, method: str, *given: Any, **named: Any) -> Any:
    return getattr(w.desk, method)(w.demand, ALINE, *given, **named)


CALLS: dict[str, Callable[[World, Any], Any]] = {
    "pack.Pack.parameter": lambda w, d: w.pack.parameter("taux_plafond_frais", d),
    "pack.Pack.evaluate": lambda w, d: w.pack.evaluate("admission", {}, as_of=d),
    "pack.Pack.evaluate_table": lambda w, d: w.pack.evaluate_table(
        "admission", pa.table({"beneficiaire.rsa": ["oui"]}), d
    ).to_arrow().to_pylist(),
    "pack.Pack.columns": lambda w, d: w.pack.columns(d),
    "convention.etat_des_depenses": lambda w, d: convention.etat_des_depenses(w.pack, [], at=d),
    "convention.echeancier": lambda w, d: convention.echeancier(w.pack, {"date_signature": d}, at=d),
    "dossier.evenement": lambda w, d: evenement(
        ALINE, "identite", {"nom": "E", "prenom": "A"}, debut=d, fin=d, auteur=REF
    ),
    "store.Store.importer": lambda w, d: w.store.importer(
        "csv", ROWS, plan=PLAN, date_fichier=d, auteur=REF, at=NOON
    ).date_reference,
    "store.Store.situation": lambda w, d: w.store.situation(ALINE, au=d),
    "store.Store.situations": lambda w, d: list(w.store.situations([ALINE], au=d)),
    "store.Store.decider": lambda w, d: w.store.decider(ALINE, w.pack, "admission", au=d),
    "store.Store.comparer": lambda w, d: w.store.comparer(ALINE, d, d),
    "store.Store.fusionner": lambda w, d: bool(
        w.store.fusionner(ALINE, "personne:basile", effet=d, **ACT)
    ),
    "store.Store.defusionner": lambda w, d: w.store.defusionner("x", {}, effet=d, **ACT),
    "store.Store.detacher": lambda w, d: w.store.detacher("x", effet=d, **ACT),
    "store.Store.corriger": lambda w, d: (
        w.store.corriger("e-2", {"commune": "Melun"}, debut=d, effet=d, **ACT),
        w.store.situation(ALINE, au=ON).fait("adresse.commune").debut,
    )[1],
    "store.Store.retirer": lambda w, d: bool(w.store.retirer("e-2", effet=d, **ACT)),
    "store.Store.effacer": lambda w, d: len(w.store.effacer(ALINE, effet=d, **ACT)),
    "droits.Acces.purger_selon": lambda w, d: w.acces.purger_selon(w.pack, au=d),
    "droits.Guichet.voir": lambda w, d: seen(w, "voir", au=d),
    "droits.Guichet.comparer": lambda w, d: seen(w, "comparer", d, d),
    "droits.Guichet.rechercher": lambda w, d: w.desk.rechercher(w.demand, "EX", au=d),
    "droits.Guichet.acces": lambda w, d: seen(w, "acces", au=d),
    "droits.Guichet.agir": lambda w, d: seen_act(w, d),
    "droits.Guichet.questions": lambda w, d: seen(w, "questions", au=d),
    "droits.Guichet.diagnostic": lambda w, d: seen(w, "diagnostic", au=d),
    "droits.Guichet.feuille_de_route": lambda w, d: seen(w, "feuille_de_route", au=d),
    "droits.Guichet.carnet": lambda w, d: seen(w, "carnet", au=d),
    "droits.Guichet.passeport": lambda w, d: seen(w, "passeport", au=d),
    "droits.Guichet.propositions_passeport": lambda w, d: seen(w, "propositions_passeport", au=d),
    "droits.Guichet.parcours": lambda w, d: seen(w, "parcours", au=d),
    "droits.Guichet.partager": lambda w, d: seen(w, "partager", "carnet", "structure:x", au=d).document,
    "droits.Guichet.participation": lambda w, d: w.desk.participation(w.pilot, du=d, au=d),
    "droits.Guichet.expliquer": lambda w, d: seen(w, "expliquer", w.pack, "admission", au=d),
    "parcours.verifier_immersion": lambda w, d: parcours.verifier_immersion(
        w.pack, CONVENTION | {"debut": d, "fin": d}, [], au=d
    ),
    "parcours.verifier_demande": lambda w, d: parcours.verifier_demande(
        w.pack, {"convention": CONVENTION | {"debut": d, "fin": d}, "precedentes": []}, au=d
    ),
    "parcours.immersion_du_dossier": lambda w, d: parcours.immersion_du_dossier(
        w.pack, w.store, ALINE, "i", au=d
    ),
    "parcours.recenser_instances": lambda w, d: parcours.recenser_instances(w.store, au=d),
    "parcours.Vigilance.to_html": lambda w, d: parcours.cibler(w.store, w.pack, au=ON).to_html(
        w.pack, au=d
    ),
    "parcours.cibler": lambda w, d: parcours.cibler(w.store, w.pack, au=d),
    "parcours.cibler_pour": lambda w, d: parcours.cibler_pour(w.desk, w.demand, w.pack, au=d),
    "parcours.delai_median": lambda w, d: parcours.delai_median(w.store, w.pack, au=d),
    "parcours.ruptures": lambda w, d: parcours.ruptures(w.store, w.pack, au=d),
    "parcours.ruptures_pour": lambda w, d: parcours.ruptures_pour(w.desk, w.pilot, w.pack, au=d),
    "passeport.comparer": lambda w, d: passeport.comparer(w.desk, w.demand, ALINE, au=d, profil={}),
    "passeport.badge_immersion": lambda w, d: passeport.badge_immersion(
        w.desk, w.demand, ALINE, "i", au=d
    ),
    "passeport.delivrer": lambda w, d: passeport.delivrer(
        w.desk, w.demand, ALINE, "i", au=d, par=passeport.Emetteur(spie.badges.Cle.generer("p256"), NOON)
    ),
    "passeport.selection": lambda w, d: passeport.selection(w.desk, w.demand, ALINE, "p", au=d),
    "passeport.ecrire": lambda w, d: passeport.ecrire(w.desk, w.demand, ALINE, "p", au=d),
    "passeport.exporter": lambda w, d: passeport.exporter(w.desk, w.demand, ALINE, au=d, forme="json"),
    "passeport.cesser": lambda w, d: passeport.cesser(w.desk, w.demand, ALINE, "p", au=d),
    "conservation.Conservation.echeance": lambda w, d: conservation.Conservation(
        w.store, w.pack
    ).echeance(ALINE, au=d),
    "conservation.Conservation.echeances": lambda w, d: conservation.Conservation(
        w.store, w.pack
    ).echeances(au=d),
    "conservation.Conservation.prevenir": lambda w, d: conservation.Conservation(
        w.store, w.pack
    ).prevenir(ALINE, effet=d, **ACT),
    "conservation.Conservation.effacer_echus": lambda w, d: conservation.Conservation(
        w.store, w.pack
    ).effacer_echus(effet=d, **ACT),
    "conservation.Conservation.effacer": lambda w, d: conservation.Conservation(
        w.store, w.pack
    ).effacer([ALINE], effet=d, **ACT).personnes,
    "conservation.reprendre_figees": lambda w, d: conservation.reprendre_figees(
        w.store, [], effet=d, **ACT
    ),
    "recommandations.attestation": lambda w, d: recommandations.attestation(
        w.desk, w.demand, ALINE, "r", au=d
    ),
    "recommandations.recevoir": lambda w, d: recommandations.recevoir(
        w.desk, w.demand, ALINE, "r", b"{}", au=d, verificateur=spie.badges.Verificateur(au=NOON)
    ),
    "reseau.relayer_tous": lambda w, d: reseau.relayer_tous(w.desk, w.demand, REF, effet=d),
    "reseau.rendez_vous": lambda w, d: reseau.rendez_vous(w.desk, w.demand, ALINE, au=d),
    "reseau.fiche": lambda w, d: reseau.fiche(w.desk, w.pilot, MAISON, au=d),
    "reseau.compter": lambda w, d: reseau.compter(w.desk, w.pilot, du=d, au=d),
    "reseau.suivis_label": lambda w, d: reseau.suivis_label(w.desk, w.pilot, MAISON, au=d),
    "reseau.badges": lambda w, d: reseau.badges(w.desk, w.pilot, MAISON, au=d),
    "reseau.attestation_badge": lambda w, d: reseau.attestation_badge(
        w.desk, w.pilot, MAISON, "label", au=d
    ),
    "reseau.noter_badge": lambda w, d: reseau.noter_badge(
        w.desk, w.pilot, MAISON, "label", b"{}", effet=d
    ),
    "reseau.sollicitations": lambda w, d: reseau.sollicitations(w.desk, w.demand, au=d),
    "reseau.satisfaction": lambda w, d: reseau.satisfaction(w.desk, w.pilot, au=d),
    "imports.verifier_saisie": lambda w, d: imports.verifier_saisie(
        "identite", {"nom": "E", "prenom": "A", "date_naissance": d}, jour=d
    ),
}  # fmt: skip


def seen_act(w: World, on: Any) -> Any:
    done = w.desk.agir(
        w.demand, "rendez_vous.fixer", ALINE, effet=on, contenu={"id": "r", "date": on, "avec": REF}
    )
    return len(done.evenements)


def outcome(call: Callable[[World, Any], Any], world: World, given: Any) -> Any:
    try:
        answer = call(world, given)
    except spie.SpieError as refused:
        return type(refused), refused.code, refused.message
    if isinstance(answer, list | tuple):
        return [one.to_dict() if hasattr(one, "to_dict") else one for one in answer]
    return answer.to_dict() if hasattr(answer, "to_dict") else answer


@pytest.mark.parametrize("given", FORMS.values(), ids=FORMS.keys())
@pytest.mark.parametrize("name", CALLS)
def test_a_day_means_the_same_whoever_writes_it(name, given, pack):
    with world(pack) as one, world(pack) as other:  # many record what they do
        answer = outcome(CALLS[name], one, given)
        assert answer == outcome(CALLS[name], other, ON)
        assert "date is expected" not in str(answer)


FAMILIES = (
    "feel", "dmn", "pack", "convention", "dossier", "droits", "parcours", "passeport", "conservation",
    "recommandations", "reseau", "imports", "actes", "rome", "badges", "store",
)  # fmt: skip
OF_ALL = {"store.act"}
"""What the others call."""


def asks_for_a_day(function: Any) -> bool:
    return any(
        "date" in (kind := str(one.annotation)) and "datetime" not in kind
        for one in inspect.signature(function).parameters.values()
    )


def test_no_function_that_asks_for_a_day_is_left_out():
    found = set()
    for family in FAMILIES:
        module = importlib.import_module(f"spie.{family}")
        for name, one in vars(module).items():
            if name.startswith("_") or getattr(one, "__module__", None) != module.__name__:
                continue
            members = {name: one} if inspect.isfunction(one) else {}
            if inspect.isclass(one):
                members = {
                    f"{name}.{inner}": getattr(member, "__func__", member)
                    for inner, member in vars(one).items()
                    if not inner.startswith("_")
                }
            found |= {
                f"{family}.{inner}"
                for inner, member in members.items()
                if inspect.isfunction(member) and asks_for_a_day(member)
            }
    assert found - OF_ALL == set(CALLS)
