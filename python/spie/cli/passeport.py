"""The commands of the passport of skills (docs/passeport.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Group

from spie import badges
from spie import passeport as passeports
from spie.cli import passeport_signe, signature
from spie.cli.actes import Day, Fields, done, fields
from spie.cli.aide import Groupe
from spie.cli.badge import put
from spie.cli.carnet import Reader
from spie.cli.diagnostic import Html
from spie.cli.dossier import Asked, At, at_the_counter
from spie.cli.shared import App, Json, misused, read, read_object, show, write
from spie.cli.signature import option
from spie.cli.store import Dossier, day_or_today, subject
from spie.terminal import passeport as terminal
from spie.terminal.dossier import held_back


class Passeport(Groupe):
    """`spie passeport DOSSIER` shows it; a word that names a command is that command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = ["voir", *args]
        return super().parse_args(ctx, args)


app = App(
    help="Le passeport de compétences : ce qu'une personne sait faire, et qui s'en porte garant."
)
app.info.cls = Passeport


@app.callback()
def passeport() -> None:
    """Le passeport de compétences : ce qu'une personne sait faire, et qui s'en porte garant."""


@app.command("voir")
@at_the_counter
def voir(
    dossier: Dossier,
    asked: Asked,
    at: At = None,
    reader: Annotated[
        Reader, typer.Option("--pour", help="À qui la page parle.")
    ] = Reader.personne,
    html: Html = None,
    as_json: Json = False,
) -> None:
    """Ce que le passeport contient ; « spie passeport DOSSIER » suffit."""
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        view = desk.guichet.passeport(desk.demande, subject(dossier), au=on)
    if html is not None:
        write(html, view.to_html(pour=reader.value), "Page")
    show(as_json, view.to_dict, lambda: Group(terminal.passeport(view), held_back(view.retenues)))


@app.command("ajouter")
@at_the_counter
def ajouter(
    dossier: Dossier,
    genre: Annotated[
        str,
        typer.Option(
            "--genre",
            metavar="CODE",
            help="competence, experience, formation, certification, langue, utilite_sociale.",
            show_default=False,
        ),
    ],
    asked: Asked,
    libelle: Annotated[
        str | None,
        typer.Option("--libelle", metavar="TEXTE", help="Ses mots.", show_default=False),
    ] = None,
    rome: Annotated[
        str | None,
        typer.Option(
            "--rome",
            metavar="CODE",
            help="Un code du ROME, avec --version-rome.",
            show_default=False,
        ),
    ] = None,
    nature: Annotated[
        str,
        typer.Option(
            "--nature-rome",
            metavar="NATURE",
            help="Ce qu'il nomme : competence, savoir, metier, appellation.",
        ),
    ] = "competence",
    release: Annotated[
        str | None,
        typer.Option(
            "--version-rome", metavar="VERSION", help="Sa version : v460.", show_default=False
        ),
    ] = None,
    effet: Day = None,
    champ: Fields = None,
    as_json: Json = False,
) -> None:
    """Ajouter un élément, de la parole de la personne."""
    given = {"genre": genre, "libelle": libelle, "code_rome": rome, "version_rome": release}
    if rome is not None:
        given["nature_rome"] = nature
    done(asked, "passeport.ajouter", dossier, effet, {**given, **fields(champ)}, as_json)


@app.command("proposer")
@at_the_counter
def proposer(
    dossier: Dossier,
    asked: Asked,
    at: At = None,
    garder: Annotated[
        str | None,
        typer.Option(
            "--garder", metavar="ID", help="Garder cette proposition.", show_default=False
        ),
    ] = None,
    refuser: Annotated[
        str | None,
        typer.Option(
            "--refuser", metavar="ID", help="Refuser cette proposition.", show_default=False
        ),
    ] = None,
    libelle: Annotated[
        str | None,
        typer.Option(
            "--libelle", metavar="TEXTE", help="Avec --garder : ses mots.", show_default=False
        ),
    ] = None,
    champ: Fields = None,
    as_json: Json = False,
) -> None:
    """Ce que le diagnostic et le dossier proposent, et pourquoi ; en garder ou en refuser une."""
    if garder and refuser:
        raise misused("Garder ou refuser : l'un des deux.")
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        view = desk.guichet.propositions_passeport(desk.demande, subject(dossier), au=on)
    if not garder and not refuser:
        show(
            as_json,
            view.to_dict,
            lambda: Group(terminal.propositions(view), held_back(view.retenues)),
        )
        return
    found = {one.id: one for one in view.propositions.propositions}
    one = found.get(garder or refuser or "")
    if one is None:
        raise misused(f"Il n'y a pas de proposition « {garder or refuser} ».")
    if refuser:
        given = {"proposition": one.id, **fields(champ)}
        done(asked, "passeport.refuser", dossier, on.isoformat(), given, as_json)
        return
    kept: dict[str, Any] = {
        "genre": one.genre,
        "libelle": libelle or one.libelle or None,
        "proposition": one.id,
        "fonde_sur": list(one.fonde_sur),
        "regle": one.regle,
        "immersion": one.immersion,
        **fields(champ),
    }
    if one.code_rome and "version_rome" in kept:
        kept = {"code_rome": one.code_rome, "nature_rome": one.nature_rome, **kept}
    elif one.code_rome and not kept["libelle"]:
        kept["libelle"] = f"Métier {one.code_rome}"
    kept = {name: value for name, value in kept.items() if value}
    done(asked, "passeport.ajouter", dossier, on.isoformat(), kept, as_json)


