-- In which countries do the campaigns, creators and audiences of this store live (the first is a brief's default)?
-- One row per country: those of campaigns and creators first, the most frequent before others; then those of audiences.
with named as (
    select market as country, 1 as count_named
    from campaigns
    where market <> 'ZZ' and length(market) = 2
    union all
    select home_country as country, 1 as count_named
    from creators
    where home_country is not null
    union all
    select country, 0 as count_named
    from audience
    where ppm > 0
)
select country, cast(sum(count_named) as bigint) as count_named, count(*) as count_rows
from named
group by country
order by count_named desc, count_rows desc, country
