"""The commands of dossiers: what is known, for somebody who may see it; what is decided.

What shows a dossier asks who looks and for what (docs/droits.md), and writes it down in the journal
of accesses beside the store. What changes one asks who acts, and whether the pack lets him.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial, wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer
from rich.console import Group
from rich.text import Text

from spie import _core, droits, formatting
from spie.cli.aide import confirm
from spie.cli.completion import purposes, roles
from spie.cli.shared import App, Json, counting, day, misused, read, read_object, show, speaking
from spie.cli.store import (
    Base,
    Dossier,
    Key,
    Reason,
    assigned,
    day_or_today,
    key_path,
    known,
    opened,
    subject,
)
from spie.conservation import Conservation
from spie.dossier import Evenement, table_large, table_longue, types
from spie.droits import Acces, Demande, Guichet, VueSituation
from spie.errors import Diagnostic, DossierError, RightsError, ValueConversionError
from spie.imports import verifier_saisie
from spie.pack import Pack
from spie.store import Store
from spie.tables import files
from spie.terminal import dossier as terminal_dossier
from spie.terminal import droits as terminal_droits
from spie.terminal import listes as terminal_listes
from spie.terminal import pack as terminal_pack
from spie.terminal import situation as terminal_situation
from spie.terminal.console import console

app = App(help="Voir un dossier, le corriger, l'effacer ; garder la base.")

Actor = Annotated[
    str,
    typer.Option(
        "--acteur", metavar="ID", help="Qui demande : professionnel:…, ou personne:….",
        show_default=False,
    ),
]  # fmt: skip
Purpose = Annotated[
    str,
    typer.Option(
        "--finalite",
        metavar="NOM",
        help="Pour quoi faire.",
        show_default=False,
        autocompletion=purposes,
    ),
]
Roles = Annotated[
    list[str],
    typer.Option(
        "--role",
        metavar="NOM",
        help="Un rôle de l'acteur (répétable).",
        show_default=False,
        autocompletion=roles,
    ),
]
Structure = Annotated[
    str, typer.Option("--structure", metavar="ID", help="La structure de l'acteur.")
]
RightsPack = Annotated[
    str,
    typer.Option(
        "--pack", metavar="PACK", help="Le pack qui dit les droits et l'ordre des sources."
    ),
]
RIGHTS = "socle-national"
At = Annotated[
    str | None,
    typer.Option(
        "--au", metavar="DATE", help="Le jour des faits ; sinon aujourd'hui.", show_default=False
    ),
]
KnownAt = Annotated[
    str | None,
    typer.Option(
        "--connu-le", metavar="DATE", help="Ce que l'on savait alors : une date, un instant.",
        show_default=False,
    ),
]  # fmt: skip


# --- What is shown


@dataclass
class Counter:
    """Somebody before a store."""

    held: Store
    guichet: Guichet
    demande: Demande

    def may(self, act: str, *targets: str | dict[str, Any] | Evenement) -> None:
        """Refused unless the pack allows it; what is done then is told as this actor's."""
        self.guichet.autoriser(self.demande, act, targets)

    def event(self, act: str, event: str) -> Evenement:
        """The event that an act is about. One that is not there leaves the trace of a refusal."""
        try:
            return self.held.evenement(event)
        except DossierError:
            self.may(act)  # a role that needs no tie is told that it is not there
            raise


@dataclass
class Asked:
    """Who asks, for what, and of which store: the options that all these commands have."""

    base: Base
    actor: Actor
    purpose: Purpose
    roles: Roles
    structure: Structure = ""
    pack: RightsPack = RIGHTS
    key: Key = None

    @contextmanager
    def counter(self, *, create: bool = False) -> Iterator[Counter]:
        with speaking():
            rules = Pack.load(self.pack)
            with (
                opened(self.base, self.key, create=create) as held,
                accesses(self.base, self.key) as acces,
            ):
                structure = subject_of_structure(self.structure)
                demande = Demande(self.actor, self.purpose, self.roles, structure)
                yield Counter(held, Guichet(held, acces, rules), demande)


def parameters(of: Callable[..., Any]) -> list[Parameter]:
    hints = get_type_hints(of, include_extras=True)
    return [one.replace(annotation=hints[one.name]) for one in signature(of).parameters.values()]


