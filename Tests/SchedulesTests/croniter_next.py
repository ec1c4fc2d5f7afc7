"""Ten thousand random expressions and moments, and when croniter has them due next: EXPRESSION, ZONE, AFTER and NEXT, parted by tabs."""

import datetime
import random
import zoneinfo

from croniter import croniter

ZONES = [
    "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kolkata", "Asia/Kathmandu",
    "Pacific/Auckland", "America/St_Johns", "Europe/London", "Asia/Tokyo", "America/Santiago",
]
chance = random.Random(20261125)


def field(low, high, names=()):
    kind = chance.random()
    if kind < 0.4:
        return "*"
    if kind < 0.6:
        return str(chance.randint(low, high))
    if kind < 0.75:
        # Of a range from a value to itself croniter makes the whole field.
        first = chance.randint(low, high - 1)
        return f"{first}-{chance.randint(first + 1, high)}"
    if kind < 0.85:
        return f"*/{chance.randint(2, max(2, (high - low) // 2))}"
    if names and kind < 0.95:
        return ",".join(chance.sample(names, chance.randint(1, 3)))
    return ",".join(str(each) for each in sorted(chance.sample(range(low, high + 1), chance.randint(2, 4))))


# The nights in which clocks are changed, and any others.
NIGHTS = [(2026, 3, 7), (2026, 3, 28), (2026, 4, 4), (2026, 9, 5), (2026, 9, 26), (2026, 10, 3), (2026, 10, 24), (2026, 10, 31)]
written = 0
while written < 10_000:
    months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    expression = " ".join([
        field(0, 59), field(0, 23), field(1, 28) if chance.random() < 0.5 else "*", field(1, 12, months) if chance.random() < 0.4 else "*",
        field(0, 6, days) if chance.random() < 0.5 else "*",
    ])
    # A full range beside a step croniter takes for no restriction, and beside anything else for one.
    if expression.endswith(" 0-6"):
        continue
    zone = chance.choice(ZONES)
    info = zoneinfo.ZoneInfo(zone)
    if chance.random() < 0.5:
        year, month, day = chance.choice(NIGHTS)
        start = datetime.datetime(year, month, day, 12, tzinfo=info) + datetime.timedelta(minutes=chance.randint(0, 2_000))
    else:
        start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc) + datetime.timedelta(seconds=chance.randint(0, 4 * 365 * 86_400))
    start = datetime.datetime.fromtimestamp(int(start.timestamp()), info)
    try:
        following = croniter(expression, start).get_next(datetime.datetime)
    except Exception:
        continue
    print(expression, zone, int(start.timestamp()), int(following.timestamp()), sep="\t")
    written += 1
