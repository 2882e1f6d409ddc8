"""The commands of the store itself: its chain, its copies, its keys, its clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from spie import droits, store
from spie.cli.dossier import deciding, told
from spie.cli.shared import NO, Json, file_refused, misused, show, speaking
from spie.cli.store import Base, Key, Reason, fresh_key_path, key_path, open_store, read_key
from spie.droits import Acces
from spie.errors import StoreError, why
from spie.store import Store
from spie.terminal import dossier as terminal_dossier
from spie.terminal.console import waiting

AccessFile = Annotated[
    Path | None,
    typer.Option(
        "--acces", metavar="FICHIER", help="Son journal des accès ; sinon celui d'à côté.",
        show_default=False,
    ),
]  # fmt: skip

# How far two clocks may differ: an instant further ahead refuses those that come.
TOLERANCE = timedelta(minutes=5)


def verifier(
    base: Base,
    head: Annotated[
        str | None, typer.Option("--tete", metavar="MAILLON", help="Une tête notée ailleurs.")
    ] = None,
    accesses: AccessFile = None,
    access_head: Annotated[
        str | None,
        typer.Option("--tete-acces", metavar="MAILLON", help="Celle du journal des accès."),
    ] = None,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Relire toute la chaîne, et celle des accès : rien n'a été modifié, retiré ni déplacé."""
    with deciding(base, key) as held, waiting("Lecture de la chaîne"):
        proof = held.verify(head)
        path = accesses or droits.acces_path(base)
        known = proof.journal_acces is not None
        found = verify_accesses(held, known, key_path(base, key), path, access_head)
    intact = proof.intact and found["intact"]
    data = {
        **proof.to_dict(),
        "intact": intact,
        "acces": {**found, "constats": [one.to_dict() for one in found["constats"]]},
    }
    show(as_json, lambda: data, lambda: terminal_dossier.verification(proof, found))
    if not intact:
        raise typer.Exit(NO)


def verify_accesses(
    held: Store, known: bool, key: Path, path: Path, head: str | None
) -> dict[str, Any]:
    """What the journal of accesses is to the store, and whether it is whole. "place" is also
    "aucun" when there is none and none is known, "absent" when the one that is known is not there."""
    if not path.exists():
        missing = known or head is not None
        return {
            "fichier": str(path),
            "place": "absent" if missing else "aucun",
            "intact": not missing,
            "constats": (),
        }
    try:
        with Acces.open(path, read_key(key)) as journal:
            return {"fichier": str(path), **journal.verify(head, store=held)}
    except StoreError as error:
        if error.code not in ("S001", "S002"):
            raise
        # It opens with other keys, or is no journal of accesses: not that of this store.
        return {
            "fichier": str(path),
            "place": "autre",
            "intact": False,
            "constats": tuple(error.diagnostics),
        }


def sauvegarder(
    into: Annotated[Path, typer.Argument(metavar="FICHIER", help="Un fichier nouveau.")],
    base: Base,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Copier la base dans un fichier nouveau, pendant que d'autres y écrivent."""
    with deciding(base, key) as held, waiting("Copie"):
        held.backup(into)
        head = held.head()
    told(
        as_json,
        {"fichier": str(into), "tete": head.to_dict()},
        f"Copiée : {into}  (tête {head.maillon})\nLa clé n'y est pas : la garder ailleurs.",
    )


def cle(
    base: Base,
    turn: Annotated[
        bool,
        typer.Option("--renouveler", help="Changer la clé des NIR ; l'ancienne trouve encore."),
    ] = False,
    resume: Annotated[
        bool, typer.Option("--reprendre", help="Achever un renouvellement interrompu.")
    ] = False,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Dire où est la clé de la base, et si elle l'ouvre ; la renouveler."""
    if turn and resume:
        raise misused("Donner --renouveler ou --reprendre.")
    path = key_path(base, key)
    if resume:
        with speaking():
            finish(base, path)
    with deciding(base, key) as held:
        if turn:
            renew(held, path)
    sentence = "Clé renouvelée" if turn or resume else "La clé ouvre la base"
    told(as_json, {"cle": str(path), "renouvelee": turn or resume}, f"{sentence} : {path}")


def renew(held: Store, path: Path) -> None:
    """The new keys are on the disk before the store knows them: no moment leaves it without."""
    fresh = fresh_key_path(path)
    keys = store.rotate_keys(path)
    try:
        fresh.unlink(missing_ok=True)
        store.write_keys(fresh, keys)
    except OSError as error:
        text = f"Clé : « {fresh} » ne peut pas être écrite ({why(error)})."
        raise file_refused(text, fresh) from error
    held.adopt_keys(keys)
    fresh.replace(path)


def finish(base: Path, path: Path) -> None:
    """Whether the store knew the new keys already or not, it does after this."""
    fresh = fresh_key_path(path)
    if not fresh.exists():
        raise file_refused(f"Clé : « {fresh} » n'existe pas : il n'y a rien à reprendre.", fresh)
    keys = read_key(fresh)
    try:
        Store.open(base, keys).close()
    except StoreError as error:
        if error.code != "S002":
            raise
        with Store.open(base, read_key(path)) as held:
            held.adopt_keys(keys)
    fresh.replace(path)


def horloge(
    base: Base,
    resume: Annotated[
        bool, typer.Option("--reprendre", help="Repartir de l'instant présent.")
    ] = False,
    author: Annotated[str, typer.Option("--auteur", metavar="QUI", help="Qui reprend.")] = "",
    reason: Reason = "",
    accesses: AccessFile = None,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Dire si la base ou son journal des accès a reçu un instant à venir ; en repartir."""
    if resume and not (author and reason):
        raise misused("--reprendre demande --auteur et --motif.")
    path = accesses or droits.acces_path(base)
    key_file = key_path(base, key)
    now = datetime.now(UTC)
    found: dict[str, dict[str, Any]] = {}
    with speaking(), open_store(base, key_file) as held:
        found["base"] = look(held, now, author if resume else "", reason)
        if path.exists():
            with Acces.open(path, read_key(key_file)) as journal:
                found["acces"] = look(journal, now, author if resume else "", reason)
    show(as_json, lambda: found, lambda: terminal_dossier.clocks(found))
    if any(one["en_avance"] and one["reprise"] is None for one in found.values()):
        raise typer.Exit(NO)
    if resume and all(one["reprise"] is None for one in found.values()):
        raise typer.Exit(NO)


def look(held: Store | Acces, now: datetime, author: str, reason: str) -> dict[str, Any]:
    """The last instant of a journal; mended, when it lies ahead and somebody says so."""
    last = held.dernier_instant()
    ahead = last is not None and last > now + TOLERANCE
    mended = (
        held.reprendre_horloge(auteur=author, motif=reason, at=now) if ahead and author else None
    )
    return {
        "dernier_instant": None if last is None else store.instant_text(last),
        "en_avance": ahead,
        "reprise": mended,
    }


def add_to(app: typer.Typer) -> None:
    for command in (verifier, sauvegarder, cle, horloge):
        app.command(command.__name__)(command)
