-- Which files gave the facts, when, and how many rows of each were set aside?
-- One row per file, the latest first.
select
    source_id,
    file_name,
    sha256,
    options,
    reader,
    loaded_at,
    count_rows_read,
    count_rows_imported,
    count_rows_quarantined,
    message
from sources
order by source_id desc
