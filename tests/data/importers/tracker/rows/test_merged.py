"""Is a fee over several rows of a workbook that of all of them, and never the first one's without a word?"""

from openpyxl import Workbook

from tests.data.importers.tracker.load_sheet import Came, bring_all

HEADER = ["Creator", "Platform", "Campaign", "Date", "Views", "Orders", "Fee (EUR)"]


def merged(folder, *cells: str) -> Came:
    """Load a workbook of three posts and one of somebody else, with the cells of these columns over the first three."""
    book = Workbook()
    page = book.active
    page.append(HEADER)
    for day, views, fee in ((1, 900, 600), (5, 800, None), (9, 700, None)):
        page.append(["Ada Ash", "Instagram", f"Week {day}", f"2025-03-0{day}", views, None if day > 1 else 12, fee])
    page.append(["Bo Birch", "TikTok", "Week 1", "2025-03-02", 500, 4, 300])
    for column in cells:
        page.merge_cells(f"{column}2:{column}4")
    book.save(folder / "posts.xlsx")
    return bring_all([[folder / "posts.xlsx"]])


def costs(came: Came):
    return [None if row[14] is None else float(row[14]) for row in came.campaigns]


def test_the_fee_of_several_posts_is_said(tmp_path):
    came = merged(tmp_path, "A", "G")
    assert costs(came) == [600.0, None, None, 300.0]
    words = "rows 3, 4: paid within the fee of another row, so its own cost is not measured"
    assert words in came.report.message


def test_a_result_of_several_posts_is_said(tmp_path):
    came = merged(tmp_path, "F")
    words = "Orders of row 2 is one cell for rows 2, 3, 4 and counts for the first of them alone"
    assert words in came.report.message


def test_blank_fees_without_such_a_cell_are_not_measured(tmp_path):
    came = merged(tmp_path)
    assert costs(came) == [600.0, None, None, 300.0]
    assert "within the fee" not in came.report.message
