"""Qui peut entrer dans le SPIE ? Un fichier de diagnostics en entrée, une réponse par personne.

    python entree_d_un_fichier.py [diagnostics.csv]

Une ligne par personne ; une case vide est une réponse inconnue, jamais un « non ». Sans fichier,
trois personnes inventées.
"""

import csv
import io
import sys
from datetime import date
from pathlib import Path

import spie

INVENTED = """nom;rsa;quartier_prioritaire;reside_departement;territoire_rural;mobilite;formation
Aline Exemple;oui;non;oui;oui;oui;oui
Driss Modèle;non;non;oui;non;oui;
Gaëlle Hypothèse;oui;non;non;non;oui;oui
"""
PUBLICS = ("rsa", "quartier_prioritaire", "reside_departement", "territoire_rural")
FREINS = ("mobilite", "formation")


def facts(line: dict[str, str]) -> dict:
    """The columns of the file as the facts that the pack reads."""
    person = {name: line[name] or "non_aborde" for name in PUBLICS}
    person |= {"jeune_infra_bac": "non", "situation_handicap": "non"}
    freins = [{"code": code, "reponse": line[code] or "non_aborde"} for code in FREINS]
    return {"beneficiaire": person, "freins": freins, "duree_inscription_mois": 0}


def main() -> None:
    pack = spie.Pack.load(spie.packs.path() / "seine-et-marne-2022-2023")
    text = Path(sys.argv[1]).read_text("utf-8") if len(sys.argv) > 1 else INVENTED
    for line in csv.DictReader(io.StringIO(text), delimiter=";"):
        answer = pack.evaluate("entree", facts(line), as_of=date(2022, 6, 1))
        if answer.status == "determine":
            print(f"{line['nom']} : {answer.value['conclusion']}")
        else:
            print(f"{line['nom']} : à compléter ({', '.join(answer.missing)})")


if __name__ == "__main__":
    main()
