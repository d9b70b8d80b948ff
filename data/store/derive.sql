-- What follows from what the files said: creators, their audiences and their campaigns.
-- Run once per generation, after the files and before the judgement.

-- The newest dated count of followers wins, a profile file over an undated export, then the later load.
insert into creators
with named as (
    select creator_id from profiles
    union
    select creator_id from audience
    union
    select creator_id from campaign_rows
    union
    select creator_id from creator_codes
),
profile as (
    select
        creator_id,
        arg_max(creator_name, source_id) filter (creator_name is not null) as creator_name,
        arg_max(platform, source_id) filter (platform is not null) as platform,
        arg_max(vertical, source_id) filter (vertical is not null) as vertical,
        arg_max(home_country, source_id) filter (home_country is not null) as home_country,
        arg_max(handle, source_id) filter (handle is not null) as handle,
        arg_max(language, source_id) filter (language is not null) as language,
        -- A price and its currency are one fact: both come from the same row.
        arg_max({'amount': asking_price, 'currency': currency}, source_id) filter (asking_price is not null) as price,
        bool_or(creator_name is not null or platform is not null or home_country is not null) as has_profile
    from profiles
    group by creator_id
),
counts as (
    select creator_id, followers, followers_as_of as as_of, true as is_profile, source_id
    from profiles
    where followers is not null
    union all
    select distinct creator_id, followers, as_of, false, source_id
    from audience
    where followers is not null
),
newest_count as (
    select creator_id, followers, as_of
    from counts
    qualify row_number() over (
        partition by creator_id order by as_of desc nulls last, is_profile desc, source_id desc, followers desc
    ) = 1
),
-- Whose a code is was said last by the newest source.
codes_said_last as (
    select distinct creator_id, code
    from creator_codes
    qualify rank() over (partition by upper(code) order by source_id desc) = 1
),
codes_of as (
    select creator_id, string_agg(code, ';' order by code) as codes
    from codes_said_last
    group by creator_id
)
select
    named.creator_id,
    profile.creator_name,
    profile.platform,
    profile.vertical,
    profile.home_country,
    newest_count.followers,
    newest_count.as_of as followers_as_of,
    case
        when newest_count.followers < 10000 then 'nano'
        when newest_count.followers < 50000 then 'micro'
        when newest_count.followers < 250000 then 'mid'
        when newest_count.followers < 1000000 then 'macro'
        when newest_count.followers is not null then 'mega'
    end as tier,
    profile.handle,
    profile.language,
    profile.price.amount as asking_price,
    profile.price.currency as currency,
    codes_of.codes,
    coalesce(profile.has_profile, false) as has_profile
from named
left join profile on profile.creator_id = named.creator_id
left join newest_count on newest_count.creator_id = named.creator_id
left join codes_of on codes_of.creator_id = named.creator_id
order by named.creator_id;

-- Same source and type: the newer date supersedes, without dates the later load; the rest stays in the history.
-- The judgement reads viewers before followers before likers, then the newest, then the fullest, then by name.
insert into audience_sets
with sets as (
    select
        creator_id,
        source_id,
        platform,
        source,
        audience_type,
        as_of,
        cast(sum(ppm) as integer) as listed_ppm,
        min(ppm) as smallest_ppm,
        cast(count(*) as integer) as count_countries,
        bool_or(is_top_n) as is_top_n,
        max(count_total) as count_total
    from audience
    group by creator_id, source_id, platform, source, audience_type, as_of
),
aged as (
    select
        *,
        row_number() over (
            partition by creator_id, platform, source, audience_type
            order by as_of desc nulls last, source_id desc
        ) = 1 as is_current
    from sets
),
ranked as (
    select
        *,
        row_number() over (
            partition by creator_id
            order by
                is_current desc,
                case audience_type when 'viewers' then 1 when 'followers' then 2 else 3 end,
                as_of desc nulls last,
                listed_ppm desc,
                source,
                platform nulls last
        ) = 1 as is_best
    from aged
)
select
    creator_id,
    source_id,
    platform,
    source,
    audience_type,
    as_of,
    listed_ppm,
    greatest(1000000 - listed_ppm, 0) as unknown_ppm,
    smallest_ppm,
    count_countries,
    is_top_n,
    count_total,
    is_current,
    is_best
