"""Partnerships of the sample data: at every stage, with reviews that a track record can be read from."""

from fit.sample.partnerships import write_partnerships
