"""Answer what pages ask of the store and the judgement: the one place where pages, store, questions and judgement meet.

opened: the generation that counts, and caches; building: new generations and undo; answers: questions, lists, names;
forecasts: of lines, plans, prices, stories and agreements.
"""

from data.importers.report import Code, ColumnStatus, FileStatus
from data.store import StoreBusy, StoreDamaged, StoreEarlier, StoreEmpty, StoreError, StoreNewer
from pages.ui.store_access.answers import (
    EXAMPLES,
    FOLLOWS_FROM_ANOTHER,
    MOST_EXPORTED,
    ROWS_PER_PAGE,
    Row,
    answer,
    answer_row,
    campaign_market,
    candidate,
    candidates,
    count_found,
    country_codes,
    currencies,
    deliverable_kinds,
    field_facts,
    first_of_list,
    found_creators,
    guarded_csv,
    home_of_audiences,
    is_known,
    names_of,
    outcome_metric,
    photos,
    profile,
    shortlist_csv,
    shortlisted,
    table_csv,
    template,
    usual_market,
    usual_price,
)
from pages.ui.store_access.building import (
    apply_corrections,
    build_demo,
    generation_before,
    rebuild,
    save_accuracy,
    saved_accuracy,
    store_folder,
    under_way,
    undo,
)
from pages.ui.store_access.forecasts import (
    brand,
    creator_context,
    creator_context_to_freeze,
    creator_line,
    forecast_of,
    planned,
    price_in_brief,
    priced,
    rates,
    story,
)
from pages.ui.store_access.opened import (
    Facts,
    facts,
    per_generation,
)
from queries.ask import TooSlow
from queries.spellings import other_spellings
