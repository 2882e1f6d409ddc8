"""spie as the harness has it, its answers read under the names that they have: a table with one output that has no name
answers in a column that bears the name of the decision."""

from engines import spie as harness

SKIP = getattr(harness, "SKIP", None)


def found(table, name: str) -> list:
    return table[name if name in table.column_names else "answer"].to_pylist()


class Columns(getattr(harness, "Columns", object)):
    def answers(self, out, data):
        import pyarrow

        table = pyarrow.table(out)
        return list(zip(*(found(table, name) for name in self.names), strict=True))


ENGINES = [] if SKIP else [Columns, harness.Rows]
