-- How is a cell read on the straight way? As rules.sql reads it; a cell that it can't read for certain stops the pass.
-- Each first case is only for speed: plain text that the careful macros would leave as it is.

create or replace temp macro stop() as error('this cell is not certain');

-- ASCII of so many characters that begins behind the apostrophe and the # and ends in no blank.
-- is_text: the whole file holds no control character but tabs and line ends.
create or replace temp macro is_plain(t, most, is_text) as
    is_text and t >= '(' and strlen(t) = length(t) and strlen(t) <= most and not ends_with(t, ' ')
    and not contains(t, chr(9)) and not contains(t, chr(10)) and not contains(t, chr(13));

create or replace temp macro sure_id(t, is_text) as
    case when is_plain(t, 200, is_text) then t else coalesce(read_id(tidy(t)), stop()) end;

create or replace temp macro sure_text(t, is_text) as case
    when t is null or t = '' then null
    when is_plain(t, 1000, is_text) then t
    else coalesce(read_text(tidy(t)), stop())
end;

-- Fractions only: a percent sign, or a share above all (1005000: ROUNDING_PPM of audience_sets.py), needs proof.
create or replace temp macro fraction_of(t) as
    case when regexp_full_match(t, '[0-9](\.[0-9]{1,20})?') then cast(t as double) else unsigned_share(tidy(t)) end;

create or replace temp macro sure_ppm(t) as case
    when fraction_of(t) between 0 and 1.005 then cast(round_even(fraction_of(t) * 1e6, 0) as integer)
    else stop()
end;

create or replace temp macro sure_count(t) as case
    when t is null or t = '' then null
    when regexp_full_match(t, '[0-9]{1,15}') then cast(t as bigint)
    else coalesce(read_count(tidy(t), ''), stop())
end;

create or replace temp macro sure_flag(t) as
    case when t is null or t = '' then null else coalesce(read_flag(tidy(t)), stop()) end;

-- ISO days only; which other order is meant, a whole column has to prove.
create or replace temp macro sure_day(t, first, last) as case
    when t is null or t = '' then null
    when t like '____-__-__' and try_cast(t as date) between first and last then cast(t as date)
    else stop()
end;
