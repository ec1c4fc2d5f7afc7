"""How right a system is: every figure of the tables, from lines and guesses."""

from sklearn.metrics import f1_score

# From here on the bot answers people who did not ask it: `IntentMatch.relevanceForChat`.
THRESHOLD = 0.85
# How much chatter may be answered, for the points of the curve.
LIMITS = [0.005, 0.01]


def share(claims):
    """How many are true, of all; None of nothing."""
    claims = list(claims)
    return sum(claims) / len(claims) if claims else None


def percent(value):
    return f"{value * 100:.1f} %"


def answered(guess, threshold, named):
    """As the bot decides: the intent waits for an answer, it is sure enough, a service is named where one must be."""
    return guess.wants_answer and guess.relevance >= threshold and (guess.service is not None or not named)


def at(pairs, threshold, named):
    """The shares answered of chatter, of questions, and of the questions that somebody really asked."""

    def of(those):
        return share(answered(guess, threshold, named) for line, guess in pairs if those(line))

    return {
        "chatter": of(lambda line: line.is_chatter),
        "questions": of(lambda line: line.is_question),
        "real questions": of(lambda line: line.is_question and line.is_real),
    }


def curve(pairs, limit, named):
    """The most questions that any threshold answers while at most `limit` of the chatter is; None without either."""
    thresholds = sorted({guess.relevance for _, guess in pairs})
    points = [at(pairs, threshold, named) for threshold in thresholds]
    if points[0]["chatter"] is None or points[0]["questions"] is None:
        return None
    return max((point["questions"] for point in points if point["chatter"] <= limit), default=0.0)


def figures(lines, guesses):
    pairs = list(zip(lines, guesses))
    truth, told = [line.label for line in lines], [guess.intent for guess in guesses]
    needs, offered = [line.is_question for line in lines], [guess.wants_answer for guess in guesses]
    spoken = [(line, guess) for line, guess in pairs if not line.is_chatter]
    thanked = [(line, guess) for line, guess in pairs if line.label == "thanks_or_ack"]
    ill = [(line, guess) for line, guess in pairs if line.label == "symptom_report"]
    result = {
        "accuracy": share(a == b for a, b in zip(truth, told)),
        # Over the intents that the lines have; then with those that only the system has, where it can but fail.
        "macro-F1": f1_score(truth, told, average="macro", labels=sorted(set(truth)), zero_division=0.0),
        "macro-F1, all intents told": f1_score(truth, told, average="macro", zero_division=0.0),
        "needs-an-answer F1": f1_score(needs, offered, zero_division=0.0),
        "not-none F1": f1_score([a != "none" for a in truth], [b != "none" for b in told], zero_division=0.0),
        "thanks answered": share(answered(guess, THRESHOLD, False) for line, guess in thanked),
        "service": share(line.service == guess.service for line, guess in pairs),
        "service, not none": share(line.service == guess.service for line, guess in spoken),
        "symptom": share(line.symptom == guess.symptom for line, guess in ill),
    }
    for named, suffix in [(False, ""), (True, ", named")]:
        for name, threshold in [("by intent", 0.0), ("at threshold", THRESHOLD)]:
            for kind, value in at(pairs, threshold, named).items():
                result[f"{name}, {kind}{suffix}"] = value
        for limit in LIMITS:
            result[f"curve {limit:.1%}{suffix}"] = curve(pairs, limit, named)
    return result


def errors(lines, guesses):
    """What is wrong with each line, by kind; a line may be wrong in several ways."""
    kinds = {}
    for number, (line, guess) in enumerate(zip(lines, guesses)):
        if line.label != guess.intent:
            kinds.setdefault(("intent", line.label, guess.intent), []).append(number)
        if line.service != guess.service:
            kinds.setdefault(("service", line.service or "-", guess.service or "-"), []).append(number)
        if line.label == "symptom_report" and line.symptom != guess.symptom:
            kinds.setdefault(("symptom", line.symptom or "-", guess.symptom or "-"), []).append(number)
    order = ["intent", "service", "symptom"]
    return sorted(kinds.items(), key=lambda item: (order.index(item[0][0]), -len(item[1]), item[0]))
