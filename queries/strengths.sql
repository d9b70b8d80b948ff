-- How strong is every creator at every stage?
-- One row per creator and stage.
select creator_id, stage, index, log_mean, log_sd, low, high, p_beats_benchmark, count_campaigns, evidence, reliability
from strengths
where $creators is null or creator_id in (select unnest(cast($creators as varchar[])))
order by creator_id, case stage when 'engage' then 1 when 'click' then 2 else 3 end
