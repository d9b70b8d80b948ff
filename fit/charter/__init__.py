"""What a brand and a creator sign: the charter, what it lacks, what an amendment changes, signatures.

Composed of an agreement (fit/agreement); what the store of decisions saves reaches it as arguments.
"""

from fit.charter.charter import Charter, charter_document, charter_json, compose, date_problems, hash_of, refusals
from fit.charter.completeness import Missing, missing_parts, payment_hint, unwritten_parts, with_reason_left_out
from fit.charter.red_line_clashes import red_line_clashes
from fit.charter.returned_signature import ReturnedSignature, read_signature, sign_as_returned
from fit.charter.signing import (
    CharterRefused,
    changes_since,
    compose_and_save,
    list_charters,
    other_signer,
    says_the_same,
    sign_charter,
    signature_status,
    signed_before,
    signed_by_both,
    signed_document,
    signer_words,
)
