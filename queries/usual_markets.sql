-- In which countries do the campaigns and creators of this store live (the first is a brief's default)?
-- One row per country, the most frequent first.
with named as (
    select market as country
    from campaigns
    where market <> 'ZZ' and length(market) = 2
    union all
    select home_country
    from creators
    where home_country is not null
)
select country, count(*) as count_named
from named
group by country
order by count_named desc, country
