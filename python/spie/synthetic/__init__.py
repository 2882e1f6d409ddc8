"""An invented département, in the formats that a real one receives.

    from spie import synthetic

    departement = synthetic.generate(personnes=1_000, graine=7)
    departement.write("invente")

The counts that the convention publishes come out to the unit, brought to the number of people; all
else is invented, and says so (`donnees/hypotheses.json`). See docs/synthetique.md.
"""

from __future__ import annotations

from spie.synthetic.departement import Departement, generate, stream_vrsb
from spie.synthetic.modele import Adulte, Foyer

__all__ = ["Adulte", "Departement", "Foyer", "generate", "stream_vrsb"]
