"""Are countries and shares of one cell read where every part is certain, and named where one is not?"""

import pytest

from data.importers.tracker.mixes import mix_of
from tests.data.importers.tracker.load_sheet import bring

ROSTER = (
    "Creator,Handle,Platform,Followers,Top countries\n"
    'Anna,@anna.b,Instagram,31000,"DE 45%, AT 12%, CH 8%"\n'
    'Ben,@ben.c,TikTok,88000,"{}"\n'
)
DE_AND_AT = [("tiktok:ben.c", "AT", 120_000), ("tiktok:ben.c", "DE", 450_000)]


@pytest.mark.parametrize(
    "cell",
    [
        *("45% DE, 12% AT", "45% DE / 12% AT", "🇩🇪 45% 🇦🇹 12%", "DE 45% AT 12%", "45 % Germany; 12 % Austria"),
        *("DE 45%, AT 12%, rest of Europe 40%", "DE 45%, AT 12%, other 10%", "DE 45,0% | AT 12,0%"),
    ],
)
def test_a_share_is_read_before_and_behind_its_country(tmp_path, cell):
    came = bring(tmp_path, ROSTER.format(cell))
    assert [row for row in came.audience if row[0] == "tiktok:ben.c"] == DE_AND_AT


ODD = [
    *("Germny 45%, Austria 12%", "DE 40-45%, AT ~12%", "DE 45%, female 70%", "Berlin 20%, Germany 45%"),
    *("DACH 80%, US 5%", "DE 45%, 12% AT", "Berlin 20%, rest of Germany 30%", "45% 12%"),
]


@pytest.mark.parametrize("cell", ODD)
def test_a_cell_with_an_uncertain_part_is_named_and_costs_no_row(tmp_path, cell):
    assert mix_of(cell) == []
    came = bring(tmp_path, ROSTER.format(cell))
    assert {row[0] for row in came.audience} == {"instagram:anna.b"}
    assert came.ids == ["instagram:anna.b", "tiktok:ben.c"]
    assert f"row 3, Top countries '{cell}'" in came.report.message
    assert "write for example DE 45%, AT 12%" in came.report.message


@pytest.mark.parametrize("heading", ["Top countries", "Split of followers"])
def test_one_cell_that_reads_well_keeps_the_column_and_names_the_others(tmp_path, heading):
    rows = "".join(f'C{n},@c{n},TikTok,900,"{cell}"\n' for n, cell in enumerate(ODD))
    came = bring(tmp_path, ROSTER.format("DE 45%, AT 12%").replace("Top countries", heading) + rows)
    assert {row[0] for row in came.audience} == {"instagram:anna.b", "tiktok:ben.c"}
    assert all(f"row {row}, {heading} '{cell}'" in came.report.message for row, cell in enumerate(ODD, 4))


@pytest.mark.parametrize("heading", ["Audience %", "Audience split (%)", "Zielgruppe in %", "Followers by country %"])
def test_numbers_below_percent_of_an_audience_need_no_sign(tmp_path, heading):
    sheet = f'Name,IG handle,Followers,{heading}\nAnna,@anna.b,31000,DE 45 / AT 12\nBen,@ben.c,900,"UK 71, US 9"\n'
    came = bring(tmp_path, sheet)
    assert came.audience == [
        ("instagram:anna.b", "AT", 120_000),
        ("instagram:anna.b", "DE", 450_000),
        ("instagram:ben.c", "GB", 710_000),
        ("instagram:ben.c", "US", 90_000),
    ]


def test_numbers_beside_countries_are_no_shares_where_nothing_says_so(tmp_path):
    came = bring(tmp_path, "Name,Handle,Followers,Posts\nAnna,@anna.b,31000,DE 45 / AT 12\n")
    assert came.audience == []
