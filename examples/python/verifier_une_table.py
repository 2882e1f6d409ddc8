"""A table looked at without a case: its holes and its conflicts. Argument: a model."""

import sys

from spie import dmn

for table in dmn.load(sys.argv[1]).verify().tables:
    for trou in table["trous"]:
        print(f"{table['decision']} : rien pour {trou['region']}")
    for commun in table["recouvrements"]:
        print(f"{table['decision']} : règles {commun['regles']} pour {commun['temoin']}")
