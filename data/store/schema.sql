-- Every table of a generation, and every rule that a row must obey.
--
-- Three layers: what files said (sources to campaign_rows), what follows from it (creators to campaigns), what we make
-- of it (stage_evidence to audience_mix). Shares are whole parts per million of the whole audience (ppm) and money is
-- DECIMAL, because sums of integers are the same on any number of threads. Uniqueness is checked by a query before
-- publishing (data/store/publish.py); an index would make the file ten times as big.

create table generation (
    number integer not null check (number > 0),
    built_at timestamp not null,
    is_demo boolean not null,
    shape_version integer not null,                 -- what wrote it (SHAPE_VERSION in open_store.py)
);

-- ---------------------------------------------------------------- what files said

-- One row per file that gave rows to this generation.
create table sources (
    source_id integer not null check (source_id > 0),
    file_name text not null,
    sha256 text not null check (length(sha256) = 64),
    options text not null,                          -- JSON of --creator, --market, --kind, --map, --code
    header_signature text not null check (length(header_signature) = 64),   -- same columns, same signature
    reader text not null,
    loaded_at timestamp not null,
    count_rows_read bigint not null check (count_rows_read >= 0),
    count_rows_imported bigint not null check (count_rows_imported >= 0),
    count_rows_quarantined bigint not null check (count_rows_quarantined >= 0),
    message text not null,
);

-- One row per cell (or row) that was set aside.
create table quarantine (
    source_id integer not null,
    sheet_row bigint,                               -- the row a spreadsheet shows
    physical_line bigint,
    column_name text not null,
    cell_value text not null,
    reason text not null check (reason <> ''),
    fix text not null check (fix <> ''),
);

-- One row per creator and file that describes the creator; null = the file does not say.
create table profiles (
    source_id integer not null,
    creator_id text not null check (creator_id <> ''),
    creator_name text,
    platform text,
    vertical text,
    home_country text check (length(home_country) = 2),
    followers bigint check (followers between 0 and 1000000000000000),
    followers_as_of date,
    handle text,
    language text,
    asking_price decimal(18, 4) check (asking_price >= 0),
    currency text check (length(currency) = 3),
);

-- One row per discount code (or partner name) of which a file or an option says whose it is.
create table creator_codes (
    source_id integer not null,
    creator_id text not null check (creator_id <> ''),
    code text not null check (code <> ''),
);

-- One row per creator, source, audience type and country. What is not listed is unknown; UNKNOWN is never a row.
create table audience (
    source_id integer not null,
    creator_id text not null check (creator_id <> ''),
    platform text,
    source text not null,                           -- who measured, for example "YouTube Studio" or "own table"
    audience_type text not null check (audience_type in ('viewers', 'followers', 'likers')),
    country text not null check (length(country) = 2 and country <> 'ZZ'),
    ppm integer not null check (ppm between 0 and 1030000),
    as_of date,
    is_top_n boolean not null,                      -- the source lists only its largest countries
    count_total bigint check (count_total >= 0),    -- views or accounts behind the shares, where stated
    followers bigint check (followers between 0 and 1000000000000000),
);

-- One row per line of a campaign report; null = not measured.
create table campaign_rows (
    source_id integer not null,
    sheet_row bigint not null,
    campaign_id text not null check (campaign_id <> ''),
    creator_id text not null check (creator_id <> ''),
    market text not null check (market <> ''),      -- "DE", "DE+AT", or "ZZ" where the report names none
    date date not null,
    end_date date check (end_date >= date),
    platform text,
    vertical text,
    deliverable text,
    count_deliverables bigint check (count_deliverables between 1 and 1000000000000000),
    impressions bigint check (impressions between 0 and 1000000000000000),
    reach bigint check (reach between 0 and 1000000000000000),
    engagements bigint check (engagements between 0 and 1000000000000000),
    clicks bigint check (clicks between 0 and 1000000000000000),
    conversions bigint check (conversions between 0 and 1000000000000000),
    revenue decimal(18, 4) check (revenue >= 0),
    cost decimal(18, 4) check (cost >= 0),
    currency text check (length(currency) = 3),
    objective text,
    attribution_window_days integer check (attribution_window_days between 0 and 3650),
    paid boolean not null,                          -- rows of an ad account, not of a creator's own post
    check (clicks is null or impressions is null or clicks <= impressions),
);

