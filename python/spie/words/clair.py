"""What the right of access gives, in words that the person it is about can read.

The lists of the sources say their codes (spie.words.nomenclatures), the pack its own, mots.json ours; what none of them
knows stays as it is and is marked so. No fingerprint and no id of a subject is shown: the JSON has them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from spie import _core, bundled, formatting
from spie.words import nomenclatures
from spie.words.chemin import lire

EMPREINTE = re.compile(r"\b(?:[0-9a-f]{16}:)?[0-9a-f]{64}\b")
SUJET = re.compile(r"(personne|foyer|structure|professionnel|instance|import|journal):[\w.-]{1,64}")
MOIS = re.compile(r"(\d{4})-(\d\d)")
JOUR = re.compile(r"\d{4}-\d\d-\d\d")
UNITES = {"nombre": "", "pourcentage": f"{formatting.FIXED}%"}


class Mot(NamedTuple):
    """Words, with the code that they stand for; `connu` is false where no list knows the code."""

    texte: str
    code: str = ""
    connu: bool = True


@dataclass(frozen=True)
class Ligne:
    titre: list[Mot]
    valeur: list[Mot]
    source: str = ""
    depuis: str = ""
    resume: bool = False


@dataclass(frozen=True)
class Groupe:
    """Lines under one title; a line that says it all has none."""

    titre: list[Mot]
    lignes: list[Ligne] = field(default_factory=list)


def texte(mots: Iterable[Mot], lien: str) -> str:
    """On one line, without the codes; one that no list knows stands between brackets."""
    return lien.join(mot.texte if mot.connu else f"[{mot.texte}]" for mot in mots)


@cache
def _mots() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(bundled.words().read_text(encoding="utf-8"))
    return read


@cache
def types() -> dict[str, dict[str, Any]]:
    """The types of events, by their name."""
    return {one["nom"]: one for one in _core.event_types()}


@cache
def _paris() -> tuple[Any, str]:
    try:
        return ZoneInfo("Europe/Paris"), ""
    except ZoneInfoNotFoundError:  # a Windows without tzdata
        return UTC, " (temps universel)"


def moment(instant: str) -> str:
    """5 mars 2022 à 13 h 00, in Paris."""
    zone, note = _paris()
    read = datetime.fromisoformat(instant).astimezone(zone)
    return f"{formatting.long_date(read.date())} à {read.hour} h {read.minute:02}{note}"


def mois(text: str) -> str:
    """janvier 2022."""
    found = MOIS.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        return text
    return f"{formatting.MONTHS[int(found[2]) - 1]} {found[1]}"


def effet(given: Mapping[str, Any]) -> str:
    """From when to when a fact holds: the last day is said, not the first one after."""
    first = _day(given["debut"])
    if given.get("fin") is None:
        return f"depuis le {formatting.long_date(first)}"
    last = _day(given["fin"]) - timedelta(days=1)
    if given.get("precision") == "mois" and (first.year, first.month) == (last.year, last.month):
        return f"pour {mois(first.isoformat()[:7])}"
    if first == last:
        return f"le {formatting.long_date(first)}"
    return f"du {formatting.long_date(first)} au {formatting.long_date(last)}"


def _day(given: Any) -> date:
    return date.fromisoformat(given) if isinstance(given, str) else given


def _jour(text: str) -> str:
    with suppress(ValueError):
        return formatting.long_date(text)
    return text


def source(name: str) -> str:
    known: str = _mots()["sources"].get(name, name)
    return known


def _listed(liste: str, code: str) -> str | None:
    found: str | None = _mots()["listes"][liste].get(code)
    return found


class Page:
    def __init__(self, acces: Mapping[str, Any], du_pack: Mapping[str, str] = {}) -> None:
        """`du_pack` says how the codes of the pack of the one who shows it are said."""
        self._acces = acces
        self._du_pack = du_pack
        self._evenements = {one["id"]: one for one in acces["evenements"] if "id" in one}
        self._soi = {acces["dossier"], *acces["situation"].get("absorbes", ())}
        self._foyer = acces["situation"].get("foyer")
        self._numeros: dict[str, list[str]] = {}
        self._noms: dict[str, str] = {}
        self._libelles: dict[tuple[str, str], str] = {}
        for one in acces["evenements"]:
            held = one.get("contenu") or {}
            if one["type"] in _mots()["numerotes"] and held.get("nom") and one.get("sujets"):
                self._noms[one["sujets"][0]] = " ".join(
                    part for part in (held.get("prenom"), held["nom"]) if part
                )
            if held.get("id") and held.get("libelle"):
                self._libelles[one["type"], held["id"]] = held["libelle"]

    # --- who ---

    @property
    def nom(self) -> str:
        """The person's, or nothing."""
        held = {one["chemin"]: one["valeur"] for one in self._acces["situation"]["faits"]}
        return " ".join(
            str(held[path]) for path in ("identite.prenom", "identite.nom") if path in held
        )

    @property
    def sans_nom(self) -> bool:
        """Whether the page numbers people or structures whose names the dossier does not have."""
        return bool(self._numeros)

    def sujet(self, given: str) -> str:
        """A subject in words; any other text as it is."""
        found = SUJET.fullmatch(given)
        if found is None:
            return EMPREINTE.sub("une empreinte", given)
        if given in self._soi:
            return "vous"
        if given == self._foyer:
            return "votre foyer"
        if given in self._noms:
            return self._noms[given]
        genre = found[1]
        words: str = _mots()["sujets"][genre]
        if genre not in _mots()["numerotes"]:
            return words
        met = self._numeros.setdefault(genre, [])
        if given not in met:
            met.append(given)
        return f"{words} n°{formatting.FIXED}{met.index(given) + 1}"

    def auteur(self, given: str) -> str:
        known: str | None = _mots()["auteurs"].get(given)
        return known or self.sujet(given)

    def origine(self, name: str, auteur: str | None) -> str:
        # That a program read a file is said by the name of the file's kind.
        if not auteur or auteur in _mots()["auteurs"]:
            return source(name)
        return f"{source(name)}, {self.auteur(auteur)}"

    def _dit_par(self, champ: str, said: Mapping[str, Any]) -> str:
        """Who says a value: who corrected it, where the source itself said something else."""
        first = self._evenements.get(said.get("evenement") or "")
        while first is not None and first.get("corrige") is not None:
            first = self._evenements.get(first["corrige"])
        held = (first or {}).get("contenu") or {}
        if not said.get("corrige") or (first is not None and held.get(champ) == said["valeur"]):
            return self.origine(said["source"], said.get("auteur"))
        who = f" par {self.auteur(said['auteur'])}" if said.get("auteur") else ""
        return f"corrigé{who} ; d'abord d'après : {source(said['source'])}"

    def _evenement(self, id: str) -> str:
        found = self._evenements.get(id)
        if found is None:
            return "un autre événement"
        return f"{types()[found['type']]['titre']}, enregistré le {moment(found['enregistre'])}"

    def _nomenclature(self, evenement: Mapping[str, Any] | None, source: str) -> str:
        """The version of the lists that an event was coded with; a correction has that of what it corrects."""
        met = set()
        while evenement is not None and evenement.get("id") not in met:
            met.add(evenement.get("id"))
            named: str | None = evenement["source"].get("nomenclature")
            if named or evenement.get("corrige") is None:
                return named or str(evenement["source"]["nom"])
            evenement = self._evenements.get(evenement["corrige"])
        return source

    # --- values ---

    def valeur(
        self, type: str, champ: str, given: Any, contenu: Mapping[str, Any], liste: str
    ) -> list[Mot]:
        """What a field of a type holds. `liste` is the reference of the nomenclature of its source."""
        schema = types().get(type, {}).get("schema", {}).get("properties", {}).get(champ, {})
        return self._valeur(f"{type}.{champ}", schema, given, contenu, liste)

    def _valeur(
        self,
        chemin: str,
        schema: Mapping[str, Any],
        given: Any,
        contenu: Mapping[str, Any],
        liste: str,
    ) -> list[Mot]:
        if isinstance(given, list):
            inner = schema.get("items", {})
            return [
                mot for one in given for mot in self._valeur(chemin, inner, one, contenu, liste)
            ] or [Mot("aucun")]
        if isinstance(given, Mapping):
            return [Mot(self._objet(chemin, schema, given, liste))]
        if chemin in _mots()["tels_quels"]:
            return [Mot(str(given))]
        if isinstance(given, bool) or given is None:
            return [Mot(formatting.value(given))]
        if schema.get("format") == "date" or isinstance(given, date):
            return [Mot(formatting.long_date(given))]
        if schema.get("type") == "number":
            return [Mot(self._montant(given, contenu, liste))]
        if not isinstance(given, str):
            return [Mot(formatting.value(given))]
        if schema.get("format") == "date-time":
            return [Mot(moment(given))]
        if schema.get("pattern", "").startswith("^[0-9]{4}-"):
            return [Mot(mois(given))]
        return [self._texte(chemin, schema, given, contenu, liste)]

    def _objet(
        self, chemin: str, schema: Mapping[str, Any], given: Mapping[str, Any], liste: str
    ) -> str:
        if "etape" in given and "date" in given:  # a step of a fact that goes by steps
            words = _mots()["mots"].get(given["etape"], given["etape"])
            return f"{words} le {formatting.long_date(given['date'])}"
        fields = schema.get("properties", {})
        name = lire(chemin).champ
        said = []
        for key, held in given.items():
            inner = fields.get(key, {})
            words = self._valeur(f"{name}.{key}", inner, held, given, liste)
            title = inner.get("title", formatting.label(key))
            said.append(f"{title.lower()} : {', '.join(mot.texte for mot in words)}")
        return " ; ".join(said)

    def _montant(self, given: Any, contenu: Mapping[str, Any], liste: str) -> str:
        """Euros, unless the list says that the nature counts something else."""
        for name in nomenclatures.listes(liste, "revenu.nature"):
            found = nomenclatures.entrees(liste, name, str(contenu.get("nature", "")))
            if found and "unite" in found:
                return formatting.amount(given) + UNITES[found["unite"]]
        return formatting.euros(given)

    def _texte(
        self,
        chemin: str,
        schema: Mapping[str, Any],
        given: str,
        contenu: Mapping[str, Any],
        liste: str,
    ) -> Mot:
        if chemin == "identifiant.valeur" and EMPREINTE.search(given):
            return Mot("connu, gardé sous une empreinte")
        if SUJET.fullmatch(given):
            return Mot(self.sujet(given))
        if JOUR.fullmatch(given):  # the answer of a question may be a date
            return Mot(_jour(given))
        # A document that names nobody is known by the id of the dossier that it was read for.
        if chemin.endswith(".cle") and given in {one.partition(":")[2] for one in self._soi}:
            return Mot("votre dossier")
        if chemin in _mots()["evenements_nommes"]:
            return Mot(self._evenement(given))
        if chemin in _mots()["faits_nommes"]:
            return Mot(self._fait(given))
        if (found := self._libelle(chemin, given, contenu, liste)) is not None:
            return found
        if given in schema.get("enum", ()):
            return Mot(_mots()["mots"].get(given, formatting.label(given)))
        coded = schema.get("maxLength") == 128 and chemin not in _mots()["tels_quels"]
        return Mot(self.sujet(given), connu=not coded)

    def _libelle(
        self, chemin: str, code: str, contenu: Mapping[str, Any], liste: str
    ) -> Mot | None:
        if chemin == "reponse_diagnostic.question":
            asked = nomenclatures.question(liste, code)
            title = nomenclatures.titre(liste, asked, code) if asked else None
            return None if title is None else Mot(title.replace(" ?", f"{formatting.FIXED}?"))
        named = nomenclatures.listes(liste, chemin)
        if chemin.startswith("reponse_diagnostic.valeurs"):
            asked = nomenclatures.question(liste, str(contenu.get("question", "")))
            if asked is not None and asked.en_clair:
                return Mot(code)
            named = [asked.valeurs] if asked is not None and asked.valeurs else []
        entries = [nomenclatures.entrees(liste, name, code) for name in named]
        if known := [one for one in entries if one is not None]:
            # Two lists of one field may share a code: the source does not say which.
            words = " ou ".join(dict.fromkeys(nomenclatures.libelle(one) for one in known))
            return Mot(words, code if any("libelle" in one for one in known) else "")
        ours = _mots()["champs"].get(chemin)
        if ours is None:
            return None
        if "/" in ours:
            entry = nomenclatures.entrees("", ours, code)
            return None if entry is None else Mot(nomenclatures.libelle(entry), code)
        word = self._du_pack.get(code) if ours == "pack" else _listed(ours, code)
        return None if word is None else Mot(word)

    @staticmethod
    def _fait(chemin: str) -> str:
        """ "frein" or "frein.texte", or the name of a field alone."""
        name, _, champ = chemin.partition(".")
        if name not in types():
            return formatting.label(chemin)
        fields = types()[name]["schema"]["properties"]
        title = fields.get(champ, {}).get("title", champ)
        return f"{types()[name]['titre']} : {title}" if champ else str(types()[name]["titre"])

    # --- facts ---

    def _cle(self, type: str, contenu: Mapping[str, Any]) -> list[str]:
        if type not in types():
            return []
        named = _mots()["cles"].get(type, types()[type].get("cle") or [])
        return [champ for champ in named if champ in contenu]

    def _titre(self, type: str, contenu: Mapping[str, Any], liste: str) -> list[Mot]:
        """ "Frein : Mobilité": the type, and what of its key has words."""
        title = Mot(types()[type]["titre"] if type in types() else type)
        said = [
            mot
            for champ in self._cle(type, contenu)
            for mot in self.valeur(type, champ, contenu[champ], contenu, liste)
        ]
        known = self._libelles.get((type, str(contenu.get("id", ""))))
        if known and "libelle" not in contenu:
            said.append(Mot(known))
        if type in _mots()["sans_titre"] and said:
            return said
        return [title, *said]

    def _champ(self, type: str, champ: str) -> list[Mot]:
        fields = types().get(type, {}).get("schema", {}).get("properties", {})
        title = "Étapes" if champ == "etapes" else fields.get(champ, {}).get("title", champ)
        return [Mot(str(title))]

    def _dits(self, type: str, contenu: Mapping[str, Any], liste: str) -> list[str]:
        """The fields that a reader is shown, beside those of the title."""
        hidden = {*self._cle(type, contenu)}
        if "etapes" in contenu:
            hidden.add("etape")
        if {"reponse", "valeurs"} <= contenu.keys():
            words = self.valeur(type, "valeurs", contenu["valeurs"], contenu, liste)
            reply = self.valeur(type, "reponse", contenu["reponse"], contenu, liste)
            if {mot.texte.lower() for mot in words} == {mot.texte.lower() for mot in reply}:
                hidden.add("valeurs")
        return [
            champ
            for champ in contenu
            if champ not in hidden and f"{type}.{champ}" not in _mots()["tus"]
        ]

    def groupe(
        self,
        type: str,
        contenu: Mapping[str, Any],
        liste: str,
        faits: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> Groupe:
        """The lines of one fact, or of one event; `faits` says where each field comes from."""
        origins = faits or {}

        def line(titre: list[Mot], champ: str) -> Ligne:
            said = origins.get(champ, {})
            # Each field may come from another source, coded with another list.
            held = self._liste_de(said) if said.get("source") else liste
            return Ligne(
                titre,
                self.valeur(type, champ, contenu[champ], contenu, held),
                self._dit_par(champ, said) if said.get("source") else "",
                formatting.short_date(said["debut"]) if said.get("debut") else "",
                bool(said.get("grossi")),
            )

        keys = self._cle(type, contenu)
        shown = self._dits(type, contenu, liste)
        title = self._titre(type, contenu, liste)
        if not shown:
            lines = [line(self._champ(type, champ), champ) for champ in keys[:1]]
            if not lines:
                return Groupe(title)
            if len(keys) == 1:
                return Groupe([], [Ligne(title[:1], *_rest(lines[0]))])
            return Groupe([], [Ligne(title, [Mot("oui")], *_rest(lines[0])[1:])])
        if len(shown) == 1 and not (keys and shown[0] not in _mots()["nues"]):
            whole = title if keys or type not in types() else self._champ(type, shown[0])
            return Groupe([], [line(whole, shown[0])])
        return Groupe(title, [line(self._champ(type, champ), champ) for champ in shown])

    def _liste_de(self, said: Mapping[str, Any]) -> str:
        return self._nomenclature(self._evenements.get(said.get("evenement", "")), said["source"])

    def rubriques(self) -> list[tuple[str, list[Groupe]]]:
        """The situation: facts by subject matter, those of one key together."""
        groups: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}
        for fact in self._acces["situation"]["faits"]:
            type, cle, champ = lire(fact["chemin"])
            groups.setdefault((type, cle), {})[champ] = fact
        by_type: dict[str, list[Groupe]] = {}
        for (type, _), facts in groups.items():
            contenu = {champ: fact["valeur"] for champ, fact in facts.items()}
            first = next(iter(facts.values()))
            liste = self._liste_de(first) if first.get("source") else ""
            by_type.setdefault(type, []).append(self.groupe(type, contenu, liste, facts))
        found = []
        for rubrique in _mots()["rubriques"]:
            held = [group for type in rubrique["types"] for group in by_type.pop(type, [])]
            if held:
                found.append((rubrique["titre"], held))
        others = [group for groups_of in by_type.values() for group in groups_of]
        return [*found, ("Autres faits", others)] if others else found

    def journal(self) -> list[tuple[str, list[tuple[Groupe, str, bool]]]]:
        """All that was recorded, what was at the same time from the same source together."""

        def head(one: Mapping[str, Any]) -> str:
            return f"Le {moment(one['enregistre'])}. {self.origine(one['source']['nom'], one.get('auteur'))}"

        return [
            (title, [self._enregistre(one) for one in ones])
            for title, ones in groupby(self._acces["evenements"], head)
        ]

    def _enregistre(self, one: Mapping[str, Any]) -> tuple[Groupe, str, bool]:
        contenu = one.get("contenu") or {}
        type, liste = one["type"], self._nomenclature(one, one["source"]["nom"])
        lines = self._lignes(type, contenu, liste)
        if one.get("corrige"):
            lines.append(Ligne([Mot("Porte sur")], [Mot(self._evenement(one["corrige"]))]))
        when = effet(one["effet"]) if "effet" in one else ""
        return Groupe(self._titre(type, contenu, liste), lines), when, one["compte"]

    def _lignes(self, type: str, contenu: Mapping[str, Any], liste: str) -> list[Ligne]:
        """Under a title that says the type: what says no more than it has none of its own."""
        lines = []
        for champ in self._dits(type, contenu, liste):
            title = self._champ(type, champ)
            bare = champ in _mots()["nues"] or title[0].texte == types()[type]["titre"]
            value = self.valeur(type, champ, contenu[champ], contenu, liste)
            lines.append(Ligne([] if bare else title, value))
        return lines

    def foyer(self) -> Iterable[tuple[Groupe, str, str]]:
        """What was said of her household, from whom, since when."""
        for word in self._acces["foyer"]:
            type, held = word["type"], word["valeur"]
            contenu = held if isinstance(held, Mapping) else {}
            liste = self._liste_de(word)
            lines = self._lignes(type, contenu, liste)
            if not isinstance(held, Mapping):
                lines = [Ligne([], [Mot("retiré")])]
            yield (
                Groupe([Mot(types()[type]["titre"])], lines),
                self.origine(word["source"], word.get("auteur")),
                formatting.short_date(word["debut"]),
            )

    def visites(self) -> Iterable[dict[str, str]]:
        for one in self._acces["acces"]:
            role = one["role"]
            who = self.sujet(one["acteur"]) if one["acteur"] else "sans nom connu"
            if one["structure"] is not None:
                who += f", {self.sujet(one['structure'])}"
            yield {
                "quand": moment(one["instant"]),
                "qui": who,
                "role": "demande refusée : rien n'a été montré"
                if one.get("refus")
                else "aucun : rien n'a été montré"
                if role is None
                else _listed("roles", role) or formatting.label(role),
                "pourquoi": _listed("finalites", one["finalite"])
                or formatting.label(one["finalite"]),
                "comment": _listed("operations", one["operation"])
                or formatting.label(one["operation"]),
            }


