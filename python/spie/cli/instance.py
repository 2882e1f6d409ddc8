"""The commands of instances: who sits, what a session studies, who is convened, what is decided."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from spie.cli.actes import Day, Fields, done, fields
from spie.cli.diagnostic import Html
from spie.cli.dossier import Asked, At, Counter, at_the_counter
from spie.cli.shared import App, Json, day, misused, show, write
from spie.cli.store import Dossier, day_or_today
from spie.parcours import SeanceLue, recenser_instances
from spie.terminal import instance as terminal

app = App(help="Tenir une instance : saisir, préparer, décider, noter les présences, compter.")

Instance = Annotated[
    str,
    typer.Argument(
        metavar="INSTANCE", help="L'instance : 4kq9… ou instance:4kq9….", show_default=False
    ),
]
Session = Annotated[
    str | None,
    typer.Option(
        "--session",
        metavar="JOUR",
        help="La séance ; sinon la prochaine, ou la dernière.",
        show_default=False,
    ),
]
Referral = Annotated[
    str | None,
    typer.Option(
        "--saisine", metavar="ID", help="Laquelle, quand il y en a plusieurs.", show_default=False
    ),
]
People = Annotated[
    list[str] | None,
    typer.Option(metavar="ID", help="professionnel:…, personne:… (répétable).", show_default=False),
]


def named(text: str) -> str:
    """An instance as it is typed: instance: goes without saying."""
    return text if ":" in text else f"instance:{text}"


def session_of(desk: Counter, instance: str, session: str | None, on: date) -> str | None:
    """The one that is named; else the next from that day on."""
    if session is not None:
        return session
    for held in sessions(desk, instance, on):
        if held.date is not None and held.date >= on:
            return held.session
    return None


def sessions(desk: Counter, instance: str, on: date) -> list[SeanceLue]:
    """Those of the instance that were not cancelled."""
    return [
        held
        for one in recenser_instances(desk.held, au=on)
        if one.instance == instance
        for held in one.seances
        if held.etape != "annulee"
    ]


def only_session(desk: Counter, instance: str, session: str | None, on: date) -> str | None:
    """The one that is named, or the only one: what is written down is of no other by chance."""
    if session is None and len(all_ := sessions(desk, instance, on)) > 1:
        known = ", ".join(one.session for one in all_)
        raise misused(f"--session : laquelle ? L'instance a {known}.")
    return session


@app.callback()
def instance() -> None:
    """Tenir une instance : saisir, préparer, décider, noter les présences, compter."""


@app.command("recenser")
@at_the_counter
def recenser(asked: Asked, at: At = None, as_json: Json = False) -> None:
    """Les instances d'un jour : genre, territoire, label, quorum, sièges, séances."""
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        found = recenser_instances(desk.held, au=on)
        dit = desk.guichet.libelle
    show(as_json, lambda: [one.to_dict() for one in found], lambda: terminal.census(found, dit))


@app.command("saisir")
@at_the_counter
def saisir(
    dossier: Dossier,
    asked: Asked,
    which: Annotated[
        str | None,
        typer.Option("--instance", metavar="ID", help="Quelle instance.", show_default=False),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--motif", metavar="CODE", help="Pourquoi.", show_default=False)
    ] = None,
    question: Annotated[
        str | None,
        typer.Option("--question", metavar="TEXTE", help="Ce qui est demandé.", show_default=False),
    ] = None,
    members: Annotated[
        list[str] | None,
        typer.Option(
            "--membre",
            metavar="ID",
            help="Un membre de son parcours à convier (répétable).",
            show_default=False,
        ),
    ] = None,
    effet: Day = None,
    champ: Fields = None,
    as_json: Json = False,
) -> None:
    """Saisir une instance de la situation d'une personne."""
    given = {
        "instance": named(which) if which else None,
        "motif": reason,
        "question": question,
        "membres": members or None,
        **fields(champ),
    }
    done(asked, "saisine.deposer", dossier, effet, given, as_json)


