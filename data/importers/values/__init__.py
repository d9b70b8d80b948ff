"""Make values of cells: countries, markets and currencies (countries), days (dates), printed numbers (numbers).

build_countries.py writes countries.json from a release of CLDR.
"""
