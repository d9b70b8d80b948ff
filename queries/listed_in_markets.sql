-- How much of each of these creators' audience is listed in each market of the brief?
-- One row per creator with an audience and market where anybody is listed.
select audience_best.creator_id, audience_best.country, audience_best.ppm
from audience_best
where audience_best.country in ($m1, $m2, $m3, $m4, $m5, $m6, $m7, $m8, $m9, $m10, $m11, $m12)
    and audience_best.creator_id in (select unnest(cast($creators as varchar[])))
order by audience_best.creator_id, audience_best.country
