"""The commands of the persons' rights: consents, texts declassified, who looked, the right of access."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from spie import formatting
from spie.cli.dossier import (
    RIGHTS,
    Actor,
    Asked,
    At,
    Purpose,
    RightsPack,
    Roles,
    Structure,
    accesses,
    at_the_counter,
    told,
)
from spie.cli.shared import Json, misused, show, speaking, write
from spie.cli.store import Base, Dossier, Key, Reason, day_or_today, opened, subject
from spie.dossier import evenement
from spie.errors import Diagnostic, DossierError
from spie.pack import Pack
from spie.store import Store
from spie.terminal import droits as terminal_droits


def consentir(
    dossier: Dossier,
    base: Base,
    allowed: Annotated[
        str,
        typer.Option(
            "--pour", metavar="NOM", help="La finalité qu'elle accepte.", show_default=False
        ),
    ],
    recipient: Annotated[
        str,
        typer.Option(
            "--destinataire", metavar="D", help="Un rôle, ou structure:….", show_default=False
        ),
    ],
    actor: Actor,
    purpose: Purpose,
    roles: Roles,
    structure: Structure = "",
    objects: Annotated[
        list[str] | None,
        typer.Option(
            "--objet",
            metavar="O",
            help="Une famille, un type ou un fait (répétable) ; sinon tous.",
        ),
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--retirer", help="La personne ne consent pas, ou plus.")
    ] = False,
    at: At = None,
    pack: RightsPack = RIGHTS,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Enregistrer ce que la personne accepte, ou n'accepte plus, que l'on voie d'elle."""
    who, on = subject(dossier), day_or_today(at, "--au")
    with speaking():
        check_consent(Pack.load(pack), allowed, recipient)
    content = {
        "finalite": allowed,
        "destinataire": recipient,
        "accorde": not withdraw,
        "objets": objects or None,
    }
    event = evenement(who, "consentement", content, debut=on, auteur=actor)
    asked = Asked(base, actor, purpose, roles, structure, pack, key)
    with asked.counter() as desk:
        desk.may("consentir", event)
        check_known(desk.held, who)
        (made,) = desk.held.append([event])
    told(as_json, {"evenement": made}, f"{'Retiré' if withdraw else 'Consenti'} par {made}.")


@at_the_counter
def declasser(
    dossier: Dossier,
    event: Annotated[
        str, typer.Argument(metavar="EVENEMENT", help="L'événement qui porte le texte.")
    ],
    field: Annotated[str, typer.Argument(metavar="CHAMP", help="Le champ qui le porte.")],
    asked: Asked,
    reason: Reason = "",
    as_json: Json = False,
) -> None:
    """Déclasser un texte libre que l'on a lu : il n'est plus tenu pour sensible."""
    with asked.counter() as desk:
        made = desk.guichet.declasser(desk.demande, subject(dossier), event, field, motif=reason)
    told(as_json, {"evenement": made}, f"Déclassé par {made}.")


def check_consent(pack: Pack, purpose: str, recipient: str) -> None:
    """A word that no rule reads would be a consent that is never heard, or a refusal."""
    rules: dict[str, Any] = pack.data("droits") or {}
    roles = [one["nom"] for one in rules.get("roles", [])]
    for option, given, known in (
        ("--pour", purpose, [one["nom"] for one in rules.get("finalites", [])]),
        ("--destinataire", recipient, roles),
    ):
        structure = option == "--destinataire" and given.startswith("structure:")
        if given not in known and not structure:
            raise misused(f"{option} : « {given} » n'est pas dans le pack : {', '.join(known)}.")


def check_known(held: Store, who: str) -> None:
    if not held.evenements(who):
        raise DossierError(
            Diagnostic(
                "E005", "error", f"La base n'a pas de dossier {who}.", who,
                "Chercher le dossier par le nom de la personne.",
            )
        )  # fmt: skip


def acces(
    base: Base,
    dossier: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Le dossier.", show_default=False)
    ] = None,
    actor: Actor = "",
    purpose: Purpose = "",
    roles: Annotated[
        list[str] | None,
        typer.Option("--role", metavar="NOM", help="Un rôle de l'acteur (répétable)."),
    ] = None,
    structure: Structure = "",
    purge: Annotated[
        bool, typer.Option("--purger", help="Ôter les accès que le pack ne garde plus.")
    ] = False,
    at: At = None,
    pack: RightsPack = RIGHTS,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Qui a demandé à voir un dossier ; ôter les accès trop anciens."""
    if purge == (dossier is not None):
        raise misused("Donner un dossier, ou bien --purger.")
    if dossier is None:
        on = past(at)
        with speaking(), opened(base, key), accesses(base, key) as journal:
            count = journal.purger_selon(Pack.load(pack), au=on)
        told(as_json, {"purges": count}, f"{formatting.count(count, 'accès ôté', 'accès ôtés')}.")
        return
    if not (actor and purpose and roles):
        raise misused("Donner --acteur, --role et --finalite : qui demande, et pour quoi.")
    asked = Asked(base, actor, purpose, roles, structure, pack, key)
    with asked.counter() as desk:
        found = desk.guichet.consultations(desk.demande, subject(dossier))
    show(as_json, lambda: found, lambda: terminal_droits.accesses(found))


def past(at: str | None) -> date:
    """A day that has come: nothing is taken away before its time."""
    on = day_or_today(at, "--au")
    if on > date.today():
        raise misused(f"--au : {on} n'est pas encore venu.")
    return on


@at_the_counter
def exporter(
    dossier: Dossier,
    asked: Asked,
    at: At = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FICHIER", help="Écrire la page à lui donner.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Donner à une personne tout ce qui est tenu sur elle : le droit d'accès (RGPD, article 15)."""
    on, who = day_or_today(at, "--au"), subject(dossier)
    with asked.counter() as desk:
        held = desk.guichet.acces(desk.demande, who, au=on)
    if html is not None:
        write(html, held.to_html(), "Page")
    show(as_json, held.to_dict, lambda: terminal_droits.right_of_access(held))


def add_to(app: typer.Typer) -> None:
    for command in (consentir, declasser, acces, exporter):
        app.command(command.__name__)(command)
