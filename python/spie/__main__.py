"""python -m spie: the command line."""

from spie.cli import app

app(prog_name="spie")
