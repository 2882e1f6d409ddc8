"""The engines that give an opinion, each behind the same two questions: an expression, a decision of a model."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import values
from spie import SpieError, dmn, feel

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SPIE_SHARED", ROOT.parent / "shared"))
NOW = datetime(2026, 1, 15, 10, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    value: Any  # typed JSON
    failed: bool = False
    said: str = ""


class Ours:
    name = "spie"

    def feel(self, expression: str) -> Answer:
        outcome = feel.run(expression, now=NOW)
        return _answer(outcome.value, outcome.errors)

    def load(self, files: Sequence[Path]) -> str:
        """Why the model is refused; empty when it is loaded."""
        try:
            self._model = dmn.load(files[0], files[1:], lenient=True)
        except SpieError as error:
            return str(error)
        return ""

    @property
    def model(self) -> dmn.Model:
        return self._model

    def decision(self, name: str, inputs: Mapping[str, Any]) -> Answer:
        given = {key: values.decode(item) for key, item in inputs.items()}
        try:
            result = self._model.evaluate(name, given, now=NOW)
        except SpieError as error:
            return Answer(None, True, str(error))
        return _answer(result.value, result.errors)


def _answer(value: Any, errors: Sequence[Any]) -> Answer:
    return Answer(values.encode(value), bool(errors), errors[0].message if errors else "")


class Lines:
    """A process that answers one JSON line for each that it is given."""

    ended = "the process ended, or did not answer"
    seconds: float = 30  # of its processor that a question may take

    def __init__(self, *command: str | Path) -> None:
        self._command = [str(part) for part in command]
        self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )

    def ask(self, **request: Any) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline() if self._answers() else ""
        if not line:  # what it met was too much for it: the next question goes to another process
            self.kill()
            self._start()
            return {"value": None, "error": True, "messages": [self.ended]}
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _answers(self) -> bool:
        """Whether an answer comes; by the time of its processor, since the machine may be another's."""
        assert self._process.stdout is not None
        until = self._used() + self.seconds
        while not select.select([self._process.stdout], [], [], 1)[0]:
            if self._used() > until:
                return False
        return True

    def _used(self) -> float:
        """Seconds of the processor that it has used; what is no Linux has no such file, and waits."""
        file = Path(f"/proc/{self._process.pid}/stat")
        if not file.exists():
            return 0
        fields = file.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def _told(reply: Mapping[str, Any]) -> Answer:
    return Answer(reply["value"], reply["error"], "; ".join(reply["messages"]))


class Kie(Lines):
    """Apache KIE, through the oracle beside the sources; its first run builds it with Maven."""

    name = "KIE"

    def __init__(self) -> None:
        super().__init__(SHARED / "oracles/kie/run")

    @staticmethod
    def missing() -> str:
        """Why it cannot be asked; empty when it can."""
        if not (SHARED / "oracles/kie/run").exists():
            return f"there is no oracle at {SHARED / 'oracles/kie'}"
        cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
        built = any((cache / "spie-oracles/kie").glob("*/classes"))
        wanted = ["java"] if built else ["java", "mvn"]
        absent = [one for one in wanted if shutil.which(one) is None]
        return f"{' and '.join(absent)} cannot be run" if absent else ""

    @staticmethod
    def built() -> bool:
        cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
        return not Kie.missing() and any((cache / "spie-oracles/kie").glob("*/classes"))

    def feel(self, expression: str) -> Answer:
        return _told(self.ask(op="feel", expression=expression, context={}))

    def load(self, files: Sequence[Path]) -> str:
        reply = self.ask(op="load", id="m", files=[str(file.resolve()) for file in files])
        return "" if reply.get("ok") else "; ".join(reply["messages"])

    def decision(self, name: str, inputs: Mapping[str, Any]) -> Answer:
        return _told(self.ask(op="decision", model="m", name=name, inputs=dict(inputs)))


class Feelin(Lines):
    """feelin, in the folder where packages.sh installs it."""

    name = "feelin"
    seconds = 2  # some texts it reads without end
    folder = ROOT / "build/peers"

    def __init__(self) -> None:
        super().__init__("node", "--max-old-space-size=256", self.folder / "feelin.mjs")

    @staticmethod
    def missing() -> str:
        if shutil.which("node") is None:
            return "node cannot be run"
        if not (Feelin.folder / "node_modules/feelin").exists():
            return "its package is not installed: make peers"
        return ""

    def feel(self, expression: str) -> Answer:
        return _told(self.ask(expression=expression))
