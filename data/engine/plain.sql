-- What files of the plain format say, as the first layer of a generation holds it (docs/formats.md).
-- The tables plain_creators, plain_audience and plain_campaigns have every column of the format; absent ones are null.

insert into profiles
select
    source_id,
    creator_id,
    creator_name,
    lower(platform) as platform,
    vertical,
    home_country,
    followers,
    followers_as_of,
    handle,
    language,
    asking_price,
    currency
from plain_creators
order by creator_id;

insert into creator_codes
select source_id, creator_id, trim(code) as code
from (
    select source_id, creator_id, unnest(string_split(codes, ';')) as code
    from plain_creators
    where codes is not null
) as listed
where trim(code) <> ''
order by creator_id;

insert into audience
select
    source_id,
    creator_id,
    lower(platform) as platform,
    coalesce(source, 'own table') as source,
    coalesce(audience_type, 'followers') as audience_type,
    country,
    cast(round(audience_share * 1e6) as integer) as ppm,
    as_of,
    coalesce(is_top_n, false) as is_top_n,
    count_total,
    followers
from plain_audience
order by creator_id, country;

insert into campaign_rows
select
    source_id,
    cast(0 as bigint) as sheet_row,
    campaign_id,
    creator_id,
    coalesce(market, 'ZZ') as market,
    date,
    end_date,
    lower(platform) as platform,
    vertical,
    deliverable,
    count_deliverables,
    impressions,
    reach,
    engagements,
    clicks,
    conversions,
    revenue,
    cost,
    currency,
    objective,
    attribution_window_days,
    coalesce(paid, false) as paid
from plain_campaigns
order by creator_id, campaign_id;
