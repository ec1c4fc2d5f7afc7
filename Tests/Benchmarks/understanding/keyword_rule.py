"""The rule that chat bots have: “is X down” and “is X up” ask about X; nothing else asks anything."""

import re

from lines import Guess

# X is up to three words. Without “is” the line must be nothing else: “kik down?” asks, “sit down, you two” does not.
X = r"((?:\S+\s+){0,2}\S+)\s+(?:down|up)"
ASKED = re.compile(rf"\bis\s+{X}\b", re.IGNORECASE)
SHORT = re.compile(rf"\s*{X}\s*[?!.]*\s*", re.IGNORECASE)


class KeywordRule:
    def __init__(self, names):
        self.names = names

    def guess(self, text):
        found = ASKED.search(text) or SHORT.fullmatch(text)
        if not found:
            return Guess("none")
        return Guess("status_query", self.names.find(found[1], expected=True), relevance=1.0)
