"""The commands of endorsements: asked for, given, refused, taken back, signed (docs/passeport.md)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.text import Text

from spie import badges, recommandations
from spie.cli.actes import Day, Fields, done, fields, told
from spie.cli.badge import CHECKS, Instant, Into, Phrase, instant, pairs, phrase_of, put
from spie.cli.dossier import Asked, At, at_the_counter
from spie.cli.shared import App, Json, misused, read, show, speaking
from spie.cli.store import Dossier, day_or_today, subject
from spie.terminal import passeport as terminal

app = App(help="Les recommandations : demandées, données, refusées, retirées, signées.")


def option(name: str, metavar: str, sentence: str) -> Any:
    return typer.Option(name, metavar=metavar, help=sentence, show_default=False)


Which = Annotated[str, typer.Argument(metavar="RECOMMANDATION", help="Laquelle.")]
Reason = Annotated[str | None, option("--motif", "CODE", "Pourquoi.")]


@app.callback()
def recommandation() -> None:
    """Les recommandations : demandées, données, refusées, retirées, signées."""


@app.command("demander")
@at_the_counter
def demander(
    dossier: Dossier,
    element: Annotated[str, option("--element", "ID", "L'élément du passeport.")],
    whom: Annotated[
        str, option("--a", "QUI", "professionnel:… ou structure:…, ou un nom que le journal ignore.")
    ],
    as_what: Annotated[
        str,
        option("--qualite", "CODE", "tuteur, employeur, pair, formateur, benevole."),
    ],
    asked: Asked,
    badge: Annotated[
        str | None, option("--badge", "ID", "Le badge recommandé : son identifiant.")
    ] = None,
    received: Annotated[
        str | None,
        option("--recueilli", "COMMENT", "Son accord, écrit par un autre : oral, ecrit."),
    ] = None,
    effet: Day = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Demander à quelqu'un qu'il recommande un élément du passeport."""
    named = "a" if whom.split(":", 1)[0] in ("professionnel", "structure") else "nom"
    said: dict[str, Any] = {"element": element, named: whom, "qualite": as_what, "badge": badge}
    if received:
        said |= {"accord": "oui", "accord_recueilli": received}
    done(asked, "recommandation.demander", dossier, effet, said, as_json)


