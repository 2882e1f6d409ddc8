"""The passport of the demonstration, step by step, as the terminal shows it."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from spie import formatting
from spie.demo.passeport import RECRUTEUR, UNTIL, Passeports
from spie.terminal import badge as terminal_badge
from spie.terminal.blocks import Prose
from spie.words import badges as words
from spie.words.clair import mot


def passport(shown: Passeports) -> list[RenderableType]:
    return [
        _title("Ce qui est proposé, elle le garde ou le refuse"),
        *proposals(shown),
        _title("De l'immersion au badge"),
        *badge(shown),
        _title("Le badge, vérifié par qui le reçoit, sans réseau"),
        terminal_badge.rapports([(shown.nom_image, shown.rapport)]),
        _title("Une copie où quelqu'un a écrit un autre niveau"),
        *altered(shown),
        _title("Ce qu'elle montre à qui recrute"),
        *share(shown),
    ]


def _title(text: str) -> Text:
    return Text(formatting.typo(f"\n{text}"), style="bold")


def proposals(shown: Passeports) -> list[RenderableType]:
    lines = []
    for view, after in ((shown.propositions, "elle la garde"), (shown.apres, "")):
        for one in view.propositions.propositions:
            if one.etat != "a_choisir":
                continue
            what = after or ("elle la garde" if one.id in kept(shown) else "elle la refuse")
            lines.append(f"- « {one.libelle} ». {one.motif} {what.capitalize()}.")
    return [Prose(one) for one in lines]


def kept(shown: Passeports) -> set[str]:
    return {one.proposition for one in shown.passeport.passeport.elements if one.proposition}


def badge(shown: Passeports) -> list[RenderableType]:
    (acquis,) = shown.permis.acquis
    code = f"ROME {acquis.code} (version {acquis.version}), niveau « {mot(acquis.niveau)} »"
    picture = (
        f"- Il est signé, puis mis dans une image que la bibliothèque dessine : {shown.nom_image}."
    )
    return [
        Prose(
            f"- Ce que le tuteur a vu, son référent, habilité, le confirme et lui donne un code : {code}."
        ),
        Prose(f"- Un badge, d'après le bilan : {mot(shown.permis.decision)}."),
        Prose(picture),
    ]


def altered(shown: Passeports) -> list[RenderableType]:
    report = shown.rapport_altere
    wrong = [one for one in report.controles if one.etat == "echec"]
    said = [
        f"- {words.CONTROLES[one.nom]} : {words.ETATS[one.etat]}. {words.phrase(one.motif.fr)}"
        for one in wrong
    ]
    told = report.dit()
    verdict = Prose(told.titre, f"bold {told.ton}")
    return [verdict, *(Prose(one) for one in said)]


def share(shown: Passeports) -> list[RenderableType]:
    items = [f"- {one.texte} ({mot(one.assurance)})" for one in shown.cv.selection.elements]
    until = formatting.long_date(UNTIL)
    return [
        Prose(f"Pour {RECRUTEUR}, jusqu'au {until} : une page, cv.html, et rien d'autre."),
        *(Prose(one) for one in items),
        Prose(
            f"Elle voit dans son passeport ce qui est sorti, et quand ; l'empreinte commence par {shown.cv.empreinte[:8]}."
        ),
    ]