@app.command("comparer")
@at_the_counter
def comparer(
    dossier: Dossier,
    profile: Annotated[
        str,
        typer.Option(
            "--profil", metavar="FICHIER.json", help="Le profil (- : l'entrée standard).",
            show_default=False,
        ),
    ],
    asked: Asked,
    jobs: Annotated[
        str | None,
        typer.Option(
            "--metiers", metavar="FICHIER.json",
            help="La liste des métiers en tension : {\"metiers\": […]}.", show_default=False,
        ),
    ] = None,
    basin: Annotated[
        str, typer.Option("--bassin", metavar="NOM", help="Le bassin d'emploi.", show_default=False)
    ] = "",
    folder: signature.RomeFolder = None,
    version: signature.RomeVersion = None,
    at: At = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Le passeport devant le profil d'une filière ou d'un métier : couvert, à confirmer, manquant."""
    on = day_or_today(at, "--au")
    wanted = read_object(profile, "Profil")
    tense = read_object(jobs, "Métiers").get("metiers", []) if jobs is not None else []
    with asked.counter() as desk:
        read = passeports.comparer(
            desk.guichet, desk.demande, subject(dossier), au=on, profil=wanted, metiers=tense,
            bassin=basin,
        )  # fmt: skip
    rome = signature.livraison(folder, version)
    show(as_json, read.to_dict, lambda: terminal.comparaison(read, rome))


@app.command("badge")
@at_the_counter
def badge(
    dossier: Dossier,
    immersion: Annotated[
        str, typer.Option("--immersion", metavar="ID", help="Laquelle.", show_default=False)
    ],
    asked: Asked,
    to: Annotated[
        Path | None, option("--vers", "FICHIER", "Le délivrer, et où ; sinon rien n'est signé.")
    ] = None,
    image: Annotated[
        str | None, option("--image", "FICHIER", "Une image PNG ou SVG, pour y mettre le badge.")
    ] = None,
    typed: Annotated[
        list[str] | None,
        option("--mot", "ÉLÉMENT=TEXTE", "Des mots écrits pour ce badge (répétable)."),
    ] = None,
    secret: signature.Secret = None,
    phrase: signature.Under = None,
    name: signature.Name = "",
    address: signature.Address = "",
    proofs: signature.Proofs = None,
    method: signature.Method = "",
    when: signature.When = None,
    registers: signature.Registers = None,
    mail: signature.Mail = "",
    holder: signature.Holder = "",
    folder: signature.RomeFolder = None,
    version: signature.RomeVersion = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Ce que le bilan d'une immersion permet de délivrer ; avec --vers, le délivrer, signé."""
    on = day_or_today(at, "--au")
    rome = signature.livraison(folder, version)
    if to is None:
        if secret is not None or image is not None:
            raise misused("Délivrer un badge demande --vers.")
        with asked.counter() as desk:
            possible = passeports.badge_immersion(
                desk.guichet, desk.demande, subject(dossier), immersion, au=on
            )
        show(as_json, possible.to_dict, lambda: terminal.badge(possible, rome))
        return
    named, words = signature.titulaire(mail, holder), signature.mots(typed)
    drawn = read(image, "Image") if image is not None else None
    with asked.counter() as desk:
        by = signature.emetteur(secret, phrase, name, address, proofs, method, when, registers)
        made = passeports.delivrer(
            desk.guichet, desk.demande, subject(dossier), immersion, au=on, par=by,
            titulaire=named, mots=words, rome=rome,
        )  # fmt: skip
        try:
            text = made.badge.texte or ""
            put(str(to), text.encode() if drawn is None else badges.incruster(drawn, text), "Badge")
        except BaseException:  # what was not written was not issued
            desk.guichet.annuler(desk.demande, made.acte.acte)
            raise
    if str(to) != "-":
        show(
            as_json,
            lambda: {"vers": str(to), **made.to_dict()},
            lambda: terminal.delivre(made, str(to)),
        )


def opened(
    whom: str | None, purpose: str | None, until: str | None, items: list[str] | None,
    fields_: list[str] | None, typed: list[str] | None, received: str | None,
) -> dict[str, Any]:  # fmt: skip
    """A share, as its event says it."""
    if not whom or not purpose or not until or not items:
        raise misused("Ouvrir un partage demande --a, --but, --fin et --element ; sinon --partage.")
    words = [{"element": element, "texte": text} for element, text in signature.mots(typed).items()]
    said: dict[str, Any] = {
        "destinataire": whom,
        "finalite": purpose,
        "fin": day_or_today(until, "--fin"),
        "elements": items,
    }
    if fields_:
        said["champs"] = fields_
    if words:
        said["mots"] = words
    if received:
        said |= {"accord": "oui", "accord_recueilli": received}
    return said


@app.command("partager")
@at_the_counter
def partager(
    dossier: Dossier,
    asked: Asked,
    share: Annotated[
        str | None, option("--partage", "ID", "Un partage ouvert ; sans lui, en ouvrir un.")
    ] = None,
    whom: Annotated[str | None, option("--a", "TEXTE", "À qui.")] = None,
    what_for: Annotated[
        str | None,
        option("--but", "CODE", "Pour quoi : candidature, entretien, formation, rencontre."),
    ] = None,
    until: Annotated[str | None, option("--fin", "DATE", "Son dernier jour.")] = None,
    items: Annotated[
        list[str] | None, option("--element", "ID", "Un élément choisi (répétable).")
    ] = None,
    fields_: Annotated[
        list[str] | None,
        option(
            "--avec",
            "CHAMP",
            "dates, lieu, niveau, structure, garants, references, recommandations (répétable).",
        ),
    ] = None,
    typed: Annotated[
        list[str] | None,
        option("--mot", "ÉLÉMENT=TEXTE", "Des mots écrits pour ce partage (répétable)."),
    ] = None,
    received: Annotated[
        str | None,
        option("--recueilli", "COMMENT", "Son accord, écrit par un autre : oral, ecrit."),
    ] = None,
    form: Annotated[
        str, typer.Option("--forme", metavar="FORME", help="json, cv, badges ou clr.")
    ] = "json",
    to: Annotated[
        Path | None,
        option(
            "--vers",
            "FICHIER",
            "Où l'écrire (- : la sortie standard), un dossier pour des badges ; sinon rien n'est dit sorti.",
        ),
    ] = None,
    name: Annotated[str, option("--nom", "TEXTE", "Le nom en tête du CV.")] = "",
    secret: signature.Secret = None,
    phrase: signature.Under = None,
    issuer: signature.Name = "",
    address: signature.Address = "",
    proofs: signature.Proofs = None,
    method: signature.Method = "",
    when: signature.When = None,
    registers: signature.Registers = None,
    mail: signature.Mail = "",
    holder: signature.Holder = "",
    folder: signature.RomeFolder = None,
    version: signature.RomeVersion = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Ouvrir un partage, et écrire ce qui peut en sortir ; sans --vers, le montrer seulement."""
    if form not in passeports.FORMES:
        raise misused("--forme : json, cv, badges ou clr.")
    on = day_or_today(at, "--au")
    who = subject(dossier)
    named = signature.titulaire(mail, holder)
    if secret is not None and form not in passeports.SIGNEES:
        raise misused("--cle-emetteur : seuls des badges et un relevé (clr) sont signés.")
    said = opened(whom, what_for, until, items, fields_, typed, received) if share is None else {}
    if to is not None:
        passeport_signe.may_be_put_out(to, form)
    rome = signature.livraison(folder, version)
    with asked.counter() as desk:
        by = None
        if to is not None and form in passeports.SIGNEES:
            by = signature.emetteur(
                secret, phrase, issuer, address, proofs, method, when, registers
            )
        if share is None:
            made = desk.guichet.agir(
                desk.demande, "passeport.partager", who, effet=on, contenu=said
            )
            share = str(made.evenements[0].contenu["id"])
        if to is None:
            read = passeports.selection(desk.guichet, desk.demande, who, share, au=on, rome=rome)
            show(
                as_json,
                lambda: {"partage": share, "selection": read.to_dict()},
                lambda: Group(terminal.partage(share), terminal.selection(read)),
            )
            return
        done = passeports.ecrire(
            desk.guichet, desk.demande, who, share, au=on, forme=form, nom=name, par=by,
            titulaire=named, rome=rome,
        )  # fmt: skip
        try:
            passeport_signe.put_out(to, done)
        except BaseException:  # what was not written was not handed over
            desk.guichet.annuler(desk.demande, done.acte.acte)
            raise
    if str(to) != "-":
        show(
            as_json,
            lambda: {"partage": share, **done.to_dict()},
            lambda: Group(terminal.partage(share), terminal.ecrit(done)),
        )


passeport_signe.add_to(app)
