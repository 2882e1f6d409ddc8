"""Two releases of the ROME: what a text finds in one, what the next one says of the codes of a passport.

python rome.py FOLDER
"""

import sys

from spie.rome import Rome

dossier = sys.argv[1]
rome = Rome.load(dossier, "v998")
for une in rome.chercher("soigner chevaux", limite=3).entrees:
    print(une.code, une.libelle)

# What a passport keeps of a code: with its nature, its label, its release.
passeport = rome.references(["300465", "9990005", "9990010"])
suite = Rome.load(dossier, "v999").comparer(passeport)
for un in suite.references:
    print(un.reference.code, un.etat, un.phrase or "")
