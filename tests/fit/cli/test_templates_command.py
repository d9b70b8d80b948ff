"""Does the command write every template into a folder that need not exist?"""

from data.importers.templates.columns import TEMPLATES


def test_templates_are_written_as_csv_and_workbook(tmp_path, run_fit):
    done = run_fit("templates", "--to", tmp_path / "new" / "folder")
    files = [tmp_path / "new" / "folder" / f"{name}{ending}" for name in TEMPLATES for ending in (".csv", ".xlsx")]
    assert done.stdout.splitlines() == [
        *(f"Wrote {file}" for file in files), "Row 2 is an example: delete it before you load the file."
    ]  # fmt: skip
    assert all(file.stat().st_size > 100 for file in files)
