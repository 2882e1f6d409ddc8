"""Is a planned immersion (PMSMP) lawful, beside those that the person signed before?

python immersion.py
"""

from datetime import date

import spie
from spie.parcours import verifier_immersion

pack = spie.Pack.load("socle-national")
prevue = {
    "id": "c",
    "structure": "structure:atelier",
    "objet": "decouvrir_metier",
    "objectifs": ["cuisine"],
    "debut": date(2022, 9, 1),
    "fin": date(2022, 9, 20),
    "prescripteur": "conseil_departemental",
}
avant = prevue | {"id": "b", "debut": date(2022, 2, 1), "fin": date(2022, 2, 20)}

examen = verifier_immersion(pack, prevue, [avant])
print(examen.verdict)
for motif in examen.motifs:
    print(f"- {motif.regle} ({motif.article}) : {motif.texte}")

# Other goals: a second convention is lawful.
examen = verifier_immersion(pack, prevue | {"objectifs": ["service en salle"]}, [avant])
print(examen.verdict)
# What the draft of the convention still lacks.
for mention in examen.a_completer:
    print(f"  à compléter : {mention}")
