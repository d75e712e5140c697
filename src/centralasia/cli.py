"""The ``centralasia`` command. Ends with 0, with 1 where something is wrong with what was run or checked,
with 2 where the command itself cannot be, and with 130 where it was interrupted."""

import argparse
import sys
from pathlib import Path

from centralasia import using
from datacontract import labels
from datacontract.context import FOLDER_VARIABLE, LANGUAGE_VARIABLE, data_folder
from datacontract.errors import DataError
from notebookcollection.collection import CollectionError, find
from notebookcollection.lean import skip_slow_imports


def main(arguments=None):
    """Runs the command line and returns its exit code."""
    skip_slow_imports()
    options = _parser().parse_args(arguments)
    try:
        with using(options.data, getattr(options, "language", None)):
            labels.language()
            return options.verb(options)
    except (CollectionError, DataError) as error:
        print(f"centralasia: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("centralasia: interrupted; what was finished is kept, and the last report is as it was", file=sys.stderr)
        return 130  # as a shell counts it
    except OSError as error:  # a full disk, a folder that may not be written
        print(f"centralasia: {error}", file=sys.stderr)
        return 1


def _parser():
    parser = argparse.ArgumentParser(
        prog="centralasia", description="Checks the data, runs the notebooks, renders the report."
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", metavar="DIR", help=f"data folder (default: ${FOLDER_VARIABLE}, else the project's)")
    running = argparse.ArgumentParser(add_help=False, parents=[common])
    running.add_argument(
        "--notebooks",
        metavar="DIR",
        help="folder of the notebooks and collection.toml (default: notebooks/ here or above)",
    )
    where = running.add_mutually_exclusive_group()
    where.add_argument("--jobs", type=int, metavar="N", help="notebooks at a time (default: the number of cores)")
    where.add_argument(
        "--scheduler", metavar="ADDRESS", help="Dask scheduler, as tcp://HOST:PORT, whose workers run them"
    )
    told = running.add_mutually_exclusive_group()
    told.add_argument("--quiet", action="store_const", dest="form", const="quiet", help="tell of failures only")
    told.add_argument("--json", action="store_const", dest="form", const="json", help="tell in JSON, an object a line")
    running.add_argument(
        "--language",
        metavar="CODE",
        help=f"language of figures and headings (default: ${LANGUAGE_VARIABLE}, else en)",
    )
    planned = argparse.ArgumentParser(add_help=False, parents=[running])
    planned.add_argument("--plan", action="store_true", help="only say what would run, and why")
    verbs = parser.add_subparsers(title="verbs", required=True, metavar="VERB")

    def verb(name, function, parent, text):
        added = verbs.add_parser(name, parents=[parent], help=text, description=text)
        added.set_defaults(verb=function)
        return added

    checking = verb("check", _check, common, "validate the data folder against its contract, one line a fault")
    checking.add_argument("tables", nargs="*", metavar="TABLE", help="only these tables and those they refer to")
    book = verb("codebook", _codebook, common, "write the codebook, README.md in the data folder, from the contract")
    book.add_argument("--check", action="store_true", help="change nothing; exit 1 if it is stale")
    votes = verb("count-votes", _count_votes, common, "turn roll-call files of the UN General Assembly into counts")
    votes.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="CSV of the UN Digital Library or of Dataverse"
    )
    votes.add_argument("--states", metavar="A,B,...", help="states to count (default: those of unga_dyads)")
    votes.add_argument("--since", type=int, default=1991, metavar="YEAR", help="first year (default: 1991)")
    votes.add_argument("--out", type=Path, default=Path("build/votes"), metavar="DIR", help="default: build/votes")
    run = verb("run", _run, planned, "execute one notebook with parameters, or with many sets of them")
    run.add_argument("notebook", help="name of the notebook, without ending")
    run.add_argument(
        "-p", "--parameter", action="append", default=[], metavar="NAME=VALUE", help="a parameter; may be repeated"
    )
    run.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="where the executed notebook goes (default: build/NAME.ipynb)"
    )
    run.add_argument(
        "--sets",
        type=Path,
        metavar="CSV",
        help="a run for each row, its columns being parameters; --output is a folder",
    )
    report = verb("report", _report, planned, "check the data, execute the collection, render the report")
    report.add_argument(
        "--build", type=Path, metavar="DIR", help="where it goes (default: build/ beside the notebooks)"
    )
    regenerate = verb("regenerate", _regenerate, running, "execute every notebook in place with its default parameters")
    regenerate.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 and name the cells that differ"
    )
    return parser


