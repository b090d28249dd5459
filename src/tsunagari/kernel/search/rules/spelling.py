"""Slips of the pen: how far two words are apart, and the keys under which near ones meet."""


def shortened(word: str) -> set[str]:
    """The word, and the word with one letter left out; words of fewer than three letters have none."""
    if len(word) < 3:
        return set()
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def distance(one: str, other: str) -> int:
    """Letters to put in, take out, change, or swap with their neighbour to make one into the other."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            least = min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, above = above, row
    return above[-1]


def is_near(one: str, other: str) -> bool:
    """Whether one may be a slip for the other: one slip, from six letters on two."""
    return distance(one, other) <= (2 if min(len(one), len(other)) >= 6 else 1)
