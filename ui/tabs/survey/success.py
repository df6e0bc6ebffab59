"""How many random starts succeed, when, and in how many ways: counted, and put into words."""

from collections import Counter
from collections.abc import Sequence

from nnlib.activations import RELU
from nnlib.rules import rule
from nnlib.starts import EQUAL
from nnlib.studies.starts import NEVER, Solution, Starts
from nnlib.symmetries import turns
from ui import actions, words

# So many solutions are shown, each with what its neurons say.
MOST = 5


def how_many(starts: Starts) -> str:
    """One sentence: how many starts get all right that they are told."""
    right, count = int(starts.all_right.sum()), len(starts.experiment.data.labels)
    told = f"all {count} plates right that they are told" if count > 1 else "the one plate right that they are told"
    if right == starts.networks:
        return f"All {right:,} random starts get {told}."
    if not right:
        return f"None of the {starts.networks:,} random starts gets {told}."
    return f"{right:,} of {starts.networks:,} random starts {'gets' if right == 1 else 'get'} {told}."


def since_when(starts: Starts) -> str:
    """From when on they have all right, where any of them has."""
    since = sorted(epoch for epoch in starts.since.tolist() if epoch != NEVER)
    if not since:
        return ""
    half, last = since[(len(since) - 1) // 2], since[-1]
    looked = f"looked at {words.count(len(starts.looks), 'time')} in training, ever more rarely"
    if half == last:
        return f"{'It has' if len(since) == 1 else 'They have'} all right from epoch {last:,} on ({looked})."
    return f"Half of them have all right from epoch {half:,} on, the last from epoch {last:,} on ({looked})."


def how_different(starts: Starts, found: int) -> str:
    """Into how many solutions those fall that succeed, and what counts as the same one."""
    right, shape = int(starts.all_right.sum()), starts.experiment.architecture
    if right < 2:
        return ""
    if found == 1:
        counted = f"All {right:,} have found **the same solution**"
    elif found == right:
        counted = f"**No two of the {right:,}** have found the same solution"
    else:
        counted = f"The {right:,} have found **{found:,} different solutions**"
    turned = (
        " A neuron that does the opposite at every plate counts as the same, for with the signs of its weights turned "
        "it does the same work."
        if turns(shape.activation, bias=shape.bias)
        else ""
    )
    return (
        f"{counted}: two are the same where their hidden neurons fire for the same plates, in whatever order they "
        f"stand.{turned}"
    )


def table(solutions: Sequence[Solution], names: Sequence[str]) -> str:
    """Markdown: how many networks have found each solution, and what its hidden neurons fire for."""
    layers = len(solutions[0].hidden)
    heads = [f"Layer {layer + 1} fires for" for layer in range(layers)] if layers > 1 else ["Its neurons fire for"]
    lines = [f"| Networks | {' | '.join(heads)} |", f"|--:|{layers * ':--|'}"]
    for solution in solutions:
        cells = [_layer(layer, names) for layer in solution.hidden]
        lines.append(f"| {solution.networks:,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _layer(patterns: Sequence[Sequence[bool | None]], names: Sequence[str]) -> str:
    said = Counter(rule(pattern, names).text for pattern in patterns)
    several = [f"{text} ({count} neurons)" if count > 1 else text for text, count in said.items()]
    return " · ".join(several)


def look_at(solutions: Sequence[Solution]) -> str:
    """HTML: a button for each solution that sets a network which has found it."""
    buttons = [actions.button(f"seed {each.seed:,}", seed=each.seed, epoch=None) for each in solutions]
    return f"<p>Look at one of each: {words.listed(buttons)}.</p>"


def about(starts: Starts, solutions: Sequence[Solution]) -> str:
    """What else there is to know about the table: may be nothing."""
    experiment, sentences = starts.experiment, []
    if turns(experiment.architecture.activation, bias=experiment.architecture.bias):
        sentences.append("Of a neuron and its opposite the table has one.")
    alike = any(len(set(layer)) < len(layer) for solution in solutions for layer in solution.hidden)
    if alike and experiment.start is not EQUAL:
        sentences.append(
            "Neurons that fire for the same plates need not be the same: one may be surer than the other, and the "
            "next layer makes use of how sure they are."
        )
    return " ".join(sentences)


def dead(starts: Starts) -> str:
    """How many hidden neurons are dead, where there are any, or could be."""
    shape = starts.experiment.architecture
    relu = shape.activation is RELU
    networks = int((starts.dead > 0).sum())
    if not networks:
        return "No ReLU neuron is dead at the end." if relu else ""
    where = f"in {'all' if networks == starts.networks else f'{networks:,} of {starts.networks:,}'} networks"
    each = words.count(sum(shape.layers[1:-1]), "hidden neuron")
    answer = "0" if relu else "the lowest or the highest number that it can"
    return (
        f"**Dead neurons** are {where}: on average {starts.dead.mean():.1f} of the {each}. A dead one answers {answer} "
        "to every plate told. There its slope is 0: no gradient reaches it, and it does not learn any more."
    )


def equal(starts: Starts) -> str:
    """Why the neurons of a layer never differ, where they start equal and there are several."""
    if starts.experiment.start is not EQUAL or max(starts.experiment.architecture.layers[1:-1]) < 2:
        return ""
    return (
        "**The neurons of a layer never differ here.** They start with equal weights, so they answer alike, get the "
        "same gradient and make the same step, at every epoch: however many there are, they do the work of one. That "
        "is why starts are random."
    )
