"""What was measured, as text."""

import collections

from lines import SILENT
from scores import THRESHOLD, percent

# A row's words, its figure, and whether it is a share.
ROWS = [
    ("accuracy", "accuracy", False),
    ("macro-F1 over the lines' intents", "macro-F1", False),
    ("macro-F1, over those only told too", "macro-F1, all intents told", False),
    ("needs an answer, F1: not none, not thanks", "needs-an-answer F1", False),
    ("needs an answer, F1: not none", "not-none F1", False),
    ("by intent alone: chatter answered", "by intent, chatter", True),
    ("  questions answered", "by intent, questions", True),
    ("  with a service named: chatter", "by intent, chatter, named", True),
    ("  with a service named: questions", "by intent, questions, named", True),
    (f"sure by {THRESHOLD}: chatter answered", "at threshold, chatter", True),
    ("  questions answered", "at threshold, questions", True),
    ("  of them, really asked by somebody", "at threshold, real questions", True),
    ("  thanks answered", "thanks answered", True),
    (f"sure by {THRESHOLD} and a service named: chatter", "at threshold, chatter, named", True),
    ("  questions answered", "at threshold, questions, named", True),
    ("  of them, really asked by somebody", "at threshold, real questions, named", True),
    ("any threshold: questions at ≤ 0.5 % chatter", "curve 0.5%", True),
    ("  at ≤ 1 % chatter", "curve 1.0%", True),
    ("  service named, at ≤ 0.5 % chatter", "curve 0.5%, named", True),
    ("  service named, at ≤ 1 % chatter", "curve 1.0%, named", True),
    ("service right, all lines", "service", True),
    ("service right, lines that are not none", "service, not none", True),
    ("symptom right, lines of symptom_report", "symptom", True),
    ("processor time, µs a line, alone", "microseconds", None),
    ("  µs a line, of many", "microseconds of many", None),
]
SHORT = {
    "status_query": "status", "symptom_report": "symptom", "fix_request": "fix", "history_query": "history",
    "thanks_or_ack": "thanks", "subscribe": "subscr",
}


def counts(lines):
    chatter, questions = sum(line.is_chatter for line in lines), sum(line.is_question for line in lines)
    about = sum(line.is_question and line.service is not None for line in lines)
    thanks = len(lines) - chatter - questions
    grain = f" One line of chatter is {percent(1 / chatter)} of it." if chatter else ""
    return (
        f"{len(lines)} lines: {questions} questions, {about} of them about a service of the catalogue; "
        f"{thanks} thanks; {chatter} of chatter.{grain}")


def figures(systems):
    width = max(len(words) for words, _, _ in ROWS)
    print(f"{'':{width}}" + "".join(f"  {name:>18}" for name in systems))
    for words, key, is_share in ROWS:
        cells = [_cell(measured.get(key), is_share) for measured in systems.values()]
        print(f"{words:{width}}" + "".join(f"  {cell:>18}" for cell in cells))


def _cell(value, is_share):
    if value is None:
        return "–"
    if is_share is None:
        return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
    return percent(value) if is_share else f"{value:.3f}"


def goals(rows):
    width = max((len(what) for what, *_ in rows), default=0)
    for what, level, measured, wanted, is_met in rows:
        print(f"  {what:{width}}  {level}  {measured}, wanted {wanted}: {'met' if is_met else 'missed'}")


def confusion(lines, guesses, languages):
    """For each language a table: the label's row, the column of what was told."""
    for language, number in collections.Counter(languages).most_common():
        pairs = [(line.label, guess.intent) for line, guess, of in zip(lines, guesses, languages) if of == language]
        right = sum(label == told for label, told in pairs)
        seen = {intent for pair in pairs for intent in pair}
        intents = sorted(seen, key=lambda intent: (intent in SILENT, intent))
        print(f"\n  {language}: {number} lines, {right} right ({percent(right / number)})")
        table = collections.Counter(pairs)
        print(f"  {'':15}" + "".join(f"{SHORT.get(intent, intent):>9}" for intent in intents))
        for label in intents:
            if any(a == label for a, _ in pairs):
                print(f"  {label:15}" + "".join(f"{table[label, told] or '·':>9}" for told in intents))


def agreement(said):
    """How far isitdown and the judge agree about a line's language."""
    for words, those in [("all lines", said["all"]), ("lines of which the judge is sure", said["sure"])]:
        text = ", ".join(f"{judge} → {ours} {number}" for (judge, ours), number in those["disagreements"])
        apart = f"; judge → isitdown: {text}" if text else ""
        print(f"  {words}: {those['agree']} of {those['lines']} alike{apart}")


def errors(kinds, lines, most):
    total = collections.Counter()
    for (what, _, _), numbers in kinds:
        total[what] += len(numbers)
    print("  " + (", ".join(f"{what}: {number}" for what, number in total.items()) or "none"))
    for (what, label, told), numbers in kinds:
        print(f"\n  {what}: {label} → {told} ({len(numbers)})")
        for number in numbers[:most]:
            print(f"    {lines[number].text}")
