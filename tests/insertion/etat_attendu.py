"""The statement of the invented ledger, worked out from the text of the convention and without the library.

It writes etat_attendu.json, which etat_test.cpp compares with what the library gives: two computations that share
nothing but the files read. Run it again when the invented ledger changes:

    python3 tests/insertion/etat_attendu.py
"""

import csv
import datetime
import json
import pathlib
from decimal import ROUND_DOWN, Decimal

HERE = pathlib.Path(__file__).parent
DATA = HERE.parent.parent / "examples" / "donnees"
CENT = Decimal("0.01")

# Article 2, article 4.1, annexe C.
FIRST_DAY, LAST_DAY = datetime.date(2022, 1, 1), datetime.date(2023, 12, 31)
WRITTEN, COMPUTED = "montant_ecrit", "calcul_ecrit"
BUDGET = {
    "concertation_usagers": Decimal(90000),
    "aide_conduite_changement": Decimal(120000),
    "coordination_action": Decimal(355000),
    "animation_communication": Decimal(55000),
}
# Two posts at 50 000 € a year over two years are 200 000 €; the text writes 220 000 €.
SALARIES = Decimal(220000) - 2 * Decimal(50000) * 2
NATURES = [
    "ingenierie", "conduite_du_changement", "coordination", "communication",
    "frais_generaux", "frais_de_mission", "offre_directe",
]  # fmt: skip


def amount(text):
    return Decimal(text.replace(" ", "").replace(",", ".")) if text else Decimal(0)


def day(text):
    if not text:
        return None
    d, m, y = text.split("/")
    return datetime.date(int(y), int(m), int(d))


def read(name):
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def verdict(row):
    """Articles 2 and 4.2, one sentence after the other."""
    date, nature = day(row["date"]), row["nature"]
    if not FIRST_DAY <= date <= LAST_DAY:
        return "ecartee", "art-2"
    if nature == "offre_directe":
        return "ecartee", "art-4.2-al4"
    if nature in ("ingenierie", "conduite_du_changement"):
        return "retenue", "art-4.2-al1"
    article = "art-4.2-al2" if nature.startswith("frais_") else "art-4.2-al3"
    if row["necessaire"] == "non":
        return "ecartee", article
    if row["necessaire"] == "":
        return "indetermine", article
    if article == "art-4.2-al3" and row["axe"] == "":
        return "indetermine", article
    return "retenue", article


def flags(row, at):
    found = []
    paid = day(row["date_paiement"])
    if paid is None or paid > at:
        found.append("impayee")
    if paid is not None and paid < day(row["date"]):
        found.append("paiement_avant_depense")
    if not row["piece"]:
        found.append("piece_manquante")
    return found


def text(value):
    return str(value.quantize(CENT))


def floor(value):
    return value.quantize(CENT, rounding=ROUND_DOWN)


def totals(lines, key, codes, budget=None):
    result = []
    for code in codes:
        mine = [line for line in lines if line[key] == code]
        cost = sum((l["montant"] for l in mine if l["dans"]), Decimal(0))
        total = {
            "code": code,
            "lignes": len(mine),
            "budget": text(budget[code]) if budget else None,
            "cout_total": text(cost),
            "ecart": text(budget[code] - cost) if budget else None,
            "depasse": bool(budget) and cost > budget[code],
            "montant": text(sum((l["montant"] for l in mine), Decimal(0))),
            "retenu": text(sum((l["retenu"] for l in mine), Decimal(0))),
            "indetermine": text(
                sum((l["montant"] for l in mine if l["verdict"] == "indetermine"), Decimal(0))
            ),
        }
        total["ecarte"] = text(
            Decimal(total["montant"]) - Decimal(total["retenu"]) - Decimal(total["indetermine"])
        )
        result.append(total)
    return result


READINGS = {
    "base_participation": ["cout_total", "depenses_eligibles"],
    "base_plafond_frais": ["budget", "cout_reel"],
    "lecture_salaires_annexe_c": [WRITTEN, COMPUTED],
}


def paid_back(row):
    return row.get("sens") == "remboursement"


