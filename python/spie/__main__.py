"""The command `spie`, also as python -m spie: the command line, whose own needs come with the extra `cli`."""

import sys

MISSING = 3  # what an extra would bring is not there


def main() -> None:
    try:
        from spie.cli.main import app
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"rich", "typer"}:
            raise
        print(
            "La ligne de commande demande l’extra cli\N{NARROW NO-BREAK SPACE}: "
            "pip install 'spie-insertion[cli]'",
            file=sys.stderr,
        )
        sys.exit(MISSING)
    app(prog_name="spie")


if __name__ == "__main__":
    main()
