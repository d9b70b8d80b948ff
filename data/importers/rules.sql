-- How is a text cell read? Every macro answers null for a text that it can't read for certain; nothing is ever rounded,
-- guessed or cut. The readers' SQL and the careful and the fast path all use these and no others.

-- Statements over many columns spend most of their time on being planned, so each macro names its text as few times as
-- it can: a number's digits are found once (digits), and what they are read as is asked of these.

-- A cell without outer blanks and without the apostrophe that guards a formula sign; blank is null.
create or replace temp macro trimmed(t) as regexp_replace(
    t, '^[ \t\n\r\x{A0}\x{2007}\x{202F}\x{3000}\x{FEFF}]+|[ \t\n\r\x{A0}\x{2007}\x{202F}\x{3000}\x{FEFF}]+$', '', 'g');

create or replace temp macro tidied(t) as
    nullif(trimmed(regexp_replace(trimmed(t), '^''(\s*[=+\-@|%＝＋－＠])', '\1')), '');

-- The first case is only for speed: plain text that begins and ends with a visible ASCII character is tidy already.
create or replace temp macro tidy(t) as
    case when regexp_full_match(t, '[!-&(-~]([ -~]*[!-~])?') then t else tidied(t) end;

-- What reports and people write into columns of numbers and days for "not measured" is blank, never 0.
create or replace temp macro measured(t) as case
    when length(t) > 15 or regexp_full_match(t, '[0-9.,]+%?') then t
    when lower(t) in (
        '-', '--', '---', '–', '—', '?', 'n/a', 'n.a.', 'na', 'n/d', 'nd', 'n.d.', 's/d', 'k.a.', 'k. a.', 'nil', 'nan', 'none', 'null',
        'tbd', 'tba', 'tbc', 'pending', 'open', 'unknown', 'not available', 'not measured', 'not tracked', 'keine angabe') then null
    else t
end;

-- A number as digits and one dot. mark: '.' or ',' where the file proves its decimal mark, '' where it does not:
-- then "1.234" and "1,234" stay unread, because they are a thousand to one and one to another.
create or replace temp macro digits(t, mark) as case
    when regexp_full_match(t, '[0-9]+') then t
    when regexp_full_match(t, '[1-9][0-9]{0,2}[.,][0-9]{3}') then case
        when mark = '' then null
        when contains(t, mark) then replace(t, ',', '.')
        else replace(replace(t, ',', ''), '.', '')
    end
    when regexp_full_match(t, '[0-9]+[.,][0-9]+') then replace(t, ',', '.')
    when regexp_full_match(t, '[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?|[1-9][0-9]?(,[0-9]{2})+,[0-9]{3}(\.[0-9]+)?')
        then replace(t, ',', '')  -- 1,25,000 as India groups it is nothing else
    when regexp_full_match(t, '[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?') then replace(replace(t, '.', ''), ',', '.')
    when regexp_full_match(t, '[1-9][0-9]{0,2}([ \x{00A0}\x{202F}''’][0-9]{3})+([.,][0-9]+)?')
        then replace(regexp_replace(t, '[ \x{00A0}\x{202F}''’]', '', 'g'), ',', '.')
end;

-- "31.2K", "1,1 Mio", "2 mil", "12.5 lakh", "4.8万": the number before the letter with at most two decimals, and what the letter stands for.
create or replace temp macro is_short(t) as
    regexp_full_match(lower(t), '[0-9]{1,6}([.,][0-9]{1,2})?\s?(k|tsd|tys|тыс|mil|mila|m|mn|mi|mio|mln|mill|млн|b|bn|mrd|mld|млрд|lakhs?|lacs?|crores?|万|萬|만|億|亿|억)\.?');

