"""The verbs of the ``centralasia`` command: what each may be given, and what it does; each returns an exit code."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from centralasia import data_commands
from datacontract.context import FOLDER_VARIABLE, LANGUAGE_VARIABLE, using
from datacontract.words import pluralize
from notebookcollection.collection import Collection, CollectionError, Run, find
from notebookcollection.running import collect, report
from notebookcollection.running.progress import Progress
from notebookcollection.running.regeneration import regenerate

__all__ = ["parser"]


def parser() -> ArgumentParser:
    """What the command line may be; ``verb`` of what it parses is the function to call."""
    made = ArgumentParser("centralasia", description="Checks data, runs notebooks, renders the report.")
    verbs = made.add_subparsers(title="verbs", required=True, metavar="VERB")

    def verb(name: str, function: Callable[[Namespace], int], parent: ArgumentParser, text: str) -> Callable[..., Any]:
        added = verbs.add_parser(name, parents=[parent], help=text, description=text)
        added.set_defaults(verb=function)
        return added.add_argument

    data = ArgumentParser(add_help=False)
    data.add_argument("--data", metavar="DIR", help=f"data folder (default: ${FOLDER_VARIABLE}, else the project's)")
    notebooks = ArgumentParser(add_help=False, parents=[data])
    notebooks.add_argument("--notebooks", metavar="DIR", help="their folder (default: notebooks/ here or above)")
    notebooks.add_argument("--language", metavar="CODE", help=f"of the reader (default: ${LANGUAGE_VARIABLE}, else en)")
    running = ArgumentParser(add_help=False, parents=[notebooks])
    where, form = running.add_mutually_exclusive_group(), running.add_mutually_exclusive_group()
    where.add_argument("--jobs", type=int, metavar="N", help="notebooks at a time (default: the number of cores)")
    where.add_argument("--scheduler", metavar="ADDRESS", help="Dask scheduler, tcp://HOST:PORT, whose workers run them")
    form.add_argument("--quiet", action="store_const", dest="form", const="quiet", help="tell of failures only")
    form.add_argument("--json", action="store_const", dest="form", const="json", help="tell in JSON, an object a line")
    planned = ArgumentParser(add_help=False, parents=[running])
    planned.add_argument("--plan", action="store_true", help="only say what would run, and why")

    add = verb("check", data_commands.check, data, "validate the data folder against its contract, one line a fault")
    add("tables", nargs="*", metavar="TABLE", help="only these tables and those they refer to")
    add(
        "--fix",
        action="store_true",
        help="first undo what a spreadsheet did to a file, where that is sure; keep a copy",
    )
    add("--backup", type=Path, default=Path("build/before-fix"), metavar="DIR", help="default: build/before-fix")
    add = verb(
        "codebook", data_commands.codebook, data, "write the codebook, README.md in the data folder, from the contract"
    )
    add("--check", action="store_true", help="change nothing; exit 1 if it is stale")
    add = verb(
        "count-votes", data_commands.count_votes, data, "turn roll-call files of the UN General Assembly into counts"
    )
    add("files", nargs="+", type=Path, metavar="FILE", help="CSV of the UN Digital Library or of Dataverse")
    add("--states", type=lambda text: text.split(","), metavar="A,B", help="states (default: those of unga_dyads)")
    add("--since", type=int, default=1991, metavar="YEAR", help="first year (default: 1991)")
    add("--adopted-only", action="store_true", help="leave out rejected texts, which count otherwise")
    add("--out", type=Path, default=Path("build/votes"), metavar="DIR", help="default: build/votes")
    add = verb("update", data_commands.update, data, "bring tables up to date from the files of their publisher")
    add("what", choices=sorted(data_commands.READERS), metavar="WHAT", help=", ".join(sorted(data_commands.READERS)))
    add("files", nargs="+", type=Path, metavar="FILE", help="in the publisher's layout (speeches: ZIP or folder)")
    add("--dry-run", action="store_true", help="only say what is new, changed and gone, and what the check refuses")
    add("--all", action="store_true", help="say every row, and not only the first of each kind")
    add = verb(
        "new", data_commands.new, data, "write a sheet to fill in for something new, every column with what is allowed"
    )
    add("what", choices=sorted(data_commands.NEW), metavar="WHAT", help=", ".join(sorted(data_commands.NEW)))
    add("key", metavar="KEY", help="its key, as kaz-2031, cm-2031 or kaz-uzb-2031-02-01")
    add("-o", "--output", type=Path, metavar="FILE", help="default: KEY.csv here; a file that is there stays")
    add = verb(
        "add", data_commands.add, data, "check a sheet of `new` that was filled in, and add its rows to the tables"
    )
    add("sheet", type=Path, metavar="SHEET", help="the filled sheet, however a spreadsheet saved it")
    add("--dry-run", action="store_true", help="only say what is new and changed, and what the check refuses")
    add = verb(
        "coding-sheet", data_commands.coding_sheet, data, "write a sheet to code a document, meeting or event with"
    )
    add("unit", metavar="TEXT", help="key of a document, a meeting, or an event as kaz-tkm-2026-05")
    add("-o", "--output", type=Path, metavar="FILE", help="default: TEXT.csv here; a file that is there stays")
    add = verb(
        "coding-merge", data_commands.coding_merge, data, "check a filled sheet and add it as a coding or a reading"
    )
    add("sheet", type=Path, metavar="SHEET", help="the filled sheet, as a spreadsheet saves it (CSV)")
    add("--coder", required=True, metavar="NAME", help="who coded: small letters, digits and _, as anna_k")
    add("--whole-text", action="store_true", help="the whole text was read: 0 is allowed, and fills what is unknown")
    add("--dry-run", action="store_true", help="only say what is wrong, or what would be added")
    add = verb("run", _run, planned, "execute one notebook with parameters, or with many sets of them")
    add("notebook", help="name of the notebook, without ending")
    add("-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="a parameter; may be repeated")
    add("-o", "--output", type=Path, metavar="FILE", help="the executed notebook (default: build/NAME.ipynb)")
    add("--sets", type=Path, metavar="CSV", help="a run for each row of parameters; --output is a folder")
    add("--collect", type=Path, metavar="CSV", help="with --sets: what all runs found as one long table")
    add = verb("report", _report, planned, "check the data, execute the collection, render the report")
    add("--build", type=Path, metavar="DIR", help="where it goes (default: build/ beside the notebooks)")
    add = verb("pdf", _pdf, notebooks, "print the report that was made last as one PDF (needs Chromium)")
    add("--brief", action="store_true", help="print its brief of two pages instead")
    add("--build", type=Path, metavar="DIR", help="where it was made (default: build/ beside the notebooks)")
    add = verb("translations", _translations, notebooks, "bring the catalogues up to date with the texts there are")
    add("--check", action="store_true", help="change nothing; exit 1 if anything is not translated")
    add("--add", metavar="CODE", help="begin the catalogues of another language, as de")
    text = "execute notebooks in place with their default parameters, and renew the codebook"
    add = verb("regenerate", _regenerate, running, text)
    add("names", nargs="*", metavar="NOTEBOOK", help="only these, as 05_ties (default: all)")
    add("--check", action="store_true", help="change nothing; exit 1 and name the cells that differ")
    return made


def _run(options: Namespace) -> int:
    collection, build = _collection(options)
    if wrong := [text for text in options.parameter if "=" not in text]:
        raise CollectionError(f"-p {wrong[0]}: allowed: NAME=VALUE")
    names = [text.partition("=")[0] for text in options.parameter]
    if twice := [name for name in names if names.count(name) > 1]:
        raise CollectionError(f"-p {twice[0]}: allowed: each parameter once")
    given = dict(text.split("=", 1) for text in options.parameter)
    if options.sets and given:
        raise CollectionError("-p and --sets: allowed: one of them, since each row of the file is a set")
    if options.collect and not options.sets:
        raise CollectionError("--collect: allowed: with --sets, whose runs it puts into one table")
    if options.sets:
        folder = (options.output or build / options.sets.stem).resolve()
        runs = collection.batch(options.notebook, options.sets)
    else:
        folder, runs = None, [Run(options.notebook, options.notebook, collection.check(options.notebook, given))]
    if options.plan:
        return report.dry_run(runs, collection, folder, folder)
    if folder:
        if options.collect:
            collect.check_table(options.collect, collection)
        code = report.run_batch(runs, collection, folder, **_how(options))
        if options.collect:
            number = collect.collect(runs, folder, options.collect)
            print(f"{options.collect}: the values of {number} of {pluralize(len(runs), 'run')}", file=sys.stderr)
        return code
    return report.run_one(runs[0], collection, options.output or build / f"{options.notebook}.ipynb", **_how(options))


def _report(options: Namespace) -> int:
    collection, build = _collection(options)
    with using(narrow=True):
        if options.plan:
            folder = report.folder_of(build)
            return report.dry_run(collection.runs(), collection, folder / "notebooks", folder)
        return report.report(collection, build, **_how(options))


def _pdf(options: Namespace) -> int:
    from notebookcollection.publishing.printing import print_page, print_report

    collection, build = _collection(options)
    build = report.folder_of(build)
    if options.brief:
        print_page(build / "site" / "brief.html", build / "brief.pdf")
        print(build / "brief.pdf")
        return 0
    notebooks = {run.name: build / "notebooks" / f"{run.name}.ipynb" for run in collection.runs()}
    print_report(notebooks, collection, build / "report.pdf")
    print(build / "report.pdf")
    return 0


def _regenerate(options: Namespace) -> int:
    return regenerate(_collection(options)[0], check=options.check, names=options.names, **_how(options))


def _translations(options: Namespace) -> int:
    from datacontract.catalogues import languages
    from notebookcollection.translations import update

    collection, whole = _collection(options)[0], True
    wanted = [*languages()[1:], *filter(None, [options.add])]
    for share in update(collection, collection.folder.parent / "locale", wanted, options.check):
        print(share)
        whole &= share.translated == share.messages
    return 0 if whole or not options.check else 1


def _collection(options: Namespace) -> tuple[Collection, Path]:
    """The collection, and the folder for what is built of it."""
    collection = find(options.notebooks)
    return collection, (getattr(options, "build", None) or collection.folder.parent / "build").resolve()


def _how(options: Namespace) -> dict[str, Any]:
    """How runs are executed and reported."""
    if options.jobs is not None and options.jobs < 1:
        raise CollectionError(f"--jobs {options.jobs}: allowed: 1 or more")
    return {"progress": Progress(options.form), "jobs": options.jobs, "scheduler": options.scheduler}
