"""What many networks say to a plate: counted, and put into words."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from nnlib.checks import Array
from nnlib.studies.survey import Survey
from ui import words
from ui.words import Says

# Predictions closer together than this look the same in the histogram.
ALIKE = 0.02
# Random starts differ by some 7; weights that differ by less than this are the same solution.
SAME_WEIGHTS = 0.5


@dataclass(frozen=True)
class Opinion:
    """What the networks say to one plate: how many say what, and how sure. label: None if it was never told."""

    plate: tuple[float, ...]
    label: float | None
    mean: float
    low: float
    high: float
    happy: int
    undecided: int
    unhappy: int

    @property
    def spread(self) -> float:
        """How far the lowest prediction is from the highest."""
        return self.high - self.low

    @property
    def networks(self) -> int:
        """How many were asked."""
        return self.happy + self.undecided + self.unhappy

    @property
    def agreed(self) -> bool:
        """Whether all networks say the same."""
        return max(self.happy, self.undecided, self.unhappy) == self.networks


def answers_to(survey: Survey, plate: Sequence[float], networks: int) -> Array:
    """What each of the first `networks` of `survey` answers to `plate`."""
    answers: Array = survey.answers[:networks, (survey.plates == plate).all(axis=1)][:, 0]
    return answers


def opinion(survey: Survey, plate: Sequence[float], networks: int) -> Opinion:
    """What the first `networks` of `survey` say to `plate`."""
    data = survey.experiment.data
    answers = answers_to(survey, plate, networks)
    said = words.says(answers)
    labels = data.labels[(data.inputs == plate).all(axis=1), 0]
    return Opinion(
        tuple(map(float, plate)),
        float(labels[0]) if labels.size else None,
        float(answers.mean()),
        float(answers.min()),
        float(answers.max()),
        *(int((said == value).sum()) for value in (Says.HAPPY, Says.UNDECIDED, Says.UNHAPPY)),
    )


def opinions(survey: Survey, networks: int) -> list[Opinion]:
    """What the first `networks` say to each plate: the training data in its order, then the plates never told."""
    told = [tuple(row) for row in survey.experiment.data.inputs]
    plates = [*told, *(row for row in map(tuple, survey.plates) if row not in told)]
    return [opinion(survey, plate, networks) for plate in plates]


def what_they_say(opinion: Opinion) -> str:
    """One sentence: how many say what."""
    counts = {Says.HAPPY: opinion.happy, Says.UNHAPPY: opinion.unhappy, Says.UNDECIDED: opinion.undecided}
    said = [(count, answer) for answer, count in counts.items() if count]
    between = f"{opinion.low:.2f} and {opinion.high:.2f}"
    if len(said) > 1:
        (count, answer), *rest = said
        others = " and ".join(f"{count:,} {answer}" for count, answer in rest)
        return f"{_networks(count, answer)}, {others}, with predictions between {between}."
    ((count, answer),) = said
    verb = "are" if answer == Says.UNDECIDED else "say"
    if words.number(opinion.low, 2) == words.number(opinion.high, 2):
        return f"All {count:,} {verb} {answer}, and all with {opinion.mean:.2f}."
    return f"All {count:,} {verb} {answer}, with predictions between {between}."


def _networks(count: int, answer: Says) -> str:
    one, more = ("is", "are") if answer == Says.UNDECIDED else ("says", "say")
    return f"{words.count(count, 'network')} {one if count == 1 else more} {answer}"


def what_it_means(opinion: Opinion, survey: Survey) -> str:
    """What follows from it: whether they learned it, and what the random start still decides."""
    architecture = survey.experiment.architecture
    if not (any(opinion.plate) or architecture.bias or len(architecture.layers) > 2):
        return "With nothing on the plate and no bias z is 0 in every network, and σ(0) = 0.5, however long they train."
    if not opinion.agreed:
        if opinion.label is None:
            return "Nobody ever told them the answer: where a network started decides what it says."
        right = opinion.happy if opinion.label >= 0.5 else opinion.unhappy
        epochs = words.count(survey.experiment.epochs, "epoch")
        return (
            f"They were told the answer in training; after {epochs}, {right:,} of {opinion.networks:,} have it right."
        )
    if opinion.spread >= ALIKE:
        told = "They were told the answer in training" if opinion.label is not None else NOBODY_KNOWS
        return f"{told}; they agree, but where a network started still decides how sure it is."
    return f"{_same_answer(opinion)} {_weights(survey)}"


NOBODY_KNOWS = "Nobody told them the answer, and that they agree does not make it true"


def _same_answer(opinion: Opinion) -> str:
    if opinion.label is None:
        return f"{NOBODY_KNOWS}: training on the other plates leads them all to it, wherever they start."
    told = "They were told the answer in training"
    if opinion.undecided:
        return f"{told}, and wherever they started, all of them are undecided about it."
    right = bool(opinion.happy) == (opinion.label >= 0.5)
    return f"{told} and {'all have it right' if right else 'all got it wrong'}, wherever they started."


def _weights(survey: Survey) -> str:
    apart = survey.weights_apart
    if apart < SAME_WEIGHTS:
        within = ceil(apart * 100) / 100
        return f"All starts have led to nearly the same weights: they differ by no more than {within:.2f}."
    return f"Their weights are not the same: they differ by up to {apart:.1f}."


def table(opinions: Sequence[Opinion], names: Sequence[str], plate: Sequence[float]) -> str:
    """Markdown: what they say to each plate, the ticked one in bold; and on how many they agree."""
    lines = ["| Plate | Told | Mean | Spread | Say happy |", "|:--|:--|--:|--:|--:|"]
    for opinion in opinions:
        told = "not told" if opinion.label is None else str(Says.HAPPY if opinion.label >= 0.5 else Says.UNHAPPY)
        cells = [
            words.plate(names, opinion.plate),
            told,
            f"{opinion.mean:.2f}",
            f"{opinion.spread:.2f}",
            {0: "none", opinion.networks: "all"}.get(opinion.happy, f"{opinion.happy:,}"),
        ]
        if opinion.plate == tuple(plate):
            cells = [f"**{cell}**" for cell in cells]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def summary(opinions: Sequence[Opinion]) -> str:
    """One sentence: on how many plates they agree, of those they were told and of the others."""
    told = [opinion.agreed for opinion in opinions if opinion.label is not None]
    others = [opinion.agreed for opinion in opinions if opinion.label is None]
    counted = f"They agree on {sum(told)} of the {words.count(len(told), 'plate')} they were told"
    if not others:
        return f"{counted}."
    return f"{counted} and on {sum(others)} of the {len(others)} they were not."
