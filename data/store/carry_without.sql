-- What the next generation keeps when a creator is erased: the rows of all others, without a mention in free text.
-- The variables creator, mention (a pattern), salt and the function blanked come from publish.py.

create temp macro blank(said) as
    case when regexp_matches(said, getvariable('mention'), 'i') then blanked(said) else said end;

-- A source that gave rows of this creator alone goes with them, and what was set aside of it.
create temp table sources_of_others as
with facts as (
    select source_id, creator_id from before.profiles
    union all select source_id, creator_id from before.creator_codes
    union all select source_id, creator_id from before.audience
    union all select source_id, creator_id from before.campaign_rows
    union all select source_id, creator_id from before.photos
)
select source_id
from before.sources
left join facts using (source_id)
group by source_id
having bool_or(creator_id is distinct from getvariable('creator'));

insert into sources
select * replace (blank(file_name) as file_name, blank(options) as options, blank(message) as message)
from before.sources
where source_id in (select source_id from sources_of_others);

insert into quarantine
select * replace (blank(cell_value) as cell_value, blank(reason) as reason, blank(fix) as fix)
from before.quarantine
where source_id in (select source_id from sources_of_others);

insert into profiles
select * from before.profiles where creator_id <> getvariable('creator');

insert into creator_codes
select * from before.creator_codes where creator_id <> getvariable('creator');

insert into audience
select * replace (blank(source) as source)
from before.audience
where creator_id <> getvariable('creator');

-- A campaign of others that is called by the creator gets another name, never that of a second one.
insert into campaign_rows
select * replace (
    case
        when blank(campaign_id) = campaign_id then campaign_id
        else blank(campaign_id) || ' ' || left(sha256(getvariable('salt') || campaign_id), 8)
    end as campaign_id
)
from before.campaign_rows
where creator_id <> getvariable('creator');

insert into photos
select * from before.photos where creator_id <> getvariable('creator');

insert into rates
select * from before.rates
where source_id in (select source_id from sources_of_others);

-- How sample data are made again (sample_data.py); all other numbers of the field are judged anew.
insert into field_facts
select * from before.field_facts where starts_with(name, 'sample_');
