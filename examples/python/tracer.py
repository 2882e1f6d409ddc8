"""De l'état des dépenses au dessin : budget et dépenses par action, par pandas et matplotlib.

python tracer.py REGISTRE.csv VERSEMENTS.csv [dessin.svg]
"""

import sys
from datetime import date

import matplotlib

matplotlib.use("Agg")

import spie
from matplotlib import pyplot
from spie import convention

pack = spie.Pack.load("seine-et-marne-2022-2023")
etat = convention.etat_des_depenses(pack, sys.argv[1], sys.argv[2], at=date(2023, 12, 31))

totaux = etat.to_arrow(totals=True).to_pandas()  # les montants sont des Decimal, exacts
actions = totaux[totaux["par"] == "action"].set_index("libelle")
euros = actions[["budget", "cout_total", "retenu"]].astype(float)  # pour dessiner seulement
figure, axes = pyplot.subplots(figsize=(8, 4), layout="constrained")
euros.plot.barh(ax=axes)
axes.set_xlabel("euros")
axes.set_ylabel("")
axes.legend(["budget", "coût total", "retenu"])
if len(sys.argv) > 3:
    figure.savefig(sys.argv[3])

print(f"{len(actions)} actions, {actions['retenu'].sum()} € retenus")