@app.command("inscrire")
@at_the_counter
def inscrire(
    dossier: Dossier,
    session: Annotated[
        str, typer.Option("--session", metavar="JOUR", help="La séance.", show_default=False)
    ],
    asked: Asked,
    which: Annotated[
        str | None,
        typer.Option(
            "--instance", metavar="ID", help="Si la saisine n'en nommait pas.", show_default=False
        ),
    ] = None,
    referral: Referral = None,
    effet: Day = None,
    as_json: Json = False,
) -> None:
    """Inscrire une situation à une séance."""
    given = {
        "id": referral,
        "session": session,
        "instance": named(which) if which else None,
    }
    done(asked, "saisine.inscrire", dossier, effet, given, as_json)


@app.command("fixer")
@at_the_counter
def fixer(
    which: Instance,
    on: Annotated[
        str, typer.Option("--date", metavar="DATE", help="Son jour.", show_default=False)
    ],
    asked: Asked,
    place: Annotated[
        str | None, typer.Option("--lieu", metavar="TEXTE", help="Où.", show_default=False)
    ] = None,
    effet: Day = None,
    as_json: Json = False,
) -> None:
    """Fixer une séance : elle porte le numéro de son jour."""
    given = {"date": day(on, "--date").isoformat(), "lieu": place}
    done(asked, "session.fixer", named(which), effet, given, as_json)


@app.command("tenir")
@at_the_counter
def tenir(
    which: Instance,
    session: Annotated[
        str, typer.Option("--session", metavar="JOUR", help="La séance.", show_default=False)
    ],
    asked: Asked,
    effet: Day = None,
    as_json: Json = False,
) -> None:
    """Dire qu'une séance a eu lieu."""
    done(asked, "session.tenir", named(which), effet, {"id": session}, as_json)


@app.command("preparer")
@at_the_counter
def preparer(
    which: Instance,
    asked: Asked,
    session: Session = None,
    at: At = None,
    convene: Annotated[
        bool,
        typer.Option("--convoquer", help="Enregistrer qui est convié, et la séance convoquée."),
    ] = False,
    html: Html = None,
    as_json: Json = False,
) -> None:
    """L'ordre du jour d'une séance : ses situations, qui elle convie et pourquoi, le quorum."""
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        meant = session_of(desk, named(which), session, on)
        if convene and meant is None:
            meant = only_session(desk, named(which), session, on)
        seen = desk.guichet.agenda(desk.demande, named(which), meant)
        if convene:
            desk.guichet.agir(
                desk.demande,
                "session.convoquer",
                named(which),
                effet=on,
                contenu={"id": seen.agenda.seance.session},
            )
            seen = desk.guichet.agenda(desk.demande, named(which), seen.agenda.seance.session)
    if html is not None:
        write(html, seen.to_html(), "Page")
    show(as_json, seen.to_dict, lambda: terminal.agenda(seen))


