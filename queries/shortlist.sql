-- Which creators match the brief, what share of their audience lives in its markets, and what is their expected payoff?
-- One row per matching creator, in the order asked for.
with target_list as (
    select $m1 as country, $w1 as weight
    union all select $m2, $w2
    union all select $m3, $w3
    union all select $m4, $w4
    union all select $m5, $w5
    union all select $m6, $w6
    union all select $m7, $w7
    union all select $m8, $w8
    union all select $m9, $w9
    union all select $m10, $w10
    union all select $m11, $w11
    union all select $m12, $w12
),
target as (
    select
        country,
        cast(round(1000000000 * weight / nullif((select max(weight) from target_list), 0)) as bigint) as weight_of_largest_ppb,
        cast(round(1000000000 * weight / nullif((select sum(weight) from target_list), 0)) as bigint) as weight_of_all_ppb
    from target_list
    where country is not null
),
in_market as (
    select
        audience_best.creator_id,
        cast(sum(audience_best.ppm) as bigint) as listed_ppm,
        cast(sum(audience_best.ppm * target.weight_of_largest_ppb) as double) / 1e15 as weighted_share,
        cast(sum(
            case
                when 1000 * audience_best.ppm < target.weight_of_all_ppb then 1000 * audience_best.ppm
                else target.weight_of_all_ppb
            end
        ) as double) / 1e9 as target_overlap
    from audience_best
    join target on target.country = audience_best.country
    group by audience_best.creator_id
),
share as (
    select
        audience_sets.creator_id,
        coalesce(in_market.listed_ppm, 0) / 1e6 as in_market_share,
        case
            when coalesce(in_market.listed_ppm, 0) + audience_sets.unknown_ppm > 1000000
                and coalesce(in_market.listed_ppm, 0) <= 1000000 then 1
            else (coalesce(in_market.listed_ppm, 0) + audience_sets.unknown_ppm) / 1e6
        end as in_market_share_upper,
        audience_sets.unknown_ppm / 1e6 as unknown_share,
        coalesce(in_market.weighted_share, 0) as weighted_share,
        coalesce(in_market.target_overlap, 0) as target_overlap
    from audience_sets
    left join in_market on in_market.creator_id = audience_sets.creator_id
    where audience_sets.is_best
),
field as (
    select
        max(value) filter (where name = 'typical_in_market_share') as typical_share,
        max(value) filter (where name = 'typical_geography_factor') as typical_geography_factor,
        max(value) filter (where name = 'out_of_market_click')
            * max(value) filter (where name = 'out_of_market_conversion') as out_of_market
    from field_facts
),
matching as (
    select
        creators.creator_id,
        creators.creator_name,
        creators.platform,
        creators.vertical,
        creators.home_country,
        creators.followers,
        creators.tier,
        creators.has_profile,
        share.in_market_share,
        share.in_market_share_upper,
        share.unknown_share,
        share.weighted_share,
        share.target_overlap,
        parts.deliverable,
        parts.expected_reach,
        parts.reach_basis as in_market_reach_basis,
        parts.payoff_basis,
        parts.impressions_per_money,
        parts.awareness_factor,
        parts.conversion_factor,
        parts.awareness_log_sd,
        parts.conversion_log_sd,
        parts.expected_reach * share.in_market_share as in_market_reach,
        parts.impressions_per_money * parts.awareness_factor
            * share.weighted_share / nullif(field.typical_share, 0) as payoff_awareness,
        parts.impressions_per_money * parts.conversion_factor
            * (share.weighted_share + (1 - share.weighted_share) * field.out_of_market)
            / nullif(field.typical_geography_factor, 0) as payoff_conversion
    from creators
    join payoff_parts as parts on parts.creator_id = creators.creator_id
    left join share on share.creator_id = creators.creator_id
    cross join field
    where ($platforms = '' or position('|' || lower(creators.platform) || '|' in $platforms) > 0)
        and ($verticals = '' or position('|' || lower(creators.vertical) || '|' in $verticals) > 0)
        and ($followers_min is null or creators.followers >= $followers_min)
        and ($followers_max is null or creators.followers <= $followers_max)
        and ($min_share is null or share.in_market_share >= $min_share)
),
ranked as (
    select
        matching.*,
        case when $goal = 'awareness' then payoff_awareness else payoff_conversion end as payoff,
        row_number() over (
            order by
                case when $goal = 'awareness' then payoff_awareness else payoff_conversion end desc nulls last,
                creator_id
        ) as rank
    from matching
),
sortable as (
    select
        ranked.*,
        case $sort
            when 'in_market_share' then ranked.in_market_share
            when 'in_market_reach' then ranked.in_market_reach
            when 'followers' then cast(ranked.followers as double)
            when 'payoff' then ranked.payoff
            else asked_stage.index
        end as sort_value
    from ranked
    left join strengths as asked_stage on asked_stage.creator_id = ranked.creator_id and asked_stage.stage = $sort
    where $creator_id is null or ranked.creator_id = $creator_id
),
page as (
    select *
    from sortable
    order by
        case when $descending then sort_value end desc nulls last,
        case when not $descending then sort_value end asc nulls last,
        rank
    limit $top offset $skip
)
select
    page.*,
    engage.index as engage_index,
    engage.low as engage_low,
    engage.high as engage_high,
    engage.log_mean as engage_log_mean,
    engage.log_sd as engage_log_sd,
    engage.p_beats_benchmark as engage_p_beats_benchmark,
    engage.count_campaigns as engage_count_campaigns,
    engage.evidence as engage_evidence,
    engage.measured as engage_measured,
    click.index as click_index,
    click.low as click_low,
    click.high as click_high,
    click.log_mean as click_log_mean,
    click.log_sd as click_log_sd,
    click.p_beats_benchmark as click_p_beats_benchmark,
    click.count_campaigns as click_count_campaigns,
    click.evidence as click_evidence,
    click.measured as click_measured,
    convert.index as convert_index,
    convert.low as convert_low,
    convert.high as convert_high,
    convert.log_mean as convert_log_mean,
    convert.log_sd as convert_log_sd,
    convert.p_beats_benchmark as convert_p_beats_benchmark,
    convert.count_campaigns as convert_count_campaigns,
    convert.evidence as convert_evidence,
    convert.measured as convert_measured,
    natural_roles.gap_mean,
    natural_roles.gap_sd,
    natural_roles.p_conversion,
    natural_roles.label as natural_label,
    natural_roles.confidence as natural_confidence,
    natural_roles.covariance_click_convert
from page
join strengths as engage on engage.creator_id = page.creator_id and engage.stage = 'engage'
join strengths as click on click.creator_id = page.creator_id and click.stage = 'click'
join strengths as convert on convert.creator_id = page.creator_id and convert.stage = 'convert'
join natural_roles on natural_roles.creator_id = page.creator_id
order by
    case when $descending then page.sort_value end desc nulls last,
    case when not $descending then page.sort_value end asc nulls last,
    page.rank
