-- Which numbers describe the whole field?
-- One row per number.
select name, value, meaning
from field_facts
order by name
