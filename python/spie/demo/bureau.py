"""The desk of the demonstration: who does what about one invented person, on which day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from spie.actes import ActeFait
from spie.droits import Demande, Guichet

GESTIONNAIRE: Final = "professionnel:gestionnaire-inventee"
STRUCTURE: Final = "structure:mds-inventee"


class Bureau:
    def __init__(self, desk: Guichet, person: str) -> None:
        self.desk = desk
        self.person = person
        self._hour = 0

    def asked(self, who: str, role: str, day: date) -> Demande:
        self._hour += 1
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).replace(
            hour=12 + self._hour // 60, minute=self._hour % 60
        )
        purpose = "gestion" if role == "gestionnaire" else "accompagnement"
        return Demande(who, purpose, [role], STRUCTURE, instant=at)

    def act(
        self,
        who: str,
        role: str,
        day: date,
        acte: str,
        contenu: Mapping[str, Any] | None = None,
        subject: str | None = None,
    ) -> ActeFait:
        asked = self.asked(who, role, day)
        return self.desk.agir(asked, acte, subject or self.person, effet=day, contenu=contenu)