@app.command("donner")
@at_the_counter
def donner(
    dossier: Dossier,
    which: Which,
    asked: Asked,
    words: Annotated[str | None, option("--texte", "TEXTE", "Ce qui est dit d'elle.")] = None,
    file: Annotated[
        str | None,
        option("--avenant", "FICHIER", "La recommandation signée, vérifiée ici (JSON ou JWS)."),
    ] = None,
    at: Annotated[
        str | None,
        option("--instant", "INSTANT", "Avec --avenant : l'instant de la vérification. [sans lui : maintenant]"),
    ] = None,
    documents: Annotated[
        list[str] | None,
        option("--document", "ADRESSE=FICHIER", "Avec --avenant : un document d'émetteur (répétable)."),
    ] = None,
    trust: Annotated[
        str | None, option("--confiance", "LISTE", "Avec --avenant : la liste signée des émetteurs.")
    ] = None,
    required: Annotated[
        list[str] | None, option("--exiger", "NOM", "Avec --avenant : un contrôle exigé (répétable).")
    ] = None,
    effet: Day = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Donner une recommandation : des mots, ou le document que son auteur a signé."""
    if (words is None) == (file is None):
        raise misused("Donner --texte ou --avenant : l'un des deux.")
    if file is None:
        said = {"id": which, "texte": words}
        done(asked, "recommandation.donner", dossier, effet, said, as_json)
        return
    for one in required or []:
        if one not in CHECKS:
            raise misused(f"--exiger : « {one} » n'est pas {', '.join(CHECKS)}.")
    on, when = day_or_today(effet, "--effet"), instant(at, "--instant")
    content, given = read(file, "Recommandation"), pairs(documents, "--document")
    listed = read(trust, "Liste de confiance") if trust is not None else b""
    with asked.counter() as desk:
        checker = badges.Verificateur(
            au=when, documents=given, confiance=listed, exiger=required or ()
        )
        made = recommandations.recevoir(
            desk.guichet, desk.demande, subject(dossier), which, content, au=on,
            verificateur=checker,
        )  # fmt: skip
    told(made.acte, as_json)


@app.command("refuser")
@at_the_counter
def refuser(
    dossier: Dossier, which: Which, asked: Asked, reason: Reason = None, effet: Day = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Dire qu'une recommandation demandée est refusée."""
    said = {"id": which, "motif": reason}
    done(asked, "recommandation.refuser", dossier, effet, said, as_json)


@app.command("retirer")
@at_the_counter
def retirer(
    dossier: Dossier, which: Which, asked: Asked, reason: Reason = None, effet: Day = None,
    champ: Fields = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Retirer une recommandation, demandée ou donnée."""
    said = {"id": which, "motif": reason, **fields(champ)}
    done(asked, "recommandation.retirer", dossier, effet, said, as_json)


@app.command("attester")
@at_the_counter
def attester(
    dossier: Dossier,
    which: Which,
    into: Into,
    asked: Asked,
    words: Annotated[
        str, option("--texte", "TEXTE", "Ce qui est dit d'elle. [sans lui : ce que le dossier tient]")
    ] = "",
    of: Annotated[
        str, option("--sur", "ID", "Le badge recommandé. [sans lui : celui de la demande]")
    ] = "",
    author: Annotated[str, option("--nom", "TEXTE", "Le nom de qui signe.")] = "",
    signs: Annotated[
        str | None, option("--cle-emetteur", "FICHIER", "Le secret qui signe ; sans lui, rien n'est signé.")
    ] = None,
    at: Instant = None,
    phrase: Phrase = None,
    on_day: At = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Écrire la recommandation comme un document (EndorsementCredential), signé ou à signer."""
    when: datetime | str = instant(at, "--instant") if at is not None else datetime.now(UTC)
    # What is signed as of an instant holds from its day.
    on = day_or_today(on_day or (at and at[:10]), "--au")
    secret, under = (read(signs, "Clé"), phrase_of(phrase)) if signs is not None else (b"", b"")
    with asked.counter() as desk:
        text = recommandations.attestation(
            desk.guichet, desk.demande, subject(dossier), which, au=on, texte=words, sur=of,
            emetteur=author,
        )  # fmt: skip
        if signs is not None:
            signer = badges.Cle.lire(secret, under)
            text = badges.emettre(text, signer, instant=when).badge
    put(into, text.encode(), "Recommandation")
    if into != "-":
        show(
            as_json,
            lambda: {"vers": into, "signee": signs is not None},
            lambda: Text(f"Recommandation écrite : {into}"),
        )


@app.command("joindre")
def joindre(
    file: Annotated[
        str,
        typer.Argument(
            metavar="ATTESTATION.json", help="Le badge, non signé (- : l'entrée standard).",
            show_default=False,
        ),
    ],
    signed: Annotated[
        list[str],
        typer.Argument(
            metavar="AVENANT", help="Une recommandation signée, ou plusieurs.", show_default=False
        ),
    ],
    into: Into,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Joindre des recommandations signées à un badge, avant de le signer."""
    content = read(file, "Attestation")
    given = [read(one, "Recommandation") for one in signed]
    with speaking():
        for one in given:
            content = recommandations.joindre(content, one).encode()
    put(into, content, "Attestation")
    if into != "-":
        show(
            as_json,
            lambda: {"vers": into, "avenants": len(given)},
            lambda: Text(f"Attestation écrite : {into}"),
        )


@app.command("voir")
@at_the_counter
def voir(dossier: Dossier, asked: Asked, at: At = None, as_json: Json = False) -> None:
    """Les recommandations de la personne, où en est chacune."""
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        view = desk.guichet.passeport(desk.demande, subject(dossier), au=on)
    found = view.passeport.recommandations
    show(
        as_json,
        lambda: [one.to_dict() for one in found],
        lambda: terminal.recommandations(found, view.libelle),
    )
