-- How much do the loaded data hold of what a judgement needs?
-- One row; shares of the market and days are counted from what is asked for.
with measured as (
    select
        creator_id,
        stage,
        count(*) as count_campaigns
    from stage_evidence
    group by creator_id, stage
)
select
    (select count(*) from creators) as count_creators,
    (select count(distinct creator_id) from campaigns where not paid) as count_creators_with_campaigns,
    (select count(*) from campaigns where not paid) as count_campaigns,
    (select count(*) from campaigns where not paid and conversions is not null) as count_with_purchases,
    (select count(*) from measured where stage = 'engage' and count_campaigns > 1) as count_repeated_engage,
    (select count(*) from measured where stage = 'click' and count_campaigns > 1) as count_repeated_click,
    (select count(*) from measured where stage = 'convert' and count_campaigns > 1) as count_repeated_convert,
    (select count(*) from stage_evidence where stage = 'convert' and in_market_share < $most_share) as count_abroad,
    (select count(*) from audience_sets where is_best and as_of >= $since) as count_young_audiences,
    (
        select count(*)
        from standard_outcomes
        where cost_basis <> 'market price' and currency is not null
    ) as count_priced