-- One row per creator with a photo: a small square JPEG without metadata.
create table photos (
    source_id integer not null,
    creator_id text not null check (creator_id <> ''),
    image blob not null,
);

-- One row per exchange rate that a file or an option gives: one unit of currency is rate units of base.
create table rates (
    source_id integer not null,
    currency text not null check (length(currency) = 3),
    rate decimal(18, 9) not null check (rate > 0),
    base text not null check (length(base) = 3 and base <> currency),
    as_of date,
);

-- ---------------------------------------------------------------- what follows from it

-- One row per creator that any file names.
create table creators (
    creator_id text not null,
    creator_name text,                              -- null = no profile yet
    platform text,
    vertical text,
    home_country text,
    followers bigint,
    followers_as_of date,
    tier text check (tier in ('nano', 'micro', 'mid', 'macro', 'mega')),
    handle text,
    language text,
    asking_price decimal(18, 4),
    currency text,
    codes text,                                     -- discount codes, separated by ;
    has_profile boolean not null,
);

-- One row per creator, source and audience type: what one measurement of an audience covers.
create table audience_sets (
    creator_id text not null,
    source_id integer not null,
    platform text,
    source text not null,
    audience_type text not null,
    as_of date,
    listed_ppm integer not null,
    unknown_ppm integer not null check (unknown_ppm >= 0),
    smallest_ppm integer not null,
    count_countries integer not null,
    is_top_n boolean not null,
    count_total bigint,
    is_current boolean not null,                    -- false: a newer file of the same source and type superseded it
    is_best boolean not null,                       -- the one that the judgement reads
);

-- One row per creator and country of the audience that the judgement reads, ordered by creator.
create table audience_best (
    creator_id text not null,
    country text not null,
    ppm integer not null,
);

-- One row per campaign: its report lines summed (daily rows would otherwise multiply evidence).
create table campaigns (
    campaign_key integer not null,
    campaign_id text not null,
    creator_id text not null,
    market text not null,
    date date not null,
    end_date date,
    platform text,
    vertical text,
    deliverable text,
    count_deliverables bigint,
    impressions bigint,
    reach bigint,
    engagements bigint,
    clicks bigint,
    conversions bigint,
    revenue decimal(18, 4),
    cost decimal(18, 4),
    currency text,
    objective text,
    attribution_window_days integer,
    paid boolean not null,
    engage_trials bigint,                           -- trials and events of a rate: only lines that measured both
    engage_events bigint,
    click_trials bigint,
    click_events bigint,
    convert_trials bigint,                          -- clicks
    convert_events bigint,
    count_rows integer not null,
    source_id integer not null,
);

-- ---------------------------------------------------------------- what we make of it (fit/, computed once per generation)

-- One row per campaign and measured stage: how an index follows from campaigns.
create table stage_evidence (
    campaign_key integer not null,
    creator_id text not null,
    stage text not null check (stage in ('engage', 'click', 'convert')),
    basis text not null check (basis in ('impressions', 'clicks')),   -- what the trials are
    count_trials bigint not null,
    count_events bigint not null,
    expected_events double not null,                -- what a typical creator would get, geography included
    geography_factor double not null,
    in_market_share double,                         -- point value used for the correction
    age_quarters double not null,
    evidence double not null,                       -- events' worth that this campaign adds
);

