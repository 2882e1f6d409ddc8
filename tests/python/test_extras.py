"""What works without the extras, and what says which one it needs."""

import subprocess
import sys


def run(script: str) -> subprocess.CompletedProcess[str]:
    without = (
        "import sys; sys.modules.update(dict.fromkeys(['rich', 'typer', 'pyarrow', 'resvg_py']));"
    )
    return subprocess.run(
        [sys.executable, "-P", "-c", without + script], capture_output=True, text=True, check=False
    )


def test_the_library_needs_no_extra() -> None:
    done = run("import spie; from spie import feel; print(feel.run('0.1 + 0.2 = 0.3').value)")
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")


def test_the_command_line_says_which_extra_it_needs() -> None:
    done = run("from spie.__main__ import main; main()")
    assert done.returncode == 3
    assert "spie-insertion[cli]" in done.stderr
    assert "Traceback" not in done.stderr
