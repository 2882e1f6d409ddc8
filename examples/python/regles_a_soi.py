"""Essayer une autre règle : et si l'entrée demandait deux freins sociaux au lieu d'un ?

Un paramètre reçoit une autre valeur le temps de la simulation, sans rien recompiler.
"""

import spie

pack = spie.Pack.load(spie.packs.path() / "seine-et-marne-2022-2023")
entree = pack.decision("entree")  # cherchée une fois, appelée pour chacun
lived = [case for case in pack.cases if case.decision == "entree"]
COMPLETE = {"diagnostic_complet": "oui"}  # un frein dont on n'a pas parlé n'est alors pas un frein
before, after = [], []
for case in lived:
    for found, simulated in ((before, {}), (after, {"nombre_minimal_freins_sociaux": 2})):
        given = case.parametres | simulated
        answer = entree(case.faits | COMPLETE, as_of=case.as_of, parameters=given, trace=False)
        found.append(answer.value["admis"] if answer.status == "determine" else None)

lost = [
    case.titre
    for case, was, now in zip(lived, before, after, strict=True)
    if was is True and now is False
]
print(f"{before.count(True)} admissions sur {len(lived)} cas avec un frein social au moins,")
print(f"{after.count(True)} s'il en fallait deux. Ne seraient plus admis :")
for title in lost:
    print(f"  {title}")
