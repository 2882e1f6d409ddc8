"""The command of what comes before a path breaks."""

from __future__ import annotations

from spie.cli.dossier import Asked, At, KnownAt, at_the_counter
from spie.cli.shared import Json, show
from spie.cli.store import day_or_today, known
from spie.cli.vigilance import PACK
from spie.pack import Pack
from spie.parcours import ruptures_pour
from spie.terminal import ruptures as terminal_ruptures


@at_the_counter(pack=PACK)
def ruptures(asked: Asked, at: At = None, known_at: KnownAt = None, as_json: Json = False) -> None:
    """Ce qui précède les ruptures de parcours, par public et tranche d'âge, sans petit effectif."""
    on, how_far = day_or_today(at, "--au"), known(known_at)
    with asked.counter() as desk:
        pack = Pack.load(asked.pack)
        found = ruptures_pour(desk.guichet, desk.demande, pack, au=on, connu=how_far)
    show(as_json, found.to_dict, lambda: terminal_ruptures.breaks(found, pack))
