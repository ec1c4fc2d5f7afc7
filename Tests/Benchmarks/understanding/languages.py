"""An independent judge of a line's language, since the lines do not tell theirs."""

from lingua import IsoCode639_1, LanguageDetectorBuilder

# What the bot understands.
CODES = ["en", "es", "pt", "de", "fr"]
# A short line may be of any language (“gm”, “kik?”); of this much the judge itself is sure.
SURE = 0.8


class LanguageJudge:
    def __init__(self):
        codes = [getattr(IsoCode639_1, code.upper()) for code in CODES]
        self.detector = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()

    def judge(self, text):
        """The likeliest language, and how sure the judge is of it."""
        best = self.detector.compute_language_confidence_values(text)[0]
        return best.language.iso_code_639_1.name.lower(), best.value
