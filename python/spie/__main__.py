"""python -m spie: the command line."""

from spie.cli.main import app

app(prog_name="spie")
