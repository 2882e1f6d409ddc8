"""What a shell needs to complete our commands, their options, and the names that they take."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from spie import packs
from spie.cli.shared import Json, show
from spie.terminal.console import write_text

# Each asks the command itself, which answers by what typer has for the shell. For zsh typer writes an
# apostrophe twice, as rc_quotes reads it.
SCRIPTS = {
    "bash": """\
_spie_completion() {
    local IFS=$'\\n'
    COMPREPLY=( $( env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD _SPIE_COMPLETE=complete_bash "$1" ) )
    return 0
}
complete -o default -F _spie_completion spie
""",
    "zsh": """\
#compdef spie
_spie_completion() {
    setopt local_options rc_quotes
    eval $(env _TYPER_COMPLETE_ARGS="${words[1,$CURRENT]}" _SPIE_COMPLETE=complete_zsh spie)
}
compdef _spie_completion spie
""",
    "fish": """\
complete --command spie --no-files --arguments "(env _SPIE_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args _TYPER_COMPLETE_ARGS=(commandline -cp) spie)" --condition "env _SPIE_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=is-args _TYPER_COMPLETE_ARGS=(commandline -cp) spie"
""",
}


class Shell(StrEnum):
    bash = "bash"
    zsh = "zsh"
    fish = "fish"


def completion(
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh ou fish.")],
    as_json: Json = False,
) -> None:
    """Écrire ce qui fait compléter par le shell : eval "$(spie completion bash)"."""
    if as_json:
        show(True, lambda: {"shell": shell.value, "script": SCRIPTS[shell.value]}, lambda: "")
    else:
        write_text(SCRIPTS[shell.value])


def _of_rights(key: str) -> list[str]:
    """The names that the bundled table of rights has: another pack may have others."""
    path = packs.path() / "socle-national" / "donnees" / "droits.json"
    try:
        return [one["nom"] for one in json.loads(path.read_text(encoding="utf-8"))[key]]
    except (OSError, ValueError, KeyError):
        return []


def roles() -> list[str]:
    return _of_rights("roles")


def purposes() -> list[str]:
    return _of_rights("finalites")
