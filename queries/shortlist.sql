-- Which creators match the brief, where does their audience live, and what does their standard deliverable bring for the money?
-- One row per matching creator, in the order asked for.
with target_list as (
    select unnest(cast($targets as struct(country varchar, weight double)[])) as named
),
target as (
    select
        target_list.named.country,
        cast(round(1000000000 * named.weight / nullif((select max(named.weight) from target_list), 0)) as bigint)
            as weight_of_largest_ppb,
        cast(round(1000000000 * named.weight / nullif((select sum(named.weight) from target_list), 0)) as bigint)
            as weight_of_all_ppb,
        cast(round(1000000 * coalesce(seen.purchases, unseen.purchases)) as bigint) as effect_ppm,
        -- What an outcome there counts for in the order: the market's weight next to the largest, in ten millionths.
        cast(round(
            10000000 * named.weight / nullif((select max(named.weight) from target_list), 0)
            * case when $goal = 'awareness' then 1 else coalesce(seen.purchases, unseen.purchases) end
        ) as bigint) as worth
    from target_list
    left join market_effects as seen on seen.country = target_list.named.country
    left join market_effects as unseen on unseen.country = ''
),
field as (
    select
        max(value) filter (where name = 'typical_in_market_share') as typical_share,
        max(value) filter (where name = 'typical_geography_factor') as typical_geography_factor,
        max(value) filter (where name = 'out_of_market_click')
            * max(value) filter (where name = 'out_of_market_conversion') as out_of_market
    from field_facts
),
-- What the field has in each market: all creators, and those who are not at home there.
usual_in as (
    select
        target.country,
        of_field.ppm / nullif(of_field.count_creators, 0) as of_all,
        (of_field.ppm - coalesce(at_home.ppm, 0))
            / nullif(of_field.count_creators - coalesce(any_at_home.count_creators, 0), 0) as of_others
    from target
    join audience_mix as of_field on of_field.home = '' and of_field.country = target.country
    left join audience_mix as at_home on at_home.home = target.country and at_home.country = target.country
    left join (select distinct home, count_creators from audience_mix) as any_at_home on any_at_home.home = target.country
),
-- What creators of one home country probably have in each market (fit/model/geography.py, two creators' weight on the field).
expected_at_home as (
    select
        homes.home,
        target.country,
        cast(round(
            (
                coalesce(of_home.ppm, 0) + 2 * case
                    when homes.home = target.country then 1e6 * field.typical_share
                    when homes.home is null then coalesce(usual_in.of_all, 0)
                    else coalesce(usual_in.of_others, usual_in.of_all, 0)
                end
            ) / nullif(coalesce(any_of_home.count_creators, 0) + 2, 0)
        ) as bigint) as expected_ppm
    from (select distinct home from standard_outcomes) as homes
    cross join target
    cross join field
    left join usual_in on usual_in.country = target.country
    left join audience_mix as of_home on of_home.home = homes.home and of_home.country = target.country
    left join (select distinct home, count_creators from audience_mix) as any_of_home on any_of_home.home = homes.home
),
filtered as (
    select
        creators.creator_id,
        creators.creator_name,
        creators.platform,
        creators.vertical,
        creators.home_country,
        creators.followers,
        creators.tier,
        creators.has_profile,
        best.unknown_ppm,
        outcomes.unlisted_ppm,
        best.smallest_ppm,
        best.is_top_n,
        best.creator_id is not null as has_audience,
        outcomes.home
    from creators
    join standard_outcomes as outcomes on outcomes.creator_id = creators.creator_id
    left join audience_sets as best on best.creator_id = creators.creator_id and best.is_best
    where ($platforms = '' or position('|' || replace(replace(lower(creators.platform), '~', '~0'), '|', '~1') || '|' in $platforms) > 0)
        and ($verticals = '' or position('|' || replace(replace(lower(creators.vertical), '~', '~0'), '|', '~1') || '|' in $verticals) > 0)
        and ($followers_min is null or creators.followers >= $followers_min)
        and ($followers_max is null or creators.followers <= $followers_max)
),
in_each as (
    select
        filtered.creator_id,
        filtered.unknown_ppm,
        filtered.has_audience,
        target.weight_of_largest_ppb,
        target.weight_of_all_ppb,
        target.effect_ppm,
        target.worth,
        expected.expected_ppm,
        cast(coalesce(listed.ppm, 0) as bigint) as listed_ppm,
        least(
            -- Who lives in none of the countries that a source lists lives in one of the others.
            cast(round(
                coalesce(filtered.unknown_ppm, 1000000) * expected.expected_ppm / nullif(case
                    when listed.ppm is not null then 1000000
                    else greatest(coalesce(filtered.unlisted_ppm, 1000000), expected.expected_ppm, 1)
                end, 0)
            ) as bigint),
            case
                when coalesce(filtered.is_top_n, false) and listed.ppm is not null then 0
                when coalesce(filtered.is_top_n, false) then least(filtered.unknown_ppm, filtered.smallest_ppm)
                else coalesce(filtered.unknown_ppm, 1000000)
            end
        ) as likely_ppm
    from filtered
    cross join target
    join expected_at_home as expected
        on expected.country = target.country and coalesce(expected.home, '') = coalesce(filtered.home, '')
    left join audience_best as listed
        on listed.creator_id = filtered.creator_id and listed.country = target.country
),
-- The share that is likely in a market: 198 of 200 people as reported, two as usual there (in parts of 200 million).
-- One part more, so that where nobody lives in any market all of them weigh alike.
likely_each as (
    select in_each.*, 198 * (listed_ppm + likely_ppm) + 2 * expected_ppm + 1 as likely_part
    from in_each
    where has_audience
),
-- Sums of whole numbers, so that no order of adding can change a result; each market counts for itself.
share as (
    select
        creator_id,
        min(unknown_ppm) as unknown_ppm,
        cast(sum(listed_ppm) as bigint) as listed_ppm,
        min(listed_ppm) as least_ppm,
        cast(sum(listed_ppm * weight_of_largest_ppb) as double) / 1e15 as weighted_share,
        cast(sum(least(1000 * listed_ppm, weight_of_all_ppb)) as double) / 1e9 as target_overlap,
        least(greatest(
            (198 * least(sum(listed_ppm + likely_ppm), 1000000) + 2 * sum(expected_ppm)) / 200e6, 0.001
        ), 1.0) as likely_share,
        cast(sum(likely_part) as double) as likely_parts,
        cast(sum(likely_part * effect_ppm) as double) / 1e6 as bought_parts,
        cast(sum(likely_part * worth) as double) / 1e7 as worth_parts
    from likely_each
    group by creator_id
),
matching as (
    select
        filtered.creator_id,
        filtered.creator_name,
        filtered.platform,
        filtered.vertical,
        filtered.home_country,
        filtered.followers,
        filtered.tier,
        filtered.has_profile,
        natural_roles.label as natural_label,
        natural_roles.confidence as natural_confidence,
        share.listed_ppm / 1e6 as in_market_share,
        case
            when share.listed_ppm + share.unknown_ppm > 1000000 and share.listed_ppm <= 1000000 then 1
            else (share.listed_ppm + share.unknown_ppm) / 1e6
        end as in_market_share_upper,
        share.unknown_ppm / 1e6 as unknown_share,
        share.weighted_share,
        share.target_overlap,
        share.likely_share,
        parts.deliverable,
        parts.expected_reach,
        parts.reach_basis as in_market_reach_basis,
        parts.payoff_basis,
        parts.price_factor,
        parts.impressions_per_money,
        parts.awareness_factor,
        parts.conversion_factor,
        outcomes.cost,
        outcomes.currency,
        outcomes.cost_basis,
        outcomes.rate_note,
        outcomes.largest_country,
        outcomes.largest_share,
        outcomes.conversion_log_sd,
        outcomes.awareness_log_sd,
        parts.expected_reach * share.listed_ppm / 1e6 as in_market_reach,
        outcomes.reach * share.likely_share as reached_there,
        parts.impressions_per_money * parts.awareness_factor
            * share.weighted_share / nullif(field.typical_share, 0) as payoff_awareness,
        parts.impressions_per_money * parts.conversion_factor
            * (share.weighted_share + (1 - share.weighted_share) * field.out_of_market)
            / nullif(field.typical_geography_factor, 0) as payoff_conversion,
        worth_parts / nullif(case when $goal = 'awareness' then likely_parts else bought_parts end, 0) as market_weight,
        case when $goal = 'awareness' then outcomes.reach
            else outcomes.purchases * bought_parts / nullif(likely_parts, 0) end * share.likely_share as expected_outcome,
        case when $goal = 'awareness' then outcomes.reach else outcomes.purchases end / nullif(outcomes.order_cost, 0)
            * share.likely_share * worth_parts / nullif(likely_parts, 0) as outcome_per_money
    from filtered
    join standard_outcomes as outcomes on outcomes.creator_id = filtered.creator_id
    join payoff_parts as parts on parts.creator_id = filtered.creator_id
    join natural_roles on natural_roles.creator_id = filtered.creator_id
    left join share on share.creator_id = filtered.creator_id
    cross join field
    where ($min_share is null or share.listed_ppm / 1e6 >= $min_share)
        and ($min_share_each is null or share.least_ppm / 1e6 >= $min_share_each)
),
-- The role in these markets decides the group (fit/model/role.py, fit/shortlist/groups.py say the same in Python).
in_role as (
    select
        matching.*,
        case
            when in_market_share is null then natural_label
            when in_market_share_upper < 0.05 then 'not for this market'
            when greatest(payoff_awareness, payoff_conversion) / nullif(price_factor, 0) < 0.5 then 'not for this market'
            when natural_label = 'conversion' and payoff_conversion / nullif(price_factor, 0) < 0.5 then 'awareness'
            else natural_label
        end as role_label
    from matching
),
ranked as (
    select
        matching.*,
        case
            when role_label = 'not for this market' then 4
            when role_label = 'pilot' or in_market_share is null then 2
            when role_label in ('balanced', $goal) then 1
            else 3
        end as group_place,
        row_number() over (order by outcome_per_money desc nulls last, creator_id) as rank
    from in_role as matching
),
sortable as (
    select
        ranked.*,
        case $sort
            when 'in_market_share' then ranked.in_market_share
            when 'in_market_reach' then ranked.reached_there
            when 'followers' then cast(ranked.followers as double)
            when 'per_1000' then ranked.outcome_per_money
            when 'expected' then ranked.expected_outcome
            when 'cost' then ranked.cost
            when 'cost_per_outcome' then ranked.cost / nullif(ranked.expected_outcome, 0)
            when 'group' then -ranked.group_place
            else asked_stage.index
        end as sort_value
    from ranked
    left join strengths as asked_stage on asked_stage.creator_id = ranked.creator_id and asked_stage.stage = $sort
    where ($creators is null or ranked.creator_id in (select unnest(cast($creators as varchar[]))))
        and ($words = '' or ranked.creator_id in (
            select creator_id
            from served_creators
            where position($words in searched) > 0
                or position($plain in searched) > 0
                or position($spelled in searched) > 0
        ))
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
