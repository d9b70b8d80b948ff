-- Of which creators do files state other follower counts than the one that counts?
-- One row per creator and other count.
with stated as (
    select creator_id, followers from profiles where followers is not null
    union
    select creator_id, followers from audience where followers is not null
)
select creators.creator_id, creators.followers as counts, stated.followers as other
from creators
join stated on stated.creator_id = creators.creator_id and stated.followers <> creators.followers
where creators.creator_id in (select unnest($creators))
order by creators.creator_id, stated.followers
limit 20
