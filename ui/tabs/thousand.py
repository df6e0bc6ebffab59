"""Ask 1,000 networks: what random starts agree on, and what they only guess at."""

from collections.abc import Sequence
from math import ceil
from pathlib import Path

import streamlit as st

from nnlib import Dataset
from ui.charts import plate_name, toolbar
from ui.motion import written
from ui.runs import KEPT_RUNS, Run
from ui.settings import Settings
from ui.tabs.answers import HAPPY, UNDECIDED, UNHAPPY
from ui.tabs.step import link
from ui.tabs.survey import NETWORKS, Opinion, Survey
from ui.tabs.thousand_chart import histogram
from ui.turns import turn

# Predictions closer together than this look the same in the histogram.
ALIKE = 0.02
# Random starts are some 7 apart; less than this is the same place.
SAME_WEIGHTS = 0.5
FEW_EPOCHS, MANY_EPOCHS = 100, 5_000

_again = st.components.v2.component("again", js=(Path(__file__).parent / "again.js").read_text("utf-8"))


def _content(dataset: Dataset) -> bytes:
    return dataset.inputs.tobytes() + dataset.labels.tobytes()


# Shared as it is: who asks the same finds the answers there, or helps to finish them.
@st.cache_resource(max_entries=KEPT_RUNS, show_spinner=False, hash_funcs={Dataset: _content})
def surveyed(dataset: Dataset, layers: Sequence[int], *, bias: bool, learning_rate: float, epochs: int) -> Survey:
    """The survey of networks trained like this, begun now or remembered."""
    return Survey(dataset, layers, bias=bias, learning_rate=learning_rate, epochs=epochs)


drawn = st.cache_resource(max_entries=KEPT_RUNS, show_spinner=False)(histogram)


@st.fragment
def show(run: Run, settings: Settings) -> None:
    """Draw the tab for the finished `run`. Until all networks have answered, it reruns alone, a slice at a time."""
    history = run.history
    network = history.network(history.epochs)
    survey = surveyed(
        history.dataset,
        network.layers,
        bias=history.bias,
        learning_rate=history.learning_rate,
        epochs=history.epochs,
    )
    # A slice may run alone, when `learning` has no turn for it.
    with turn:
        survey.ask_more()
    # Asked once: another visitor may be at work on the same survey.
    complete = survey.complete
    # Until all have answered it shows the first slice: to draw every slice would take longer than to train it.
    shown = NETWORKS if complete else survey.slice

    st.markdown(
        f"{NETWORKS:,} networks like this one, each from its own random start, all trained for "
        f"{history.epochs:,} {'epoch' if history.epochs == 1 else 'epochs'} on the same plates: do they agree?"
    )
    opinion = survey.opinion(settings.plate, shown)
    prediction = float(network.predict([settings.plate])[0, 0])
    if complete:
        st.markdown(f"**{what_they_say(opinion)}** {what_it_means(opinion, survey)}")
    else:
        st.progress(survey.asked / NETWORKS, f"{survey.asked:,} of {NETWORKS:,} networks have answered …")
    names = history.dataset.names
    name = plate_name(names, settings.plate)
    st.plotly_chart(
        drawn(survey.answers_to(settings.plate, shown), prediction, f"Answers to {name}"),
        key="thousand",
        alt=f"Histogram of the answers to {name}: {what_they_say(opinion)} This network answers {prediction:.2f}.",
        config=toolbar("1000 networks"),
    )
    opinions = survey.opinions(shown)
    if complete:
        st.markdown(summary(opinions))
    st.markdown(table(opinions, names, settings.plate))
    st.caption(
        f"The {NETWORKS:,} networks are those with the random seeds 0 to {NETWORKS - 1:,}; this one has seed "
        f"{settings.seed:,}. All are asked after the last epoch, wherever the player stands. "
        f"Spread is the highest prediction less the lowest; a prediction of 0.50 is {UNDECIDED}."
    )
    st.markdown(question(settings))
    if not complete:
        _again(key="again", data={"asked": survey.asked}, on_next_change=lambda: None)