def _rest(line: Ligne) -> tuple[Any, ...]:
    return line.valeur, line.source, line.depuis, line.resume


def mot(code: str) -> str:
    """One of our own codes, in words; itself when it has none."""
    said: dict[str, str] = _mots()["mots"]
    return said.get(code, code)


class Sigles:
    """The acronyms of the glossary, each said in full where a page uses it first."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def __call__(self, text: str) -> str:
        known: dict[str, str] = _mots()["sigles"]

        def full(found: re.Match[str]) -> str:
            short = found[0]
            if short not in known or short in self._said:
                return short
            self._said.add(short)
            between = text[: found.start()].endswith("(")
            return f"{known[short]}, {short}" if between else f"{known[short]} ({short})"

        return re.sub(r"\b[A-Z]{2,}\b", full, text)


def quand(ligne: Any, a_venir: bool) -> str:
    """ ", le 4 octobre 2022"; ", pour le 31 juillet 2022" of an action that is due then; nothing without a day."""
    if not ligne.date:
        return ""
    return f", {'pour ' if a_venir and ligne.genre == 'action' else ''}le {formatting.long_date(ligne.date)}"


def _code(genre: str, code: str, dit: Callable[[str], str]) -> str:
    """What a thing is about: by the list of its field where it has one of ours, since « demande » is a step too."""
    liste = _mots()["champs"].get(f"{genre}.motif", "pack")
    ours = _listed(liste, code) if liste in _mots()["listes"] else None
    return ours or mot(dit(code))


def chose(ligne: Any, dit: Callable[[str], str], sigles: Callable[[str], str] = str) -> str:
    """One thing of a logbook, in words: "Rendez-vous : fixé", "Action choisie : Atelier de cuisine"."""
    title = sigles(types()[ligne.genre]["titre"])
    step = mot(ligne.etape)
    about = ligne.libelle or sigles(_code(ligne.genre, ligne.code, dit) if ligne.code else "")
    who = f", {ligne.nom}" if ligne.nom else ""
    return f"{title}{f' ({step})' if step else ''}{f' : {about}' if about else ''}{who}"


def nom_element(element: Any) -> str:
    """An item of the passport in words: hers; else its codes."""
    if element.libelle:
        return str(element.libelle)
    codes = [
        f"{one.referentiel.upper().replace('_', ' ')} {one.code}" for one in element.references
    ]
    return ", ".join(codes) or "Élément dont les mots ne sont pas montrés"


def recommandation_dite(un: Any, dit: Callable[[str], str]) -> str:
    """Who is asked, as what, what came of it, and the words that were given."""
    who = un.nom or un.a or "quelqu'un dont le nom n'est pas montré"
    title = f", {mot(un.qualite)}" if un.qualite else ""
    when = f" le {formatting.long_date(un.repondue_le or un.demandee_le)}"
    signed = f", signée par {un.emetteur}" if un.etape == "donnee" and un.emetteur else ""
    words = f" : {un.texte}" if un.etape == "donnee" and un.texte else ""
    why = f" ({dit(un.motif)})" if un.motif else ""
    return f"{mot(un.etape).capitalize()}{when}, {who}{title}{signed}{why}{words}"


def recommandation_sortie(un: Any) -> str:
    """As it leaves: when, as what, of which structure, and its words, another's, where they may."""
    who = mot(un.qualite) if un.qualite else "quelqu'un"
    house = f", {un.structure}" if un.structure else ""
    signed = ", recommandation signée" if un.signee else ""
    words = f" : « {un.texte.removesuffix('.')} »" if un.texte else ""
    return f"Recommandé le {formatting.long_date(un.le)}, {who}{house}{signed}{words}"