from ranked
order by creator_id, is_best desc, source_id, source, audience_type, as_of nulls last;

insert into audience_best
select audience.creator_id, audience.country, audience.ppm
from audience
join audience_sets as best
    on best.is_best
    and best.creator_id = audience.creator_id
    and best.source_id = audience.source_id
    and best.source = audience.source
    and best.audience_type = audience.audience_type
    and best.platform is not distinct from audience.platform
    and best.as_of is not distinct from audience.as_of
order by audience.creator_id, audience.country;

-- Daily rows of one campaign are one campaign. Reach never adds up, so it is kept only where one row states it.
-- A rate is taken only over rows that measured both its counts.
insert into campaigns
with lines as (
    select
        campaign_rows.campaign_id,
        campaign_rows.creator_id,
        campaign_rows.market,
        campaign_rows.deliverable,
        coalesce(campaign_rows.platform, creators.platform) as platform,
        campaign_rows.paid,
        -- Lines without money belong to the campaign's currency; only two currencies keep its lines apart.
        case
            when min(campaign_rows.currency) over campaign = max(campaign_rows.currency) over campaign
                then min(campaign_rows.currency) over campaign
            else campaign_rows.currency
        end as currency,
        campaign_rows.date,
        campaign_rows.end_date,
        coalesce(campaign_rows.vertical, creators.vertical) as vertical,
        campaign_rows.count_deliverables,
        campaign_rows.impressions,
        campaign_rows.reach,
        campaign_rows.engagements,
        campaign_rows.clicks,
        campaign_rows.conversions,
        campaign_rows.revenue,
        campaign_rows.cost,
        campaign_rows.objective,
        campaign_rows.attribution_window_days,
        campaign_rows.source_id
    from campaign_rows
    join creators on creators.creator_id = campaign_rows.creator_id
    window campaign as (
        partition by
            campaign_rows.creator_id,
            campaign_rows.campaign_id,
            campaign_rows.market,
            campaign_rows.deliverable,
            coalesce(campaign_rows.platform, creators.platform),
            campaign_rows.paid
    )
),
summed as (
    select
        campaign_id,
        creator_id,
        market,
        deliverable,
        platform,
        paid,
        currency,
        min(date) as date,
        max(end_date) as end_date,
        min(vertical) as vertical,
        max(count_deliverables) as count_deliverables,
        cast(sum(impressions) as bigint) as impressions,
        case when count(reach) = 1 then max(reach) end as reach,
        cast(sum(engagements) as bigint) as engagements,
        cast(sum(clicks) as bigint) as clicks,
        cast(sum(conversions) as bigint) as conversions,
        cast(sum(revenue) as decimal(18, 4)) as revenue,
        cast(sum(cost) as decimal(18, 4)) as cost,
        min(objective) as objective,
        max(attribution_window_days) as attribution_window_days,
        cast(sum(impressions) filter (engagements is not null) as bigint) as engage_trials,
        cast(sum(engagements) filter (impressions is not null) as bigint) as engage_events,
        cast(sum(impressions) filter (clicks is not null) as bigint) as click_trials,
        cast(sum(clicks) filter (impressions is not null) as bigint) as click_events,
        cast(sum(clicks) filter (conversions is not null) as bigint) as convert_trials,
        cast(sum(conversions) filter (clicks is not null) as bigint) as convert_events,
        cast(count(*) as integer) as count_rows,
        max(source_id) as source_id
    from lines
    group by campaign_id, creator_id, market, deliverable, platform, paid, currency
)
select
    cast(row_number() over (
        order by creator_id, campaign_id, market, deliverable nulls last, platform nulls last, paid, currency nulls last
    ) as integer) as campaign_key,
    campaign_id,
    creator_id,
    market,
    date,
    end_date,
    platform,
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
    paid,
    engage_trials,
    engage_events,
    click_trials,
    click_events,
    convert_trials,
    convert_events,
    count_rows,
    source_id
from summed
order by campaign_key;
