"""The people the plausibility checks are measured on: 2,000 adults and 2,000 children, drawn once.

    python3 tests/population/make.py

Drawn and committed before any limit was set (README.md says how and from what). Only the standard library, and only the
generator written out below, so that every machine draws the same people.
"""

import csv
import math
import pathlib

HERE = pathlib.Path(__file__).parent
SEEDS = {"adults": 20261130, "children": 20261201}


class Draw:
    """SplitMix64 (Steele, Lea, Flood 2014), and what is made of it."""

    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) % 2**64
        return ((z ^ (z >> 31)) + 0.5) / 2**64

    def normal(self):
        return math.sqrt(-2 * math.log(self.uniform())) * math.cos(2 * math.pi * self.uniform())


HEIGHT = {
    # mean and standard deviation in cm, by population and sex
    ("us", "male"): (175.3, 7.6),
    ("us", "female"): (161.3, 7.1),
    ("east-asia", "male"): (169.5, 6.5),
    ("east-asia", "female"): (158.0, 6.0),
}
# A body-mass index is `shift + exp(mean + spread × z)`: the tail on the right is long, the one on the left short.
BMI = {"us": (5.0, 3.1418, 0.3141), "east-asia": (12.0, 2.4050, 0.3100)}


def adults():
    draw = Draw(SEEDS["adults"])
    for number in range(2000):
        population = "us" if number % 2 == 0 else "east-asia"
        sex = "female" if draw.uniform() < 0.5 else "male"
        age = 18 + int(math.floor(72 * (draw.uniform() + draw.uniform() + draw.uniform()) / 3))
        mean, spread = HEIGHT[population, sex]
        height = round(mean + spread * draw.normal(), 1)
        shift, mean, spread = BMI[population]
        bmi = shift + math.exp(mean + spread * draw.normal())
        yield population, sex, age, height, round(bmi * height * height / 10000, 1)


def reference():
    table = {}
    with open(HERE / "../../src/plausibility/growth.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            lms = tuple(float(row[one]) for one in "lms")
            table.setdefault((row["measure"], row["sex"]), []).append((float(row["months"]), *lms))
    return {key: sorted(rows) for key, rows in table.items()}


def value(rows, months, z):
    """The figure at `z`, with L, M and S between the two months around."""
    after = next((i for i, row in enumerate(rows) if row[0] >= months), len(rows) - 1)
    if after == 0 or rows[after][0] <= months:
        _, l, m, s = rows[after]
    else:
        (a, *low), (b, *high) = rows[after - 1], rows[after]
        share = (months - a) / (b - a)
        l, m, s = (x + share * (y - x) for x, y in zip(low, high))
    # No child lies where the power leaves the numbers; a z so far out is drawn again by the caller.
    return m * (1 + l * s * z) ** (1 / l)


def children():
    table = reference()
    draw = Draw(SEEDS["children"])
    for _ in range(2000):
        sex = "female" if draw.uniform() < 0.5 else "male"
        months = round(216 * draw.uniform() - 0.05, 1)
        months = max(months, 0.0)
        tall, heavy = draw.normal(), draw.normal()
        height = round(value(table["height", sex], months, max(-3.5, min(3.5, tall))), 1)
        # One child in five is obese (z around +2), one in ten wasted by its illness (z around -1.5).
        kind = draw.uniform()
        shift = 2.0 if kind < 0.2 else -1.5 if kind < 0.3 else 0.0
        spread = 0.35 if kind < 0.2 else 0.7 if kind < 0.3 else 1.0
        z = max(-3.0, min(2.9, shift + spread * heavy))
        if months < 24:
            # Length and weight of an infant go together.
            z = max(-3.0, min(3.0, 0.65 * tall + 0.75 * z))
            weight = value(table["weight", sex], months, z)
        else:
            weight = value(table["bmi", sex], months, z) * height * height / 10000
        yield sex, months, height, round(weight, 2 if weight < 10 else 1)


def write(name, head, rows):
    with open(HERE / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


if __name__ == "__main__":
    write("adults", ["population", "sex", "years", "cm", "kg"], adults())
    write("children", ["sex", "months", "cm", "kg"], children())
