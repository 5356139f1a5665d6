"""Invented names of companies, people and products, in Chinese and English; any likeness is chance."""
