"""Whatever a roll-call file holds: counts that sum to its roll calls, or a refusal of one line that names the file."""

import pytest
from fuzz import assert_one_line, examples, files
from hypothesis import given
from sweeps import sweep

from centralasia.votes.update import VoteFileError, count

QUICK, DEEP = 100, 1500
LIBRARY = b"undl_id,ms_code,ms_vote,date,title\n" + b"".join(
    b'%d,%s,%s,2001-11-0%d,"On ""peace"", trade\nand water"\n' % (call, state, vote, call)
    for call in (1, 2, 3)
    for state, vote in ((b"KAZ", b"Y"), (b"KGZ", b"N"), (b"UZB", b"X"))
)
DATAVERSE = b",rcid,ccode,vote,date,yes,no,amend,unres\n" + b"".join(
    b"%d,%d.0,%d,%d,2001-11-0%d,90,20,0,R/56/%d\n" % (call, call, state, vote, call, call)
    for call in (1, 2, 3)
    for state, vote in ((705, 1), (703, 3), (704, 8))
)


@pytest.mark.parametrize("number", [QUICK, sweep(DEEP)])
def test_any_file_is_counted_or_refused(tmp_path, number):
    path = tmp_path / "votes.csv"

    @examples(number)
    @given(raw=files(LIBRARY, DATAVERSE))
    def tried(raw):
        path.write_bytes(raw)
        try:
            counts = count([path], ["KAZ", "KGZ"], {"R": ["KAZ", "UZB"]})
        except VoteFileError as error:
            assert_one_line(str(error), "votes.csv", "no row from 1991 on")
            return
        calls = {year: number for year, number, *_ in counts["unga_years"]}
        assert all(sum(row[3:-1]) == calls[row[2]] for row in counts["unga_dyads"])
        assert {year: sum(row[6] for row in counts["unga_groups"] if row[1] == year) for year in calls} == calls

    tried()


def test_a_lost_mark_or_delimiter_never_loses_a_vote(tmp_path):
    """Where one mark is lost, the file is refused, or the votes that are counted are those of the whole file."""
    path = tmp_path / "votes.csv"
    path.write_bytes(LIBRARY)
    whole = count([path], ["KAZ", "KGZ", "UZB"])
    for at in range(LIBRARY.index(b"\n") + 1, len(LIBRARY)):
        if LIBRARY[at : at + 1] in (b'"', b",", b"\n"):
            path.write_bytes(LIBRARY[:at] + LIBRARY[at + 1 :])
            try:
                assert count([path], ["KAZ", "KGZ", "UZB"]) == whole, at
            except VoteFileError as error:
                assert_one_line(str(error), "votes.csv")
