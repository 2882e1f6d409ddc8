"""Un modèle DMN d'un éditeur, dont rien ne déclare les entrées, évalué tel quel."""

import datetime as dt
import sys

import spie

model = spie.dmn.load(sys.argv[1], extensions=["camunda"])
for finding in model.findings:  # ce qui a été décidé pour vous
    print(finding.level, finding.message)
row = {"distance": 25, "premier jour": dt.date(2024, 2, 1), "dossier": "D-12"}
result = model.evaluate("aide au transport", row, extra="ignore")
print([one.name for one in model.inputs], result.value)
try:
    spie.dmn.load(sys.argv[1], strict=True, extensions=["camunda"])
except spie.SpieError as error:
    print("strict :", error.code)
