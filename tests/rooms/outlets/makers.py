"""Changing small snapshots."""

from dataclasses import replace


def hide(group, counted_in="sales"):
    return replace(group, responses=None, items={}, themes={}, enps=None, counted_in=counted_in)