-- One row per creator and stage. Natural log of index/100; the interval holds 80 %.
create table strengths (
    creator_id text not null,
    stage text not null check (stage in ('engage', 'click', 'convert')),
    index double not null check (index > 0),
    log_mean double not null,
    log_sd double not null check (log_sd > 0),
    low double not null,
    high double not null,
    p_beats_benchmark double not null check (p_beats_benchmark between 0 and 1),
    count_campaigns integer not null,
    evidence double not null check (evidence >= 0),
    measured boolean not null,
    reliability double not null check (reliability between 0 and 1),   -- how much of it is the creator's own campaigns
);

-- One row per creator: the natural role, before any market is named.
create table natural_roles (
    creator_id text not null,
    gap_mean double not null,                       -- log click + log convert - log engage
    gap_sd double not null check (gap_sd > 0),
    p_conversion double not null check (p_conversion between 0 and 1),
    label text not null check (label in ('awareness', 'conversion', 'balanced', 'pilot')),
    confidence text not null check (confidence in ('clear', 'leaning', 'none')),
    covariance_engage_click double not null,
    covariance_engage_convert double not null,
    covariance_click_convert double not null,
);

-- One row per creator: the market-free parts of a payoff, and what one standard deliverable brings.
create table payoff_parts (
    creator_id text not null,
    platform text,
    deliverable text not null,                      -- the standard deliverable
    expected_impressions double,                    -- null = followers unknown
    expected_reach double,
    reach_basis text check (reach_basis in ('measured', 'expected')),
    price_factor double not null check (price_factor > 0),                     -- usual price over asking price
    impressions_per_money double not null check (impressions_per_money > 0),   -- 1 = market price
    awareness_factor double not null check (awareness_factor > 0),             -- E exp(.5 engage)
    conversion_factor double not null check (conversion_factor > 0),           -- E exp(click + convert)
    payoff_basis text not null check (payoff_basis in ('asking price', 'market price')),
);

-- One row per benchmark level: how much more a typical campaign gets there (1 = no difference).
create table benchmark_levels (
    stage text not null,
    factor text not null,
    level text not null,
    effect double not null check (effect > 0),
    count_creators integer not null,
    count_campaigns integer not null,
    count_events bigint not null,
);

-- One row per stage (three rates and views) and base or level: how the independent errors of the fit move its log.
create table benchmark_errors (
    stage text not null,
    factor text not null,
    level text not null,
    errors double[] not null,
);

-- One row per number that describes the whole field (base rates, kC, kV, s0, tau, k, ...), each with its words.
create table field_facts (
    name text not null,
    value double not null,
    meaning text not null,
);

-- One row per currency: the median price of an expected impression.
create table market_prices (
    currency text not null,
    cost_per_impression double not null check (cost_per_impression > 0),
    log_sd double not null,
    count_campaigns integer not null,
);

-- ---------------------------------------------------------------- what a forecast needs beside the judgement

-- One row per creator: how often a follower sees one deliverable, and how often one person does. Natural logs.
create table view_rates (
    creator_id text not null,
    log_mean double not null,
    log_sd double not null,
    implied_followers double check (implied_followers > 0), -- that would make its views usual; null = known, or no views
    log_frequency double not null,
);

-- One row per creator: what it costs against what is usual. Natural logs.
create table price_rates (
    creator_id text not null,
    log_mean double not null,
    log_sd double not null,
    count_campaigns integer not null,               -- whose price is known
);

-- One row per platform and deliverable: impressions per person there.
create table frequencies (
    platform text,
    deliverable text,
    log_frequency double not null,
    count_campaigns integer not null,
);

-- One row per currency: revenue per conversion.
create table order_values (
    currency text not null,
    log_mean double not null,
    log_sd double not null,
    count_campaigns integer not null,
);

-- One row per home country and country: where the audiences of creators from there live.
create table audience_mix (
    home text,
    country text,
    ppm bigint not null,
    count_creators integer not null,
);

-- ---------------------------------------------------------------- what the money brings, up to what a market changes

