"""Makes a report of data whose every free text holds an attempt to inject: ``python injected_report.py FOLDER``.

A script of its own, since kernels cannot be driven where a browser is. The check of the data is left out on purpose: it
refuses nearly all of this, and the report has to stand without it.
"""

import csv
import json
import os
import shutil
import sys
from pathlib import Path

import built_report
from built_report import ROOT

ATTACKS = [
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "[x](javascript:window.pwned=1)",
    "<svg onload=window.pwned=1></svg>",
    "![x](http://127.0.0.1:9/x.png)",
    "{download}`../../conf.py`",
    "{eval-rst}`.. raw:: html`",
    "```{raw} html",
    "| a | b |",
    "# injected heading",
    "$$x^2$$",
    "<javascript:window.pwned=1>",
    "'\"><iframe src=javascript:window.pwned=1></iframe>",
]
ALONE = [
    "# injected heading",
    "```{raw} html",
    "$$x^2$$",
    "<script>window.pwned=1</script>",
]  # also without text before
NOTEBOOKS = ("01_priority_hierarchy", "02_commitments", "03_consultative_meetings", "05_ties", "09_claims", "pair_KAZ-TKM")  # fmt: skip


def free_texts(resource):
    """The fields of a table that take any text."""
    schema = resource["schema"]
    foreign = {field for key in schema.get("foreignKeys", []) for field in key["fields"]}
    return [
        field["name"]
        for field in schema["fields"]
        if field["type"] == "string"
        and not {"enum", "pattern"} & set(field.get("constraints", {}))
        and not {"reference", "categories", "pairOf"} & set(field)
        and field["name"] not in foreign
        and field["name"] not in schema["primaryKey"]
    ]


def inject(data):
    """Puts an attack into every free text of a data folder; which one goes by row and column. Returns how many."""
    package, count = json.loads((data / "datapackage.json").read_text()), 0
    for resource in package["resources"]:
        fields = free_texts(resource) if "schema" in resource else []
        if not fields:
            continue
        with open(data / resource["path"], newline="") as file:
            rows = list(csv.DictReader(file))
        for i, row in enumerate(rows):
            for j, field in enumerate(fields):
                attack = ATTACKS[(i + j) % len(ATTACKS)]
                if resource["name"] == "labels":  # where single braces are fields, which no language can add to
                    attack = attack.replace("{", "{{").replace("}", "}}")
                row[field] = f"{row[field]} {attack}" if row[field] else ALONE[(i + j) % len(ALONE)]
                count += 1
        with open(data / resource["path"], "w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return count


def main(folder):
    data = shutil.copytree(ROOT / "data", folder / "data")
    print(inject(data), "texts")
    from datacontract.context import FOLDER_VARIABLE, NARROW_VARIABLE

    os.environ |= {FOLDER_VARIABLE: str(data), NARROW_VARIABLE: "yes"}
    from notebookcollection.collection import find
    from notebookcollection.publishing import site
    from notebookcollection.running import execute

    project = find(ROOT / "notebooks")
    runs = built_report.one_page_each(project)
    notebooks = {run.name: project.path(run.notebook) for run in runs}
    for result in execute.execute([run for run in runs if run.name in NOTEBOOKS], project):
        if result.error:
            sys.exit(f"{result.name}: {result.error}")
        notebooks[result.name] = folder / f"{result.name}.ipynb"
        notebooks[result.name].write_text(result.text)
    site.render(notebooks, project, folder / "site")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
