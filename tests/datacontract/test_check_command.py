"""`centralasia check` as a command: what it prints, wherever it prints."""

import pytest


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1"])
def test_a_letter_that_standard_output_cannot_say_is_written_out(edit_small, centralasia, encoding):
    folder = edit_small("unga_years.csv", ",True,", ",ИСТИНА,")
    done = centralasia("check", "--data", folder, "unga_years", PYTHONIOENCODING=encoding)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert r"\u0418\u0421\u0422\u0418\u041d\u0410" in done.stdout