def statement(
    at, cap_base, share_base, salaries=WRITTEN, payments="versements-inventes.csv", others=True
):
    budget = dict(BUDGET)
    most = Decimal(496000)
    if salaries == COMPUTED:
        budget["coordination_action"] -= SALARIES
        most -= Decimal("0.80") * SALARIES
    rows = [row for row in read("registre-invente.csv") if day(row["date"]) <= at]
    rows.sort(key=lambda row: (day(row["date"]), row["id"]))
    lines = []
    for row in rows:
        what, article = verdict(row)
        value = amount(row["montant"])
        lines.append({
            "id": row["id"], "action": row["action"], "nature": row["nature"], "verdict": what, "article": article,
            "montant": value, "retenu": value if what == "retenue" else Decimal(0), "depassement": Decimal(0),
            "dans": FIRST_DAY <= day(row["date"]) <= LAST_DAY, "drapeaux": flags(row, at),
            "etat": amount(row["montant_cofinance"]) if row["cofinancement"].startswith("etat:") else Decimal(0),
        })  # fmt: skip
    cost = sum((l["montant"] for l in lines if l["dans"]), Decimal(0))
    overheads = [l for l in lines if l["verdict"] == "retenue" and l["nature"].startswith("frais_")]
    before = sum((l["montant"] for l in overheads), Decimal(0))
    cap = floor((sum(budget.values()) if cap_base == "budget" else cost) * Decimal("0.15"))
    # The excess is taken from the end: the other way round from the library, which fills the cap from the start.
    excess = left = max(Decimal(0), before - cap)
    for line in reversed(overheads):
        line["depassement"] = min(left, line["montant"])
        line["retenu"] = line["montant"] - line["depassement"]
        left -= line["depassement"]
        if line["retenu"] == 0:
            line["verdict"] = "ecartee"
    eligible = sum((l["retenu"] for l in lines), Decimal(0))
    other_state = sum((l["etat"] for l in lines if l["dans"]), Decimal(0))
    base = cost if share_base == "cout_total" else eligible
    least_own = base * Decimal("0.20")
    share = floor(
        max(
            Decimal(0),
            min(most, eligible, base - least_own, cost - least_own - other_state),
        )
    )
    received = [row for row in read(payments) if day(row["date"]) <= at]
    back = sum((amount(row["montant"]) for row in received if paid_back(row)), Decimal(0))
    paid = (
        sum((amount(row["montant"]) for row in received if not paid_back(row)), Decimal(0)) - back
    )
    facts = json.loads((DATA / "faits.json").read_text(encoding="utf-8"))
    reports = [datetime.date.fromisoformat(facts[name]["@date"])
               for name in ("bilan_mise_en_oeuvre_produit", "bilan_financier_produit")]  # fmt: skip
    parameters = {
        "base_plafond_frais": cap_base,
        "base_participation": share_base,
        "lecture_salaires_annexe_c": salaries,
    }
    readings = []
    for name, values in READINGS.items() if others else ():
        mine = parameters[name]
        (other,) = [value for value in values if value != mine]
        chosen = {**parameters, name: other}
        found = statement(at, *chosen.values(), payments, others=False)["attendu"]
        readings.append({"parametre": name, "valeur": mine, "autre": other,
                         "part_etat": found["part_etat"], "solde": found["solde"]})  # fmt: skip
    return {
        "date": at.isoformat(),
        "parametres": parameters,
        "versements": payments,
        "attendu": {
            "cout_total": text(cost),
            "depenses_eligibles": text(eligible),
            "montant_indetermine": text(sum((l["montant"] for l in lines if l["verdict"] == "indetermine"), Decimal(0))),
            "frais_generaux": text(before),
            "plafond_frais_generaux": text(cap),
            "frais_generaux_ecartes": text(excess),
            "autres_subventions_etat": text(other_state),
            "part_etat": text(share),
            "autofinancement": text(cost - share - other_state),
            "autofinancement_suffisant": cost - share - other_state >= least_own,
            "premier_versement": "297600.00",
            "verse": text(paid),
            "rembourse": text(back),
            "solde": text(max(Decimal(0), share - paid)),
            "solde_exigible": all(report <= at for report in reports),
            "trop_percu": text(max(Decimal(0), paid - share)),
            "trop_percu_exigible": reports[1] <= at,
            "autres_lectures": readings,
            "par_action": totals(lines, "action", budget, budget),
            "par_nature": totals(lines, "nature", NATURES),
        },
        "lignes": [
            {"id": l["id"], "verdict": l["verdict"], "article": l["article"], "montant": text(l["montant"]),
             "retenu": text(l["retenu"]), "depassement": text(l["depassement"]), "drapeaux": l["drapeaux"]}
            for l in lines
        ],
    }  # fmt: skip


def main():
    dates = [
        datetime.date.fromisoformat(at)
        for at in (
            "2022-06-30",
            "2022-12-31",
            "2023-12-31",
            "2024-03-28",
            "2024-03-31",
            "2024-12-31",
        )
    ]
    scenarios = [
        statement(at, cap_base, share_base)
        for at in dates
        for cap_base in READINGS["base_plafond_frais"]
        for share_base in READINGS["base_participation"]
    ]
    back = "versements-rembourses.csv"
    for at in dates:
        scenarios.append(statement(at, "budget", "cout_total", COMPUTED, back))
        scenarios.append(statement(at, "cout_reel", "depenses_eligibles", WRITTEN, back))
    # Not indented: thirty-six statements are read by the test, not by people.
    body = ",\n".join(
        json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in scenarios
    )
    (HERE / "etat_attendu.json").write_text("[\n" + body + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
