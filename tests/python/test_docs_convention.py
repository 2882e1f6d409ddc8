"""docs/convention.md leaves nothing out and cites nothing that does not exist."""

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "convention.md"
PACKS = ROOT / "packs"
CONVENTION = PACKS / "seine-et-marne-2022-2023"

REFERENCE = re.compile(r"`(decision|parametre|article|cas|donnee|echeance):([^`]+)`")
WITHOUT_RULE = ("document : ", "plus tard : ", "non calculable, parce que ")
FEATURES = 60
DISCREPANCIES = 32


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def elements(path, name):
    """The elements of that local name, whatever the version of DMN."""
    for element in ElementTree.parse(path).iter():
        if element.tag.rpartition("}")[2] == name:
            yield element


def children(element, name):
    return [child for child in element if child.tag.rpartition("}")[2] == name]


def scheduled(path):
    """The ids that the table of the decision `echeancier` gives: its first output, a FEEL string."""
    for decision in elements(path, "decision"):
        if decision.get("name") != "echeancier":
            continue
        for table in children(decision, "decisionTable"):
            for rule in children(table, "rule"):
                first = children(rule, "outputEntry")[0]
                yield children(first, "text")[0].text.strip().strip('"')


def roles(pack, prefix):
    return {
        role.removeprefix(prefix)
        for role in read_json(pack / "pack.json")["roles"]
        if role.startswith(prefix)
    }


def known_ids():
    known = {
        kind: set() for kind in ("decision", "parametre", "article", "cas", "donnee", "echeance")
    }
    for pack in (path.parent for path in PACKS.glob("*/pack.json")):
        known["parametre"] |= {
            entry["nom"] for entry in read_json(pack / "parametres.json")["parametres"]
        }
        known["article"] |= {entry["id"] for entry in read_json(pack / "articles.json")["articles"]}
        known["donnee"] |= {path.name for path in pack.glob("donnees/*.json")}
        known["echeance"] |= roles(pack, "echeance:")
        for path in pack.glob("cas/*.json"):
            known["cas"] |= {case["nom"] for case in read_json(path)["cas"]}
        for path in pack.glob("*.dmn"):
            known["decision"] |= {decision.get("name") for decision in elements(path, "decision")}
            known["echeance"] |= set(scheduled(path))
    return known


class Row:
    def __init__(self, line, section, header, cells):
        self.line, self.section, self.header, self.cells = line, section, header, cells

    def __getitem__(self, column):
        return self.cells[self.header.index(column)]

    def ids(self, kind, column=None):
        return [
            name
            for found, name in REFERENCE.findall(self[column] if column else " ".join(self.cells))
            if found == kind
        ]


def rows_of(text):
    """Every row of every table, with the heading (## or ###) it stands under."""
    section, header, rows = "", None, []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            section = line.lstrip("#").strip()
        if not line.startswith("|"):
            header = None
            continue
        assert line.endswith("|"), f"line {number}: a row that does not end with a bar"
        cells = [cell.strip() for cell in line[1:-1].split("|")]
        if header is None:
            header = cells
        elif not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            rows.append(Row(number, section, header, cells))
    return rows


TEXT = PAGE.read_text(encoding="utf-8")
ROWS = rows_of(TEXT)
CARRIED = [row for row in ROWS if row.header[-1] == "Porté par"]
KNOWN = known_ids()


def unknown_ids(text):
    return [
        f"line {number}: {kind}:{name}"
        for number, line in enumerate(text.splitlines(), start=1)
        for kind, name in REFERENCE.findall(line)
        if name not in KNOWN[kind]
    ]


def line_ranges(text):
    return [
        (int(first), int(last or first)) for first, last in re.findall(r"S:(\d+)(?:-(\d+))?", text)
    ]


def test_the_packs_are_found():
    assert all(KNOWN.values()), {kind: len(names) for kind, names in KNOWN.items()}


@pytest.mark.parametrize("kind", sorted(KNOWN))
def test_an_id_that_no_pack_has_is_seen(kind):
    assert unknown_ids(f"first line\n`{kind}:n-existe-pas`") == [f"line 2: {kind}:n-existe-pas"]


def test_every_cited_id_exists():
    assert not unknown_ids(TEXT)


def test_every_reference_is_written_so_that_it_is_checked():
    """A prefix outside backticks, or in the middle of them, would escape the test above."""
    kinds = "|".join(KNOWN)
    bare = re.findall(rf"\b(?:{kinds}):[\w.-]+", REFERENCE.sub("", TEXT))
    assert not bare


def test_no_cell_is_empty():
    empty = [row.line for row in ROWS for cell in row.cells if not re.search(r"\w", cell)]
    assert not empty


def test_every_row_has_the_cells_of_its_table():
    assert not [row.line for row in ROWS if len(row.cells) != len(row.header)]


def test_every_sentence_is_carried_or_says_why_not():
    """An article is where a sentence stands, not what carries it."""
    carriers = ("decision", "parametre", "cas", "donnee", "echeance")
    missing = [
        row.line
        for row in CARRIED
        if not any(row.ids(kind, "Porté par") for kind in carriers)
        and not any(mention in row["Porté par"] for mention in WITHOUT_RULE)
    ]
    assert not missing


