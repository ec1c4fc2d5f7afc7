"""The goals, as met or missed; they decide nothing."""

from scores import THRESHOLD, percent

MUST, GOAL = "must", "goal"
FLOORS = [
    ("accuracy", "accuracy", 0.85, 0.93),
    ("macro-F1", "macro-F1", 0.78, 0.90),
    ("needs-an-answer F1, thanks need none", "needs-an-answer F1", 0.94, 0.97),
    ("needs-an-answer F1, all but none needs one", "not-none F1", 0.94, 0.97),
    ("service right, all lines", "service", None, 0.97),
    ("service right, lines that are not none", "service, not none", None, 0.97),
    ("symptom right", "symptom", None, 0.85),
]
# At most so much of the chatter is answered (`scores.LIMITS`), at least so much of the questions.
NUISANCE = [(MUST, 0.01, 0.70), (GOAL, 0.005, 0.85)]


def judged(figures):
    """Rows of: what, must or goal, measured, wanted, met. What the lines cannot tell is left out."""
    rows = []
    for what, key, must, goal in FLOORS:
        value = figures[key]
        for level, floor in [(MUST, must), (GOAL, goal)]:
            if floor is not None and value is not None:
                rows.append((what, level, f"{value:.3f}", f"≥ {floor:.2f}", value >= floor))
    for named, suffix in [("", ""), (", and a service is named", ", named")]:
        chatter, questions = figures[f"at threshold, chatter{suffix}"], figures[f"at threshold, questions{suffix}"]
        if chatter is None or questions is None:
            continue
        for level, most, least in NUISANCE:
            rows.append((
                f"sure by {THRESHOLD}{named}", level, f"{percent(chatter)} chatter, {percent(questions)} questions",
                f"≤ {percent(most)}, ≥ {percent(least)}", chatter <= most and questions >= least))
        for level, most, least in NUISANCE:
            value = figures[f"curve {most:.1%}{suffix}"]
            rows.append((
                f"any threshold{named}", level, f"{percent(value)} questions at ≤ {percent(most)} chatter",
                f"≥ {percent(least)}", value >= least))
    return rows
