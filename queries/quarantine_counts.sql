-- How many rows are set aside and open, and how many stand in files that were loaded again since?
-- One row.
with set_aside as (
    select distinct
        source_id,
        sheet_row
    from quarantine
),
loaded_again as (
    select distinct old.source_id
    from sources as old
    join sources as new
        on new.source_id > old.source_id
        and new.file_name = old.file_name
        and new.header_signature = old.header_signature
        and new.reader = old.reader
        and new.options = old.options
)
select
    count(*) filter (where loaded_again.source_id is null) as count_open,
    count(*) filter (where loaded_again.source_id is not null) as count_loaded_again
from set_aside
left join loaded_again on loaded_again.source_id = set_aside.source_id
