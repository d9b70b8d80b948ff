-- How did somebody last name the columns of a file with this header by hand?
-- One row, or none when nobody ever did.
select
    options,
    file_name,
    loaded_at
from sources
where header_signature = $signature
    and position('"map": [[' in options) > 0
order by source_id desc
limit 1
