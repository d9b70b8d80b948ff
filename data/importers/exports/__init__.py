"""Readers, one module an export: Shopify, GA4, Google Ads, Meta (ads, audience), TikTok, YouTube, affiliate networks,
vendors' JSON, and the three tables of the plain format. Each declares KIND: how it knows its files, columns, rules.
"""