def garant_dit(garant: Any, dit: Callable[[str], str]) -> str:
    """Who vouches, as what, what was seen, and why it fell where it did."""
    who = garant.nom or garant.par or garant.emetteur or "quelqu'un dont le nom n'est pas montré"
    title = f", {mot(garant.qualite)}" if garant.qualite else ""
    seen = f" : {garant.vu}" if garant.vu else ""
    how = f" ({mot(garant.moyen)})" if garant.moyen else ""
    fell = ""
    if not garant.tient:
        why = f" : {dit(garant.motif)}" if garant.motif else ""
        when = f" le {formatting.long_date(garant.tombe_le)}" if garant.tombe_le else ""
        fell = f" ; tombé{when}{why}"
    return f"{mot(garant.assurance).capitalize()} le {formatting.long_date(garant.le)} par {who}{title}{how}{seen}{fell}"


def periode(debut: Any, fin: Any) -> str:
    """du 2 au … ; depuis le …; jusqu'au …; nothing without a day."""
    if debut and fin:
        return f"du {formatting.long_date(debut)} au {formatting.long_date(fin)}"
    if debut:
        return f"depuis le {formatting.long_date(debut)}"
    return f"jusqu'au {formatting.long_date(fin)}" if fin else ""


def garant_sorti(text: str) -> str:
    """Who vouched, as a selection says it: an assurance, a day, then as what and for which structure, or neither."""
    assurance, day, *rest = text.split(" ", 2)
    titles = types()["element_passeport"]["schema"]["properties"]["qualite"]["enum"]
    title, _, house = "".join(rest).partition(" ")
    if title not in titles:
        title, house = "", "".join(rest)
    after = "".join(f", {one}" for one in (mot(title) if title else "", house) if one)
    return f"{mot(assurance).capitalize()} le {formatting.long_date(day)}{after}"
