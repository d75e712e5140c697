import csv

import numpy as np
import pytest

from centralasia.speeches.accuracy import scores, theme_accuracy
from centralasia.speeches.update import read_accuracy
from datacontract.errors import DataError

# Sentence, reader A, reader B; what the dictionary says: TRN, TRN, WAT, nothing.
CODED = [
    ("Roads and rails.", "TRN", "TRN"),
    ("A railway.", "TRN", ""),
    ("Water flows.", "WAT", "ENE"),
    ("It is so.", "ENE", "ENE"),
]


def save(path, rows=CODED, header=("sentence", "domains_a", "domains_b")):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def test_scores_by_hand():
    """3 right, 1 wrong, 2 missed: precision 3/4, recall 3/5, F1 6/9."""
    assert scores(3, 1, 2) == pytest.approx([0.75, 0.6, 2 / 3])
    assert np.isnan(scores(0, 0, 0)).all()


def test_each_reader_is_the_truth_in_turn(tmp_path):
    rows = theme_accuracy(save(tmp_path / "coded.csv")).set_index("theme")
    transport, energy = rows.loc["TRN"], rows.loc["ENE"]
    assert (transport["coded"], transport["precision"], transport["recall"]) == (1.5, 0.75, 1.0)
    assert transport["f1"] == pytest.approx(6 / 7, abs=1e-4)
    assert (energy["coded"], energy["recall"], energy["f1"]) == (1.5, 0.0, 0.0) and np.isnan(energy["precision"])
    assert np.isnan(rows.loc["HEA", "f1"]) and np.isnan(rows.loc["HEA", "f1_low"])
    whole = rows.loc["ALL"]  # right 3 + 1, wrong 1 + 1, missed 3
    assert (whole["precision"], whole["recall"]) == pytest.approx((4 / 6, 4 / 7), abs=1e-4)
    assert whole["f1_low"] <= whole["f1"] <= whole["f1_high"]


def test_it_is_the_micro_average_of_scikit_learn(tmp_path):
    from sklearn.metrics import precision_recall_fscore_support
    from sklearn.preprocessing import MultiLabelBinarizer

    from centralasia.speeches import themes_of

    readers = [codes.split() for column in (1, 2) for codes in [row[column] for row in CODED]]
    said = [themes_of(row[0]) for row in CODED] * 2
    binary = MultiLabelBinarizer().fit([*readers, *said])
    expected = precision_recall_fscore_support(binary.transform(readers), binary.transform(said), average="micro")
    row = theme_accuracy(save(tmp_path / "coded.csv")).set_index("theme").loc["ALL"]
    assert tuple(row[["precision", "recall", "f1"]]) == pytest.approx(expected[:3], abs=1e-4)


@pytest.mark.parametrize(
    ("rows", "header", "said"),
    [
        ([], ("sentence", "domains_a", "domains_b"), r"coded\.csv: no sentence"),
        ([("We.", "TRN")], ("sentence", "domains_a"), r"coded\.csv: no line has the columns"),
        ([("We.", "TRX", "")], ("sentence", "domains_a", "domains_b"), r"coded\.csv: row 2: no theme 'TRX'"),
    ],
)
def test_a_wrong_file_is_refused(rows, header, said, tmp_path):
    with pytest.raises(DataError, match=said):
        theme_accuracy(save(tmp_path / "coded.csv", rows, header))


def test_the_update_takes_one_file(tmp_path):
    path = save(tmp_path / "coded.csv")
    assert set(read_accuracy([path])) == {"theme_accuracy"}
    with pytest.raises(DataError, match="2 files; allowed: one CSV"):
        read_accuracy([path, path])