def at_the_counter(
    command: Callable[..., None] | None = None, *, pack: str = RIGHTS
) -> Callable[..., Any]:
    """The command, with the options of Asked where it takes `asked`; as everywhere, the pack and
    the key come last before --json. `pack` is the one that says the rights by default."""
    if command is None:
        return partial(at_the_counter, pack=pack)
    shared, own = parameters(Asked), parameters(command)
    place = [one.name for one in own].index("asked")
    last = [one.name for one in shared].index("pack")
    shared[last] = shared[last].replace(default=pack)
    order = [*own[:place], *shared[:last], *own[place + 1 : -1], *shared[last:], own[-1]]

    @wraps(command)
    def run(**given: Any) -> None:
        asked = Asked(**{one.name: given.pop(one.name) for one in shared})
        command(asked=asked, **given)

    vars(run)["__signature__"] = Signature(order)  # what typer reads
    run.__annotations__ = {one.name: one.annotation for one in order}
    return run


def subject_of_structure(text: str) -> str:
    return text if not text or ":" in text else f"structure:{text}"


def accesses(base: Path, key: Path | None) -> Acces:
    path, keys = droits.acces_path(base), key_path(base, key)
    return (Acces.open if path.exists() else Acces.create)(path, keys)


@app.command("voir")
@at_the_counter
def voir(
    dossier: Dossier,
    asked: Asked,
    at: At = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """Voir un dossier à une date, tel qu'on le connaissait à une autre."""
    on, how_far = day_or_today(at, "--au"), known(known_at)
    with asked.counter() as desk:
        view = desk.guichet.voir(desk.demande, subject(dossier), au=on, connu=how_far)
    show(
        as_json,
        view.to_dict,
        lambda: Group(
            terminal_situation.situation(view),
            terminal_dossier.held_back(view.retenues),
        ),
    )


def seen_by(desk: Counter) -> Iterator[str]:
    """The persons whom the actor lists; those of the store, for a role that the pack shows no name."""
    try:
        first = desk.guichet.lister(desk.demande)
    except RightsError as refused:
        if refused.code != "R002":
            raise
        last = ""
        while found := desk.held.sujets(apres=last):
            yield from found
            last = found[-1]
        return
    for page in range(1, first.pages + 1):
        listed = first if page == 1 else desk.guichet.lister(desk.demande, page=page)
        yield from (one.dossier for one in listed.dossiers)


def named_columns(given: list[str]) -> dict[str, str]:
    """NOM=CHEMIN, or a path that names its column."""
    found: dict[str, str] = {}
    for one in given:
        name, equals, path = one.partition("=")
        name, path = name.strip(), (path if equals else name).strip()
        if not name or not path or name in found:
            raise misused(f"--colonne : « {one} » n'est pas NOM=CHEMIN, ou son nom sert déjà.")
        found[name] = path
    return found


@app.command("table")
@at_the_counter
def table(
    to: Annotated[
        Path,
        typer.Option(
            "--vers",
            metavar="FICHIER",
            help="Où écrire la table : .parquet, .csv, .arrow, .arrows.",
            show_default=False,
        ),
    ],
    asked: Asked,
    dossiers: Annotated[
        list[str] | None,
        typer.Option(
            "--dossier",
            metavar="ID",
            help="Un dossier (répétable) ; tous ceux qu'il voit, sinon.",
            show_default=False,
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--colonne",
            metavar="NOM=CHEMIN",
            help="Une colonne (répétable), et une ligne par dossier ; une ligne par fait, sinon.",
            show_default=False,
        ),
    ] = None,
    texts: Annotated[
        list[str] | None,
        typer.Option(
            "--texte",
            metavar="NOM",
            help="Une colonne à écrire comme texte, grandes classes comprises (répétable).",
            show_default=False,
        ),
    ] = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Écrire les dossiers que l'acteur voit en une table : une ligne par dossier, ou par fait."""
    on, named = day_or_today(at, "--au"), named_columns(columns or [])
    if unknown := [one for one in texts or [] if one not in named]:
        raise misused(f"--texte : « {unknown[0]} » n'est pas une colonne de --colonne.")
    with asked.counter() as desk, counting("dossiers") as progress:
        seen = 0

        def views() -> Iterator[VueSituation]:
            nonlocal seen
            for one in map(subject, dossiers) if dossiers else seen_by(desk):
                view = desk.guichet.voir(desk.demande, one, au=on)
                if not view.role:  # nothing ties him to her: not even a line
                    continue
                yield view
                seen += 1
                if progress is not None:
                    progress(seen)

        made = table_large(views(), named, textes=texts or ()) if named else table_longue(views())
        written = files.write_rows(made, to)
    said = f"{to} : {formatting.count(seen, 'dossier')}, {formatting.count(written, 'ligne')}."
    told(as_json, {"dossiers": seen, "lignes": written, "vers": str(to)}, said)


@app.command("decider")
@at_the_counter
def decider(
    dossier: Dossier,
    decision: Annotated[
        str, typer.Argument(metavar="DECISION", help="Une décision du pack : entree, admission.")
    ],
    asked: Asked,
    at: At = None,
    facts: Annotated[
        Path | None,
        typer.Option(
            "--faits",
            metavar="FICHIER.json",
            help="Ce qu'aucun dossier ne dit, donné à la main ; passe devant ce qu'il dit.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Ce qu'une décision du pack donne sur un dossier, pour qui le demande."""
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        pack = Pack.load(asked.pack)
        given = read_object(facts, "faits") if facts is not None else {}
        view = desk.guichet.expliquer(
            desk.demande, subject(dossier), pack, decision, au=on, faits=given
        )
    show(
        as_json,
        view.to_dict,
        lambda: Group(
            terminal_pack.result(view.resultat, pack),
            terminal_dossier.held_back(view.retenues),
        ),
    )


@app.command("chercher")
@at_the_counter
def chercher(
    name: Annotated[str, typer.Argument(metavar="NOM", help="Le début d'un nom.")],
    asked: Asked,
    at: At = None,
    limit: Annotated[int, typer.Option("--limite", min=1, help="Nombre de dossiers.")] = 50,
    as_json: Json = False,
) -> None:
    """Chercher des personnes par le début de leur nom."""
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        found = desk.guichet.rechercher(desk.demande, name, au=on, limite=limit)
    show(
        as_json,
        lambda: [one.to_dict() for one in found],
        lambda: terminal_situation.people(one.situation for one in found),
    )


@app.command("historique")
@at_the_counter
def historique(
    dossier: Dossier,
    path: Annotated[
        str,
        typer.Argument(metavar="CHEMIN", help="Un fait : identite.nom, frein.mobilite, adresse."),
    ],
    asked: Asked,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """Tout ce qui a jamais été dit d'un fait, par qui, quand."""
    how_far = known(known_at)
    with asked.counter() as desk:
        view = desk.guichet.historique(desk.demande, subject(dossier), path, connu=how_far)
    show(
        as_json,
        view.to_dict,
        lambda: Group(
            terminal_situation.history(view, path),
            terminal_dossier.held_back(view.retenues),
        ),
    )


@app.command("comparer")
@at_the_counter
def comparer(
    dossier: Dossier,
    before: Annotated[str, typer.Argument(metavar="AVANT", help="Un jour.")],
    after: Annotated[str, typer.Argument(metavar="APRES", help="Un autre, ou le même.")],
    asked: Asked,
    known_before: Annotated[
        str | None,
        typer.Option("--connu-avant", metavar="DATE", help="Ce que l'on savait du premier."),
    ] = None,
    known_after: Annotated[
        str | None,
        typer.Option("--connu-apres", metavar="DATE", help="Ce que l'on savait du second."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Ce qui change d'un jour à l'autre, ou de ce que l'on savait à ce que l'on sait."""
    first, second = day(before, "AVANT"), day(after, "APRES")
    then, now = known(known_before, "--connu-avant"), known(known_after, "--connu-apres")
    with asked.counter() as desk:
        view = desk.guichet.comparer(
            desk.demande, subject(dossier), first, second, connu_avant=then, connu_apres=now
        )
    show(
        as_json,
        view.to_dict,
        lambda: Group(
            terminal_situation.differences(view),
            terminal_dossier.held_back(view.retenues),
        ),
    )


# --- What is recorded and decided


@contextmanager
def deciding(base: Path, key: Path | None) -> Iterator[Store]:
    with speaking(), opened(base, key) as held:
        yield held


def told(as_json: bool, data: dict[str, Any], sentence: str) -> None:
    show(as_json, lambda: data, lambda: Text(sentence))


def read_list(path: str, what: str) -> list[Any]:
    content = read(path, what).decode("utf-8-sig", "replace")
    value = _core.read_json(content, Path(path).name)
    if not isinstance(value, list):
        raise ValueConversionError(
            Diagnostic("J002", "error", "Une liste JSON est attendue.", path, "Écrire […].")
        )
    return value


def signed(events: list[Any], actor: str, path: str) -> list[Any]:
    """The events as this actor's: nobody records in the name of somebody else."""
    made = []
    for index, event in enumerate(events):
        if not isinstance(event, dict):
            raise DossierError(
                Diagnostic(
                    "E001", "error", "Un événement est un objet JSON.", f"{path}/{index}", ""
                )
            )
        author = event.get("auteur") or actor
        if author != actor:
            raise DossierError(
                Diagnostic(
                    "E001", "error",
                    f"L'auteur d'un événement est qui l'enregistre, {actor} : pas « {author} ».",
                    f"{path}/{index}/auteur",
                    "Ôter « auteur » des événements, ou les faire enregistrer par leur auteur.",
                )
            )  # fmt: skip
        made.append({**event, "auteur": actor})
    return made


@app.command("enregistrer")
@at_the_counter
def enregistrer(
    events: Annotated[
        str, typer.Argument(metavar="EVENEMENTS.json", help="Une liste d'événements ; -.")
    ],
    asked: Asked,
    as_json: Json = False,
) -> None:
    """Enregistrer des événements, tous ou aucun ; crée la base s'il n'y en a pas."""
    with speaking():
        given = signed(read_list(events, "Événements"), asked.actor, events)
    with asked.counter(create=True) as desk:
        desk.may("enregistrer", *given)
        if told_by_sources := [one for one in given if in_the_name_of_a_source(one)]:
            desk.may("importer", *told_by_sources)
        made = desk.held.append(given)
        head = desk.held.head()
    told(
        as_json,
        {"evenements": made, "tete": head.to_dict()},
        f"{formatting.count(len(made), 'événement enregistré', 'événements enregistrés')}. Tête à noter : {head.maillon}",
    )


def in_the_name_of_a_source(event: dict[str, Any]) -> bool:
    """What a file would say: a source prevails over what people type."""
    source = event.get("source")
    return isinstance(source, dict) and source.get("nom", "saisie") != "saisie"


@app.command("corriger")
@at_the_counter
def corriger(
    event: Annotated[str, typer.Argument(metavar="EVENEMENT", help="L'événement à corriger.")],
    asked: Asked,
    fields: Annotated[
        list[str] | None,
        typer.Option(
            "--champ", metavar="NOM=VALEUR", help="La bonne valeur (répétable) ; vide l'ôte."
        ),
    ] = None,
    start: Annotated[
        str | None, typer.Option("--debut", metavar="DATE", help="Le vrai premier jour.")
    ] = None,
    end: Annotated[
        str | None,
        typer.Option("--fin", metavar="DATE", help="Le premier jour où ce n'est plus vrai."),
    ] = None,
    retract: Annotated[
        bool, typer.Option("--retirer", help="Cela n'a jamais été vrai : le retirer.")
    ] = False,
    reason: Reason = "",
    as_json: Json = False,
) -> None:
    """Corriger un événement, ou le retirer ; ce qui fut dit reste dans l'historique."""
    given = assigned(fields or [], "--champ")
    if retract == bool(given or start or end):
        raise misused("Donner des --champ ou des dates, ou bien --retirer.")
    debut = None if start is None else day(start, "--debut")
    fin = None if end is None else day(end, "--fin")
    with asked.counter() as desk:
        target = desk.event("corriger", event)
        desk.may("corriger", target)
        if retract:
            made = desk.held.retirer(event, auteur=asked.actor, motif=reason)
        else:
            content = corrected(target.type, dict(target.contenu), given) if given else None
            if content is not None:
                verify_entry(target.type, content, set(given))
            made = desk.held.corriger(
                event, content, debut=debut, fin=fin, auteur=asked.actor, motif=reason
            )
    told(as_json, {"evenement": made}, f"{'Retiré' if retract else 'Corrigé'} par {made}.")


def verify_entry(name: str, content: dict[str, Any], fields: set[str]) -> None:
    """A value is typed as an import would read it: refused, or told and kept."""
    today = dt.date.today()
    for fault in verifier_saisie(name, content, jour=today):
        if fault.champ not in fields:
            continue
        if not fault.gardee:
            raise misused(f"--champ {fault.champ} : {fault.motif}. {fault.remede}")
        sentence = f"{fault.champ} : {fault.motif}. {fault.remede}"
        console(stderr=True).print(Text(sentence, style="attention"))


def corrected(name: str, content: dict[str, Any], given: dict[str, str]) -> dict[str, Any]:
    """The content with the fields given, read as their schema asks: 12.50, true, or as a text."""
    schema = next(one["schema"] for one in types() if one["nom"] == name)
    for field, text in given.items():
        kind = schema["properties"].get(field, {}).get("type")
        if not text:
            content.pop(field, None)
        elif kind in ("number", "integer", "boolean", "array", "object"):
            content[field] = _core.read_json(text, field)
        else:
            content[field] = text
    return content


@app.command("fusionner")
@at_the_counter
def fusionner(
    kept: Annotated[str, typer.Argument(metavar="GARDE", help="Le dossier qui reste.")],
    absorbed: Annotated[str, typer.Argument(metavar="ABSORBE", help="Le dossier qui y entre.")],
    asked: Asked,
    reason: Reason = "",
    as_json: Json = False,
) -> None:
    """Faire un dossier de deux, qui sont de la même personne ; cela se défait."""
    with asked.counter() as desk:
        desk.may("fusionner", subject(kept), subject(absorbed))
        made = desk.held.fusionner(
            subject(kept), subject(absorbed), auteur=asked.actor, motif=reason
        )
    told(as_json, {"evenement": made}, f"Fusionnés par {made}.")


@app.command("defusionner")
@at_the_counter
def defusionner(
    merge: Annotated[str, typer.Argument(metavar="FUSION", help="L'événement de la fusion.")],
    asked: Asked,
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--affecter",
            metavar="EVENEMENT=ID",
            help="À qui revient un événement d'après (répétable).",
        ),
    ] = None,
    others: Annotated[
        str | None, typer.Option("--reste", metavar="ID", help="À qui reviennent les autres.")
    ] = None,
    reason: Reason = "",
    as_json: Json = False,
) -> None:
    """Défaire une fusion : chaque événement enregistré depuis revient à l'un des deux."""
    chosen = {one: subject(to) for one, to in assigned(given or [], "--affecter").items()}
    with asked.counter() as desk:
        desk.may("defusionner", *desk.event("defusionner", merge).sujets)
        since = desk.held.depuis_fusion(merge)
        if others is not None:
            chosen = {one.id: subject(others) for one in since} | chosen
        try:
            desk.held.defusionner(merge, chosen, auteur=asked.actor, motif=reason)
        except DossierError:
            waiting = [one for one in since if one.id not in chosen]
            if waiting:
                title = "Enregistrés depuis la fusion, à affecter :"
                console(stderr=True).print(terminal_dossier.events(waiting, title))
            raise
    told(as_json, {"affectations": chosen}, "La fusion est défaite.")


@app.command("detacher")
@at_the_counter
def detacher(
    attachment: Annotated[
        str, typer.Argument(metavar="RATTACHEMENT", help="L'événement du rattachement.")
    ],
    asked: Asked,
    reason: Reason = "",
    as_json: Json = False,
) -> None:
    """Défaire un rattachement : ce que l'enregistrement disait va à un dossier nouveau."""
    with asked.counter() as desk:
        desk.may("detacher", desk.event("detacher", attachment))
        made = desk.held.detacher(attachment, auteur=asked.actor, motif=reason)
    told(as_json, {"dossier": made}, f"Son nouveau dossier : {made}")


@app.command("effacer")
@at_the_counter
def effacer(
    dossier: Dossier,
    asked: Asked,
    sure: Annotated[bool, typer.Option("--oui", help="Ne pas demander confirmation.")] = False,
    reason: Reason = "",
    as_json: Json = False,
) -> None:
    """Effacer une personne pour de bon ; la chaîne garde qu'il y eut quelque chose."""
    who = subject(dossier)
    if as_json and not sure:
        raise misused("effacer --json demande --oui.")
    with asked.counter() as desk:
        desk.may("effacer", who)
        kept = Conservation(desk.held, Pack.load(asked.pack))
        if not sure:
            left = kept.doublons_ouverts([who])
            console(stderr=True).print(*terminal_listes.left_over(left), sep="\n", end="")
            confirm(f"Effacer {who} pour de bon ?")
        done = kept.effacer([who], auteur=asked.actor, motif=reason)
    show(as_json, done.to_dict, lambda: Group(*terminal_droits.erased(done)))
