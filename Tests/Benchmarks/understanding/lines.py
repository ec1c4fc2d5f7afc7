"""The lines that are judged, the bot's examples, and what a system makes of a line."""

import dataclasses
import pathlib

# Thanks and chatter wait for no answer.
SILENT = {"none", "thanks_or_ack"}
# In the column of services: none, one of no catalogue, a company with several. To name none is right for each.
NO_SERVICE = {"-", "other", "meta"}


class BadLines(Exception):
    """The file is not there, or is no such file."""


@dataclasses.dataclass(frozen=True)
class Line:
    label: str
    service: str | None
    text: str
    symptom: str | None
    source: str

    @property
    def is_chatter(self):
        return self.label == "none"

    @property
    def is_question(self):
        return self.label not in SILENT

    @property
    def is_real(self):
        """Written by somebody who wanted something, not for this set."""
        return self.source.startswith("real")


@dataclasses.dataclass(frozen=True)
class Guess:
    """What a system understood; `relevance`, 0 to 1, is how sure it is that an answer is wanted."""

    intent: str
    service: str | None = None
    symptom: str | None = None
    relevance: float = 0.0
    language: str | None = None

    @property
    def wants_answer(self):
        return self.intent not in SILENT


def read(path):
    """Label, service, text, symptom and source, parted by tabs."""
    try:
        content = pathlib.Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadLines(f"The lines to judge are not there: {path}: {error.strerror}. Name a file of them.") from None
    except UnicodeDecodeError:
        raise BadLines(f"{path} is not UTF-8.") from None
    lines = []
    for number, row in enumerate(content.split("\n"), start=1):
        row = row.removesuffix("\r")
        if not row:
            continue
        cells = row.split("\t")
        if len(cells) != 5:
            raise BadLines(f"{path}:{number}: five columns are expected, here are {len(cells)}.")
        label, service, text, symptom, source = cells
        named = None if service in NO_SERVICE else service
        lines.append(Line(label, named, text, None if symptom == "-" else symptom, source))
    if not lines:
        raise BadLines(f"{path} has no lines.")
    return lines


def examples(root, services):
    """What the bot learns from: texts with intents, and with symptoms. Each takes the next service's name."""
    intents, symptoms = [], []
    for path in sorted(pathlib.Path(root).glob("Responses/*/examples.tsv")):
        for intent, symptom, text in _rows(path):
            text = text.replace("{service}", services[len(intents) % len(services)])
            intents.append((text, intent))
            if symptom != "-":
                symptoms.append((text, symptom))
    for path in sorted(pathlib.Path(root).glob("Responses/*/symptoms.tsv")):
        for symptom, text in _rows(path):
            symptoms.append((text.replace("{service}", services[len(symptoms) % len(services)]), symptom))
    return intents, symptoms


def _rows(path):
    rows = path.read_text(encoding="utf-8").split("\n")
    return [row.split("\t") for row in rows if row and not row.startswith("#")]