@app.command("presences")
@at_the_counter
def presences(
    which: Instance,
    asked: Asked,
    session: Annotated[
        str | None,
        typer.Option(
            "--session",
            metavar="JOUR",
            help="La séance, quand il y en a plusieurs.",
            show_default=False,
        ),
    ] = None,
    at: At = None,
    present: Annotated[
        list[str] | None,
        typer.Option("--present", metavar="ID", help="Est venu (répétable).", show_default=False),
    ] = None,
    excused: Annotated[
        list[str] | None,
        typer.Option("--excuse", metavar="ID", help="Excusé (répétable).", show_default=False),
    ] = None,
    absent: Annotated[
        list[str] | None,
        typer.Option(
            "--absent", metavar="ID", help="N'est pas venu (répétable).", show_default=False
        ),
    ] = None,
    convened: Annotated[
        list[str] | None,
        typer.Option("--convie", metavar="ID", help="Est convié (répétable).", show_default=False),
    ] = None,
    effet: Day = None,
    as_json: Json = False,
) -> None:
    """Noter qui est venu à une séance ; sans nom, dire qui est convié et ce qui est noté."""
    given = [
        (who, state)
        for people, state in (
            (convened, "convie"), (present, "present"), (excused, "excuse"), (absent, "absent")
        )
        for who in people or []
    ]  # fmt: skip
    if len({who for who, _ in given}) < len(given):
        raise misused("Un même nom est donné deux fois.")
    if bad := [who for who, _ in given if not who.startswith(("professionnel:", "personne:"))]:
        raise misused(f"« {bad[0]} » : écrire professionnel:… ou personne:….")
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        meant = only_session(desk, named(which), session, on)
        seen = desk.guichet.agenda(desk.demande, named(which), meant)
        for who, state in given:
            desk.guichet.agir(
                desk.demande,
                "presence.noter",
                named(which),
                effet=day_or_today(effet, "--effet"),
                contenu={"session": seen.agenda.seance.session, "qui": who, "etat": state},
            )
        if given:
            seen = desk.guichet.agenda(desk.demande, named(which), seen.agenda.seance.session)
    show(
        as_json,
        lambda: {
            "seance": seen.to_dict()["seance"],
            "quorum": seen.to_dict()["quorum"],
            "convocations": seen.to_dict()["convocations"],
        },
        lambda: terminal.presences(seen.agenda),
    )


@app.command("decider")
@at_the_counter
def decider(
    dossier: Dossier,
    nature: Annotated[
        str, typer.Option("--nature", metavar="CODE", help="Ce qui est décidé.", show_default=False)
    ],
    asked: Asked,
    referral: Referral = None,
    session: Annotated[
        str | None,
        typer.Option(
            "--session", metavar="JOUR", help="La séance qui décide.", show_default=False
        ),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--motif", metavar="CODE", help="Pourquoi.", show_default=False)
    ] = None,
    gap: Annotated[
        str | None,
        typer.Option(
            "--manque-offre", metavar="CODE", help="Ce que l'offre n'a pas.", show_default=False
        ),
    ] = None,
    next_step: Annotated[
        str | None, typer.Option("--suite", metavar="CODE", help="La suite.", show_default=False)
    ] = None,
    authority: Annotated[
        str | None,
        typer.Option(
            "--autorite", metavar="CODE", help="D'une réorientation : qui.", show_default=False
        ),
    ] = None,
    article: Annotated[
        str | None,
        typer.Option(
            "--article", metavar="CODE", help="D'une réorientation : son article.",
            show_default=False,
        ),
    ] = None,
    notified: Annotated[
        str | None,
        typer.Option(
            "--notifiee-le", metavar="DATE", help="D'une réorientation : notifiée le.",
            show_default=False,
        ),
    ] = None,
    effet: Day = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Enregistrer ce qu'une instance décide d'une situation, une fois, à sa séance."""
    given = {
        "saisine": referral,
        "session": session,
        "nature": nature,
        "motif": reason,
        "manque_offre": gap,
        "suite": next_step,
        "autorite": authority,
        "article": article,
        "notifie_le": day(notified, "--notifiee-le").isoformat() if notified else None,
    }
    done(asked, "instance.decider", dossier, effet, given, as_json)


@app.command("bilan")
@at_the_counter
def bilan(
    since: Annotated[
        str, typer.Option("--du", metavar="DATE", help="Le premier jour.", show_default=False)
    ],
    asked: Asked,
    which: Annotated[
        str | None,
        typer.Option("--instance", metavar="ID", help="Une seule instance.", show_default=False),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--au", metavar="DATE", help="Le dernier jour ; sinon aujourd'hui.", show_default=False
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Participation, situations étudiées, réorientations, manques de l'offre, sur une période."""
    first, last = day(since, "--du"), day_or_today(at, "--au")
    with asked.counter() as desk:
        found = desk.guichet.participation(
            desk.demande, du=first, au=last, instance=named(which) if which else None
        )
        dit = desk.guichet.libelle
    show(as_json, found.to_dict, lambda: terminal.participation(found, dit))
