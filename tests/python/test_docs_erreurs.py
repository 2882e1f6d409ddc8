"""docs/erreurs.md: forty wrong inputs, and what they are answered. SPIE_UPDATE=1 writes the page anew; read it then."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spie
from spie import Diagnostic, SpieError, dmn, feel

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/erreurs.md"
NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


@dataclass(frozen=True)
class Wrong:
    what: str  # the sentence that says what is wrong
    shown: str  # what was written
    answer: Callable[[], Sequence[Diagnostic]]
    code: str  # that of the first answer


def told(call: Callable[[], Any]) -> Sequence[Diagnostic]:
    """What a call answers: its errors, or those that it raises."""
    try:
        result = call()
    except SpieError as error:
        return error.diagnostics
    return result.findings if isinstance(result, dmn.Model) else result.errors


def expression(what: str, text: str, code: str, **variables: Any) -> Wrong:
    return Wrong(what, text, lambda: feel.run(text, variables).errors, code)


def cell(what: str, text: str, code: str) -> Wrong:
    return Wrong(what, text, lambda: told(lambda: feel.test(text, 3)), code)


def element(body: str, namespace: str = NAMESPACE) -> str:
    return f'<definitions xmlns="{namespace}" id="m" name="modèle" namespace="urn:m">{body}</definitions>'


def whole(
    what: str, shown: str, code: str, table: dict[str, list], kept: Sequence[str] = ()
) -> Wrong:
    def ask() -> Any:
        pyarrow = pytest.importorskip("pyarrow")
        loaded = dmn.loads(element(INPUT + decision(literal("âge > 18"))))
        loaded.evaluate_table("droit", pyarrow.table(table), garder=kept)
        raise AssertionError("not refused")

    return Wrong(what, shown, lambda: told(ask), code)


INPUT = '<inputData id="i" name="âge"><variable name="âge" typeRef="number"/></inputData>'
NEEDS = '<informationRequirement><requiredInput href="#i"/></informationRequirement>'


def decision(logic: str, needs: str = NEEDS, name: str = "droit", variable: str = "") -> str:
    return f'<decision id="d-{name}" name="{name}"><variable name="{name}"{variable}/>{needs}{logic}</decision>'


def literal(text: str) -> str:
    return f"<literalExpression><text>{text}</text></literalExpression>"


def table(*rules: str, policy: str = "UNIQUE", outputs: str = "<output/>") -> str:
    rows = "".join(
        "<rule>"
        + "".join(
            f"<{kind}><text>{part.strip()}</text></{kind}>"
            for kind, side in zip(("inputEntry", "outputEntry"), rule.split("→"), strict=True)
            for part in side.split("|")
        )
        + "</rule>"
        for rule in rules
    )
    head = '<input><inputExpression typeRef="number"><text>âge</text></inputExpression></input>'
    return f'<decisionTable hitPolicy="{policy}">{head}{outputs}{rows}</decisionTable>'


def model(what: str, shown: str, xml: str | bytes, code: str) -> Wrong:
    return Wrong(what, shown, lambda: told(lambda: dmn.loads(xml)), code)


def row(
    what: str, shown: str, body: str, inputs: dict[str, Any], code: str, name: str = "droit"
) -> Wrong:
    return Wrong(
        what, shown, lambda: told(lambda: dmn.loads(element(body)).evaluate(name, inputs)), code
    )


def packed(what: str, shown: str, files: dict[str, str], code: str) -> Wrong:
    given = {name: text.encode() for name, text in files.items()}
    return Wrong(what, shown, lambda: told(lambda: spie.Pack.from_files(given)), code)


def asked(what: str, shown: str, code: str, decision_: str, facts: dict[str, Any]) -> Wrong:
    def call() -> Any:
        pack = spie.Pack.load(ROOT / "packs/seine-et-marne-2022-2023")
        return pack.evaluate(decision_, facts, as_of=date(2022, 6, 1))

    return Wrong(what, shown, lambda: told(call), code)


def manifest(**changes: Any) -> str:
    whole = {
        "id": "essai",
        "version": "1.0.0",
        "titre": "Essai",
        "autorite": "Personne",
        "periode": {"debut": "2022-01-01", "fin": "2023-12-31"},
        "modeles": ["essai.dmn"],
    }
    return json.dumps(whole | changes, ensure_ascii=False)


MODEL = element(decision(literal("1"), ""))
ONE = INPUT + decision(literal("âge + 1"))
TABLE = INPUT + decision(table('< 18 → "non"', '>= 16 → "oui"'))

SECTIONS: dict[str, list[Wrong]] = {
    "Expressions": [
        expression("Le texte s’arrête au milieu.", "1 +", "F001"),
        expression("Une virgule de trop.", "[1, 2,]", "F001"),
        expression("Un crochet n’est pas fermé.", "[1, 2", "F001"),
        expression("Un texte entre apostrophes.", "'oui'", "F001"),
        expression("L’égalité d’un autre langage.", "1 == 1", "F001"),
        expression("Un « et » français.", "true et false", "F001"),
        expression("Des milliers séparés.", "1 000 + 1", "F001"),
        expression(
            "Une condition sans « else ».", 'if 1 &lt; 2 then "oui"'.replace("&lt;", "<"), "F001"
        ),
        expression("Un nom mal écrit.", "agee > 18", "F002", age=20),
        expression("Une fonction mal écrite.", "summ([1, 2])", "F004"),
        expression("Une fonction d’un autre moteur.", "is defined(x)", "F004"),
        expression("Un argument manque.", "round up(5.5)", "F005"),
        expression("Un nombre et un texte.", '1 + "a"', "F003"),
        expression("Une division par zéro.", "1 / 0", "F006"),
        expression("Un jour qui n’existe pas.", 'date("2021-02-29")', "F007"),
        expression(
            "Un fuseau qui n’existe pas.",
            'date and time("2024-07-01T10:00:00@Europe/Pariss")',
            "F007",
        ),
        expression("Une position hors de la liste.", "[1, 2, 3][4]", "F011"),
        expression("Un intervalle à l’envers.", "for i in [3..1] return i", "F012"),
        expression("Une expression régulière fausse.", 'matches("a", "(")', "F015"),
        cell("Une case qui n’est pas FEEL.", "≥ 3", "F001"),
    ],
    "Modèles": [
        model("Ce n’est pas du XML.", "âge;droit", "âge;droit", "D001"),
        model(
            "Une balise n’est pas fermée.",
            "<definitions><decision></definitions>",
            "<definitions><decision></definitions>",
            "D001",
        ),
        model("Un autre espace de noms.", 'xmlns="urn:autre"', element("", "urn:autre"), "D001"),
        model(
            "Un nom que rien ne définit.",
            "agee > 18",
            element(INPUT + decision(literal("agee &gt; 18"))),
            "F002",
        ),
        model(
            "Un type que rien ne définit.",
            'typeRef="tAge"',
            element(decision(literal("1"), "", variable=' typeRef="tAge"')),
            "D005",
        ),
        model(
            "Une décision qui dépend d’elle-même.",
            "a → b → a",
            element(
                "".join(
                    decision(
                        literal("1"),
                        f'<informationRequirement><requiredDecision href="#d-{other}"/></informationRequirement>',
                        one,
                    )
                    for one, other in (("a", "b"), ("b", "a"))
                )
            ),
            "D004",
        ),
        model(
            "Une référence à rien.",
            'href="#autre"',
            element(decision(literal("1"), NEEDS.replace("#i", "#autre"))),
            "D003",
        ),
        model(
            "Deux décisions d’un même nom.",
            "droit, droit",
            element(
                decision(literal("1"), "") + decision(literal("2"), "").replace("d-droit", "d-2")
            ),
            "D012",
        ),
    ],
    "Tables": [
        model(
            "Une case illisible.",
            "&lt; dix huit → oui".replace("&lt;", "<"),
            element(INPUT + decision(table('&lt; dix huit → "oui"'))),
            "F002",
        ),
        model(
            "Plus de cases que de colonnes.",
            '< 18 | 3 → "oui"',
            element(INPUT + decision(table('&lt; 18 | 3 → "oui"'))),
            "D002",
        ),
        model(
            "Une règle de sélection inconnue.",
            'hitPolicy="BEST"',
            element(INPUT + decision(table('- → "oui"', policy="BEST"))),
            "D002",
        ),
        row(
            "Deux règles d’une table UNIQUE.",
            '< 18 → "non"\n>= 16 → "oui"\nâge = 17',
            TABLE.replace("< 18", "&lt; 18").replace(">= 16", "&gt;= 16"),
            {"âge": 17},
            "D007",
        ),
        row(
            "Aucune règle ne convient.",
            '< 18 → "non"\nâge = 30',
            INPUT + decision(table('&lt; 18 → "non"')),
            {"âge": 30},
            "D006",
        ),
    ],
    "Entrées": [
        row("Une entrée mal nommée.", '{"age": 17}', ONE, {"age": 17}, "D009"),
        row("Une entrée d’un autre type.", '{"âge": "dix-sept"}', ONE, {"âge": "dix-sept"}, "D010"),
        row("Une décision mal nommée.", "drot", ONE, {"âge": 17}, "D011", "drot"),
    ],
    "Tables entières": [
        whole("Une colonne mal nommée.", "colonne agee", "T001", {"agee": [17]}),
        whole(
            "Une colonne d’un autre type.", "colonne âge : dix-sept", "T002", {"âge": ["dix-sept"]}
        ),
        whole(
            "Une colonne à copier qui n’est pas là.",
            'garder=["numero"]',
            "T001",
            {"âge": [17]},
            ["numero"],
        ),
    ],
    "Limites": [
        Wrong(
            "Un calcul plus long que ce qui lui est permis.",
            "count(for i in 1..1000 return i)",
            lambda: (
                feel.run("count(for i in 1..1000 return i)", limits=spie.Limits(steps=100)).errors
            ),
            "F008",
        ),
        Wrong(
            "Un modèle plus gros que ce qui lui est permis.",
            "Limits(memory=100)",
            lambda: told(lambda: dmn.loads(element(ONE), limits=spie.Limits(memory=100))),
            "D001",
        ),
    ],
    "Packs": [
        packed("Il n’y a pas de pack.json.", "essai.dmn", {"essai.dmn": MODEL}, "P001"),
        packed(
            "Un pack.json illisible.", '{"id": "essai",}', {"pack.json": '{"id": "essai",}'}, "P002"
        ),
        packed(
            "Un modèle qui n’est pas là.",
            '"modeles": ["essai.dmn"]',
            {"pack.json": manifest()},
            "P001",
        ),
        packed(
            "Un pack parent qui n’est pas là.",
            '"extends": {"id": "socle", "version": ">=1.0"}',
            {
                "pack.json": manifest(extends={"id": "socle", "version": ">=1.0"}),
                "essai.dmn": MODEL,
            },
            "P003",
        ),
        asked("Une décision que le pack n’a pas.", "entre", "D011", "entre", {}),
        asked(
            "Un fait que le pack n’a pas.",
            '{"beneficiaire": {"ras": true}}',
            "P015",
            "entree",
            {"beneficiaire": {"ras": True}},
        ),
        asked(
            "Un fait d’un autre type.",
            '{"date_inscription": 12}',
            "P016",
            "entree",
            {"date_inscription": 12},
        ),
    ],
}
ALL = [wrong for section in SECTIONS.values() for wrong in section]


def french(text: str) -> str:
    """As it is printed for those who read French."""
    text = re.sub(r"(?<=\w)'(?=\w)", "\N{RIGHT SINGLE QUOTATION MARK}", text)
    return re.sub(r"[ \xa0](?=[:;?!»])|(?<=«)[ \xa0]", "\u202f", text)


def page() -> str:
    lines = [
        "# Quarante erreurs, et ce que `spie` répond",
        "",
        "Chaque réponse a un code, dont [codes.md](codes.md) donne la liste, le lieu, ce qui ne va pas et ce qu’il faut faire :",
        "en français pour qui se sert de la ligne de commande et des pages, en anglais pour qui programme. Cette page est écrite",
        "par un test, à partir des réponses elles-mêmes.",
    ]
    number = 0
    for title, section in SECTIONS.items():
        lines += ["", f"## {title}"]
        for wrong in section:
            number += 1
            lines += [
                "",
                f"**{number}. {wrong.what}**",
                "",
                "```text",
                *wrong.shown.splitlines(),
                "```",
                "",
            ]
            one = wrong.answer()[0]
            place = french(f", {one.lieu}") if one.where else ""
            said = french(f"{one.phrase} → {one.remede[:1].upper()}{one.remede[1:]}.")
            lines += [
                f"- `{one.code}`{place}. {said.replace('<', chr(92) + '<')}",  # a tag is no HTML here
                f"  *{one.message}* → *{one.remedy}*",
            ]
    return "\n".join(lines) + "\n"


def test_there_are_forty_of_them_and_more():
    assert len(ALL) >= 40


def test_each_is_answered_by_its_code():
    found = {wrong.what: [one.code for one in wrong.answer()][:1] for wrong in ALL}
    assert found == {wrong.what: [wrong.code] for wrong in ALL}


def test_each_answer_says_where_or_what_and_what_to_do():
    for wrong in ALL:
        for one in wrong.answer():
            assert one.message and one.remedy and one.phrase and one.remede, wrong.what
            assert (
                one.where or one.details or any(part in one.message for part in ("'", '"', "`"))
            ), (wrong.what, one.message)


def test_the_page_holds_the_answers():
    if os.environ.get("SPIE_UPDATE"):
        PAGE.write_text(page(), "utf-8")
    else:
        assert PAGE.read_text("utf-8") == page(), (
            "run the test with SPIE_UPDATE=1, and read the page"
        )