def what_they_say(opinion: Opinion) -> str:
    """One sentence: how many say what."""
    counts = {HAPPY: opinion.happy, UNHAPPY: opinion.unhappy, UNDECIDED: opinion.undecided}
    said = [(count, word) for word, count in counts.items() if count]
    between = f"{opinion.low:.2f} and {opinion.high:.2f}"
    if len(said) > 1:
        (count, word), *rest = said
        others = " and ".join(f"{count:,} {word}" for count, word in rest)
        return f"{count:,} networks say {word}, {others}, with predictions between {between}."
    ((count, word),) = said
    verb = "are" if word == UNDECIDED else "say"
    if written(opinion.low, 2) == written(opinion.high, 2):
        return f"All {count:,} {verb} {word}, and all with {opinion.mean:.2f}."
    return f"All {count:,} {verb} {word}, with predictions between {between}."


def what_it_means(opinion: Opinion, survey: Survey) -> str:
    """What follows from it: whether they learned it, were led to it, or guess."""
    if not (any(opinion.plate) or survey.bias or len(survey.layers) > 2):
        return "With nothing on the plate and no bias z is 0 in every network, and σ(0) = 0.5, however long they train."
    if not opinion.agreed:
        if opinion.label is None:
            return "Nobody ever told them the answer: they guess, and where a network started decides what it says."
        right = opinion.happy if opinion.label >= 0.5 else opinion.unhappy
        so_far = f"after {survey.epochs:,} epochs, {right:,} of {NETWORKS:,} have it right"
        return f"They were told the answer in training; {so_far}."
    if opinion.spread >= ALIKE:
        known = "They were told the answer in training" if opinion.label is not None else "Nobody told them the answer"
        return f"{known}; they agree, but where a network started still decides how sure it is."
    return f"{_same_answer(opinion)} {_weights(survey)}"


def _same_answer(opinion: Opinion) -> str:
    if opinion.label is None:
        return (
            "Nobody ever told them the answer, and yet they do not even guess: wherever a network starts, "
            "training on the other plates leads it to this same answer."
        )
    told = "They were told the answer in training"
    if opinion.undecided:
        return f"{told}, and wherever they start, none can make it fit."
    right = bool(opinion.happy) == (opinion.label >= 0.5)
    return f"{told} and have {'learned it' if right else 'all got it wrong'}, wherever they started."


def _weights(survey: Survey) -> str:
    apart = survey.weights_apart
    if apart < SAME_WEIGHTS:
        within = ceil(apart * 100) / 100
        return f"All starts have led to nearly the same weights: they differ by no more than {within:.2f}."
    return f"Their weights are not the same: they differ by up to {apart:.1f}."


def table(opinions: Sequence[Opinion], names: Sequence[str], plate: Sequence[float]) -> str:
    """Markdown: what they say to each plate, the one on the page in bold; and on how many they agree."""
    lines = ["| Plate | Seen as | Mean | Spread | Say happy |", "|:--|:--|--:|--:|--:|"]
    for opinion in opinions:
        asked = opinion.happy + opinion.undecided + opinion.unhappy
        cells = [
            plate_name(names, opinion.plate),
            "never seen" if opinion.label is None else HAPPY if opinion.label >= 0.5 else UNHAPPY,
            f"{opinion.mean:.2f}",
            f"{opinion.spread:.2f}",
            {0: "none", asked: "all"}.get(opinion.happy, f"{opinion.happy:,}"),
        ]
        if opinion.plate == tuple(plate):
            cells = [f"**{cell}**" for cell in cells]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def summary(opinions: Sequence[Opinion]) -> str:
    """One sentence: on how many plates they agree, of those seen in training and of those never seen."""
    seen = [opinion.agreed for opinion in opinions if opinion.label is not None]
    unseen = [opinion.agreed for opinion in opinions if opinion.label is None]
    counted = f"They agree on {sum(seen)} of the {len(seen)} plates they have seen"
    if not unseen:
        return f"{counted}."
    counted += f" and on {sum(unseen)} of the {len(unseen)} they have never seen"
    return (
        f"{counted}: sure of what they have seen, guessing at what they have not."
        if all(seen) > all(unseen)
        else f"{counted}."
    )


def question(settings: Settings) -> str:
    """A question that moving a control answers."""
    epochs = FEW_EPOCHS if settings.epochs != FEW_EPOCHS else MANY_EPOCHS
    other = link(settings, epochs=epochs, epoch=None)
    again = "still agree" if epochs == FEW_EPOCHS else "agree then"
    return f"**Your turn.** [Train them for {epochs:,} epochs]({other}) and tick other boxes: where do they {again}?"
