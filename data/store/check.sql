-- Which rules, that no constraint of schema.sql can hold, does this generation break?
-- One row per rule, with the number of rows that break it.
select 'a generation states itself once' as rule, abs(count(*) - 1) as count_rows from generation
union all
select 'a source has one row', count(*) - count(distinct source_id) from sources
union all
select 'every fact names a source', count(*)
from (
    select source_id from profiles
    union all select source_id from audience
    union all select source_id from campaign_rows
    union all select source_id from creator_codes
    union all select source_id from rates
    union all select source_id from photos
    union all select source_id from quarantine
) as facts
where source_id not in (select source_id from sources)
union all
select 'a creator is listed once', count(*) - count(distinct creator_id) from creators
union all
select 'a creator has one photo', count(*) - count(distinct creator_id) from photos
union all
select 'a country is listed once in an audience', count(*)
from (
    select 1
    from audience
    group by source_id, creator_id, platform, source, audience_type, as_of
    -- As bits: a group per row would need gigabytes.
    having count(*) > bit_count(bitstring_agg((ascii(country) - 65) * 26 + ascii(country[2]) - 65, 0, 675))
) as doubles
union all
select 'the judgement reads one audience per creator', count(*) - count(distinct creator_id)
from audience_sets
where is_best
union all
select 'a country is listed once per creator', count(*)
from (
    select 1
    from audience_best
    group by creator_id
    having count(*) > bit_count(bitstring_agg((ascii(country) - 65) * 26 + ascii(country[2]) - 65, 0, 675))
) as doubles
union all
select 'a campaign has one key', count(*) - count(distinct campaign_key) from campaigns
union all
select 'no report line is counted twice', count(*)
from (
    select 1
    from campaign_rows
    group by creator_id, campaign_id, market, deliverable, platform, paid, currency, date, end_date
    -- Several posts of one day are several lines of one file; equal lines, and lines of two files, are one line twice.
    having count(distinct source_id) > 1 or count(*) > count(distinct hash(
        count_deliverables, impressions, reach, engagements, clicks, conversions, revenue, cost))
) as doubles
union all
select 'campaigns add up to their report lines', count(*)
from (
    select sum(impressions) as impressions, sum(clicks) as clicks, sum(revenue) as revenue, sum(cost) as cost from campaigns
    except
    select sum(impressions), sum(clicks), sum(revenue), sum(cost) from campaign_rows
) as difference
union all
select 'a creator has one strength per stage', abs(count(*) - 3 * (select count(*) from creators)) from strengths
union all
select 'a creator has one natural role', abs(count(*) - (select count(*) from creators)) from natural_roles
union all
select 'a creator has one set of payoff parts', abs(count(*) - (select count(*) from creators)) from payoff_parts