create or replace temp macro read_short(t) as
    cast(replace(regexp_extract(t, '^[0-9]+([.,][0-9]{1,2})?'), ',', '.') as decimal(18, 2))
    * case
        when regexp_matches(lower(t), '(k|tsd|tys|тыс|mil|mila)\.?$') then 1000
        when regexp_matches(lower(t), '(b|bn|mrd|mld|млрд)\.?$') then 1000000000
        when regexp_matches(lower(t), '(lakhs?|lacs?)\.?$') then 100000
        when regexp_matches(lower(t), 'crores?\.?$') then 10000000
        when regexp_matches(t, '[万萬만]\.?$') then 10000
        when regexp_matches(t, '[億亿억]\.?$') then 100000000
        else 1000000
    end;

-- An amount with a currency, or a word, beside its number.
create or replace temp macro has_sign(t) as
    regexp_matches(measured(t), '[^-0-9., ''’+\x{00A0}\x{202F}]') and not is_short(t);

-- Whole numbers below 1e15; "120000.0" is one (tables written from floats), "1000.5" and "120.000" are not.
create or replace temp macro count_of(t, digits) as case
    when regexp_full_match(digits, '[0-9]{1,15}(\.0{1,2})?') then try_cast(split_part(digits, '.', 1) as bigint)
    when is_short(t) then try_cast(read_short(t) as bigint)
end;

create or replace temp macro read_count(t, mark) as count_of(t, digits(t, mark));

-- Money up to four decimals, and what binary floats make of them (1200.1000000000001).
create or replace temp macro money_of(t, digits) as case
    when regexp_full_match(digits, '[0-9]{1,13}(\.[0-9]{1,4}0*)?|[0-9]{1,9}\.[0-9]{1,4}(0{6,}|9{6,})[0-9]{1,3}')
        then try_cast(digits as decimal(18, 4))
    when is_short(t) then try_cast(read_short(t) as decimal(18, 4))
end;

create or replace temp macro read_money(t, mark) as money_of(t, digits(t, mark));

-- A number of 0 or more with any number of decimals, below 1e15 like every count.
create or replace temp macro number_of(digits) as
    case when regexp_full_match(digits, '[0-9]{1,15}(\.[0-9]+)?') then try_cast(digits as double) end;

create or replace temp macro read_number(t, mark) as number_of(digits(t, mark));

-- A share as written, as a fraction or a percentage: which of both is decided for the whole column.
create or replace temp macro unsigned_share(t) as case
    when regexp_full_match(t, '[0-9]{1,3}([.,][0-9]{1,20})?|[.,][0-9]{1,20}|[0-9](\.[0-9]{1,20})?[eE]-[0-9]{1,2}')
        then try_cast('0' || replace(t, ',', '.') as double)
end;

create or replace temp macro has_percent_sign(t) as ends_with(t, '%');

create or replace temp macro read_share(t) as
    unsigned_share(case when has_percent_sign(t) then trimmed(rtrim(t, '%')) else t end);

-- Ids and names are kept letter by letter, accents in one form (NFC: the same name typed on another machine); control characters, and in ids what nobody can see, are never part of them.
-- 200 and 1000: MAX_ID_CHARACTERS and MAX_TEXT_CHARACTERS of limits.py.
create or replace temp macro is_error(t) as starts_with(t, '#') and regexp_full_match(t, '#(DIV/0!|N/A|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!)');

create or replace temp macro read_id(t) as case
    when is_error(t) then null
    when length(t) <= 200 and not regexp_matches(
        t, '[\x{00}-\x{1F}\x{7F}-\x{9F}\x{AD}\x{200B}\x{200E}\x{200F}\x{2028}-\x{202E}\x{2060}-\x{2069}\x{FEFF}\x{FFFD}]') then nfc_normalize(t)
end;

create or replace temp macro read_text(t) as case
    when is_error(t) then null
    when length(t) <= 1000 and not regexp_matches(t, '[\x{00}-\x{1F}\x{7F}-\x{9F}\x{2028}\x{2029}\x{FFFD}]') then nfc_normalize(t)
end;

create or replace temp macro read_flag(t) as case
    when lower(t) in ('true', 'yes', '1', 'y', 't') then true
    when lower(t) in ('false', 'no', '0', 'n', 'f') then false
end;
