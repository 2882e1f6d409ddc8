"""The France Travail diagnostic of one job seeker, in the two known states of the API (v1, v4).

Structure, codes and labels are those that public code reads (`exchange/france-travail/README.md`).
Neither state names the person: the file is named by the identifier of the extract. In v4 the codes of
constraints 25 to 29 are unknown, so only 22, 23 and 24 stand there.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from spie.synthetic import hypotheses
from spie.synthetic.modele import Adulte, Diagnostic
from spie.synthetic.structures import conseiller
from spie.synthetic.tirage import Tirage

THEME = ("7", "Résoudre ses contraintes personnelles")
NUMERIQUE = "22"


def diagnostic(adulte: Adulte, found: Diagnostic) -> dict[str, Any]:
    """The JSON of that diagnostic."""
    tirage = Tirage("diagnostic", adulte.identifiant)
    if found.version == "v1":
        return _v1(tirage, adulte, found.date)
    return _v4(tirage, adulte, found.date)


def _freins(adulte: Adulte) -> dict[str, dict[str, Any]]:
    """What the barriers of the person open, by constraint."""
    return {
        one["contrainte"]: one
        for name, one in hypotheses.read("freins.json")["freins"].items()
        if name in adulte.freins and one["contrainte"]
    }


def _needs(tirage: Tirage, codes: list[list[str]]) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "libelle": label,
            "valeur": tirage.choice(("NON_EXPLORE", "NON_EXPLORE", "BESOIN", "POINT_FORT")),
        }
        for code, label, _theme in codes
    ]


# --- v1


def _v1(tirage: Tirage, adulte: Adulte, day: date) -> dict[str, Any]:
    known = hypotheses.read("diagnostic.json")["v1"]
    instant = f"{day.isoformat()}T13:00:00.000+00:00"
    opened = _freins(adulte)
    _rome, label = hypotheses.read("metiers.json")["metiers"][adulte.metiers[0]]
    return {
        "besoinsParDiagnosticIndividuDtos": [
            {
                "idMetierChiffre": f"metier-exemple-{adulte.metiers[0]:02}",
                "nomMetier": label,
                "typologie": "métier recherché",
                "statut": "EN_COURS",
                "estPrioritaire": False,
                "dateMiseAJour": instant,
                "besoins": _needs(tirage, known["besoins"]),
            }
        ],
        "contraintesIndividusDto": {
            "conseiller": conseiller(adulte.numero).courriel,
            "dateDeModification": instant,
            "code": THEME[0],
            "libelle": THEME[1],
            "contraintes": [
                _constraint_v1(tirage, one, opened.get(one["code"]), instant)
                for one in known["contraintes"]
            ],
        },
    }


def _constraint_v1(
    tirage: Tirage, one: dict[str, Any], frein: dict[str, Any] | None, instant: str
) -> dict[str, Any]:
    closed = frein is not None and tirage.chance(hypotheses.rate("part_contraintes_closes"))
    goals = frein["v1"] if frein else []
    return {
        "code": one["code"],
        "libelle": one["libelle"],
        "valeur": "NON_ABORDEE" if frein is None else "CLOTUREE" if closed else "OUI",
        "date": instant if frein else None,
        "situations": [
            {"code": code, "libelle": label, "valeur": _situation(tirage, code, frein)}
            for code, label in one["situations"]
        ],
        "objectifs": [
            {"code": code, "libelle": label, "valeur": _goal(tirage, code, goals, closed)}
            for code, label in one["objectifs"]
        ],
    }


def _told(tirage: Tirage, name: str) -> bool:
    return tirage.chance(hypotheses.rate(name))


def _situation(tirage: Tirage, code: str, frein: dict[str, Any] | None) -> str:
    if frein is None:
        return "NON_ABORDEE"
    if code in frein["situations"]:
        return "OUI" if _told(tirage, "part_situations_oui") else "NON_ABORDEE"
    return "NON" if _told(tirage, "part_situations_non") else "NON_ABORDEE"


def _goal(tirage: Tirage, code: str, goals: list[str], closed: bool) -> str:
    """A closed constraint has goals that are reached or given up; an open one, goals under way."""
    if code not in goals or not _told(tirage, "part_objectifs"):
        return "NON_ABORDE"
    if closed:
        return tirage.choice(("REALISE", "REALISE", "ABANDONNE"))
    return "EN_COURS"


# --- v4


def _v4(tirage: Tirage, adulte: Adulte, day: date) -> dict[str, Any]:
    known = hypotheses.read("diagnostic.json")["v4"]
    instant = f"{day.isoformat()}T15:00:00.000+02:00"
    counsellor = conseiller(adulte.numero)
    agent = {
        "id": f"agent-exemple-{adulte.numero % 60:02}",
        "nom": counsellor.nom.upper(),
        "prenom": counsellor.prenom,
        "structure": "Structure fictive 77",
    }
    opened = _freins(adulte)
    constraints = [
        _constraint_v4(tirage, one, opened.get(one["code"]), instant, agent)
        for one in known["contraintes"]
    ]
    personal = [one for one in constraints if one["code"] != NUMERIQUE]
    digital = next(one for one in constraints if one["code"] == NUMERIQUE)
    need = next(one["besoin"] for one in known["contraintes"] if one["code"] == NUMERIQUE)
    return {
        "besoinsParDiagnostic": [_job_v4(tirage, adulte, known["besoins"], instant, agent)],
        "thematiqueContrainte": {
            "agent": agent,
            "dateExploration": instant,
            "code": THEME[0],
            "libelle": THEME[1],
            "declareSansContrainte": {"flag": not opened, "date": instant},
            "contraintes": personal,
        },
        "pouvoirAgir": {
            "confiance": "NON",
            "accompagnement": "NE_SAIT_PAS",
            "resultatAnalyse": "Possible perte de confiance",
            "agent": agent,
            "dateExploration": instant,
        },
        "autonomieNumerique": {
            "dateExploration": instant,
            "agent": agent,
            "contrainte": digital,
            "besoin": {
                "code": need[0],
                "libelle": need[1],
                "valeur": "BESOIN" if NUMERIQUE in opened else "NON_EXPLORE",
                **_by(agent, instant, NUMERIQUE in opened),
            },
        },
    }


def _by(agent: dict[str, str], instant: str, done: bool) -> dict[str, Any]:
    return {"dateExploration": instant if done else None, "agent": agent if done else None}


def _job_v4(
    tirage: Tirage,
    adulte: Adulte,
    needs: list[list[str]],
    instant: str,
    agent: dict[str, str],
) -> dict[str, Any]:
    rome, label = hypotheses.read("metiers.json")["metiers"][adulte.metiers[0]]
    values = _needs(tirage, needs)
    for one in values:
        one.update(_by(agent, instant, one["valeur"] != "NON_EXPLORE"))
    themes = {"1": "Choisir un métier", "2": "Se former"}
    return {
        "diagnostic": {
            "idDiagnostic": f"diagnostic-exemple-{adulte.numero:08}",
            "idMetierChiffre": f"metier-exemple-{adulte.metiers[0]:02}",
            "nomMetier": label,
            "typologie": "métier recherché",
            "codeTypologie": "MR",
            "codeSousTypologie": "MR",
            "codeRome": rome,
            "codeAppellation": None,
            "statut": "EN_COURS",
            "estPrioritaire": False,
            "agent": agent,
            "dateMiseAJour": instant,
            "dateMiseAJourProjet": None,
            "estCreationPartenaire": True,
        },
        "dateDerniereExplorationBesoin": instant,
        "agentDerniereExplorationBesoin": agent,
        "thematiquesBesoins": [
            {
                "code": theme,
                "libelle": name,
                "besoins": [
                    value
                    for value, (_code, _label, of) in zip(values, needs, strict=True)
                    if of == theme
                ],
            }
            for theme, name in themes.items()
        ],
    }


def _constraint_v4(
    tirage: Tirage,
    one: dict[str, Any],
    frein: dict[str, Any] | None,
    instant: str,
    agent: dict[str, str],
) -> dict[str, Any]:
    goals = frein["v4"] if frein else []
    found: dict[str, Any] = {
        "code": one["code"],
        "libelle": one["libelle"],
        "valeur": "NON_ABORDEE" if frein is None else "OUI",
        "estPrioritaire": frein is not None and _told(tirage, "part_prioritaires"),
        "dateExploration": instant if frein else None,
    }
    if frein:
        # The only degree that any source shows.
        found["impact"] = "FAIBLE"
    found["situations"] = []
    for code, label in one["situations"]:
        value = _situation(tirage, code, frein)
        told = {"code": code, "libelle": label, "valeur": value}
        found["situations"].append(told | _by(agent, instant, value != "NON_ABORDEE"))
    found["objectifs"] = []
    for code, label in one["objectifs"]:
        value = _goal(tirage, code, goals, closed=False)
        told = {"code": code, "libelle": label, "valeur": value}
        found["objectifs"].append(told | _by(agent, instant, value != "NON_ABORDE"))
    return found
