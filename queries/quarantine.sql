-- Which rows were set aside, why, and what mends them?
-- One row per problem.
select
    sources.file_name,
    quarantine.sheet_row,
    quarantine.physical_line,
    quarantine.column_name,
    quarantine.cell_value,
    quarantine.reason,
    quarantine.fix
from quarantine
join sources on sources.source_id = quarantine.source_id
order by
    quarantine.source_id desc,
    quarantine.sheet_row nulls first,
    quarantine.column_name,
    quarantine.reason,
    quarantine.cell_value
limit $top