def _check(options):
    from datacontract.check import check

    faults = check(tables=getattr(options, "tables", None) or None)
    for fault in faults:
        print(fault)
    tally = {0: "no faults", 1: "1 fault"}.get(len(faults), f"{len(faults)} faults")
    print(f"{data_folder()}: {tally}", file=sys.stderr)
    return 1 if faults else 0


def _codebook(options):
    from datacontract.codebook import CODEBOOK, codebook
    from notebookcollection.running import execute

    path, text = data_folder() / CODEBOOK, codebook()
    stale = not path.is_file() or path.read_text(encoding="utf-8") != text
    if stale and options.check:
        print(f"{path} is stale: run centralasia codebook", file=sys.stderr)
        return 1
    if stale:
        execute.write(path, text)
        print(path)
    return 0


def _count_votes(options):
    from centralasia.votes.update import count, write
    from datacontract import contract

    states = options.states.split(",") if options.states else None
    states = states or sorted({*contract.distinct("unga_dyads.state_a"), *contract.distinct("unga_dyads.state_b")})
    regions = {
        region: contract.distinct("memberships.actor", {"region": region, "start": "", "end": ""})
        for region in contract.distinct("unga_groups.region")
    }
    for path in write(count(options.files, states, regions, options.since), options.out):
        print(path)
    return 0


def _run(options):
    from notebookcollection.collection import Run
    from notebookcollection.running import report

    collection = find(options.notebooks)
    progress, how = _progress(options)
    build = collection.folder.parent / "build"
    given = {}
    for text in options.parameter:
        name, equals, value = text.partition("=")
        if not equals:
            raise CollectionError(f"-p {text}: allowed: NAME=VALUE")
        given[name] = value
    if options.sets:
        if given:
            raise CollectionError("-p and --sets: allowed: one of them, since each row of the file is a set")
        folder = (options.output or build / options.sets.stem).resolve()
        runs = collection.sets(options.notebook, options.sets)
        if options.plan:
            return report.plan(runs, collection, folder, folder)
        return report.series(runs, collection, folder, progress, **how)
    collection.path(options.notebook)
    run = Run(options.notebook, options.notebook, collection.check(options.notebook, given))
    output = options.output or build / f"{run.name}.ipynb"
    if options.plan:
        return report.plan([run], collection)
    return report.one(run, collection, output, progress, **how)


def _report(options):
    from notebookcollection.running import report

    def check():
        from datacontract.check import check

        return check()

    collection = find(options.notebooks)
    progress, how = _progress(options)
    build = (options.build or collection.folder.parent / "build").resolve()
    if options.plan:
        return report.plan(collection.runs(), collection, build / "notebooks", build)
    return report.report(collection, build, progress, check, **how)


def _regenerate(options):
    from notebookcollection.running.regenerate import regenerate

    progress, how = _progress(options)
    return regenerate(find(options.notebooks), progress, options.check, **how)


def _progress(options):
    """How runs are told of, and how they are executed."""
    from notebookcollection.running.progress import Progress

    if options.jobs is not None and options.jobs < 1:
        raise CollectionError(f"--jobs {options.jobs}: allowed: 1 or more")
    return Progress(options.form), {"jobs": options.jobs, "scheduler": options.scheduler}


if __name__ == "__main__":
    sys.exit(main())
