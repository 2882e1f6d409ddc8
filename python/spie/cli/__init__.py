"""The command line `spie`: one file for each family of commands, gathered by spie.cli.main."""
