"""A dossier in words, for who follows it: each fact, who says it, and what correcting it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from spie import formatting
from spie.dossier import Situation
from spie.droits import Vue, VueDifferences, VueHistorique, VueSituation
from spie.terminal.blocks import Prose, pairs, table
from spie.words import clair
from spie.words.chemin import lire

REASONS = {
    "source_unique": "",
    "accord": "les sources s'accordent",
    "ordre_des_sources": "retenu par l'ordre des sources",
    "fraicheur": "les autres sont trop anciennes",
    "effet_le_plus_recent": "retenu pour son effet, le plus récent",
    "dernier_enregistre": "retenu comme dernier enregistré",
}


class Mots(clair.Page):
    """The words of the codes; people and structures keep their ids, which the commands take."""

    def __init__(self, view: Vue, situation: Mapping[str, Any] | None = None) -> None:
        held = situation or {"dossier": "", "faits": []}
        raw = {"evenements": [], "dossier": held["dossier"], "situation": held}
        super().__init__(raw, view.words)

    def sujet(self, given: str) -> str:
        return clair.EMPREINTE.sub("une empreinte", given)

    def titre(self, type: str, contenu: Mapping[str, Any], source: str) -> str:
        return clair.texte(self._titre(type, contenu, source), " : ")

    def champ(self, type: str, champ: str) -> str:
        return clair.texte(self._champ(type, champ), "")

    def dit(
        self, type: str, champ: str, given: Any, contenu: Mapping[str, Any], source: str
    ) -> str:
        """A value; a code that no list knows stands between brackets, as it was written."""
        return clair.texte(self.valeur(type, champ, given, contenu, source), ", ")

    def fait(self, chemin: str) -> str:
        """The title of a path: "Frein : Mobilité, réponse"."""
        type, cle, champ = lire(chemin)
        if type not in clair.types():
            return chemin
        keys = clair.types()[type].get("cle") or []
        title = self.titre(type, dict.fromkeys(keys[:1], cle) if cle else {}, "")
        return f"{title}, {self.champ(type, champ)[:1].lower()}{self.champ(type, champ)[1:]}"


def _origin(mots: Mots, said: Mapping[str, Any]) -> str:
    text = mots.origine(said["source"], said.get("auteur"))
    if said.get("corrige"):
        text += " (corrigé)"
    if said.get("debut"):
        text += f", depuis le {formatting.long_date(said['debut'])}"
    return text


def situation(view: VueSituation) -> Group:
    """What is shown; what is not is told from the rules, whether the store holds it or not."""
    found, retenues = view.situation, view.retenues
    hidden = any(one.objet in ("foyer", "dossier") for one in retenues)
    nothing = "Aucun fait montré à cette date." if retenues else "Aucun fait à cette date."
    head = [
        ("Dossier", found.dossier),
        ("Au", formatting.long_date(found.au)),
        ("Foyer", found.foyer or ("non montré" if hidden else "inconnu")),
        ("Fusionnés", ", ".join(found.absorbes) or "aucun"),
    ]
    raw = found.to_dict()
    shown: list[RenderableType] = [pairs(head)]
    mots = Mots(view, raw)

    def of_one(fact: Mapping[str, Any]) -> str:
        return str(fact["chemin"]).rpartition(".")[0]

    for path, held in groupby(raw["faits"], of_one):
        shown.append(Group(*_fact(mots, path, list(held))))
    return Group(*shown, *([] if raw["faits"] else [Text(nothing)]))


def _fact(mots: Mots, path: str, facts: list[Mapping[str, Any]]) -> Iterable[RenderableType]:
    type = lire(f"{path}.x").type
    contenu = {lire(fact["chemin"]).champ: fact["valeur"] for fact in facts}
    first = facts[0].get("source", "")
    shown = clair.EMPREINTE.sub("…", path)  # nobody types a fingerprint
    yield Text.assemble(("\n" + mots.titre(type, contenu, first), "bold"), (f"  {shown}", "dim"))

    def said_by(fact: Mapping[str, Any]) -> tuple[str, str]:
        return (_origin(mots, fact) if "source" in fact else "", fact.get("evenement") or "")

    for (origin, event), same in groupby(facts, said_by):
        reasons: dict[str, None] = {}
        for fact in same:
            champ = lire(fact["chemin"]).champ
            value = mots.dit(type, champ, fact["valeur"], contenu, fact.get("source", first))
            yield Prose(f"  {mots.champ(type, champ)}{formatting.FIXED}: {value}  [{champ}]")
            for other in fact.get("autres", ()):
                said = mots.dit(type, champ, other["valeur"], contenu, other["source"])
                yield Prose(f"    sinon {said} : {_origin(mots, other)}", "attention")
            reasons[REASONS.get(fact.get("raison", ""), "")] = None
        why = "".join(f" ; {one}" for one in reasons if one)
        if not origin:
            yield Prose("  résumé, par grandes classes", "dim")
            continue
        named = f" ; événement {event}" if event else ""
        yield Prose(f"  D'après : {origin}{why}{named}", "dim")


def history(view: VueHistorique, path: str) -> RenderableType:
    said, retenues = view.paroles, view.retenues
    if not said:
        closed = next((one for one in retenues if one.objet == "chemin"), None)
        if closed is not None:
            return Text(f"{closed.titre} : {closed.texte}.")
        rest = ", de ce qui est montré" if retenues else ""
        return Text(f"Rien n'en a jamais été dit{rest}.")
    mots = Mots(view)
    shown: list[RenderableType] = []
    champ = lire(path).champ
    for one in said:
        state = (
            f"corrigé par {one.corrige_par}"
            if one.corrige_par
            else "import non clos, ne compte pas"
            if not one.compte
            else ""
        )
        effect = f"depuis le {formatting.long_date(one.debut)}"
        if one.fin:
            effect += f", jusqu'au {formatting.long_date(one.fin)} exclu"
        value = one.valeur
        if value is None:
            what = "retiré" if one.type == "retrait" else "n'en dit plus rien"
        elif isinstance(value, Mapping):
            what = " ; ".join(
                f"{mots.champ(one.type, key)}{formatting.FIXED}: "
                f"{mots.dit(one.type, key, held, value, one.source)}"
                for key, held in value.items()
            )
        else:
            what = mots.dit(one.type, champ, value, {champ: value}, one.source)
        when = (
            ""
            if one.enregistre is None
            else f"Enregistré le {clair.moment(one.enregistre.isoformat())}, "
        )
        shown.append(Prose(f"{what}"))
        shown.append(
            Prose(
                f"  {when}{mots.origine(one.source, one.auteur)}, {effect} ; événement {one.evenement}",
                "dim",
            )
        )
        if state:
            shown.append(Prose(f"  {state}", "attention"))
    return Group(*shown)


def differences(view: VueDifferences) -> RenderableType:
    found, retenues = view.differences, view.retenues
    if not found:
        return Text("Rien ne change dans ce qui est montré." if retenues else "Rien ne change.")
    mots = Mots(view)
    shown: list[RenderableType] = []
    for one in found:
        type, _, champ = lire(one.chemin)
        shown.append(Text.assemble((mots.fait(one.chemin), "bold"), (f"  {one.chemin}", "dim")))
        for when, said in (("avant", one.avant), ("après", one.apres)):
            value = (
                "—"
                if said is None
                else mots.dit(type, champ, said.valeur, {champ: said.valeur}, said.source)
            )
            shown.append(Prose(f"  {when} : {value}"))
    return Group(*shown)


def people(found: Iterable[Situation]) -> RenderableType:
    made = table("Dossier", "Nom", "Prénom", "Né le")
    for one in found:
        made.add_row(
            one.dossier,
            *(formatting.value(one.valeur(f"identite.{key}")) for key in ("nom", "prenom")),
            formatting.value(one.valeur("identite.date_naissance")),
        )
    return (
        made
        if made.row_count
        else Text("Aucune personne de ce nom parmi les dossiers que ce rôle voit.")
    )
