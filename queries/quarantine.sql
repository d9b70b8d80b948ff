-- Which rows were set aside, why, and what mends them?
-- One row per problem; those of files that were loaded again since come last.
with loaded_again as (
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
    sources.file_name,
    quarantine.sheet_row,
    quarantine.physical_line,
    quarantine.column_name,
    quarantine.cell_value,
    quarantine.reason,
    quarantine.fix,
    loaded_again.source_id is not null as is_loaded_again
from quarantine
join sources on sources.source_id = quarantine.source_id
left join loaded_again on loaded_again.source_id = quarantine.source_id
order by
    is_loaded_again,
    quarantine.source_id desc,
    quarantine.sheet_row nulls first,
    quarantine.column_name,
    quarantine.reason,
    quarantine.cell_value
limit $top
