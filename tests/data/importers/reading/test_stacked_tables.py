"""Is a file that holds two tables read as two, each row under its own number?"""

import pytest

from tests.data.importers.load_export import load_text

AUDIENCE = "creator_id,country,audience_share,followers\nada,FR,0.44,31000\nada,BE,0.21,31000\n"
CAMPAIGNS = "campaign_id,creator_id,market,date,impressions,clicks\nfig-1,ada,FR,2025-04-02,12000,300\n"


def loaded(folder, text):
    return load_text(folder, text, "two.csv", creator=None)


@pytest.mark.parametrize("blank", ["\n", ",,,,,\n", "\r\n", "\n\n"])
def test_two_tables_in_one_file_are_both_read(tmp_path, blank):
    found = loaded(tmp_path, AUDIENCE + blank + CAMPAIGNS)
    assert [(r.path.rsplit("/")[-1], r.reader, r.status) for r in found.reports] == [
        ("two.csv (rows 1 to 3)", "plain_audience", "imported"),
        (f"two.csv (rows {4 + len(blank.split(chr(10))) - 1} to {5 + len(blank.split(chr(10))) - 1})",
         "plain_campaigns", "imported"),
    ]  # fmt: skip
    assert found.shares == {"FR": 440000, "BE": 210000}
    assert [row[:2] for row in found.campaigns] == [("fig-1", 12000)]


def test_rows_keep_their_numbers(tmp_path):
    found = loaded(tmp_path, AUDIENCE + "\n" + CAMPAIGNS.replace("2025-04-02", "soon"))
    assert [(p.row, p.line, p.column) for r in found.reports for p in r.problems] == [(6, 6, "date")]


def test_quoted_line_breaks_and_semicolons_are_no_trouble(tmp_path):
    profiles = 'creator_id;creator_name;notes\nada;Ada;"a\n\nb"\n'
    found = loaded(tmp_path, profiles + "\n" + CAMPAIGNS.replace(",", ";"))
    assert [(r.reader, r.count_rows_imported) for r in found.reports] == [("plain_creators", 1), ("plain_campaigns", 1)]


def test_a_header_that_stands_again_begins_no_table(tmp_path):
    found = loaded(tmp_path, AUDIENCE + "\n" + AUDIENCE.replace("ada", "bo"))
    assert [(r.count_rows_read, r.count_rows_imported) for r in found.reports] == [(5, 4)]


def test_blank_lines_and_titles_are_no_second_table(tmp_path):
    found = loaded(tmp_path, "Audience of spring\n\n" + AUDIENCE + "\nada,DE,0.1,31000\n")
    assert found.shares == {"FR": 440000, "BE": 210000, "DE": 100000}
    assert found.report.path.endswith("two.csv")


def test_a_table_above_that_nobody_knows_is_said(tmp_path):
    found = loaded(tmp_path, "shop,visits\nplum,300\nfig,200\n\n" + CAMPAIGNS)
    assert "rows 1 to 3 are above the header and were not read" in found.report.message
