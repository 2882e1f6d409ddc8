"""Une décision demandée par plusieurs processus : le pack, la décision et les résultats passent de l'un à l'autre."""

import multiprocessing
from datetime import date

import spie

FAITS = [{"beneficiaire": {"rsa": reponse}} for reponse in ("oui", "non", None)] * 100


def demander(decision: spie.pack.Decision, faits: dict) -> spie.PackResult:
    return decision(faits, as_of=date(2022, 6, 1), trace=False)


def main() -> None:
    pack = spie.Pack.load("seine-et-marne-2022-2023")
    decision = pack.decision("prioritaire")
    with multiprocessing.get_context("spawn").Pool(2) as processus:
        resultats = processus.starmap(demander, [(decision, faits) for faits in FAITS])
    statuts = [un.status for un in resultats]
    print({statut: statuts.count(statut) for statut in sorted(set(statuts))}, resultats[0].pack_id)


if __name__ == "__main__":
    main()
