"""Le registre d'un service financier devient l'état des dépenses, à imprimer et à signer.

    python etat_des_depenses.py REGISTRE.csv VERSEMENTS.csv [etat.html]

Compare aussi les deux lectures du plafond de 15 % : sur le budget, ou sur le coût réel.
"""

import sys
from datetime import date
from pathlib import Path

import spie
from spie import convention


def main() -> None:
    ledger_path, payments_path = sys.argv[1:3]
    pack = spie.Pack.load(spie.packs.path() / "seine-et-marne-2022-2023")
    ledger = convention.read_registre(ledger_path, pack)
    payments = convention.read_versements(payments_path)
    for refusal in ledger.lecture.refuses:
        print(f"refusée : {refusal.diagnostic.where} : {refusal.diagnostic.message}")

    at = date(2023, 12, 31)
    for reading in ("budget", "cout_reel"):
        etat = convention.etat_des_depenses(
            pack, ledger, payments, at=at, parameters={"base_plafond_frais": reading}
        )
        print(
            f"plafond sur {reading} : {etat.plafond_frais_generaux} €,"
            f" retenu {etat.depenses_eligibles} €, part de l'État {etat.part_etat} €"
        )

    if len(sys.argv) > 3:
        etat = convention.etat_des_depenses(pack, ledger, payments, at=at)
        Path(sys.argv[3]).write_text(etat.to_html(pack), encoding="utf-8")


if __name__ == "__main__":
    main()
