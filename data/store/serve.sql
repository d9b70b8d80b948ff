-- What a list reads, in one row a creator and in one column a country (queries/listing.py).
-- Run once per generation, after the judgement and before publishing.

insert into served_creators
with measured as (
    select
        creator_id,
        list({
            'campaign_key': campaign_key,
            'platform': platform,
            'deliverable': deliverable,
            'vertical': vertical,
            'market': market,
            'paid': paid,
            'date': date,
            -- As the judgement reads them (fit/model/observations.py): purchases of impressions where clicks are not
            -- tracked, or are fewer.
            'has_engage': coalesce(engage_trials > 0 and engage_events <= engage_trials, false),
            'has_click': coalesce(click_trials > 0 and click_events <= click_trials, false),
            'has_convert': coalesce(convert_trials > 0 and convert_events <= convert_trials, false) or coalesce(
                impressions > 0 and conversions <= impressions and conversions > coalesce(convert_trials, -1), false
            ),
            'has_views': impressions > 0 and not paid
        }) as campaigns  -- in any order: keeping one costs a third of the time, and readers sort the few they take
    from campaigns
    group by creator_id
),
named as (
    select
        creator_id,
        lower(creator_id || ' ' || coalesce(creator_name, '') || ' ' || coalesce(handle, '')) as letters
    from creators
),
-- As people type them who leave out accents (queries/spellings.py): "müller" is found by "muller" and "mueller".
alphabet as (
    select
        'àáâãäåāăąǎạảấầẩẫậắằẳẵặçćĉċčðďđèéêëēĕėęěẹẻẽếềểễệĝğġģǧĥħìíîïĩīĭįıǐỉịĵķǩĺļľłñń'
        || 'ņňòóôõöøōŏőơǒǫǭọỏốồổỗộớờởỡợŕŗřśŝşšșţťțùúûüũūŭůűųưǔǖǘǚǜụủứừửữựŵẁẃẅýÿŷỳỵỷỹźżž' as accented,
        'aaaaaaaaaaaaaaaaaaaaaacccccdddeeeeeeeeeeeeeeeeeggggghhiiiiiiiiiiiijkkllllnn'
        || 'nnooooooooooooooooooooooooorrrssssstttuuuuuuuuuuuuuuuuuuuuuuuwwwwyyyyyyyzzz' as plain
),
spellings as (
    select
        named.creator_id,
        translate(named.letters, alphabet.accented, alphabet.plain) as plain,
        translate(
            replace(replace(replace(replace(replace(replace(replace(replace(replace(
                named.letters, 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss'), 'å', 'aa'), 'æ', 'ae'), 'ø', 'oe'),
                'œ', 'oe'), 'þ', 'th'),
            alphabet.accented,
            alphabet.plain
        ) as spelled
    from named
    cross join alphabet
    where bit_length(named.letters) > 8 * length(named.letters)  -- others hold no such letter
)
select
    cast(row_number() over (order by creators.creator_id) - 1 as integer) as creator_key,
    creators.creator_id,
    creators.creator_name,
    creators.platform,
    creators.vertical,
    creators.home_country,
    creators.followers,
    creators.tier,
    creators.handle,
    creators.has_profile,
    named.letters || coalesce(' ' || spellings.plain || ' ' || spellings.spelled, '') as searched,
    best.listed_ppm,
    best.unknown_ppm,
    outcomes.unlisted_ppm,
    best.smallest_ppm,
    best.is_top_n,
    natural_roles.label as natural_label,
    natural_roles.confidence as natural_confidence,
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
    outcomes.home,
    outcomes.largest_country,
    outcomes.largest_share,
    outcomes.purchases,
    outcomes.reach,
    outcomes.purchases / nullif(outcomes.order_cost, 0) as purchases_per_money,
    outcomes.reach / nullif(outcomes.order_cost, 0) as reach_per_money,
    outcomes.conversion_log_sd,
    outcomes.awareness_log_sd,
    natural_roles.gap_mean,
    natural_roles.gap_sd,
    natural_roles.p_conversion,
    natural_roles.covariance_engage_click,
    natural_roles.covariance_engage_convert,
    natural_roles.covariance_click_convert,
    engage.index as engage_index,
    engage.low as engage_low,
    engage.high as engage_high,
    engage.log_mean as engage_log_mean,
    engage.log_sd as engage_log_sd,
    engage.p_beats_benchmark as engage_p_beats_benchmark,
    engage.count_campaigns as engage_count_campaigns,
    engage.evidence as engage_evidence,
    engage.measured as engage_measured,
    engage.reliability as engage_reliability,
    click.index as click_index,
    click.low as click_low,
    click.high as click_high,
    click.log_mean as click_log_mean,
    click.log_sd as click_log_sd,
    click.p_beats_benchmark as click_p_beats_benchmark,
    click.count_campaigns as click_count_campaigns,
    click.evidence as click_evidence,
    click.measured as click_measured,
    click.reliability as click_reliability,
    convert.index as convert_index,
    convert.low as convert_low,
    convert.high as convert_high,
    convert.log_mean as convert_log_mean,
    convert.log_sd as convert_log_sd,
    convert.p_beats_benchmark as convert_p_beats_benchmark,
    convert.count_campaigns as convert_count_campaigns,
    convert.evidence as convert_evidence,
    convert.measured as convert_measured,
    convert.reliability as convert_reliability,
    view_rates.log_mean as view_log_mean,
    view_rates.log_sd as view_log_sd,
    view_rates.implied_followers,
    view_rates.log_frequency,
    measured.campaigns
from creators
join standard_outcomes as outcomes on outcomes.creator_id = creators.creator_id
join payoff_parts as parts on parts.creator_id = creators.creator_id
join natural_roles on natural_roles.creator_id = creators.creator_id
join strengths as engage on engage.creator_id = creators.creator_id and engage.stage = 'engage'
join strengths as click on click.creator_id = creators.creator_id and click.stage = 'click'
join strengths as convert on convert.creator_id = creators.creator_id and convert.stage = 'convert'
join named on named.creator_id = creators.creator_id
left join spellings on spellings.creator_id = creators.creator_id
left join measured on measured.creator_id = creators.creator_id
left join view_rates on view_rates.creator_id = creators.creator_id
left join audience_sets as best on best.creator_id = creators.creator_id and best.is_best
order by creators.creator_id;

insert into market_shares
select audience_best.country, served.creator_key, audience_best.ppm
from audience_best
join served_creators as served on served.creator_id = audience_best.creator_id
order by audience_best.country, served.creator_key;
