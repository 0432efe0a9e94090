"""Due days of a whole list, held against numpy's busday_offset and against a truth made here.

The truth is made from the collected holidays beside the checkout, by walking a list of working days. numpy knows
holidays but no weekend day that is worked for one (调休), so many of its answers are another day.
"""
import bisect
import datetime
import json
import os
import random
import struct
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.environ.get("SUNDIAL_SHARED", os.path.join(HERE, "..", "..", "shared"))
HOLIDAYS = os.path.join(SHARED, "data", "holidays", "cn_holidays_merged.json")
EPOCH = datetime.date(1970, 1, 1)
FIRST, LAST = datetime.date(2004, 1, 1), datetime.date(2026, 12, 31)


def ordinal(day):
    return (day - EPOCH).days


def announced():
    """Every day of the announced years, whether it is worked, and the holidays that fall on a weekday."""
    with open(HOLIDAYS, encoding="utf-8") as file:
        kinds = {entry["date"]: entry["type"] for entry in json.load(file)["days"]}
    worked, holidays = [], []
    day = FIRST
    while day <= LAST:
        kind = kinds.get(day.isoformat())
        if kind != "holiday" and (kind is not None or day.weekday() < 5):
            worked.append(ordinal(day))
        elif day.weekday() < 5:
            holidays.append(day)
        day += datetime.timedelta(days=1)
    return worked, holidays


def truth(worked, day, amount):
    """The amount-th working day after the day, or before it."""
    if amount == 0:
        return day
    if amount > 0:
        return worked[bisect.bisect_right(worked, day) + amount - 1]
    return worked[bisect.bisect_left(worked, day) + amount]


def questions(count):
    """Days far enough inside the announced years, each with -120 to 120 working days."""
    chance = random.Random(20260101)
    first = ordinal(FIRST) + 200
    last = ordinal(LAST) - 200
    return [(chance.randint(first, last), chance.randint(-120, 120)) for _ in range(count)]


def ours(binary, asked, folder, runs):
    source, target = os.path.join(folder, "questions"), os.path.join(folder, "answers")
    with open(source, "wb") as file:
        file.write(b"".join(struct.pack("<qq", *pair) for pair in asked))
    command = [binary, "bench", "calendar", "--questions", source, "--answers", target, "--runs", str(runs)]
    report = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    with open(target, "rb") as file:
        answers = [number for (number,) in struct.iter_unpack("<q", file.read())]
    return answers, report


def numpys(numpy, asked, holidays, runs):
    """numpy's answers and the best nanoseconds an element; both directions in one list, as ours."""
    calendar = numpy.busdaycalendar(holidays=numpy.array(holidays, dtype="datetime64[D]"))
    days = numpy.array([day for day, _ in asked], dtype="datetime64[D]")
    amounts = numpy.array([amount for _, amount in asked], dtype="int64")
    back = amounts < 0
    # A count forward from a rest day starts at the working day before it, one backward at the one after it.
    parts = [(days[~back], amounts[~back], "backward"), (days[back], amounts[back], "forward")]
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter_ns()
        found = [numpy.busday_offset(some, many, roll=roll, busdaycal=calendar) for some, many, roll in parts]
        best = min(best, time.perf_counter_ns() - start)
    answers = numpy.empty(len(asked), dtype="int64")
    answers[~back], answers[back] = (part.astype("int64") for part in found)
    # Zero working days is the day itself, which numpy would move off a rest day: not counted against it.
    zero = amounts == 0
    answers[zero] = days[zero].astype("int64")
    return answers.tolist(), best / len(asked)


def measure(binary, folder, count=500_000, runs=7):
    if not os.path.exists(HOLIDAYS):
        print("calendar: not measured, needs ../shared/data/holidays or SUNDIAL_SHARED")
        return
    worked, holidays = announced()
    asked = questions(count)
    right = [truth(worked, day, amount) for day, amount in asked]
    answers, report = ours(binary, asked, folder, runs)
    wrong = sum(1 for ours, true in zip(answers, right) if ours != true)
    print(f"calendar: {count} due days of -120 to 120 working days, 2004-2026; best of {runs} runs")
    print(f"  sundial, a list                         {report['batchNanoseconds']:7.1f} ns each, {wrong} wrong")
    print(f"  sundial, one by one                     {report['singleNanoseconds']:7.1f} ns each")
    try:
        import numpy
    except ImportError:
        print("  numpy is not installed: no peer")
        return
    theirs, nanoseconds = numpys(numpy, asked, holidays, runs)
    missed = sum(1 for their, true in zip(theirs, right) if their != true)
    print(f"  numpy.busday_offset, a list             {nanoseconds:7.1f} ns each, "
          f"{missed} wrong ({100 * missed / count:.1f} %)")
    print(f"  due days a second, ours : peer          {nanoseconds / report['batchNanoseconds']:7.2f}")
    if wrong:
        raise SystemExit(f"bench: {wrong} due days are not the true ones")
