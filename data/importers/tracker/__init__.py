"""Read somebody's own spreadsheet (a tracker): a row a creator, a post or a campaign, perhaps countries of audiences.

headings.py and columns.py say what each column means, or what has to be asked (readings.py); accounts.py whose row it
is; sheet.py takes the rows apart into creators, audience and campaigns; load.py brings them into the store.
"""