-- One row per creator: its standard deliverable, what it costs, and what it brings if all of its audience lived in a
-- market without an effect of its own.
create table standard_outcomes (
    creator_id text not null,
    home text,                                      -- stated, else the largest country of the audience
    unlisted_ppm bigint,                            -- what is usual of its home in all countries that its source does not list; null = no source
    largest_country text,                           -- of the audience, as listed
    largest_share double,
    purchases double,                               -- null = followers unknown
    reach double,
    cost double,                                    -- null = no price is known in any currency
    currency text,                                  -- null = prices name none
    cost_basis text not null check (cost_basis in ('asking price', 'own past price', 'market price')),
    rate_note text,                                 -- which exchange rate a converted price rests on, or lacks
    order_cost double,                              -- cost; in a store without prices, what an impression weighs
    conversion_log_sd double not null,              -- of the outcome per money, what all creators share left out
    awareness_log_sd double not null,
);

-- One row per country, '' for all that no campaign has seen: how much more people there buy (1 = no difference).
create table market_effects (
    country text not null,
    purchases double not null check (purchases > 0),
);

-- ---------------------------------------------------------------- the same, as a list reads it (data/store/serve.sql)

-- One row per creator, in the order of their ids: all that a list says of one, up to what a brief changes.
create table served_creators (
    creator_key integer not null,                   -- from 0 without a gap
    creator_id text not null,
    creator_name text,
    platform text,
    vertical text,
    home_country text,
    followers bigint,
    tier text,
    handle text,
    has_profile boolean not null,
    searched text not null,                         -- id, name and handle in small letters, then without accents
    listed_ppm integer,                             -- of the audience that the judgement reads; null = none
    unknown_ppm integer,
    unlisted_ppm bigint,
    smallest_ppm integer,
    is_top_n boolean,
    natural_label text not null,
    natural_confidence text not null,
    deliverable text not null,
    expected_reach double,
    in_market_reach_basis text,
    payoff_basis text not null,
    price_factor double not null,
    impressions_per_money double not null,
    awareness_factor double not null,
    conversion_factor double not null,
    cost double,
    currency text,
    cost_basis text not null,
    rate_note text,
    home text,
    largest_country text,
    largest_share double,
    purchases double,
    reach double,
    purchases_per_money double,                     -- over order_cost; market effects and shares aside
    reach_per_money double,
    conversion_log_sd double not null,
    awareness_log_sd double not null,
    gap_mean double not null,
    gap_sd double not null,
    p_conversion double not null,
    covariance_engage_click double not null,
    covariance_engage_convert double not null,
    covariance_click_convert double not null,
    engage_index double not null,
    engage_low double not null,
    engage_high double not null,
    engage_log_mean double not null,
    engage_log_sd double not null,
    engage_p_beats_benchmark double not null,
    engage_count_campaigns integer not null,
    engage_evidence double not null,
    engage_measured boolean not null,
    engage_reliability double not null,
    click_index double not null,
    click_low double not null,
    click_high double not null,
    click_log_mean double not null,
    click_log_sd double not null,
    click_p_beats_benchmark double not null,
    click_count_campaigns integer not null,
    click_evidence double not null,
    click_measured boolean not null,
    click_reliability double not null,
    convert_index double not null,
    convert_low double not null,
    convert_high double not null,
    convert_log_mean double not null,
    convert_log_sd double not null,
    convert_p_beats_benchmark double not null,
    convert_count_campaigns integer not null,
    convert_evidence double not null,
    convert_measured boolean not null,
    convert_reliability double not null,
    view_log_mean double,
    view_log_sd double,
    implied_followers double,
    log_frequency double,
    campaigns struct(                               -- on which levels of the benchmark each stood, what it measured
        campaign_key integer, platform text, deliverable text, vertical text, market text, paid boolean, date date,
        has_engage boolean, has_click boolean, has_convert boolean, has_views boolean
    )[],
);

-- One row per country and creator of whose audience anybody is listed there, by country and creator.
create table market_shares (
    country text not null,
    creator_key integer not null,
    ppm integer not null,
);