def test_every_sentence_of_the_convention_has_its_lines():
    missing = [
        row.line
        for row in CARRIED
        if row.section != "Ce que le socle ajoute" and not line_ranges(row["Place"])
    ]
    assert not missing


def test_every_article_of_the_convention_has_a_row():
    articles = {entry["id"] for entry in read_json(CONVENTION / "articles.json")["articles"]}
    cited = {name for row in CARRIED for name in row.ids("article", "Article")}
    assert not articles - cited


def test_lines_lie_within_the_articles_they_are_put_under():
    """Annexe B is left out: its features cross the parts that the pack calls articles."""
    places = {
        entry["id"]: line_ranges(entry["place"])
        for entry in read_json(CONVENTION / "articles.json")["articles"]
    }
    misplaced = []
    for row in CARRIED:
        if row.section.startswith("Annexe B") or row.section == "Ce que le socle ajoute":
            continue
        articles = [places[name] for name in row.ids("article", "Article") if name in places]
        for first, last in line_ranges(row["Place"]):
            if not any(
                start <= last and first <= end for place in articles for start, end in place
            ):
                misplaced.append(f"line {row.line}: S:{first}-{last}")
    assert not misplaced


def test_the_sentences_follow_the_text():
    starts = [
        line_ranges(row["Place"])[0][0] for row in CARRIED if "Ce que dit le texte" in row.header
    ]
    assert starts == sorted(starts)


def numbered(section, column):
    return [int(row[column]) for row in ROWS if row.section == section]


def test_the_sixty_features_are_there():
    assert numbered("Annexe B : les soixante fonctionnalités", "N°") == list(range(1, FEATURES + 1))


def test_every_discrepancy_is_there():
    assert numbered("Tous les écarts relevés", "Écart") == list(range(1, DISCREPANCIES + 1))


def test_every_parameter_and_every_due_date_of_the_convention_is_cited():
    cited = {(kind, name) for row in CARRIED for kind, name in REFERENCE.findall(row["Porté par"])}
    parameters = {entry["nom"] for entry in read_json(CONVENTION / "parametres.json")["parametres"]}
    assert not {name for name in parameters if ("parametre", name) not in cited}
    assert not {name for name in KNOWN["echeance"] if ("echeance", name) not in cited}


# Sentences that no rule carries whole: a rule that is near them does not stand for them.
NOMINAL = ("S:272-273", "S:380-382", "S:490-492")
# Sentences that engage somebody, and had no row.
ENGAGING = [
    "S:152-161",
    "S:861-865",
    "S:1115-1119",
    "S:1125-1126",
    "S:1157-1162",
    "S:1321-1328",
    "S:1696-1703",
    "S:1709",
    "S:1943-1944",
    "S:1948-1953",
    "S:1969-1971",
    "S:2035-2038",
    "S:2071-2086",
    "S:2253-2258",
    "S:2322-2326",
    "S:2506-2511",
    "S:2614-2618",
]
SILENT = ("S:281-282", "S:409-410", "S:412-413", "S:418-419", "S:453-454", "S:472-476", "S:684-685")


def test_what_no_rule_carries_is_said_to_come_and_what_is_missing():
    rows = {row["Place"]: row for row in CARRIED if row.section != "Ce que le socle ajoute"}
    for place in NOMINAL:
        carrier = rows[place]["Porté par"]
        assert carrier.startswith("plus tard : ") and "il manque" in carrier, place
        assert not REFERENCE.search(carrier), place


def test_the_sentences_that_engage_have_their_rows():
    assert not set(ENGAGING) - {row["Place"] for row in CARRIED}


def test_the_silent_readings_stand_beside_the_contradictions():
    rows = [row for row in ROWS if row.section == "Les lectures que le texte ne dit pas"]
    assert [row["Place"].split(",")[0] for row in rows] == list(SILENT)
    assert all(REFERENCE.search(row["Où elle se lit"]) for row in rows)


def test_every_parameter_with_two_readings_states_both_and_has_cases_of_both():
    stated = {
        name: row
        for row in ROWS
        if row.section == "Les contradictions du texte"
        for name in row.ids("parametre", "Paramètre")
    }
    readings = {
        entry["nom"]: entry
        for entry in read_json(CONVENTION / "parametres.json")["parametres"]
        if "lectures" in entry
    }
    cases = {
        case["nom"]: case
        for path in CONVENTION.glob("cas/*.json")
        for case in read_json(path)["cas"]
    }
    assert set(stated) == set(readings)
    for name, entry in readings.items():
        row, default = stated[name], entry["valeurs"][-1]["valeur"]
        values = {reading["valeur"] for reading in entry["lectures"]}
        assert row["Lecture par défaut"].startswith(f"`{default}` : "), name
        assert all(
            row["Autre lecture"].startswith(f"`{other}` : ") for other in values - {default}
        ), name
        tried = {
            cases[case].get("parametres", {}).get(name, default)
            for case in row.ids("cas", "Cas des deux lectures")
        }
        assert tried == values, name
