"""Files for people outside: deck, PDF, HTML page, workbook, and CSV that no spreadsheet runs.

Each writer takes a story or a document and returns bytes; large packages are imported when a writer is asked for.
"""

from fit.documents.brand import LOGOS, Brand, BrandError, brand_in, read_brand
from fit.documents.dispatch import STORY_ENDINGS, write_story
from fit.documents.document_pdf import document_as_pdf
from fit.documents.html_parts import photo_address
from fit.documents.reply_pages import answer_page, page_to_sign
from fit.documents.safe_csv import csv_text, guarded, marked
from fit.documents.slide import slide_html
from fit.documents.story_pdf import one_pager
