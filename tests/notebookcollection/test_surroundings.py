"""What the user has set, or what lies about where a command is called, changes no byte of a result."""

import os

import pytest
from small_collection import edit

from centralasia.cli import main
from datacontract.files import write_if_changed
from notebookcollection.running import forked

pytestmark = pytest.mark.slow
SEEN = """import os, sys, matplotlib, pandas
print({k: (v, matplotlib.rcParams[k]) for k, v in matplotlib.rcParamsDefault.items() if k != "backend" and matplotlib.rcParams[k] != v})
print(pandas.DataFrame({"a": range(9), "long": "x" * 60}), pandas.Series(["a"]).dtype, pandas.options.display.max_rows)
print(os.listdir(), sorted(globals()), sys.flags.optimize, sys.flags.dev_mode, matplotlib.get_backend())
print(*[(action, category.__name__) for action, _, category, *_ in warnings.filters], sep="; ")
import shutil; print(shutil.get_terminal_size(), "NO_COLOR" in os.environ)
import gettext; print(gettext.__file__.startswith(sys.base_prefix))"""
RC = "figure.dpi: 200\naxes.facecolor: 0.9\nsvg.fonttype: none\ntext.color: red\n"
STARTUP = "import pandas; pandas.set_option('display.max_rows', 4, 'display.max_colwidth', 20); left = 1"
CONFIG = "c.IPKernelApp.exec_lines = ['import pandas; pandas.set_option(\"display.max_rows\", 5)']"
KERNEL = '{"argv": ["/bin/false"], "display_name": "theirs", "language": "python"}'


@pytest.fixture(autouse=True, scope="module")
def _own_server():
    yield
    forked.forget_server()


def test_settings_of_the_user_change_no_byte(project, tmp_path, monkeypatch):
    """By each way that a matplotlibrc can be named, start-up files, configuration, a kernel of the same name."""
    path = project / "notebooks" / "two.ipynb"
    edit(path, "import centralasia", "import warnings")
    edit(path, 'len(centralasia.load(\\"ties\\")) + number', SEEN.replace("\n", "\\n").replace('"', '\\"'))
    edit(project / "notebooks" / "collection.toml", '"pandas", "centralasia"', '"matplotlib"')
    verb = ["run", "two", "--notebooks", str(project / "notebooks"), "--data", str(project / "data"), "-o"]
    assert main([*verb, str(project / "usual.ipynb")]) == 0
    home, here = tmp_path / "home", tmp_path / "here"
    files = {
        home / ".config/matplotlib/matplotlibrc": RC,
        here / "matplotlibrc": RC,
        here / "gettext.py": "raise SystemExit",
        here / "ipython_config.py": CONFIG,
        home / ".ipython/profile_default/startup/00.py": STARTUP,
        home / ".ipython/profile_default/ipython_kernel_config.py": CONFIG,
        home / ".local/share/jupyter/kernels/python3/kernel.json": KERNEL,
    }
    for file, text in files.items():
        write_if_changed(file, text)
    monkeypatch.chdir(here)
    theirs = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / ".config",
        "PYTHONSTARTUP": home / ".ipython/profile_default/startup/00.py",
    }
    theirs |= {"PYTHONWARNINGS": "error", "MPLBACKEND": "pdf", "PANDAS_FUTURE_INFER_STRING": "0"}
    theirs |= {"PYTHONDEVMODE": "1", "PYTHONOPTIMIZE": "2", "COLUMNS": "40", "LINES": "5", "NO_COLOR": "1"}
    ways = [{"MATPLOTLIBRC": here / "matplotlibrc"}, {"MPLCONFIGDIR": home / ".config/matplotlib"}]
    for number, way in enumerate(ways):
        with monkeypatch.context() as patched:
            for name, value in (theirs | way).items():
                patched.setenv(name, str(value))
            patched.delenv("PYTHONPATH", raising=False) if number else patched.setenv("PYTHONPATH", _relative(here))
            assert main([*verb, "made.ipynb"]) == 0
        assert (here / "made.ipynb").read_bytes() == (project / "usual.ipynb").read_bytes()


def _relative(here):
    """PYTHONPATH as seen from there, as somebody sets it who works in a checkout."""
    return os.pathsep.join(
        os.path.relpath(path, here) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path
    )
