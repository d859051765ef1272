"""How a test asks for a refusal in so many words."""

import re

import pytest


def refuses(kind, message):
    """The block raises this kind of error, and its message holds these very words."""
    return pytest.raises(kind, match=re.escape(message))
