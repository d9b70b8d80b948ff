-- Where does this creator's audience live?
-- One row per country of the audience that the judgement reads, largest share first.
select
    audience_best.country,
    audience_best.ppm,
    audience_best.ppm / 1e6 as audience_share,
    best.audience_type,
    best.source,
    best.platform,
    best.as_of
from audience_best
join audience_sets as best on best.creator_id = audience_best.creator_id and best.is_best
where audience_best.creator_id = $creator_id
order by audience_best.ppm desc, audience_best.country
