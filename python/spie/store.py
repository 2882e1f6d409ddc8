"""Stores: where dossiers are kept, as a journal of dated events.

>>> cle = spie.store.draw_keys()
>>> adresse = spie.dossier.evenement("personne:aline", "adresse", {"commune": "Nangis"},
...                                  debut=date(2022, 3, 1), auteur="conseillère")
>>> with spie.Store.create("dossiers.db", cle) as store:
...     _ = store.append([adresse])
...     print(store.situation("personne:aline", au=date(2022, 4, 1)))
<spie.Situation personne:aline au 2022-04-01: 1 faits>

The keys open the store: write them where only its users read them, away from it, and keep a copy
(`write_keys` and `read_keys` do). Wherever keys are taken, `Keys` are the keys themselves, and any
other text or path is the file that holds them.
"""

from __future__ import annotations

import logging
import os
import shlex
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from operator import index
from pathlib import Path
from typing import Any

from spie import _core, bundled
from spie.dossier import (
    Connu,
    Difference,
    Differences,
    Effacement,
    Evenement,
    Historique,
    Parole,
    Situation,
    Tete,
    Verification,
)
from spie.errors import Diagnostic, StoreError, UsageError
from spie.given import Named, day, nested, text
from spie.handle import Handle, engine
from spie.imports import Rapport
from spie.limits import Limits, numbers
from spie.pack import Pack, PackResult

LOG = logging.getLogger("spie.imports")


@dataclass(frozen=True)
class Decision:
    """What a pack decided on a dossier, from which facts, and which paths gave each of them."""

    resultat: PackResult
    faits: dict[str, Any]
    origines: dict[str, list[str]]

    def to_dict(self) -> dict[str, Any]:
        return {
            "resultat": self.resultat.to_dict(),
            "faits": self.faits,
            "origines": self.origines,
        }


class Keys(str):
    """The text of a key file: what `draw_keys`, `rotate_keys` and `read_keys` give.

    It is a text like another, but for its repr, which does not show it: a traceback, a notebook or
    a log of arguments does not tell the keys.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "Keys('…')"


KeysOrPath = Keys | str | Path
"""Keys, or the path of the file that holds them: any other `str` is a path too."""


def draw_keys() -> Keys:
    """The text of a new key file."""
    return Keys(_core.draw_keys())


def rotate_keys(keys: KeysOrPath) -> Keys:
    """The same keys with a new one for NIR; to be written down before Store.adopt_keys."""
    return Keys(_core.rotate_keys(read_keys(keys)))


def read_keys(keys: KeysOrPath) -> Keys:
    """The keys of a file, refused when others than its owner may read it (S009); keys, as they are."""
    if isinstance(keys, Keys):
        return keys
    if isinstance(keys, str) and "{" in keys:  # an OSError would tell them
        raise UsageError(
            Diagnostic(
                "A001", "error", "This is the text of keys, where a path or Keys is expected.",
                "keys", "Write Keys(text), or give the path of the file.",
            )
        )  # fmt: skip
    refuse_shared(Path(keys))
    return Keys(Path(keys).read_text("utf-8"))


def refuse_shared(path: Path) -> None:
    """A key that others read opens the store to them. A pipe is nobody else's."""
    mode = path.stat().st_mode
    if os.name == "posix" and stat.S_ISREG(mode) and mode & 0o077:
        raise StoreError(
            Diagnostic(
                "S009", "error", "Others than its owner can read the key file.", str(path),
                f"chmod 600 {shlex.quote(str(path))}",
            )
        )  # fmt: skip


def write_keys(path: str | Path, keys: Keys) -> None:
    """Into a new file that its owner alone reads; FileExistsError when there is one."""
    Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.fchmod(descriptor, 0o600)  # whatever the umask
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(keys)
        file.flush()
        os.fsync(file.fileno())


def _instant(at: datetime | None, argument: str) -> datetime:
    """Aware, to the millisecond; None is now."""
    if at is None:
        at = datetime.now(UTC)
    if at.tzinfo is None:
        raise UsageError(
            Diagnostic(
                "A001", "error", f"A datetime without a zone is no instant: {at}.", argument,
                "Give it a zone: datetime(…, tzinfo=UTC).",
            )
        )  # fmt: skip
    at = at.astimezone(UTC)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _text(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def instant_text(at: datetime | None, argument: str = "at") -> str:
    """As the engine reads it."""
    return _text(_instant(at, argument))


def clock(maintenant: datetime | None) -> str | None:
    """As the engine takes the caller's clock: fixed, or the system's."""
    return None if maintenant is None else instant_text(maintenant, "maintenant")


def last_instant(raw: str | None) -> datetime | None:
    return None if raw is None else datetime.fromisoformat(raw)


def known_text(connu: Connu, argument: str = "connu") -> str | None:
    """As the engine reads it; None for all that is known."""
    if isinstance(connu, datetime):
        return instant_text(connu, argument)
    if isinstance(connu, date):
        return connu.isoformat()
    if connu is None or isinstance(connu, str):
        return connu
    try:
        return f"#{index(connu)}"
    except TypeError:  # a day as NumPy or Arrow write it
        return str(day(connu, argument))


def act(
    auteur: str, at: datetime | None, effet: date | None, motif: str
) -> tuple[str, str, date, str]:
    """What somebody decides, as the engine takes it: by default now, from today on."""
    instant = _instant(at, "at")
    return auteur, _text(instant), effet or instant.date(), motif


def _tell(report: Rapport) -> None:
    """What was refused, guessed or proposed while a file was read: codes and counts, and nothing that it holds."""
    for code, count in Counter(one.code for one in report.avertissements).items():
        LOG.info(
            "Guessed or passed over while importing %s: %s, %d times", report.format, code, count
        )
    if report.refuses_total:
        LOG.warning(
            "%d records of %d of %s were refused", report.refuses_total, report.recus, report.format
        )
    if report.doublons_proposes:
        LOG.info("%d pairs of dossiers are proposed as one", report.doublons_proposes)
    if not report.clos:
        LOG.warning("The import is not closed: what it read does not count")


class Store(Handle[_core.Store]):
    """A journal of dossiers, in memory or in a file. One thread at a time: others wait.

    >>> store.sujets()
    ['personne:aline']
    >>> store.historique("personne:aline", "adresse.commune")[0].valeur
    'Nangis'

    `at` is the instant of record, an aware datetime; left out, it is now. `connu` says how far
    knowledge goes: a date (the end of that day in Paris), an aware datetime, a seq; None for all.
    """

    def __init__(self, core: _core.Store, path: Path | None) -> None:
        super().__init__(core)
        self.path = path

    @classmethod
    def memory(cls, *, maintenant: datetime | None = None) -> Store:
        """A store that goes with the object. An instant of record more than a day after
        `maintenant`, by default the system's clock, is refused (E004)."""
        return cls(_core.Store.memory(clock(maintenant)), None)

    @classmethod
    def create(
        cls, path: str | Path, keys: KeysOrPath, *, busy_ms: int = 10_000, durable: bool = True,
        maintenant: datetime | None = None,
    ) -> Store:  # fmt: skip
        """A new file, for its owner alone, at a path or an address ("sqlite:dossiers.db"). `busy_ms`:
        how long to wait for another process. Without `durable`, the last commits may be lost with the
        power: for what can be read again."""
        given = (busy_ms, durable, clock(maintenant))
        return cls(_core.Store.create(os.fspath(path), read_keys(keys), *given), Path(path))

    @classmethod
    def open(
        cls, path: str | Path, keys: KeysOrPath, *, busy_ms: int = 10_000, durable: bool = True,
        maintenant: datetime | None = None,
    ) -> Store:  # fmt: skip
        """A file that is there, with its own keys (S001, S002). One that cannot be written is read,
        and refuses what would be recorded (S004)."""
        given = (busy_ms, durable, clock(maintenant))
        return cls(_core.Store.open(os.fspath(path), read_keys(keys), *given), Path(path))

    def __repr__(self) -> str:
        return f"<spie.Store {self.path or 'in memory'}>"

    # --- Events

    def append(
        self, evenements: Iterable[Mapping[str, Any]], *, at: datetime | None = None
    ) -> list[str]:
        """Records all of them or none, under one instant; gives their ids, in their order."""
        given = [dict(one) for one in evenements]
        recorded = self._core.append(given, instant_text(at))
        return [one["id"] for one in recorded]

    def evenements(self, sujet: str) -> list[Evenement]:
        """Those that name the subject, in the order of their record."""
        return [Evenement.of(one) for one in self._core.events(sujet)]

    def evenement(self, id: str) -> Evenement:  # noqa: A002: as the key of the JSON
        return Evenement.of(self._core.event(id))

    def sujets(self, genre: str = "personne", *, apres: str = "", limite: int = 1000) -> list[str]:
        """The subjects of a genre, in the order of their ids, from the one that follows `apres`."""
        return self._core.subjects(genre, apres.removeprefix(f"{genre}:"), limite)

    def importer(
        self,
        format: str,  # noqa: A002: the word of the report
        fichier: str | Path | bytes,
        *,
        auteur: str,
        at: datetime | None = None,
        nom: str = "",
        date_fichier: date | None = None,
        personne: str | None = None,
        plan: Mapping[str, Any] | None = None,
        organisme: str = "",
        sur_noms: bool = False,
        lot: int = 500,
        nomenclatures: str | Path | None = None,
        progres: Callable[[int], object] | None = None,
        limits: Limits | None = None,
    ) -> Rapport:
        """Reads a file, given by its path or its bytes: imports.formats() has the names.

        Records that are wrong are told one by one in the report; what was read counts when it is
        closed. `date_fichier` is the day of the facts where the file gives none; `organisme` the number
        of the CAF whose file it is ("caf_contacts"); `sur_noms` lets names, birth
        date and birthplace attach, where they only propose; `lot` records are committed together;
        `progres` is called now and then with the records received. What it raises, or Ctrl-C, ends the
        import, which then does not count. Beyond `limits` the report says I004 and is not closed:
        memory (bytes of the file), list_size (records), depth (levels, 64 at most), steps, milliseconds.
        """
        options = {
            "fichier": nom or ("" if isinstance(fichier, bytes) else Path(fichier).name),
            "auteur": auteur,
            "at": instant_text(at),
            "date_fichier": date_fichier,
            "personne": personne,
            "plan": "" if plan is None else _core.write_json(dict(plan)),
            "organisme": organisme,
            "sur_noms": sur_noms,
            "lot": lot,
            "limits": numbers(limits),
            "nomenclatures": os.fspath(nomenclatures or bundled.nomenclatures()),
        }
        content = fichier if isinstance(fichier, bytes) else os.fspath(fichier)
        report = _core.import_file(self._core, format, content, options, progres)
        _tell(report)
        return report

    # --- What is known of a person

    def situation(
        self, sujet: str, *, au: date, connu: Connu = None, pack: Pack | None = None
    ) -> Situation:
        """The dossier on a day. `pack` says which source prevails; the latest effect without it."""
        core = None if pack is None else engine(pack)
        return Situation.of(self._core.situation(sujet, au, known_text(connu), core))

    def situations(
        self, sujets: Iterable[str], *, au: date, connu: Connu = None, pack: Pack | None = None
    ) -> Iterator[Situation]:
        """Those of many dossiers on one day, in their order, a few dozen in memory at a time.

        A dossier that is not there ends it, as `situation` does, after those before it. Each lot is
        read without the interpreter's lock. What is recorded meanwhile shows in the lots to come:
        `connu` says how far all of them go."""
        known, core = known_text(connu), None if pack is None else engine(pack)
        waiting = map(text, sujets)
        while lot := list(islice(waiting, 64)):
            while lot:
                found = self._core.situations(lot, au, known, core)
                del lot[: len(found)]
                yield from map(Situation.of, found)

    def decider(
        self,
        sujet: str,
        pack: Pack,
        decision: str,
        *,
        au: date,
        connu: Connu = None,
        faits: Named | None = None,
    ) -> Decision:
        """What a pack decides on a dossier, by its own map of facts (donnees/faits.json).

        `faits` are the caller's, before those of the dossier: what no dossier gives."""
        given = (engine(pack), decision, nested(faits, "faits"))
        made, read, origins = self._core.decide(sujet, au, known_text(connu), *given)
        return Decision(made.said_as(pack), read, origins)

    def historique(self, sujet: str, chemin: str, *, connu: Connu = None) -> Historique:
        """All that was ever said of a fact ("identite.nom") or of a family ("identite")."""
        found = self._core.history(sujet, chemin, known_text(connu))
        return Historique(Parole.of(one) for one in found)

    def comparer(
        self,
        sujet: str,
        avant: date,
        apres: date,
        *,
        connu_avant: Connu = None,
        connu_apres: Connu = None,
        pack: Pack | None = None,
    ) -> Differences:
        """What differs between two days, or between two states of what was known of one."""
        found = self._core.compare(
            sujet,
            avant,
            known_text(connu_avant, "connu_avant"),
            apres,
            known_text(connu_apres, "connu_apres"),
            None if pack is None else engine(pack),
        )
        return Differences(Difference.of(one) for one in found)

    def chercher(self, valeur: str, *, par: str = "nom", limite: int = 100) -> list[str]:
        """The dossiers by the beginning of a surname, by "nir", by "siret", by the genre of an
        identifier, by "source" ("carnet|SI00000599": what a source calls one) or by "acte"."""
        return self._core.find(par, valeur, limite)

    # --- What people decide of one. `effet` is the day from which it holds: that of `at`.

    def fusionner(
        self, garde: str, absorbe: str, *, auteur: str, motif: str = "",
        at: datetime | None = None, effet: date | None = None,
    ) -> str:  # fmt: skip
        """Makes `absorbe` a part of `garde`; gives the id of the merge."""
        return self._core.merge(garde, absorbe, *act(auteur, at, effet, motif))

    def depuis_fusion(self, fusion: str) -> list[Evenement]:
        """The events since a merge, which undoing it assigns."""
        return [Evenement.of(one) for one in self._core.merged_since(fusion)]

    def defusionner(
        self, fusion: str, affectations: Mapping[str, str], *, auteur: str, motif: str = "",
        at: datetime | None = None, effet: date | None = None,
    ) -> None:  # fmt: skip
        """Undoes a merge; `affectations` gives each event since to one of the two dossiers."""
        given = [{"evenement": one, "dossier": dossier} for one, dossier in affectations.items()]
        self._core.unmerge(fusion, given, *act(auteur, at, effet, motif))

    def detacher(
        self, rattachement: str, *, auteur: str, motif: str = "",
        at: datetime | None = None, effet: date | None = None,
    ) -> str:  # fmt: skip
        """Gives what a record said to a new dossier; gives that one."""
        return self._core.detach(rattachement, *act(auteur, at, effet, motif))

    def corriger(
        self, evenement: str, contenu: Mapping[str, Any] | None = None, *,
        debut: date | None = None, fin: date | None = None, auteur: str, motif: str = "",
        at: datetime | None = None, effet: date | None = None,
    ) -> str:  # fmt: skip
        """Corrects an event; what is left out stays. Gives the id of the correction."""
        given: dict[str, Any] = {}
        if contenu is not None:
            given["contenu"] = dict(contenu)
        if debut is not None or fin is not None:
            target = self.evenement(evenement)
            given["effet"] = {"debut": debut or target.debut, "fin": fin or target.fin}
        if not given:
            raise UsageError(
                Diagnostic(
                    "A001", "error", "A correction has a content or dates.", "contenu",
                    "To take the event away, call retirer().",
                    "Une correction a un contenu ou des dates.",
                    "Pour retirer l'événement, --retirer.",
                )
            )  # fmt: skip
        return self._core.correct(evenement, given, *act(auteur, at, effet, motif))

    def retirer(
        self, evenement: str, *, auteur: str, motif: str = "",
        at: datetime | None = None, effet: date | None = None,
    ) -> str:  # fmt: skip
        """Retracts an event: it was never so. Gives the id of the retraction."""
        return self._core.correct(evenement, {}, *act(auteur, at, effet, motif))

    def effacer(
        self, personne: str, *, auteur: str, motif: str = "",
        at: datetime | None = None, effet: date | None = None,
    ) -> list[Effacement]:  # fmt: skip
        """Erases the dossier, those merged into it, and the household when nobody else is left."""
        done = self._core.erase(personne, *act(auteur, at, effet, motif))
        return [Effacement(one["jeton"], int(one["evenements"])) for one in done]

    # --- The chain

    def head(self) -> Tete:
        raw = self._core.head()
        return Tete(int(raw["seq"]), raw["maillon"])

    def verify(self, head: str | Tete | None = None) -> Verification:
        """Reads the whole chain, and compares what events are found by with what they say. Without
        a head, a tail that was cut off cannot be seen."""
        raw = self._core.verify(head.maillon if isinstance(head, Tete) else head)
        return Verification(
            raw["intact"],
            int(raw["evenements"]),
            int(raw["effaces"]),
            Tete(int(raw["tete"]["seq"]), raw["tete"]["maillon"]),
            raw["tete_trouvee"],
            tuple(raw["constats"]),
            raw["journal_acces"],
        )

    def dernier_instant(self) -> datetime | None:
        """That of the last event: no later record lies before it."""
        return last_instant(self._core.last_instant())

    def reprendre_horloge(
        self, *, auteur: str, motif: str, at: datetime | None = None
    ) -> dict[str, Any]:
        """Goes on from `at`, the right instant, when the last ones lie ahead of it: an event says
        which, and why. Gives their first and last seq, "du" and "au", and the instant."""
        return self._core.mend_clock(auteur, instant_text(at), motif)

    def backup(self, path: str | Path) -> None:
        """Copies the whole into a new file, while others read and write."""
        self._core.backup(os.fspath(path))

    def scrub(self) -> None:
        """Leaves nothing in the file of what was erased: after an erasure that gave S005."""
        self._core.scrub()

    def erasures(self) -> list[Effacement]:
        """What was erased, to be kept apart from the store and its backups."""
        return [Effacement(one["jeton"], int(one["evenements"])) for one in self._core.erasures()]

    def replay(
        self, erasures: Sequence[Effacement], *, auteur: str, at: datetime | None = None
    ) -> int:
        """In a restored backup, erases again what the list names; how many there were."""
        given = [vars(one) for one in erasures]
        return self._core.replay(given, auteur, instant_text(at))

    def adopt_keys(self, keys: KeysOrPath) -> None:
        """After rotate_keys: the store opens with the new keys alone."""
        self._core.adopt_keys(read_keys(keys))
